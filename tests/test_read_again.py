"""A table that has other values: what is read again is what would be read from nothing."""

import random
import re
from collections import Counter
from dataclasses import replace

import pytest

from tests.edits import CHAPTER, SLUG, with_files
from yearbook.read import Reading, read
from yearbook.read.again import again, differ
from yearbook.read.plain import LARGE
from yearbook.read.snapshot import Snapshot
from yearbook.specimen import fact

DISPATCH = f"{CHAPTER}/dispatch.csv"
ROUNDS = 60
COUNTS = ("3", "14", "159", "2653", "58979")
TYPED = ("7", "444", "4 37", "", "x", "1986", "2010", "１０１", "person", "most-2010", "72.50", "é")


@pytest.fixture(scope="module")
def known(project: Snapshot) -> Reading:
    """The book."""
    return read(Snapshot(project.files, ()))


def edited(files: dict[str, bytes], at: random.Random) -> dict[str, bytes]:
    """The files with something else typed into a cell of a table, or a line lost or doubled."""
    name = at.choice([each for each in files if each.startswith(f"{CHAPTER}/")])
    lines = files[name].decode().split("\n")
    line = at.randrange(len(lines))
    cells, head = lines[line].split(","), lines[0].split(",")
    match at.randrange(6):
        case 0:
            del lines[line]
        case 1:
            lines.insert(line, lines[line])
        case 2:
            cells[at.randrange(len(cells))] = at.choice(TYPED)
            lines[line] = ",".join(cells)
        case _ if "value" in head and len(cells) == len(head):
            cells[head.index("value")] = at.choice(COUNTS)
            lines[line] = ",".join(cells)
    return {**files, name: "\n".join(lines).encode()}


def test_edits(known: Reading) -> None:
    """Whatever is typed: either all has to be read, or what is read again is what all would be."""
    at, came = random.Random(6), Counter[bool]()  # noqa: S311 - the same edits each time
    for _ in range(ROUNDS):
        files = edited(dict(known.files), at)
        found = again(known, files)
        came[found is not None] += 1
        assert found is None or found == read(Snapshot(files, ()))
    assert min(came[True], came[False]) > ROUNDS // 12


def test_value(known: Reading) -> None:
    """A figure with another value and another quotation is read, all others are themselves."""
    files = dict(known.files)
    files[DISPATCH] = files[DISPATCH].replace(b",437,", b",439,").replace(b"of 437", b"of 439")
    found = again(known, files)
    assert found is not None
    assert found == read(Snapshot(files, ()))
    (before,), (after,) = known.book.chapters, found.book.chapters
    others = [one is two for one, two in zip(before.facts, after.facts, strict=True)]
    assert others.count(False) == 1


def test_written_otherwise(known: Reading) -> None:
    """An equal value with other decimals is another figure to print."""
    files = dict(known.files)
    files[DISPATCH] = files[DISPATCH].replace(b",437,", b",437.0,")
    found = again(known, files)
    assert found == read(Snapshot(files, ()))
    assert differ(fact("a", 437), fact("a", "437.0"))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (DISPATCH, "dispatched_departmental,", "dispatched_other,"),
        (DISPATCH, "first_group,1986-2010", "first_group,1986-2011"),
        (DISPATCH, ",437,person", ",437,group"),
        (DISPATCH, ",437,", ",4x7,"),
        (f"{CHAPTER}/codes.csv", "Total", "Sum"),
        (f"{CHAPTER}/heads.csv", "2010", "2009"),
        ("data/units.csv", "person", "persons"),
        ("data/book.toml", "2010", "2009"),
        (f"templates/chapters/{SLUG}/en.md", "the", "The"),
    ],
)
def test_more_than_values(known: Reading, file: str, old: str, new: str) -> None:
    """Where more than values changed, all has to be read."""
    text = known.files[file].decode("utf-8-sig")
    assert re.search(re.escape(old), text), old
    files = {**known.files, file: text.replace(old, new, 1).encode()}
    assert again(known, files) is None


def test_other_files(project: Snapshot, known: Reading) -> None:
    """With a file more or less, with two that changed, or with none, all has to be read."""
    files = dict(known.files)
    assert again(known, files) is None
    assert again(known, with_files(project, **{"data/x.csv": b"a\n"}).files) is None
    del files[DISPATCH]
    assert again(known, files) is None
    two = {DISPATCH: b",437,", f"{CHAPTER}/training.csv": b",160000,"}
    files = dict(known.files)
    for name, value in two.items():
        assert value in files[name], name
        files[name] = files[name].replace(value, b",7,")
    assert again(known, files) is None


def test_table_with_a_finding(known: Reading) -> None:
    """What was told of a table may no longer be so: it has to be read. What was told of another is
    told still."""
    files = {**known.files, DISPATCH: known.files[DISPATCH].replace(b",437,", ",４３７,".encode())}
    noted = read(Snapshot(files, ()))
    assert {finding.place.file for finding in noted.findings} == {DISPATCH}
    assert again(noted, dict(known.files)) is None
    training = f"{CHAPTER}/training.csv"
    files = {**files, training: files[training].replace(b",160000,", b",170000,")}
    found = again(noted, files)
    assert found == read(Snapshot(files, ()))
    assert found is not None
    assert found.findings


def test_other_chapters(known: Reading) -> None:
    """The other chapters of the book are themselves; a table of no chapter has to be read."""
    (chapter,) = known.book.chapters
    more = {"data/stray/x.csv": b"id\na\n"}
    book = replace(known.book, chapters=(chapter, replace(chapter, slug="other")))
    two = replace(known, book=book, files={**known.files, **more})
    files = {**two.files, DISPATCH: known.files[DISPATCH].replace(b",437,", b",439,")}
    found = again(two, files)
    assert found is not None
    assert found.book.chapters[0] != chapter
    assert found.book.chapters[1] is book.chapters[1]
    assert again(two, {**two.files, "data/stray/x.csv": b"id\nb\n"}) is None


def test_large_table(known: Reading) -> None:
    """A table that has become large is read in columns, with all others."""
    files = dict(known.files)
    note = b"x" * (LARGE // files[DISPATCH].count(b"most-2010,"))
    files[DISPATCH] = files[DISPATCH].replace(b"most-2010,", b"most-2010," + note)
    spare = len(files[DISPATCH]) - LARGE
    assert spare > 0
    shorter = files[DISPATCH].replace(b"x" * spare, b"", 1)
    assert len(shorter) == LARGE
    assert again(known, {**files, DISPATCH: shorter}) is None
    shorter = shorter.replace(b"x", b"", 1)
    assert again(known, {**files, DISPATCH: shorter}) == read(
        Snapshot({**files, DISPATCH: shorter}, ())
    )
