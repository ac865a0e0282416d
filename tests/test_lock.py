"""One build at a time: held by the kernel, freed at any end, told to who waits."""

import fcntl
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.edits import bilingual
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


def test_who_waits_is_told_who_holds_it(tmp_path: Path, other: int, heard: list[Text]) -> None:
    """A second build names the first, waits, and goes on when that has ended, even if killed."""

    def say(text: Text) -> None:
        heard.append(text)
        end(other)

    with locked(tmp_path / ".yearbook", say):
        pass
    assert [text.en for text in heard] == [f"waiting for another build (process {other}) to end"]
    assert bilingual(heard[0])


def test_who_will_not_wait(tmp_path: Path, other: int, heard: list[Text]) -> None:
    """With a limit, the second build ends and names the first; that goes on undisturbed."""
    with (
        pytest.raises(PublishError, match=f"process {other}") as raised,
        locked(tmp_path / ".yearbook", heard.append, 0),
    ):
        pass
    assert bilingual(raised.value.what)
    assert bilingual(raised.value.hint)
    assert heard == []
    assert (tmp_path / ".yearbook" / "lock").read_text("ascii") == str(other)
    end(other)


def test_stale_file(tmp_path: Path, heard: list[Text]) -> None:
    """A file that names a living process means nothing: only the kernel's lock counts."""
    (tmp_path / ".yearbook").mkdir()
    (tmp_path / ".yearbook" / "lock").write_text(f"{os.getppid()}", encoding="ascii")
    with locked(tmp_path / ".yearbook", heard.append, 0):
        pass
    assert heard == []


def test_lock_that_cannot_be_made(tmp_path: Path, heard: list[Text]) -> None:
    """Where nothing may be written the reason is told."""
    (tmp_path / ".yearbook").write_text("in the way", encoding="utf-8")
    with pytest.raises(PublishError) as raised, locked(tmp_path / ".yearbook", heard.append):
        pass
    assert bilingual(raised.value.what)
