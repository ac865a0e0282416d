"""What draws is loaded before workers are forked, and only if a chart will be drawn."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.small import small
from tests.test_graph import edited, made
from yearbook import draw, lineage, rehearsal
from yearbook.chart import Chart
from yearbook.kit import Kit
from yearbook.model import Edition
from yearbook.specimen import records
from yearbook.theme import Theme

KIT = Kit({}, Theme({}, {}, {}), (), {}, datetime(2011, 1, 1, tzinfo=UTC))
HEADS = ("data/people/people.csv", "2010,25,person,,25", "2010,26,person,,26")


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """For each time that what draws was loaded, the charts it was loaded for."""
    calls: list[set[str]] = []

    def noted(_: Kit, charts: Iterable[Chart]) -> None:
        calls.append({str(chart.draw.__module__) for chart in charts})

    monkeypatch.setattr(rehearsal, "load", noted)
    return calls


def test_only_where_a_chart_is_drawn(tmp_path: Path, loaded: list[set[str]]) -> None:
    """The first time; after a value that a chart shows, its code or a colour changed; not after a
    word of the text, nor when all is as it was once before."""
    root = small(tmp_path)
    made(root)
    assert loaded.pop() == {"figures.heads", "figures.sent"}
    edited(root, *HEADS)
    assert loaded.pop() == {"figures.heads"}
    edited(root, "figures/sent.py", "0.6", "0.7")
    assert loaded.pop() == {"figures.sent"}
    edited(root, "templates/theme.toml", "#12385b", "#12385c")
    assert loaded.pop() == {"figures.heads", "figures.sent"}
    edited(root, "templates/chapters/people/en.md", "The ministry sent", "The ministry once sent")
    made(root)
    assert loaded == []


def test_a_few_editions_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many chapters changed."""
    looked: list[object] = []

    def redrawn(*which: object) -> tuple[()]:
        looked.append(which)
        return ()

    monkeypatch.setattr(rehearsal, "redrawn", redrawn)
    rehearsal.ready([(records(), Edition.EN)] * 100, KIT)
    assert len(looked) == 8


def test_what_the_code_of_a_chart_imports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What takes long to load and is wanted by a chart that is drawn is loaded, once, no other;
    where it is not there, that is told by who draws."""
    wanted: list[str] = []

    def absent(name: str) -> None:
        wanted.append(name)
        raise ImportError(name)

    monkeypatch.setattr(rehearsal, "rehearse", lambda *_: None)
    monkeypatch.setattr(rehearsal, "import_module", absent)
    monkeypatch.setattr(rehearsal, "_loaded", set())
    root = small(tmp_path)
    edited(root, "figures/heads.py", "SIZE =", "import decimal\nSIZE =")
    assert wanted == []
    for number in range(2):
        edited(root, "figures/sent.py", "SIZE =", f"import pandas.io\nPART = {number}\nSIZE =")
        assert wanted == ["pandas"]


def test_one_rehearsal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that stays draws its trial once: each leaves fonts open."""
    drawn: list[str] = []
    monkeypatch.setattr(rehearsal, "_loaded", set())
    monkeypatch.setattr(draw, "draw", lambda _, spec, *__: drawn.append(spec.id))
    for _ in range(3):
        rehearsal.rehearse(KIT.theme, ())
    assert drawn == ["trial"]


def test_charts_are_traced_before_workers_are_forked() -> None:
    """What the code of each is made of is known then, and not looked for in each worker."""

    def paint(*_: object) -> None:
        """Nothing."""

    paint.__module__ = "figures.traced"
    files = {"figures/__init__.py": b"", "figures/traced.py": b"from figures import _more"}
    kit = replace(KIT, charts={"traced": Chart((1, 1), paint, str)}, files=files)
    lineage._reaches.cache_clear()
    rehearsal.ready([(records(), Edition.EN)], kit)
    sought = lineage._reaches.cache_info().misses
    assert sought == 2
    assert lineage.lineage(files, "figures.traced") == tuple(files)
    assert lineage._reaches.cache_info().misses == sought
