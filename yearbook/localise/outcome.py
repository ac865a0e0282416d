"""What a search comes to: the sets of moves that explain what is broken."""

from collections.abc import Iterator
from dataclasses import dataclass

from yearbook.localise.move import Move


@dataclass(frozen=True, slots=True)
class Explanation:
    """Moves after which all rules hold, and what they cost together. In ``open`` cells another
    value may do as well."""

    moves: tuple[Move, ...]
    cost: float
    open: frozenset[int] = frozenset()

    def changes(self) -> Iterator[tuple[int, int | None]]:
        """The cells that change and what they were to hold, where that is known."""
        for move in self.moves:
            for cell, value in move.changes:
                yield cell, None if cell in self.open else value


@dataclass(frozen=True, slots=True)
class Outcome:
    """Explanations, the best first, and the weight (as a share of the best's) of what was not
    looked into; infinite if nothing was found because the bound was reached."""

    explanations: tuple[Explanation, ...]
    unexplored: float = 0.0
