"""One build at a time: held by the kernel, freed at any end, told to who waits."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from yearbook.lock import locked
from yearbook.model import Text
from yearbook.write import PublishError


@pytest.fixture
def heard() -> list[Text]:
    """What a build says."""
    return []


@pytest.fixture
def other(tmp_path: Path) -> Iterator[int]:
    """Another process that holds the lock until it is killed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        with locked(tmp_path / ".yearbook", lambda _: None):
            os.write(writer, b"x")
            signal.pause()
        os._exit(0)
    os.read(reader, 1)
    yield pid
    os.close(reader)
    os.close(writer)


def end(pid: int) -> None:
    """Kill the other process."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def test_lock(tmp_path: Path, heard: list[Text]) -> None:
    """While one build works, another cannot take the lock; afterwards it can."""
    with locked(tmp_path / ".yearbook", heard.append):
        handle = os.open(tmp_path / ".yearbook" / "lock", os.O_RDWR)
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
    assert heard == []


@pytest.mark.parametrize("wait", [None, 3600])
def test_who_waits_is_told_who_holds_it(
    tmp_path: Path, other: int, heard: list[Text], wait: float | None
) -> None:
    """A second build names the first, waits, and goes on when that has ended, even if killed."""

    def say(text: Text) -> None:
        heard.append(text)
        end(other)

    with locked(tmp_path / ".yearbook", say, wait):
        pass
    assert heard == [
        Text(
            f"waiting for another build (process {other}) to end",
            f"正在等待另一项生成任务（进程{other}）结束",
        )
    ]


def test_who_waits_long_is_told_once(
    tmp_path: Path, other: int, heard: list[Text], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a second build looks at the lock, it says so once."""
    looks = iter(range(3))

    def sleep(_: float) -> None:
        if next(looks) == 2:
            end(other)

    monkeypatch.setattr(time, "sleep", sleep)
    with locked(tmp_path / ".yearbook", heard.append):
        pass
    assert len(heard) == 1


def test_who_will_not_wait(tmp_path: Path, other: int, heard: list[Text]) -> None:
    """With a limit, the second build ends and names the first; that goes on undisturbed."""
    with (
        pytest.raises(PublishError) as raised,
        locked(tmp_path / ".yearbook", heard.append, 0),
    ):
        pass
    assert raised.value.what == Text(
        f"another build (process {other}) is at work in this project",
        f"另一项生成任务（进程{other}）正在处理本项目",
    )
    assert raised.value.hint == Text("wait until it has ended, then try again", "请等它结束后重试")
    assert heard == []
    assert (tmp_path / ".yearbook" / "lock").read_text("ascii") == str(other)
    end(other)


def test_stale_file(tmp_path: Path, heard: list[Text]) -> None:
    """A file that names a living process means nothing: only the kernel's lock counts. Whoever
    holds that stands there alone."""
    (tmp_path / ".yearbook").mkdir()
    lock = tmp_path / ".yearbook" / "lock"
    lock.write_text(f"{os.getppid()}, and some more", encoding="ascii")
    with locked(tmp_path / ".yearbook", heard.append, 0):
        assert lock.read_text("ascii") == str(os.getpid())
    assert heard == []


def test_file_that_somebody_spoilt(tmp_path: Path, other: int) -> None:
    """What cannot be read of the file is no reason not to wait for the kernel's lock."""
    (tmp_path / ".yearbook" / "lock").write_bytes("7年".encode("gb18030"))
    with (
        pytest.raises(PublishError, match=r"\(process 7\ufffd\ufffd\)"),
        locked(tmp_path / ".yearbook", lambda _: None, 0),
    ):
        pass
    end(other)


def test_who_shares_the_project(tmp_path: Path, heard: list[Text]) -> None:
    """Whom the folder lets in may hold its lock in turn: its mode is the user's own mask."""
    before = os.umask(0)
    try:
        with locked(tmp_path / ".yearbook", heard.append):
            pass
    finally:
        os.umask(before)
    assert (tmp_path / ".yearbook" / "lock").stat().st_mode & 0o777 == 0o666


def test_lock_that_cannot_be_made(tmp_path: Path, heard: list[Text]) -> None:
    """Where nothing may be written the reason is told."""
    (tmp_path / ".yearbook").write_text("in the way", encoding="utf-8")
    with pytest.raises(PublishError) as raised, locked(tmp_path / ".yearbook", heard.append):
        pass
    assert raised.value.what == Text(
        ".yearbook could not be written: it exists already", "无法写入 .yearbook：已存在"
    )
    assert raised.value.hint == Text(
        "allow writing in the project's folder", "请开放项目文件夹的写入权限"
    )
