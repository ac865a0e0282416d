"""A stream of a finished file whose last byte is a carriage return keeps it.

qpdf ends every stream with a line feed. After a carriage return the two bytes are one end of line
(ISO 32000-1, 7.3.8.1), so a strict reader finds the stream a byte short of its Length; a compressed
stream ends so once in 256 times, in one of three files. Ended with both bytes, none of its own is
taken.
"""

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

_TAKEN = b"\r\nendstream\nendobj\n"
Row = tuple[int, int, int]
"""What an object is, where it is, which it is there."""
_TABLE = re.compile(
    rb"(?P<number>\d+) 0 obj\n<< (?P<about>.*?)/Length (?P<length>\d+) /Filter /FlateDecode "
    rb"/DecodeParms << /Columns (?P<columns>\d+) /Predictor 12 >> "
    rb"/W \[ (?P<widths>\d+ \d+ \d+) \] (?P<rest>.*?) >>\nstream\n",
    re.DOTALL,
)


def ended(file: bytes) -> bytes:
    """A file that qpdf wrote with a table of its objects as a stream, each stream of which ends so
    that no byte of it can be taken for an end of line."""
    start = int(file[file.rindex(b"startxref") + 10 :].split()[0])
    table = _TABLE.match(file, start)
    assert table is not None, file[start : start + 99]  # noqa: S101 - as this release of qpdf has it
    packed = file[table.end() : table.end() + int(table["length"])]
    rows = [*_read(zlib.decompress(packed), [*map(int, table["widths"].split())])]
    begins = sorted(where for kind, where, _ in rows if kind == 1)
    cuts = [
        end - len(_TAKEN) + 1
        for begin, end in pairwise(begins)
        if file.endswith(_TAKEN, begin, end)
    ]
    if not cuts and not packed.endswith(b"\r"):
        return file
    moved = [
        (kind, where + bisect_left(cuts, where) if kind == 1 else where, which)
        for kind, where, which in rows
    ]
    parts = [file[begin:end] for begin, end in pairwise([0, *cuts, start])]
    return b"\r".join(parts) + _table(table, moved, start + len(cuts))


def _read(plain: bytes, widths: Sequence[int]) -> Iterator[Row]:
    """The rows of a table: each is written as what it differs by from the one above, after a 2."""
    columns = sum(widths)
    above = bytes(columns)
    for at in range(1, len(plain), columns + 1):
        row = plain[at : at + columns]
        above = bytes((one + other) % 256 for one, other in zip(above, row, strict=True))
        cuts = pairwise(accumulate(widths, initial=0))
        kind, where, which = (int.from_bytes(above[a:b], "big") for a, b in cuts)
        yield kind, where, which


def _written(rows: Sequence[Row], widths: Sequence[int]) -> Iterator[bytes]:
    """The rows as `_read` reads them."""
    above = bytes(sum(widths))
    for row in rows:
        pairs = zip(row, widths, strict=True)
        now = b"".join(number.to_bytes(width, "big") for number, width in pairs)
        yield b"\2" + bytes((one - other) % 256 for one, other in zip(now, above, strict=True))
        above = now


def _table(table: re.Match[bytes], rows: Sequence[Row], start: int) -> bytes:
    """The table as the last object of its file."""
    first, second, third = map(int, table["widths"].split())
    widths = first, max(second, (start.bit_length() + 7) // 8), third
    packed = zlib.compress(b"".join(_written(rows, widths)), 9)
    head = (
        b"%d 0 obj\n<< %b/Length %d /Filter /FlateDecode /DecodeParms << /Columns %d "
        b"/Predictor 12 >> /W [ %d %d %d ] %b >>\nstream\n"
    ) % (int(table["number"]), table["about"], len(packed), sum(widths), *widths, table["rest"])
    end = b"\r\n" if packed.endswith(b"\r") else b"\n"
    return b"%b%b%bendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, packed, end, start)
