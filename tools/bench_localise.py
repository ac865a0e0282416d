"""How often the right cell is found: tables with known slips, and what is said of them.

    python tools/bench_localise.py [--seeds 40]

Tables of log-uniform whole numbers from 10 to 100,000 (two-way 4 x 4 with margins; a chain of
eight years with three parts, total and cumulative figure; flat sums of four), a thousand cells a
seed, a slip in each cell with a probability of 5 %. Seeds are the numbers from 1; the intervals
are those of the mean over seeds, 95 %. docs/localise.md explains the columns.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import exp, log, sqrt
from pathlib import Path
from random import Random
from statistics import mean, stdev
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from yearbook.constraint import Cell, Constraint, System
from yearbook.localise import Doubt, doubts
from yearbook.model import Place

CELLS = 1000
"""Cells of a seed, about."""
ERRORS = 0.05
Values = dict[str, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """``whole = parts``, in names of cells."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A true table: its values, its rules and which cells lie beside each other."""

    values: Values
    rules: tuple[Rule, ...]
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def figure(random: Random) -> int:
    """A log-uniform whole number."""
    return round(exp(random.uniform(log(10), log(100_000))))


def flat(random: Random) -> Table:
    """A total of four parts: each cell in one rule."""
    parts = {f"p{n}": figure(random) for n in range(4)}
    return Table({**parts, "t": sum(parts.values())}, (Rule("t", tuple(parts)),))


def two_way(random: Random, height: int = 4, width: int = 4) -> Table:
    """A cross table with both margins: each cell in two rules."""
    values = {f"{r}.{c}": figure(random) for r in range(height) for c in range(width)}
    rules = []
    for row in range(height):
        parts = tuple(f"{row}.{column}" for column in range(width))
        values[f"{row}.{width}"] = sum(values[part] for part in parts)
        rules.append(Rule(f"{row}.{width}", parts))
    for column in range(width + 1):
        parts = tuple(f"{row}.{column}" for row in range(height))
        values[f"{height}.{column}"] = sum(values[part] for part in parts)
        rules.append(Rule(f"{height}.{column}", parts))
    total = tuple(f"{height}.{column}" for column in range(width))
    rules.append(Rule(f"{height}.{width}", total))
    return Table(values, tuple(rules), _beside(values))


def _beside(values: Values) -> dict[str, tuple[str, ...]]:
    found = {}
    for name in values:
        row, column = map(int, name.split("."))
        near = ((row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column))
        found[name] = tuple(f"{r}.{c}" for r, c in near if f"{r}.{c}" in values)
    return found


def tenfold(random: Random) -> Table:
    """A cross table whose figures have a digit more, to be rounded to tens."""
    table = two_way(random)
    inner = {part for rule in table.rules[:4] for part in rule.parts}
    values = {n: v * 10 + random.randrange(10) for n, v in table.values.items() if n in inner}
    for rule in table.rules:
        values[rule.whole] = sum(values[part] for part in rule.parts)
    return replace(table, values={name: values[name] for name in table.values})


def chain(random: Random) -> Table:
    """Eight years of three parts with their total, and a cumulative figure that starts before."""
    values = {"cum0": figure(random)}
    rules = []
    for year in range(1, 9):
        parts = {f"{part}{year}": figure(random) for part in "abc"}
        values |= parts
        values[f"t{year}"] = sum(parts.values())
        values[f"cum{year}"] = values[f"cum{year - 1}"] + values[f"t{year}"]
        rules.append(Rule(f"t{year}", tuple(parts)))
        rules.append(Rule(f"cum{year}", (f"cum{year - 1}", f"t{year}")))
    return Table(values, tuple(rules))


def digit(random: Random, value: int) -> int:
    """One digit replaced by another."""
    digits = str(value)
    at = random.randrange(len(digits))
    other = random.choice([d for d in "0123456789" if d != digits[at]])
    return int(digits[:at] + other + digits[at + 1 :])


def swapped(random: Random, value: int) -> int:
    """Two digits beside each other swapped."""
    digits = str(value)
    at = random.randrange(max(1, len(digits) - 1))
    return int(digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :])


def lost(random: Random, value: int) -> int:
    """A digit left out."""
    digits = str(value)
    at = random.randrange(len(digits))
    return int(digits[:at] + digits[at + 1 :] or "0")


def extra(random: Random, value: int) -> int:
    """A digit put in."""
    digits = str(value)
    at = random.randrange(len(digits) + 1)
    return int(digits[:at] + random.choice("0123456789") + digits[at:])


def zero(random: Random, value: int) -> int:
    """A last zero put in, or left out if there is one."""
    return value // 10 if value % 10 == 0 and random.random() < 0.5 else value * 10


def wan(random: Random, value: int) -> int:
    """A unit of ten thousand taken for one."""
    return value // 10_000 if value % 10_000 == 0 and random.random() < 0.5 else value * 10_000


def sign(random: Random, value: int) -> int:
    """A minus too many."""
    del random
    return -value


Mistype = Callable[[Random, int], int]
SUB: Mapping[Mistype, int] = {digit: 1}
MIXED: Mapping[Mistype, int] = {
    digit: 50,
    swapped: 15,
    lost: 12,
    extra: 8,
    zero: 7,
    wan: 5,
    sign: 3,
}


def mistyped(random: Random, value: int, kinds: Mapping[Mistype, int]) -> int:
    """Another value than the true one, by one slip."""
    while True:
        slip = random.choices(list(kinds), list(kinds.values()))[0]
        typed = slip(random, value)
        if typed != value:
            return typed


