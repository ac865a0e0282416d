"""The charts of a project: loaded by their literal, or told why not."""

from pathlib import Path

import pytest

from tests.edits import ROOT
from yearbook.gallery import ChartsError, load_charts


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
