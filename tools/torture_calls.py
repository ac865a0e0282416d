"""Every call to the system on a file of the project, once: killed there, and failed there.

A first build under strace tells which calls of each kind a build makes on paths of its project.
Then each call in turn, the k-th of its kind in any process of a build, is made to kill the process
or to fail (disk full, faulty, read-only, not allowed). After a kill the old edition or the new
one stands; after a failure that is told the old one; a plain rerun gives the new one, byte for
byte (tried after every kill, and after one failure of eight, as it takes as long again). A
failure that does no harm must have hit what may be missing (a cache, a folder that is only
swept) or a file that is read once more. ``--part 1/2`` takes every second case, for two
processes at once; ``--calls write,fsync`` and ``--faults KILL`` only these. With ``--kept`` a
build finds what the one before it kept, as after an editor's change; else it starts from nothing.
"""

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torturing

from tests.small import small

CALLS = (
    *("openat", "write", "pwrite64", "fsync", "ftruncate", "rename", "renameat2"),
    *("mkdir", "rmdir", "unlink", "unlinkat"),
)
FAULTS = ("KILL", "ENOSPC", "EIO", "EACCES", "EROFS")
SPARE = re.compile(
    r"/book/\.yearbook\b|/\.output\.(new|old)\b|/book/(data|templates|figures)\b[^ ]* O_RDONLY"
)
"""Paths where a failure may be passed over; the project's own files are then read again."""
_RERUN = 8
"""After a failure that was told, only every so many are built again."""
_RESUMED = re.compile(r"\s*<\.\.\. \w+ resumed>(.*)")
_PATH = re.compile(r'"(/[^"]*)"|<(/[^>]*)>')


@dataclass(frozen=True)
class Case:
    """The k-th call of a kind, and what befalls it."""

    call: str
    number: int
    fault: str

    @property
    def words(self) -> str:
        """How strace is told."""
        how = "signal=KILL" if self.fault == "KILL" else f"error={self.fault}"
        return f"inject={self.call}:{how}:when={self.number}"


def traced(project: Path, record: Path, *words: str) -> int:
    """A report with strace beside it from its first call on; how it ended."""
    gate, opened = os.pipe()
    pid = torturing.report(project, before=lambda: os.read(gate, 1))
    strace = subprocess.Popen(
        ["strace", "-f", "-y", "-s", "0", "-o", str(record), *words, "-p", str(pid)],
        stderr=subprocess.PIPE,
        text=True,
    )
    said = strace.stderr.readline() if strace.stderr else ""
    if "attached" not in said:
        sys.exit(f"strace could not attach: {said}")
    os.write(opened, b"!")
    ended = torturing.code(pid)
    strace.communicate()
    for end in (gate, opened):
        os.close(end)
    return ended


def survey(project: Path, record: Path) -> tuple[list[str], dict[str, int]]:
    """The paths of the project that a build touches, and the most calls of a kind by a process."""
    traced(project, record, "-e", f"trace={','.join(CALLS)}")
    paths: set[str] = set()
    counts: Counter[tuple[str, str]] = Counter()
    for line in record.read_text("utf-8", "replace").splitlines():
        process, _, rest = line.partition(" ")
        call = rest.strip().partition("(")[0]
        touched = {one or two for one, two in _PATH.findall(rest)}
        ours = {path for path in touched if path.startswith(f"{project}/")}
        if call in CALLS and ours:
            paths |= ours
            counts[process, call] += 1
    most: dict[str, int] = {}
    for (_, call), count in counts.items():
        most[call] = max(most.get(call, 0), count)
    return sorted(paths), most


def whole(lines: Iterable[str]) -> Iterator[str]:
    """Calls as strace tells them, in one line each: it breaks those that others interrupt.

    >>> broken = ('7 openat("/a" <unfinished ...>', "8 fsync(3) = 0", "7 <... openat resumed>) = 4")
    >>> list(whole(broken))
    ['8 fsync(3) = 0', '7 openat("/a") = 4']
    """
    begun: dict[str, str] = {}
    for line in lines:
        process, _, rest = line.partition(" ")
        if rest.endswith("<unfinished ...>"):
            begun[process] = rest.removesuffix("<unfinished ...>").rstrip()
        elif found := _RESUMED.match(rest):
            yield f"{process} {begun.pop(process, '')}{found[1]}"
        else:
            yield line


