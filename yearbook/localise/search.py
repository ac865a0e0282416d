"""The cheapest sets of slips that make every rule hold: an exact best-first search.

A node is a set of moves and the rules they leave broken. One broken rule is taken up: either one
more move in it mends it, or two do, or one of its cells holds just any other number. After that
no other cell of the rule may move, so that each set is met once. What each broken rule will cost
at least orders the nodes; the bound on nodes is a number, not a time, so that the outcome is the
same on every machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import exp, inf

from yearbook.localise.move import Move, Moves
from yearbook.localise.problem import BEYOND, Problem, Spread
from yearbook.localise.slip import Slip

MARGIN = 8.0
"""Explanations this much dearer than the best, 3,000 times less likely, are left out."""
NODES = 3000
"""Nodes opened at most."""
PAIRS = 2000
"""Pairs of moves in one rule kept at most, the cheapest."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Moves after which all rules hold, and what they cost together."""

    moves: tuple[Move, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Explanations, the best first, and the weight (as a share of the best's) of what was not
    looked into; infinite if nothing was found because the bound was reached."""

    explanations: tuple[Explanation, ...]
    unexplored: float = 0.0


@dataclass(frozen=True, slots=True)
class Node:
    """A set of moves; ``sums`` of the rules they touch; ``free`` cells and ``broken`` rules.
    With ``pending`` the next step is to mend that rule by two moves."""

    cost: float
    moves: tuple[Move, ...]
    sums: dict[int, Spread]
    free: int
    broken: frozenset[int]
    pending: int = -1


@dataclass
class Search:
    """One group of broken rules of a problem."""

    moves: Moves
    broken: frozenset[int]
    heap: list[tuple[float, int, Node]] = field(default_factory=list)
    found: list[Explanation] = field(default_factory=list)
    pushed: int = 0
    ceiling: float = inf

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
        opened = 0
        while self.heap and opened < NODES and self.heap[0][0] <= self.ceiling:
            _, _, node = heappop(self.heap)
            opened += 1
            if not node.broken:
                self.found.append(Explanation(node.moves, node.cost))
                self.ceiling = min(self.ceiling, node.cost + MARGIN)
            elif node.pending >= 0:
                self._open_pairs(node)
            else:
                self._open(node)
        return self._outcome()

    def _outcome(self) -> Outcome:
        left = [least for least, _, _ in self.heap if least <= self.ceiling]
        if not self.found:
            return Outcome((), inf if left else 0.0)
        ranked = sorted(self.found, key=lambda each: each.cost)
        best = ranked[0].cost
        return Outcome(tuple(ranked), sum(exp(best - least) for least in left))

    def _push(self, node: Node, least: float) -> None:
        if least <= self.ceiling and least < inf:
            self.pushed += 1
            heappush(self.heap, (least, self.pushed, node))

    def _open(self, node: Node) -> None:
        """Take up the broken rule with the fewest single moves that mend it."""
        mending = {
            rule: tuple(self.moves.mending(rule, self._sum(node, rule), node.free))
            for rule in sorted(node.broken)
        }
        dear = {rule for rule, moves in mending.items() if not moves}
        least = node.cost + sum(
            self._share(rule, node.free) * (2 if rule in dear else 1) for rule in mending
        )
        if least > self.ceiling:
            return
        chosen = min(mending, key=lambda rule: (rule in dear, len(mending[rule]), self._size(rule)))
        for move in mending[chosen]:
            self._follow(node, chosen, (move,))
        for move in self._others(node, chosen):
            self._follow(node, chosen, (move,))
        if self.problem.rules[chosen].equation:
            rest = sum(self._share(rule, node.free) for rule in mending if rule != chosen)
            pair = max(self._two(chosen, node.free), 2 * self._share(chosen, node.free) + rest)
            paired = Node(node.cost, node.moves, node.sums, node.free, node.broken, chosen)
            self._push(paired, node.cost + pair)

    def _sum(self, node: Node, rule: int) -> Spread:
        return node.sums.get(rule, self.problem.typed[rule])

    def _size(self, rule: int) -> int:
        return len(self.problem.rules[rule].terms)

    def _cells(self, rule: int, free: int) -> Iterator[tuple[int, int]]:
        for cell, coefficient in self.problem.rules[rule].terms:
            if free >> cell & 1:
                yield cell, coefficient

    def _share(self, rule: int, free: int) -> float:
        """What a broken rule costs at least: its cheapest cell, its cost spread over its rules."""
        return min((self._shares(cell) for cell, _ in self._cells(rule, free)), default=inf)

    def _shares(self, cell: int) -> float:
        own = self.moves.of(cell).least / len(self.problem.rules_of[cell])
        swaps = self.moves.exchanges.get(cell, ())
        return min([own, *(self._swap_share(move) for move in swaps)])

    def _swap_share(self, move: Move) -> float:
        return move.cost / sum(len(self.problem.rules_of[cell]) for cell, _ in move.changes)

    def _two(self, rule: int, free: int) -> float:
        costs = sorted(self.moves.of(cell).least for cell, _ in self._cells(rule, free))
        return sum(costs[:2]) if len(costs) > 1 else inf

    def _others(self, node: Node, rule: int) -> Iterator[Move]:
        """Just any other number in one of the cells, where it is known which: in an equation."""
        law, spread = self.problem.rules[rule], self._sum(node, rule)
        target = law.centre if law.equation else (law.low if law.low > -BEYOND else law.high)
        near = spread[1] if spread[1] < target else spread[0]
        for cell, coefficient in self._cells(rule, node.free):
            missing = target - near
            change, odd = divmod(missing, coefficient)
            value = self.problem.values[cell] + change
            if odd and not law.variance:
                continue
            if not law.equation:
                yield self.moves.somehow(cell, value)
            elif value >= 0 or self.problem.values[cell] < 0:
                yield self.moves.other(cell, value)

    def _follow(self, node: Node, rule: int, moves: tuple[Move, ...]) -> None:
        """The node after some moves that mend a rule, if all it breaks can still be mended."""
        after = self._after(node, moves)
        if after is None or rule in after[1]:
            return
        sums, broken, cost = after
        free = node.free
        for cell, _ in self.problem.rules[rule].terms:
            free &= ~(1 << cell)
        for move in moves:
            for cell, _ in move.changes:
                free &= ~(1 << cell)
        least = cost + sum(self._share(each, free) for each in broken)
        self._push(Node(cost, node.moves + moves, sums, free, broken), least)

    def _after(
        self, node: Node, moves: tuple[Move, ...]
    ) -> tuple[dict[int, Spread], frozenset[int], float] | None:
        """Sums, broken rules and cost after some moves."""
        sums, cost, broken = dict(node.sums), node.cost, set(node.broken)
        touched: set[int] = set()
        for move in moves:
            cost += move.cost
            for cell, value in move.changes:
                change = self.moves.change(cell, value)
                for rule, coefficient in self.problem.rules_of[cell]:
                    before = sums.get(rule, self.problem.typed[rule])
                    sums[rule] = self.problem.moved(before, coefficient, change)
                    touched.add(rule)
        for rule in touched:
            law = self.problem.rules[rule]
            before = node.sums.get(rule, self.problem.typed[rule])
            if law.holds(before):
                cost -= law.doubt(before)
            if law.holds(sums[rule]):
                cost += law.doubt(sums[rule])
                broken.discard(rule)
            else:
                broken.add(rule)
        return sums, frozenset(broken), cost

    def _open_pairs(self, node: Node) -> None:
        """Every two moves of two cells that together mend the pending rule."""
        rule = node.pending
        found = sorted(self._pairs(node, rule), key=lambda pair: pair[0].cost + pair[1].cost)
        opened = Node(node.cost, node.moves, node.sums, node.free, node.broken)
        for pair in found[:PAIRS]:
            self._follow(opened, rule, pair)

    def _pairs(self, node: Node, rule: int) -> Iterator[tuple[Move, Move]]:
        cells = list(self._cells(rule, node.free))
        spread = self._sum(node, rule)
        law = self.problem.rules[rule]
        for place, (first, coefficient) in enumerate(cells):
            rest = sum(1 << cell for cell, _ in cells[place + 1 :])
            for move in self.moves.of(first).moves:
                if node.cost + 2 * move.cost > self.ceiling + move.cost:
                    continue
                change = self.moves.change(first, move.changes[0][1])
                halfway = self.problem.moved(spread, coefficient, change)
                if not law.holds(halfway):
                    for second in self.moves.mending(rule, halfway, rest):
                        if second.slip is not Slip.NEIGHBOURS:
                            yield move, second
