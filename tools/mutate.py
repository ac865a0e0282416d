"""Change one thing in the code at a time and see whether a test notices.

    PYTHONPATH=.:.mutation python tools/mutate.py [--only FILE ...] [--again OUTPUT] [--seconds S]

The changes are mutmut's (docs/torture.md says how to get it), but it does not run them: it would
pass over constants, decorated functions and what happens in a worker's own process. Here every
mutant is put into a fork of one process that has collected the tests already, and only tests that
call the changed function are run, first what killed its neighbour, then the quickest. A survivor
is told unless ``tests/mutants.csv`` says why it may live; a row there that names no survivor is
told, too. ``--again`` tries only what the output of an earlier run tells. Linux only.
"""

import argparse
import csv
import ctypes
import gc
import io
import mmap
import os
import re
import select
import signal
import sys
import tempfile
import time
import types
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tools.mutants import Mutant, concerned, mutants, put

READ = "yearbook/read/"
GROUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "fetcher": (("yearbook/pdf/fetch.py",), ("pdf_fetch",)),
    "publisher": (("yearbook/write.py", "yearbook/lock.py"), ("write", "lock")),
    "sandbox": (("yearbook/worker/cage.py", "yearbook/worker/network.py"), ("worker",)),
    "template": (("yearbook/template.py",), ("template",)),
    "encodings": (
        tuple(f"{READ}{name}.py" for name in ("encoding", "garbled", "frequent")),
        ("read_encoding", "read_sheet", "read_contract"),
    ),
    "sheets": (
        tuple(f"{READ}{name}.py" for name in ("form", "split", "names", "tidy", "sheet", "header")),
        ("read_sheet", "read_header", "read_contract"),
    ),
    "cells": (
        tuple(f"{READ}{name}.py" for name in ("slips", "values")),
        ("read_values", "read_tables", "read_contract"),
    ),
    "tables": (
        tuple(f"{READ}{name}.py" for name in ("tables", "lists")),
        ("read_tables", "read_lists", "read_contract"),
    ),
    "snapshot": ((f"{READ}snapshot.py",), ("read_snapshot",)),
    "canonical": ((f"{READ}canonical.py",), ("fmt",)),
}
"""What is mutated, and the tests that stand guard over it; doctests of a module always do."""
ALLOWED = Path("tests/mutants.csv")
PATIENCE = 5.0
"""Seconds of processor that a mutant may take beyond ten times what its tests take without it."""
WAIT = 120.0
"""The same in seconds of the wall, for those that wait for ever: the machine may be busy."""
_TOLD = re.compile(r"^(\S+):\d+ (\S+)\n  - (.*)\n  \+ (.*)$", re.MULTILINE)
_TICK = os.sysconf("SC_CLK_TCK")
Key = tuple[str, ...]


