"""Which cell is wrong: from broken rules over cells to ranked suspects, each with the value that
was probably meant, the slip that made the typed one, and a probability.

docs/localise.md gives the method, its priors and what was measured.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from yearbook.constraint import Cell, System
from yearbook.localise.arbitrary import widened
from yearbook.localise.group import groups, regions
from yearbook.localise.move import Moves
from yearbook.localise.posterior import Value, posterior
from yearbook.localise.problem import Problem, stated
from yearbook.localise.search import Search
from yearbook.localise.slip import Slip

__all__ = ["PROBABLE", "Doubt", "doubts"]

PROBABLE = 0.9
"""From here on a suspect is called probable; below, the rules cannot tell."""
_FAINT = 0.005
"""Suspects less likely than this are not listed."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that may be wrong. With ``proposed`` the probability is that of just this value in
    this cell, whoever typed it; without, that the cell is wrong at all. ``together`` are the
    cells of a rule that are most probably wrong: two slips at once may be needed to explain it."""

    cell: Cell
    proposed: Decimal | None
    slip: Slip
    probability: float
    together: bool = False

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
        outcome = Search(moves, frozenset(group)).run()
        weighed = posterior(widened(outcome, moves, group))
        values = weighed.values()
        for rule in group:
            suspected = {cell: values[cell] for cell in cells[rule] if cell in values}
            together = weighed.likeliest(suspected)
            yield problem.sources[rule], _listed(problem, suspected, together)


def _listed(
    problem: Problem, suspected: Mapping[int, Mapping[int | None, Value]], together: Collection[int]
) -> tuple[Doubt, ...]:
    """The suspects of a rule: first the cells that are likeliest wrong together."""
    found = [_doubt(problem, cell, each, cell in together) for cell, each in suspected.items()]
    found.sort(key=lambda each: (not each[1].together, -each[0], each[1].cell.key))
    return tuple(doubt for chance, doubt in found if chance >= _FAINT)


def _doubt(
    problem: Problem, cell: int, values: Mapping[int | None, Value], together: bool
) -> tuple[float, Doubt]:
    """The probability that a cell is wrong, and what to say of it: a value is proposed if it is
    known and half as likely as all others together."""
    chance = sum(each.probability for each in values.values())
    value = max(values, key=lambda each: (values[each].probability, -(each or 0)))
    likely = values[value]
    clear = value is not None and likely.probability >= chance / 3
    proposed = _decimal(problem, cell, value) if clear and value is not None else None
    return chance, Doubt(
        problem.cells[cell],
        proposed,
        likely.slip,
        min(likely.sure if clear else chance, 1.0),
        together,
    )


def _decimal(problem: Problem, cell: int, value: int) -> Decimal:
    """A value as its cell would hold it: no more decimals than it needs."""
    true = value * problem.unit
    typed = problem.cells[cell].value
    exponent = typed.as_tuple().exponent
    written = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    rounded = true.quantize(written)
    return rounded if rounded == true else true
