"""Tables with known slips: what bench_localise.py measures by.

Log-uniform whole numbers from 10 to 100,000 in two-way tables of 4 x 4 with margins, chains of
eight years with three parts, total and cumulative figure, and flat sums of four; a slip in each
cell with a probability of 5 %.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import exp, log
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from yearbook.constraint import Cell, Constraint, System
from yearbook.model import Place

ERRORS = 0.05
"""How many of the cells are mistyped."""
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


def anything(random: Random, value: int) -> int:
    """Another number, drawn as all are: no slip leads to it."""
    del value
    return figure(random)


Mistype = Callable[[Random, int], int]
SUB: Mapping[Mistype, int] = {digit: 1}
ANY: Mapping[Mistype, int] = {anything: 1}
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
