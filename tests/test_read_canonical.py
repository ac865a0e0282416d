"""The usual form of a CSV: rows where they stood, numbers and periods plain, all changes told."""

import pytest

from yearbook.finding import Finding, Severity
from yearbook.model import Text
from yearbook.read.canonical import canonical, changes, files, table

MARK = b"\xef\xbb\xbf"


def usual(text: str, encoding: str = "utf-8") -> str:
    """A table in its usual form, without its mark."""
    made = canonical("data/x.csv", text.encode(encoding))
    assert isinstance(made, bytes), made
    assert made.startswith(MARK)
    return made.removeprefix(MARK).decode()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("id,value\na,1\n", "id,value\r\na,1\r\n"),
        ("id,value\n\n\na,1\n\nb,2\n", "id,value\r\n\r\n\r\na,1\r\n\r\nb,2\r\n"),
        ("\nid,value\na,1\n", "\r\nid,value\r\na,1\r\n"),
        ("\n\n\nid,value\n\na,1\n", "\r\n\r\n\r\nid,value\r\n\r\na,1\r\n"),
        ("id\na\n", "id\r\na\r\n"),
        ("id,value\na,-1.50\nb,１２\n", "id,value\r\na,-1.50\r\nb,12\r\n"),
        ('id,value\na,"72,000"\nb,many\n', "id,value\r\na,72000\r\nb,many\r\n"),
        ("id,period\na,1986–2010\nb,soon\n", "id,period\r\na,1986-2010\r\nb,soon\r\n"),
        (
            "id,period,value\na,2010/2012,2010/2012\n",
            "id,period,value\r\na,2010-2012,2010/2012\r\n",
        ),
        ("id,quote\na,72\uff0c000\u2013\n", "id,quote\r\na,72\uff0c000\u2013\r\n"),
    ],
)
def test_usual(typed: str, wanted: str) -> None:
    """Blank rows stay, numbers and periods are written plainly, words are left alone."""
    assert usual(typed) == wanted


def test_refused() -> None:
    """A table with a fault of form has no usual form: what is wrong is told at its place."""
    (found,) = canonical("data/x.csv", b'id,value\n"a,1\n')
    assert isinstance(found, Finding)
    assert str(found.place) == "data/x.csv:2:1"


def test_table() -> None:
    """Rows of cells end as in Excel; a cell is quoted where it must be."""
    assert table([["a", 'b "c"'], ["d\ne", "f"]]) == MARK + b'a,"b ""c"""\r\n"d\ne",f\r\n'


def test_files() -> None:
    """Every table of data/ that can be is written so; all else stays as it is, byte for byte."""
    semicolons, broken = b"id;value\na;1\n", b'id,value\n"a,1\n'
    given = {
        "data/x.csv": semicolons,
        "data/c/y.csv": semicolons,
        "data/broken.csv": broken,
        "data/notes.txt": semicolons,
        "templates/z.csv": semicolons,
    }
    plain = MARK + b"id,value\r\na,1\r\n"
    assert files(given) == {**given, "data/x.csv": plain, "data/c/y.csv": plain}
    assert given["data/x.csv"] == semicolons


def told(before: bytes) -> list[tuple[str, str, str, Text]]:
    """What is said of the changes of a table: the place and the words in both languages."""
    after = canonical("data/x.csv", before)
    assert isinstance(after, bytes)
    found = list(changes("data/x.csv", before, after))
    assert all(each.severity is Severity.INFORMATION for each in found)
    return [
        (f"{each.place} {each.place.cell or ''}".strip(), each.what.en, each.what.zh, each.hint)
        for each in found
    ]


WHOLE = Text(
    "it becomes UTF-8 with a mark, commas, and lines that end as in Excel",
    "改为带标记的UTF-8编码、半角逗号分隔、Excel换行",
)
SAME = Text("what it says stays the same", "内容不变")


@pytest.mark.parametrize(
    ("before", "form"),
    [
        (MARK + b"id,value\r\na,1\r\n", ()),
        (b"id,value\r\na,1\r\n", ("the mark of UTF-8 is missing", "缺少UTF-8标记")),
        (MARK + b"id,value\na,1\n", ("lines end in another way", "换行方式不同")),
        (MARK + b"id,value\ra,1\r", ("lines end in another way", "换行方式不同")),
        (MARK + b"id,value\r\na,1\n", ("lines end in another way", "换行方式不同")),
        (MARK + b"id,value\r\na,1", ("the last line does not end", "末行没有换行")),
        (
            b"id,value\na,1",
            (
                "the mark of UTF-8 is missing; lines end in another way",
                "缺少UTF-8标记；换行方式不同",
            ),
        ),
        (
            "id;value\r\na;1\r\n扶贫;2\r\n".encode("gb18030"),
            (
                "the file was read as GB18030; the cells are parted by semicolons",
                "已按GB18030编码读取；单元格以分号分隔",
            ),
        ),
    ],
)
def test_changes_of_form(before: bytes, form: tuple[str, ...]) -> None:
    """What changes of the form as a whole is said once, at the first cell."""
    assert told(before) == ([("data/x.csv:1:1 A1", *form, WHOLE)] if form else [])


def test_changes_of_cells() -> None:
    """Each cell that is written in another way is told at its own place, old and new."""
    before = MARK + '\r\nid;Value;note\r\na;"７２ ０００";x\r\n\r\nb;1;"y\r\nz"\r\n'.encode()
    form, *cells = told(before)
    assert form[0] == "data/x.csv:2:1 A2"
    assert cells == [
        ("data/x.csv:2:4 B2", '"Value" becomes "value"', "“Value”改为“value”", SAME),
        ("data/x.csv:3:3 B3", '"７２ ０００" becomes "72000"', "“７２ ０００”改为“72000”", SAME),
        ("data/x.csv:5:5 C5", '"y\nz" becomes "y z"', "“y\nz”改为“y z”", SAME),
    ]


def test_changes_under_a_name_with_a_blank() -> None:
    """What parts the cells is seen in whole lines."""
    _, cell = told("id;a b;value\na;x;７\n".encode())
    assert cell[:2] == ("data/x.csv:2:5 C2", '"７" becomes "7"')


def test_changes_beside_empty_cells() -> None:
    """Empty cells beyond the last column are not missed."""
    _, cell = told("id,value\na,７,,\n".encode())
    assert cell[:2] == ("data/x.csv:2:3 B2", '"７" becomes "7"')


def test_no_text_no_changes() -> None:
    """Of bytes that are no text, and of a table that is as usual, nothing is said."""
    assert not list(changes("x.csv", b"PK\x03\x04", b"x"))
    assert not list(changes("x.csv", b"PK\x03\x04", b"PK\x03\x04"))
