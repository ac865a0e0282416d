"""The engine's hand: a process that keeps a project in memory, forked from one that never ran a
line of the project's code. It may be lost or replaced at any time.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from yearbook import draw as _drawing  # noqa: F401 - loaded before a hand is forked
from yearbook import spool
from yearbook.build import Built
from yearbook.engine.event import Event, Refused, Unchanged
from yearbook.engine.workshop import Order, Workbench, Workshop
from yearbook.worker import network

_GRACE = 3.0
"""Seconds beyond a limit after which a hand is taken for stuck."""

_TICK = 0.005


class LostError(RuntimeError):
    """The hand died or was stuck."""


class FaultError(RuntimeError):
    """A fault of the toolkit in the hand, in words."""


@dataclass(frozen=True, slots=True)
class _Message:
    """``event``, ``watch``, ``done`` or ``fault``, and what it carries."""

    kind: str
    content: Any


class Hand:
    """A process that does orders one after the other."""

    def __init__(self, root: Path, jobs: int) -> None:
        self._pipe, theirs = Pipe()
        self._spool = spool.opened()  # ours: whatever ends a hand, we remove it
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            self._pipe.close()
            _live(Workbench(root, jobs, self._spool), theirs, parent)
        theirs.close()

    def do(self, order: Order, tell: Callable[[Event], None]) -> Built | Refused | Unchanged:
        """Do an order and tell what comes of it on the way. Raises `LostError`, `FaultError`."""
        deadline = None
        self._give(order)
        while True:
            message = self._take(deadline)
            if message.kind == "event":
                tell(message.content)  # what goes wrong there is no fault of the hand
            elif message.kind == "watch":
                seconds = message.content
                deadline = None if seconds is None else time.monotonic() + seconds + _GRACE
            elif message.kind == "fault":
                raise FaultError(message.content)
            else:
                done: Built | Refused | Unchanged = message.content
                return done

    def _give(self, order: Order) -> None:
        try:
            self._pipe.send(order)
        except OSError as problem:
            raise LostError from problem

    def _take(self, deadline: float | None) -> _Message:
        left = None if deadline is None else max(0.0, deadline - time.monotonic())
        try:
            if not self._pipe.poll(left):
                raise LostError
            message: _Message = self._pipe.recv()
        except (EOFError, OSError) as problem:
            raise LostError from problem
        return message

    def end(self) -> None:
        """End it and all it started: it is asked to, then made to."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
            limit = time.monotonic() + _GRACE
            while not os.waitpid(self.pid, os.WNOHANG)[0]:
                if time.monotonic() > limit:
                    os.kill(self.pid, signal.SIGKILL)
                    os.waitpid(self.pid, 0)
                    break
                time.sleep(_TICK)
        self._pipe.close()
        self._spool.removed()


def _live(bench: Workbench, pipe: Connection, parent: int) -> None:
    """The life of a hand: it never returns."""
    try:
        os.setpgid(0, 0)
        network.die_with(parent)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        # At the keyboard the engine is interrupted, and ends its hand.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stdout = sys.stderr
        _work(bench, pipe)
    except (EOFError, BrokenPipeError):
        os._exit(0)
    finally:
        os._exit(1)


def _stop(number: int, _: object) -> None:
    """Leave, and let whatever is under way take back its workers."""
    sys.exit(128 + number)


def _work(bench: Workbench, pipe: Connection) -> None:
    def tell(event: Event) -> None:
        pipe.send(_Message("event", event))

    def watch(seconds: float | None) -> None:
        pipe.send(_Message("watch", seconds))

    shop = Workshop(bench, tell, watch)
    while True:
        order = pipe.recv()
        try:
            done = _Message("done", shop.turn(order))
        except Exception:  # noqa: BLE001 - told by the engine, which decides what follows
            done = _Message("fault", traceback.format_exc())
        pipe.send(done)
