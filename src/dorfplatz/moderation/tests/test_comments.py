"""A comment can be reported like an entry: from where it stands, hidden, put back, and taken away for good."""

import pytest

from dorfplatz.comments.actions import write_comment
from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.models import Comment
from dorfplatz.entries.enums import Audience
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Refused
from dorfplatz.members.sockets import reportables
from dorfplatz.moderation.actions import Ruling, Said, decide_case, receive_report
from dorfplatz.moderation.enums import Step
from dorfplatz.square.tests.factories import post
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor

pytestmark = pytest.mark.usefixtures("at_eleven")


@pytest.fixture
def comment(cast, kranenburg):
    """Anna's, below somebody's post in Niel."""
    entry = post(kranenburg.village("niel"), title="Neue Bank").entry
    return write_comment(entry, text="Kauft bei mir!", form_key="k" * 32, by=cast.actor("anna"), now=NOW)


def page_of(comment) -> str:
    return f"e/{comment.entry.code}/"


def test_the_link_stands_at_everybodys_comment_but_ones_own(comment, cast, square):
    there = f"/de/melden/comment/{comment.pk}/"
    assert there in square.page(page_of(comment))
    assert there in cast.at_the_square("ben").page(page_of(comment))
    assert there not in cast.at_the_square("anna").page(page_of(comment))
    assert "Neue Bank" in square.get(there).content.decode()


def test_what_one_does_not_see_one_does_not_report(comment, cast, kranenburg):
    sort = reportables["comment"]
    assert sort.find(str(comment.pk), VISITOR) == comment.pk
    inside = post(kranenburg.village("niel"), title="Für uns", audience=Audience.MEMBERS).entry
    hers = write_comment(inside, text="Psst.", form_key="p" * 32, by=cast.actor("anna"), now=NOW)
    assert sort.find(str(hers.pk), VISITOR) is None
    assert sort.find(str(hers.pk), cast.actor("ben")) == hers.pk
    for key in ("", "x", "-1", "9" * 40, "0"):
        assert sort.find(key, VISITOR) is None


def test_who_decides_reads_the_comment_and_takes_it_off(comment, cast, kranenburg):
    said = Said("advertising", "Das ist Werbung.", "de")
    report = receive_report(
        f"comment:{comment.pk}", said=said, municipality=kranenburg.municipality, form_key="a" * 32,
        by=cast.actor("dirk"), now=NOW,
    )  # fmt: skip
    page = cast.at_the_square("ben").page(f"moderation/{report.case_id}/")
    assert "Kauft bei mir!" in page
    assert "Neue Bank" in page
    ruling = Ruling(Step.HIDE, ground="advertising", reason="Das gehört in einen eigenen Eintrag.")
    decide_case(report.case, ruling=ruling, by=actor(cast.ben), now=NOW)
    assert Comment.objects.get().state == CommentState.HIDDEN


def test_it_is_hidden_put_back_and_taken_away_by_those_in_charge_only(comment, cast):
    sort = reportables["comment"]
    for verb in (sort.hide, sort.restore, sort.remove):
        with pytest.raises(Refused):
            verb(comment.pk, cast.actor("dirk"), NOW)
    sort.hide(comment.pk, INSTALLER, NOW)
    sort.restore(comment.pk, INSTALLER, NOW)
    assert Comment.objects.get().state == CommentState.THERE
    answer = write_comment(
        comment.entry, text="Nein!", form_key="n" * 32, parent=comment, by=cast.actor("ben"), now=NOW
    )
    sort.remove(comment.pk, INSTALLER, NOW)
    assert Comment.objects.get(pk=comment.pk).state == CommentState.REMOVED, "what was answered leaves a gap"
    sort.remove(answer.pk, INSTALLER, NOW)
    assert not Comment.objects.filter(pk=answer.pk).exists()
