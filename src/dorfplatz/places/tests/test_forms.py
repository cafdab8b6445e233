"""Adding and changing entries by form: twice sent is once done, errors are sentences, nothing typed is lost."""

import re
from datetime import timedelta

import pytest

from dorfplatz.entries.models import Entry
from dorfplatz.members.enums import Role
from dorfplatz.places.actions import name_keeper
from dorfplatz.places.drafts import KindFacts
from dorfplatz.places.enums import Generation, PlaceKind
from dorfplatz.places.models import Listing
from dorfplatz.places.tests.factories import category, place
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import square_of


@pytest.fixture
def ben(person):
    """Connector of Niel."""
    return person("Ben", home="niel", roles=[(Role.CONNECTOR, "niel")])


@pytest.fixture
def at_desk(ben, at_eleven):
    return square_of(ben)


def filled(page):
    """What a browser would send from this page's form: every control with its present value."""
    form = page[page.index('class="form place-form"') : page.rindex("</form>")]
    values = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said.get("type") in {"checkbox", "radio"} and " checked" not in tag:
            continue
        if "name" in said:
            values.setdefault(said["name"], []).append(said.get("value", ""))
    for name, body in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        values[name] = [body.removeprefix("\r\n").removeprefix("\n")]
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        values[name] = [chosen[1] if chosen else ""]
    return values


def minimal(square, **changes):
    values = filled(square.page("eintragen/"))
    wanted = {"kind": "organization", "title": "Kirchenchor Niel", "category": category("music-choir").pk}
    return {**values, **wanted, **changes}


def test_a_name_a_village_and_a_category_are_enough(kranenburg, at_desk):
    answer = at_desk.post("/de/eintragen/", minimal(at_desk), follow=True)
    assert "„Kirchenchor Niel“ steht auf der Karte. Danke!" in answer.content.decode()
    listing = Listing.objects.get(entry__title="Kirchenchor Niel")
    assert [p.area.slug for p in listing.entry.placements.all()] == ["niel"], "her own village was ticked already"
    assert (listing.assured_by, listing.assured_on) == ("connector", NOW.date())
    assert listing.entry.check_due_at == NOW + timedelta(days=365)


def test_the_same_form_sent_twice_adds_one(kranenburg, at_desk):
    values = minimal(at_desk)
    first, second = (at_desk.post("/de/eintragen/", values) for _time in range(2))
    assert Listing.objects.count() == 1
    assert first.url == second.url
    at_desk.post("/de/eintragen/", minimal(at_desk))
    assert Listing.objects.count() == 2, "another form is another entry"


def test_everything_the_form_asks_arrives(kranenburg, at_desk):
    zyfflich_pin = {"lat": "51.8239", "lon": "5.9739"}
    values = minimal(
        at_desk, body="Wir singen.", title_nl="Kerkkoor", body_nl="Wij zingen.", category_2=category("cafe").pk,
        street="Dorfstraße 1", postcode="47559", town="Niel", phone="02826 1", email="chor@example.org",
        website="chor.example", is_free="yes", step_free="yes", generations=["1", "16"], minimum_age="6",
        maximum_age="99", spoken_languages=["de", "nl"], offered_by="volunteer", hours_mode="week", th_1_from="19:30",
        th_1_to="21:00", hours_off="on", hours_note="Nicht in den Ferien.", hours_note_nl="Niet in de vakantie.",
        alert="Probe fällt aus.", founded_in="1902", service_area=[kranenburg.village("niel").pk], **zyfflich_pin,
    )  # fmt: skip
    assert at_desk.post("/de/eintragen/", values).status_code == 302
    listing = Listing.objects.select_related("entry").get()
    assert (listing.entry.lat, listing.entry.lon) == (51.8239, 5.9739)
    assert listing.opening_hours == "Th 19:30-21:00; PH closed"
    assert listing.hours_note == {"de": "Nicht in den Ferien.", "nl": "Niet in de vakantie."}
    assert listing.website == "https://chor.example"
    assert listing.generations == Generation.CHILDREN | Generation.OLDER
    assert {c.slug for c in listing.categories.all()} == {"music-choir", "cafe"}
    assert listing.entry.texts.get().title == "Kerkkoor"
    assert listing.entry.organization.founded_in == 1902
    assert (listing.is_free, listing.minimum_age, list(listing.spoken_languages)) == (True, 6, ["de", "nl"])


