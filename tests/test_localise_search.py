"""The search for the cheapest slips: what is set aside until its turn comes changes no answer."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from tests.test_localise import SLIPPED
from yearbook.constraint import System
from yearbook.localise.group import groups
from yearbook.localise.move import Moves
from yearbook.localise.outcome import Outcome
from yearbook.localise.problem import Problem, stated
from yearbook.localise.search import Branch, Node, Search
from yearbook.model import Qualifier


class Eager(Search):
    """A search that sets nothing aside: what a move comes to is worked out at once."""

    def _push(self, node: Node | Branch, least: float) -> None:
        if isinstance(node, Branch):
            self._follow(node)
        else:
            super()._push(node, least)


def mistyped(random: Random, made: Callable[[Random], object], step: int = 1) -> System:
    """A table with slips in it; rounded to a step, cell by cell, if one is given."""
    table = made(random)
    if step > 1:
        table = SLIPPED.rounded(table, step)
    typed = SLIPPED.typed_table(random, table, SLIPPED.MIXED)
    return SLIPPED.system(table, typed, step)  # type: ignore[no-any-return]


def exchanged(random: Random) -> System:
    """A table in which two cells have changed places, and one has a slip."""
    table = SLIPPED.two_way(random)
    typed = SLIPPED.exchanged(random, table)
    name = random.choice(sorted(typed))
    return SLIPPED.system(table, {**typed, name: SLIPPED.digit(random, typed[name])})  # type: ignore[no-any-return]


def hedged(random: Random) -> System:
    """A table with slips, of which some cells say no more than "about" or "more than"."""
    given = mistyped(random, SLIPPED.two_way)
    kinds = (Qualifier.ABOUT, Qualifier.MORE_THAN)
    vague = {name: random.choice(kinds) for name in random.sample(sorted(given.cells), 3)}
    cells = {
        name: replace(
            cell, qualifier=vague.get(name, cell.qualifier), quoted=_quoted(random, cell.value)
        )
        for name, cell in given.cells.items()
    }
    return replace(given, cells=cells)


def _quoted(random: Random, value: Decimal) -> Decimal | None:
    return random.choice((None, None, value, value + 1))


TABLES: dict[str, tuple[Callable[[Random], System], int]] = {
    "two-way": (lambda random: mistyped(random, SLIPPED.two_way), 20),
    "chain": (lambda random: mistyped(random, SLIPPED.chain), 20),
    "rounded": (lambda random: mistyped(random, SLIPPED.tenfold, 10), 50),
    "exchanged": (exchanged, 20),
    "hedged": (hedged, 3),
}
"""How each kind is made, and of how many; hedged ones take long."""


def outcomes(kind: type[Search], problem: Problem) -> list[Outcome]:
    """What a search of that kind makes of each group of broken rules."""
    broken = {
        number: [cell for cell, _ in rule.terms]
        for number, rule in enumerate(problem.rules)
        if not rule.holds(problem.typed[number])
    }
    return [kind(Moves(problem), frozenset(group)).run() for group in groups(broken)]


def told(outcome: Outcome) -> list[tuple[float, list[tuple[int, int | None]]]]:
    """The explanations, those of one cost in the order of their cells."""
    return sorted((round(each.cost, 6), sorted(each.changes())) for each in outcome.explanations)


@pytest.mark.parametrize("name", TABLES)
def test_what_is_set_aside_changes_no_answer(name: str) -> None:
    """The same explanations are found, and as much is left, as if every move were followed at
    once."""
    made, seeds = TABLES[name]
    explained = 0
    for seed in range(seeds):
        given = made(Random(f"{name} {seed}"))  # noqa: S311
        problem = stated(given, range(len(given.constraints)))
        patient, eager = outcomes(Search, problem), outcomes(Eager, problem)

        assert [told(each) for each in patient] == [told(each) for each in eager]
        assert [each.unexplored for each in patient] == pytest.approx(
            [each.unexplored for each in eager]
        )
        explained += sum(len(each.explanations) for each in eager)
    assert explained >= seeds
