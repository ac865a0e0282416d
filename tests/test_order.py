"""Orders: an edition is found as it was made, or made."""

import gc
from dataclasses import replace

import pytest

from tests.editions import kit
from tests.test_node import Memory
from yearbook.draft import Draft
from yearbook.finding import error
from yearbook.model import Artifact, Edition, Place, Text
from yearbook.node import Cache
from yearbook.order import Order
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


def test_chapters_of_the_same_files(project: Snapshot) -> None:
    """Two chapters that hang on the same files, since a template looks at all, are two."""
    one = order(project, a="1")
    other = replace(one.draft, chapter=replace(one.draft.chapter, slug="other"))
    one.kept(Run((Artifact("html", b"h"), Artifact("pdf", b"p")), ()))
    one.draft.learn(one.draft.laid_out(), one.kit.cache)
    assert one.found() is not None
    assert one.draft.known(one.kit.cache)
    assert Order(other, one.edition, one.kit).found() is None
    assert not other.known(one.kit.cache)


def test_not_kept(project: Snapshot) -> None:
    """What had to be stopped, and what has no files, is made again next time."""
    one = order(project, a="1")
    assert one.kept(FOUND) == Run((), (FOUND,))
    one.kept(Run((), (FOUND,)))
    assert one.found() is None


def test_garbage_is_looked_for_only_where_much_was_left(
    project: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never all the time, never among what was there before; afterwards as it was."""
    seen: list[tuple[bool, bool]] = []

    def printed(*_: object) -> Run:
        seen.append((gc.isenabled(), gc.get_freeze_count() > 0))
        raise KeyError

    monkeypatch.setattr("yearbook.order.run", printed)
    with pytest.raises(KeyError):
        order(project).run()
    assert seen == [(False, True)]
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
