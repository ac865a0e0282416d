"""The fonts of a project against their list."""

from pathlib import Path

from tests.edits import ROOT
from yearbook import fontlist


def test_this_project() -> None:
    """Every font that the list names is there and whole."""
    assert fontlist.wrong(ROOT / "templates/fonts") == (10, ())


def test_no_list(tmp_path: Path) -> None:
    """Without a list that can be read there are no fonts."""
    assert fontlist.wrong(tmp_path) == (0, ())
    (tmp_path / fontlist.LIST).write_bytes(b"\xff\xfe")
    assert fontlist.wrong(tmp_path) == (0, ())
    (tmp_path / fontlist.LIST).write_text("file\nx.ttf\n", encoding="utf-8")
    assert fontlist.wrong(tmp_path) == (0, ())


def test_other_bytes(tmp_path: Path) -> None:
    """A font that is not packed is compared as it is."""
    (tmp_path / "x.ttf").write_bytes(b"other")
    assert fontlist.state(tmp_path / "x.ttf", "0" * 64) == "damaged"
    assert fontlist.state(tmp_path / "y.ttf", "0" * 64) == "missing"
