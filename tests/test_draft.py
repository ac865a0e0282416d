"""Drafts and orders: what is known of a chapter, and its editions."""

from dataclasses import replace

from tests.editions import kit
from tests.test_node import Memory
from yearbook.draft import Draft, Order
from yearbook.finding import error
from yearbook.model import Artifact, Edition, Place, Text
from yearbook.node import Cache, Made
from yearbook.press import Run
from yearbook.read import read
from yearbook.read.snapshot import Snapshot

FOUND = error("trial", Place("a"), Text("a", "甲"), Text("b", "乙"))


def order(project: Snapshot, **files: str) -> Order:
    """An edition of the project to be made of files with these digests."""
    book = read(project).book
    return Order(
        Draft(book, book.chapters[0], files),
        Edition.EN,
        replace(kit(project), cache=Cache(Memory())),
    )


def test_kept(project: Snapshot) -> None:
    """An edition is found again while its files are the same; with its findings."""
    one = order(project, a="1")
    run = Run((Artifact(f"{one.name}.html", b"h"), Artifact(f"{one.name}.pdf", b"p")), (FOUND,))
    assert one.found() is None
    assert one.kept(run) is run
    found = one.found()
    assert found
    assert (found.artifacts, found.findings) == (run.artifacts, run.findings)
    other = Order(replace(one.draft, files={"a": "2"}), Edition.EN, one.kit)
    assert other.found() is None
    assert Order(one.draft, Edition.ZH, one.kit).found() is None


def test_each_chapter_is_kept_for_itself(project: Snapshot) -> None:
    """Two chapters that hang on the same files are not taken for each other."""
    one = order(project, a="1")
    chapter = replace(one.draft.chapter, slug="another")
    other = Order(replace(one.draft, chapter=chapter), Edition.EN, one.kit)
    one.kept(Run((Artifact("h", b"h"), Artifact("p", b"p")), (FOUND,)))
    one.draft.learn(one.draft.laid_out(), one.kit.cache)
    assert other.found() is None
    assert not other.draft.known(one.kit.cache)
    assert one.found()
    assert one.draft.known(one.kit.cache)


def test_not_kept(project: Snapshot) -> None:
    """What had to be stopped, and what has no files, is made again next time."""
    one = order(project, a="1")
    assert one.kept(FOUND) == Run((), (FOUND,))
    one.kept(Run((), (FOUND,)))
    assert one.found() is None


def test_findings(project: Snapshot) -> None:
    """What is wrong with the texts is told whether they were laid out now or before."""
    draft = order(project).draft
    assert not draft.findings
    draft.read = Made((), (FOUND,))
    assert draft.findings == (FOUND,)
    assert draft.laid_out().chapter is draft.chapter
