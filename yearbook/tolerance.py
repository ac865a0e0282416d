"""How far a sum of rounded figures may miss its total.

Each rounded figure lies within half a step of the true one. At worst all halves add up (the
interval of XBRL Calculations 1.1); if each is drawn evenly, its variance is a twelfth of the
squared step, so that four standard deviations of the sum cover all but a few in 100,000 cases.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from yearbook.model import Fact, Kind

_QUANTITIES = (Kind.COUNT, Kind.MONEY, Kind.MEASURE)
_SIGMAS = 4
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Slack:
    """What rounding alone explains: at ``worst``, and ``likely`` in all but a few in 100,000."""

    worst: Decimal = NOTHING
    likely: Decimal = NOTHING


EXACT = Slack()


def step(fact: Fact) -> Decimal:
    """What the last printed digit of a figure is worth; nothing if the figure is exact.

    It is that of its unit (``rounded_to`` in units.csv); without one, decimals are rounded and
    whole numbers exact. A figure that is no multiple of its unit's step was given more exactly.

    >>> from yearbook.specimen import fact
    >>> step(fact("dispatched", 437)), step(fact("energy", "71.4"))
    (Decimal('0'), Decimal('0.1'))
    """
    if fact.unit.kind not in _QUANTITIES:
        return NOTHING
    rounded_to = fact.unit.step
    if rounded_to and not fact.value % rounded_to:
        return rounded_to
    exponent = fact.value.as_tuple().exponent
    fraction = isinstance(exponent, int) and exponent < 0
    return Decimal(1).scaleb(exponent) if fraction and isinstance(exponent, int) else NOTHING


def slack(terms: Iterable[tuple[Decimal, Decimal]]) -> Slack:
    """The tolerance of a sum, by the coefficient and the step of each term.

    >>> slack((Decimal(1), Decimal(1)) for _ in range(32))
    Slack(worst=Decimal('16'), likely=Decimal('6.53'))
    """
    steps = [abs(coefficient) * size for coefficient, size in terms if size]
    if not steps:
        return EXACT
    worst = sum(steps, NOTHING) / 2
    variance = sum((size * size for size in steps), NOTHING) / 12
    likely = _SIGMAS * variance.sqrt()
    return Slack(worst, min(worst, round(likely, 2 - likely.adjusted())))
