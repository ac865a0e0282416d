"""The files of a project: all that belong to it, none that do not, none that lead elsewhere."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.edits import ROOT, said
from yearbook import triage
from yearbook.finding import Severity, error, failing
from yearbook.model import Place, Text
from yearbook.read import snapshot, split
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
    what = Text("the file is a link that leaves the project", "该文件是指向项目之外的链接")
    hint = Text("copy the file itself here", "请把文件本身复制到这里")
    assert [(f.place.file, f.what, f.hint) for f in taken.findings] == [
        ("data/chapter", what, hint),
        ("data/x.csv", what, hint),
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
    gone, loop = take(root).findings
    assert (gone.place.file, loop.place.file) == ("data/gone.csv", "data/loop.csv")
    assert gone.what == Text(
        "the file cannot be read: there is no such file", "无法读取该文件：没有该文件"
    )
    assert loop.what == Text(
        "the file cannot be read: links lead in a circle", "无法读取该文件：链接循环"
    )
    assert gone.hint == Text("allow reading it, or remove it", "请开放读取权限，或将其移走")


def test_special_file(tmp_path: Path) -> None:
    """A pipe is refused and not waited for."""
    root = project(tmp_path)
    os.mkfifo(root / "data" / "pipe.csv")
    (found,) = take(root).findings
    assert (found.rule, found.place) == ("file", Place("data/pipe.csv"))
    assert found.what == Text("this is not a regular file", "这不是普通文件")
    assert found.hint == Text("remove it from the folder", "请将其移出文件夹")


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit is refused unread."""
    monkeypatch.setattr(snapshot, "LARGEST", 3)
    taken = take(project(tmp_path, **{"data/x.csv": "1234", "data/y.csv": "123"}))
    (found,) = taken.findings
    assert (found.rule, found.place) == ("file", Place("data/x.csv"))
    assert found.what == Text(
        "the file has 4 bytes, the limit is 3", "文件大小为4字节，超过上限3字节"
    )
    assert found.hint == Text("split it or remove what is not data", "请拆分文件，或删除非数据内容")
    assert "data/y.csv" in taken.files


def test_limits_are_documented() -> None:
    """The limits are those of docs/loader.md."""
    page = (ROOT / "docs" / "loader.md").read_text("utf-8")
    assert f"| a file | {snapshot.LARGEST / 1024**2:.10g} MB |" in page
    assert f"| files of a project | {snapshot.FILES:,} |" in page
    assert f"| rows and columns of a table | {split.ROWS:,} and {split.COLUMNS:,}, " in page
    assert f"| characters of a cell | {split.LONGEST:,}, " in page


