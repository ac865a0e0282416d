"""What runs within a Dask worker: it hands orders to foremen, one for each at the same time."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Lock, Timer
from typing import Any

from yearbook.executor import frames

_TOOLKIT = str(Path(__file__).parents[2])
_START = 300.0
"""Seconds that a foreman may take to load a project on a busy machine."""
_MORE = 60.0
"""Seconds beyond the limit of an order after which a foreman is taken for dead."""


class LostError(RuntimeError):
    """A foreman ended amid its work, or could not begin: another will do it."""


class Foreman:
    """A process of `yearbook.executor.foreman`."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, [_TOOLKIT, os.environ.get("PYTHONPATH", "")]))
        self.project = ""
        self._process = Popen(
            [sys.executable, "-P", "-m", "yearbook.executor.foreman"],
            env={**os.environ, "PYTHONPATH": path},
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            start_new_session=True,
        )

    def ask(
        self, head: Mapping[str, Any], body: bytes = b"", seconds: float = _START
    ) -> tuple[dict[str, Any], bytes]:
        """Send a message and wait for the answer, but not for ever. Raises `LostError`."""
        assert self._process.stdin and self._process.stdout  # noqa: S101, PT018 - both are pipes
        watch = Timer(seconds, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            frames.send(self._process.stdin, head, body)
            answer = frames.receive(self._process.stdout)
        except OSError as problem:
            self.dismiss()
            raise LostError(str(problem)) from problem
        finally:
            watch.cancel()
        if answer is None:
            self.dismiss()
            raise LostError("the process that made it ended")
        return answer

    def dismiss(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


_idle: list[Foreman] = []
_lock = Lock()


def greeted(around: Mapping[str, str]) -> list[str]:
    """Let a foreman get ready here; in what this worker differs, in both languages, or nothing."""
    foreman = _taken()
    answer, _ = foreman.ask({"around": dict(around)})
    _back(foreman)
    return list(answer.get("stranger", ()))


def held(common: bytes) -> bytes:
    """What all orders have in common, kept by Dask as a task like any other: it is sent to each
    worker once, and again should all that held it be lost."""
    return common


def made(common: bytes, order: bytes, around: Mapping[str, str], seconds: float) -> bytes:
    """The parcel that comes of an order; a worker that joined late may be a stranger."""
    foreman = _taken()
    project = sha256(common).hexdigest()
    if foreman.project != project:
        other = foreman.ask({"around": dict(around)})[0].get("stranger")
        if other:
            foreman.dismiss()
            raise StrangerError(*other)
        fault = foreman.ask({"common": project}, common)[0].get("fault")
        if fault:
            foreman.dismiss()
            raise LostError(f"it cannot be loaded there: {fault}")
        foreman.project = project
    answer, content = foreman.ask({"order": ""}, order, seconds + _MORE)
    _back(foreman)
    if "fault" in answer:
        raise FaultError(answer["fault"])
    return content


class StrangerError(RuntimeError):
    """This worker has another version of something that shapes the pages."""


class FaultError(RuntimeError):
    """A fault of the toolkit, in words."""


def dismissed() -> None:
    """End the foremen of this worker that have nothing to do."""
    with _lock:
        while _idle:
            _idle.pop().dismiss()


def _taken() -> Foreman:
    with _lock:
        return _idle.pop() if _idle else Foreman()


def _back(foreman: Foreman) -> None:
    with _lock:
        _idle.append(foreman)
