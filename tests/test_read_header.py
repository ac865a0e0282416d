"""The columns of a table: missing, repeated, unknown, each with the cell of the header."""

from tests.edits import said
from yearbook.read.header import check
from yearbook.read.sheet import parse


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
