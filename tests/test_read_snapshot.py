"""The files of a project: all that belong to it, none that do not, none that lead elsewhere."""

import os
from pathlib import Path

import pytest

from tests.edits import said
from yearbook.finding import failing
from yearbook.read import snapshot
from yearbook.read.snapshot import Snapshot, take


def project(folder: Path, **files: str) -> Path:
    """A folder with some files."""
    for name, text in {"data/book.toml": "", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def just_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test writes counts as changed just now, however slow the machine."""
    monkeypatch.setattr(snapshot, "SETTLED", 3600.0)


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
    """A file that the system does not let us read is a finding, its reason in both languages."""
    root = project(tmp_path, **{"data/x.csv": "x\n"})
    opened = os.open

    def refuse(path: Path, flags: int) -> int:
        if path.name == "x.csv":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    (found,) = take(root).findings
    assert said([found]) == ["data/x.csv - file: the file cannot be read: permission denied"]
    assert found.what.zh == "无法读取该文件：没有权限"


def test_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the system does not let us open is a finding: its tables would be missing."""
    root = project(tmp_path, **{"data/a/x.csv": "x\n", "data/y.csv": "y\n"})
    look = os.scandir

    def refuse(path: str | int = ".") -> object:
        if Path(str(path)).name == "a":
            raise PermissionError(13, "Permission denied", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    taken = take(root)
    assert said(taken.findings) == ["data/a - file: the folder cannot be read: permission denied"]
    assert taken.findings[0].what.zh == "无法读取该文件夹：没有权限"
    assert list(taken.files) == ["data/book.toml", "data/y.csv"]


@pytest.mark.usefixtures("just_now")
def test_a_file_being_saved_is_read_again(tmp_path: Path) -> None:
    """A file that was half there at first is taken as it is when it has come to rest."""
    root = project(tmp_path, **{"data/x.csv": "id\na\n"})
    states = ["id\na\nb\n", "id\na\nb\nc\n"]

    def pause(seconds: float) -> None:
        if states:
            (root / "data/x.csv").write_text(states.pop(0), encoding="utf-8")

    assert take(root, pause).files["data/x.csv"] == b"id\na\nb\nc\n"


@pytest.mark.usefixtures("just_now")
def test_a_file_that_keeps_changing_is_named(tmp_path: Path) -> None:
    """What never comes to rest is refused by name; the other files are there."""
    root = project(tmp_path, **{"data/x.csv": "id\n", "data/y.csv": "id\n"})
    counted: list[float] = []

    def pause(seconds: float) -> None:
        counted.append(seconds)
        (root / "data/x.csv").write_text(f"id\n{len(counted)}\n", encoding="utf-8")

    taken = take(root, pause)
    assert said(taken.findings) == ["data/x.csv - file: the file was changing while it was read"]
    assert "data/y.csv" in taken.files
    assert len(counted) == snapshot.ATTEMPTS


@pytest.mark.usefixtures("just_now")
def test_a_change_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    """Other bytes of the same length under the same time of change are noticed."""
    root = project(tmp_path, **{"data/x.csv": "id\na\n"})
    before = (root / "data/x.csv").stat()
    changes = [b"id\nb\n"]

    def pause(seconds: float) -> None:
        if changes:
            (root / "data/x.csv").write_bytes(changes.pop())
            os.utime(root / "data/x.csv", ns=(before.st_atime_ns, before.st_mtime_ns))

    assert take(root, pause).files["data/x.csv"] == b"id\nb\n"


@pytest.mark.usefixtures("just_now")
def test_a_file_may_come_and_go(tmp_path: Path) -> None:
    """A file that is replaced by another while we look is taken as it is in the end."""
    root = project(tmp_path, **{"data/x.csv": "id\na\n"})
    steps = ["gone", "back"]

    def pause(seconds: float) -> None:
        step = steps.pop(0) if steps else ""
        if step == "gone":
            (root / "data/x.csv").unlink()
        elif step == "back":
            project(root, **{"data/x.csv": "id\n"})

    assert take(root, pause).files["data/x.csv"] == b"id\n"


@pytest.mark.usefixtures("just_now")
def test_a_clock_that_is_behind(tmp_path: Path) -> None:
    """Files from the future are read twice and then believed."""
    root = project(tmp_path, **{"data/x.csv": "id\na\n"})
    os.utime(root / "data/x.csv", (4e9, 4e9))
    counted: list[float] = []
    assert "data/x.csv" in take(root, counted.append).files
    assert len(counted) == 1


def test_settled_files_are_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has just changed nothing is waited for, and each file is read once."""
    root = project(tmp_path, **{"data/x.csv": "id\na\n"})
    monkeypatch.setattr(snapshot, "SETTLED", -1.0)
    assert "data/x.csv" in take(root, lambda seconds: pytest.fail("waited")).files


def test_copies_and_workbooks_are_named(tmp_path: Path) -> None:
    """Copies and tables in other formats are not read, and somebody is told."""
    copies = ["x - 副本.csv", "x.csv.bak", "~$x.csv", "Copy of x.csv", "x (1).csv"]
    others = ["x.xlsx", "X.CSV", "x.tsv"]
    names = [f"data/{name}" for name in (*copies, *others)]
    taken = take(project(tmp_path, **dict.fromkeys(names, "x")))
    assert list(taken.files) == ["data/book.toml"]
    told = {found.place.file: found for found in taken.findings}
    assert sorted(told) == sorted(names)
    assert not failing(taken.findings)
    for name in names:
        wanted = "a copy" if name[5:] in copies else "a table"
        assert wanted in told[name].what.en


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without rooms gives an empty snapshot."""
    assert take(tmp_path) == Snapshot({}, ())


def test_below() -> None:
    """Only the files directly in a folder, with that ending."""
    taken = Snapshot({"data/a.csv": b"", "data/b/c.csv": b"", "data/d.toml": b""}, ())
    assert taken.below("data", ".csv") == ("data/a.csv",)
