"""How often the right cell is found: tables with known slips, and what is said of them.

    python tools/bench_localise.py [--seeds 40] [--first 1] [--only chain]

Tables of slipped.py, a thousand cells a seed. Seeds are numbers from ``--first``; the intervals are
those of the mean over seeds, 95 %. docs/localise.md explains the columns.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from pathlib import Path
from random import Random
from statistics import mean, stdev
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import slipped
from slipped import ANY, MIXED, SUB, Mistype, Table, Values

from yearbook.constraint import System
from yearbook.localise import Doubt, doubts
from yearbook.localise.slip import origins

CELLS = 1000
"""Cells of a seed, about."""


@dataclass
class Tally:
    """Counts of one seed."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, *, hit: bool) -> None:
        """One case of a rate."""
        of = self.counts.setdefault(name, [0, 0])
        of[0] += hit
        of[1] += 1

    def rate(self, name: str) -> float | None:
        """The share of hits, if there was a case."""
        hits, cases = self.counts.get(name, (0, 0))
        return hits / cases if cases else None


def judged(tally: Tally, table: Table, typed: Values, given: System) -> None:
    """Compare what an editor is shown with the truth.

    Top-1 is a wrong cell that is shown first in a finding: the likeliest suspect, or one of the
    suspects that are likeliest wrong together. Top-3 is one of the three shown. Stricter, of those
    shown together only the very first counts (first cell).
    """
    said = {number: listed[:3] for number, listed in doubts(given).items()}
    lists: dict[str, list[Sequence[Doubt]]] = {}
    for number, listed in said.items():
        for key, _ in given.constraints[number].terms:
            lists.setdefault(key, []).append(listed)
    for name, value in typed.items():
        true = table.values[name]
        if value == true:
            continue
        shown = [
            (rank, doubt.together, doubt.proposed == true)
            for listed in lists.get(name, ())
            for rank, doubt in enumerate(listed)
            if doubt.cell.key == name
        ]
        tally.add("detected", hit=name in lists)
        tally.add("top-1", hit=any(first for _, first, _ in shown))
        tally.add("top-3", hit=bool(shown))
        tally.add("corrected", hit=any(first and fits for _, first, fits in shown))
        tally.add("first cell", hit=any(rank == 0 for rank, _, _ in shown))
        fixed = any(rank == 0 and fits for rank, _, fits in shown)
        tally.add("first cell corrected", hit=fixed)
    for listed in said.values():
        for doubt in listed[:1]:
            tally.add("first right", hit=typed[doubt.cell.key] != table.values[doubt.cell.key])
        for doubt in listed:
            if doubt.probable:
                tally.add("probable right", hit=doubt.proposed == table.values[doubt.cell.key])
        tally.add("probable given", hit=any(doubt.probable for doubt in listed))


@dataclass(frozen=True, slots=True)
class Series:
    """A kind of table with a kind of error, and the floors it must not fall below."""

    name: str
    made: Callable[[Random], Table]
    kinds: Mapping[Mistype, int]
    floors: Mapping[str, float]
    step: int = 1
    exchange: bool = False


EXACT = {"detected": 0.995, "probable right": 0.95}
TWO_WAY = {**EXACT, "top-1": 0.98, "top-3": 0.995, "corrected": 0.97}
CHAIN = {**EXACT, "top-1": 0.77, "top-3": 0.92, "corrected": 0.75}
SERIES = (
    Series("two-way, digits", slipped.two_way, SUB, TWO_WAY),
    Series("two-way, mixed", slipped.two_way, MIXED, TWO_WAY),
    Series("chain, digits", slipped.chain, SUB, CHAIN),
    Series("chain, mixed", slipped.chain, MIXED, CHAIN),
    Series("flat, digits", slipped.flat, SUB, {**EXACT, "top-1": 0.45, "top-3": 0.86}),
    Series("flat, mixed", slipped.flat, MIXED, {**EXACT, "top-1": 0.60, "top-3": 0.90}),
    Series(
        "rounded two-way, mixed",
        slipped.tenfold,
        MIXED,
        {"detected": 0.93, "top-1": 0.93, "corrected": 0.85, "probable right": 0.90},
        step=10,
    ),
    Series("rounded to few digits", slipped.two_way, MIXED, {"probable right": 0.90}, step=10),
    Series("two-way, any number", slipped.two_way, ANY, {**EXACT, "top-1": 0.98}),
    Series("chain, any number", slipped.chain, ANY, {"detected": 0.995, "top-1": 0.77}),
    Series("neighbours swapped", slipped.two_way, {}, {"corrected": 0.98}, exchange=True),
)
RATES = (
    "detected",
    "top-1",
    "top-3",
    "corrected",
    "first cell",
    "first cell corrected",
    "first right",
    "probable right",
    "probable given",
)


