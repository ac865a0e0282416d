"""Which cell is wrong: slips undone, groups kept apart, honest probabilities, the floors."""

import importlib.util
import sys
from dataclasses import replace
from decimal import Decimal
from types import ModuleType

import pytest

from tests.edits import CHAPTER, ROOT, bilingual, edited, rows
from yearbook import checks, listing
from yearbook.constraint import Cell, Constraint, Sign, System
from yearbook.finding import Finding
from yearbook.localise import doubts
from yearbook.localise.group import groups
from yearbook.localise.slip import NAMES, SHARE, Slip, named, origins
from yearbook.model import Place, Qualifier
from yearbook.read import read
from yearbook.read.snapshot import Snapshot, take
from yearbook.slips import slips

PLACE = Place("x.csv", 2)


def loaded(name: str) -> ModuleType:
    """A tool as a module, under the name by which other tools import it."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SLIPPED = loaded("slipped")
BENCH = loaded("bench_localise")


def system(rules: dict[str, str], **cells: int) -> System:
    """Cells by name; rules as ``{"t": "a b"}``, total and parts."""
    made = {
        name: Cell(name, Decimal(value), Decimal(1), PLACE, name) for name, value in cells.items()
    }
    constraints = tuple(
        Constraint("sum", ((whole, 1), *((part, -1) for part in parts.split())), PLACE, whole)
        for whole, parts in rules.items()
    )
    return System(made, constraints)


def cell(given: System, name: str, **changes: object) -> System:
    """The same with something else known of a cell."""
    changed = replace(given.cells[name], **changes)  # type: ignore[arg-type]
    return replace(given, cells={**given.cells, name: changed})


@pytest.mark.parametrize(
    ("typed", "true", "slip"),
    [
        (105, 101, Slip.DIGIT),
        (110, 101, Slip.SWAPPED),
        (43, 437, Slip.LOST),
        (4437, 437, Slip.EXTRA),
        (437, 4370, Slip.ZERO_LOST),
        (4370, 437, Slip.ZERO_EXTRA),
        (4370, 437_000, Slip.UNIT),
        (4405, 44_050_000, Slip.WAN),
        (-101, 101, Slip.SIGN),
        (999, 101, Slip.OTHER),
        (37, 437, Slip.LOST),
    ],
)
def test_slips_are_undone(typed: int, true: int, slip: Slip) -> None:
    """Each kind of slip is read backwards and called by its name."""
    assert named(typed, true) is slip


def test_slips_have_names_and_shares() -> None:
    """Each slip has a name in both languages, and the shares of single cells add up to one."""
    assert set(NAMES) == set(Slip)
    assert all(bilingual(name) for name in NAMES.values())
    assert sum(SHARE.values()) == pytest.approx(1)
    assert all(cost > 0 for cost in origins(4370).costs)


@pytest.mark.parametrize("true", [0, 7, 10, 99, 101, 437, 1100, 4370, 70_707, 120_000, 999_999])
def test_every_slip_forwards_is_undone(true: int) -> None:
    """What a typist makes of a figure leads back to it, a zero in front included."""
    typed = {int(each) for each in slips(Decimal(true))}

    assert [each for each in typed if true not in origins(each).digits] == []


@pytest.mark.parametrize("typed", [0, 5, -5, 10, 101, -437, 1000, 20_000, 120_120])
def test_likelihoods_stay_within_those_of_all_slips(typed: int) -> None:
    """No figure stands twice or for itself, and the sign is kept but for the slip in it."""
    found = origins(typed)

    assert len(set(found.digits)) == len(found.digits) == len(found.slips) == len(found.costs)
    assert typed not in found.digits
    pairs = zip(found.digits, found.slips, strict=True)
    wrong = {slip for true, slip in pairs if true * typed < 0}
    assert wrong <= {Slip.SIGN}


TWO_WAY = {"r1": "a b", "r2": "c d", "k1": "a c", "k2": "b d"}
RIGHT = {"a": 120, "b": 30, "c": 45, "d": 437, "r1": 150, "r2": 482, "k1": 165, "k2": 467}


def test_crossing_rules_find_the_cell() -> None:
    """Where two broken rules cross, the cell, its value and the slip are told as probable."""
    found = doubts(system(TWO_WAY, **{**RIGHT, "d": 473}))

    assert set(found) == {1, 3}
    for listed in found.values():
        assert listed[0].cell.key == "d"
        assert (listed[0].proposed, listed[0].slip) == (Decimal(437), Slip.SWAPPED)
        assert listed[0].probable


def test_one_rule_cannot_tell() -> None:
    """Where one rule covers all cells the probabilities say so, and none is probable."""
    found = doubts(system({"t": "a b c d"}, t=1000, a=210, b=340, c=150, d=310))[0]

    assert len(found) >= 3
    assert not any(doubt.probable for doubt in found)
    assert sum(doubt.probability for doubt in found) == pytest.approx(1, abs=0.2)


def test_a_checked_cell_is_never_suspected() -> None:
    """What was compared with the source stays; the doubt falls on the others."""
    given = system({"t": "a b"}, t=110, a=40, b=61)

    assert doubts(given)[0][0].cell.key == "t"
    pinned = cell(given, "t", pinned=True)
    assert "t" not in {doubt.cell.key for doubt in doubts(pinned)[0]}
    for name in "ab":
        pinned = cell(pinned, name, pinned=True)
    assert doubts(pinned)[0] == ()


def test_a_quote_that_disagrees_comes_first() -> None:
    """The value beside which the quote says something else is the suspect, the quote's value
    the proposal; quotes that agree speak for their cells."""
    given = system({"t": "a b"}, t=110, a=40, b=61)
    quoted = cell(cell(given, "t", quoted=Decimal(110)), "b", quoted=Decimal(70))

    first = doubts(quoted)[0][0]
    assert (first.cell.key, first.proposed, first.probable) == ("b", Decimal(70), True)


def test_neighbours_that_changed_places() -> None:
    """Two values typed into each other's cell are found together, though their row holds."""
    given = system(TWO_WAY, **{**RIGHT, "c": 437, "d": 45})
    found = doubts(cell(given, "c", neighbours=("d",)))

    listed = {doubt.cell.key: doubt for doubt in found[2]}
    assert listed["c"].slip is Slip.NEIGHBOURS
    assert listed["c"].proposed == 45
    assert listed["c"].probable


