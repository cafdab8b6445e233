"""Between two people a block stands: what one of them writes, the other does not find."""

from __future__ import annotations

from dorfplatz.entries.models import Entry
from dorfplatz.entries.policies import can_view
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.members.actions import block_member
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import NOW
from tests.fixtures.people import actor


def test_what_one_writes_the_other_does_not_find_but_those_in_charge_do(cast, person, kranenburg, at_eleven):
    otto = person("Otto", home="niel")
    Entry.objects.filter(pk=place(kranenburg.village("niel"), title="Chor").pk).update(author=otto)
    entry = Entry.objects.get()
    block_member(otto, by=actor(cast.anna), now=NOW)
    assert not Entry.objects.visible_to(actor(cast.anna), now=NOW).exists()
    assert not can_view(actor(cast.anna), entry, now=NOW)
    for reader in (cast.actor("ben"), actor(otto), VISITOR):
        assert can_view(reader, entry, now=NOW)
        assert Entry.objects.visible_to(reader, now=NOW).exists()
