"""Bounded work: each task in a process of its own, without a network, with limits, supervised.

What loops, hangs, bombs or crashes is stopped and named; the process that was killed from outside
is tried once more. See docs/limits.md.
"""

import os
import pickle
import selectors
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Generic, TypeVar

from yearbook.book import Limits
from yearbook.finding import Finding
from yearbook.worker import cage, note, telling

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_GRACE = 3.0
"""Seconds after which a worker that did not stop by itself is killed."""
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Task(Generic[T_co]):
    """Work to be done elsewhere, and what it is called; its result must be picklable."""

    name: str
    work: Callable[[], T_co]


Each = Callable[[Sequence[Task[Any]], Limits, int], Iterator[Any]]
"""Does tasks, as `each`."""


@dataclass
class _Run:
    """A worker at work."""

    number: int
    task: Task[Any]
    tries: int
    pid: int
    pipe: int
    board: note.Board
    folder: Path
    deadline: float
    said: bytearray = field(default_factory=bytearray)


def each(
    tasks: Sequence[Task[T]],
    limits: Limits,
    jobs: int,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[T | Finding]:
    """Do all tasks, some at the same time; yield in their order what came of them. ``meanwhile``
    is done here as soon as the first are at work.

    A task that had to be stopped gives a finding that names what it was doing. What a task raises
    is raised here. However this ends, no worker and no file of a worker is left.
    """
    waiting = deque((number, task, 1) for number, task in enumerate(tasks))
    done: dict[int, T | Finding] = {}
    awaited = 0
    with selectors.DefaultSelector() as selector:
        try:
            while awaited < len(tasks):
                while waiting and len(selector.get_map()) < max(1, jobs):
                    run = _start(*waiting.popleft(), limits)
                    selector.register(run.pipe, selectors.EVENT_READ, run)
                if meanwhile is not None:
                    started = time.monotonic()
                    meanwhile()
                    meanwhile = None
                    for key in selector.get_map().values():  # nobody listened to them
                        key.data.deadline += time.monotonic() - started
                for run in _ended(selector, limits):
                    outcome = _outcome(run, limits)
                    if outcome is None:
                        waiting.appendleft((run.number, run.task, run.tries + 1))
                    else:
                        done[run.number] = outcome[0]
                while awaited in done:
                    yield done.pop(awaited)
                    awaited += 1
        finally:
            for key in list(selector.get_map().values()):
                _reap(key.data)


def once(task: Task[T], limits: Limits) -> T | Finding:
    """Do one task.

    >>> once(Task("sum", lambda: 1 + 2), Limits())
    3
    """
    return next(each([task], limits, 1))


def _start(number: int, task: Task[Any], tries: int, limits: Limits) -> _Run:
    folder, board = Path(mkdtemp(prefix="work-")), note.Board()
    pipe, end = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        os.close(pipe)
        _work(task, end, limits, cage.Room(folder, board, parent))
    os.close(end)
    os.set_blocking(pipe, False)
    deadline = time.monotonic() + limits.wall_seconds + _GRACE
    return _Run(number, task, tries, pid, pipe, board, folder, deadline)


def _work(task: Task[Any], pipe: int, limits: Limits, room: cage.Room) -> None:
    """The life of a worker: it never returns."""
    try:
        with open(pipe, "wb") as told:
            told.write(_frame(cage.bounded(task.work, limits, room)))
        os._exit(0)
    finally:
        os._exit(1)


def _frame(outcome: tuple[str, Any]) -> bytes:
    content = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    return len(content).to_bytes(8, "big") + content


def _ended(selector: selectors.BaseSelector, limits: Limits) -> Iterator[_Run]:
    """Listen for a while; workers that have ended or are overdue, reaped."""
    runs: list[_Run] = [key.data for key in selector.get_map().values()]
    nearest = min(run.deadline for run in runs) - time.monotonic()
    ready = [key.data for key, _ in selector.select(max(0.0, nearest))]
    for run in runs:
        ended = run in ready and _heard(run)
        if ended or time.monotonic() > run.deadline:
            selector.unregister(run.pipe)
            yield run


def _heard(run: _Run) -> bool:
    """Take what a worker has sent; whether that was all."""
    with suppress(BlockingIOError):
        while chunk := os.read(run.pipe, 1 << 20):
            run.said += chunk
        return True
    return False


def _outcome(run: _Run, limits: Limits) -> tuple[Any] | None:
    """What came of a worker; None if it deserves another try."""
    overdue, place = time.monotonic() > run.deadline, run.board.read()
    status, seconds = _reap(run)
    size = int.from_bytes(run.said[:8], "big")
    if run.said and len(run.said) == size + 8:
        kind, content = pickle.loads(run.said[8:])  # noqa: S301 - sent by our own worker
        if kind == "raised":
            raise content
        if kind == "stopped":
            return (telling.stopped(run.task.name, content, limits),)
        return (content,)
    if overdue:
        why = telling.Why.WALL
    elif seconds >= limits.cpu_seconds:
        why = telling.Why.CPU
    elif run.tries < _TRIES:
        return None
    else:
        return (telling.crashed(run.task.name, place, status),)
    return (telling.stopped(run.task.name, (why, place, ""), limits),)


def _reap(run: _Run) -> tuple[int, float]:
    """End a worker and all it started, remove its files: how it ended, seconds of processor."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(run.pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(run.pid, signal.SIGKILL)
    _, status, used = os.wait4(run.pid, 0)
    os.close(run.pipe)
    run.board.close()
    rmtree(run.folder, ignore_errors=True)
    return status, used.ru_utime + used.ru_stime
