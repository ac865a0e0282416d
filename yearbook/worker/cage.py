"""What a worker does to itself before it works: limits, a folder, no network, no programs."""

import os
import pickle
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from yearbook import doing
from yearbook.book import Limits
from yearbook.worker import network
from yearbook.worker.blame import where
from yearbook.worker.note import Board
from yearbook.worker.telling import Stop, Why

_MB = 1024 * 1024
_REPEAT = 0.5
"""Seconds after which a limit is said again, should a library have swallowed it."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a worker lives: its folder, the board its supervisor reads, and who that is."""

    folder: Path
    board: Board
    parent: int


class LimitError(BaseException):
    """A limit was met. No ``except Exception`` of a chart or a library can swallow it."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(*stop)
        self.stop = stop


class FaultError(RuntimeError):
    """A task raised what cannot be sent; this says it in words."""


def bounded(work: Callable[[], Any], limits: Limits, room: Room) -> tuple[str, Any]:
    """Do the work within the limits, for good: there is no way back out of the cage.

    Gives ``done`` and the result, ``stopped`` and which limit was met where, or ``raised``.
    """
    try:
        _enter(limits, room)
        outcome = "done", work()
    except LimitError as limit:
        outcome = "stopped", limit.stop
    except MemoryError:
        _relieve()
        outcome = "stopped", (Why.MEMORY, doing.now(), "")
    except Exception as fault:  # noqa: BLE001 - it is raised again by the supervisor
        outcome = "raised", _sendable(fault)
    _relieve()
    return outcome


def _enter(limits: Limits, room: Room) -> None:
    os.setpgid(0, 0)
    network.die_with(room.parent)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    # At the keyboard, the supervisor is interrupted and ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr
    os.environ["TMPDIR"] = tempfile.tempdir = str(room.folder)
    doing.tell(room.board.write)
    network.shut()
    _limit(limits)


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = limits.cpu_seconds + 5
    ceiling = most if hard == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(resource.RLIMIT_CPU, (min(limits.cpu_seconds, ceiling), ceiling))
    resource.setrlimit(
        resource.RLIMIT_AS, (_memory(limits), resource.getrlimit(resource.RLIMIT_AS)[1])
    )
    signal.signal(signal.SIGXCPU, _stopper(Why.CPU))
    signal.signal(signal.SIGALRM, _stopper(Why.WALL))
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds, _REPEAT)


@contextmanager
def within(limits: Limits) -> Iterator[None]:
    """Work within the limit of memory for a while, in a process that goes on: what needs more
    raises MemoryError."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_memory(limits), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _memory(limits: Limits) -> int:
    """What the worker shares with its supervisor is not counted."""
    shared = 0
    status = Path("/proc/self/statm")
    if status.exists():
        shared = int(status.read_text("ascii").split()[0]) * resource.getpagesize()
    wanted = shared + limits.memory_mb * _MB
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def _stopper(why: Why) -> Callable[[int, FrameType | None], None]:
    def stop(_: int, frame: FrameType | None) -> None:
        raise LimitError((why, *where(frame)))

    return stop


def _relieve() -> None:
    """What is still to be done is our own: to say what happened."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _sendable(fault: Exception) -> Exception:
    """The exception itself if it survives the way, else one that says what it said."""
    try:
        pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever an exception keeps may refuse
        return FaultError("".join(traceback.format_exception(fault)))
    fault.add_note("".join(traceback.format_exception(fault)))
    return fault
