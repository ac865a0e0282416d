"""The cheapest sets of slips that make every rule hold: an exact best-first search.

A node is a set of moves and the rules they leave broken. One broken rule is taken up: either one
more move in it mends it, or two do, or one of its cells holds just any other number. After that
no other cell of the rule may move, so that each set is met once. What each broken rule will cost
at least orders the nodes; the bound on nodes is a number, not a time, so that the outcome is the
same on every machine.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from math import exp, inf
from typing import NamedTuple

from yearbook.localise.move import Move, Moves
from yearbook.localise.outcome import Explanation, Outcome
from yearbook.localise.problem import BEYOND, Problem, Spread
from yearbook.localise.slip import Slip

MARGIN = 8.5
"""Explanations this much dearer than the best, 5,000 times less likely, are left out."""
WORK = 100_000
"""Terms of broken rules looked at before an explanation is found, at most; a tenth of that
afterwards, in search of others."""
DELAY = 3.0
"""Two moves in one rule are tried so much later: pairs are many, and few fit the other rules."""
PAIRS = 2000
"""Pairs of moves in one rule kept at most, the cheapest."""


@dataclass(frozen=True, slots=True)
class Node:
    """A set of moves; ``sums`` of the rules they touch; ``free`` cells and ``broken`` rules.
    ``needed`` is what broken rules cost at least, where it is known. With ``pending`` the next
    step is to mend that rule by two moves."""

    cost: float
    moves: tuple[Move, ...]
    sums: dict[int, Spread]
    free: int
    broken: frozenset[int]
    needed: dict[int, float] = field(default_factory=dict)
    pending: int = -1


class Branch(NamedTuple):
    """Moves that mend a rule of a node, not yet made: what they come to is worked out when their
    turn comes, as most never have one."""

    node: Node
    rule: int
    moves: tuple[Move, ...]


@dataclass
class Search:
    """One group of broken rules of a problem."""

    moves: Moves
    broken: frozenset[int]
    heap: list[tuple[float, int, Node | Branch]] = field(default_factory=list)
    found: list[Explanation] = field(default_factory=list)
    unopened: list[float] = field(default_factory=list)
    pushed: int = 0
    ceiling: float = inf
    leasts: dict[int, float] = field(default_factory=dict)
    shares: dict[int, list[tuple[float, int]]] = field(default_factory=dict)
    mended: dict[tuple[int, Spread, int], tuple[tuple[Move, ...], float]] = field(
        default_factory=dict
    )

    @property
    def problem(self) -> Problem:
        """What is searched."""
        return self.moves.problem

    def run(self) -> Outcome:
        """Open nodes in the order of what they will cost at least."""
        free = sum(1 << n for n, cell in enumerate(self.problem.cells) if not cell.pinned)
        doubt = sum(
            rule.doubt(self.problem.typed[number])
            for number, rule in enumerate(self.problem.rules)
            if rule.holds(self.problem.typed[number])
        )
        self._push(Node(doubt, (), {}, free, self.broken), doubt)
        left = WORK
        while self.heap and self.heap[0][0] <= self.ceiling:
            least, _, node = heappop(self.heap)
            if isinstance(node, Branch):
                self._follow(node)
                continue
            if left <= 0:
                self.unopened.append(least)
                if not self.found:
                    break
                continue
            left -= 1 + sum(len(self.problem.rules[rule].terms) for rule in node.broken)
            if not node.broken:
                left = min(left, WORK // 10)
                self.found.append(Explanation(node.moves, node.cost))
                self.ceiling = min(self.ceiling, node.cost + MARGIN)
            elif node.pending >= 0:
                self._open_pairs(node)
            else:
                self._open(node)
        return self._outcome()

    def _outcome(self) -> Outcome:
        if not self.found:
            return Outcome((), inf if self.unopened else 0.0)
        ranked = sorted(self.found, key=lambda each: each.cost)
        best = ranked[0].cost
        return Outcome(tuple(ranked), sum(exp(best - least) for least in self.unopened))

    def _push(self, node: Node | Branch, least: float) -> None:
        if least <= self.ceiling and least < inf:
            self.pushed += 1
            heappush(self.heap, (least, self.pushed, node))

    def _open(self, node: Node) -> None:
        """Take up the broken rule with the fewest single moves that mend it."""
        mending = {rule: self._mending(node, rule) for rule in sorted(node.broken)}
        needed = {
            rule: min(single, 2 * self._share(rule, node.free))
            for rule, (_, single) in mending.items()
        }
        least = node.cost + sum(needed.values())
        if least > self.ceiling or least == inf:
            return
        opened = replace(node, needed=needed)
        chosen = min(mending, key=lambda rule: self._promise(mending[rule][0], rule))
        self._branch(opened, chosen, [(move,) for move in mending[chosen][0]])
        if self.problem.rules[chosen].equation and len(list(self._cells(chosen, node.free))) > 1:
            pair = 2 * self._share(chosen, node.free) - needed[chosen] + DELAY
            self._push(replace(opened, pending=chosen), least + pair)

    def _mending(self, node: Node, rule: int) -> tuple[tuple[Move, ...], float]:
        """The single moves that mend a rule and what it costs at least to do so by one of them,
        worked out once for its sum and its free cells."""
        spread, free = self._sum(node, rule), node.free & self.moves.reach(rule)
        key = rule, spread, free
        if key not in self.mended:
            singles = self.moves.mending(rule, spread, free)
            moves = (*singles, *self._others(rule, spread, free))
            self.mended[key] = moves, min((self._spread(move) for move in moves), default=inf)
        return self.mended[key]

    def _promise(self, mending: tuple[Move, ...], rule: int) -> tuple[bool, int, int]:
        """Few slips that would mend a rule promise most, none least."""
        slips = sum(move.slip is not Slip.OTHER for move in mending)
        return not slips, slips, len(self.problem.rules[rule].terms)

    def _sum(self, node: Node, rule: int) -> Spread:
        return node.sums.get(rule, self.problem.typed[rule])

    def _cells(self, rule: int, free: int) -> Iterator[tuple[int, int]]:
        for cell, coefficient in self.problem.rules[rule].terms:
            if free >> cell & 1:
                yield cell, coefficient

    def _share(self, rule: int, free: int) -> float:
        """What a broken rule costs at least: its cheapest cell, its cost spread over its rules."""
        if rule not in self.shares:
            cells = (cell for cell, _ in self.problem.rules[rule].terms)
            self.shares[rule] = sorted((self._least(cell), cell) for cell in cells)
        for least, cell in self.shares[rule]:
            if free >> cell & 1:
                return least
        return inf

    def _least(self, cell: int) -> float:
        """What a change of a cell costs at least for each of the rules it is in."""
        if cell not in self.leasts:
            own = self.moves.least(cell) / len(self.problem.rules_of[cell])
            swaps = self.moves.exchanges.get(cell, ())
            self.leasts[cell] = min([own, *(self._spread(move) for move in swaps)])
        return self.leasts[cell]

    def _spread(self, move: Move) -> float:
        """The cost of a move for each of the rules it touches."""
        return move.cost / sum(len(self.problem.rules_of[cell]) for cell, _ in move.changes)

    def _others(self, rule: int, spread: Spread, free: int) -> Iterator[Move]:
        """Just any other number in one of the cells, where it is known which: in an equation."""
        law = self.problem.rules[rule]
        target = law.centre if law.equation else (law.low if law.low > -BEYOND else law.high)
        near = spread[1] if spread[1] < target else spread[0]
        for cell, coefficient in self._cells(rule, free):
            missing = target - near
            change, odd = divmod(missing, coefficient)
            value = self.problem.values[cell] + change
            if odd and not law.variance:
                continue
            if not law.equation:
                yield self.moves.somehow(cell, value)
            elif value >= self.problem.least(cell):
                yield self.moves.other(cell, value)

    def _follow(self, branch: Branch) -> None:
        """The node after some moves that mend a rule, if all it breaks can still be mended."""
        node, rule, moves = branch
        if sum(move.cost for move in node.moves + moves) > self.ceiling:
            return
        sums, cost = self._after(node, moves)
        rules = self.problem.rules
        broken = node.broken.difference(sums).union(
            each for each, after in sums.items() if not rules[each].holds(after)
        )
        if rule in broken:
            return
        free = node.free
        free &= ~self.problem.masks[rule]
        for move in moves:
            for cell, _ in move.changes:
                free &= ~(1 << cell)
        same = {
            each: least
            for each, least in node.needed.items()
            if each in broken and (each not in sums or sums[each] == self._sum(node, each))
        }
        least = cost + sum(same.get(each) or self._share(each, free) for each in broken)
        if least <= self.ceiling:
            after = {**node.sums, **sums}
            self._push(Node(cost, node.moves + moves, after, free, broken, same), least)

    def _after(self, node: Node, moves: tuple[Move, ...]) -> tuple[dict[int, Spread], float]:
        """What the rules that some moves touch come to after them, and the cost then."""
        problem, typed, before, cost = self.problem, self.problem.typed, node.sums, node.cost
        sums: dict[int, Spread] = {}
        for move in moves:
            cost += move.cost
            for cell, value in move.changes:
                change = self.moves.change(cell, value)
                for rule, coefficient in problem.rules_of[cell]:
                    spread = sums.get(rule) or before.get(rule, typed[rule])
                    sums[rule] = problem.moved(spread, coefficient, change)
        for rule, after in sums.items():
            law = problem.rules[rule]
            if law.variance:
                spread = before.get(rule, typed[rule])
                cost -= law.doubt(spread) if law.holds(spread) else 0.0
                cost += law.doubt(after) if law.holds(after) else 0.0
        return sums, cost

    def _open_pairs(self, node: Node) -> None:
        """Every two moves of two cells that together mend the pending rule."""
        rule = node.pending
        pairs = self.moves.pairs(rule, self._sum(node, rule), node.free, PAIRS)
        self._branch(node, rule, pairs)

    def _branch(self, node: Node, rule: int, ways: Sequence[tuple[Move, ...]]) -> None:
        """Put the ways to mend a rule by, each with what it will cost at least."""
        tolls: dict[int, Mapping[int, float]] = {}
        rest = node.cost + sum(node.needed.values()) - node.needed[rule]
        for moves in ways:
            cells = [cell for move in moves for cell, _ in move.changes]
            for cell in cells:
                if cell not in tolls:
                    tolls[cell] = self._tolls(node, rule, cell)
            toll = _together([tolls[cell] for cell in cells])
            self._push(Branch(node, rule, moves), rest + toll + sum([m.cost for m in moves]))

    def _tolls(self, node: Node, rule: int, cell: int) -> Mapping[int, float]:
        """What a change of a cell adds at least to the cost of each other rule it is in."""
        return {
            each: -node.needed[each]
            if each in node.broken
            else self._share(each, node.free)
            if self._brittle(each)
            else -self.problem.rules[each].doubt(self._sum(node, each))
            for each, _ in self.problem.rules_of[cell]
            if each != rule
        }

    def _brittle(self, rule: int) -> bool:
        """Whether a rule that holds does so no longer after any change of one cell."""
        law = self.problem.rules[rule]
        return law.low == law.high and len(self.moves.exact[rule]) == len(law.terms)


def _together(tolls: Sequence[Mapping[int, float]]) -> float:
    """What changes of cells add at least, given what each does alone: a rule that several of them
    are in may hold after all."""
    if len(tolls) == 1 or (len(tolls) == 2 and tolls[0].keys().isdisjoint(tolls[1])):
        return sum([toll for each in tolls for toll in each.values()])
    shared = {rule: min(toll, 0.0) for each in tolls for rule, toll in each.items()}
    return sum(shared.values())
