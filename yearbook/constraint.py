"""Rules as linear constraints over cells: what is needed to say which of the cells is wrong.

Every arithmetic rule (parts, margins, cumulative figures, written rules, shares) is a sum of cells
with whole coefficients, compared with a constant: ``total - a - b = 0``, ``whole - part >= 0``,
``share_a + share_b = 100``. `yearbook.checks` makes them, `yearbook.localise` reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from yearbook.interval import Interval, combine, hedged, point
from yearbook.model import Fact, Kind, Place, Qualifier

Sign = Literal["=", ">=", "<="]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the records as rules see it, all in its own unit.

    ``value`` keeps its written precision; ``step`` is what one more in the last digit that the
    source prints is worth (10 in a table rounded to tens). ``where`` is what a waiver calls the
    row. A ``pinned`` cell was compared with the source and is never suspected. ``quoted`` is what
    its quote says. ``neighbours`` are the keys of the cells left, right, above and below with
    which it may have changed places.
    """

    key: str
    value: Decimal
    step: Decimal
    place: Place
    where: str = ""
    kind: Kind = Kind.COUNT
    qualifier: Qualifier = Qualifier.EXACT
    pinned: bool = False
    quoted: Decimal | None = None
    neighbours: tuple[str, ...] = ()

    @property
    def bounds(self) -> Interval:
        """What the true figure may be, the value and its hedge believed."""
        return hedged(self.value, self.qualifier)

    def times(self, coefficient: int, value: Decimal | None = None) -> Interval:
        """What it adds to a sum with a coefficient, if its value is another."""
        bounds = self.bounds if value is None else hedged(value, self.qualifier)
        if bounds.exact:
            return point(bounds.low * coefficient)
        return combine("*", point(Decimal(coefficient)), bounds)


@dataclass(frozen=True, slots=True)
class Constraint:
    """``sum(coefficient * cell) sign constant``, give or take ``tolerance``.

    ``rule``, ``where`` and ``place`` are those of the finding that tells of it when it fails. The
    tolerance is the worst that rounding can do: 0 where the cells are exact, else half a step of
    each cell, times its coefficient, added up.
    """

    rule: str
    terms: tuple[tuple[str, int], ...]
    place: Place
    where: str = ""
    sign: Sign = "="
    constant: Decimal = Decimal(0)
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class System:
    """Cells by their keys and the constraints over them.

    >>> from yearbook.specimen import fact
    >>> cells = [cell(fact(name, value)) for name, value in (("t", 9), ("a", 3), ("b", 7))]
    >>> keyed = {name: each for name, each in zip("tab", cells, strict=True)}
    >>> rule = Constraint("parts-sum", (("t", 1), ("a", -1), ("b", -1)), Place("x.csv", 2))
    >>> System(keyed, (rule,)).residual(rule).low, System(keyed, (rule,)).broken(rule)
    (Decimal('-1'), True)
    """

    cells: Mapping[str, Cell] = field(default_factory=dict)
    constraints: tuple[Constraint, ...] = ()

    def residual(self, constraint: Constraint, less: str = "") -> Interval:
        """What the left side comes to, less the constant, and ``less`` one cell if it is named.
        Raises `KeyError` for no such cell."""
        total = point(-constraint.constant)
        for key, coefficient in constraint.terms:
            if key != less:
                total = combine("+", total, self.cells[key].times(coefficient))
        return total

    def broken(self, constraint: Constraint, left: Interval | None = None) -> bool:
        """Whether it fails whatever hedged cells are; hedges may also leave it undecided. ``left``
        is what the left side comes to, if it is not what the cells say."""
        slack = constraint.tolerance
        left = self.residual(constraint) if left is None else left
        short = left.high < -slack or (left.high == -slack and left.high_open)
        over = left.low > slack or (left.low == slack and left.low_open)
        return {"=": short or over, ">=": short, "<=": over}[constraint.sign]


def cell(fact: Fact, where: str = "") -> Cell:
    """The value cell of a fact; `dataclasses.replace` adds what else is known of it.

    >>> from yearbook.specimen import fact
    >>> cell(fact("money", "44.050")).step
    Decimal('0.001')
    """
    exponent = fact.value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    kind = fact.unit.kind
    return Cell(str(fact.place), fact.value, step, fact.place, where, kind, fact.qualifier)