def test_the_village_follows_the_pin_where_none_is_ticked(kranenburg, person, at_eleven):
    at_desk = square_of(person("Ada", roles=[(Role.ADMIN, "")]))
    at_desk.post("/de/eintragen/", minimal(at_desk, villages=[], lat="51.8239", lon="5.9739"))
    assert Entry.objects.get().placements.get().area.slug == "zyfflich"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Bitte füllen Sie das noch aus."),
        ({"villages": []}, "Bitte wählen Sie ein Dorf, oder setzen Sie die Nadel in eines."),
        ({"lat": "51.8"}, "Bitte geben Sie beide Zahlen des Punktes an, oder keine."),
        ({"lat": "999", "lon": "6"}, "90"),
        ({"hours_mode": "words", "hours_text": "wenn es passt"}, "ließen sich nicht lesen"),
        ({"hours_mode": "week"}, "wenigstens einen Tag"),
        ({"hours_mode": "week", "mo_1_from": "9:00"}, "Bitte geben Sie beide Zeiten an"),
        ({"minimum_age": "20", "maximum_age": "10"}, "Das obere Alter liegt unter dem unteren."),
        ({"body_nl": "Wij zingen."}, "Bitte geben Sie auch dieser Fassung einen Titel."),
        ({"title_de": "Noch einmal"}, "In dieser Sprache haben Sie oben schon geschrieben."),
        ({"website": "javascript:alert(1)"}, "field-wrong"),
    ],
)
def test_a_mistake_is_said_in_a_sentence_and_nothing_typed_is_lost(kranenburg, at_desk, changes, sentence):
    values = minimal(at_desk, body="Ein langer Text über den Chor.", **changes)
    answer = at_desk.post("/de/eintragen/", values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Ein langer Text über den Chor." in page
    assert filled(page)["form_key"] == values["form_key"]
    assert not Listing.objects.exists()


def test_a_connector_adds_in_her_own_villages_only(kranenburg, at_desk):
    answer = at_desk.post("/de/eintragen/", minimal(at_desk, villages=[kranenburg.village("nuetterden").pk]))
    assert answer.status_code == 422
    assert "Einträge nehmen die Buurtverbinder des Dorfes auf." in answer.content.decode()
    assert not Listing.objects.exists()


def test_visitors_are_asked_to_log_in_and_members_find_no_form(kranenburg, square, person):
    assert square.get("/de/eintragen/").status_code == 302
    assert square_of(person("Anna", home="niel")).get("/de/eintragen/").status_code == 404


def test_opening_the_form_and_saving_it_changes_nothing(kranenburg, at_desk):
    niel = kranenburg.village("niel")
    club = place(niel, title="Verein")
    listing = place(
        niel, kranenburg.village("zyfflich"), title="Chor & „Co“", body="Zeile eins\nZeile <zwei>",
        kind=PlaceKind.SERVICE, categories=("music-choir", "cafe"), texts={"nl": ("Koor", "Wij zingen.")},
        own=KindFacts(organization_id=club.pk), opening_hours="Mo-Fr 09:00-12:00,14:00-18:00",
        cost_note={"de": "1 Euro", "nl": "1 euro"}, is_free=False,
        generations=5, spoken_languages=["de", "nl"], alert={"nl": "Let op"},
    )  # fmt: skip
    before = snapshot(listing)
    path = f"/de/eintrag/{listing.entry.code}/aendern/"
    answer = at_desk.post(path, filled(unescaped(at_desk.get(path).content.decode())))
    assert answer.status_code == 302
    assert snapshot(listing) == before


def unescaped(page):
    for code, letter in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'")):
        page = page.replace(code, letter)
    return page


def snapshot(listing):
    fresh = Listing.objects.get(pk=listing.pk)
    columns = {k: v for k, v in vars(fresh).items() if not k.startswith("_")}
    entry = fresh.entry
    return (
        columns, entry.title, entry.body.replace("\r", ""), entry.lat, entry.language, entry.changed_at,
        set(fresh.categories.values_list("slug", flat=True)), set(entry.areas.values_list("slug", flat=True)),
        list(entry.texts.values_list("language", "title", "body")), entry.service.organization_id,
    )  # fmt: skip


def test_a_keeper_changes_her_entry_and_a_stranger_may_not(kranenburg, person, at_eleven):
    listing = place(kranenburg.village("niel"), title="Chor")
    anna, berta = person("Anna"), person("Berta")
    name_keeper(listing, identity=anna, by=INSTALLER, now=NOW)
    path = f"/de/eintrag/{listing.entry.code}/aendern/"
    assert square_of(berta).get(path).status_code == 403
    keeper = square_of(anna)
    values = {**filled(keeper.get(path).content.decode()), "title": "Kirchenchor"}
    assert keeper.post(path, values).status_code == 302
    assert Entry.objects.get(pk=listing.pk).title == "Kirchenchor"


def test_somebody_elses_change_is_not_overwritten_unseen(kranenburg, at_desk, time_machine):
    listing = place(kranenburg.village("niel"), title="Chor")
    path = f"/de/eintrag/{listing.entry.code}/aendern/"
    mine, others = (filled(at_desk.get(path).content.decode()) for _time in range(2))
    time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
    at_desk.post(path, {**others, "title": "Kirchenchor"})
    answer = at_desk.post(path, {**mine, "title": "Singkreis"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Jemand anderes hat diesen Eintrag geändert" in page
    assert Entry.objects.get(pk=listing.pk).title == "Kirchenchor"
    assert at_desk.post(path, filled(page)).status_code == 302
    assert Entry.objects.get(pk=listing.pk).title == "Singkreis"


def test_hours_that_no_week_can_hold_come_back_as_words(kranenburg, at_desk):
    listing = place(kranenburg.village("niel"), opening_hours="Mo[1] 19:00-21:00")
    path = f"/de/eintrag/{listing.entry.code}/aendern/"
    values = filled(at_desk.get(path).content.decode())
    assert values["hours_mode"] == ["words"]
    at_desk.post(path, values)
    assert Listing.objects.get(pk=listing.pk).opening_hours == "Mo[1] 19:00-21:00"


def test_a_form_of_garbage_is_answered_with_sentences(kranenburg, at_desk):
    garbage = {"category": "x", "villages": ["-1", "abc"], "kind": "dragon", "lat": "north", "generations": ["99"]}
    answer = at_desk.post("/de/eintragen/", {**garbage, "title": "x" * 999, "hours_mode": "?", "form_key": "y" * 99})
    assert answer.status_code == 422
    assert Square().post("/de/eintragen/", garbage).status_code == 302
