"""The figures of a large table as columns; each becomes a `Fact`, with its place, when asked for.

What a check asks of all figures it asks of the columns, and then looks at the few rows that may
matter one by one, as at any figures (`sifted`).
"""

from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

import numpy as np

from yearbook.grid import Codes, Distinct, Flags, Floats, Grid, Ints
from yearbook.memo import Memo
from yearbook.model import Cell, Fact, Period, Qualifier, Unit

T = TypeVar("T")
_KEPT = 10_000
"""So many figures are kept once made: rules ask for the same ones again."""
Small = np.ndarray[tuple[Any, ...], np.dtype[np.int8]]


@dataclass(frozen=True)
class Coded(Generic[T]):
    """A column of few things: what there is, and for each row the number of its own."""

    things: Sequence[T]
    codes: Codes

    def of(self, row: int) -> T:
        """What a row has."""
        return self.things[int(self.codes[row])]

    def where(self, wanted: Callable[[T], bool]) -> Flags:
        """For each row, whether what it has is wanted."""
        return np.array([wanted(thing) for thing in self.things], np.bool_)[self.codes]


@dataclass(frozen=True)
class Named(Coded[str]):
    """A column of texts."""

    things: Distinct

    def filled(self) -> Flags:
        """For each row, whether its text is not blank."""
        made: Flags = self.codes != self.things.number("")
        return made


@dataclass(frozen=True)
class Numbers:
    """Written numbers: ``digits`` as a whole number, of which so many are ``decimals``."""

    digits: Ints
    decimals: Small

    def of(self, row: int) -> Decimal:
        """The number of a row, with its written precision."""
        return Decimal(int(self.digits[row])).scaleb(-int(self.decimals[row]))

    @cached_property
    def floats(self) -> Floats:
        """The nearest floating point numbers."""
        made: Floats = self.digits / 10.0 ** self.decimals.astype(np.float64)
        for row in np.flatnonzero(np.abs(self.digits) >= 2**53).tolist():
            made[row] = float(self.of(row))
        return made

    def broken(self) -> Flags:
        """For each row, whether its number is not whole."""
        found = np.zeros(len(self.digits), np.bool_)
        rows = np.flatnonzero(self.decimals)
        ones = 10 ** self.decimals[rows].astype(np.int64)
        found[rows] = self.digits[rows] % ones != 0
        return found


@dataclass(frozen=True, eq=False)
class Frame(Sequence[Fact]):
    """The figures of one table, in the order of its rows. ``rows`` are their rows in the grid;
    all columns have one number for each figure."""

    table: str
    grid: Grid
    rows: Ints
    ids: Named
    periods: Coded[Period]
    units: Coded[Unit]
    qualifiers: Coded[Qualifier]
    words: Mapping[str, Named]
    dimensions: Mapping[str, Named]
    numbers: Numbers

    def __len__(self) -> int:
        """How many figures there are."""
        return len(self.rows)

    @overload
    def __getitem__(self, row: int) -> Fact: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Fact, ...]: ...
    def __getitem__(self, row: Any) -> Any:
        """A figure, made now."""
        if isinstance(row, slice):
            return tuple(self[one] for one in range(*row.indices(len(self))))
        row = range(len(self))[row]
        made = self._made.get(row)
        if made is None:
            made = self._made[row] = self._fact(row)
        return made

    @cached_property
    def _made(self) -> Memo[int, Fact]:
        return Memo(_KEPT)

    def _fact(self, row: int) -> Fact:
        at, columns = int(self.rows[row]), self.grid.columns
        checked = self.words.get("checked")
        return Fact(
            id=self.ids.of(row),
            period=self.periods.of(row),
            value=self.numbers.of(row),
            unit=self.units.of(row),
            qualifier=self.qualifiers.of(row),
            quote=Cell(self.words["quote"].of(row), self.grid.place(at, columns.index("quote"))),
            source=self.words["source"].of(row),
            note=self.words["note"].of(row),
            dimensions={name: coded.of(row) for name, coded in self.dimensions.items()},
            table=self.table,
            place=self.grid.place(at, columns.index("value")),
            checked=checked.of(row) if checked else "",
        )

    def named(self, names: Iterable[str]) -> Ints:
        """The rows of some indicators, in their order in the table."""
        found = [code for code in map(self.ids.things.number, names) if code >= 0]
        if not found:
            return np.zeros(0, np.int64)
        order, begins = self._by_id
        return np.sort(np.concatenate([order[begins[at] : begins[at + 1]] for at in found]))

    @cached_property
    def _by_id(self) -> tuple[Ints, Ints]:
        """The rows by their indicators, and where those of each begin."""
        order = np.argsort(self.ids.codes, kind="stable")
        counts = np.bincount(self.ids.codes, minlength=len(self.ids.things))
        return order, np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))

    def filled(self, column: str) -> Flags:
        """For each row, whether its cell of a column of words is not blank."""
        if column in self.words:
            return self.words[column].filled()
        return np.zeros(len(self), np.bool_)


