"""Figures that must balance: those on the left, added up, against those on the right."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from yearbook.interval import Interval, combine, interval, point
from yearbook.model import Fact
from yearbook.tolerance import NOTHING, Slack, slack, step


@dataclass(frozen=True, slots=True)
class Balance:
    """``left sign right + constant``, as one rule has it.

    ``missing`` names what should stand on the right but has no figure: what is there may then
    only not exceed the left.

    >>> from yearbook.specimen import fact
    >>> group = Balance("parts-sum", (fact("group", 9),), "=", (fact("a", 3), fact("b", 6)))
    >>> group.residual, group.rounded
    (Decimal('0'), False)
    """

    rule: str
    left: tuple[Fact, ...]
    sign: str
    right: tuple[Fact, ...]
    constant: Decimal = NOTHING
    missing: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All figures, the left ones first."""
        return (*self.left, *self.right)

    @property
    def certain(self) -> str:
        """The sign that holds whatever the missing figures are."""
        return ">=" if self.missing else self.sign

    @property
    def sides(self) -> tuple[Interval, Interval]:
        """What each side may be, hedges believed."""
        return total(self.left), combine("+", total(self.right), point(self.constant))

    @property
    def slack(self) -> Slack:
        """What rounding explains."""
        return slack((Decimal(1), step(fact)) for fact in self.facts)

    @property
    def residual(self) -> Decimal | None:
        """Left less right; nothing if a figure is hedged."""
        left, right = self.sides
        return left.low - right.low if left.exact and right.exact else None

    @property
    def rounded(self) -> bool:
        """Whether it balances, but for what rounding explains."""
        residual = self.residual
        if not residual or self.sign != "=" or self.missing:
            return False
        return abs(residual) <= self.slack.likely


def total(facts: Iterable[Fact]) -> Interval:
    """What a sum of figures may be.

    >>> from yearbook.specimen import fact
    >>> total([fact("a", 3), fact("b", 6)]).low
    Decimal('9')
    """
    added = point(NOTHING)
    for fact in facts:
        added = combine("+", added, interval(fact))
    return added
