"""Large tables read as columns: which are, and what is left to the strict reader."""

import pytest

from tests.contract import ENCODINGS, PLAIN
from tests.twofold import HEADER, differs, in_columns
from yearbook.read.large import Large, opened, written
from yearbook.read.opened import Tables
from yearbook.read.plain import plain
from yearbook.read.sheet import parse
from yearbook.read.usage import usage

ROW = "sent,2010,total,72000,person,,,most,\n"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (ROW.replace("sent", "ｓｅｎｔ"), "full-width letters want a note"),
        (ROW.replace("72000", "７２０００"), "full-width digits want a note"),
        (ROW.replace("2010", "2010年"), "a year written otherwise wants a note"),
        (ROW.replace("2010", "2010.0"), "so does one with a point"),
        (ROW.replace("72000", '="72000"'), "a guarded number wants a note"),
        (ROW.replace("72000", "绉戞妧鎵惰传"), "a value of garbled text"),
        (ROW.replace(",most", ",,most"), "a cell too many"),
        (ROW + "\n" + ROW.replace("2010", "2011"), "a blank line"),
        (ROW.replace("person", "per\tson"), "a tab"),
        (ROW.replace("most,", "most,\x07"), "a control character"),
        (ROW.replace("most,", "most,\ufffd"), "a lost character"),
        (ROW.replace("most,", "most,绉戞妧鎵惰传"), "garbled text"),
        (ROW.replace("most,", "most,#REF!"), "a lost value"),
        (ROW.replace("72000", '"72\n000"'), "a torn number"),
        ("<<<<<<< " + ROW, "a merge"),
        (ROW.replace("sent", ""), "a row without a name"),
        (ROW.replace("most,", 'most,"a"b'), "text after a quotation mark"),
        (ROW.replace("most,", 'most,"a'), "a quotation mark that stays open"),
    ],
)
def test_left_to_the_strict_reader(rows: str, why: str) -> None:
    """What the strict reader tells of a form, or understands in another one, is left to it."""
    content = f"{HEADER}\n{rows}".encode()
    assert not in_columns(content)[1], why
    assert not differs(content)[0]


@pytest.mark.parametrize(
    "rows",
    [
        ROW,
        ROW.replace("\n", "\r\n"),
        ROW.rstrip("\n"),
        ROW.replace("72000", '"72,000"'),
        ROW.replace("sent", '"sent"').replace("most,", 'most,"a, ""b"""'),
        ROW.replace("sent", " sent ").replace("person", "person\u3000"),
        ROW.replace("most,", "most,备注"),
        ROW + ROW,
        ROW + ROW.replace("72000", "72001"),
        ROW + ROW.replace("2010", "2011").replace("72000", "7.2万"),
        ROW.replace("72000", "9" * 18),
    ],
)
def test_read_as_columns(rows: str) -> None:
    """What is plain, or has wrong cells in plain rows, is read as columns and comes out the same;
    so does it with the mark of UTF-8, and in other encodings with their note."""
    chinese = ROW.replace("2010", "1999").replace("most,", "most,共派出科技特派员")
    text = f"{HEADER}\n{chinese}{rows}"
    for content in (f"{HEADER}\n{rows}".encode(), *map(text.encode, ENCODINGS)):
        assert in_columns(content)[1]
        assert not differs(content)[0]


def test_garbled_header() -> None:
    """A column whose name is garbled is left to the strict reader."""
    head = HEADER.replace("rank", "绉戞妧鎵惰传")
    assert opened("d.csv", f"{head}\n{ROW}".encode(), 0) is None
    assert opened("d.csv", f"{HEADER.replace('rank', '级别')}\n{ROW}".encode(), 0) is not None


def test_wide_without_a_mark() -> None:
    """Zeros in every second byte are UTF-16, though they would pass as UTF-8."""
    content = f"{HEADER}\n{ROW}".encode("utf-16-le")
    large = opened("d.csv", content, 0)
    assert large is not None
    assert [note.what.en for note in large.notes] == ["the file was read as UTF-16"]
    assert not differs(content)[0]


def test_too_many_digits() -> None:
    """A number that fits no whole number of 64 bits is left to the strict reader, and is right."""
    content = f"{HEADER}\n{ROW.replace('72000', '1' * 19)}".encode()
    gathered, columns = in_columns(content)
    assert not columns
    assert str(gathered.facts[0].value) == "1" * 19


