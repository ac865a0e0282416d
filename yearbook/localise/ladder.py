"""The moves of a rule in the order of what they add to it, and those that mend it two by two."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

Rung = tuple[int, int, int, float]
"""What a move adds to a rule, its cell, its place among the moves of that cell, its cost."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Columns, as there are thousands of rungs, in the order of ``adds``. ``alike`` are the rungs
    that add the same."""

    adds: tuple[int, ...]
    cells: tuple[int, ...]
    places: tuple[int, ...]
    costs: tuple[float, ...]
    alike: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, rungs: Iterable[Rung]) -> "Ladder":
        """These, in order.

        >>> Ladder.of([(5, 0, 0, 2.0), (-3, 1, 0, 1.0), (8, 2, 0, 4.0)]).between(0, 9)
        range(1, 3)
        """
        ordered = sorted(rungs)
        adds, cells, places, costs = zip(*ordered, strict=True) if ordered else ((),) * 4
        alike: dict[int, list[int]] = {}
        for rung, add in enumerate(adds):
            alike.setdefault(add, []).append(rung)
        return cls(adds, cells, places, costs, alike)

    def between(self, low: int, high: int) -> Sequence[int]:
        """The rungs that add ``low`` to ``high``."""
        if low == high:
            return self.alike.get(low, ())
        return range(bisect_left(self.adds, low), bisect_right(self.adds, high))

    def pairs(self, low: int, high: int, free: int) -> list[tuple[int, int]]:
        """Every two rungs of two free cells (a bit mask) that add ``low`` to ``high`` together
        though neither does alone, the cheapest first.

        >>> ladder = Ladder.of([(5, 0, 0, 2.0), (-3, 1, 0, 1.0), (2, 2, 0, 4.0), (-3, 0, 1, 0.5)])
        >>> [(ladder.adds[a], ladder.adds[b]) for a, b in ladder.pairs(2, 2, 0b111)]
        [(-3, 5)]
        """
        able = [
            bool(free >> cell & 1) and not low <= add <= high
            for add, cell in zip(self.adds, self.cells, strict=True)
        ]
        cells, costs = self.cells, self.costs
        found = [
            (costs[first] + costs[second], first, second)
            for first in compress(range(len(able)), able)
            for second in self.between(low - self.adds[first], high - self.adds[first])
            if second > first and able[second] and cells[second] != cells[first]
        ]
        return [(first, second) for _, first, second in sorted(found)]
