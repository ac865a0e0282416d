"""Changes of files are noticed, by name, as long as somebody listens."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import watchfiles

from yearbook.engine import watch
from yearbook.engine.watch import Change, DeafError, Watcher, far

PATIENCE = 100
"""Seconds after which nothing more is waited for, on the busiest machine."""


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    """Somebody who listens to a project and a toolkit."""
    for name in ("book/data", "book/output", "code"):
        (tmp_path / name).mkdir(parents=True)
    before = signal.signal(signal.SIGALRM, _overdue)
    signal.alarm(PATIENCE)
    made = Watcher(tmp_path / "book", [tmp_path / "code"])
    yield made
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
    made.end()


def _overdue(*_: object) -> None:
    pytest.fail("nothing was told")


def test_changes(watcher: Watcher, tmp_path: Path) -> None:
    """A file that is written, one that goes, and none that editors leave behind."""
    (tmp_path / "book/output/index.html").write_text("", "utf-8")
    (tmp_path / "book/data/~$a.csv").write_text("", "utf-8")
    (tmp_path / "book/data/a.csv").write_text("id\n", "utf-8")
    assert watcher.wait() == Change(frozenset({"data/a.csv"}))

    (tmp_path / "book/data/a.csv").unlink()
    assert watcher.wait() == Change(frozenset({"data/a.csv"}))


def test_toolkit(watcher: Watcher, tmp_path: Path) -> None:
    """A changed toolkit is told of as such."""
    (tmp_path / "code/a.py").write_text("", "utf-8")
    assert watcher.wait() == Change(toolkit=True)


def test_new_and_replaced_rooms(watcher: Watcher, tmp_path: Path) -> None:
    """A room that comes later, or takes the place of one that was listened to, is listened to."""
    (tmp_path / "book/figures").mkdir()
    assert "figures" in watcher.wait().files
    (tmp_path / "book/data").rename(tmp_path / "book/old")
    (tmp_path / "book/data").mkdir()
    assert "data" in watcher.wait().files
    # The folder is told of before it is listened to; until then what is written in it is told as
    # the folder, after that by its own name.
    for number in range(100):
        (tmp_path / f"book/data/{number}.csv").write_text("id\n", "utf-8")
        told = watcher.wait().files
        if any(name.startswith("data/") for name in told):
            break
        assert "data" in told
    else:
        pytest.fail("never listened to")


def test_whole_project_replaced(watcher: Watcher, tmp_path: Path) -> None:
    """A project that went and came back as another is told of when it is there again."""
    (tmp_path / "book").rename(tmp_path / "old")
    assert "data" in watcher.wait().files
    (tmp_path / "new/data").mkdir(parents=True)
    (tmp_path / "new").rename(tmp_path / "book")
    assert "data" in watcher.wait().files


def test_room_gone_at_the_last_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that goes before anybody listens to it is looked for again, and told of."""
    calls: list[int] = []

    def told(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
        calls.append(1)
        if len(calls) == 2:
            raise FileNotFoundError("data")
        yield set()
        (tmp_path / "figures").mkdir(exist_ok=True)
        yield set()

    (tmp_path / "data").mkdir()
    monkeypatch.setattr(watchfiles, "watch", told)
    monkeypatch.setattr(watch, "_LOOK", 0)
    changes = watch._changes(tmp_path, ())
    assert next(changes) == Change()
    assert next(changes) == Change(frozenset({"data", "figures"}))
    assert len(calls) == 3


def test_nobody_can_listen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system lets nobody listen, its reason is told, and no process is left."""

    def full(*_: object, **__: object) -> object:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watchfiles, "watch", full)
    with pytest.raises(DeafError, match="limit reached") as told:
        Watcher(tmp_path, ())
    assert "系统报告“OS file watch limit reached”" in told.value.what.zh
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_nobody_listens_any_more(watcher: Watcher) -> None:
    """A watcher that was killed is told of, too."""
    os.kill(watcher._pid, signal.SIGKILL)
    with pytest.raises(DeafError) as told:
        watcher.wait()
    assert told.value.what.zh == "无法监视文件变动"


def test_far_away() -> None:
    """Folders of other machines are looked at again and again; the nearest mount counts."""
    mounts = (
        "host:/ / nfs4 rw 0 0\n/dev/sda /books ext4 rw 0 0\n//x/y /books/my\\040book cifs rw 0 0\n"
    )
    assert [far(mounts, at) for at in ("/srv", "/books/a", "/books/my book/2011")] == [
        True,
        False,
        True,
    ]
