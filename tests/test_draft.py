"""Drafts: what is known of a chapter and its texts."""

import pytest

from yearbook.draft import Draft, drafts
from yearbook.finding import error
from yearbook.model import Place, Text
from yearbook.node import Cache, Made
from yearbook.read import read
from yearbook.read.snapshot import Snapshot

FOUND = error("trial", Place("a"), Text("a", "甲"), Text("b", "乙"))


def test_findings(project: Snapshot) -> None:
    """What is wrong with the texts is told whether they were laid out now or before."""
    book = read(project).book
    draft = Draft(book, book.chapters[0], {})
    assert not draft.findings
    draft.read = Made((), (FOUND,))
    assert draft.findings == (FOUND,)
    assert draft.laid_out().chapter is draft.chapter


def test_many(project: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a book of many chapters only what was found is kept, and it is the same."""
    reading = read(project)
    (few,), _ = drafts(reading, Cache(), 1)
    monkeypatch.setattr("yearbook.draft.DESKS", 0)
    (many,), stopped = drafts(reading, Cache(), 1)
    assert few.desk is not None
    assert many.desk is None
    assert stopped == ()
    assert (many.findings, many.quoted) == (few.findings, few.quoted)
    assert [chapter.slug for chapter in many.book.chapters] == [many.chapter.slug]
