"""Whether some cells can be set so that all rules hold, in whole numbers, and to what.

A solver works with rounded numbers: it may find that a set of cells will do that does not, for
want of a half or of one in ten million. Here nothing is rounded. Equations are solved over
fractions; what they leave open is narrowed by the bounds of every rule and then tried.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yearbook.localise.problem import FAR, Problem, added
from yearbook.model import Qualifier

ROUNDS = 50
"""How often the bounds are narrowed by one another, at most."""
TRIALS = 300
"""Values tried where equations leave a choice, at most."""
Room = tuple[int, int]
"""The least and the most that a cell may hold."""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule over the cells of a set: what they add must come to ``low`` to ``high``."""

    terms: tuple[tuple[int, int], ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Values under which all rules hold; of a cell in ``rooms`` others between its ends may do as
    well, of any other it is the only one."""

    values: Mapping[int, int]
    rooms: Mapping[int, Room]


def settled(problem: Problem, cells: Collection[int], rules: Collection[int]) -> Settled | None:
    """How ``cells`` can be set so that ``rules`` hold; nothing if they cannot.

    >>> from decimal import Decimal
    >>> from yearbook.constraint import Cell, Constraint, System
    >>> from yearbook.localise.problem import stated
    >>> from yearbook.model import Place
    >>> place = Place("x.csv")
    >>> cells = {n: Cell(n, Decimal(v), Decimal(1), place) for n, v in (("t", 9), ("a", 7))}
    >>> twice = stated(System(cells, (Constraint("r", (("t", 1), ("a", -2)), place),)), [0])
    >>> settled(twice, {0}, {0}), settled(twice, {1}, {0})
    (Settled(values={0: 14}, rooms={}), None)
    """
    steps = {cell: _step(problem, cell) for cell in sorted(cells)}
    rows = [_row(problem, rule, steps) for rule in sorted(rules)]
    if any(not row.terms and not row.low <= 0 <= row.high for row in rows):
        return None
    known = _solved([row for row in rows if row.terms and row.low == row.high])
    if known is None:
        return None
    rooms = {cell: _room(problem, cell, step) for cell, step in steps.items()}
    for cell, value in known.items():
        if value.denominator > 1 or not rooms[cell][0] <= value <= rooms[cell][1]:
            return None
        rooms[cell] = int(value), int(value)
    narrow = _narrowed(rows, rooms)
    found = _tried(rows, narrow) if narrow is not None else None
    if narrow is None or found is None:
        return None
    return Settled(
        {cell: found[cell] * step for cell, step in steps.items()},
        {
            cell: (narrow[cell][0] * step, narrow[cell][1] * step)
            for cell, step in steps.items()
            if narrow[cell][0] < narrow[cell][1]
        },
    )


def _step(problem: Problem, cell: int) -> int:
    """Exact figures are printed in steps; what a hedge stands for may be any number."""
    exact = problem.cells[cell].qualifier is Qualifier.EXACT
    return problem.steps[cell] if exact else 1


def _room(problem: Problem, cell: int, step: int) -> Room:
    """In steps: counts are not negative."""
    return -(-problem.least(cell) // step), FAR // step


def _row(problem: Problem, number: int, steps: Mapping[int, int]) -> Row:
    """A rule in steps of the cells to be set; what all others come to is taken off."""
    rule = problem.rules[number]
    rest = added(
        (coefficient, problem.spread(cell, problem.values[cell]))
        for cell, coefficient in rule.terms
        if cell not in steps
    )
    terms = tuple((cell, factor * steps[cell]) for cell, factor in rule.terms if cell in steps)
    return Row(terms, rule.low - rest[1], rule.high - rest[0])


def _solved(equations: Sequence[Row]) -> Mapping[int, Fraction] | None:
    """The cells to which equations leave one value only; nothing if they contradict each other."""
    reduced: list[tuple[int, dict[int, Fraction], Fraction]] = []
    for row in equations:
        terms = {cell: Fraction(factor) for cell, factor in row.terms}
        right = Fraction(row.low)
        for pivot, others, value in reduced:
            terms, right = _less(terms, right, pivot, (others, value))
        if not terms:
            if right:
                return None
            continue
        pivot = min(terms)
        scale = terms.pop(pivot)
        others, value = {cell: factor / scale for cell, factor in terms.items()}, right / scale
        for place, (first, rest, known) in enumerate(reduced):
            reduced[place] = (first, *_less(rest, known, pivot, (others, value)))
        reduced.append((pivot, others, value))
    return {pivot: value for pivot, others, value in reduced if not others}


def _less(
    terms: Mapping[int, Fraction],
    right: Fraction,
    pivot: int,
    equation: tuple[Mapping[int, Fraction], Fraction],
) -> tuple[dict[int, Fraction], Fraction]:
    """An equation with ``pivot`` replaced by what another says it is."""
    factor = terms.get(pivot)
    if factor is None:
        return dict(terms), right
    others, value = equation
    left = {cell: each for cell, each in terms.items() if cell != pivot}
    for cell, each in others.items():
        left[cell] = left.get(cell, Fraction(0)) - factor * each
    return {cell: each for cell, each in left.items() if each}, right - factor * value


def _narrowed(rows: Sequence[Row], rooms: Mapping[int, Room]) -> dict[int, Room] | None:
    """The rooms less what no rule allows, whatever others hold; nothing if one is empty."""
    found = dict(rooms)
    for _ in range(ROUNDS):
        before = dict(found)
        for row in rows:
            low, high = added((factor, found[cell]) for cell, factor in row.terms)
            for cell, factor in row.terms:
                ends = sorted(factor * end for end in found[cell])
                # What the others come to leaves this much for the cell.
                least, most = row.low - (high - ends[1]), row.high - (low - ends[0])
                if factor < 0:
                    least, most = -most, -least
                size = abs(factor)
                room = max(found[cell][0], -(-least // size)), min(found[cell][1], most // size)
                if room[0] > room[1]:
                    return None
                low, high = low - ends[0], high - ends[1]
                found[cell] = room
                ends = sorted(factor * end for end in room)
                low, high = low + ends[0], high + ends[1]
        if found == before:
            break
    return found


def _tried(rows: Sequence[Row], rooms: Mapping[int, Room]) -> Mapping[int, int] | None:
    """One value for each cell, narrowest choice first; nothing if none was found in time."""
    waiting: list[Mapping[int, Room]] = [rooms]
    for _ in range(TRIALS):
        if not waiting:
            break
        at = waiting.pop()
        open_cells = [cell for cell, room in at.items() if room[0] < room[1]]
        if not open_cells:
            return {cell: room[0] for cell, room in at.items()}
        chosen = min(open_cells, key=lambda cell: (at[cell][1] - at[cell][0], cell))
        for value in _choices(at[chosen]):
            narrow = _narrowed(rows, {**at, chosen: (value, value)})
            if narrow is not None:
                waiting.append(narrow)
    return None


def _choices(room: Room) -> Iterator[int]:
    """Values of a room to be tried, the last one first: its middle, then its ends."""
    low, high = room
    yield from dict.fromkeys((high, low, (low + high) // 2))
