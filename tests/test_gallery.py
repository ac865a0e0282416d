"""The charts of a project: loaded by their literal, or told why not."""

import os
from pathlib import Path

import pytest

from tests.edits import ROOT
from yearbook.gallery import ChartsError, load_charts, unmoved
from yearbook.read.snapshot import take


def test_charts() -> None:
    """The charts of this project are those of its literal; a folder without figures/ has none."""
    assert {path.stem for path in (ROOT / "figures").glob("[a-z]*.py")} == set(load_charts(ROOT))


def test_none(tmp_path: Path) -> None:
    """A project without figures/ has no charts."""
    assert load_charts(tmp_path) == {}


def test_broken(tmp_path: Path) -> None:
    """What an author wrote wrongly is told with its file and line."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "__init__.py").write_text("CHARTS = {}\nx = 1 / 0\n")
    with pytest.raises(ChartsError) as raised:
        load_charts(tmp_path)
    assert raised.value.what.en.startswith("figures/__init__.py:2: ")


def chart(root: Path, value: int) -> Path:
    """A project whose one chart says a number."""
    (root / "figures").mkdir(exist_ok=True)
    (root / "figures" / "__init__.py").write_text(
        "from figures import a\nfrom yearbook.chart import Chart\n"
        "CHARTS = {'a': Chart((1.0, 1.0), a.draw, a.alt)}\n"
    )
    path = root / "figures" / "a.py"
    path.write_text(f"def draw(figure, sketch): ...\ndef alt(sketch): return {value}\n")
    os.utime(path, (1, 1))
    return path


def test_contents_count(tmp_path: Path) -> None:
    """Code of the same size and the same time stamp is still other code; nothing is compiled."""
    for value in (1, 2):
        chart(tmp_path, value)
        assert load_charts(tmp_path)["a"].alt(None) == value  # type: ignore[arg-type, comparison-overlap]
    assert not (tmp_path / "figures" / "__pycache__").exists()


def test_changed_meanwhile(tmp_path: Path) -> None:
    """Charts that were loaded from other code than the build has read are refused."""
    chart(tmp_path, 1)
    load_charts(tmp_path)
    unmoved(tmp_path, take(tmp_path).files)
    chart(tmp_path, 2)
    with pytest.raises(ChartsError) as raised:
        unmoved(tmp_path, take(tmp_path).files)
    assert raised.value.what.en == "figures/a.py was changed just now"