def test_small_tables_are_read_strictly() -> None:
    """A small file is not worth the columns; a list has no values."""
    assert opened("d.csv", PLAIN.encode()) is None
    assert opened("d.csv", b"id,period,place\na,2010,b\n", 0) is None
    content = f"{HEADER}\n{ROW}".encode()
    assert opened("d.csv", content, len(content)) is not None
    assert opened("d.csv", content, len(content) + 1) is None
    assert Tables({"d.csv": PLAIN.encode()}).table("d.csv") == Tables(
        {"d.csv": PLAIN.encode()}
    ).table("d.csv")


def test_large_table_of_a_folder() -> None:
    """A large file of a folder is read as columns, and once."""
    tables = Tables({"d.csv": f"{HEADER}\n{ROW * 2000}".encode()})
    made = tables.table("d.csv")
    assert isinstance(made, Large)
    assert made.grid.file == "d.csv"
    assert tables.table("d.csv") is made


def test_usage_is_the_same() -> None:
    """What a table uses is the same in both ways."""
    content = (f"{HEADER}\n" + ROW + ROW.replace("person", "yuan").replace("2010", "2009")).encode()
    large = opened("d.csv", content, 0)
    assert large is not None
    one, other = usage(large), usage(large.strict())
    assert list(one.units()) == list(other.units()) == [("person", "72000"), ("yuan", "72000")]
    for column in ("source", "period", "rank"):
        assert list(one.texts(column)) == list(other.texts(column))
    assert one.texts("gone") == other.texts("gone") == ()
    usual = {"id", "period", "value", "unit", "qualifier", "quote", "source", "note"}
    assert list(one.dimensions(usual)) == list(other.dimensions(usual)) == ["rank"]


def test_cells() -> None:
    """A row as the strict reader gives it, its value included where that is odd."""
    content = f"{HEADER}\n{ROW.replace('72000', ' 5')}{ROW}".encode()
    large = opened("d.csv", content, 0)
    assert large is not None
    assert (large.content, large.notes, large.odd) == (content, (), {0: "5"})
    assert [large.value(row) for row in range(2)] == ["5", "72000"]
    assert large.strict() == parse("d.csv", content)
    assert tuple(large.row(row) for row in range(2)) == large.strict().rows


def test_cells_that_mean_the_same() -> None:
    """Cells that mean the same have one number, whatever stands around them."""
    typed = ("sent", '"sent"', "sent ", " sent", '"sent "')
    rows = "".join(ROW.replace("sent", cell) for cell in typed)
    for note in ("", "备注"):
        content = f"{HEADER}\n{rows.replace('most,', f'most,{note}')}".encode()
        large = opened("d.csv", content, 0)
        assert large is not None
        assert tuple(large.columns["id"]) == ("sent",)
        assert large.columns["id"].codes.tolist() == [0] * 5
        assert tuple(large.columns["note"]) == (note,)


@pytest.mark.parametrize(
    ("typed", "digits", "decimals"),
    [
        *(("0", 0, 0), ("7", 7, 0), ("-7", -7, 0), ("007", 7, 0), ("72000", 72000, 0)),
        *(("12.50", 1250, 2), ("-0.5", -5, 1), ("0.00", 0, 2), ("-3.0", -30, 1)),
        ("123456789012345678", 123456789012345678, 0),
        ("-12345678901234567.8", -123456789012345678, 1),
        *((typed, None, 0) for typed in ("", "-", "--5", ".5", "5.", "-.5", "1.2.3", "1-2")),
        *((typed, None, 0) for typed in ("1e5", "+5", "5 ", "/", ":", "1:", "1/", "5..", "1.-5")),
        *((typed, None, 0) for typed in ("1234567890123456789", "0.123456789012345678")),
    ],
)
def test_numbers(typed: str, digits: int | None, decimals: int) -> None:
    """Digits with at most one point among them are a number; all else is looked at by itself."""
    grid = plain("d.csv", f"id,value\na,1\na,{typed}\na,-1.5\n".encode())
    assert grid is not None
    numbers, odd = written(grid, 1)
    assert (str(numbers.digits.dtype), str(numbers.decimals.dtype)) == ("int64", "int8")
    assert odd.tolist() == ([1] if digits is None else [])
    assert (numbers.digits[0], numbers.decimals[0]) == (1, 0)
    assert (numbers.digits[2], numbers.decimals[2]) == (-15, 1)
    if digits is not None:
        assert (numbers.digits[1], numbers.decimals[1]) == (digits, decimals)
