"""What a program takes, with all that it starts: seconds of the processor, seconds, memory."""

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

_SUBREAPER = 36
_PATIENCE = 5.0
"""Seconds for what a program leaves running to end; a browser leaves helpers."""


class FailedError(Exception):
    """A program did not end well; its last words."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the processor, user and system, of the whole tree; seconds that passed; the
    largest resident set of one process in MiB."""

    worked: float
    passed: float
    memory: float

    def __add__(self, other: "Spent") -> "Spent":
        """One after the other."""
        memory = max(self.memory, other.memory)
        return Spent(self.worked + other.worked, self.passed + other.passed, memory)


@dataclass(frozen=True, slots=True)
class Summary:
    """Runs of one case: medians, and the least and the most of the processor."""

    worked: float
    passed: float
    memory: float
    least: float
    most: float
    runs: int


def adopt() -> None:
    """Become the parent of what programs leave behind, to count it, too (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def spent(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Spent:
    """Run a program to its end. Raises `FailedError`."""
    with TemporaryFile() as said:
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        passed = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            words = said.read().decode("utf-8", "replace").strip().splitlines()[-3:]
            raise FailedError(f"{' '.join(command)[:200]}: {' / '.join(words)}")
    worked, memory = used.ru_utime + used.ru_stime, used.ru_maxrss
    for left in _left():
        worked += left.ru_utime + left.ru_stime
        memory = max(memory, left.ru_maxrss)
    return Spent(worked, passed, memory / (1024 if sys.platform == "linux" else 1024 * 1024))


def _left() -> "list[os.struct_rusage]":  # type: ignore[name-defined]
    """What the processes took that a program left behind."""
    found = []
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            pid, _, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid:
            found.append(used)
        else:
            time.sleep(0.02)
    return found


def summed(runs: Sequence[Spent]) -> Summary:
    """The runs of a case in a few figures.

    >>> summed([Spent(1, 2, 30), Spent(3, 2, 40), Spent(2, 5, 20)])
    Summary(worked=2, passed=2, memory=40, least=1, most=3, runs=3)
    """
    worked = [run.worked for run in runs]
    return Summary(
        median(worked),
        median(run.passed for run in runs),
        max(run.memory for run in runs),
        min(worked),
        max(worked),
        len(runs),
    )
