from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorfplatz.noticeboard.packing import Piece, pack

heights = st.integers(3, 120)
pieces = st.lists(
    st.builds(
        Piece, key=st.just(""), section=st.sampled_from(["a", "b", "c"]), height=heights,
        weight=st.integers(0, 100), is_wanted=st.booleans(), brief=st.none() | st.integers(2, 12),
    ),
    max_size=14,
)  # fmt: skip
HEADINGS = {"a": 8.0, "b": 8.0, "a+": 4.0}


def height_of(column, known):
    return sum(placed.above + known[placed.key, placed.is_brief] for placed in column)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(pieces, st.lists(st.integers(10, 300), min_size=1, max_size=4), st.integers(0, 9))
def test_no_column_is_overfull_and_every_piece_is_placed_once_or_left_out(some, columns, most_brief):
    some = [replace(one, key=f"k{number}") for number, one in enumerate(sorted(some, key=lambda one: one.section))]
    packed = pack(some, headings=HEADINGS, columns=columns, most_brief=most_brief)
    known = {(f":{name}", False): high for name, high in HEADINGS.items()}
    known |= {(piece.key, False): piece.height for piece in some}
    known |= {(piece.key, True): piece.brief for piece in some if piece.brief is not None}
    for column, high in zip(packed.columns, columns, strict=True):
        assert height_of(column, known) <= high + 1e-6
        assert not column or not column[-1].key.startswith(":")
    placed = [one.key for column in packed.columns for one in column if not one.key.startswith(":")]
    assert sorted([*placed, *packed.left_out]) == sorted(piece.key for piece in some)


def piece(key, height, weight, **more):
    return Piece(key, "a", height, weight, **more)


def test_the_weightier_goes_in_and_the_order_stays():
    some = [piece("light", 50, 1), piece("first", 40, 5), piece("second", 40, 9)]
    packed = pack(some, headings={}, columns=[100])
    assert [placed.key for placed in packed.columns[0]] == ["first", "second"]
    assert packed.left_out == ["light"]


def test_what_the_editor_wants_goes_before_all_that_weighs_more():
    some = [piece("wanted", 60, 0, is_wanted=True), piece("heavy", 60, 99)]
    assert pack(some, headings={}, columns=[100]).left_out == ["heavy"]


def test_a_date_without_room_gets_a_line():
    some = [piece("full", 80, 9), piece("short", 80, 5, brief=6)]
    packed = pack(some, headings={"a+": 4}, columns=[110], most_brief=1)
    assert [(placed.key, placed.is_brief) for placed in packed.columns[0]] == [
        ("full", False), (":a+", False), ("short", True)
    ]  # fmt: skip


def test_a_line_in_brief_does_not_stand_alone_at_the_head_of_a_column_where_another_can_come_along():
    dates = [piece(f"d{number}", 80, 50, brief=10) for number in range(4)]
    others = [replace(piece(key, high, 40), section="b") for key, high in (("b", 20), ("c", 58))]
    packed = pack([*dates, *others], headings={"a+": 4}, columns=[43, 60, 60], most_brief=4)
    assert [[one.key for one in column] for column in packed.columns] == [
        [":a+", "d0", "d1"], ["d2", "d3", "b"], ["c"]
    ]  # fmt: skip
    tight = pack([*dates, *others], headings={"a+": 4}, columns=[43, 45, 60], most_brief=4)
    assert [one.key for one in tight.columns[1]] == ["d3", "b"], "nothing is left out for it"
