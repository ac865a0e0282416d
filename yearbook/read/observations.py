"""One row of a table of observations into a fact, with a finding for all that is wrong with it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from yearbook.finding import Finding, error
from yearbook.frame import Facts, Frame
from yearbook.model import Cell, Code, Division, Entry, Fact, Qualifier, Text, Unit
from yearbook.read import values
from yearbook.read.form import note
from yearbook.read.sheet import Row

T = TypeVar("T")
OBSERVATION = ("id", "period", "value", "unit", "qualifier", "quote", "source", "note")
"""The columns every table of observations has; what stands between them is a dimension."""
CHECKED = "checked"
"""An optional column of observations: who compared the cell with the source, and when."""
LIST = ("id", "period")
"""The columns every list has."""
TELLING = {"value", "unit", "qualifier", "quote"}
"""Two of these make a table one of observations, so that a misspelt ``value`` is missed."""
_TOTAL = re.compile("(?:合|总|小|共)[ \u3000]*计|总数|(?:grand |sub-?)?total|sum", re.IGNORECASE)


@dataclass(frozen=True)
class Vocabulary:
    """What the cells of a chapter may refer to. Of a dimension that is ``free``, and then of
    indicators, every code that is used counts as known."""

    units: Mapping[str, Unit]
    sources: Mapping[str, Text]
    divisions: Mapping[str, Division]
    codes: tuple[Code, ...]
    free: frozenset[str] = frozenset()

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, None]]:
        known: dict[str, dict[str, None]] = {}
        for code in self.codes:
            known.setdefault(code.dimension, {})[code.code] = None
        return known

    @property
    def dimensions(self) -> frozenset[str]:
        """The dimensions that have codes."""
        return self.free | self._known.keys()

    def of(self, dimension: str) -> Collection[str]:
        """The codes of a dimension."""
        return self._known.get(dimension, {})

    def knows(self, dimension: str, code: str) -> bool:
        """Whether a cell of a dimension may hold a code; only of indicators it may not be blank."""
        if code and dimension in self.free:
            return True
        return code in self.of(dimension) or (not code and dimension != "id")


@dataclass
class Gathered:
    """What has been read so far of one chapter; each of ``frames`` stands after so many facts."""

    facts: list[Fact] = field(default_factory=list)
    frames: list[tuple[int, Frame]] = field(default_factory=list)
    lists: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def all_facts(self) -> Sequence[Fact]:
        """The facts of all tables in order, those of large ones as columns."""
        if not self.frames:
            return tuple(self.facts)
        made: list[Sequence[Fact]] = []
        begin = 0
        for end, frame in self.frames:
            made += [tuple(self.facts[begin:end]), frame]
            begin = end
        return Facts((*made, tuple(self.facts[begin:])))

    def keep(self, value: T | Finding) -> T | None:
        """The value, or nothing and the finding noted."""
        if isinstance(value, Finding):
            self.findings.append(value)
            return None
        return value


def distinct(rows: Iterable[Row], gathered: Gathered) -> Iterator[Row]:
    """The rows without those that say again, cell by cell, what an earlier one says."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        typed = tuple(cell.text for cell in row.cells.values())
        first = seen.setdefault(typed, row)
        if first is row:
            yield row
        else:
            gathered.findings.append(
                note(
                    row.place,
                    Text(
                        f"the row is the same as {first.place} and was read once",
                        f"该行与{first.place}完全相同，只读取一次",
                    ),
                    Text("delete one of the two", "请删除其中一行"),
                )
            )


def free(columns: Iterable[str], known: Collection[str]) -> list[str]:
    """Those of some columns that are dimensions: known, and not of every table."""
    return [name for name in columns if name in known and name not in (*OBSERVATION, CHECKED)]


def observed(
    row: Row, dimensions: Collection[str], into: tuple[str, Vocabulary, Gathered]
) -> Fact | None:
    """The fact of a row; nothing if one of its cells cannot be read. The findings are noted."""
    table, vocabulary, gathered = into
    gathered.findings.extend(_references(row, dimensions, vocabulary))
    unit = vocabulary.units.get(row.text("unit"))
    if unit is None:
        gathered.findings.append(
            values.unknown(row.cells["unit"], "unit", "单位", vocabulary.units)
        )
    period = gathered.keep(values.period(row.cells["period"]))
    qualifier = gathered.keep(values.choice(row.cells["qualifier"], Qualifier, Qualifier.EXACT))
    value = gathered.keep(
        values.measured(row.cells["value"], unit) if unit else values.number(row.cells["value"])
    )
    if unit is None or period is None or qualifier is None or value is None:
        return None
    return Fact(
        id=row.text("id"),
        period=period,
        value=value,
        unit=unit,
        qualifier=qualifier,
        quote=row.cells["quote"],
        source=row.text("source"),
        note=row.text("note"),
        dimensions={column: row.text(column) for column in dimensions},
        table=table,
        place=row.place_of("value"),
        checked=row.text(CHECKED),
    )


def _references(row: Row, dimensions: Collection[str], vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every code, source and id of a row must be defined."""
    for column in ("id", *dimensions):
        cell = row.cells[column]
        if not vocabulary.knows(column, cell.text):
            yield summed(cell) or values.unknown(
                cell, f'code of "{column}"', f"“{column}”代码", vocabulary.of(column)
            )
    yield from source(row, vocabulary)


def summed(cell: Cell) -> Finding | None:
    """A row of totals among the records would be counted twice."""
    if not _TOTAL.fullmatch(cell.text):
        return None
    return error(
        "total",
        cell.place,
        Text(
            f'"{cell.text}" is a total among its parts: it would be counted twice',
            f"“{cell.text}”行混在分项之中，会重复计算",
        ),
        Text(
            "delete the row: totals are worked out; a total that the source gives needs a code of "
            "its own in codes.csv, which its parts name as parent",
            "请删除该行：合计由程序计算；资料所列的合计须在 codes.csv 中另设代码，作为各分项的上级",
        ),
    )


def source(row: Row, vocabulary: Vocabulary) -> Iterator[Finding]:
    """The source of a row must be defined."""
    cell = row.cells.get("source")
    if cell and cell.text not in vocabulary.sources:
        yield values.unknown(cell, "source", "资料来源", vocabulary.sources)
