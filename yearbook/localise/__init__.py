"""Which cell is wrong: from broken rules over cells to ranked suspects, each with the value that
was probably meant, the slip that made the typed one, and a probability.

docs/localise.md gives the method, its priors and what was measured.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import exp, isinf

from yearbook.constraint import Cell, System
from yearbook.localise.group import groups, regions
from yearbook.localise.move import Moves
from yearbook.localise.problem import Problem, stated
from yearbook.localise.search import Outcome, Search
from yearbook.localise.slip import Slip

__all__ = ["PROBABLE", "Doubt", "doubts"]

PROBABLE = 0.9
"""From here on a suspect is called probable; below, the rules cannot tell."""
TRUST = 0.8
"""How far likelihoods are trusted, as an exponent: their priors are assumed, not measured."""
_FAINT = 0.005
"""Suspects less likely than this are not listed."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that may be wrong. With ``proposed`` the probability is that of just this value in
    this cell; without, that the cell is wrong at all. ``explanation`` is the best explanation
    that has it, from 1: two slips at once may be needed to explain a rule."""

    cell: Cell
    proposed: Decimal | None
    slip: Slip
    probability: float
    explanation: int = 1

    @property
    def probable(self) -> bool:
        """Whether it may be called probable."""
        return self.proposed is not None and self.probability >= PROBABLE


def doubts(system: System, broken: Iterable[int] | None = None) -> Mapping[int, tuple[Doubt, ...]]:
    """For each broken rule, by its number in the system, its suspects, the likeliest first.

    Of the rules in ``broken`` those that hold are passed over. A rule without suspects is one
    whose cells are all pinned, or that nothing explains.

    >>> from yearbook.constraint import Constraint, cell
    >>> from yearbook.model import Place
    >>> from yearbook.specimen import fact
    >>> cells = {n: cell(fact(n, v)) for n, v in (("t", 437), ("a", 110), ("b", 336), ("c", 101))}
    >>> place = Place("x.csv")
    >>> rules = (
    ...     Constraint("sum", (("t", 1), ("a", -1), ("b", -1)), place),
    ...     Constraint("same", (("a", 1), ("c", -1)), place),
    ... )
    >>> [(d.cell.value, d.proposed, d.slip.value) for d in doubts(System(cells, rules))[0]]
    [(Decimal('110'), Decimal('101'), 'digits-swapped')]
    """
    if broken is None:
        broken = [n for n, each in enumerate(system.constraints) if system.broken(each)]
    return {
        rule: suspected
        for region, failing in regions(system, set(broken))
        for rule, suspected in _explained(stated(system, region), failing)
    }


def _explained(
    problem: Problem, failing: Collection[int]
) -> Iterable[tuple[int, tuple[Doubt, ...]]]:
    moves = Moves(problem)
    cells = {
        rule: [cell for cell, _ in problem.rules[rule].terms if not problem.cells[cell].pinned]
        for rule, source in enumerate(problem.sources)
        if source in failing and not problem.rules[rule].holds(problem.typed[rule])
    }
    for group in groups(cells):
        ranked = posterior(Search(moves, frozenset(group)).run())
        for rule in group:
            yield problem.sources[rule], _listed(problem, rule, ranked)


@dataclass(slots=True)
class Value:
    """A value a cell may have had: its probability, its slip, its best explanation."""

    slip: Slip
    explanation: int
    probability: float = 0.0


Weights = dict[int, dict[int, Value]]
"""For each cell the values it may have had."""


def posterior(outcome: Outcome) -> Weights:
    """How probable each value of each cell is, over all explanations; what was not looked into
    counts against all of them."""
    found: Weights = {}
    if not outcome.explanations or isinf(outcome.unexplored):
        return found
    best = outcome.explanations[0].cost
    weights = [exp(TRUST * (best - each.cost)) for each in outcome.explanations]
    total = sum(weights) + outcome.unexplored
    for order, (explanation, weight) in enumerate(
        zip(outcome.explanations, weights, strict=True), 1
    ):
        for move in explanation.moves:
            for cell, value in move.changes:
                told = found.setdefault(cell, {}).setdefault(value, Value(move.slip, order))
                told.probability += weight / total
    return found


def _listed(problem: Problem, rule: int, weights: Weights) -> tuple[Doubt, ...]:
    found = [
        _doubt(problem, cell, weights[cell])
        for cell, _ in problem.rules[rule].terms
        if cell in weights
    ]
    found.sort(key=lambda each: (-each[0], each[1].cell.key))
    return tuple(doubt for chance, doubt in found if chance >= _FAINT)


def _doubt(problem: Problem, cell: int, values: Mapping[int, Value]) -> tuple[float, Doubt]:
    """The probability that a cell is wrong, and what to say of it: a value is proposed if it is
    as likely as all others together."""
    chance = sum(each.probability for each in values.values())
    value = max(values, key=lambda each: (values[each].probability, -each))
    likely = values[value]
    clear = likely.probability >= chance / 2
    return chance, Doubt(
        problem.cells[cell],
        _decimal(problem, cell, value) if clear else None,
        likely.slip,
        min(likely.probability if clear else chance, 1.0),
        min(each.explanation for each in values.values()),
    )


def _decimal(problem: Problem, cell: int, value: int) -> Decimal:
    """A value as its cell would hold it: no more decimals than it needs."""
    true = value * problem.unit
    typed = problem.cells[cell].value
    exponent = typed.as_tuple().exponent
    written = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    rounded = true.quantize(written)
    return rounded if rounded == true else true
