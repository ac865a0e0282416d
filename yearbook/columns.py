"""The figures of a table as columns of numbers, to add up a million of them at once.

Sums of whole numbers below 2^53 are exact in binary floating point; values are therefore taken in
units of the smallest decimal there is. What does not fit is left to be added up one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from yearbook.frame import Frame, Named
from yearbook.grid import Flags, Floats, Ints
from yearbook.model import Fact, Qualifier

LARGEST = 2.0**46
"""A value in smallest units beyond which sums of a hundred might not be exact."""


@dataclass(frozen=True, slots=True)
class Column:
    """The codes of one dimension: their names, and for each row which it has (-1: none)."""

    names: Sequence[str]
    rows: Ints


@dataclass(frozen=True, slots=True)
class Columns:
    """The figures of a table: values in smallest units, whether each is sure, the context (period
    and unit) and the codes of each dimension."""

    values: Floats
    sure: Flags
    context: Column
    dimensions: Mapping[str, Column]


def columns(facts: Sequence[Fact]) -> Columns:
    """The figures of one table as columns.

    >>> from dataclasses import replace
    >>> from yearbook.specimen import fact
    >>> made = columns([replace(fact("a", "1.5"), dimensions={"rank": "high"})])
    >>> made.values.tolist(), made.dimensions["rank"].names
    ([15.0], ('high',))
    """
    if isinstance(facts, Frame):
        return _framed(facts)
    size = len(facts)
    values = np.fromiter((float(fact.value) for fact in facts), np.float64, size)
    units = np.rint(values * 10.0 ** _decimals(facts, values))
    exact = Qualifier.EXACT
    hedged = np.fromiter((fact.qualifier is not exact for fact in facts), np.bool_, size)
    periods = _same([fact.period for fact in facts])
    measures = _same([fact.unit.id for fact in facts])
    return Columns(
        units,
        ~hedged & (np.abs(units) < LARGEST),
        Column((), periods.rows * len(measures.names) + measures.rows),
        {
            name: _column([fact.dimensions[name] for fact in facts])
            for name in (facts[0].dimensions if facts else ())
        },
    )


def _framed(frame: Frame) -> Columns:
    """The same of a table that was read as columns."""
    broken = np.flatnonzero(frame.numbers.broken())
    decimals = int(frame.numbers.decimals[broken].max(initial=0))
    units = np.rint(frame.numbers.floats * 10.0**decimals)
    hedged = frame.qualifiers.where(lambda qualifier: qualifier is not Qualifier.EXACT)
    periods = frame.periods.codes.astype(np.int64)
    return Columns(
        units,
        ~hedged & (np.abs(units) < LARGEST),
        Column((), periods * len(frame.units.things) + frame.units.codes),
        {name: _told(named) for name, named in frame.dimensions.items()},
    )


def _told(named: Named) -> Column:
    rows = named.codes.astype(np.int64)
    rows[rows == named.things.number("")] = -1
    return Column(named.things, rows)


def _decimals(facts: Sequence[Fact], values: Floats) -> int:
    """The decimals of the figure that has most."""
    broken = np.flatnonzero(values != np.rint(values)).tolist()
    exponents = (facts[at].value.as_tuple().exponent for at in broken)
    return max((-one for one in exponents if isinstance(one, int)), default=0)


def _same(things: Sequence[object]) -> Column:
    """As `_column`, for things that are dear to compare and mostly the very same object."""
    objects = _column([id(thing) for thing in things])
    standing = {id(thing): thing for thing in things}
    merged = _column([str(standing[int(name)]) for name in objects.names])
    return Column(merged.names, merged.rows[objects.rows])


def _column(keys: Sequence[Any]) -> Column:
    """Whatever the rows are told apart by, numbered in the order of its first appearance."""
    numbers = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    rows = np.fromiter(map(numbers.__getitem__, keys), np.int64, len(keys))
    rows[rows == numbers.get("", -1)] = -1
    return Column(tuple(str(key) for key in numbers), rows)


def alike(made: Columns, but: str) -> Ints:
    """A number for each row; rows of one number share context and all dimensions but one."""
    number = made.context.rows
    for name, column in made.dimensions.items():
        if name != but:
            number = number * (len(column.names) + 1) + column.rows + 1
            if number.size and number.max() > 4 * number.size:
                number = np.unique(number, return_inverse=True)[1]
    return number


def unbalanced(groups: Ints, signs: Floats, made: Columns, equal: bool) -> Ints:
    """The groups whose whole does not surely equal (or reach) the sum of its parts.

    ``signs`` has, for each row, 1 (the whole), -1 (a part) or 0 (neither).

    >>> import numpy
    >>> from yearbook.specimen import fact
    >>> made = columns([fact("whole", 9), fact("a", 3), fact("b", 5)])
    >>> one_group, signs = numpy.zeros(3, numpy.int64), numpy.array([1.0, -1.0, -1.0])
    >>> [unbalanced(one_group, signs, made, equal).tolist() for equal in (True, False)]
    [[0], []]
    """
    size = int(groups.max()) + 1 if groups.size else 0
    residuals = np.bincount(groups, signs * made.values, size)
    unsure = np.bincount(groups, np.abs(signs) * ~made.sure, size)
    wrong = residuals != 0 if equal else residuals < 0
    return np.flatnonzero(wrong | (unsure != 0))
