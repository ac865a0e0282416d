"""Large tables of the plain kind, whose cells can be found without looking at each.

It proves of a file that the strict reader (`yearbook.read.sheet`) would accept its form without a
word, and where that reader would see its cells; whatever is out of the ordinary is left to it. So
nothing is reported here.
"""

import numpy as np

from yearbook.grid import PADDING, Flags, Grid, Ints, Octets
from yearbook.model import Cell, Place, letter
from yearbook.read import names
from yearbook.read.encoding import Decoded, decode
from yearbook.read.split import COLUMNS, LONGEST, ROWS

LARGE = 64 * 1024
"""A smaller file is read strictly at once: that is done before numpy would be loaded."""
_MARK = b"\xef\xbb\xbf"
_ORDINARY = bytes([10, *range(32, 127), *range(128, 256)])
"""What a plain table may be made of: no tabs, no control characters."""
_CONFLICT = np.array([ord("<"), ord(">")])
_COMMA, _LINE, _QUOTE, _MULTIPLE = 44, 10, 34, 0xE0


def plain(file: str, content: bytes) -> Grid | None:
    """The rows of a table, or nothing if the strict reader has to look at it.

    >>> made = plain("x.csv", b"id,value\\na,1\\nb,2\\n")
    >>> made and [made.text(row, 0) for row in range(2)]
    ['a', 'b']
    >>> plain("x.csv", b"id;value\\na;1\\n") is None
    True
    """
    body = _body(content)
    if body is None or not _legible(body):
        return None
    begins = body.index(b"\n") + 1
    header = _header(file, body, begins)
    if header is None:
        return None
    ends = _ends(body, begins, len(header))
    if ends is None:
        return None
    columns = tuple(cell.text for cell in header)
    return Grid(file, body + PADDING, header, columns, ends, begins)


def _body(content: bytes) -> bytes | None:
    """The text without its mark and with line feeds, if there is nothing else to be said of it."""
    body = content.removeprefix(_MARK)
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n")
    if not body.endswith(b"\n"):
        body += b"\n"
    elif body.endswith(b"\n\n"):
        if body.count(b"\n") > ROWS:
            return None
        body = body.rstrip(b"\n") + b"\n"
    return None if body.translate(None, _ORDINARY) else body


def _legible(body: bytes) -> bool:
    """Whether it is UTF-8 and cannot be anything else; its characters are looked at later."""
    if body.isascii():
        return True
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    if bool((np.frombuffer(body, np.uint8) >= _MULTIPLE).any()):
        return True
    decoded = decode(body)
    return isinstance(decoded, Decoded) and decoded.encoding == "UTF-8"


def _header(file: str, body: bytes, begins: int) -> tuple[Cell, ...] | None:
    """The cells of the first line, if they are a header as the toolkit writes one."""
    line = body[: begins - 1].decode()
    typed = line.split(",")
    # A line that is a header by commas is looked for among short lines only.
    usual = '"' not in line and line.isprintable() and len(line) < 10_000
    if not usual or len(typed) > COLUMNS or any(n != " ".join(n.split()) for n in typed):
        return None
    if "" in typed or names.called(typed, names.KNOWN) != tuple(typed) or not names.heading(typed):
        return None
    cells, column = [], 1
    for at, name in enumerate(typed, 1):
        cells.append(Cell(name, Place(file, 1, column, f"{letter(at)}1")))
        column += len(name) + 1
    return tuple(cells)


def _ends(body: bytes, begins: int, width: int) -> Ints | None:
    """The bytes after the cells of each row, if all rows have as many cells as the header."""
    octets = np.frombuffer(body, np.uint8)[begins:]
    lines = octets == _LINE
    rows = int(np.count_nonzero(lines))
    parts = octets == _COMMA
    if b'"' in body:
        inside = _inside(octets)
        if inside is None or (lines & inside).any():
            return None
        parts &= ~inside
    parts |= lines
    found = np.flatnonzero(parts)
    if not 0 < rows < ROWS or len(found) != rows * width:
        return None
    ends = np.ascontiguousarray(found.reshape(rows, width).T)
    last = ends[-1]
    if not (octets[last] == _LINE).all() or int(np.diff(last, prepend=-1).max()) > LONGEST:
        return None
    # The marks of an unfinished merge stand at the beginning of a line.
    if octets[0] in _CONFLICT or np.isin(octets[last[:-1] + 1], _CONFLICT).any():
        return None
    ends += begins
    return ends


def _inside(octets: Octets) -> Flags | None:
    """For each byte, whether it stands in quotation marks (the opening one included), if each
    pair of them holds a whole cell."""
    marks = octets == _QUOTE
    inside: Flags = np.logical_xor.accumulate(marks)
    edges = np.array([_COMMA, _LINE, _QUOTE])
    opening, closing = np.flatnonzero(marks & inside), np.flatnonzero(marks & ~inside)
    # The last byte is a line feed: it stands before the first mark and something after every one.
    before = octets[opening - 1]
    whole = np.isin(before, edges).all() and np.isin(octets[closing + 1], edges).all()
    return inside if whole else None
