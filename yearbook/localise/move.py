"""What may be undone in a problem, one slip at a time, and what each costs.

The cost of a move is minus the log of how likely its slip is, against leaving the cell alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf, log
from operator import itemgetter
from typing import NamedTuple

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
_OF_DIGITS = (Slip.DIGIT, Slip.SWAPPED, Slip.LOST, Slip.EXTRA)


class Move(NamedTuple):
    """Cells set to other values at once, by one slip."""

    changes: tuple[tuple[int, int], ...]
    slip: Slip
    cost: float


Step = tuple[int, Slip, float]
"""What one cell may have held, by which slip, and the cost: a move in few words, as most of the
many are never made."""


_COST = itemgetter(2)


def _made(cell: int, step: Step) -> Move:
    value, slip, cost = step
    return Move(((cell, value),), slip, cost)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The moves of the exact cells of a rule in the order of what they add to it."""

    adds: tuple[int, ...]
    cells: tuple[int, ...]
    steps: tuple[Step, ...]

    def between(self, low: int, high: int) -> Iterator[Move]:
        """Those that add ``low`` to ``high``."""
        for place in range(bisect_left(self.adds, low), bisect_right(self.adds, high)):
            yield self.move(place)

    def move(self, place: int) -> Move:
        """One of them."""
        return _made(self.cells[place], self.steps[place])


@dataclass(frozen=True)
class Moves:
    """All moves of a problem, each cell's worked out when it is first asked for."""

    problem: Problem

    @cached_property
    def _own(self) -> dict[int, tuple[Step, ...]]:
        return {}

    @cached_property
    def _ladders(self) -> dict[int, Ladder]:
        return {}

    def of(self, cell: int) -> Iterator[Move]:
        """The moves of a cell by a slip of its own; a pinned cell has none."""
        return (_made(cell, step) for step in self._steps(cell))

    def _steps(self, cell: int) -> tuple[Step, ...]:
        if cell not in self._own:
            self._own[cell] = tuple(self._of(cell))
        return self._own[cell]

    def least(self, cell: int) -> float:
        """The cost of its cheapest move."""
        return min(map(_COST, self._steps(cell)), default=inf)

    def ladder(self, rule: int) -> Ladder:
        """The moves of the cells of a rule; hedged cells do not add just one number."""
        if rule not in self._ladders:
            found: list[tuple[int, int, int]] = []
            for cell, coefficient in self.problem.rules[rule].terms:
                if self.problem.cells[cell].qualifier is Qualifier.EXACT:
                    typed = self.problem.values[cell]
                    found.extend(
                        (coefficient * (step[0] - typed), cell, place)
                        for place, step in enumerate(self._steps(cell))
                    )
            found.sort()
            self._ladders[rule] = Ladder(
                tuple(adds for adds, _, _ in found),
                tuple(cell for _, cell, _ in found),
                tuple(self._own[cell][place] for _, cell, place in found),
            )
        return self._ladders[rule]

    def _of(self, number: int) -> Iterator[Step]:
        cell, value = self.problem.cells[number], self.problem.values[number]
        if cell.pinned:
            return
        quoted = self._quoted(number)
        step = self.problem.steps[number]
        mistyped = ODDS + self._trust(number)
        least = self.problem.least(number)
        typed = log(max(abs(value), step))
        drawn = number not in self.problem.wholes
        for digits, slip, cost in origins(value // step):
            true = digits * step
            if true >= least and true != quoted:
                rarer = log(max(abs(true), step)) - typed if drawn and slip in _OF_DIGITS else 0.0
                yield true, slip, mistyped + cost + rarer
        if quoted not in (None, value):
            slip = named(value // step, quoted // step) if quoted % step == 0 else Slip.OTHER
            yield quoted, slip, CONTRADICTED

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
        for move in self.ladder(rule).between(law.low - spread[1], law.high - spread[0]):
            if free >> move.changes[0][0] & 1:
                yield move
        for cell, coefficient in law.terms:
            if self.problem.cells[cell].qualifier is not Qualifier.EXACT and free >> cell & 1:
                for move in self.of(cell):
                    change = self.change(cell, move.changes[0][1])
                    if law.holds(self.problem.moved(spread, coefficient, change)):
                        yield move
        yield from self._exchanged(rule, spread, free)

    def pairs(self, rule: int, spread: Spread, free: int) -> Iterator[tuple[Move, Move]]:
        """Each two moves of two free exact cells after which a rule holds, though it would not
        after one of them."""
        law, ladder = self.problem.rules[rule], self.ladder(rule)
        low, high = law.low - spread[1], law.high - spread[0]
        for place, (adds, cell) in enumerate(zip(ladder.adds, ladder.cells, strict=True)):
            if low <= adds <= high or not free >> cell & 1:
                continue
            start = max(place + 1, bisect_left(ladder.adds, low - adds))
            for other in range(start, bisect_right(ladder.adds, high - adds)):
                second = ladder.cells[other]
                alone = low <= ladder.adds[other] <= high
                if second != cell and free >> second & 1 and not alone:
                    yield ladder.move(place), ladder.move(other)

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
