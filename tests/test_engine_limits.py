"""The limits of the hand are those of one edition, however many a book has."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from yearbook.book import Limits
from yearbook.chart import Chart
from yearbook.engine import preview as preview_of_pages
from yearbook.engine.preview import Preview
from yearbook.engine.workshop import Workbench, Workshop
from yearbook.model import Edition
from yearbook.node import Cache
from yearbook.read.snapshot import Snapshot
from yearbook.spool import Spool
from yearbook.worker import Task


def test_pages(project: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is set anew for each chapter that is laid out and for each page of it."""
    watched: list[float | None] = []

    class Easel:
        """A chapter of which no page can be filled."""

        def page(self, _: Edition) -> None:
            """None of any edition."""

    class Quick:
        """A book of two such chapters."""

        def easels(self, *_: object) -> Iterator[Easel]:
            """Both."""
            yield Easel()
            yield Easel()

    preview = Preview(lambda _: None, watched.append)
    monkeypatch.setattr(preview, "_quick", Quick())
    loaded: list[object] = []
    monkeypatch.setattr(preview_of_pages, "load", lambda _, charts: loaded.extend(charts))
    charts = {"sent": Chart((1, 1), print, str)}
    preview.show(project.files, (), ((), charts, Cache()), 1)
    assert loaded == [*charts.values()]  # before the first of them is to be drawn

    turns = 2 * (1 + len(Edition)) + 1  # the last finds that there is no third
    assert watched == [Limits().wall_seconds] * turns + [None]


def test_texts(tmp_path: Path) -> None:
    """The clock is set anew for the texts of each chapter."""
    watched: list[float | None] = []
    shop = Workshop(Workbench(tmp_path, 1, Spool(None)), lambda _: None, watched.append)
    tasks = [Task(name, name.upper) for name in ("a", "b")]
    assert list(shop._laid_out(tasks, Limits(), 1)) == ["A", "B"]
    assert watched == [Limits().wall_seconds] * 2 + [None]
