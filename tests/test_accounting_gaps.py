"""What is missing from the records and would be printed otherwise."""

from tests.edits import CHAPTER, ROOT, Rows, changed, rows
from yearbook.read import read
from yearbook.read.snapshot import Snapshot, take
from yearbook.report import lay_out

NEW = ("empty-list", "one-language")


def said(snapshot: Snapshot) -> set[tuple[str, str]]:
    """The gaps of a snapshot: rule and what."""
    book = read(snapshot).book
    findings = lay_out(book, book.chapters[0]).findings
    return {(found.rule, found.what.en) for found in findings if found.rule in NEW}


def test_no_gaps() -> None:
    """The chapter as it stands has none."""
    assert said(take(ROOT)) == set()


def test_empty_list() -> None:
    """A count of a list all of whose rows are of another year prints zero, which is named."""
    name = "science-and-technology/partnerships.csv"

    def move(cells: Rows) -> None:
        place = cells[0].index("period")
        for row in cells[1:]:
            row[place] = "2009"

    what = "partnerships.csv has no row of 2010, so count(partnerships) prints zero"
    assert ("empty-list", what) in said(changed(take(ROOT), name, move))


def test_one_language() -> None:
    """Words of a list that stand in one language only are named."""
    snapshot = take(ROOT)
    table = rows(snapshot.files[f"{CHAPTER}/partnerships.csv"])
    column = next(at for at, head in enumerate(table[0]) if head.endswith("_zh"))

    def clear(cells: Rows) -> None:
        cells[1][column] = ""

    found = said(changed(snapshot, "science-and-technology/partnerships.csv", clear))
    assert any(rule == "one-language" for rule, _ in found)