def test_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more files than a project has the rest stays unread; the first one left out is named."""
    monkeypatch.setattr(snapshot, "FILES", 2)
    taken = take(project(tmp_path, **{f"data/{name}.csv": "x\n" for name in "abcd"}))
    assert list(taken.files) == ["data/a.csv", "data/b.csv"]
    (found,) = taken.findings
    assert (found.rule, found.place) == ("file", Place("data/book.toml"))
    assert found.what == Text("too many files", "文件过多")


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
    (found,) = taken.findings
    assert (found.rule, found.place) == ("file", Place("data/x.csv"))
    assert found.what == Text("the file was changing while it was read", "读取时该文件仍在变动")
    assert found.hint == Text("wait until it is saved, then build again", "请待保存完成后再次生成")
    assert "data/y.csv" in taken.files
    assert len(counted) == snapshot.ATTEMPTS


@pytest.mark.usefixtures("just_now")
def test_a_file_that_changed_at_first_is_named_too(tmp_path: Path) -> None:
    """While one file never comes to rest, another that changed just now is not trusted either."""
    root = project(tmp_path, **{"data/w.csv": "id\n", "data/x.csv": "id\n", "data/y.csv": "id\n"})
    counted: list[float] = []

    def pause(seconds: float) -> None:
        counted.append(seconds)
        (root / "data/x.csv").write_text(f"id\n{len(counted)}\n", encoding="utf-8")
        if len(counted) == 1:
            (root / "data/y.csv").write_text("id\nb\n", encoding="utf-8")

    taken = take(root, pause)
    assert [found.place.file for found in taken.findings] == ["data/x.csv", "data/y.csv"]
    assert "data/w.csv" in taken.files


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


COPIES = (
    *("x - 副本.csv", "x - Copy.csv", "Copy of x.csv", "x (1).csv", "x(2).csv", "~$x.csv"),
    *("x.csv.bak", "c/x (1).csv"),
)
TABLES = (
    *("X.CSV", "x.xlsx", "x.XLS", "x.et", "x.ods", "x.tsv", "x.numbers", "x.xlsm", "c/x.xlsx"),
)


@pytest.mark.parametrize("name", [*COPIES, *TABLES])
def test_copies_and_workbooks_are_named(tmp_path: Path, name: str) -> None:
    """Copies and tables in other formats are not read, and somebody is told."""
    there = {"data/book.toml": "", "data/x.csv": "x\n", "data/c/x.csv": "x\n", "data/X.csv": "x\n"}
    taken = take(project(tmp_path, **there, **{f"data/{name}": "x\n"}))
    assert set(taken.files) == set(there)
    (found,) = taken.findings
    assert (found.rule, found.place, failing([found])) == ("file", Place(f"data/{name}"), ())
    if name in COPIES:
        assert found.what == Text(
            "the file looks like a copy and is not read", "该文件似为副本，未读取"
        )
        assert found.hint == Text(
            "remove it, or give it a name of its own", "请移走该文件，或另取文件名"
        )
    else:
        assert found.what == Text("the file is a table that is not read", "该表格文件未读取")
        assert found.hint == Text(
            'save it as "CSV UTF-8" with the ending .csv', "请另存为“CSV UTF-8”，扩展名为 .csv"
        )


@pytest.mark.parametrize(
    "name", [each for each in COPIES if "~" not in each and ".bak" not in each]
)
def test_a_renamed_table_is_told_as_missing(tmp_path: Path, name: str) -> None:
    """Where only what looks like a copy is left of a table, a warning says so and is told first."""
    taken = take(project(tmp_path, **{f"data/{name}": "x\n"}))
    assert not [file for file in taken.files if file.endswith("x.csv")]
    (found,) = taken.findings
    last = name.rpartition("/")[2]
    assert (found.severity, found.place) == (Severity.WARNING, Place(f"data/{name}"))
    assert found.what == Text(
        f'x.csv is missing; "{last}" looks like a copy of it and is not read',
        f"缺少 x.csv；“{last}”似为其副本，未读取",
    )
    assert "rename it back to x.csv" in found.hint.en
    assert "请改回原名 x.csv" in found.hint.zh
    later = error("value", Place("data/a.csv", 2), Text("a", "甲"), Text("", ""))
    assert triage.ordered([later, found]) == (found, later)


def test_a_table_with_a_great_ending_is_told_as_missing(tmp_path: Path) -> None:
    """X.CSV is not read; that X.csv is missing is said, and why."""
    (found,) = take(project(tmp_path, **{"data/X.CSV": "x\n"})).findings
    assert found.severity is Severity.WARNING
    assert found.what.en == 'X.csv is missing; "X.CSV" is not read, for its ending is not .csv'
    assert "扩展名不是小写的 .csv" in found.what.zh


def test_a_lock_without_its_table(tmp_path: Path) -> None:
    """Where only the lock of a program is left of a table, that is said."""
    (found,) = take(project(tmp_path, **{"data/~$x.csv": "x\n"})).findings
    assert found.severity is Severity.WARNING
    assert found.what.en.startswith('x.csv is missing; "~$x.csv" is left by a program')
    assert found.what.zh.startswith("缺少 x.csv；")
    assert found.hint.zh == "请在该程序中重新保存 x.csv，或从历史版本中恢复"


def test_a_folder_in_place_of_a_table(tmp_path: Path) -> None:
    """A folder that is called like a table is named; what lies in it is read as before."""
    taken = take(project(tmp_path, **{"data/c/x.csv/y.csv": "x\n"}))
    (found,) = failing(taken.findings)
    assert (found.rule, found.place) == ("file", Place("data/c/x.csv"))
    assert found.what == Text("this is a folder, not a file", "这是文件夹，不是文件")


@pytest.mark.parametrize(
    "name", ["templates/x (1).html", "figures/copy of x.py", "templates/t.ods"]
)
def test_only_data_has_copies(tmp_path: Path, name: str) -> None:
    """Elsewhere such names are names like others."""
    taken = take(project(tmp_path, **{name: "x"}))
    assert name in taken.files
    assert not taken.findings


@pytest.mark.usefixtures("just_now")
@pytest.mark.parametrize(
    ("end", "waits"), [("\n", 1), ("\r", 1), ("\n\0", 1), ("", snapshot.ATTEMPTS)]
)
def test_a_line_that_does_not_end_is_given_time(tmp_path: Path, end: str, waits: int) -> None:
    """A table that ends amid a line was probably not saved whole, whatever its encoding."""
    root = project(tmp_path)
    (root / "data/x.csv").write_bytes(f"id\na{end}".encode())
    (root / "data/x.txt").write_bytes(b"id")
    counted: list[float] = []
    taken = take(root, counted.append)
    assert counted == [3600.0] * waits
    assert "data/x.txt" in taken.files
    assert ("data/x.csv" in taken.files) == bool(end)


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without rooms gives an empty snapshot."""
    assert take(tmp_path) == Snapshot({}, ())


