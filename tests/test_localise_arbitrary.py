"""Cells that hold just any number: the fewest of them are suspected, and honestly so."""

from decimal import Decimal

import pytest

from tests.test_localise import RIGHT, SLIPPED, TWO_WAY, cell, system
from yearbook.constraint import System
from yearbook.localise import Doubt, doubts
from yearbook.localise.arbitrary import widened
from yearbook.localise.move import Move, Moves
from yearbook.localise.outcome import Explanation, Outcome
from yearbook.localise.problem import stated
from yearbook.localise.slip import Slip


def first(given: System) -> dict[str, tuple[Decimal | None, Slip, bool]]:
    """The cells that are likeliest wrong together, over all broken rules."""
    told = [doubt for listed in doubts(given).values() for doubt in listed if doubt.together]
    return {each.cell.key: (each.proposed, each.slip, each.probable) for each in told}


@pytest.mark.parametrize("factor", [1, 10**7, 10**12])
def test_any_number_in_a_cross_table(factor: int) -> None:
    """437 typed as 9216: the crossing rules say which cell, what was meant, and no slip."""
    right = {name: value * factor for name, value in RIGHT.items()}
    found = first(system(TWO_WAY, **{**right, "d": 9216 * factor}))
    assert found == {"d": (Decimal(437 * factor), Slip.OTHER, True)}


def large(seed: int, wrong: int) -> tuple[System, dict[str, int]]:
    """A table of 31 x 20 with just any number in some of its cells, and what these were."""
    random = SLIPPED.Random(seed)
    table = SLIPPED.two_way(random, 31, 20)
    chosen = random.sample(sorted(table.values), wrong)
    typed = {**table.values, **{name: SLIPPED.anything(random, 0) for name in chosen}}
    return SLIPPED.system(table, typed), {name: table.values[name] for name in chosen}


def test_several_at_once_in_a_large_table() -> None:
    """Where the search gives up the minimal set is told, each cell with its value."""
    given, right = large(0, 4)
    assert {key: told[0] for key, told in first(given).items()} == right


def test_two_parts_that_one_sum_cannot_tell() -> None:
    """Neither of two parts alone can be what is wrong: both are named, and no value."""
    given = system({"t": "a b c"}, t=300, a=5000, b=6000, c=70)
    pinned = cell(given, "t", pinned=True)
    assert first(pinned) == {"a": (None, Slip.OTHER, False), "b": (None, Slip.OTHER, False)}


def test_ties_cannot_be_told() -> None:
    """A total and a part of it that are both wrong in one more rule: each candidate is named, none
    called probable."""
    given = system({"t": "a b", "u": "t v"}, t=52_817, a=120, b=340, u=9_000_123, v=77)
    listed = [doubt for each in doubts(given).values() for doubt in each]
    assert {each.cell.key for each in listed} > {"t", "u", "v"}
    assert not any(each.probable for each in listed)


def outcome(slip: Slip, cells: int, unexplored: float = 0.0) -> Outcome:
    """A search that found one explanation, of one slip in some cells."""
    moves = tuple(Move(((n, 1),), slip, 9.0) for n in range(cells))
    return Outcome((Explanation(moves, 9.0 * cells),), unexplored)


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (outcome(Slip.DIGIT, 2, 0.5), True),
        (outcome(Slip.OTHER, 1), True),
        (outcome(Slip.OTHER, 1, 0.5), False),
        (outcome(Slip.OTHER, 2), False),
        (Outcome((), float("inf")), False),
    ],
)
def test_only_where_slips_do_not_explain(found: Outcome, *, kept: bool) -> None:
    """Slips alone are the better explanation; of one cell any number was weighed already."""
    given = system({"t": "a b", "u": "a c"}, t=900_000, a=120, b=340, u=800_000, c=77)
    moves = Moves(stated(given, [0, 1]))
    assert (widened(found, moves, [0, 1]) is found) is kept


def test_slips_in_a_minimal_set_are_named() -> None:
    """Where what a cell must have held is one slip away, that slip is named and priced."""
    given = system({"t": "a b", "u": "a c"}, t=437, a=110, b=336, u=150, c=49)
    moves = Moves(stated(given, [0, 1]))
    best = widened(Outcome((), float("inf")), moves, [0, 1]).explanations[0]
    assert [(move.changes, move.slip) for move in best.moves] == [(((1, 101),), Slip.SWAPPED)]
    assert best.cost == best.moves[0].cost < moves.other(1, 101).cost


def test_sets_cut_off_leave_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not all minimal sets were looked for, what was found is not called probable."""
    monkeypatch.setattr("yearbook.localise.minimal.SETS", 1)
    given, _ = large(0, 4)
    listed: list[Doubt] = [doubt for each in doubts(given).values() for doubt in each]
    assert listed
    assert not any(each.probable for each in listed)
