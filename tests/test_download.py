"""The rows behind a table, as a reader opens them in Excel or WPS."""

import pytest

from tests.edits import MARK, rows
from yearbook.download import download, inert, source
from yearbook.model import Code, Place, Text
from yearbook.records import UnknownError
from yearbook.specimen import entry, fact, records

LABEL = Code("id", "a", "", None, Text("=A, B", "甲"), Place("data/specimen/codes.csv"))


def test_facts() -> None:
    """Figures with their labels, exact, without scale; names and qualifier for machines."""
    figure = fact("a", "44050000.50", "yuan", "more_than")
    content = download([figure], records(figure, codes=(LABEL,)))
    assert content.startswith(MARK)
    assert b"\r\n" in content
    assert rows(content) == [
        ["id", "label_en", "label_zh", "period", "value", "unit", "qualifier", "source"],
        ["a", "'=A, B", "甲", "2010", "44050000.50", "yuan", "more_than", "most-2010"],
    ]


def test_entries() -> None:
    """Lists with every column that one of them has."""
    content = download([entry("a", place="1"), entry("b", post="-x")], records())
    assert rows(content) == [["place", "post"], ["1", ""], ["", "'-x"]]


def test_nothing() -> None:
    """A table without rows gives an empty file, not a header that lies."""
    assert download([], records()) == MARK


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_inert(start: str) -> None:
    """No text begins like a formula."""
    assert inert(f"{start}SUM(A1)") == f"'{start}SUM(A1)"
    assert inert(f"a{start}") == f"a{start}"


def test_source() -> None:
    """The source of a figure or of a row of a list."""
    assert source(fact("a", 1)) == "most-2010"
    assert source(entry("a", source="gb")) == "gb"
    with pytest.raises(UnknownError, match='the row "a" has no source'):
        source(entry("a"))
