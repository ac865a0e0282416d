"""How fast the checks are: one sum rule over a million rows, and a whole chapter.

Prints seconds, the best of three. ``make bench`` runs it.
"""

import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from yearbook import checks
from yearbook.checks import parts
from yearbook.columns import alike, columns, unbalanced
from yearbook.model import Code, Fact, Period, Place, Relation, Text
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.specimen import fact, records

ROOT = Path(__file__).resolve().parents[1]
ROWS = 1_000_000
NAMES = ("total", "a", "b", "c", "d")
CODES = tuple(
    Code(
        "rank",
        name,
        "" if name == "total" else "total",
        None if name == "total" else Relation.SUM,
        Text(name, name),
        Place("c.csv"),
    )
    for name in NAMES
)


def million() -> tuple[Fact, ...]:
    """200,000 groups of a total and four parts; every hundredth total is wrong."""
    chance = np.random.default_rng(4)
    made: list[Fact] = []
    period = Period("2010", "2010")
    unit = fact("x", 1).unit
    blank = fact("x", 1)
    for group in range(ROWS // 5):
        values = chance.integers(10, 100_000, 4).tolist()
        wrong = 9 if group % 100 == 0 else 0
        for at, (name, value) in enumerate(zip(NAMES, (sum(values) + wrong, *values), strict=True)):
            made.append(
                Fact(
                    f"x{group}-{at}",
                    period,
                    Decimal(value),
                    unit,
                    blank.qualifier,
                    blank.quote,
                    "",
                    "",
                    {"rank": name, "place": f"p{group}"},
                    "big",
                    Place("big.csv", 5 * group + at + 2, 1),
                )
            )
    return tuple(made)


def best(what: str, run: Callable[[], object]) -> None:
    """Print the shortest of three runs."""
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        run()
        taken.append(time.perf_counter() - started)
    print(f"{min(taken):8.3f} s  {what}")


def main() -> None:
    """Measure and print."""
    facts = million()
    made = columns(facts)
    column = made.dimensions["rank"]
    signs = np.array([1.0 if name == "total" else -1.0 for name in column.names])[column.rows]
    best(
        f"one sum rule over {ROWS:,} rows in columns",
        lambda: unbalanced(alike(made, "rank"), signs, made, equal=True),
    )
    best(f"{ROWS:,} facts into columns", lambda: columns(facts))
    whole = records(*facts, codes=CODES)
    best(
        f"check of parts from {ROWS:,} facts, 2,000 findings told", lambda: list(parts.check(whole))
    )
    book = read(take(ROOT)).book
    best("all checks of the chapter", lambda: checks.findings(book))
    best(
        "the chapter read and checked",
        lambda: checks.findings(read(take(ROOT)).book),
    )


if __name__ == "__main__":
    main()
