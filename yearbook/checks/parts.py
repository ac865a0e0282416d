"""The parts and their whole, as codes.csv relates them: ``sum`` makes it up, ``of`` is in it.

A relation between indicators (dimension ``id``) holds in every period in which the whole has a
figure. The relation between codes of another dimension (rank, scope) holds within every table
that uses it, among figures that share all other dimensions: of a two-way table both margins and
the grand total. Where the indicators already say as much it is skipped, so that one slip gives
one finding.
"""

from collections.abc import Iterator

from yearbook.balance import Balance
from yearbook.checks.balances import judged
from yearbook.checks.cells import suspects, where
from yearbook.families import balances
from yearbook.finding import Finding, Severity
from yearbook.model import Text
from yearbook.records import Records

_MEANING = {
    "parts-sum": Text("the parts make up the whole", "各部分之和应等于合计"),
    "parts-of": Text("the parts are included in the whole", "各部分包含在合计之内"),
}


def check(records: Records) -> Iterator[Finding]:
    """Every relation that fails, and those that hedged or missing figures leave open.

    >>> from yearbook.model import Relation
    >>> from yearbook.specimen import fact, part, records
    >>> codes = (part("heads", "group", Relation.SUM), part("others", "group", Relation.SUM))
    >>> good = records(fact("group", 9), fact("heads", 3), fact("others", 6), codes=codes)
    >>> list(check(good))
    []
    >>> bad = records(fact("group", 9), fact("heads", 4), fact("others", 6), codes=codes)
    >>> [finding.what.en for finding in check(bad)]
    ['group is 9 but heads + others is 10']
    """
    for balance in balances(records, every=False):
        yield from _units(records, balance)
        yield from judged(records, balance, _MEANING[balance.rule])


def _units(records: Records, balance: Balance) -> Iterator[Finding]:
    whole = balance.left[0]
    for part in balance.right:
        if part.unit.id != whole.unit.id:
            yield Finding(
                "parts-unit",
                Severity.ERROR,
                part.place,
                Text(
                    f'the unit is "{part.unit.id}" but "{whole.id}", of which this is a '
                    f'part, has "{whole.unit.id}"',
                    f"单位为“{part.unit.id}”，而合计“{whole.id}”的单位为“{whole.unit.id}”",
                ),
                Text("give both the same unit", "部分与合计须用同一单位"),
                where(records, part),
                suspects=suspects(records, (part, whole)),
            )
