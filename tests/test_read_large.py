"""Large tables read as columns: in all that is told and read they equal the strict reader's."""

import random
import runpy

import pytest

from tests.contract import ENCODINGS, PLAIN, cases, files
from tests.edits import ROOT
from tests.test_read_contract import WORDS as CONTRACT
from tests.test_read_contract import encoded
from tests.twofold import HEADER, differs, in_columns, strictly, table
from yearbook.read.large import opened
from yearbook.read.opened import Tables
from yearbook.read.usage import usage

FUZZ = runpy.run_path(str(ROOT / "tools/fuzz_loader.py"))
ROW = "sent,2010,total,72000,person,,,most,\n"


def test_contract() -> None:
    """Every case of the contract comes out the same; many can be read as columns, and are."""
    read = 0
    for case in (*cases(), *files()):
        contents = (
            [case.content]
            if isinstance(case.content, bytes)
            else [encoded(case, each) for each in ENCODINGS if _writable(case.content, each)]
        )
        for content in contents:
            wrong, columns = differs(content, CONTRACT)
            assert not wrong, (case, content)
            read += columns
    assert read > 250


def _writable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_random_tables(seed: int) -> None:
    """Tables of right, odd and wrong cells come out the same, findings in their order included."""
    read = told = 0
    for number in range(100):
        content = table(random.Random(f"{seed}/{number}"))  # noqa: S311
        wrong, columns = differs(content)
        assert not wrong, content.decode("utf-8", "replace")
        read += columns
        told += columns and bool(strictly(content).findings)
    assert read > 20
    assert told > 5


@pytest.mark.parametrize("kind", sorted(FUZZ["KINDS"]))
def test_slips(kind: str) -> None:
    """The damages of the loader's fuzzer come out the same."""
    for number in range(400):
        content = FUZZ["KINDS"][kind](random.Random(f"twofold/{number}"))  # noqa: S311
        wrong, _ = differs(content, FUZZ["VOCABULARY"])
        assert not wrong, content


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
    plain = {"id", "period", "value", "unit", "qualifier", "quote", "source", "note"}
    assert list(one.dimensions(plain)) == list(other.dimensions(plain)) == ["rank"]