class Facts(Sequence[Fact]):
    """The figures of several tables one after the other, of which some are columns."""

    def __init__(self, parts: Iterable[Sequence[Fact]]) -> None:
        """Keep the parts that have figures."""
        self.parts = tuple(part for part in parts if len(part))

    def __len__(self) -> int:
        """How many figures there are."""
        return sum(map(len, self.parts))

    @overload
    def __getitem__(self, at: int) -> Fact: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Fact, ...]: ...
    def __getitem__(self, at: Any) -> Any:
        """One figure or several."""
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        at = range(len(self))[at]
        for part in self.parts:
            if at < len(part):
                return part[at]
            at -= len(part)
        raise IndexError(at)

    def __iter__(self) -> Iterator[Fact]:
        """All figures in order."""
        for part in self.parts:
            yield from part


def parts(facts: Sequence[Fact]) -> tuple[Sequence[Fact], ...]:
    """The tables behind figures, so far as they are kept apart."""
    return facts.parts if isinstance(facts, Facts) else (facts,)


def by_table(facts: Sequence[Fact]) -> Iterator[Sequence[Fact]]:
    """The figures of each table, in the order of the tables.

    >>> from yearbook.specimen import fact
    >>> [len(table) for table in by_table((fact("a", 1), fact("b", 2)))]
    [2]
    """
    for part in parts(facts):
        if isinstance(part, Frame):
            yield part
            continue
        tables: dict[str, list[Fact]] = {}
        for fact in part:
            tables.setdefault(fact.table, []).append(fact)
        yield from tables.values()


def ids(facts: Sequence[Fact]) -> KeysView[str]:
    """The indicators that have figures, in the order in which they first stand.

    >>> from yearbook.specimen import fact
    >>> list(ids((fact("b", 1), fact("a", 1), fact("b", 2))))
    ['b', 'a']
    """
    found: dict[str, None] = {}
    for part in parts(facts):
        if isinstance(part, Frame):
            first = np.full(len(part.ids.things), len(part))
            first[part.ids.codes[::-1]] = np.arange(len(part) - 1, -1, -1)
            order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(part))]
            found.update((part.ids.things[code], None) for code in order.tolist())
        else:
            found.update((fact.id, None) for fact in part)
    return found.keys()


def in_common(frame: Frame, facts: Sequence[Fact]) -> Ints:
    """The rows of indicators that other tables among some figures may have, too."""
    others = (part for part in parts(facts) if part is not frame)
    return frame.named({name for other in others for name in _shared(frame, other)})


def _shared(frame: Frame, other: Sequence[Fact]) -> Iterator[str]:
    if not isinstance(other, Frame):
        yield from {fact.id for fact in other}
        return
    mine, theirs = frame.ids.things, other.ids.things
    if mine.changed or theirs.changed:
        yield from theirs
        return
    for code in np.flatnonzero(np.isin(theirs.keys, mine.keys)).tolist():
        yield theirs[code]


def common(facts: Sequence[Fact], others: Sequence[Fact]) -> Iterator[Fact]:
    """All figures but those of large tables whose indicators no other figure has."""
    return sifted(facts, lambda frame: in_common(frame, others))


def repeated(keys: Ints) -> Ints:
    """The rows whose key another row has, too.

    >>> repeated(np.array([3, 1, 3])).tolist()
    [0, 2]
    """
    ordered = np.sort(keys)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.flatnonzero(np.isin(keys, again)) if again.size else again


def keyed(facts: Sequence[Fact]) -> Iterator[Fact]:
    """All figures but those of large tables whose indicator and period no other figure has."""

    def rows(frame: Frame) -> Ints:
        keys = frame.ids.codes.astype(np.int64) * len(frame.periods.things) + frame.periods.codes
        return np.union1d(repeated(keys), in_common(frame, facts))

    return sifted(facts, rows)


def sifted(facts: Sequence[Fact], rows: Callable[[Frame], Flags | Ints]) -> Iterator[Fact]:
    """All figures but those of large tables that cannot matter: ``rows`` are those that may.

    >>> from yearbook.specimen import fact
    >>> [one.id for one in sifted((fact("a", 1),), lambda frame: frame.numbers.broken())]
    ['a']
    """
    for part in parts(facts):
        if isinstance(part, Frame):
            found = rows(part)
            chosen = np.flatnonzero(found) if found.dtype == np.bool_ else found
            for row in chosen.tolist():
                yield part[row]
        else:
            yield from part