def seed(series: Series, number: int) -> Tally:
    """A thousand cells of one series."""
    random, tally, cells = Random(f"{series.name} {number}"), Tally(), 0
    while cells < CELLS:
        table = series.made(random)
        cells += len(table.values)
        if series.step > 1:
            table = slipped.rounded(table, series.step)
        if series.exchange:
            typed = slipped.exchanged(random, table)
        else:
            steps = {name: value // series.step for name, value in table.values.items()}
            printed = slipped.typed_table(random, replace(table, values=steps), series.kinds)
            typed = {name: value * series.step for name, value in printed.items()}
        judged(tally, table, typed, slipped.system(table, typed, series.step))
    return tally


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Mean and half the width of its 95 % interval."""
    half = 1.96 * stdev(values) / sqrt(len(values)) if len(values) > 1 else 0.0
    return mean(values), half


def measured(series: Series, seeds: Iterable[int]) -> dict[str, tuple[float, float]]:
    """The rates of a series over its seeds."""
    tallies = [seed(series, number) for number in seeds]
    found = {}
    for name in RATES:
        values = [rate for tally in tallies if (rate := tally.rate(name)) is not None]
        if values:
            found[name] = interval(values)
    return found


def large() -> tuple[int, float]:
    """A table of 31 x 20 with margins and four slips: cells put right, slowest processor time, s.

    Twenty tables are tried, with four slips each; the time of each is the least of three, as other
    work on the machine only ever adds to it.
    """
    right, slowest = 0, 0.0
    for number in range(1, 21):
        random = Random(f"large {number}")
        table = slipped.two_way(random, 31, 20)
        wrong = random.sample(sorted(table.values), 4)
        typed = {
            **table.values,
            **{n: slipped.mistyped(random, table.values[n], MIXED) for n in wrong},
        }
        given = slipped.system(table, typed)
        times = []
        for _ in range(3):
            origins.cache_clear()
            start = process_time()
            said = doubts(given)
            times.append(process_time() - start)
        slowest = max(slowest, min(times))
        first = {listed[0].cell.key: listed[0].proposed for listed in said.values() if listed}
        right += sum(first.get(name) == table.values[name] for name in wrong)
    return right, slowest


def lines(seeds: range, only: str) -> Iterator[str]:
    """The report."""
    yield f"{len(seeds)} seeds of {CELLS} cells, 5 % wrong; mean and half of the 95 % interval"
    for series in SERIES:
        if only not in series.name:
            continue
        rates = measured(series, seeds)
        yield f"\n{series.name}"
        for name, (value, half) in rates.items():
            floor = series.floors.get(name)
            asked = "" if floor is None else f"   floor {floor:.3f} {_held(value, floor)}"
            yield f"  {name:20} {value:.4f} ± {half:.4f}{asked}"
    if only:
        return
    right, slowest = large()
    yield "\n672 cells (31 x 20 with margins), 4 slips, 20 tables"
    yield f"  first suspect right, value too: {right} of 80"
    yield f"  slowest: {slowest:.3f} s   ceiling 0.500 {_held(0.5, slowest)}"


def _held(value: float, floor: float) -> str:
    return "held" if value >= floor else "MISSED"


def main(arguments: Sequence[str]) -> int:
    """Print the report; 1 if a floor is missed."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--only", default="", help="series whose name holds this")
    parser.add_argument("--first", type=int, default=1, help="the first seed, e.g. 81")
    given = parser.parse_args(arguments)
    missed = False
    for line in lines(range(given.first, given.first + given.seeds), given.only):
        print(line, flush=True)
        missed |= "MISSED" in line
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
