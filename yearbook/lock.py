"""One build at a time: a lock of the kernel, free again however its holder ends."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from yearbook.model import Text
from yearbook.write import PublishError, refused

_TICK = 0.05
"""Seconds between two looks at a lock that somebody else holds."""


@contextmanager
def locked(folder: Path, say: Callable[[Text], None], wait: float | None = None) -> Iterator[None]:
    """Hold the project for one build. A second one says who holds it and waits, for at most
    ``wait`` seconds if that is given.

    What the file says is for people; only the kernel's lock counts, so a stale file or a process
    number used again means nothing. Raises `PublishError`.
    """
    try:
        folder.mkdir(exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as problem:
        raise refused(
            folder.name,
            problem,
            Text("allow writing in the project's folder", "请开放项目文件夹的写入权限"),
        ) from problem
    try:
        _take(handle, say, wait)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int, say: Callable[[Text], None], wait: float | None) -> None:
    started, told = time.monotonic(), False
    while not _taken(handle):
        holder = os.pread(handle, 20, 0).decode("ascii", "replace")
        if wait is not None and time.monotonic() - started >= wait:
            raise PublishError(
                Text(
                    f"another build (process {holder}) is at work in this project",
                    f"另一项生成任务（进程{holder}）正在处理本项目",
                ),
                Text("wait until it has ended, then try again", "请等它结束后重试"),
            )
        if not told:
            say(
                Text(
                    f"waiting for another build (process {holder}) to end",
                    f"正在等待另一项生成任务（进程{holder}）结束",
                )
            )
            told = True
        time.sleep(_TICK)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
