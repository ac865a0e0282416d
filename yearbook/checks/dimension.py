"""No two figures stand in the same cell of a table that is printed by its dimensions."""

from collections.abc import Iterator

import numpy as np

from yearbook.checks.cells import named, suspects, where
from yearbook.finding import Finding, Severity
from yearbook.frame import Frame, repeated, sifted
from yearbook.grid import Ints
from yearbook.model import Fact, Text
from yearbook.records import Records

_LARGEST = 2**62


def check(records: Records) -> Iterator[Finding]:
    """Every figure whose dimensions another figure of its table and year already has.

    >>> from dataclasses import replace
    >>> from yearbook.specimen import fact, records
    >>> leaders = replace(fact("leaders", 101), dimensions={"rank": "departmental"})
    >>> cadres = replace(fact("cadres", 204), dimensions={"rank": "division"})
    >>> list(check(records(leaders, cadres)))
    []
    >>> again = replace(cadres, dimensions=leaders.dimensions)
    >>> [finding.what.en for finding in check(records(leaders, again))]
    ['"leaders" already stands under departmental']
    """
    seen: dict[tuple[object, ...], Fact] = {}
    instance = records.chapter.instance
    common = instance.by if instance else ""  # every row of an instance has the same code there
    for fact in sifted(records.chapter.facts, lambda frame: _crowded(frame, common)):
        codes = tuple(code for name, code in fact.dimensions.items() if name != common)
        if not codes or not all(codes):
            continue
        first = seen.setdefault((fact.table, fact.period.last_year, *codes), fact)
        if first is not fact:
            yield _again(records, fact, first)


def _crowded(frame: Frame, common: str) -> Ints:
    """The rows that share their year and all codes with another."""
    named = [column for name, column in frame.dimensions.items() if name != common]
    if not named:
        return np.zeros(0, np.int64)
    years: dict[int, int] = {}
    numbers = [years.setdefault(one.last_year, len(years)) for one in frame.periods.things]
    rows = np.flatnonzero(np.logical_and.reduce([column.filled() for column in named]))
    keys = np.array(numbers or [0], np.int64)[frame.periods.codes[rows]]
    for column in named:
        if keys.size and keys.max() >= _LARGEST // len(column.things):
            keys = np.unique(keys, return_inverse=True)[1]
        keys = keys * len(column.things) + column.codes[rows]
    return rows[repeated(keys)]


def _again(records: Records, fact: Fact, first: Fact) -> Finding:
    codes = ", ".join(fact.dimensions.values())
    return Finding(
        "dimension",
        Severity.ERROR,
        fact.place,
        Text(f'"{first.id}" already stands under {codes}', f"“{codes}”之下已有“{first.id}”"),
        Text(
            f"correct the codes of this row or of the row of {named(first.place)}",
            f"请改正本行或{named(first.place)}所在行的代码",
        ),
        where(records, fact),
        suspects=suspects(records, (fact, first)),
    )