def test_inequalities_and_hedges() -> None:
    """A part that exceeds its whole is suspected too; a hedged whole excuses what it may be."""
    part: Sign = ">="
    given = system({"t": "a"}, t=43, a=101)
    given = replace(given, constraints=(replace(given.constraints[0], sign=part),))

    listed = doubts(given)[0]
    assert {doubt.cell.key for doubt in listed} == {"t", "a"}
    assert not any(doubt.probable for doubt in listed)
    assert doubts(cell(given, "t", qualifier=Qualifier.MORE_THAN)) == {}
    assert "a" in {d.cell.key for d in doubts(cell(given, "t", qualifier=Qualifier.AT_MOST))[0]}


def test_rounded_sums_are_not_suspected() -> None:
    """What rounding explains is no slip; beyond it the slip is found in spite of the rounding."""
    given = system(TWO_WAY, **{**RIGHT, "r1": 151})
    loose = tuple(replace(each, tolerance=Decimal("1.5")) for each in given.constraints)

    assert doubts(replace(given, constraints=loose)) == {}
    wrong = replace(cell(given, "d", value=Decimal(487)), constraints=loose)
    assert {listed[0].cell.key for listed in doubts(wrong).values()} == {"d"}
    assert doubts(wrong)[1][0].proposed == 437


