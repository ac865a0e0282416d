"""Large tables read as columns: which are, and what is left to the strict reader."""

import pytest

from tests.contract import ENCODINGS, PLAIN
from tests.twofold import HEADER, differs, in_columns
from yearbook.read.large import opened
from yearbook.read.opened import Tables
from yearbook.read.usage import usage

ROW = "sent,2010,total,72000,person,,,most,\n"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (ROW.replace("sent", "ｓｅｎｔ"), "full-width letters want a note"),
        (ROW.replace("72000", "７２０００"), "full-width digits want a note"),
        (ROW.replace("2010", "2010年"), "a year written otherwise wants a note"),
        (ROW.replace("72000", '="72000"'), "a guarded number wants a note"),
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
    assert Tables({"d.csv": PLAIN.encode()}).table("d.csv") == Tables(
        {"d.csv": PLAIN.encode()}
    ).table("d.csv")


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
    plain = {"id", "period", "value", "unit", "qualifier", "quote", "source", "note"}
    assert list(one.dimensions(plain)) == list(other.dimensions(plain)) == ["rank"]
