"""The columns of a table: missing, repeated, unknown, each with the cell of the header."""

import pytest

from tests.edits import said
from yearbook.coverage.ruling import COLUMNS as RULED
from yearbook.finding import Finding
from yearbook.model import Text
from yearbook.read import lists
from yearbook.read.header import check, rowless, undefined
from yearbook.read.names import KNOWN, NUMBERS, called, words
from yearbook.read.observations import OBSERVATION
from yearbook.read.printed import IDIOMS, TERMS
from yearbook.read.sheet import parse
from yearbook.read.snapshot import Snapshot
from yearbook.wording import COLUMNS as CONFIRMED

REQUIRED = (
    *("UNITS", "PLACES", "SOURCES", "LITERALS", "CODES", "RULES", "EXCEPTIONS", "PUBLISHED"),
    *("TABLES", "CHARTS"),
)


def faults(header: str, free: bool = False) -> list[str]:
    """What is wrong with a header that should have id and value and may have note."""
    sheet = parse("x.csv", f"{header}\na\n".encode())
    return said(check(sheet, ("id", "value"), ("note",), free))


def test_right() -> None:
    """The required columns in any order, with or without the optional one."""
    assert faults("id,value") == []
    assert faults("note,value,id") == []


def test_missing() -> None:
    """A missing column is reported at the head of the table."""
    assert faults("id,note") == ['x.csv:1:1 A1 header: the column "value" is missing']


def test_all_missing_are_named() -> None:
    """Every missing column is named."""
    assert len(faults("note")) == 2


def test_repeated() -> None:
    """A repeated column is reported at its second place."""
    assert faults("id,value,id") == ['x.csv:1:10 C1 header: the column "id" stands twice']


def test_nameless() -> None:
    """A column without a name is reported even where any name may stand."""
    assert faults("id,,value", free=True) == ["x.csv:1:4 B1 header: a column has no name"]


def test_unknown() -> None:
    """An unknown column is reported with the name that was probably meant."""
    sheet = parse("x.csv", b"id,value,notes\n")
    (found,) = check(sheet, ("id", "value"), ("note",))
    assert said([found]) == ['x.csv:1:10 C1 header: the column "notes" is not known here']
    assert found.hint.en == 'did you mean "note"?'


def test_free() -> None:
    """Where dimensions may stand, any name may."""
    assert faults("id,value,rank", free=True) == []


