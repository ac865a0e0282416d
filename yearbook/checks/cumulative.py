"""A cumulative figure is that of the year before and what the year added; it never falls.

codes.csv says which indicators are cumulative (``kind``) and what each adds up (``flow``).
"""

from collections.abc import Iterator

from yearbook.balance import Balance
from yearbook.checks.balances import judged
from yearbook.finding import Finding, error
from yearbook.frame import ids
from yearbook.model import Code, Fact, Nature, Text
from yearbook.records import Records, suggestion

_MEANING = {
    "cumulative": Text(
        "last year’s cumulative figure and what this year added make up this year’s",
        "上年累计数加当年数应等于当年累计数",
    ),
    "cumulative-falls": Text("a cumulative figure never falls", "累计数不应减少"),
}


def check(records: Records) -> Iterator[Finding]:
    """Every cumulative figure that does not add up or falls, and every flow that nothing is.

    >>> from dataclasses import replace
    >>> from yearbook.model import Period, Place, Text
    >>> from yearbook.specimen import fact, records
    >>> code = Code("id", "all", "", None, Text("", ""), Place("c.csv"), Nature.CUMULATIVE, "new")
    >>> before = replace(fact("all", 428), period=Period("2009", "2009"))
    >>> list(check(records(before, fact("all", 437), fact("new", 9), codes=(code,))))
    []
    >>> wrong = records(before, fact("all", 473), fact("new", 9), codes=(code,))
    >>> [finding.what.en for finding in check(wrong)]
    ['all is 473 but all/2009 + new is 437']
    """
    yield from _unknown(records)
    for balance in balances(records):
        yield from judged(records, balance, _MEANING[balance.rule])


def balances(records: Records) -> Iterator[Balance]:
    """Each cumulative figure against that of the year before, with its flow where there is one."""
    for code in records.chapter.codes:
        if code.nature is Nature.CUMULATIVE and code.dimension == "id":
            for now in records.series(code.code):
                before = records.previous(now)
                added = _flow(records, code, now)
                if before and added:
                    yield Balance("cumulative", (now,), "=", (before, added))
                elif before:
                    yield Balance("cumulative-falls", (now,), ">=", (before,))


def _flow(records: Records, code: Code, now: Fact) -> Fact | None:
    """What was added in the year in which a cumulative figure ends."""
    for fact in records.series(code.flow) if code.flow else ():
        if fact.period.last_year == now.period.last_year and fact.period.years == 1:
            return fact
    return None


def _unknown(records: Records) -> Iterator[Finding]:
    known = {code.code for code in records.chapter.codes if code.dimension == "id"}
    flowing = tuple(code for code in records.chapter.codes if code.flow)
    known |= set(ids(records.chapter.facts)) if flowing else set()
    for code in flowing:
        if code.nature is not Nature.CUMULATIVE:
            yield error(
                "codes",
                code.place,
                Text(
                    f'"{code.code}" has a flow but is not cumulative',
                    f"“{code.code}”填了 flow，但 kind 不是 cumulative",
                ),
                Text(
                    'write "cumulative" under kind, or empty flow',
                    "kind 应填 cumulative，或将 flow 留空",
                ),
            )
        elif code.flow not in known - {code.code}:
            yield error(
                "codes",
                code.place,
                Text(
                    f'"{code.code}" adds up "{code.flow}", which is no other indicator',
                    f"“{code.code}”的 flow 列为“{code.flow}”，没有这一指标",
                ),
                suggestion(code.flow, known - {code.code}),
            )
