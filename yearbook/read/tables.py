"""Turn the sheets of a chapter into facts and lists, with a finding for all that is wrong."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from yearbook.finding import Finding, error
from yearbook.frame import keyed
from yearbook.model import Entry, Fact, Place, Text
from yearbook.read import header, values
from yearbook.read.framed import framed
from yearbook.read.large import Large
from yearbook.read.observations import (
    CHECKED,
    LIST,
    OBSERVATION,
    TELLING,
    Gathered,
    Vocabulary,
    distinct,
    free,
    observed,
    source,
    summed,
)
from yearbook.read.sheet import Row, Sheet, named

__all__ = ["CHECKED", "LIST", "OBSERVATION", "Gathered", "Vocabulary", "distinct", "gather"]


def gather(
    sheets: Mapping[str, Sheet] | Mapping[str, Sheet | Large],
    vocabulary: Vocabulary,
    declared: Mapping[str, Collection[str]],
) -> Gathered:
    """Read all tables of a chapter, by name; ``declared`` gives the columns of datapackage.json.

    A large one in which a single row may be wrong is read in columns, any other row by row.
    """
    gathered = Gathered()
    dimensions = vocabulary.dimensions
    for name, table in sheets.items():
        if isinstance(table, Large):
            frame = framed(name, table, (vocabulary, gathered), declared.get(name))
            if frame is not None:
                gathered.frames.append((len(gathered.facts), frame))
                continue
        typed = table.strict() if isinstance(table, Large) else table
        sheet = named(typed, {*OBSERVATION, CHECKED, *dimensions, *declared.get(name, ())})
        gathered.findings.extend(sheet.findings)
        is_observations = len(TELLING & set(sheet.columns)) > 1
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
    gathered.findings.extend(_repeated(keyed(gathered.all_facts())))
    return gathered


def _observations(
    name: str, sheet: Sheet, known: Collection[str], into: tuple[Vocabulary, Gathered]
) -> None:
    vocabulary, gathered = into
    dimensions = free(sheet.columns, known)
    for row in sheet.rows:
        fact = observed(row, dimensions, (name, vocabulary, gathered))
        if fact is not None:
            gathered.facts.append(fact)


def _entries(sheet: Sheet, vocabulary: Vocabulary, gathered: Gathered) -> Iterator[Entry]:
    seen: dict[tuple[str, str], Row] = {}
    for row in sheet.rows:
        key = (row.text("id"), row.text("period"))
        if key in seen:
            gathered.findings.append(_twice(row.place_of("id"), seen[key].place_of("id"), key))
        seen[key] = row
        gathered.findings.extend(source(row, vocabulary))
        gathered.findings.extend(values.unfilled(row.cells.values()))
        for column, typed in row.cells.items():
            total = summed(typed)
            if total is not None and typed.text not in vocabulary.of(column):
                gathered.findings.append(total)
        for column in ("place", "province"):
            cell = row.cells.get(column)
            wanted = cell and (cell.text or column == "place") and not summed(cell)
            if cell and wanted and cell.text not in vocabulary.divisions:
                gathered.findings.append(
                    values.unknown(cell, "place", "行政区划代码", vocabulary.divisions)
                )
        period = gathered.keep(values.period(row.cells["period"]))
        if period is not None:
            yield Entry(row.text("id"), period, dict(row.cells), row.place)


def _repeated(facts: Iterable[Fact]) -> Iterator[Finding]:
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
