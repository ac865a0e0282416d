"""The files of a project: all that belong to it, none that do not, none that lead elsewhere."""

import os
from pathlib import Path

import pytest

from tests.edits import said
from yearbook.read import snapshot
from yearbook.read.snapshot import Snapshot, take


def project(folder: Path, **files: str) -> Path:
    """A folder with some files."""
    for name, text in {"data/book.toml": "", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_rooms(tmp_path: Path) -> None:
    """The three rooms are read, in one order; what lies elsewhere is not."""
    names = ["data/b/x.csv", "data/a.csv", "templates/t.html", "figures/f.py", "notes/x.csv"]
    taken = take(project(tmp_path, **dict.fromkeys(names, "x")))
    assert list(taken.files) == [
        *("data/a.csv", "data/b/x.csv", "data/book.toml"),
        *("templates/t.html", "figures/f.py"),
    ]
    assert not taken.findings


def test_litter_is_ignored(tmp_path: Path) -> None:
    """What Excel, editors and Python leave behind is no input."""
    litter = ["data/~$x.csv", "data/.x.csv.swp", "data/x.csv~", "data/x.csv.bak", "data/.a/x.csv"]
    litter += ["figures/__pycache__/x.pyc", "data/x.tmp", "templates/a/.b/c/d/e.html"]
    assert list(take(project(tmp_path, **dict.fromkeys(litter, "x"))).files) == ["data/book.toml"]


def test_hidden_project(tmp_path: Path) -> None:
    """A project may itself lie in a hidden folder."""
    assert take(project(tmp_path / ".worktree")).files == {"data/book.toml": b""}


def test_link_out(tmp_path: Path) -> None:
    """A link to a file or a folder outside is refused by name and not followed."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x.csv").write_text("secret", encoding="utf-8")
    root = project(tmp_path / "project")
    (root / "data" / "x.csv").symlink_to(tmp_path / "secret" / "x.csv")
    (root / "data" / "chapter").symlink_to(tmp_path / "secret")
    taken = take(root)
    assert list(taken.files) == ["data/book.toml"]
    assert said(taken.findings) == [
        "data/chapter - file: the file is a link that leaves the project",
        "data/x.csv - file: the file is a link that leaves the project",
    ]


def test_link_inside(tmp_path: Path) -> None:
    """A link within the project is read as the file it leads to."""
    root = project(tmp_path, **{"data/x.csv": "x"})
    (root / "data" / "y.csv").symlink_to("x.csv")
    assert take(root).files["data/y.csv"] == b"x"


def test_broken_links(tmp_path: Path) -> None:
    """A link to nothing and a link to itself are findings, not faults."""
    root = project(tmp_path)
    (root / "data" / "gone.csv").symlink_to("nothing.csv")
    (root / "data" / "loop.csv").symlink_to("loop.csv")
    assert [f.place.file for f in take(root).findings] == ["data/gone.csv", "data/loop.csv"]


def test_special_file(tmp_path: Path) -> None:
    """A pipe is refused and not waited for."""
    root = project(tmp_path)
    os.mkfifo(root / "data" / "pipe.csv")
    assert said(take(root).findings) == ["data/pipe.csv - file: this is not a regular file"]


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused unread."""
    monkeypatch.setattr(snapshot, "LARGEST", 3)
    taken = take(project(tmp_path, **{"data/x.csv": "1234", "data/y.csv": "123"}))
    assert said(taken.findings) == ["data/x.csv - file: the file has 4 bytes, the limit is 3"]
    assert "data/y.csv" in taken.files


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system does not let us read is a finding with the system's reason."""
    root = project(tmp_path, **{"data/x.csv": "x"})

    def refuse(path: Path) -> bytes:
        if path.name == "x.csv":
            raise PermissionError(13, "Permission denied")
        return b""

    monkeypatch.setattr(Path, "read_bytes", refuse)
    taken = take(root)
    assert said(taken.findings) == ["data/x.csv - file: the file cannot be read: Permission denied"]


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without rooms gives an empty snapshot."""
    assert take(tmp_path) == Snapshot({}, ())


def test_below() -> None:
    """Only the files directly in a folder, with that ending."""
    taken = Snapshot({"data/a.csv": b"", "data/b/c.csv": b"", "data/d.toml": b""}, ())
    assert taken.below("data", ".csv") == ("data/a.csv",)
