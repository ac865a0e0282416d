"""Turn the sheets of a chapter into facts and lists, with a finding for all that is wrong."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from yearbook.finding import Finding, error
from yearbook.model import Cell, Code, Division, Entry, Fact, Place, Qualifier, Text, Unit
from yearbook.read import header, values
from yearbook.read.form import note
from yearbook.read.sheet import Row, Sheet, named

T = TypeVar("T")
OBSERVATION = ("id", "period", "value", "unit", "qualifier", "quote", "source", "note")
"""The columns every table of observations has; what stands between them is a dimension."""
CHECKED = "checked"
"""An optional column of observations: who compared the cell with the source, and when."""
LIST = ("id", "period")
"""The columns every list has."""
_TOTAL = re.compile("(?:合|总|小|共)[ \u3000]*计|总数|(?:grand |sub-?)?total|sum", re.IGNORECASE)
_TELLING = {"value", "unit", "qualifier", "quote"}
"""Two of these make a table one of observations, so that a misspelt ``value`` is missed."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the cells of a chapter may refer to."""

    units: Mapping[str, Unit]
    sources: Mapping[str, Text]
    divisions: Mapping[str, Division]
    codes: tuple[Code, ...]

    def of(self, dimension: str) -> tuple[str, ...]:
        """The codes of a dimension."""
        return tuple(code.code for code in self.codes if code.dimension == dimension)


@dataclass
class Gathered:
    """What has been read so far of one chapter."""

    facts: list[Fact] = field(default_factory=list)
    lists: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def keep(self, value: T | Finding) -> T | None:
        """The value, or nothing and the finding noted."""
        if isinstance(value, Finding):
            self.findings.append(value)
            return None
        return value


def gather(
    sheets: Mapping[str, Sheet], vocabulary: Vocabulary, declared: Mapping[str, Collection[str]]
) -> Gathered:
    """Read all tables of a chapter, by name; ``declared`` gives the columns of datapackage.json."""
    gathered = Gathered()
    dimensions = {code.dimension for code in vocabulary.codes}
    for name, typed in sheets.items():
        sheet = named(typed, {*OBSERVATION, CHECKED, *dimensions, *declared.get(name, ())})
        gathered.findings.extend(sheet.findings)
        is_observations = len(_TELLING & set(sheet.columns)) > 1
        columns = OBSERVATION if is_observations else LIST
        wanted = (*columns, *(c for c in declared.get(name, ()) if c not in columns))
        gathered.findings.extend(header.check(sheet, wanted, free=name not in declared))
        gathered.findings.extend(header.rowless(sheet))
        if not set(columns) <= set(sheet.columns):
            continue
        sheet = replace(sheet, rows=tuple(distinct(sheet.rows, gathered)))
        if is_observations:
            known = (*OBSERVATION, CHECKED, *dimensions, *declared.get(name, ()))
            if name not in declared:
                gathered.findings.extend(header.undefined(sheet, known))
            _observations(name, sheet, known, (vocabulary, gathered))
        else:
            gathered.lists[name] = tuple(_entries(sheet, vocabulary, gathered))
    gathered.findings.extend(_repeated(gathered.facts))
    return gathered


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


def _observations(
    name: str, sheet: Sheet, known: Collection[str], into: tuple[Vocabulary, Gathered]
) -> None:
    vocabulary, gathered = into
    own = (*OBSERVATION, CHECKED)
    dimensions = [column for column in sheet.columns if column in known and column not in own]
    for row in sheet.rows:
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
            continue
        gathered.facts.append(
            Fact(
                id=row.text("id"),
                period=period,
                value=value,
                unit=unit,
                qualifier=qualifier,
                quote=row.cells["quote"],
                source=row.text("source"),
                note=row.text("note"),
                dimensions={column: row.text(column) for column in dimensions},
                table=name,
                place=row.place_of("value"),
                checked=row.text(CHECKED),
            )
        )


def _references(row: Row, dimensions: Collection[str], vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every code, source and id of a row must be defined."""
    for column in ("id", *dimensions):
        cell = row.cells[column]
        known = vocabulary.of(column)
        if cell.text not in known and (cell.text or column == "id"):
            yield _summed(cell) or values.unknown(
                cell, f'code of "{column}"', f"“{column}”代码", known
            )
    yield from _source(row, vocabulary)


def _summed(cell: Cell) -> Finding | None:
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


def _source(row: Row, vocabulary: Vocabulary) -> Iterator[Finding]:
    cell = row.cells.get("source")
    if cell and cell.text not in vocabulary.sources:
        yield values.unknown(cell, "source", "资料来源", vocabulary.sources)


def _entries(sheet: Sheet, vocabulary: Vocabulary, gathered: Gathered) -> Iterator[Entry]:
    seen: dict[tuple[str, str], Row] = {}
    for row in sheet.rows:
        key = (row.text("id"), row.text("period"))
        if key in seen:
            gathered.findings.append(_twice(row.place_of("id"), seen[key].place_of("id"), key))
        seen[key] = row
        gathered.findings.extend(_source(row, vocabulary))
        gathered.findings.extend(values.unfilled(row.cells.values()))
        for column, typed in row.cells.items():
            total = _summed(typed)
            if total is not None and typed.text not in vocabulary.of(column):
                gathered.findings.append(total)
        for column in ("place", "province"):
            cell = row.cells.get(column)
            wanted = cell and (cell.text or column == "place") and not _TOTAL.fullmatch(cell.text)
            if cell and wanted and cell.text not in vocabulary.divisions:
                gathered.findings.append(
                    values.unknown(cell, "place", "行政区划代码", vocabulary.divisions)
                )
        period = gathered.keep(values.period(row.cells["period"]))
        if period is not None:
            yield Entry(row.text("id"), period, dict(row.cells), row.place)


def _repeated(facts: Collection[Fact]) -> Iterator[Finding]:
    """An indicator has one figure for a period, in all tables of the chapter together."""
    seen: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        key = (fact.id, str(fact.period))
        if key in seen:
            yield _twice(fact.place, seen[key].place, key)
        else:
            seen[key] = fact


def _twice(place: Place, first: Place, key: tuple[str, str]) -> Finding:
    name, period = key
    return error(
        "key",
        place,
        Text(
            f'"{name}" of {period} stands twice, first at {first}',
            f"“{name}”（{period}）重复，首次出现于{first}",
        ),
        Text("keep one of the two rows", "请只保留其中一行"),
    )
