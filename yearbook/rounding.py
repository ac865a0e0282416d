"""A round bound derived from an exact figure: 3,214 is "more than 3,200"."""

from dataclasses import replace
from decimal import Decimal

from yearbook.model import Fact, Kind, Qualifier
from yearbook.numbers import NumberError, text

STEPS = {
    "tens": 10, "hundreds": 100, "thousands": 1000, "millions": 1_000_000,
    "十": 10, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000,
}  # fmt: skip
"""What a template may say instead of a number."""


def step(to: int | str) -> int:
    """The step of rounding. Raises `yearbook.numbers.NumberError`.

    >>> step("hundreds"), step("万"), step(500)
    (100, 10000, 500)
    """
    size = STEPS.get(to) if isinstance(to, str) else to
    if size is None or size < 2:
        raise NumberError(f'"{to}" is no step to round to: write "hundreds", "百" or a number')
    return size


def rounded(fact: Fact, to: int, up: bool = False) -> Fact:
    """The fact as a round bound: more than the next step below it, or nearly the next above.

    A figure that is round already stays exact.
    Raises `yearbook.numbers.NumberError` for a figure that is hedged, no quantity, or below a step.

    >>> from yearbook.specimen import fact
    >>> institutions = fact("institutions", 3214)
    >>> bound = rounded(institutions, 100)
    >>> bound.value, bound.qualifier.value
    (Decimal('3200'), 'more_than')
    >>> rounded(institutions, 100, up=True).value
    Decimal('3300')
    >>> rounded(fact("institutions", 3200), 100).qualifier.value
    'exact'
    """
    if fact.qualifier is not Qualifier.EXACT:
        raise NumberError(f'"{fact.id}" is hedged: nothing exact follows from it')
    if fact.unit.kind not in (Kind.COUNT, Kind.MONEY, Kind.MEASURE) or fact.value < to:
        raise NumberError(f'"{fact.id}" is {text(fact.value)}: it cannot be rounded to {to}')
    rest = fact.value % to
    if not rest:
        return fact
    value = fact.value - rest + (to if up else 0)
    return replace(fact, value=value, qualifier=Qualifier.NEARLY if up else Qualifier.MORE_THAN)


def holds(exact: Decimal, hedge: Qualifier, printed: Decimal) -> bool:
    """Whether a hedged round figure is true of the exact one.

    "Nearly" must lie above it, by a tenth at most; "about" within a twentieth.

    >>> holds(Decimal(3214), Qualifier.MORE_THAN, Decimal(3200))
    True
    >>> holds(Decimal(3190), Qualifier.MORE_THAN, Decimal(3200))
    False
    >>> holds(Decimal(3290), Qualifier.NEARLY, Decimal(3300))
    True
    """
    return {
        Qualifier.EXACT: exact == printed,
        Qualifier.MORE_THAN: exact > printed,
        Qualifier.AT_LEAST: exact >= printed,
        Qualifier.AT_MOST: exact <= printed,
        Qualifier.NEARLY: printed * Decimal("0.9") <= exact < printed,
        Qualifier.ABOUT: abs(exact - printed) * 20 <= printed,
    }[hedge]
