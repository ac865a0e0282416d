"""The smallest sets of cells: all of them, proved, without those that were checked."""

import subprocess
import sys
from decimal import Decimal

import pytest

from tests.edits import ROOT
from tests.test_localise import SLIPPED, cell, system
from yearbook.constraint import Constraint, System
from yearbook.localise import minimal as module
from yearbook.localise.minimal import Minimal, minimal
from yearbook.localise.move import Moves
from yearbook.localise.problem import Problem, stated
from yearbook.model import Place


def sought(given: System) -> tuple[Problem, Minimal]:
    """The minimal sets of all rules that are broken."""
    problem = stated(given, range(len(given.constraints)))
    broken = [n for n, each in enumerate(given.constraints) if given.broken(each)]
    return problem, minimal(Moves(problem), broken)


def named(given: System) -> list[dict[str, int]]:
    """The same by names of cells, in an order of their own."""
    problem, found = sought(given)
    assert found.complete
    sets = [{problem.cells[n].key: v for n, v in each.values.items()} for each in found.sets]
    return sorted(sets, key=sorted)


TWO_WAY = {"r1": "a b", "r2": "c d", "k1": "a c", "k2": "b d"}
RIGHT = {"a": 120, "b": 30, "c": 45, "d": 437, "r1": 150, "r2": 482, "k1": 165, "k2": 467}


@pytest.mark.parametrize("factor", [1, 10**7, 10**12])
def test_crossing_rules(factor: int) -> None:
    """One wrong cell of a cross table, and two, however large the figures are."""
    right = {name: value * factor for name, value in RIGHT.items()}

    assert named(system(TWO_WAY, **{**right, "d": 9216 * factor + 1})) == [{"d": 437 * factor}]
    two = {**right, "d": 9216, "a": 7}
    assert named(system(TWO_WAY, **two)) == [{"a": 120 * factor, "d": 437 * factor}]


def test_a_small_difference_beside_a_large_one() -> None:
    """A rule that misses by one is not lost beside one that misses by 10^13."""
    right = {name: value * 10**13 for name, value in RIGHT.items()}
    given = system({**TWO_WAY, "u": "a v"}, **right, u=right["a"] + 5, v=4)
    wrong = cell(given, "d", value=Decimal(9216))

    assert named(wrong) == [
        {"d": 437 * 10**13, "u": right["a"] + 4},
        {"d": 437 * 10**13, "v": 5},
    ]


def test_all_sets_of_one_sum() -> None:
    """Each cell of a sum would do, unless it would have to go below zero or was checked."""
    given = system({"t": "a b c"}, t=1000, a=9216, b=300, c=100)
    assert named(given) == [{"a": 600}, {"t": 9616}]
    assert named(cell(given, "t", pinned=True)) == [{"a": 600}]
    assert named(cell(cell(given, "t", pinned=True), "a", pinned=True)) == []


def test_a_quote_that_agrees_weighs() -> None:
    """A cell whose quote says the same is in no minimal set if another will do."""
    given = system({"t": "a b c"}, t=1000, a=9216, b=300, c=100)
    assert named(cell(given, "t", quoted=Decimal(1000))) == [{"a": 600}]


def test_a_chain_of_years() -> None:
    """A cumulative figure is wrong where two years in a row miss by the same, one up, one down."""
    years = {f"c{n}": f"c{n - 1} t{n}" for n in range(1, 5)}
    values = {"c0": 5_000_000_000, **{f"t{n}": 1000 * n for n in range(1, 5)}}
    for n in range(1, 5):
        values[f"c{n}"] = values[f"c{n - 1}"] + values[f"t{n}"]
    wrong = {**values, "c2": 9216}

    assert named(system(years, **wrong)) == [{"c2": values["c2"]}]
    three = {**wrong, "t4": 77}
    assert {"c2": values["c2"], "t4": 4000} in named(system(years, **three))


def test_whole_numbers_prove_each_set() -> None:
    """Half a person is a solution to HiGHS, and no suspect."""
    given = system({}, t=9, a=3)
    half = Constraint("half", (("t", 1), ("a", -2)), Place("x.csv", 2))
    assert named(System(given.cells, (half,))) == [{"t": 6}]


def test_what_is_broken_for_other_reasons_is_left_out() -> None:
    """A group is mended without touching what another group has to mend."""
    given = system({"t": "a b", "u": "a c", "v": "c d"}, t=3, a=1, b=2, u=3, c=2, v=9, d=9)
    problem = stated(given, range(3))
    found = minimal(Moves(problem), [2])
    assert {problem.cells[n].key for each in found.sets for n in each.values} == {"v", "d"}


def test_many_sets_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """More sets than are looked for: what was found is not taken for all."""
    given = system({"t": "a b c"}, t=1000, a=600, b=300, c=101)
    assert len(named(given)) == 4
    monkeypatch.setattr(module, "SETS", 2)
    _, found = sought(given)
    assert (len(found.sets), found.complete) == (2, False)
    monkeypatch.setattr(module, "SETS", 9)
    monkeypatch.setattr(module, "STEPS", -1)
    _, found = sought(given)
    assert (len(found.sets), found.complete) == (1, False)
    monkeypatch.setattr(module, "CELLS", 3)
    assert sought(given)[1] == Minimal((), complete=False)


def test_the_bound_of_nodes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where HiGHS may open no node it finds nothing, and that is not taken for none."""
    monkeypatch.setitem(module._OPTIONS, "mip_max_nodes", 0)
    monkeypatch.setitem(module._OPTIONS, "presolve", "off")
    given = system(TWO_WAY, **{**RIGHT, "a": 9216, "d": 7, "r1": 5})
    assert sought(given)[1] == Minimal((), complete=False)


def test_the_same_each_time_in_a_large_table() -> None:
    """31 x 20 cells, four of them anything: the same sets in the same order, the true one among
    them."""
    random = SLIPPED.Random(5)
    table = SLIPPED.two_way(random, 31, 20)
    wrong = random.sample(sorted(table.values), 4)
    typed = {**table.values, **{name: SLIPPED.anything(random, 0) for name in wrong}}
    given = SLIPPED.system(table, typed)
    first, second = sought(given)[1], sought(given)[1]

    assert first == second
    assert {name: table.values[name] for name in wrong} in named(given)


SILENT = """
import sys
from yearbook.localise import doubts
from tests.test_localise import system
given = system({"t": "a b"}, t=110, a=40, b=61)
assert doubts(given) and "highspy" not in sys.modules, "loaded for a slip"
given = system({"t": "a b", "u": "a c"}, t=300, a=5000, b=6000, u=9, c=70)
assert doubts(given) and "highspy" in sys.modules, "not loaded"
"""


def test_the_solver_is_loaded_when_needed_and_says_nothing() -> None:
    """Slips do without HiGHS; where it is asked it does not greet on the standard output."""
    run = subprocess.run(
        [sys.executable, "-c", SILENT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
