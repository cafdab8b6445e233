"""`dorfplatz demo`: once, twice, tomorrow, and beside real people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from PIL import Image

from dorfplatz.entries.models import Entry
from dorfplatz.journal.models import Act
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import actor_of_identity, actor_of_login, connectors_of
from dorfplatz.places.actions import confirm_place
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Listing
from dorfplatz.portal.demo import studio
from dorfplatz.portal.demo.demonstration import put_in_place
from dorfplatz.portal.demo.people import PASSWORD
from dorfplatz.portal.demo.scenery import SCENES, draw_scene
from dorfplatz.villages.models import Area, Municipality

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SMALL = BytesIO()
Image.new("RGB", (160, 90), "#7FA65B").save(SMALL, "JPEG")


@pytest.fixture
def quick_drawings(monkeypatch):
    """The drawings themselves are tested below; here any picture will do."""
    monkeypatch.setattr(studio, "draw_scene", lambda name: SMALL.getvalue())


@pytest.fixture
def demonstration(db):
    """Without its pictures, which take half of the time; two tests have them."""
    return put_in_place(NOW, with_pictures=False)


def put_again(now):
    return put_in_place(now, with_pictures=False)


def everything():
    """Every row of every table of ours, by table."""
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("dorfplatz.")]
    return {model._meta.db_table: list(model._default_manager.order_by("pk").values()) for model in ours}


def said_by(*options: str) -> str:
    out = StringIO()
    call_command("demo", *options, stdout=out)
    return out.getvalue()


def test_the_first_run_sets_everything_up(demonstration):
    assert demonstration.municipality.is_demonstration
    assert demonstration.entries == Entry.objects.filter(origin="demo", state="published").exclude(kind="event").count()
    assert 140 <= Entry.objects.filter(origin="demo", state="published", kind__in=PlaceKind.values).count() <= 170
    assert demonstration.entries <= 300
    assert demonstration.pages == 4  # three of its own, and the imprint
    assert Area.objects.villages().within(demonstration.municipality.path).filter(outline=None).count() == 0


def test_a_second_run_changes_no_row(db, quick_drawings):
    put_in_place(NOW)
    before = everything()
    assert len(before) > 25
    again = put_in_place(NOW + timedelta(hours=3))
    assert again.is_unchanged
    assert everything() == before


def test_the_next_day_only_the_dates_move_on(demonstration):
    before = {listing.pk: listing.assured_on for listing in Listing.objects.all()}
    acts = Act.objects.count()
    assert put_again(NOW + timedelta(days=1)).is_unchanged
    after = {listing.pk: listing.assured_on for listing in Listing.objects.all()}
    assert all(after[pk] == day + timedelta(days=1) for pk, day in before.items())
    assert Act.objects.count() == acts


def test_some_entries_are_overdue_and_most_are_not(demonstration):
    overdue = Entry.objects.filter(check_due_at__lt=NOW)
    assert 4 <= overdue.count() <= 12


def test_what_people_wrote_confirmed_or_removed_meanwhile_stays(demonstration):
    ben = actor_of_identity(Identity.objects.get(login__email="ben@example.org"))
    cheese = Listing.objects.get(entry__uri="demo:zyfflich/cheese")
    confirm_place(cheese, role="connector", by=ben, now=NOW)
    Entry.objects.filter(uri="demo:niel/church").update(title="Unsere Kirche")
    Entry.objects.filter(uri="demo:niel/studio").update(state="removed")
    Area.objects.filter(slug="niel").update(intro={"de": "Wir sind Niel."})
    assert put_again(NOW + timedelta(days=2)).is_unchanged
    cheese.refresh_from_db()
    assert (cheese.assured_on, cheese.assured_by) == (NOW.date(), "connector")
    assert Entry.objects.get(uri="demo:niel/church").title == "Unsere Kirche"
    assert Entry.objects.get(uri="demo:niel/studio").state == "removed"
    assert Area.objects.get(slug="niel").intro == {"de": "Wir sind Niel."}


def test_what_is_missing_is_added_by_the_next_run(demonstration):
    Entry.objects.filter(uri__in=["demo:niel/choir", "demo:kranenburg/grief-cafe"]).delete()
    demonstration.municipality.pages.first().delete()
    again = put_again(NOW)
    assert (again.entries, again.pages, again.people) == (2, 1, 0)
    grief = Listing.objects.get(entry__uri="demo:kranenburg/grief-cafe")
    assert grief.shown_with.entry.uri == "demo:kranenburg/parish"
    assert grief.entry.service.organization_id == grief.shown_with_id


def test_pictures_hang_in_every_village_and_on_some_entries_and_one_that_is_missing_comes_back(
    demonstration, quick_drawings
):
    villages = Area.objects.villages().within(demonstration.municipality.path)
    assert not villages.exclude(picture=None).exists()
    assert put_in_place(NOW).pictures == 35  # ten of them with posts, eleven faces
    assert villages.exclude(picture=None).count() == 9
    assert all(village.picture.alt["de"] and village.picture.alt["nl"] for village in villages)
    assert Listing.objects.get(entry__uri="demo:mehr/windmill").photos.count() == 1
    villages.filter(slug="mehr").update(picture=None)
    assert put_in_place(NOW).pictures == 1


def test_everybody_known_logs_in_and_the_blocked_one_stays_outside(demonstration, client):
    for nickname in ("anna", "ben", "carla", "dirk", "admin"):
        assert client.login(username=f"{nickname}@example.org", password=PASSWORD), nickname
    eve = Identity.objects.get(login__email="eve@example.org")
    assert eve.is_blocked
    assert not actor_of_login(eve.login).is_member


def test_the_cast_holds_the_roles_it_is_known_for(demonstration):
    roles = {
        (grant.identity.name.split()[0], grant.role, str(grant.area))
        for identity in Identity.objects.exclude(login=None)
        for grant in identity.grants.all()
    }
    assert roles == {
        ("Ben", "connector", "Niel"), ("Ben", "connector", "Zyfflich"),
        ("Carla", "officer", "Kranenburg"), ("Adele", "admin", "Kranenburg"),
    }  # fmt: skip
    anna = Identity.objects.get(login__email="anna@example.org")
    assert str(anna.home_area) == "Niel"
    choir = Listing.objects.get(entry__uri="demo:niel/choir")
    assert [keeper.identity.name for keeper in choir.keepers.order_by("pk")] == [anna.name, "Dirk Janssen"]
    assert Identity.objects.get(login__email="dirk@example.org").language == "nl"


def test_every_village_has_a_face(demonstration):
    for village in Area.objects.villages().within(demonstration.municipality.path):
        faces = connectors_of([village], actor_of_login(Identity.objects.get(login__email="anna@example.org").login))
        assert faces
        assert all(face.introduction["de"] and face.introduction["nl"] for face in faces)


def test_entries_are_added_by_the_connector_of_their_village(demonstration):
    assert Entry.objects.get(uri="demo:niel/choir").author.name == "Ben Terhorst"
    assert Entry.objects.get(uri="demo:groesbeek/pool").author is None


def test_beside_a_real_municipality_it_refuses_and_leaves_nothing(kranenburg):
    rows = everything()
    with pytest.raises(CommandError, match="Kranenburg") as refusal:
        said_by()
    assert refusal.value.returncode == 2
    assert everything() == rows
    assert said_by("--if-new") == ""
    assert everything() == rows


def test_it_says_what_it_did_unless_told_to_be_quiet(db, quick_drawings):
    said = said_by()
    assert "Kranenburg" in said
    assert PASSWORD in said
    assert "Kranenburg" in said_by()
    assert said_by("--quiet") == ""
    assert Municipality.objects.filter(is_served=True).count() == 1


@pytest.mark.parametrize("scene", SCENES)
def test_a_drawing_is_the_same_every_time_and_1600_by_900(scene):
    drawn = draw_scene(scene)
    assert Image.open(BytesIO(drawn)).size == (1600, 900)
    assert drawn == draw_scene(scene)
    assert len(drawn) < 600_000
