"""A system of constraints in whole numbers: the smallest digit that occurs counts one.

Exact figures stay exact, so that a rule holds or fails without any doubt of arithmetic. A hedged
cell contributes all it may be; an open end is one unit further in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from yearbook.constraint import Cell, Constraint, System
from yearbook.model import Kind, Qualifier

FAR = 10**60
"""Beyond every figure: the open end of a hedge."""
BEYOND = FAR * FAR
"""Beyond every sum: an inequality has no bound on one side."""
SIGMAS = 4
"""A rounded sum further off than so many standard deviations wants an explanation."""
Spread = tuple[int, int]
"""The least and the most that something comes to."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint: the sum of its terms must reach into ``low`` to ``high``.

    ``variance`` is that of the sum when every cell is rounded on its own; 0 where it is exact.
    """

    terms: tuple[tuple[int, int], ...]
    low: int
    high: int
    centre: int = 0
    variance: float = 0.0

    @property
    def equation(self) -> bool:
        """Whether it is bounded on both sides."""
        return self.low > -BEYOND and self.high < BEYOND

    def holds(self, spread: Spread) -> bool:
        """Whether what the terms may come to touches what is allowed."""
        return spread[1] >= self.low and spread[0] <= self.high

    def doubt(self, spread: Spread) -> float:
        """Minus the log likelihood of what rounding leaves over."""
        if not self.variance:
            return 0.0
        off = max(spread[0] - self.centre, self.centre - spread[1], 0)
        return off * off / (2 * self.variance)


@dataclass(frozen=True)
class Problem:
    """Cells and rules by their numbers. ``unit`` is what one is worth; ``steps`` are the last
    printed digits in units; ``sources`` the constraint of each rule in the system."""

    cells: tuple[Cell, ...]
    rules: tuple[Rule, ...]
    sources: tuple[int, ...]
    unit: Decimal

    @cached_property
    def values(self) -> tuple[int, ...]:
        """What is typed, in units."""
        return tuple(int(cell.value / self.unit) for cell in self.cells)

    @cached_property
    def steps(self) -> tuple[int, ...]:
        """What one more in the last printed digit is worth; of an odd value its last one."""
        return tuple(
            step if value % step == 0 else int(_written(cell.value) / self.unit)
            for cell, value in zip(self.cells, self.values, strict=True)
            for step in (int(cell.step / self.unit),)
        )

    @cached_property
    def rules_of(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each cell the rules it is in, each with its coefficient."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.cells]
        for number, rule in enumerate(self.rules):
            for cell, coefficient in rule.terms:
                found[cell].append((number, coefficient))
        return tuple(tuple(each) for each in found)

    @cached_property
    def masks(self) -> tuple[int, ...]:
        """The cells of each rule, as bits."""
        return tuple(sum(1 << cell for cell, _ in rule.terms) for rule in self.rules)

    @cached_property
    def wholes(self) -> frozenset[int]:
        """The cells that stand alone on their side of an equation of three or more."""
        found: set[int] = set()
        for rule in self.rules:
            for sign in (1, -1):
                side = [cell for cell, coefficient in rule.terms if coefficient * sign > 0]
                if len(side) == 1 and len(rule.terms) > 2 and rule.equation:
                    found.add(side[0])
        return frozenset(found)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each cell by its key."""
        return {cell.key: number for number, cell in enumerate(self.cells)}

    def least(self, cell: int) -> int:
        """The least a cell may hold: only measures go below zero, and what is typed so."""
        free = self.cells[cell].kind is Kind.MEASURE or self.values[cell] < 0
        return -FAR if free else 0

    def spread(self, cell: int, value: int) -> Spread:
        """All a cell may be if this is the right number in it."""
        return _reach(value, self.cells[cell].qualifier)

    @cached_property
    def typed(self) -> tuple[Spread, ...]:
        """What each rule comes to as typed."""
        return tuple(
            added(
                (coefficient, self.spread(cell, self.values[cell]))
                for cell, coefficient in rule.terms
            )
            for rule in self.rules
        )

    def moved(self, spread: Spread, coefficient: int, change: tuple[Spread, Spread]) -> Spread:
        """A sum after one of its cells has changed."""
        (low, high), (lower, higher) = change
        low, high = coefficient * (lower - low), coefficient * (higher - high)
        if coefficient < 0:
            low, high = high, low
        return spread[0] + low, spread[1] + high


def added(terms: Iterable[tuple[int, Spread]]) -> Spread:
    """The sum of spreads with their coefficients.

    >>> added([(1, (5, 5)), (-2, (1, 3))])
    (-1, 3)
    """
    low = high = 0
    for coefficient, spread in terms:
        ends = coefficient * spread[0], coefficient * spread[1]
        low, high = low + min(ends), high + max(ends)
    return low, high


def stated(system: System, members: Iterable[int]) -> Problem:
    """Some constraints of a system, by their numbers, in the largest unit that loses nothing."""
    sources = tuple(members)
    chosen = [system.constraints[number] for number in sources]
    keys = tuple(dict.fromkeys(key for each in chosen for key, _ in each.terms))
    cells = tuple(system.cells[key] for key in keys)
    numbers = {key: number for number, key in enumerate(keys)}
    exact = [value for cell in cells for value in (cell.value, cell.step, cell.quoted or 0)]
    exact.extend(each.constant for each in chosen)
    unit = Decimal(1).scaleb(min((_exponent(Decimal(value)) for value in exact), default=0))
    rules = tuple(_rule(each, numbers, cells, unit) for each in chosen)
    return Problem(cells, rules, sources, unit)


def _rule(
    constraint: Constraint, numbers: Mapping[str, int], cells: tuple[Cell, ...], unit: Decimal
) -> Rule:
    terms: dict[int, int] = {}
    for key, coefficient in constraint.terms:
        terms[numbers[key]] = terms.get(numbers[key], 0) + coefficient
    centre = int(constraint.constant / unit)
    variance = 0.0
    slack = constraint.tolerance / unit
    if constraint.tolerance:
        steps = [coefficient * cells[cell].step / unit for cell, coefficient in terms.items()]
        variance = float(sum(step * step for step in steps)) / 12
        slack = min(slack, Decimal(SIGMAS * variance**0.5))
    low = centre - int(slack) if constraint.sign != "<=" else -BEYOND
    high = centre + int(slack) if constraint.sign != ">=" else BEYOND
    kept = tuple((cell, coefficient) for cell, coefficient in terms.items() if coefficient)
    return Rule(kept, low, high, centre, variance if constraint.sign == "=" else 0.0)


def _reach(value: int, qualifier: Qualifier) -> Spread:
    """As `yearbook.interval.hedged`, in whole units."""
    if qualifier is Qualifier.EXACT:
        return value, value
    least, tenth = 0 if value > 0 else -FAR, abs(value) // 10
    return {
        Qualifier.MORE_THAN: (value + 1, FAR),
        Qualifier.AT_LEAST: (value, FAR),
        Qualifier.NEARLY: (least, value - 1),
        Qualifier.AT_MOST: (least, value),
        Qualifier.ABOUT: (value - tenth, value + tenth),
    }[qualifier]


def _exponent(value: Decimal) -> int:
    """Of the last written digit, at most 0; a value like 7E+4 is a whole number."""
    exponent = value.as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0


def _written(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(_exponent(value))
