"""How probable it is that a cell is wrong, and that it was to hold some value: over all
explanations, weighed under every office that may have typed the figures."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, isinf, prod

from yearbook.localise.outcome import Explanation, Outcome
from yearbook.localise.slip import COMMON, OFFICES, SHARE, Slip

CLUSTER = 4.0
"""How much likelier than the first a second slip is, less one: slips come together. Set so that of
the suspects called probable in sums without margins nineteen of twenty are right."""


@dataclass(slots=True)
class Value:
    """A value that a cell may have had: its slip, and its probability under each office."""

    slip: Slip
    under: list[float] = field(default_factory=lambda: [0.0] * len(OFFICES))

    @property
    def probability(self) -> float:
        """Whoever typed the figures."""
        return _weighed(self.under)

    @property
    def sure(self) -> float:
        """Whichever office it is, it is at least so probable."""
        return min(self.under)


@dataclass(frozen=True, slots=True)
class Posterior:
    """Explanations with the probability of each under each office; what was not looked into
    counts against all of them."""

    explanations: tuple[Explanation, ...] = ()
    under: tuple[tuple[float, ...], ...] = ()

    def values(self) -> Mapping[int, Mapping[int | None, Value]]:
        """For each cell the values it may have had; none where it may have been any."""
        found: dict[int, dict[int | None, Value]] = {}
        for number, explanation in enumerate(self.explanations):
            for move in explanation.moves:
                for cell, known in move.changes:
                    value = None if cell in explanation.open else known
                    told = found.setdefault(cell, {}).setdefault(value, Value(move.slip))
                    for office, shares in enumerate(self.under):
                        told.under[office] += shares[number]
        return found

    def likeliest(self, cells: Collection[int]) -> frozenset[int]:
        """Which of these cells are wrong, all of them together, most probably; not none."""
        sets: dict[frozenset[int], float] = {}
        for number, explanation in enumerate(self.explanations):
            wrong = frozenset(cell for cell, _ in explanation.changes()).intersection(cells)
            chance = _weighed([shares[number] for shares in self.under])
            sets[wrong] = sets.get(wrong, 0.0) + chance
        sets.pop(frozenset(), None)
        return max(sets, key=lambda each: (sets[each], -len(each)), default=frozenset())


def posterior(outcome: Outcome) -> Posterior:
    """What a search makes of its group; nothing where its bound was reached too soon."""
    if not outcome.explanations or isinf(outcome.unexplored):
        return Posterior()
    best = outcome.explanations[0].cost
    weights = [
        exp(best - each.cost) * prod(1 + CLUSTER * slip for slip in range(len(each.moves)))
        for each in outcome.explanations
    ]
    under = []
    for office in OFFICES:
        shares = [
            weight * prod(office[m.slip] / SHARE[m.slip] for m in each.moves if m.slip in SHARE)
            for each, weight in zip(outcome.explanations, weights, strict=True)
        ]
        total = sum(shares) + outcome.unexplored
        under.append(tuple(share / total for share in shares))
    return Posterior(outcome.explanations, tuple(under))


def _weighed(under: Sequence[float]) -> float:
    return sum(common * chance for common, chance in zip(COMMON, under, strict=True))
