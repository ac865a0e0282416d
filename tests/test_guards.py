"""How well cells are guarded."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.edits import CHAPTER, edited, replaced
from yearbook import inspection
from yearbook.guards import Guards, guarded, guards, lines, weak
from yearbook.model import Fact, Language, Place, Qualifier, Relation
from yearbook.read import ConfigurationError, read
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records
from yearbook.specimen import fact, part, records

CODES = (part("heads", "group", Relation.SUM), part("others", "group", Relation.SUM))


def at(line: int, name: str, value: str, quote: str = "") -> Fact:
    """A figure in a row of its own."""
    return replace(fact(name, value, quote=quote), place=Place("people.csv", line, 5, f"B{line}"))


def made(*facts: Fact) -> Guards:
    """The guards of some figures of one sum."""
    return guards(records(*facts, codes=CODES))


def test_sum() -> None:
    """A sum notices every single slip in each of its cells."""
    cells = made(at(2, "group", "9"), at(3, "heads", "3"), at(4, "others", "6"))
    assert [(cell.rules, cell.quoted) for cell in cells.cells] == [(1, False)] * 3
    assert cells.score == cells.ruled == 1
    assert not cells.unguarded()


def test_hedge() -> None:
    """A hedge hides slips from a rule: what cannot be decided is not noticed."""
    hidden = replace(at(2, "group", "5"), qualifier=Qualifier.MORE_THAN)
    cells = made(hidden, at(3, "heads", "3"), at(4, "others", "6"))
    assert 0 < cells.score < 1
    assert cells.unguarded()


def test_no_guard() -> None:
    """A figure without rule and quote is guarded by nothing, and told first."""
    cells = made(at(2, "lonely", "437"), at(3, "quoted", "12", "12 people"))
    assert [cell.where for cell in cells.unguarded()] == ["lonely"]
    assert cells.covered(0) == 2
    (weakest,) = (line for line in lines(cells, [Language.EN]) if "weakest" in line)
    assert weakest == "  weakest: people lonely 0%"


def test_broken_rules_guard_nothing() -> None:
    """A rule that is broken already would notice no further slip."""
    cells = made(at(2, "group", "8"), at(3, "heads", "3"), at(4, "others", "6"))
    assert cells.score == 0


def test_decimals() -> None:
    """Slips are made in the digits as written: 44.05 has four."""
    (cell,) = made(at(2, "money", "44.05", "44.05 people")).cells
    assert cell.slips > 30
    assert cell.caught == cell.slips


def test_chapter(project: Snapshot) -> None:
    """The real chapter: at least 98 of 100 single slips are noticed, every figure has a quote."""
    book = read(project).book
    whole = guards(Records(book, book.chapters[0]))
    assert whole.score >= Decimal("0.98")
    assert all(cell.quoted for cell in whole.cells)
    assert sum(len(table.cells) for table in whole.tables()) == len(book.chapters[0].facts)


def test_floor(project: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chapter below its floor fails, at the floor, with the weakest cells; one above it does not,
    and beside another error nothing is said of it."""
    slug = CHAPTER.removeprefix("data/")
    bare = project
    for name in ("field_research", "poverty_work_years", "richness_state"):
        table = "projects" if name == "richness_state" else "overview"
        bare = edited(bare, f"{slug}/{table}.csv", name, "quote", "")
    wrong = edited(bare, f"{slug}/dispatch.csv", "dispatched", "value", "473")

    def found(snapshot: Snapshot) -> list[str]:
        monkeypatch.setattr(inspection, "take", lambda _: snapshot)
        told = [f for f in inspection.check(Path()).findings if f.rule == "guards"]
        assert all(str(f.place) == "data/book.toml:11:1" for f in told)
        return [f"{f.what.en}; {f.hint.en}" for f in told]

    (told,) = found(bare)
    assert told.startswith(f"{slug}: 9")
    assert "less than the 98% asked for; give overview field_research" in told
    assert found(project) == found(wrong) == []
    assert found(replaced(bare, "data/book.toml", "floor = 0.98", "floor = 0.5")) == []
    free = read(replaced(bare, "data/book.toml", "[guards]\nfloor = 0.98", "")).book
    assert not list(weak(free, guarded(free)))


@pytest.mark.parametrize(
    "line", ["floor = 0", "floor = 98", "floor = true", 'floor = "a"', "flor = 1"]
)
def test_no_floor(project: Snapshot, line: str) -> None:
    """A floor that is no share, or another setting beside it, is refused at its line."""
    changed = replaced(project, "data/book.toml", "floor = 0.98", line)
    with pytest.raises(ConfigurationError) as problem:
        read(changed)
    assert str(problem.value.place) == "data/book.toml:11:1"
