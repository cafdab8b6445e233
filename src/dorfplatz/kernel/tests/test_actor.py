import pytest

from dorfplatz.kernel.access import Access, members_only, needs, public
from dorfplatz.kernel.actor import VISITOR, Actor, Grant, system
from dorfplatz.kernel.verdict import ALLOWED, Problem, Refused, allowed_if, refused

CONNECTOR = Grant("connector", "/1/4/", frozenset({"places.confirm"}))
ANNA = Actor(identity_id=7, grants=(CONNECTOR,))


@pytest.mark.parametrize(
    ("path", "holds", "holds_within"),
    [
        ("/1/4/", True, True),
        ("/1/4/9/", True, True),
        ("/1/", False, True),
        ("/1/40/", False, False),
        ("/1/5/", False, False),
        ("/2/", False, False),
    ],
)
def test_a_grant_reaches_its_area_and_what_lies_below(path, holds, holds_within):
    assert ANNA.holds("places.confirm", path) is holds
    assert ANNA.holds_within("places.confirm", path) is holds_within
    assert not ANNA.holds("places.edit", path)


def test_a_visitor_holds_nothing():
    assert not VISITOR.is_member
    assert not VISITOR.holds("places.confirm", "/1/")
    assert not VISITOR.holds_anywhere("places.confirm")
    assert not VISITOR.holds_within("places.confirm", "/")
    assert list(VISITOR.paths_with("places.confirm")) == []


def test_a_member_holds_what_was_granted_somewhere():
    assert ANNA.is_member
    assert ANNA.holds_anywhere("places.confirm")
    assert not ANNA.holds_anywhere("villages.manage")
    assert list(ANNA.paths_with("places.confirm")) == ["/1/4/"]


def test_the_system_holds_all_and_is_no_member():
    actor = system("import")
    assert actor.is_system
    assert not actor.is_member
    assert actor.holds("anything", "/9/")
    assert actor.holds_anywhere("anything")


def test_an_actor_cannot_be_changed_into_another():
    with pytest.raises(AttributeError):
        ANNA.identity_id = 8


def test_a_verdict_refuses_with_its_reason():
    ALLOWED.require()
    verdict = allowed_if(False, "Only for connectors.")
    assert not verdict
    with pytest.raises(Refused) as caught:
        verdict.require()
    assert caught.value.reason == "Only for connectors."
    assert allowed_if(True, "x") == ALLOWED
    assert not refused("x").allowed
    assert Refused().reason == ""
    assert issubclass(Problem, ValueError)


def test_a_view_carries_what_it_declares():
    assert public(lambda: 0).access == Access("anyone")
    assert members_only(lambda: 0).access == Access("member")
    assert needs("villages.manage")(lambda: 0).access == Access("capability", "villages.manage")
