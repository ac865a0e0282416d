"""What the two tiers of rounding find and what they cost, on sums of figures rounded to units.

Each trial draws addends evenly in logarithm from 10 to 100,000, rounds them and their total, and,
for the slips, changes one digit of one of them. Seeds are fixed; ``make bench`` runs it.
"""

import sys
from decimal import Decimal
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from yearbook.tolerance import slack

TRIALS = 40_000
SIZES = (3, 10, 31, 100)


def trial(chance: np.random.Generator, size: int) -> tuple[float, float]:
    """The residual of a correct sum of rounded figures, and with a slip in one of them."""
    true = np.exp(chance.uniform(np.log(10), np.log(100_000), size))
    typed = np.rint(np.append(true, true.sum()))
    signs = np.append(-np.ones(size), 1.0)
    residual = float(typed @ signs)
    at = int(chance.integers(size + 1))
    digits = str(int(typed[at]))
    place = int(chance.integers(len(digits)))
    others = [d for d in "0123456789" if d != digits[place] and (place or d != "0")]
    slipped = int(digits[:place] + others[int(chance.integers(len(others)))] + digits[place + 1 :])
    return residual, residual + float((slipped - typed[at]) * signs[at])


def measured(size: int, seed: int) -> tuple[float, float, float, float]:
    """Shares of trials: false errors, false findings of any tier; slips that are errors, found."""
    chance = np.random.default_rng(seed)
    tolerance = slack([(Decimal(1), Decimal(1))] * (size + 1))
    found = np.array([trial(chance, size) for _ in range(TRIALS)])
    off = np.abs(found)
    worst = (off > float(tolerance.worst)).mean(axis=0)
    likely = (off > float(tolerance.likely)).mean(axis=0)
    return float(worst[0]), float(likely[0]), float(worst[1]), float(likely[1])


def main() -> None:
    """Print a line for each size."""
    print(f"{TRIALS:,} sums of n figures rounded to units, seeds 1 to 3, worst of the three")
    print("   n  false errors  false warnings  slips: errors  errors and warnings")
    for size in SIZES:
        runs = np.array([measured(size, seed) for seed in (1, 2, 3)])
        false_error, false_any = runs[:, :2].max(axis=0)
        errors, any_tier = runs[:, 2:].min(axis=0)
        print(f"{size:4}  {false_error:12.1e}  {false_any:14.1e}  {errors:13.2f}  {any_tier:.2f}")


if __name__ == "__main__":
    main()
