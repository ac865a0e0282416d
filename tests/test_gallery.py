"""The charts of a project: loaded by their literal, or told why not."""

import os
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

from tests.edits import ROOT
from yearbook.gallery import ChartsError, load_charts, unmoved
from yearbook.model import Place, Text
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
    assert raised.value.place == Place("figures/__init__.py", 2)
    assert raised.value.what == Text(
        "figures/__init__.py:2: the charts cannot be loaded: ZeroDivisionError: division by zero",
        "figures/__init__.py:2：无法加载图表（Python 原文：ZeroDivisionError: division by zero）",
    )
    assert raised.value.hint == Text("correct the code there", "请修改该处的代码")


def test_no_python(tmp_path: Path) -> None:
    """Code that Python cannot read is told where it stands, not where it is asked for."""
    path = chart(tmp_path, 1)
    path.write_text(path.read_text() + "def x(:\n")
    with pytest.raises(ChartsError) as raised:
        load_charts(tmp_path)
    assert raised.value.place == Place("figures/a.py", 3, 7)
    assert raised.value.what == Text(
        "figures/a.py:3:7: Python cannot read the code here: invalid syntax",
        "figures/a.py:3:7：Python 无法理解此处的代码（原文：invalid syntax）",
    )
    assert "bracket" in raised.value.hint.en
    assert "括号" in raised.value.hint.zh


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that may not be read is named, not the one that asks for it."""
    path, read = chart(tmp_path, 1), SourceFileLoader.get_data

    def closed(self: SourceFileLoader, name: str) -> bytes:
        if name == str(path):
            raise PermissionError(13, "Permission denied", name)
        return read(self, name)

    monkeypatch.setattr(SourceFileLoader, "get_data", closed)
    with pytest.raises(ChartsError) as raised:
        load_charts(tmp_path)
    assert raised.value.place == Place("figures/a.py")
    assert raised.value.what.en == "figures/a.py: it cannot be read: permission denied"
    assert raised.value.what.zh == "figures/a.py：无法读取：没有权限"


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
    assert raised.value.what.en == "figures/a.py: it was changed just now"
