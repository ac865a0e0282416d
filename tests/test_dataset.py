"""The published data are the records, byte by byte, and safe to open."""

from tests.edits import CHAPTER, SLUG, edited
from yearbook.dataset import artifacts, safe
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records


def published(snapshot: Snapshot) -> dict[str, bytes]:
    """The files of the folder of data."""
    book = read(snapshot).book
    made = artifacts(Records(book, book.chapters[0]), snapshot.files)
    return {artifact.name: artifact.content for artifact in made}


def test_records_are_published_as_they_are(project: Snapshot) -> None:
    """Each table of records has the same bytes as in data/."""
    made = published(project)

    for name in ("dispatch", "overview", "posts", "codes"):
        assert made[f"{SLUG}/data/{name}.csv"] == project.files[f"{CHAPTER}/{name}.csv"]
    assert made[f"{SLUG}/data/units.csv"] == project.files["data/units.csv"]


def test_rules_and_confirmations_stay_at_home(project: Snapshot) -> None:
    """What only the editors need is not published as data."""
    names = {name.rpartition("/")[2] for name in published(project)}

    assert not names & {"rules.csv", "exceptions.csv", "tables.csv", "wording.csv", "coverage.csv"}


def test_formulas_are_made_inert(project: Snapshot) -> None:
    """A remark that a spreadsheet would run is published as text, in the same cell."""
    risky = edited(project, f"{SLUG}/dispatch.csv", "dispatched", "note", "=HYPERLINK(A1)")
    made = published(risky)[f"{SLUG}/data/dispatch.csv"].decode("utf-8-sig").splitlines()
    typed = risky.files[f"{CHAPTER}/dispatch.csv"].decode("utf-8-sig").splitlines()

    assert made[4].endswith(",'=HYPERLINK(A1)")
    assert [line.replace("'=", "=") for line in made] == typed


def test_negative_numbers_are_no_formulas() -> None:
    """A value below zero is published as it stands, and blank rows keep their place."""
    assert safe(b"a\r\n-5\r\n-1,000.5\r\n") == b"a\r\n-5\r\n-1,000.5\r\n"
    assert safe(b"a\n\n@b\n").decode("utf-8-sig") == "a\r\n\r\n'@b\r\n"