def told(columns: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> list[Finding]:
    """All that is said of a header where dimensions may stand, or of one where they may not."""
    sheet = parse("x.csv", f"{columns}\n".encode())
    return list(check(sheet, required, optional, free=not optional))


@pytest.mark.parametrize(
    ("columns", "optional", "place", "what", "hint"),
    [
        (
            *("id,value,id", (), "x.csv:1:10"),
            Text('the column "id" stands twice', "“id”列重复"),
            Text("each column needs a name of its own", "每列须有各自的列名"),
        ),
        (
            *("id,,value", (), "x.csv:1:4"),
            Text("a column has no name", "有一列没有列名"),
            Text("each column needs a name of its own", "每列须有各自的列名"),
        ),
        (
            *("id,value,notes", ("note",), "x.csv:1:10"),
            Text('the column "notes" is not known here', "此表没有“notes”列"),
            Text('did you mean "note"?', "是不是“note”？"),
        ),
        (
            *("id,note", ("note",), "x.csv:1:1"),
            Text('the column "value" is missing', "缺少“value”列"),
            Text('add a column headed "value"', "请增加“value”列"),
        ),
        (
            *("id,rank,values", (), "x.csv:1:9"),
            Text(
                'the column "value" is missing; this one is called "values"',
                "缺少“value”列，此列名为“values”",
            ),
            Text('did you mean "value"?', "是不是“value”？"),
        ),
    ],
)
def test_words(columns: str, optional: tuple[str, ...], place: str, what: Text, hint: Text) -> None:
    """Each fault of a header, word for word, at its column."""
    (found,) = told(columns, ("id", "value"), optional)
    assert (found.rule, str(found.place)) == ("header", place)
    assert found.what == what
    assert found.hint == hint


@pytest.mark.parametrize(
    ("columns", "optional", "faults"),
    [
        # The nearest of two names that are near is meant, wherever it stands.
        (
            "id,vaule,values",
            (),
            [(10, 'the column "value" is missing; this one is called "values"')],
        ),
        # "sale" is too far from it.
        ("id,sale", (), [(1, 'the column "value" is missing')]),
        # Beside the column itself, one that is called nearly so is a dimension.
        ("id,value,values", (), []),
        # Where no dimension may stand, what is not known and what is missing are told apart.
        (
            *("id,values", ("note",)),
            [
                (4, 'the column "values" is not known here'),
                (1, 'the column "value" is missing'),
            ],
        ),
    ],
)
def test_meant(columns: str, optional: tuple[str, ...], faults: list[tuple[int, str]]) -> None:
    """Which column was meant by a name that is missing."""
    found = told(columns, ("id", "value"), optional)
    assert [(f.place.column, f.what.en) for f in found] == faults


def test_undefined() -> None:
    """A column of a table of figures is its own, or a dimension."""
    sheet = parse("x.csv", b"id,ranks,\n")
    (found,) = undefined(sheet, ("id", "rank"))
    assert (found.rule, str(found.place)) == ("header", "x.csv:1:4")
    assert found.what == Text(
        'the column "ranks" is not known here, nor a dimension of codes.csv',
        "“ranks”不是此表的列，codes.csv 中也没有这个维度",
    )
    assert found.hint == Text('did you mean "rank"?', "是不是“rank”？")


def test_rowless() -> None:
    """A header without rows is told once; nothing is said of a table that is wrong anyhow."""
    (found,) = rowless(parse("x.csv", b"id,value\n"))
    assert (found.rule, str(found.place)) == ("csv", "x.csv:1:1")
    assert found.what == Text("the table has a header and no rows", "表格只有表头，没有数据行")
    assert found.hint == Text(
        "put the rows back, or delete the file if there is nothing to record",
        "请恢复数据行；确无数据时请删除该文件",
    )
    for content in (b"id,value\na,1\n", b"", b"id,value\na\n"):
        assert not list(rowless(parse("x.csv", content)))


def test_capitals(project: Snapshot) -> None:
    """Every column of the tables that all books have may be typed in capitals, with blanks or in
    full width."""
    shared = ("codes.csv", "rules.csv", "exceptions.csv")
    for name, content in project.files.items():
        if name.endswith(".csv") and (name.count("/") == 1 or name.endswith(shared)):
            columns = parse(name, content).columns
            for typed in (
                [column.upper() for column in columns],
                [column.title().replace("_", "  ") for column in columns],
                [f"{chr(ord(column[0]) + 0xFEE0)}{column[1:]} " for column in columns],
            ):
                assert called(typed, KNOWN) == columns, name


def test_every_column_is_known() -> None:
    """All columns that the tables of a book may have are known in any letters."""
    required = (OBSERVATION, *(getattr(lists, name) for name in REQUIRED))
    for columns in (*required, *lists.OPTIONAL.values(), IDIOMS, TERMS, CONFIRMED, RULED):
        assert set(columns) <= KNOWN
        assert called([column.upper() for column in columns], KNOWN) == columns
    captions = {f"{name}_{of}" for name in ("title", "note", "message") for of in ("en", "zh")}
    assert {"checked", "place", "province", "edition", *captions} <= KNOWN


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        ("en zh one other quote note reason evidence approved_by phrase numeral checked", True),
        ("title_en title_zh reason_zh en_name zh_name a_name", True),
        ("id period value unit qualifier source code kind rank until_edition data name", False),
        ("en_factor title_enx enough", False),
    ],
)
def test_columns_of_words(columns: str, wanted: bool) -> None:
    """Which columns hold words that stay as they are typed."""
    assert {words(column) for column in columns.split()} == {wanted}


def test_called_as_typed() -> None:
    """A name that is known is not taken for another one."""
    assert called(["Rank", "RANK"], {"Rank", "rank"}) == ("Rank", "rank")


def test_columns_of_numbers() -> None:
    """Which columns hold numbers."""
    numbers = "value en_factor zh_factor rounded_to until_edition paragraph limit"
    assert set(numbers.split()) == NUMBERS
