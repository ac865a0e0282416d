"""The shares of one whole make a hundred percent, but for rounding.

Shares are figures in percent whose codes make up a parent (relation ``sum``) that has no figure of
its own beside them; if it has one, they make up that.
"""

from collections.abc import Iterator
from decimal import Decimal

from yearbook.balance import Balance
from yearbook.checks.balances import judged
from yearbook.families import siblings
from yearbook.finding import Finding
from yearbook.model import Text, Unit
from yearbook.records import Records

_HUNDRED = Decimal(100)
_PERCENT = {"%", "％", "percent", "per cent", "百分比"}
_MEANING = Text("the shares of one whole make 100", "各部分所占比重之和应为100")


def check(records: Records) -> Iterator[Finding]:
    """Every set of shares that misses a hundred by more than rounding explains.

    >>> from dataclasses import replace
    >>> from yearbook.model import Relation
    >>> from yearbook.specimen import UNITS, fact, part, records
    >>> percent = replace(UNITS["person"], id="percent", zh="%")
    >>> codes = tuple(part(name, "whole", Relation.SUM) for name in "abc")
    >>> a, b, c = (replace(fact(name, "33.3"), unit=percent) for name in "abc")
    >>> list(check(records(a, b, c, codes=codes)))
    []
    >>> wrong = replace(c, value=Decimal("38.3"))
    >>> [finding.what.en for finding in check(records(a, b, wrong, codes=codes))]
    ['a + b + c is 104.9 but 100 is 100']
    """
    for balance in balances(records):
        yield from judged(records, balance, _MEANING)


def balances(records: Records) -> Iterator[Balance]:
    """Each set of shares against a hundred."""
    for parts in siblings(records, percent):
        yield Balance("shares", parts, "=", (), _HUNDRED)


def percent(unit: Unit) -> bool:
    """Whether figures in a unit are shares.

    >>> from yearbook.specimen import UNITS
    >>> percent(UNITS["person"])
    False
    """
    return not _PERCENT.isdisjoint((unit.id, unit.zh, unit.other))
