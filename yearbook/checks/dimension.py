"""No two figures stand in the same cell of a table that is printed by its dimensions."""

from collections.abc import Iterator

from yearbook.checks.cells import named, suspects, where
from yearbook.finding import Finding, Severity
from yearbook.model import Fact, Text
from yearbook.records import Records


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
    for fact in records.chapter.facts:
        codes = tuple(code for name, code in fact.dimensions.items() if name != common)
        if not codes or not all(codes):
            continue
        first = seen.setdefault((fact.table, fact.period.last_year, *codes), fact)
        if first is not fact:
            yield _again(records, fact, first)


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
