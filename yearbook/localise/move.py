"""What may be undone in a problem, one slip at a time, and what each costs.

The cost of a move is minus the log of how likely its slip is, against leaving the cell alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, count, repeat
from math import inf, log
from typing import NamedTuple

from yearbook.localise.ladder import Ladder, Rung
from yearbook.localise.problem import Problem, Spread
from yearbook.localise.slip import RATE, SHARE, SWAP_RATE, Slip, named, origins
from yearbook.model import Qualifier

ODDS = -log(RATE / (1 - RATE))
"""What it costs that a cell is mistyped at all."""
AGREED = 6.0
"""What it costs more if the quote says the same: both would have to be mistyped alike."""
CONTRADICTED = 0.05
"""What it costs to believe a quote against the value beside it."""
_DECADES = log(10**5)
"""Figures are taken to be spread evenly over their orders of magnitude, five of them."""


class Move(NamedTuple):
    """Cells set to other values at once, by one slip."""

    changes: tuple[tuple[int, int], ...]
    slip: Slip
    cost: float


class Steps(NamedTuple):
    """What one cell may have held, by which slips, and the costs: three columns, as most of the
    many moves are never made."""

    values: Sequence[int] = ()
    slips: Sequence[Slip] = ()
    costs: Sequence[float] = ()

    def move(self, cell: int, place: int) -> Move:
        """One of them."""
        return Move(((cell, self.values[place]),), self.slips[place], self.costs[place])


@dataclass(frozen=True)
class Moves:
    """All moves of a problem, each cell's worked out when it is first asked for."""

    problem: Problem

    @cached_property
    def exact(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each rule its cells without a hedge, in order, each with its coefficient."""
        cells = self.problem.cells
        return tuple(
            tuple(sorted(t for t in rule.terms if cells[t[0]].qualifier is Qualifier.EXACT))
            for rule in self.problem.rules
        )

    @cached_property
    def _own(self) -> dict[int, Steps]:
        return {}

    @cached_property
    def _ladders(self) -> dict[int, Ladder]:
        return {}

    @cached_property
    def _values(self) -> dict[int, dict[int, int]]:
        return {}

    def of(self, cell: int) -> Iterator[Move]:
        """The moves of a cell by a slip of its own; a pinned cell has none."""
        steps = self._steps(cell)
        return (steps.move(cell, place) for place in range(len(steps.values)))

    def _steps(self, cell: int) -> Steps:
        if cell not in self._own:
            self._own[cell] = self._of(cell)
        return self._own[cell]

    def _places(self, cell: int) -> dict[int, int]:
        """Where each value stands among the steps of a cell."""
        if cell not in self._values:
            values = self._steps(cell).values
            self._values[cell] = dict(zip(values, range(len(values)), strict=True))
        return self._values[cell]

    def least(self, cell: int) -> float:
        """The cost of its cheapest move."""
        return min(self._steps(cell).costs, default=inf)

    def ladder(self, rule: int) -> Ladder:
        """The moves of the cells of a rule; hedged cells do not add just one number."""
        if rule not in self._ladders:
            rungs: list[Rung] = []
            for cell, coefficient in self.exact[rule]:
                steps, typed = self._steps(cell), self.problem.values[cell]
                adds = [coefficient * (value - typed) for value in steps.values]
                rungs += zip(adds, repeat(cell), count(), steps.costs)
            self._ladders[rule] = Ladder.of(rungs)
        return self._ladders[rule]

    def _rung(self, ladder: Ladder, place: int) -> Move:
        cell = ladder.cells[place]
        return self._steps(cell).move(cell, ladder.places[place])

    def _of(self, number: int) -> Steps:
        problem, value, step = self.problem, self.problem.values[number], self.problem.steps[number]
        if problem.cells[number].pinned:
            return Steps()
        quoted, least = self._quoted(number), problem.least(number)
        odds = ODDS + self._trust(number)
        digits, slips, likely = origins(value // step, whole=number in problem.wholes)
        values = digits if step == 1 else tuple(each * step for each in digits)
        costs = [odds + cost for cost in likely]
        kept = [true >= least and true != quoted for true in values]
        steps = Steps([*compress(values, kept)], [*compress(slips, kept)], [*compress(costs, kept)])
        if quoted is None or quoted == value:
            return steps
        slip = named(value // step, quoted // step) if quoted % step == 0 else Slip.OTHER
        return Steps([*steps.values, quoted], [*steps.slips, slip], [*steps.costs, CONTRADICTED])

    def _quoted(self, number: int) -> int | None:
        quoted = self.problem.cells[number].quoted
        return None if quoted is None else int(quoted / self.problem.unit)

    def _trust(self, number: int) -> float:
        return AGREED if self._quoted(number) == self.problem.values[number] else 0.0

    def other(self, number: int, value: int) -> Move:
        """Any other number in a cell: it may have been any, so it explains little."""
        typed, step = self.problem.values[number], self.problem.steps[number]
        spread = log(max(abs(value), abs(typed), step) / step * _DECADES)
        cost = ODDS - log(SHARE[Slip.OTHER]) + spread + self._trust(number)
        return Move(((number, value),), Slip.OTHER, cost)

    def somehow(self, number: int, value: int) -> Move:
        """As `other` where a whole range of values would do, of which one is given."""
        cost = ODDS - log(SHARE[Slip.OTHER]) + self._trust(number)
        return Move(((number, value),), Slip.OTHER, cost)

    @cached_property
    def exchanges(self) -> dict[int, tuple[Move, ...]]:
        """For each cell the moves by which it changes places with a neighbour."""
        found: dict[int, list[Move]] = {}
        problem = self.problem
        for first, cell in enumerate(problem.cells):
            for key in cell.neighbours:
                second = problem.numbers.get(key, -1)
                if second > first and self._exchangeable(first, second):
                    changes = ((first, problem.values[second]), (second, problem.values[first]))
                    cost = -log(SWAP_RATE) + self._trust(first) + self._trust(second)
                    move = Move(changes, Slip.NEIGHBOURS, cost)
                    for each in (first, second):
                        found.setdefault(each, []).append(move)
        return {cell: tuple(moves) for cell, moves in found.items()}

    def _exchangeable(self, first: int, second: int) -> bool:
        cells, values = self.problem.cells, self.problem.values
        return values[first] != values[second] and not (cells[first].pinned or cells[second].pinned)

    def change(self, cell: int, value: int) -> tuple[Spread, Spread]:
        """What a cell contributes before and after it is set to a value."""
        problem = self.problem
        return problem.spread(cell, problem.values[cell]), problem.spread(cell, value)

    def mending(self, rule: int, spread: Spread, free: int) -> Iterator[Move]:
        """Each single move of free cells (a bit mask) after which a rule holds.

        An equation over exact cells wants one value, or few; what is hedged is tried value by
        value.
        """
        law = self.problem.rules[rule]
        low, high = law.low - spread[1], law.high - spread[0]
        exact = self._adding(rule, low) if low == high else self._within(rule, low, high)
        for move in exact:
            if free >> move.changes[0][0] & 1:
                yield move
        for cell, coefficient in law.terms:
            if self.problem.cells[cell].qualifier is not Qualifier.EXACT and free >> cell & 1:
                for move in self.of(cell):
                    change = self.change(cell, move.changes[0][1])
                    if law.holds(self.problem.moved(spread, coefficient, change)):
                        yield move
        yield from self._exchanged(rule, spread, free)

    def _within(self, rule: int, low: int, high: int) -> Iterator[Move]:
        """The moves of the exact cells of a rule that add ``low`` to ``high`` to it."""
        ladder = self.ladder(rule)
        return (self._rung(ladder, place) for place in ladder.between(low, high))

    def _adding(self, rule: int, change: int) -> Iterator[Move]:
        """Those that add just this, without its ladder."""
        for cell, coefficient in self.exact[rule]:
            add, rest = divmod(change, coefficient)
            if not rest:
                place = self._places(cell).get(self.problem.values[cell] + add)
                if place is not None:
                    yield self._steps(cell).move(cell, place)

    def pairs(self, rule: int, spread: Spread, free: int, most: int) -> list[tuple[Move, Move]]:
        """The ``most`` cheapest of all two moves of two free exact cells after which a rule holds,
        though it would not after one of them, the cheapest first."""
        law, ladder = self.problem.rules[rule], self.ladder(rule)
        low, high = law.low - spread[1], law.high - spread[0]
        cheapest = ladder.pairs(low, high, free)[:most]
        made = {place: self._rung(ladder, place) for pair in cheapest for place in pair}
        return [(made[first], made[second]) for first, second in cheapest]

    @cached_property
    def _reaches(self) -> dict[int, int]:
        return {}

    @cached_property
    def _turns(self) -> dict[int, tuple[tuple[Move, int | None], ...]]:
        return {}

    def turns(self, rule: int) -> tuple[tuple[Move, int | None], ...]:
        """The exchanges that touch a rule, with what each adds to it; hedged cells do not add just
        one number."""
        if rule not in self._turns:
            within = dict(self.problem.rules[rule].terms)
            found = dict.fromkeys(m for cell in within for m in self.exchanges.get(cell, ()))
            self._turns[rule] = tuple((move, self._added(move, within)) for move in found)
        return self._turns[rule]

    def reach(self, rule: int) -> int:
        """The cells that moves of a rule touch, as bits: its own and those they change places
        with."""
        if rule not in self._reaches:
            partners = {cell for move, _ in self.turns(rule) for cell, _ in move.changes}
            own = self.problem.masks[rule]
            self._reaches[rule] = own | sum(1 << cell for cell in partners if not own >> cell & 1)
        return self._reaches[rule]

    def _added(self, move: Move, within: Mapping[int, int]) -> int | None:
        cells, values = self.problem.cells, self.problem.values
        if any(cells[cell].qualifier is not Qualifier.EXACT for cell, _ in move.changes):
            return None
        return sum(
            within[cell] * (value - values[cell]) for cell, value in move.changes if cell in within
        )

    def _exchanged(self, rule: int, spread: Spread, free: int) -> Iterator[Move]:
        law = self.problem.rules[rule]
        low, high = law.low - spread[1], law.high - spread[0]
        for move, adds in self.turns(rule):
            fits = (
                self._turned(rule, spread, move) if adds is None else adds and low <= adds <= high
            )
            if fits and all(free >> cell & 1 for cell, _ in move.changes):
                yield move

    def _turned(self, rule: int, spread: Spread, move: Move) -> bool:
        """Whether a rule over hedged cells holds after an exchange that changes it."""
        within, after = dict(self.problem.rules[rule].terms), spread
        for cell, value in move.changes:
            if cell in within:
                change = self.change(cell, value)
                after = self.problem.moved(after, within[cell], change)
        return after != spread and self.problem.rules[rule].holds(after)
