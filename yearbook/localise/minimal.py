"""The smallest sets of cells whose change can make all rules hold, whatever was typed in them.

The principle of Fellegi and Holt, as a mixed integer program for HiGHS. Its arithmetic is rounded,
so each set it names is proved in whole numbers (`yearbook.localise.exact`) before it counts; a set
that fails is forbidden and the next one asked for. HiGHS is bounded by nodes and runs in one
thread with a fixed seed: the same records give the same sets everywhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import inf, isfinite
from typing import TYPE_CHECKING

from yearbook.localise.exact import Settled, settled
from yearbook.localise.move import Moves
from yearbook.localise.problem import BEYOND, Problem
from yearbook.model import Qualifier

if TYPE_CHECKING:
    import highspy

SETS = 20
"""Sets of the least weight looked for, at most."""
ASKED = 60
"""Sets that HiGHS may name, those included that fail in whole numbers."""
NODES = 30
"""Nodes of its tree that HiGHS may open for one set."""
STEPS = 40_000
"""Steps of its simplex method after which HiGHS is asked for no more sets of a group."""
CELLS = 1000
"""Beyond so many cells that hang together no sets are looked for."""
REACH = 50.0
"""How far a cell may move, in the largest difference of a broken rule."""
TIGHT = 1e-9
"""What HiGHS may be off by, in the same measure: its usual 1e-6 is thousands in large figures."""
_EVEN = 1e-6
"""Weights this near are the same."""


@dataclass(frozen=True, slots=True)
class Minimal:
    """Sets that weigh least, each with what its cells can hold; ``complete`` if there is no other
    set of that weight."""

    sets: tuple[Settled, ...] = ()
    complete: bool = True


@dataclass
class _Program:
    """The program: for each cell whether it changes (0 or 1), and by how much, scaled."""

    problem: Problem
    cells: tuple[int, ...]
    rules: tuple[int, ...]
    weights: Mapping[int, float]
    scale: int
    solver: "highspy.Highs" = field(init=False)
    spent: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        import highspy

        self.solver = _quiet(highspy.Highs)
        for option, value in _OPTIONS.items():
            self.solver.setOptionValue(option, value)
        for cell in self.cells:
            self.solver.addCol(self.weights[cell], 0.0, 1.0, 0, [], [])
        for cell in self.cells:
            self.solver.addCol(0.0, self._down(cell), REACH, 0, [], [])
        whole = [highspy.HighsVarType.kInteger] * len(self.cells)
        for place, kind in enumerate(whole):
            self.solver.changeColIntegrality(place, kind)
        self._bind()

    def _down(self, cell: int) -> float:
        """How far a cell may move down."""
        if self.problem.cells[cell].qualifier is not Qualifier.EXACT:
            return -REACH
        return max(-REACH, (self.problem.least(cell) - self.problem.values[cell]) / self.scale)

    def _bind(self) -> None:
        """A cell moves only if it changes, and then so that the rules hold."""
        count = len(self.cells)
        for place, cell in enumerate(self.cells):
            ends = self._down(cell), REACH
            self.solver.addRow(-inf, 0.0, 2, [count + place, place], [1.0, -ends[1]])
            self.solver.addRow(0.0, inf, 2, [count + place, place], [1.0, -ends[0]])
        columns = {cell: count + place for place, cell in enumerate(self.cells)}
        for number in self.rules:
            rule, typed = self.problem.rules[number], self.problem.typed[number]
            terms = [(columns[cell], float(each)) for cell, each in rule.terms if cell in columns]
            low = -inf if rule.low <= -BEYOND else (rule.low - typed[1]) / self.scale
            high = inf if rule.high >= BEYOND else (rule.high - typed[0]) / self.scale
            places, factors = [place for place, _ in terms], [factor for _, factor in terms]
            self.solver.addRow(low, high, len(terms), places, factors)
            if not rule.holds(typed):
                # Follows from the rest, but not from its relaxation: some cell of it changes.
                chosen = [place - count for place in places]
                self.solver.addRow(1.0, inf, len(chosen), chosen, [1.0] * len(chosen))

    def next(self) -> tuple[frozenset[int], float] | None:
        """A set of the least weight, and its weight; nothing if there is none."""
        self.solver.run()
        told = self.solver.getInfo()
        self.spent += told.simplex_iteration_count
        weight = told.objective_function_value
        if not self.finished or not isfinite(weight):
            return None
        chosen = self.solver.getSolution().col_value[: len(self.cells)]
        named = zip(self.cells, chosen, strict=True)
        return frozenset(cell for cell, taken in named if taken > 0.5), weight

    @property
    def finished(self) -> bool:
        """Whether HiGHS came to an end, with a set or without, and not to its bound."""
        import highspy

        status = highspy.HighsModelStatus
        return self.solver.getModelStatus() in (status.kOptimal, status.kInfeasible)

    def forbid(self, cells: Collection[int]) -> None:
        """Not all of these together."""
        places = [place for place, cell in enumerate(self.cells) if cell in cells]
        self.solver.addRow(-inf, len(places) - 1.0, len(places), places, [1.0] * len(places))

    def want(self, cells: Collection[int]) -> None:
        """Some cell besides these."""
        places = [place for place, cell in enumerate(self.cells) if cell not in cells]
        self.solver.addRow(1.0, inf, len(places), places, [1.0] * len(places))

    def limit(self, weight: float) -> None:
        """No heavier set."""
        count = len(self.cells)
        weights = [self.weights[cell] for cell in self.cells]
        self.solver.addRow(-inf, weight + _EVEN, count, list(range(count)), weights)


def _quiet(solver: "type[highspy.Highs]") -> "highspy.Highs":
    """HiGHS greets on the standard output when callbacks are set up, which it does unasked."""
    quiet: highspy.Highs = type("Quiet", (solver,), {"enableCallbacks": solver.silent})()
    return quiet


_OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "primal_feasibility_tolerance": TIGHT,
    "dual_feasibility_tolerance": TIGHT,
    "mip_feasibility_tolerance": TIGHT,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": TIGHT,
    "mip_max_nodes": NODES,
}


def minimal(moves: Moves, broken: Collection[int]) -> Minimal:
    """The sets of the least weight that mend a group of broken rules of a problem.

    A cell weighs what any other number in it costs, so that one whose quote agrees weighs more; a
    pinned cell takes no part, nor do rules that are broken for reasons of their own.
    """
    problem = moves.problem
    rules = tuple(
        number
        for number, rule in enumerate(problem.rules)
        if number in broken or rule.holds(problem.typed[number])
    )
    apart = {
        cell
        for number in set(range(len(problem.rules))).difference(rules)
        for cell, _ in problem.rules[number].terms
    }
    cells = tuple(
        number
        for number, cell in enumerate(problem.cells)
        if not cell.pinned and number not in apart
    )
    if not cells or len(cells) > CELLS:
        return Minimal(complete=not cells)
    weights = {cell: moves.somehow(cell, problem.values[cell]).cost for cell in cells}
    scale = max(_off(problem, number) for number in broken)
    return _enumerated(_Program(problem, cells, rules, weights, scale))


def _off(problem: Problem, number: int) -> int:
    rule, typed = problem.rules[number], problem.typed[number]
    return max(rule.low - typed[1], typed[0] - rule.high, 1)


def _enumerated(program: _Program) -> Minimal:
    found: list[Settled] = []
    for _ in range(ASKED):
        named = program.next()
        if named is None:
            return Minimal(tuple(found), program.finished)
        cells, weight = named
        proved = settled(program.problem, cells, program.rules)
        if proved is None:
            program.want(cells)
        else:
            if not found:
                program.limit(weight)
            found.append(proved)
            program.forbid(cells)
        if len(found) == SETS or program.spent > STEPS:
            break
    return Minimal(tuple(found), complete=False)