@dataclass
class Trial:
    """The plugin that takes the place of pytest's own loop over the tests."""

    files: Sequence[str]
    again: frozenset[Key]
    allowed: frozenset[Key]
    ends: float
    living: set[Key] = field(default_factory=set)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all mutants."""
        # What tests draw at random gives no verdict that comes again.
        items = [item for item in session.items if not item.get_closest_marker("hypothesis")]
        gc.freeze()
        calls, seconds = recorded(items, self.files)
        killer, killers = mmap.mmap(-1, 4), dict[str, int]()
        for number, mutant in enumerate(m for file in self.files for m in mutants(file)):
            if self.again and mutant.key not in self.again:
                continue
            if time.monotonic() > self.ends:
                say("out of time")
                return True
            names = set().union(*(calls.get((mutant.file, f), ()) for f in concerned(mutant)))
            chosen = [item for item in items if item.nodeid in (names or seconds)]
            chosen.sort(key=lambda item: (killers.get(item.nodeid, 0), seconds[item.nodeid]))
            killer[:4] = bytes(4)
            verdict = forked(
                partial(_tried, mutant, chosen, killer),
                10 * sum(seconds[item.nodeid] for item in chosen),
            )
            if verdict == "killed":
                killers[chosen[int.from_bytes(killer[:4], "big")].nodeid] = -number
            self._note(mutant, verdict)
        for file in self.files:
            done = {kind: n for (name, kind), n in sorted(self.counts.items()) if name == file}
            say(f"= {file}: {sum(done.values())} mutants, {done}")
        return True

    def _note(self, mutant: Mutant, verdict: str) -> None:
        if verdict == "survived":
            self.living.add(mutant.key)
            if mutant.key in self.allowed:
                verdict = "justified"
            else:
                say(f"{mutant.file}:{mutant.line} {mutant.function}")
                say(f"  - {mutant.was}\n  + {mutant.becomes}")
        self.counts[mutant.file, verdict] += 1


def recorded(
    items: Sequence[pytest.Item], files: Sequence[str]
) -> tuple[dict[tuple[str, str], set[str]], dict[str, float]]:
    """Which tests call which function, in whatever process, and how long each takes."""
    with tempfile.TemporaryFile() as log:
        forked(partial(_recording, items, files, log.fileno()), 3600)
        log.seek(0)
        told = [line.split("\t") for line in log.read().decode().splitlines()]
    failed = [line[1] for line in told if line[0] == "failed"]
    if failed:
        raise pytest.UsageError(f"without any mutant, these tests fail: {', '.join(failed)}")
    calls: dict[tuple[str, str], set[str]] = {}
    for _, file, function, test in (line for line in told if line[0] == "call"):
        calls.setdefault((file, function), set()).add(test)
    return calls, {line[2]: float(line[1]) for line in told if line[0] == "took"}


def forked(work: Callable[[], bool], plain: float) -> str:
    """What becomes of work in a process of its own: it survived, was killed by a test, or had to be
    stopped. None of its kin stays."""
    pid = os.fork()
    if pid == 0:
        failed = True
        with suppress(BaseException):
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            failed = work()
        os._exit(int(failed))
    watch, ends, stopped = os.pidfd_open(pid), time.monotonic() + plain + WAIT, False
    while not stopped and not select.select([watch], [], [], 1)[0]:
        stopped = time.monotonic() > ends or _processor(pid) > plain + PATIENCE
    os.close(watch)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    for orphan in Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split():
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(int(orphan), signal.SIGKILL)
            os.waitpid(int(orphan), 0)
    return "stopped" if stopped else "killed" if status else "survived"


def _processor(pid: int) -> float:
    """Seconds of processor that a process has used."""
    after = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(after[11]) + int(after[12])) / _TICK


def _tried(mutant: Mutant, items: Sequence[pytest.Item], killer: mmap.mmap) -> bool:
    put(mutant)
    for number, item in enumerate(items):
        killer[:4] = number.to_bytes(4, "big")
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if item.session.testsfailed:
            return True
    return False


def _recording(items: Sequence[pytest.Item], files: Sequence[str], log: int) -> bool:
    """Run all tests once and write down who calls what."""
    names = {str(Path(file).resolve()): file for file in files}
    seen: set[tuple[str, str, str]] = set()
    test = ""

    def called(frame: types.FrameType, event: str, _: object) -> None:
        file = names.get(frame.f_code.co_filename)
        if file is not None and event == "call":
            what = file, frame.f_code.co_qualname.partition(".<locals>")[0], test
            if what not in seen:
                seen.add(what)
                os.write(log, ("call\t" + "\t".join(what) + "\n").encode())

    for item in items:
        test, before = item.nodeid, item.session.testsfailed
        started = time.perf_counter()
        sys.setprofile(called)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        sys.setprofile(None)
        os.write(log, f"took\t{time.perf_counter() - started}\t{test}\n".encode())
        if item.session.testsfailed > before:
            os.write(log, f"failed\t{test}\n".encode())
    return False


def say(line: str) -> None:
    """Tell it at once."""
    print(line, flush=True)


def rows() -> list[list[str]]:
    """What ``tests/mutants.csv`` says: file, function, what stood, what stands, why it may live."""
    with io.StringIO(Path("tests/mutants.csv").read_text("utf-8"), newline="") as text:
        return list(csv.reader(text))[1:]


def tried(files: Sequence[str], tests: Sequence[str], again: frozenset[Key], ends: float) -> bool:
    """Try the mutants of some files against some tests; whether every one is killed or justified,
    and every justification of use."""
    trial = Trial(files, again, frozenset(tuple(row[:4]) for row in rows()), ends)
    paths = [f"tests/test_{name}.py" for name in tests]
    options = ["-q", "-s", "-p", "no:cacheprovider", "-p", "no:terminalreporter"]
    if pytest.main([*options, *files, *paths], plugins=[trial]) != 0:
        return False
    stale = {key for key in trial.allowed if key[0] in files} - trial.living
    if again or time.monotonic() > ends:
        stale = set()
    for key in sorted(stale):
        say(f"not needed: {', '.join(key)}")
    return not stale and not any(kind == "survived" for _, kind in trial.counts)


def main() -> None:
    """Try what is asked for; fail if a mutant lives that may not."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--only", nargs="*", default=[], help="files, in place of all")
    parser.add_argument("--again", type=Path, help="the output of an earlier run")
    parser.add_argument("--seconds", type=float, default=1e6, help="begin no mutant after that")
    given = parser.parse_args()
    ends = time.monotonic() + given.seconds
    told = _TOLD.findall(given.again.read_text("utf-8")) if given.again else []
    # Orphans of a mutant come to us, to be ended.
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    well = True
    for files, tests in GROUPS.values():
        chosen = [file for file in files if not given.only or file in given.only]
        if chosen:
            well &= tried(chosen, tests, frozenset(told), ends)
    sys.exit(not well)


if __name__ == "__main__":
    main()