def test_groups_are_independent() -> None:
    """What is wrong in one sum does not change what is said of another."""
    one = system({"t": "a b"}, t=110, a=40, b=61)
    two = system({"t": "a b", "u": "e f"}, t=110, a=40, b=61, u=9, e=4, f=6)

    assert doubts(two)[0] == doubts(one)[0]
    assert groups({1: (1, 2), 2: (2, 3), 5: (4,)}) == ((1, 2), (5,))


def test_the_outcome_is_the_same_each_time() -> None:
    """Nothing depends on time, chance or the order of the cells' names."""
    given = system(TWO_WAY, **{**RIGHT, "d": 473, "a": 12})

    assert doubts(given) == doubts(given)


@pytest.mark.parametrize("series", BENCH.SERIES, ids=lambda each: str(each.name))
def test_the_floors_hold_in_short(series: object) -> None:
    """Each series of the benchmark, on one seed, is within reach of its floors."""
    rates = BENCH.measured(series, [1])

    for name, floor in series.floors.items():  # type: ignore[attr-defined]
        assert rates[name][0] >= floor - 0.1, (name, rates[name])


@pytest.fixture(scope="module")
def project() -> Snapshot:
    """The real book."""
    return take(ROOT)


SLIPS = (
    ("dispatch.csv", "dispatched", "347"),
    ("dispatch.csv", "group_members", "90"),
    ("projects.csv", "aided_counties", "8"),
    ("training.csv", "remote_activities", "3"),
    ("services.csv", "donated_materials", "806"),
)


def found_in(book: Snapshot) -> tuple[Finding, ...]:
    """The findings of a book that a person is shown."""
    return listing.urgent(checks.findings(read(book).book))


def typed(book: Snapshot, file: str, name: str, value: str) -> tuple[Snapshot, str]:
    """The book with another value, and the cell where it stands, as an editor calls it."""
    sheet = rows(book.files[f"{CHAPTER}/{file}"])
    column = sheet[0].index("value")
    line = next(at for at, row in enumerate(sheet, 1) if row[0] == name)
    folder = CHAPTER.removeprefix("data/")
    return edited(book, f"{folder}/{file}", name, "value", value), f"{'ABCDEFGHIJ'[column]}{line}"


@pytest.mark.parametrize(("file", "name", "value"), SLIPS)
def test_a_slip_in_the_real_records_leads_to_its_cell(
    project: Snapshot, file: str, name: str, value: str
) -> None:
    """One slip typed into the real CSVs: the first three lines of the output name its cell."""
    book, where = typed(project, file, name, value)
    lines = [line for finding in found_in(book) for line in listing.lines(finding)]

    assert any(file in line and where in line for line in lines[:3]), lines[:3]


def test_five_slips_in_the_real_records_together(project: Snapshot) -> None:
    """All five at once: for each there is a finding whose first three lines name its cell."""
    book, cells = project, []
    for file, name, value in SLIPS:
        book, where = typed(book, file, name, value)
        cells.append((file, where))
    heads = ["\n".join([*listing.lines(finding)][:3]) for finding in found_in(book)]

    for file, where in cells:
        assert any(f"{file} {where}" in head or f"({where})" in head for head in heads), where


def test_a_broken_rule_of_the_real_records_names_the_cell(project: Snapshot) -> None:
    """The finding of the rule itself says in both languages what was probably typed for what."""
    book, where = typed(project, "dispatch.csv", "group_members", "90")
    rule = next(each for each in found_in(book) if each.rule == "parts-sum")

    assert rule.hint.en.startswith(f"dispatch.csv {where}: probably 90 typed for 9 (a zero too")
    assert rule.hint.zh.startswith(f"dispatch.csv {where}：很可能将9误写为90（多写一个零）")
    first = rule.suspects[0]
    assert (first.place.cell, first.proposed, first.slip) == (where, "9", "zero-extra")
    assert first.probability is not None
    assert first.probability > 0.9
    assert len(rule.suspects) <= 3
