"""What draws is loaded before workers are forked, and only if a chart will be drawn."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.small import small
from tests.test_graph import edited, made
from yearbook import lineage, rehearsal
from yearbook.chart import Chart
from yearbook.fonts import Face
from yearbook.kit import Kit
from yearbook.model import Edition
from yearbook.specimen import records
from yearbook.theme import Theme

CREATED = datetime(2011, 1, 1, tzinfo=UTC)
HEADS = ("data/people/people.csv", "2010,25,person,,25", "2010,26,person,,26")


@pytest.fixture
def rehearsed(monkeypatch: pytest.MonkeyPatch) -> list[Theme]:
    """For each rehearsal the theme it was held in."""
    calls: list[Theme] = []
    rehearse = rehearsal.rehearse

    def noted(theme: Theme, faces: Sequence[Face]) -> None:
        calls.append(theme)
        rehearse(theme, faces)

    monkeypatch.setattr(rehearsal, "rehearse", noted)
    return calls


def test_only_where_a_chart_is_drawn(tmp_path: Path, rehearsed: list[Theme]) -> None:
    """The first time; after a value that a chart shows, its code or a colour changed; not after a
    word of the text or a value that is in no chart."""
    root = small(tmp_path)
    made(root)
    assert len(rehearsed) == 1
    edited(root, *HEADS)
    assert len(rehearsed) == 2
    edited(root, "figures/sent.py", "0.6", "0.7")
    assert len(rehearsed) == 3
    edited(root, "templates/chapters/people/en.md", "The ministry sent", "The ministry once sent")
    assert len(rehearsed) == 3


def test_what_the_code_of_a_chart_imports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long to load and is wanted by a chart that is drawn is loaded, no other."""
    root = small(tmp_path)
    made(root)
    loaded: list[str] = []
    monkeypatch.setattr(rehearsal, "import_module", loaded.append)
    edited(root, "figures/sent.py", "SIZE =", "import pandas.io\nSIZE =")
    assert loaded == ["pandas"]
    edited(root, "figures/heads.py", "SIZE =", "import decimal\nSIZE =")
    assert loaded == ["pandas"]


def test_charts_are_traced_before_workers_are_forked() -> None:
    """What the code of each is made of is known then, and not looked for in each worker."""

    def draw(*_: object) -> None:
        """Nothing."""

    draw.__module__ = "figures.traced"
    files = {"figures/__init__.py": b"", "figures/traced.py": b"from figures import _more"}
    kit = Kit({}, Theme({}, {}, {}), (), {"traced": Chart((1, 1), draw, str)}, CREATED, files)
    lineage._reaches.cache_clear()
    rehearsal.ready([(records(), Edition.EN)], kit)
    sought = lineage._reaches.cache_info().misses
    assert sought == 2
    assert lineage.lineage(files, "figures.traced") == tuple(files)
    assert lineage._reaches.cache_info().misses == sought