def cases(most: dict[str, int]) -> Iterator[Case]:
    """Everything that can be tried."""
    for call, count in sorted(most.items()):
        for number in range(1, count + 1):
            for fault in FAULTS:
                yield Case(call, number, fault)


def shared() -> argparse.Namespace:
    """--part n/m, --calls a,b, --faults a,b and --kept taken off the command line."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--calls", default=",".join(CALLS))
    parser.add_argument("--faults", default=",".join(FAULTS))
    parser.add_argument("--kept", action="store_true")
    given, left = parser.parse_known_args()
    torturing.words(left)
    return given


def main() -> None:
    """All cases, in an order of chance."""
    given = shared()
    which, _, of = given.part.partition("/")
    found, tally = torturing.options(1 << 20), torturing.Tally()
    if not shutil.which("strace"):
        print("  skipped: strace is not installed (Debian: strace)")
        return
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), tally, kept=given.kept)
        paths, most = survey(desk.fresh(), desk.record)
        calls = [call for call in given.calls.split(",") if call in most]
        every = cases({call: most[call] for call in calls})
        todo = [case for case in every if case.fault in given.faults.split(",")]
        random.Random(found.seed).shuffle(todo)
        todo = todo[int(which) - 1 :: int(of)]
        print(f"  {len(paths)} paths, {most}, {len(todo)} cases", flush=True)
        only = [word for path in paths for word in ("-P", path)]
        found.count = min(found.count, len(todo))
        torturing.loop(found, lambda number, _: desk.tried(todo[number], only))
    tally.end()


class Desk:
    """A project that is put back as it was before each trial: an old edition, a changed figure."""

    def __init__(self, folder: Path, tally: torturing.Tally, *, kept: bool) -> None:
        self.tally = tally
        self.record = folder / "trace"
        self.pristine = folder / "kept"
        self.project = small(folder / "book")
        self.old, self.new = torturing.editions(self.project, tally)
        torturing.turned(self.project, 0)
        torturing.forget(self.project)
        tally.expect(torturing.code(torturing.report(self.project)) == 0, "the old edition")
        torturing.turned(self.project, 1)
        if not kept:
            torturing.forget(self.project)
        self.project.rename(self.pristine)

    def fresh(self) -> Path:
        """The project as it was."""
        shutil.rmtree(self.project, ignore_errors=True)
        shutil.copytree(self.pristine, self.project)
        return self.project

    def tried(self, case: Case, only: list[str]) -> None:
        """One trial."""
        project, said = self.fresh(), f"{case.call} {case.number} {case.fault}"
        ended = traced(project, self.record, "-e", f"trace={case.call}", *only, "-e", case.words)
        told = [*whole(self.record.read_text("utf-8", "replace").splitlines())]
        hit = [line for line in told if "(INJECTED" in line]
        if case.fault == "KILL":
            hit = [line for line in told if "killed by SIGKILL" in line]
        if not hit:
            self.tally.good("not reached")
            return
        self.tally.good(f"{case.fault}: {'killed' if ended < 0 else f'exit {ended}'}")
        output = torturing.tree(project / "output")
        if case.fault == "KILL":
            self.tally.expect(output in (self.old, self.new), f"{said}: torn, mixed or lost")
        elif ended == 0:
            spared = all(SPARE.search(line) for line in hit)
            self.tally.expect(output == self.new, f"{said}: exit 0, but not the new edition")
            self.tally.expect(
                spared, f"{said}: passed over: {[h for h in hit if not SPARE.search(h)]}"
            )
        else:
            self.tally.expect(output == self.old, f"{said}: exit {ended}, the old edition changed")
            self.tally.expect(ended in (1, 2), f"{said}: exit {ended}: {torturing.log(project)}")
        if ended == 0 and output == self.new:
            return
        if case.fault != "KILL" and case.number % _RERUN:
            return
        self.tally.expect(torturing.code(torturing.report(project)) == 0, f"{said}: not healed")
        self.tally.expect(torturing.tree(project / "output") == self.new, f"{said}: healed wrong")
        self.tally.expect(not torturing.litter(project), f"{said}: {torturing.litter(project)}")


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()
