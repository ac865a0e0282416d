"""What the rows of a table use: its units, sources, periods and dimensions, each once."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from yearbook.read.large import VALUE, Large
from yearbook.read.sheet import Sheet


@dataclass(frozen=True)
class Usage:
    """The texts of the columns of a table, in the order in which they first stand, and for each
    unit the value beside it there."""

    columns: Mapping[str, Collection[str]]
    beside: Mapping[str, str]

    def texts(self, column: str) -> Collection[str]:
        """The distinct cells of a column; none if there is no such column."""
        return self.columns.get(column, ())

    def units(self) -> Iterator[tuple[str, str]]:
        """Each unit and the first value in it."""
        yield from self.beside.items()

    def dimensions(self, plain: Collection[str]) -> Iterator[str]:
        """The columns beside the plain ones of a table of figures that hold anything."""
        if VALUE in self.columns:
            for name, texts in self.columns.items():
                if name not in plain and any(texts):
                    yield name


def usage(table: Sheet | Large) -> Usage:
    """What a table uses.

    >>> from yearbook.read.sheet import parse
    >>> made = usage(parse("x.csv", b"id,rank,value,unit\\na,high,5,ha\\nb,high,6,ha\\n"))
    >>> list(made.texts("rank")), list(made.units()), list(made.dimensions(["id", "unit", "value"]))
    (['high'], [('ha', '5')], ['rank'])
    """
    return _large(table) if isinstance(table, Large) else _sheet(table)


def _sheet(table: Sheet) -> Usage:
    columns: dict[str, dict[str, None]] = {}
    beside: dict[str, str] = {}
    for row in table.rows:
        for name, cell in row.cells.items():
            columns.setdefault(name, {})[cell.text] = None
        beside.setdefault(row.text("unit"), row.text(VALUE))
    return Usage({name: tuple(texts) for name, texts in columns.items()}, beside)


def _large(table: Large) -> Usage:
    units = table.columns["unit"]
    first = units.first()
    order = first.argsort().tolist()
    beside = {units[code]: table.value(int(first[code])) for code in order}
    columns: dict[str, Collection[str]] = {VALUE: (), **table.columns}
    for name in ("source", "period"):
        column = table.columns[name]
        columns[name] = tuple(column[code] for code in column.first().argsort().tolist())
    return Usage(columns, beside)
