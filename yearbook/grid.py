"""A large table as one piece of bytes: where its cells stand, and the distinct ones of a column.

A cell becomes a text of its own only when somebody asks for it. Whether the bytes of a file may be
read so is for `yearbook.read.plain` to prove; here commas part the cells, line feeds the rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, overload

import numpy as np

from yearbook.model import Cell, Place, letter

Ints = np.ndarray[tuple[Any, ...], np.dtype[np.int64]]
Codes = np.ndarray[tuple[Any, ...], np.dtype[np.int32]]
Words = np.ndarray[tuple[Any, ...], np.dtype[np.uint64]]
Octets = np.ndarray[tuple[Any, ...], np.dtype[np.uint8]]
Flags = np.ndarray[tuple[Any, ...], np.dtype[np.bool_]]
Floats = np.ndarray[tuple[Any, ...], np.dtype[np.float64]]
PADDING = b"\n" * 16
"""What follows the last row, so that eight bytes can be taken at any cell."""
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_SPREAD, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
_FEW = 2048
"""So many distinct cells are looked for one by one before all are sorted."""


@dataclass(frozen=True)
class Grid:
    """The rows below the header of a table. ``ends`` has, for each column and row, the byte after
    the cell; ``columns`` are called as they are known, ``header`` has them as typed."""

    file: str
    content: bytes
    header: tuple[Cell, ...]
    columns: tuple[str, ...]
    ends: Ints
    begins: int

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.ends[0])

    @cached_property
    def _view(self) -> Words:
        return _octads(self.content)

    @cached_property
    def _lines(self) -> Ints:
        """The first byte of each row."""
        return np.concatenate((np.array([self.begins]), self.ends[-1, :-1] + 1))

    def span(self, row: int, at: int) -> tuple[int, int]:
        """The first byte of a cell and the byte after it."""
        if at:
            first = int(self.ends[at - 1, row]) + 1
        else:
            first = int(self.ends[-1, row - 1]) + 1 if row else self.begins
        return first, int(self.ends[at, row])

    def spans(self, at: int, rows: "Ints | slice" = slice(None)) -> tuple[Ints, Ints]:
        """The first bytes of the cells of a column, and how many bytes they have."""
        first = self.ends[at - 1][rows] + 1 if at else self._lines[rows]
        return first, self.ends[at][rows] - first

    def text(self, row: int, at: int) -> str:
        """What stands in a cell, without the quotation marks around it."""
        first, end = self.span(row, at)
        return unquoted(self.content[first:end])

    def texts(self, at: int, rows: Ints) -> Iterator[str]:
        """The cells of a column, row by row."""
        content = self.content
        first, size = self.spans(at, rows)
        for one, end in zip(first.tolist(), (first + size).tolist(), strict=True):
            yield unquoted(content[one:end])

    def place(self, row: int, at: int) -> Place:
        """Where a cell stands, counted in characters."""
        line, _ = self.span(row, 0)
        first, _ = self.span(row, at)
        column = len(self.content[line:first].decode()) + 1
        return Place(self.file, row + 2, column, f"{letter(at + 1)}{row + 2}")

    def octets(self, first: Ints, size: Ints) -> Iterator[Octets]:
        """The first, second, … bytes of some cells; 0 beyond the end of a cell."""
        everything = np.frombuffer(self.content, np.uint8)
        for column in range(int(size.max(initial=0))):
            octet = everything[np.minimum(first + column, len(everything) - 1)]
            octet[size <= column] = 0
            yield octet

    def distinct(self, at: int) -> "Distinct":
        """The distinct cells of a column."""
        first, size = self.spans(at)
        longest = int(size.max(initial=0))
        keys = _keys(self._view, first, size)
        known, codes = _numbered(keys)
        firsts = np.empty(len(known), np.int64)
        firsts[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
        if longest > 8 and not self._alike(first, size, firsts[codes]):
            raise CollisionError
        return Distinct(self, at, codes, firsts, known)

    def _alike(self, first: Ints, size: Ints, same: Ints) -> bool:
        """Whether cells of one number are the same byte by byte."""
        if (size != size[same]).any():
            return False
        for begin in range(0, int(size.max()), 8):
            rows = np.flatnonzero(size > begin)
            mask = _MASKS[np.minimum(size[rows] - begin, 8)]
            here, there = first[rows] + begin, first[same[rows]] + begin
            if ((self._view[here] ^ self._view[there]) & mask).any():
                return False
        return True


class CollisionError(LookupError):
    """Two cells have one number (once in many billions): the table is read another way."""


def _octads(content: bytes) -> Words:
    """The eight bytes at each byte of a content."""
    return np.ndarray((len(content) - 7,), np.uint64, content, strides=(1,))


def _keys(octads: Words, first: Ints, size: Ints) -> Words:
    """A number for each cell: the same for the same bytes, another for others (nearly)."""
    keys = octads[first] & _MASKS[np.minimum(size, 8)]
    for begin in range(8, int(size.max(initial=0)), 8):
        rows = np.flatnonzero(size > begin)
        word = octads[first[rows] + begin] & _MASKS[np.minimum(size[rows] - begin, 8)]
        mixed = keys[rows] * _SPREAD
        keys[rows] = (mixed ^ (mixed >> _HALF) ^ word) * _SPREAD
    return keys


def _numbered(keys: Words) -> tuple[Words, Codes]:
    """The distinct keys in order, and for each row the place of its key among them."""
    known = np.unique(keys[:: max(1, len(keys) // _FEW)])
    while len(known) <= _FEW:
        codes = np.searchsorted(known, keys)
        np.minimum(codes, len(known) - 1, out=codes)
        missing = np.flatnonzero(known[codes] != keys)
        if not missing.size:
            return known, codes.astype(np.int32)
        more = np.unique(keys[missing[:: max(1, missing.size // _FEW)]])
        known = np.union1d(known, more)
    heads = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    if len(heads) > len(keys) // 2:
        known, every = np.unique(keys, return_inverse=True)
        return known, every.astype(np.int32)
    begins = np.concatenate((np.zeros(1, np.int64), heads))
    known, runs = np.unique(keys[begins], return_inverse=True)
    lengths = np.diff(np.append(begins, len(keys)))
    return known, np.repeat(runs.astype(np.int32), lengths)


def unquoted(cell: bytes) -> str:
    """The text of a cell.

    >>> unquoted(b'"a, b"'), unquoted(b"a")
    ('a, b', 'a')
    """
    text = cell.decode()
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


@dataclass(frozen=True)
class Distinct(Sequence[str]):
    """The distinct cells of a column: for each row the number (``codes``) of its text.

    ``firsts`` are the rows in which they first stand; ``changed`` has the texts that are not the
    bytes of their cells: blanks around them were taken off, signs exchanged.
    """

    grid: Grid
    at: int
    codes: Codes
    firsts: Ints
    keys: Words
    changed: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.firsts)

    @overload
    def __getitem__(self, code: int) -> str: ...
    @overload
    def __getitem__(self, code: slice) -> tuple[str, ...]: ...
    def __getitem__(self, code: Any) -> Any:
        """The text of a number."""
        if isinstance(code, slice):
            return tuple(self)[code]
        changed = self.changed.get(code)
        return self.grid.text(int(self.firsts[code]), self.at) if changed is None else changed

    def __iter__(self) -> Iterator[str]:
        """The texts in the order of their numbers."""
        for code, text in enumerate(self.grid.texts(self.at, self.firsts)):
            yield self.changed.get(code, text) if self.changed else text

    def number(self, text: str) -> int:
        """The number of a text; -1 if no cell has it."""
        for code, changed in self.changed.items():
            if changed == text:
                return code
        cell = text.encode()
        size = np.array([len(cell)])
        key = _keys(_octads(cell + PADDING), np.zeros(1, np.int64), size)[0]
        code = int(np.searchsorted(self.keys, key))
        found = code < len(self) and self.keys[code] == key and self[code] == text
        return code if found else -1

    def blank(self) -> Flags:
        """For each row, whether its cell is blank."""
        code = self.number("")
        return self.codes == code if code >= 0 else np.zeros(len(self.codes), np.bool_)

    def first(self) -> Ints:
        """For each number, the first row that has it."""
        rows = np.empty(len(self), np.int64)
        rows[self.codes[::-1]] = np.arange(len(self.codes) - 1, -1, -1)
        return rows

    def merged(self, changed: Mapping[int, str]) -> "Distinct":
        """The same with other texts for some numbers; what becomes alike gets one number."""
        alike = np.arange(len(self), dtype=np.int32)
        named: dict[str, int] = {}
        for code, text in changed.items():
            same = self.number(text)
            alike[code] = named.setdefault(text, code) if same < 0 or same in changed else same
        used, codes = np.unique(alike[self.codes], return_inverse=True)
        at = {old: new for new, old in enumerate(used.tolist()) if old in changed}
        kept = {new: changed[old] for old, new in at.items()}
        firsts, keys = self.firsts[used], self.keys[used]
        return Distinct(self.grid, self.at, codes.astype(np.int32), firsts, keys, kept)
