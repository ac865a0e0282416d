"""Tables of the plain kind: which are, where their cells stand, and what is left to the strict
reader."""

import pytest

from yearbook.grid import PADDING
from yearbook.model import Cell, Place
from yearbook.read import plain as module
from yearbook.read.plain import plain

MARK = b"\xef\xbb\xbf"
TWO = b"id,value\na,1\n"
TYPED = [["a", "1"]]


def cells(content: bytes) -> list[list[str]] | None:
    """The cells of a plain table, row by row."""
    grid = plain("x.csv", content)
    if grid is None:
        return None
    return [[grid.text(row, at) for at in range(len(grid.columns))] for row in range(len(grid))]


def test_where_cells_stand() -> None:
    """The bytes after each cell, the first byte of the rows, and the header with its places."""
    grid = plain("x.csv", MARK + b'id,value,note\na,1,\nbc,"2,0",x\n')
    assert grid is not None
    assert grid.file == "x.csv"
    assert grid.content == b'id,value,note\na,1,\nbc,"2,0",x\n' + PADDING
    assert grid.begins == 14
    assert grid.ends.tolist() == [[15, 21], [17, 27], [18, 29]]
    assert grid.ends.flags.c_contiguous
    assert grid.columns == ("id", "value", "note")
    assert grid.header == (
        Cell("id", Place("x.csv", 1, 1, "A1")),
        Cell("value", Place("x.csv", 1, 4, "B1")),
        Cell("note", Place("x.csv", 1, 10, "C1")),
    )


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (TWO, TYPED),
        (MARK + TWO, TYPED),
        (TWO.replace(b"\n", b"\r\n"), TYPED),
        (TWO.rstrip(), TYPED),
        (TWO + b"\n\n", TYPED),
        (b"id,value\n~, \n", [["~", " "]]),
        (b"id,value\na, \n\n", [["a", " "]]),
        (b"id,value\na,X\n\n", [["a", "X"]]),
        (b"id,value,a b\na,1,x\n", [["a", "1", "x"]]),
        (b"id,value\n,\n", [["", ""]]),
        (b'id,value\n"a",1\n', TYPED),
        (b'id,value\n"a","1"\n"b","2"\n', [*TYPED, ["b", "2"]]),
        (b'id,value\n"a,b",1\n', [["a,b", "1"]]),
        (b'id,value\n"",1\n', [["", "1"]]),
        (b'id,value\n"a ""b"", c",1\n', [['a "b", c', "1"]]),
        (b'id,value\n"""a""",1\n', [['"a"', "1"]]),
        (b"id,value\na<,>1\n".replace(b">1", b"1>"), [["a<", "1>"]]),
        ("id,value\n省,1\n".encode(), [["省", "1"]]),
        ("id,value\n\u0800,1\n".encode(), [["\u0800", "1"]]),
        ("id,value\nété,1\n".encode(), [["été", "1"]]),
        ("id,省份\na,省\nid,年份\n".encode(), None),
        ("id,value,某\na,1,省\n".encode(), [["a", "1", "省"]]),
        # Another sign, a tab, a control character, a lone sign of an old line end.
        (b"id;value\na;1\n", None),
        (b"id,value\na\t,1\n", None),
        (b"id,value\na\x00,1\n", None),
        (b"id,value\na\x1f,1\n", None),
        (b"id,value\na\x7f,1\n", None),
        (b"id,value\ra,1\r", None),
        (b"id,value\na\r,1\n", None),
        # No UTF-8, or perhaps none.
        (b"id,value\n\x80,1\n", None),
        (b"id,value\n\xff,1\n", None),
        ("id,value\n科技,1\n".encode("gb18030"), None),
        ("id,value\n实时同省,1\n".encode("gb18030"), None),
        # No header, or one that is read in another form.
        (b"\nid,value\na,1\n", None),
        (b"id\na\n", None),
        (b"id,values\na,1\n", None),
        (b"id,id\na,1\n", None),
        (b"id,value,\na,1,\n", None),
        (b"id,,value\na,,1\n", None),
        (b'"id",value\na,1\n', None),
        (b'id,value,"a"\na,1,b\n', None),
        (b"id ,value\na,1\n", None),
        (b"id,ID,value\na,b,1\n", None),
        (b"id,Value,note\na,1,\n", None),
        ("id,value,数值\na,1,\n".encode(), None),
        ("id,value,a\u200b\na,1,\n".encode(), None),
        (b"id,value,a  b\na,1,\n", None),
        # No rows, blank ones, rows of another width.
        (b"id,value\n", None),
        (b"id,value", None),
        (b"id,value\n\n\n", None),
        (b"id,value\n\na,1\n", None),
        (b"id,value\na\n", None),
        (b"id,value\na,1,\n", None),
        (b"id,value\na\nb,1,2\n", None),
        (b"id,value\na,1,2\nb\n", None),
        # Quotation marks that part no whole cell.
        (b'id,value\na"b",1\n', None),
        (b'id,value\n"a"b,1\n', None),
        (b'id,value\n"a,1\n', None),
        (b'id,value\na,"1\nb",2\n', None),
        (b'id,value\n"a\nb",1\n', None),
        (b'id,value\na,1"\n', None),
        (b'id,value\na,"1" \n', None),
        (b'id,value\na, "1"\n', None),
        # A merge that was left half done.
        (b"id,value\n<a,1\n", None),
        (b"id,value\n>a,1\n", None),
        (b"id,value\na,1\n<b,2\n", None),
        (b"id,value\na,1\n>b,2\n", None),
        (b"id,value\na,1\nb,2\n>c,3\n", None),
    ],
)
def test_plain(content: bytes, read: list[list[str]] | None) -> None:
    """What is plain is read as it stands; all else is left to the strict reader."""
    assert cells(content) == read


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last row, column and byte a table is plain, with one more it is not."""
    monkeypatch.setattr(module, "ROWS", 4)
    monkeypatch.setattr(module, "COLUMNS", 3)
    monkeypatch.setattr(module, "LONGEST", 6)
    three = b"id,value\na,1\nb,2\nc,3\n"
    assert cells(three) == [["a", "1"], ["b", "2"], ["c", "3"]]
    assert cells(three + b"d,4\n") is None
    assert cells(TWO + b"\n\n") == TYPED
    assert cells(TWO + b"\n\n\n") is None
    assert cells(b"id,value,x\na,1,b\n") == [["a", "1", "b"]]
    assert cells(b"id,value,x,y\na,1,b,c\n") is None
    # A row of so many bytes, its line feed included, has no longer cell.
    assert cells(b"id,value\na,1\nb,234\n") == [["a", "1"], ["b", "234"]]
    assert cells(b"id,value\na,1\nb,2345\n") is None
    assert cells(b"id,value\na,123\n") == [["a", "123"]]
    assert cells(b"id,value\na,1234\n") is None


@pytest.mark.parametrize(("letters", "read"), [(9_990, True), (9_991, False)])
def test_long_header(letters: int, read: bool) -> None:
    """A header is looked for among lines of less than 10,000 characters."""
    header = b"id,value," + b"x" * letters
    assert (cells(header + b"\na,1,b\n") is not None) == read
