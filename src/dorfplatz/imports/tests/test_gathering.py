from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.imports.drafts import Draft
from dorfplatz.imports.gathering import Nearness, gather
from dorfplatz.kernel.geo import Point
from dorfplatz.places.taxonomy import standard_taxonomy

NEAR = {term.slug: Nearness.of(term) for term in standard_taxonomy().terms}
METRE = 1 / 111_195


def draft(key: str, title: str = "Bäckerei", north_m: float = 0, slug: str = "bakery", **more: object) -> Draft:
    point = Point(51.8 + north_m * METRE, 6.0)
    plain = Draft(key=key, kind="organization", title=title, language="de", categories=(slug,), point=point)
    return replace(plain, **more)


def keys(*drafts: Draft) -> dict[str, tuple[str, ...]]:
    return {lead.key: lead.also for lead in gather(drafts, NEAR)}


def test_the_same_name_and_category_near_by_is_one_thing() -> None:
    assert keys(draft("node/1"), draft("way/2", north_m=59)) == {"node/1": ("way/2",)}
    assert keys(draft("node/1"), draft("way/2", north_m=61)) == {"node/1": (), "way/2": ()}


def test_another_name_or_category_is_another_thing() -> None:
    assert len(keys(draft("node/1"), draft("node/2", "Metzgerei"), draft("node/3", slug="cafe"))) == 3


def test_a_point_inside_the_outline_of_the_same_is_that_one_however_large() -> None:
    school = draft("way/2", "Schule", slug="school", box=(5.99, 51.79, 6.01, 51.81))
    assert keys(draft("node/1", "Schule", north_m=900, slug="school"), school) == {"way/2": ("node/1",)}


def test_both_sides_of_the_road_are_one_bus_stop() -> None:
    stops = [draft(f"node/{n}", "Markt", north_m=n * 45, slug="bus-stop") for n in range(3)]
    nameless = draft("way/9", "Bushaltestelle", north_m=20, slug="bus-stop", is_nameless=True)
    assert keys(*stops, nameless) == {"node/0": ("node/1", "node/2", "way/9")}


def test_tennis_courts_side_by_side_are_one_but_not_the_football_ground_beside_them() -> None:
    courts = [draft(f"way/{n}", "Tennisplatz", n * 20, "pitch", is_nameless=True) for n in range(3)]
    ground = draft("way/9", "Waldstadion", 30, "pitch")
    assert keys(*courts, ground) == {"way/0": ("way/1", "way/2"), "way/9": ()}


def test_two_nameless_defibrillators_are_two() -> None:
    assert len(keys(*(draft(f"node/{n}", "Defibrillator", n, "defibrillator", is_nameless=True) for n in (1, 9)))) == 2


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["A", "B"]), st.booleans()), max_size=12), st.randoms())
@settings(max_examples=100, deadline=None)
def test_the_order_of_reading_does_not_matter_and_nothing_is_lost(things: list, random: object) -> None:
    drafts = [
        draft(f"node/{n}", title, north, "bus-stop", is_nameless=nameless)
        for n, (north, title, nameless) in enumerate(things)
    ]
    shuffled = list(drafts)
    random.shuffle(shuffled)
    leads = gather(drafts, NEAR)
    assert leads == gather(shuffled, NEAR)
    assert sorted(key for lead in leads for key in (lead.key, *lead.also)) == sorted(d.key for d in drafts)