def test_below() -> None:
    """Only the files directly in a folder, with that ending."""
    taken = Snapshot({"data/a.csv": b"", "data/b/c.csv": b"", "data/d.toml": b""}, ())
    assert taken.below("data", ".csv") == ("data/a.csv",)


def test_a_folder_is_no_copy(tmp_path: Path) -> None:
    """Only the name of the file itself makes it a copy."""
    root = project(tmp_path, **{"data/copy of x/y.csv": "id\n", "data/x/copy of y.csv": "id\n"})
    taken = take(root)
    assert list(taken.files) == ["data/book.toml", "data/copy of x/y.csv"]
    assert [found.place.file for found in taken.findings] == ["data/x/copy of y.csv"]


def test_what_is_left_out_is_not_opened(tmp_path: Path) -> None:
    """Copies and workbooks are told as what they are, even where they could not be read."""
    root = project(tmp_path)
    for name in ("copy of book.toml", "x.xlsx"):
        (root / "data" / name).symlink_to(tmp_path / "nowhere")
    found = take(root).findings
    assert [(one.severity, one.what.en) for one in found] == [
        (Severity.INFORMATION, "the file looks like a copy and is not read"),
        (Severity.INFORMATION, "the file is a table that is not read"),
    ]


def test_order_of_files_and_folders(tmp_path: Path) -> None:
    """Files come in the order of their whole names, on every system."""
    names = ["data/a.csv", "data/a/b.csv", "data/a/c/d.csv", "data/ab.csv"]
    taken = take(project(tmp_path, **dict.fromkeys(reversed(names), "x")))
    assert list(taken.files) == [*names, "data/book.toml"]


def test_link_to_nothing_outside(tmp_path: Path) -> None:
    """A link to a file that is gone is told as that, wherever it was."""
    root = project(tmp_path / "book")
    (root / "data/x.csv").symlink_to(tmp_path / "nowhere")
    assert said(take(root).findings) == [
        "data/x.csv - file: the file cannot be read: there is no such file"
    ]


@pytest.mark.parametrize(
    ("text", "hours", "waits"),
    [("id\na\n", 0.5, True), ("id\na\n", 1.5, False), ("id\na", 9.5, True), ("id\na", 10.5, False)],
)
def test_patience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, hours: float, waits: bool
) -> None:
    """A table that ends amid a line is given ten times as long as others to be finished."""
    root = project(tmp_path, **{"data/x.csv": text})
    now = time.time_ns() + int(hours * 3600e9)
    monkeypatch.setattr(snapshot, "SETTLED", 3600.0)
    monkeypatch.setattr(time, "time_ns", lambda: now)
    paused: list[float] = []
    take(root, paused.append)
    assert bool(paused) == waits
    assert set(paused) <= {3600.0}


def test_largest_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file as large as one may be is read to its last byte; a larger one is not read."""
    monkeypatch.setattr(snapshot, "LARGEST", 5)
    root = tmp_path / "book"
    (root / "data").mkdir(parents=True)
    (root / "data/x.csv").write_bytes(b"id\na\n")
    (root / "data/y.csv").write_bytes(b"id\nab\n")
    taken = take(root)
    assert taken.files == {"data/x.csv": b"id\na\n"}
    (found,) = taken.findings
    assert found.what.en == "the file has 6 bytes, the limit is 5"


def test_a_change_between_two_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changed since the first look is read again, though by its clock it is old."""
    root = project(tmp_path, **{"data/x.csv": "id\na\n"})
    look = snapshot._look

    def looked(root: Path, known: Mapping[str, snapshot._Seen]) -> dict[str, snapshot._Seen]:
        found = look(root, known)
        if not known:
            (root / "data/x.csv").write_bytes(b"id\nab\n")
        return found

    monkeypatch.setattr(snapshot, "SETTLED", -3600.0)
    monkeypatch.setattr(snapshot, "_look", looked)
    assert take(root).files["data/x.csv"] == b"id\nab\n"