def typed_table(random: Random, table: Table, kinds: Mapping[Mistype, int]) -> Values:
    """The table with a slip in some of its cells."""
    return {
        name: mistyped(random, value, kinds) if random.random() < ERRORS else value
        for name, value in table.values.items()
    }


def exchanged(random: Random, table: Table) -> Values:
    """The table with two neighbours of its inner cells that have changed places."""
    inner = {part for rule in table.rules[:4] for part in rule.parts}
    while True:
        first = random.choice(sorted(inner))
        second = random.choice([name for name in table.beside[first] if name in inner])
        if table.values[first] != table.values[second]:
            both = {first: table.values[second], second: table.values[first]}
            return {**table.values, **both}


def system(table: Table, typed: Values, step: int = 1) -> System:
    """What the tool is given: the typed values and the rules."""
    place = Place("table.csv")
    cells = {
        name: Cell(
            name,
            Decimal(value),
            Decimal(step),
            place,
            neighbours=table.beside.get(name, ()),
        )
        for name, value in typed.items()
    }
    rules = tuple(
        Constraint(
            "sum",
            ((rule.whole, 1), *((part, -1) for part in rule.parts)),
            place,
            tolerance=Decimal(step * (len(rule.parts) + 1)) / 2 if step > 1 else Decimal(0),
        )
        for rule in table.rules
    )
    return System(cells, rules)


def rounded(table: Table, step: int) -> Table:
    """Each cell rounded on its own, sums and all."""
    return replace(
        table, values={name: round(value / step) * step for name, value in table.values.items()}
    )


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
    """Compare what is said of each wrong cell with the truth.

    Localised is a cell that is in the best explanation (top-1) or in one of the three best of a
    broken rule. Stricter: it is the first of the suspects shown, or one of the three.
    """
    said = doubts(given)
    lists: dict[str, list[Sequence[Doubt]]] = {}
    for number, listed in said.items():
        for key, _ in given.constraints[number].terms:
            lists.setdefault(key, []).append(listed)
    for name, value in typed.items():
        true = table.values[name]
        if value == true:
            continue
        ranks = [
            (rank, doubt.explanation, doubt.proposed == true)
            for listed in lists.get(name, ())
            for rank, doubt in enumerate(listed, 1)
            if doubt.cell.key == name
        ]
        tally.add("detected", hit=name in lists)
        tally.add("top-1", hit=any(explained == 1 for _, explained, _ in ranks))
        tally.add("top-3", hit=any(explained <= 3 for _, explained, _ in ranks))
        tally.add("corrected", hit=any(explained == 1 and fits for _, explained, fits in ranks))
        tally.add("listed first", hit=any(rank == 1 for rank, _, _ in ranks))
        tally.add("listed", hit=any(rank <= 3 for rank, _, _ in ranks))
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
    Series("two-way, digits", two_way, SUB, TWO_WAY),
    Series("two-way, mixed", two_way, MIXED, TWO_WAY),
    Series("chain, digits", chain, SUB, CHAIN),
    Series("chain, mixed", chain, MIXED, CHAIN),
    Series("flat, digits", flat, SUB, {**EXACT, "top-1": 0.45, "top-3": 0.86}),
    Series("flat, mixed", flat, MIXED, {**EXACT, "top-1": 0.60, "top-3": 0.90}),
    Series(
        "rounded two-way, mixed",
        tenfold,
        MIXED,
        {"detected": 0.93, "top-1": 0.93, "corrected": 0.85, "probable right": 0.90},
        step=10,
    ),
    Series("rounded to few digits", two_way, MIXED, {"probable right": 0.90}, step=10),
    Series("neighbours swapped", two_way, {}, {"corrected": 0.98}, exchange=True),
)
RATES = (
    "detected",
    "top-1",
    "top-3",
    "corrected",
    "listed first",
    "listed",
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
            table = rounded(table, series.step)
        if series.exchange:
            typed = exchanged(random, table)
        else:
            steps = {name: value // series.step for name, value in table.values.items()}
            printed = typed_table(random, replace(table, values=steps), series.kinds)
            typed = {name: value * series.step for name, value in printed.items()}
        judged(tally, table, typed, system(table, typed, series.step))
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

    Twenty tables are tried, with four slips each.
    """
    right, slowest = 0, 0.0
    for number in range(1, 21):
        random = Random(f"large {number}")
        table = two_way(random, 31, 20)
        wrong = random.sample(sorted(table.values), 4)
        typed = {**table.values, **{n: mistyped(random, table.values[n], MIXED) for n in wrong}}
        given = system(table, typed)
        start = process_time()
        said = doubts(given)
        slowest = max(slowest, process_time() - start)
        first = {listed[0].cell.key: listed[0].proposed for listed in said.values() if listed}
        right += sum(first.get(name) == table.values[name] for name in wrong)
    return right, slowest


def lines(seeds: int) -> Iterator[str]:
    """The report."""
    yield f"{seeds} seeds of {CELLS} cells, 5 % wrong; mean and half of the 95 % interval"
    for series in SERIES:
        rates = measured(series, range(1, seeds + 1))
        yield f"\n{series.name}"
        for name, (value, half) in rates.items():
            floor = series.floors.get(name)
            asked = "" if floor is None else f"   floor {floor:.3f} {_held(value, floor)}"
            yield f"  {name:15} {value:.4f} ± {half:.4f}{asked}"
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
    missed = False
    for line in lines(parser.parse_args(arguments).seeds):
        print(line, flush=True)
        missed |= "MISSED" in line
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
