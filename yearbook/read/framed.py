"""From a large table to its figures as columns.

Each distinct unit, period, code and source is looked up once. The rows in which something is wrong,
and those that say the same key twice, are read one by one by the functions that read any row, so
that the findings are theirs.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

import numpy as np

from yearbook.finding import Finding
from yearbook.frame import Coded, Frame, Named, Numbers, repeated
from yearbook.grid import Codes, Distinct, Flags, Ints
from yearbook.model import Cell, Place, Qualifier
from yearbook.read import header, values
from yearbook.read.large import LONGEST, Large
from yearbook.read.observations import (
    CHECKED,
    OBSERVATION,
    Gathered,
    Vocabulary,
    distinct,
    free,
    observed,
)
from yearbook.read.sheet import Sheet, named

T = TypeVar("T")
_NOWHERE = Place("")


def framed(
    name: str,
    table: Large,
    into: tuple[Vocabulary, Gathered],
    declared: Collection[str] | None,
) -> Frame | None:
    """The figures of a table, and findings for the rows that have none; nothing if the table
    itself is out of the ordinary, which the strict reader will tell."""
    vocabulary, gathered = into
    known = (*OBSERVATION, CHECKED, *vocabulary.dimensions, *(declared or ()))
    grid = table.grid
    sheet = Sheet(grid.file, grid.header, (), ())
    wanted = (*OBSERVATION, *(c for c in declared or () if c not in OBSERVATION))
    if named(sheet, set(known)).columns != sheet.columns:
        return None
    if any(header.check(sheet, wanted, free=declared is None)):
        return None
    if declared is None and any(header.undefined(sheet, known)):
        return None
    own = Gathered()
    made = _Rows(name, table, vocabulary, free(sheet.columns, known)).frame(own)
    if made is not None:
        gathered.findings.extend((*table.notes, *own.findings))
    return made


class _Rows:
    """The rows of a table on their way to figures."""

    def __init__(
        self, name: str, table: Large, vocabulary: Vocabulary, dimensions: Sequence[str]
    ) -> None:
        self.name, self.table = name, table
        self.vocabulary, self.dimensions = vocabulary, dimensions
        columns = table.columns
        units, texts = vocabulary.units, vocabulary.knows
        self.units, no_unit = _looked_up(columns["unit"], lambda cell: units.get(cell.text))
        self.periods, no_period = _looked_up(columns["period"], _read(values.period))
        self.qualifiers, no_qualifier = _looked_up(columns["qualifier"], _read(_qualifier))
        self.odd = no_unit | no_period | no_qualifier
        self.odd |= _without(columns["source"], lambda text: text in vocabulary.sources)
        for dimension in ("id", *dimensions):
            if dimension not in vocabulary.free:
                of = dimension
                self.odd |= _without(columns[of], lambda text, of=of: texts(of, text))  # type: ignore[misc]
        dates = self.units.where(lambda unit: unit is not None and unit.kind == "date")
        self.odd |= dates
        self.odd[list(table.odd)] = True

    def frame(self, gathered: Gathered) -> Frame | None:
        """The figures, the findings noted; nothing if a number has too many digits."""
        kept = np.ones(len(self.table.grid), np.bool_)
        kept[self._again(gathered)] = False
        numbers = self.table.numbers
        digits, decimals = numbers.digits.copy(), numbers.decimals.copy()
        into = (self.name, self.vocabulary, gathered)
        for at in np.flatnonzero(self.odd & kept).tolist():
            fact = observed(self.table.row(at), self.dimensions, into)
            if fact is None:
                kept[at] = False
                continue
            sign, figures, exponent = fact.value.as_tuple()
            if len(figures) > LONGEST or not isinstance(exponent, int):
                return None
            digits[at] = int("".join(map(str, figures))) * (-1 if sign else 1)
            decimals[at] = -exponent
        return self._frame(np.flatnonzero(kept), Numbers(digits, decimals))

    def _again(self, gathered: Gathered) -> list[int]:
        """The rows that say again what others say, cell by cell."""
        rows = [self.table.row(at) for at in repeated(self._keys()).tolist()]
        if not rows:
            return []
        left = {row.place.line for row in distinct(rows, gathered)}
        return [row.place.line - 2 for row in rows if row.place.line not in left]

    def _keys(self) -> Ints:
        ids, periods = self.table.columns["id"], self.table.columns["period"]
        return ids.codes.astype(np.int64) * len(periods) + periods.codes

    def _frame(self, rows: Ints, numbers: Numbers) -> Frame:
        everything = len(rows) == len(self.table.grid)

        def chosen(codes: Codes) -> Codes:
            return codes if everything else codes[rows]

        def texts(name: str) -> Named:
            column = self.table.columns[name]
            return Named(column, chosen(column.codes))

        present = [
            name for name in ("quote", "source", "note", CHECKED) if name in self.table.columns
        ]
        return Frame(
            self.name,
            self.table.grid,
            rows,
            texts("id"),
            _present(self.periods, chosen(self.periods.codes)),
            _present(self.units, chosen(self.units.codes)),
            _present(self.qualifiers, chosen(self.qualifiers.codes)),
            {name: texts(name) for name in present},
            {name: texts(name) for name in self.dimensions},
            numbers if everything else Numbers(numbers.digits[rows], numbers.decimals[rows]),
        )


def _qualifier(cell: Cell) -> Qualifier | Finding:
    return values.choice(cell, Qualifier, Qualifier.EXACT)


def _read(reader: Callable[[Cell], T | Finding]) -> Callable[[Cell], T | None]:
    """What a cell is read as; nothing if it cannot be read."""

    def read(cell: Cell) -> T | None:
        found = reader(cell)
        return None if isinstance(found, Finding) else found

    return read


def _looked_up(
    column: Distinct, reader: Callable[[Cell], T | None]
) -> tuple[Coded[T | None], Flags]:
    """What each distinct cell is read as, alike things once; and the rows that cannot be read."""
    things: dict[T | None, int] = {}
    numbers = np.empty(len(column), np.int32)
    for code, text in enumerate(column):
        numbers[code] = things.setdefault(reader(Cell(text, _NOWHERE)), len(things))
    found = Coded(tuple(things), numbers[column.codes])
    return found, found.where(lambda thing: thing is None)


def _present(column: Coded[T | None], codes: Codes) -> Coded[T]:
    """The same column without what no row has."""
    things = tuple(thing for thing in column.things if thing is not None)
    if len(things) == len(column.things):
        return Coded(things, codes)
    gone = next(at for at, thing in enumerate(column.things) if thing is None)
    return Coded(things, codes - (codes > gone))


def _without(column: Distinct, known: Callable[[str], bool]) -> Flags:
    """The rows whose cell is not known."""
    return ~np.fromiter(map(known, column), np.bool_, len(column))[column.codes]
