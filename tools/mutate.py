"""Change one thing in the code at a time and see whether a test notices.

    PYTHONPATH=.:.mutation python tools/mutate.py [--only FILE ...] [--again OUTPUT] [--jobs N]

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
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from mutants import MODULE, Mutant, concerned, forget, mutants, put

CONTRACT = ("read_kept", "read_contract", "read_sheet")
TARGETS = {
    "yearbook/pdf/fetch.py": ("pdf_fetch",),
    "yearbook/write.py": ("write",),
    "yearbook/lock.py": ("lock",),
    "yearbook/worker/cage.py": ("worker", "worker_cage"),
    "yearbook/worker/network.py": ("worker_cage",),
    "yearbook/template.py": ("template",),
    "yearbook/read/encoding.py": (*CONTRACT, "read_encoding"),
    "yearbook/read/garbled.py": (*CONTRACT, "read_encoding"),
    "yearbook/read/frequent.py": (*CONTRACT, "read_encoding"),
    "yearbook/read/form.py": CONTRACT,
    "yearbook/read/split.py": CONTRACT,
    "yearbook/read/names.py": (*CONTRACT, "read_header"),
    "yearbook/read/tidy.py": CONTRACT,
    "yearbook/read/sheet.py": CONTRACT,
    "yearbook/read/header.py": (*CONTRACT, "read_header"),
    "yearbook/read/slips.py": ("read_slips", "read_values"),
    "yearbook/read/values.py": (*CONTRACT, "read_values", "read_tables"),
    "yearbook/read/tables.py": (*CONTRACT, "read_tables", "read_large"),
    "yearbook/read/observations.py": (*CONTRACT, "read_tables", "read_large"),
    "yearbook/read/plain.py": ("read_plain",),
    "yearbook/read/large.py": ("read_large",),
    "yearbook/read/framed.py": ("read_large", "read_tables"),
    "yearbook/read/opened.py": ("read_large", "read_bare"),
    "yearbook/read/usage.py": ("read_large", "read_bare"),
    "yearbook/read/lists.py": (*CONTRACT, "read_lists", "read"),
    "yearbook/read/absent.py": ("read_absent",),
    "yearbook/read/bare.py": ("read_bare",),
    "yearbook/read/wholes.py": ("read_wholes",),
    "yearbook/read/measures.py": ("read_measures",),
    "yearbook/read/printed.py": ("read_printed", "read_lists"),
    "yearbook/read/snapshot.py": ("read_snapshot",),
    "yearbook/read/canonical.py": ("read_canonical", "fmt"),
    "yearbook/read/configured.py": ("read_configured", "read"),
    "yearbook/read/origins.py": ("read_origins", "read_instances"),
    "yearbook/read/instances.py": ("read_instances",),
    "yearbook/read/__init__.py": ("read_book", "read"),
    "yearbook/read/again.py": ("read_again",),
}
"""What is mutated, and the tests that stand guard over it; doctests of a module always do."""
PATIENCE = 5.0
"""Seconds of processor that a mutant may take beyond ten times what its tests take without it."""
WAIT = 120.0
"""Seconds of the wall beyond twice that time, for those that wait for ever on a busy machine."""
_TOLD = re.compile(r"^(\S+):\d+ (\S+)\n  - (.*)\n  \+ (.*)$", re.MULTILINE)
_TICK = os.sysconf("SC_CLK_TCK")
Key = tuple[str, ...]


@dataclass
class Trial:
    """The plugin that takes the place of pytest's own loop over the tests."""

    files: Sequence[str]
    given: argparse.Namespace
    well: bool = True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all mutants, each file in a process of its own."""
        # What tests draw at random gives no verdict that comes again.
        items = [item for item in session.items if not item.get_closest_marker("hypothesis")]
        forget()
        gc.freeze()
        calls, seconds = recorded(items, self.files)
        running: set[int] = set()
        for file in self.files:
            if len(running) >= self.given.jobs:
                self._ended(running)
            pid = os.fork()
            if pid == 0:
                guards = {f"tests/test_{name}.py" for name in TARGETS[file]} | {file}
                own = [i for i in items if i.nodeid in seconds and i.location[0] in guards]
                try:
                    os._exit(not survey(file, own, (calls, seconds), self.given))
                finally:
                    os._exit(2)
            running.add(pid)
        while running:
            self._ended(running)
        return True

    def _ended(self, running: set[int]) -> None:
        pid, status = os.wait()
        running.discard(pid)
        self.well = self.well and status == 0


def survey(
    file: str,
    items: Sequence[pytest.Item],
    record: tuple[Mapping[tuple[str, str], set[str]], Mapping[str, float]],
    given: argparse.Namespace,
) -> bool:
    """Try the mutants of a file; whether each is killed or justified, and every justification is
    of use."""
    # Orphans of a mutant come to us, to be ended.
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    calls, seconds = record
    allowed, needed = [row for row in rows() if row[0] == file], set[int]()
    counts: Counter[str] = Counter()
    killer, killers = mmap.mmap(-1, 4), dict[str, int]()
    for number, mutant in enumerate(mutants(file)):
        if given.again and mutant.key not in given.again:
            continue
        names = set().union(*(calls.get((file, function), ()) for function in concerned(mutant)))
        chosen = [item for item in items if item.nodeid in names]
        if not chosen or mutant.function == MODULE:  # a test may ask for a constant itself
            chosen = list(items)
        chosen.sort(
            key=lambda item: (
                killers.get(item.nodeid, 0),
                item.nodeid not in names,
                seconds[item.nodeid],
            )
        )
        killer[:4] = bytes(4)
        plain = sum(seconds[item.nodeid] for item in chosen)
        verdict = forked(partial(_tried, mutant, chosen, killer), plain)
        if verdict == "killed":
            killers[chosen[int.from_bytes(killer[:4], "big")].nodeid] = -number
        may = {n for n, row in enumerate(allowed) if covers(row, mutant.key)}
        if verdict == "survived" and may:
            needed |= may
            verdict = "justified"
        if verdict == "survived":
            say(f"{file}:{mutant.line} {mutant.function}\n  - {mutant.was}\n  + {mutant.becomes}")
        counts[verdict] += 1
    stale = [row for n, row in enumerate(allowed) if n not in needed and not given.again]
    for row in stale:
        say(f"not needed: {', '.join(row)}")
    say(f"= {file}: {counts.total()} mutants, {dict(sorted(counts.items()))}")
    return not stale and not counts["survived"]


def recorded(
    items: Sequence[pytest.Item], files: Sequence[str]
) -> tuple[dict[tuple[str, str], set[str]], dict[str, float]]:
    """Which tests call which function, in whatever process, and how long each takes."""
    with tempfile.TemporaryFile() as log:
        forked(partial(_recording, items, files, log.fileno()), 3600)
        log.seek(0)
        told = [line.split("\t") for line in log.read().decode().splitlines()]
    failed = {line[1] for line in told if line[0] == "failed"}
    for test in sorted(failed):
        say(f"fails without any mutant and is left out: {test}")
    calls: dict[tuple[str, str], set[str]] = {}
    for _, file, function, test in (line for line in told if line[0] == "call"):
        calls.setdefault((file, function), set()).add(test)
    took = {line[2]: float(line[1]) for line in told if line[0] == "took"}
    return calls, {test: seconds for test, seconds in took.items() if test not in failed}


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
    watch, ends, stopped = os.pidfd_open(pid), time.monotonic() + 2 * plain + WAIT, False
    while not stopped and not select.select([watch], [], [], 1)[0]:
        stopped = time.monotonic() > ends or _processor(pid) > 10 * plain + PATIENCE
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
        forget()
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
    return list(csv.reader(Path("tests/mutants.csv").read_text("utf-8").splitlines(True)))[1:]


def covers(row: Sequence[str], key: Key) -> bool:
    """Whether a row names a mutant; what ends in a star names all that begin so."""
    return all(
        part == cell or (cell.endswith("*") and part.startswith(cell[:-1]))
        for cell, part in zip(row, key, strict=False)
    )


def main() -> None:
    """Try what is asked for; fail if a mutant lives that may not."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--only", nargs="*", default=list(TARGETS), help="files, in place of all")
    parser.add_argument("--again", type=told, default=(), help="the output of an earlier run")
    parser.add_argument("--jobs", type=int, default=2, help="files at the same time")
    given = parser.parse_args()
    tests = sorted({f"tests/test_{name}.py" for file in given.only for name in TARGETS[file]})
    # Nobody reads why a test fails; to work out how two long texts differ would take seconds.
    options = ["-q", "-s", "--assert=plain", "--tb=native", "-p", "no:cacheprovider"]
    options += ["-p", "no:terminalreporter"]
    trial = Trial(given.only, given)
    status = pytest.main([*options, *given.only, *tests], plugins=[trial])
    sys.exit(status != 0 or not trial.well)


def told(output: str) -> frozenset[Key]:
    """The survivors that an earlier run told."""
    return frozenset(_TOLD.findall(Path(output).read_text("utf-8")))


if __name__ == "__main__":
    main()
