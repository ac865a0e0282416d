"""A row of a list that another name repeats."""

from tests.edits import SLUG, changed
from yearbook import checks
from yearbook.checks.repeated import check
from yearbook.model import Entry
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.specimen import entry, records


def told(*rows: Entry) -> list[str]:
    """The rows of a list that say nothing new."""
    return [one.where for one in check(records(lists={"visits": rows}))]


def test_repeated() -> None:
    """Another id or note makes no other row; another place, or no words at all, does."""
    first = entry("wei", place="130434", note="")
    assert told(first, entry("wei2", place="130434", note="again")) == ["visits/wei2"]
    assert told(first, entry("jia", place="610828", note="")) == []
    assert told(entry("a", source="x"), entry("b", source="x")) == []


def test_in_the_chapter(project: Snapshot) -> None:
    """No list of the chapter repeats itself; a row typed twice fails at its place."""
    assert not [one for one in checks.findings(read(project).book) if one.rule == "key"]
    again = changed(
        project, f"{SLUG}/visits.csv", lambda c: c.append(["w", "2010", "130434", "most-2010"])
    )
    (found,) = (one for one in checks.findings(read(again).book) if one.rule == "key")
    assert (found.where, found.place.line) == ("visits/w", 6)
