"""What explains broken rules where slips do not: any numbers in the fewest cells.

The search weighs just any other number in a cell where one rule says which. Where its best
explanation needs that in several cells, or it finds none at all, the minimal sets of cells are
added to what it found.
"""

from collections.abc import Collection
from math import exp, log

from yearbook.localise.exact import Room, Settled
from yearbook.localise.minimal import Minimal, minimal
from yearbook.localise.move import Move, Moves
from yearbook.localise.outcome import Explanation, Outcome
from yearbook.localise.search import MARGIN
from yearbook.localise.slip import Slip

__all__ = ["widened"]


def widened(outcome: Outcome, moves: Moves, broken: Collection[int]) -> Outcome:
    """What a search came to, and the minimal sets of cells if slips alone explain nothing."""
    if _explained(outcome):
        return outcome
    sets = minimal(moves, broken)
    added = [_explanation(moves, each) for each in sets.sets]
    if not added:
        return outcome
    told = {_changes(each): each for each in (*added, *outcome.explanations)}
    ranked = sorted(told.values(), key=lambda each: each.cost)
    best = ranked[0].cost
    kept = tuple(each for each in ranked if each.cost <= best + MARGIN)
    return Outcome(kept, _unexplored(outcome, sets, best))


def _explained(outcome: Outcome) -> bool:
    """Whether slips do, or one change does and every other one was weighed, too."""
    if not outcome.explanations:
        return False
    best = outcome.explanations[0].moves
    slips = all(move.slip is not Slip.OTHER for move in best)
    return slips or (len(best) == 1 and not outcome.unexplored)


def _unexplored(outcome: Outcome, sets: Minimal, best: float) -> float:
    """What the search left, against the new best; sets that were not looked for count as one."""
    left = 0.0 if sets.complete else 1.0
    if outcome.explanations:
        left += outcome.unexplored * exp(best - outcome.explanations[0].cost)
    return left


def _changes(explanation: Explanation) -> frozenset[tuple[int, int | None]]:
    return frozenset(explanation.changes())


def _explanation(moves: Moves, found: Settled) -> Explanation:
    """A slip where one leads to the value that a cell must have had, else another number."""
    made = tuple(
        _open(moves, cell, value, found.rooms[cell])
        if cell in found.rooms
        else _known(moves, cell, value)
        for cell, value in found.values.items()
    )
    return Explanation(made, sum(move.cost for move in made), frozenset(found.rooms))


def _known(moves: Moves, cell: int, value: int) -> Move:
    slips = (move for move in moves.of(cell) if move.changes == ((cell, value),))
    return min((*slips, moves.other(cell, value)), key=lambda move: move.cost)


def _open(moves: Moves, cell: int, value: int, room: Room) -> Move:
    """Any of the values of a room would do: likelier than one of them, not likelier than all."""
    near = min(max(moves.problem.values[cell], room[0]), room[1])
    chances = log((room[1] - room[0]) // moves.problem.steps[cell] + 1)
    cost = max(moves.other(cell, near).cost - chances, moves.somehow(cell, near).cost)
    return Move(((cell, value),), Slip.OTHER, cost)
