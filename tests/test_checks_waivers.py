"""Waivers cover exactly what they were written for, and no longer than they were granted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.edits import CHAPTER, edited
from tests.edits import changed as altered
from yearbook.book import Waiver
from yearbook.checks.waivers import applied, difference
from yearbook.finding import Finding, Grant, Severity, Suspect, failing
from yearbook.model import Nature, Place, Text
from yearbook.read import read
from yearbook.read.snapshot import Snapshot

FOUND = Finding(
    "group_heads",
    Severity.ERROR,
    Place("data/x.csv", 2),
    Text("a", "甲"),
    Text("b", "乙"),
    "heads",
    Decimal("-1.50"),
)
WAIVER = Waiver(
    "group_heads",
    "heads",
    "-1.5",
    Text("as published", "原文如此"),
    2011,
    Place("e.csv", 2),
    "letter 7",
    "LW",
)


def _applied(waiver: Waiver, finding: Finding = FOUND) -> tuple[Finding, ...]:
    return tuple(applied((waiver,), (finding,), 2011))


@pytest.mark.parametrize("typed", ["-1.5", "-1.50", "−1.5", "－１．５", " -1.5 "])
def test_covers(typed: str) -> None:
    """A waiver covers its finding however the number is typed, and the reason goes with it."""
    (found,) = _applied(replace(WAIVER, difference=typed))
    assert found == replace(FOUND, waived=WAIVER.reason, grant=Grant("letter 7", "LW", 2011))
    assert not failing((found,))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"difference": "1.5"}, 'the waived difference has changed: "1.5" was expected'),
        ({"difference": ""}, "the waived difference has changed"),
        ({"where": "head"}, "stale waiver"),
        ({"rule": "group_head"}, "stale waiver"),
        ({"until_edition": 2010}, "the waiver has expired"),
    ],
)
def test_does_not_cover(changes: dict[str, str], what: str) -> None:
    """Another difference, place, rule or a past edition: the finding stands, the waiver fails."""
    finding, wrong = _applied(replace(WAIVER, **changes))  # type: ignore[arg-type]
    assert finding == FOUND
    assert (wrong.rule, wrong.severity, wrong.place) == ("waiver", Severity.ERROR, WAIVER.place)
    assert what in wrong.what.en


def test_last_edition_granted() -> None:
    """A waiver holds in the edition it names."""
    assert len(tuple(applied((WAIVER,), (FOUND,), WAIVER.until_edition))) == 1


@pytest.mark.parametrize("rule", ["rule", "waiver"])
def test_never(rule: str) -> None:
    """A broken rule or waiver cannot be waived."""
    found = replace(FOUND, rule=rule)
    assert _applied(replace(WAIVER, rule=rule), found)[0] == found


def test_one_of_two() -> None:
    """Where a rule finds two things at one place, the waiver covers the one it is pinned to."""
    other = replace(FOUND, difference=Decimal(7))
    found = tuple(applied((WAIVER,), (other, FOUND), 2011))
    assert [bool(one.waived) for one in found] == [False, True]


def test_difference() -> None:
    """Without a number the pair typed and right is the difference; without either, nothing."""
    bare = replace(FOUND, difference=None)
    cells = (Suspect(FOUND.place, "a", "1"), Suspect(FOUND.place, "b", "exact", "nearly"))
    assert difference(replace(bare, suspects=cells)) == "exact <> nearly"
    assert difference(bare) == ""
    assert difference(FOUND) == "-1.5"


@pytest.mark.parametrize("column", ["reason_en", "evidence", "approved_by"])
def test_unexplained(project: Snapshot, column: str) -> None:
    """A waiver that does not say why, what shows it or who decided fails, at the empty cell."""
    file = f"{CHAPTER}/exceptions.csv"
    changed = edited(project, file.removeprefix("data/"), "place-in-province", column, "")
    found = [one for one in read(changed).findings if one.rule == "waiver"]
    assert [one.what.en for one in found] == [f"the waiver has no {column}"]
    assert found[0].place.file == file
    assert found[0].severity is Severity.ERROR


def test_who_decided(project: Snapshot) -> None:
    """Evidence and decision travel with the waiver, for the reports."""
    (waiver,) = read(project).book.chapters[0].waivers
    assert (waiver.evidence, waiver.approved_by) == ("GB/T 2260, 370523", "editor")


def test_optional_columns(project: Snapshot) -> None:
    """Steps of units, natures and flows of indicators, and marks of checked cells are read."""

    def widened(name: str, values: dict[str, str]) -> Snapshot:
        def change(cells: list[list[str]]) -> None:
            cells[0].extend(values)
            for row in cells[1:]:
                meant = "dispatched" in row[:2] or name == "units.csv"
                row.extend(values.values() if meant else [""] * len(values))

        return altered(project, name, change)

    units = read(widened("units.csv", {"rounded_to": "100"})).book.units
    assert {unit.step for unit in units.values()} == {Decimal(100)}
    slug = CHAPTER.removeprefix("data/")
    made = read(widened(f"{slug}/codes.csv", {"kind": "cumulative", "flow": "group_members"}))
    code = next(one for one in made.book.chapters[0].codes if one.code == "dispatched")
    assert (code.nature, code.flow) == (Nature.CUMULATIVE, "group_members")
    made = read(widened(f"{slug}/dispatch.csv", {"checked": "LW 2011-03-02"}))
    marks = {one.id: one.checked for one in made.book.chapters[0].facts if one.table == "dispatch"}
    assert marks["dispatched"] == "LW 2011-03-02"
    assert marks["groups"] == ""
    assert all("checked" not in one.dimensions for one in made.book.chapters[0].facts)


@pytest.mark.parametrize(
    ("column", "typed"),
    [("reason_en", "A reason."), ("reason_zh", "。"), ("evidence", "x"), ("approved_by", "?")],
)
def test_no_reason(project: Snapshot, column: str, typed: str) -> None:
    """What is typed only to fill a cell is no reason, no evidence and nobody's word."""
    file = f"{CHAPTER}/exceptions.csv".removeprefix("data/")
    changed = edited(project, file, "place-in-province", column, typed)
    (found,) = (one for one in read(changed).findings if one.rule == "waiver")
    assert (found.severity, column in found.what.en) == (Severity.ERROR, True)


def test_furthest() -> None:
    """A waiver reaches to the next edition, no further."""
    assert len(_applied(replace(WAIVER, until_edition=2012))) == 1
    finding, wrong = _applied(replace(WAIVER, until_edition=2013))
    assert finding.waived
    assert "at most 2012 is allowed" in wrong.what.en
