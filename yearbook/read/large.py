"""A large table of observations of the plain kind: the distinct cells of each column, read by the
very functions that read single cells, and all values as numbers.

What the strict reader would understand in another form, or refuse to read as a table, is left to
it; a cell that cannot be a number, a period or a code is told row by row (`yearbook.read.framed`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from yearbook.finding import Finding
from yearbook.frame import Numbers
from yearbook.grid import CollisionError, Distinct, Flags, Grid, Ints, Octets
from yearbook.model import Cell, Place
from yearbook.read import form, tidy
from yearbook.read.encoding import Decoded, decode
from yearbook.read.garbled import forbidden, mojibake
from yearbook.read.observations import OBSERVATION
from yearbook.read.plain import LARGE, plain
from yearbook.read.sheet import Row, Sheet, parse
from yearbook.read.split import stripped

VALUE = "value"
LONGEST = 18
"""The digits of a number that fit a whole number of 64 bits, whatever they are."""
_WIDEST = LONGEST + 2
_STARTS = b" \"='#"
"""How a cell begins that may mean something else than it says."""
_QUOTE = ord('"')
_NOUGHT = np.uint8(ord("0"))
_NOWHERE = Place("")


@dataclass(frozen=True)
class Large:
    """A table, its ``columns`` but for the values, and these: as numbers where they are plain
    (digits, a point), and as texts by their rows where they are ``odd``. ``content`` are the bytes
    of the file; ``notes`` say in what other encoding they are."""

    content: bytes
    notes: tuple[Finding, ...]
    grid: Grid
    columns: Mapping[str, Distinct]
    numbers: Numbers
    odd: Mapping[int, str]

    def strict(self) -> Sheet:
        """The table as the strict reader reads it."""
        return parse(self.grid.file, self.content)

    def value(self, row: int) -> str:
        """What stands in the cell of a value."""
        odd = self.odd.get(row)
        return self.grid.text(row, self.grid.columns.index(VALUE)) if odd is None else odd

    def row(self, row: int) -> Row:
        """A row as the strict reader gives it."""
        cells = {}
        for at, name in enumerate(self.grid.columns):
            column = self.columns.get(name)
            text = column[int(column.codes[row])] if column else self.value(row)
            cells[name] = Cell(text, self.grid.place(row, at))
        return Row(cells, self.grid.place(row, 0))


def opened(file: str, content: bytes, least: int = LARGE) -> Large | None:
    """A file as a large table of observations, if it is one and all of it reads as it stands.

    >>> head = b"id,period,value,unit,qualifier,quote,source,note\\n"
    >>> made = opened("x.csv", head + b"a,2010,72.50,person,,,most,\\n", 0)
    >>> made and (made.numbers.of(0), made.columns["unit"][0])
    (Decimal('72.50'), 'person')
    >>> opened("x.csv", head + b"a,2010,\\xef\\xbc\\x97,person,,,most,\\n", 0) is None
    True
    """
    if len(content) < least:
        return None
    utf8, notes = _utf8(file, content)
    grid = plain(file, utf8)
    if grid is None or not set(OBSERVATION) <= set(grid.columns):
        return None
    if len(set(grid.columns)) != len(grid.columns):
        return None
    try:
        made = _read(grid)
    except CollisionError:
        return None
    return made and Large(content, notes, grid, *made)


def _utf8(file: str, content: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """The same text as UTF-8, and the note of the strict reader if it was in another encoding."""
    try:
        plainly = b"\x00" not in content and content.decode()
    except UnicodeDecodeError:
        plainly = False
    decoded = None if plainly else decode(content)
    if isinstance(decoded, Decoded):
        return decoded.text.encode(), tuple(form.encoded(file, decoded))
    return content, ()


def _read(grid: Grid) -> tuple[Mapping[str, Distinct], Numbers, Mapping[int, str]] | None:
    ascii_only = grid.content.isascii()
    columns = {}
    for at, name in enumerate(grid.columns):
        if name != VALUE:
            column = _meant(grid.distinct(at), name, ascii_only)
            if column is None:
                return None
            columns[name] = column
    if columns["id"].number("") >= 0:
        return None  # a row of blank cells is no row
    at = grid.columns.index(VALUE)
    numbers, rows = written(grid, at)
    odd = {}
    for row, text in zip(rows.tolist(), grid.texts(at, rows), strict=True):
        meant = _as_meant(text, VALUE)
        if meant is None:
            return None
        odd[row] = meant
    heads = "\n".join(grid.columns)
    if not ascii_only and not _legible((heads, *odd.values())):
        return None
    return columns, numbers, odd


def _meant(column: Distinct, name: str, ascii_only: bool) -> Distinct | None:
    """A column with its cells as they are meant; nothing if that wants a note or is refused."""
    first, odd = _odd(column)
    if name == "period":
        odd[:] = True
    changed: dict[int, str] = {}
    strange = []
    for code in np.flatnonzero(odd).tolist() if ascii_only else range(len(column)):
        text = column[code]
        if not odd[code] and text.isascii():
            continue
        meant = _as_meant(text, name)
        if meant is None:
            return None
        if meant != text or first[code] == _QUOTE:
            changed[code] = meant
        if not text.isascii():
            strange.append(text)
    if not _legible(strange):
        return None
    return column.merged(changed) if changed else column


def _odd(column: Distinct) -> tuple[Octets, Flags]:
    """For each distinct cell its first byte, and whether by its first and last byte it may mean
    something else than it says."""
    grid = column.grid
    first, size = grid.spans(column.at, column.firsts)
    octets = np.frombuffer(grid.content, np.uint8)
    # Before and after a blank cell stand the signs that part cells.
    odd = np.isin(octets[first], np.frombuffer(_STARTS, np.uint8))
    return octets[first], odd | (octets[first + size - 1] == ord(" "))


def _as_meant(text: str, column: str) -> str | None:
    """What a cell means, by the functions of the strict reader; nothing if that would be told."""
    notes = tidy.Notes()
    cells = tidy.cleaned({column: Cell(stripped(text), _NOWHERE)}, notes)
    if notes.seen or any(tidy.refused(cells, ",")):
        return None
    return cells[column].text


def _legible(texts: "list[str] | tuple[str, ...]") -> bool:
    """Whether no text is garbled or has characters that no text has; runs of such characters do
    not go beyond a cell."""
    joined = "\n".join(texts)
    return not any(mojibake(joined)) and not any(forbidden(joined))


def written(grid: Grid, at: int) -> tuple[Numbers, Ints]:
    """The cells of a column as numbers, and the rows of those that are not plainly written: digits
    and at most one point among them, with or without a minus before."""
    first, size = grid.spans(at)
    minus = np.frombuffer(grid.content, np.uint8)[first] == ord("-")
    odd = (size > _WIDEST) | (size <= minus)
    first, size = first + minus, np.where(odd, 0, size - minus)
    digits = np.zeros(len(grid), np.int64)
    decimals, count = np.zeros(len(grid), np.int8), np.zeros(len(grid), np.int8)
    seen, last = np.zeros(len(grid), np.bool_), np.zeros(len(grid), np.bool_)
    for octet in grid.octets(first, size):
        digit = octet - _NOUGHT < 10
        np.multiply(digits, 10, out=digits, where=digit)
        np.add(digits, octet - _NOUGHT, out=digits, where=digit)
        point = octet == ord(".")
        # A point stands between two digits, and there is only one.
        odd |= (octet != 0) & ~digit & ~point
        odd |= point & (seen | ~last)
        seen |= point
        decimals += digit & seen
        count += digit
        last = digit
    odd |= (count > LONGEST) | (seen & (decimals == 0))
    np.negative(digits, out=digits, where=minus)
    return Numbers(digits, decimals), np.flatnonzero(odd)
