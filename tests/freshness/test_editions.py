"""Whatever an action changes of a municipality's public pages raises its edition, in the same transaction.

Every action of the product stands here: with a way to do it, or with the reason why readers see nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dorfplatz.basemap import actions as basemap
from dorfplatz.basemap.making import Made
from dorfplatz.basemap.queries import maps_folder
from dorfplatz.entries import actions as entries
from dorfplatz.imports.actions import import_things
from dorfplatz.imports.tests.test_intake import OSM
from dorfplatz.imports.tests.test_intake import draft as source_draft
from dorfplatz.journal.actions import record_act, record_acts, touch_things
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.media import actions as media
from dorfplatz.media.tests.photos import file_of, flag, ready
from dorfplatz.members import actions as members
from dorfplatz.members.actions import standing
from dorfplatz.members.enums import Role
from dorfplatz.members.models import RoleGrant
from dorfplatz.places import actions as places
from dorfplatz.places.actions import PlaceDraft
from dorfplatz.places.drafts import KindFacts, ListingFacts
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Category
from dorfplatz.places.tests.factories import category, place
from dorfplatz.villages import actions as villages
from dorfplatz.villages.description import ForeignArea, Point, parse_description
from dorfplatz.villages.enums import LegalKind, PageKind
from dorfplatz.villages.models import Area, AreaLink, Edition, Municipality
from dorfplatz.villages.queries import edition_of, editions
from tests.architecture.rules import code
from tests.architecture.test_house import storey
from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW
from tests.fixtures.people import actor

BY = {"by": INSTALLER, "now": NOW}
UNSEEN = {
    "entries.actions.create_entries": "drafts, until they are published",
    "entries.actions.erase_removed_entries": "seen by nobody since they were removed",
    "imports.actions.readings.open_reading": "for those who import",
    "imports.actions.readings.close_reading": "for those who import",
    "imports.actions.carrying.add_new": "a part of import_things",
    "imports.actions.carrying.follow_source": "a part of import_things",
    "imports.actions.carrying.mark_returned": "a part of import_things",
    "imports.actions.carrying.mark_vanished": "a part of import_things",
    "imports.actions.carrying.confirm_by_source": "a part of import_things",
    "jobs.actions.release_job": "for operators",
    "jobs.actions.drop_job": "for operators",
    "jobs.actions.forget_jobs": "for operators",
    "mail.actions.post_mail": "mail",
    "mail.actions.post_probe": "mail",
    "mail.actions.deliver_mail": "mail",
    "mail.actions.erase_mails": "mail",
    "mail.actions.erase_mails_to": "mail",
    "mail.actions.erase_old_mails": "mail",
    "media.actions.accept_upload": "hangs nowhere yet",
    "media.actions.erase_files": "files of a picture that is gone",
    "media.actions.sweep_files": "files of pictures that are gone",
    "members.actions.invitations.create_invitation": "for whom it is meant",
    "members.actions.invitations.withdraw_invitation": "for whom it is meant",
    "members.actions.people.create_identity": "whose face is shown nowhere yet",
    "members.actions.people.checked_name": "writes nothing",
    "members.actions.cards.make_cards": "paper",
    "members.actions.cards.withdraw_cards": "paper",
    "members.actions.cards.join_with_card": "whose face is shown nowhere yet; what it writes down says what was said",
    "members.actions.leaving.ask_to_leave": "what is seen of it is the end of roles, which is counted",
    "members.actions.leaving.call_inactive": "mail",
    "members.actions.leaving.erase_identity": "what is seen of it are roles and entries, whose end is counted",
    "members.actions.leaving.forget_traces": "seen by nobody",
    "members.actions.leaving.forgive_returned": "seen by nobody",
    "members.actions.leaving.note_looks": "for whom it is about",
    "members.actions.leaving.withdraw_leaving": "for whom it is about",
    "members.actions.leaving.take_out": "for whom it is about",
    "members.actions.people.require_good_password": "writes nothing",
    "members.actions.passwords.send_reset_link": "mail",
    "members.actions.passwords.set_new_password": "a login",
    "members.actions.passwords.change_password": "a login",
    "members.actions.passwords.sign_out_everywhere": "a login",
    "places.actions.keep.receive_correction": "for those who look after the entry",
    "places.actions.keep.settle_correction": "for those who look after the entry",
    "operations.actions.erase_again": "after a restore, before anybody comes, and by actions that count",
    "operations.actions.note_erasures": "for operators",
    "operations.actions.note_backup": "for operators",
    "operations.actions.note_verified": "for operators",
    "operations.actions.make_nightly_backup": "for operators",
    "operations.actions.try_newest_backup": "for operators",
    "search.actions.index_entries": "follows a change that is counted; what is found by words is not kept",
    "search.actions.index_missing": "what is found by words is not kept",
    "search.actions.forget_entries": "follows a change that is counted; what is found by words is not kept",
    "search.actions.drop_lost_words": "what is found by words is not kept",
    "villages.actions.editions.raise_editions": "is what this is about",
}


class World:
    """A square with something of everything on it."""

    def __init__(self, kranenburg: Any, person: Any) -> None:
        self.municipality: Municipality = kranenburg.municipality
        self.village = kranenburg.village
        self.person = person
        self.listing = place(self.village("niel"), title="Chor", opening_hours="Mo-Fr 09:00-18:00")

    def place_draft(self, **words: Any) -> PlaceDraft:
        said = {"title": "Kapelle", "body": "", "language": "de", "areas": [self.village("niel")], **words}
        return PlaceDraft(
            kind=PlaceKind.ORGANIZATION, words=entries.Draft(**said), categories=[category("sports-club")],
            facts=ListingFacts(), own=KindFacts(),
        )  # fmt: skip

    def page(self, title: str) -> Any:
        text = villages.PageText(title={"de": title}, body={"de": "Worte."})
        return villages.create_page(self.municipality, kind=PageKind.FREE, text=text, **BY)


Steps = Iterator[None]


def entry_steps(world: World, name: str) -> Steps:
    draft = entries.Draft(title="Chor", body="Neu", language="de", areas=[world.village("niel")])
    entry = world.listing.entry
    if name == "publish_entries":
        made = entries.create_entries("organization", drafts=[draft], **BY)
        yield
        entries.publish_entries(made, **BY)
    elif name == "rewrite_entry":
        yield
        entries.rewrite_entry(entry, draft=draft, **BY)
    elif name == "note_change":
        yield
        entries.note_change(entry, **BY)
    elif name == "erase_entries":
        yield
        entries.erase_entries([entry.pk], **BY)
    else:
        if name == "unhide_entry":
            entries.hide_entry(entry, **BY)
        yield
        getattr(entries, name)(entry, **BY)


def keeping_steps(world: World, name: str) -> Steps:
    listing = world.listing
    if name in ("name_keeper", "end_keeper"):
        anna = world.person("Anna")
        if name == "end_keeper":
            keeper = places.name_keeper(listing, identity=anna, **BY)
            yield
            places.end_keeper(keeper, **BY)
        else:
            yield
            places.name_keeper(listing, identity=anna, **BY)
    elif name == "confirm_place":
        yield
        places.confirm_place(listing, role="connector", **BY)
    elif name == "confirm_places":
        yield
        places.confirm_places([listing], role="osm", **BY)
    else:
        yield
        getattr(places, name)([listing], **BY)


def photo_steps(world: World, name: str) -> Steps:
    picture = ready(file_of(flag()))
    if name == "remove_photo":
        photo = places.add_photo(world.listing, picture=picture, **BY)
        yield
        places.remove_photo(photo, **BY)
    else:
        yield
        places.add_photo(world.listing, picture=picture, **BY)


def taxonomy_steps(world: World, name: str) -> Steps:
    own = {"municipality": world.municipality, **BY}
    if name == "write_standard_taxonomy":
        Category.objects.filter(slug="cafe").update(icon="x")
        yield
        places.write_standard_taxonomy(**BY)
    elif name == "choose_category":
        yield
        places.choose_category(category("cafe"), name={"de": "Kaffee"}, is_hidden=False, **own)
    else:
        parent = Category.objects.filter(parent=None).first()
        if name == "remove_category":
            made = places.add_category(parent, name={"de": "Imker"}, osm_tags=[], **own)
            yield
            places.remove_category(made, **own)
        else:
            yield
            places.add_category(parent, name={"de": "Imker"}, osm_tags=[], **own)


def writing_steps(world: World, name: str) -> Steps:
    other = place(world.village("niel"), title="Haus")
    if name == "fold_place":
        yield
        places.fold_place(other, into=world.listing, **BY)
    elif name == "unfold_place":
        places.fold_place(other, into=world.listing, **BY)
        yield
        places.unfold_place(other, **BY)
    elif name == "change_place":
        yield
        places.change_place(world.listing, draft=world.place_draft(), **BY)
    elif name == "add_place_once":
        yield
        places.add_place_once(world.place_draft(), form_key="k", **BY)
    elif name == "add_place":
        yield
        places.add_place(world.place_draft(), **BY)
    else:
        yield
        places.add_places([world.place_draft(), world.place_draft(title="Zwei")], **BY)


def picture_steps(world: World, name: str) -> Steps:
    if name == "prepare_picture":
        picture = media.accept_upload(file_of(flag()), alt={"de": "Fahne"}, **BY)
        places.add_photo(world.listing, picture=picture, **BY)
        yield
        media.prepare_picture(picture.pk, **BY)
        return
    picture = ready(file_of(flag()))
    villages.change_picture(world.village("niel"), picture=picture, **BY)
    yield
    if name == "erase_picture":
        media.erase_picture(picture, **BY)
    else:
        media.change_picture_words(picture, alt={"de": "Rot und blau"}, credit="", **BY)


def people_steps(world: World, name: str) -> Steps:
    ben = world.person("Ben", roles=[(Role.CONNECTOR, "niel")])
    if name == "change_identity":
        yield
        members.change_identity(ben, name="Benno", language="de", home_area=None, **BY)
    elif name == "introduce_identity":
        yield
        standing.introduce_identity(ben, introduction={"de": "Guten Tag."}, **BY)
    elif name == "block_identity":
        yield
        standing.block_identity(ben, **BY)
    elif name == "grant_role":
        yield
        members.grant_role(ben, role=Role.CONNECTOR, area=world.village("zyfflich"), **BY)
    elif name == "end_grant":
        grant = RoleGrant.objects.get(identity=ben)
        yield
        members.end_grant(grant, **BY)
    else:
        area = world.village("zyfflich")
        email = "ben@example.org" if name == "take_up_invitation" else "new@example.org"
        _, key = members.create_invitation(email=email, role=Role.CONNECTOR, area=area, **BY)
        yield
        if name == "accept_invitation":
            members.accept_invitation(key, name="Neu", language="de", password="four tall poplars", **BY)
        else:
            members.take_up_invitation(key, identity=ben, by=actor(ben), now=NOW)


def village_steps(world: World, name: str) -> Steps:
    niel = world.village("niel")
    if name == "change_picture":
        picture = ready(file_of(flag()))
        yield
        villages.change_picture(niel, picture=picture, **BY)
        return
    yield
    if name == "change_village":
        change = villages.VillageChange({"und": "Niel"}, {"de": "Klein."}, 222, Point(51.826, 6.02), 3, [])
        villages.change_village(niel, change=change, version=niel.version, **BY)
    elif name == "compute_outlines":
        Area.objects.filter(pk=niel.pk).update(outline=None, outline_origin="none")
        villages.compute_outlines(world.municipality, **BY)
    elif name == "add_foreign_area":
        foreign = ForeignArea("beek", {"und": "Beek"}, "NL", Point(51.83, 5.92), "Berg en Dal")
        villages.add_foreign_area(world.municipality, foreign=foreign, **BY)
    else:
        more = {**DESCRIPTION, "municipality": {**DESCRIPTION["municipality"], "name": "Kranenburg am Rhein"}}
        villages.set_up_municipality(parse_description(more, {}), **BY)


def municipality_steps(world: World, name: str) -> Steps:
    version = world.municipality.area.version
    yield
    if name == "switch_rooms":
        villages.switch_rooms(world.municipality, rooms_off=["places"], version=version, **BY)
    else:
        change = villages.MunicipalityChange({"und": "K"}, {"de": "Motto"}, {}, "#A63D2F", ["de"])
        villages.change_municipality(world.municipality, change=change, version=version, **BY)


def page_steps(world: World, name: str) -> Steps:
    if name == "create_page":
        yield
        world.page("Über uns")
        return
    world.page("Erste")
    page = world.page("Zweite")
    yield
    if name == "change_page":
        text = villages.PageText(title={"de": "Anders"}, body={})
        villages.change_page(page, text=text, version=page.version, **BY)
    elif name == "move_page":
        villages.move_page(page, up=True, **BY)
    else:
        villages.remove_page(page, **BY)


def legal_steps(world: World, name: str) -> Steps:
    yield
    if name == "keep_legal_text":
        villages.keep_legal_text(world.municipality, kind=LegalKind.RULES, **BY)
        return
    text = villages.PageText(title={"de": "Hausordnung"}, body={"de": "Freundlich sein."})
    villages.publish_legal_text(world.municipality, kind=LegalKind.RULES, text=text, version=0, **BY)


def base_map_steps(world: World, name: str) -> Steps:
    """A file that stands for tiles: what counts is that pages hear of it."""
    tiles = maps_folder() / f".made-{world.municipality.area.slug}"
    tiles.parent.mkdir(parents=True, exist_ok=True)
    tiles.write_bytes(b"tiles")
    made = Made(tiles, f"{world.municipality.area.slug}-{'0' * 16}.pmtiles", "", None, [])
    if name == "put_base_map":
        yield
        basemap.put_base_map(world.municipality, made=made, **BY)
        return
    base_map = basemap.put_base_map(world.municipality, made=made, **BY)
    yield
    basemap.switch_base_map(base_map, is_on=False, **BY)


def import_steps(world: World, _name: str) -> Steps:
    yield
    import_things(world.municipality, source=OSM, drafts=[source_draft()], **BY)


def journal_steps(world: World, name: str) -> Steps:
    thing = f"entry:{world.listing.pk}"
    yield
    if name == "touch_things":
        touch_things([thing])
    elif name == "record_acts":
        record_acts("something.new", lines=[entries.Line(thing)], **BY)
    else:
        record_act("something.new", thing="a-sort-nobody-knows:7", **BY)


WAYS = {
    "basemap.actions": base_map_steps,
    "entries.actions": entry_steps,
    "imports.actions.intake": import_steps,
    "journal.actions": journal_steps,
    "media.actions": picture_steps,
    "members.actions.invitations": people_steps,
    "members.actions.people": people_steps,
    "members.actions.roles": people_steps,
    "members.actions.standing": people_steps,
    "places.actions.keep": keeping_steps,
    "places.actions.photos": photo_steps,
    "places.actions.taxonomy": taxonomy_steps,
    "places.actions.write": writing_steps,
    "villages.actions.legal": legal_steps,
    "villages.actions.municipality": municipality_steps,
    "villages.actions.outlines": village_steps,
    "villages.actions.pages": page_steps,
    "villages.actions.setup": village_steps,
    "villages.actions.village": village_steps,
}


def every_action() -> list[str]:
    found = []
    for source in storey("actions"):
        module = source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        found += [f"{module}.{function.name}" for function in code.public_functions(source, None)]
    return sorted(found)


SEEN = [name for name in every_action() if name not in UNSEEN]


@pytest.fixture
def world(kranenburg, person, at_eleven):
    return World(kranenburg, person)


def test_every_action_is_asked_here_or_said_to_be_unseen():
    assert set(UNSEEN) <= set(every_action()), "an action that is gone"
    assert [name for name in SEEN if name.rpartition(".")[0] not in WAYS] == []
    assert len(SEEN) > 40


@pytest.mark.parametrize("name", SEEN)
def test_an_action_that_readers_see_raises_the_edition(world, name):
    module, _, function = name.rpartition(".")
    steps = WAYS[module](world, function)
    next(steps)
    before = edition_of(world.municipality.pk)
    assert before is not None
    with pytest.raises(StopIteration):
        next(steps)
    assert edition_of(world.municipality.pk) > before


def another(slug, name, lat, lon, neighbour=None):
    """A second municipality with one village, which has the given area as neighbour."""
    described = {
        "municipality": {"slug": slug, "name": name, "country": "DE", "languages": ["de"], "hosts": [f"{slug}.test"]},
        "village": [{"slug": f"{slug}-dorf", "name": f"{name} Dorf", "lat": lat, "lon": lon, "neighbours": []}],
    }
    made, _report = villages.set_up_municipality(parse_description(described, {}), **BY)
    if neighbour:
        AreaLink.objects.create(area=Area.objects.get(slug=f"{slug}-dorf"), neighbour=neighbour)
    return made


def test_a_change_counts_at_home_and_where_it_is_a_neighbours_and_nowhere_else(world):
    near = another("goch", "Goch", 51.68, 6.16, neighbour=world.village("niel"))
    far = another("husum", "Husum", 54.48, 9.05)
    before = editions()
    entries.note_change(world.listing.entry, **BY)
    after = editions()
    raised = {pk for pk, number in after.items() if number != before[pk]}
    assert raised == {world.municipality.pk, near.pk}
    assert far.pk in after


def test_what_moves_to_another_municipality_counts_where_it_was(world):
    far = another("husum", "Husum", 54.48, 9.05)
    before = editions()
    draft = entries.Draft(title="Chor", body="", language="de", areas=[Area.objects.get(slug="husum-dorf")])
    entries.rewrite_entry(world.listing.entry, draft=draft, **BY)
    after = editions()
    assert after[world.municipality.pk] > before[world.municipality.pk]
    assert after[far.pk] > before[far.pk]


def test_a_service_elsewhere_counts_where_its_club_is(world):
    another("husum", "Husum", 54.48, 9.05)
    before = edition_of(world.municipality.pk)
    own = KindFacts(organization_id=world.listing.pk)
    place(Area.objects.get(slug="husum-dorf"), kind=PlaceKind.SERVICE, title="Kurs", own=own)
    assert edition_of(world.municipality.pk) > before


def test_a_thing_nobody_knows_counts_everywhere_and_a_mail_nowhere(world):
    another("husum", "Husum", 54.48, 9.05)
    before = editions()
    record_act("mail.sent", thing="mail:1", **BY)
    record_act("login.changed", thing="login:1", area_id=world.municipality.pk, **BY)
    assert editions() == before
    record_act("new.thing", thing="unheard-of:1", **BY)
    assert all(number > before[pk] for pk, number in editions().items())


def test_a_stranger_s_note_makes_no_page_anew(world):
    before = editions()
    note = places.receive_correction(world.listing, text="Zu.", form_key="a", by=VISITOR, now=NOW)
    places.settle_correction(note, state="done", **BY)
    assert editions() == before


def test_many_at_once_count_once_and_cost_few_queries(world):
    ids = [place(world.village("niel")).pk for _ in range(12)]

    def cost(some):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            touch_things(f"entry:{pk}" for pk in some)
        return len(queries)

    before = edition_of(world.municipality.pk)
    assert cost(ids[:1]) == cost(ids)
    assert cost(ids) <= 10
    assert edition_of(world.municipality.pk) == before + 3


def test_what_is_undone_is_not_counted(world):
    before = edition_of(world.municipality.pk)
    with transaction.atomic():
        entries.note_change(world.listing.entry, **BY)
        transaction.set_rollback(True)
    assert edition_of(world.municipality.pk) == before


def test_reading_the_edition_is_one_query_and_unknown_municipalities_have_none(world, django_assert_num_queries):
    number = Edition.objects.get(pk=world.municipality.pk).number
    with django_assert_num_queries(1):
        assert edition_of(world.municipality.pk) == number
    assert edition_of(987_654) is None


def test_everything_else_of_the_journal_stays_as_it_was(world):
    """A change at another moment than now counts the same: the edition knows no clock."""
    before = edition_of(world.municipality.pk)
    record_act("entry.changed", thing=f"entry:{world.listing.pk}", by=INSTALLER, now=NOW - timedelta(days=900))
    assert edition_of(world.municipality.pk) == before + 1
