"""What every torture shares: books to build, a toolkit loaded once, whether an edition is whole.

`make torture` runs tools/torture_*.py one after the other; each runs alone, too, and prints the
seed with which a failure can be had again.
"""

import argparse
import json
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from yearbook import (
    cli,
    draw,  # noqa: F401 - loaded once, not in every worker
)


def options(count: int) -> argparse.Namespace:
    """--count, --seed and --seconds, with the seed printed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--seconds", type=float, default=1e9, help="stop after that time")
    parser.add_argument(
        "--book", type=Path, default=None, help="another project than the small one"
    )
    found = parser.parse_args()
    print(f"{Path(sys.argv[0]).name}: seed {found.seed}", flush=True)
    found.until = time.monotonic() + found.seconds
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, hidden files too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def whole(output: Path) -> str:
    """What an edition says it was made from, if all of it is there and nothing else; else ''."""
    files = tree(output)
    try:
        listed = json.loads(files.pop("manifest.json"))
    except (KeyError, ValueError):
        return ""
    made = {name: sha256(content).hexdigest() for name, content in files.items()}
    return (
        sha256(json.dumps(listed["inputs"]).encode()).hexdigest()
        if made == listed["outputs"]
        else ""
    )


def litter(project: Path) -> list[str]:
    """What should not lie about after a report: half editions, rooms of workers."""
    beside = [path.name for path in project.glob(".output.*")]
    work = project / ".yearbook" / "work"
    return beside + ([path.name for path in work.iterdir()] if work.is_dir() else [])


def report(project: Path, *words: str, before: Callable[[], object] = bool) -> int:
    """Run a report of a project in a fork of this process; its process id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        before()
        os.setpgid(0, 0)
        nowhere = os.open(os.devnull, os.O_RDWR)
        log = os.open(project.parent / f"{project.name}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream, place in ((0, nowhere), (1, log), (2, log)):
            os.dup2(place, stream)
        sys.argv = ["yearbook", "report", "--root", str(project), *words]
        cli.run()
        os._exit(0)
    except SystemExit as end:
        os._exit(int(end.code or 0))
    finally:
        os._exit(99)


TABLE = "data/people/people.csv"
"""The table of the small book whose first figure `turned` changes."""
_STATES = (b"437", b"438")


def turned(project: Path, state: int) -> bytes:
    """Give the small book one of two figures, in one step; the table as it then is."""
    path = project / TABLE
    content = path.read_bytes()
    for one in _STATES:
        content = content.replace(one, _STATES[state])
    beside = path.with_suffix(".part")
    beside.write_bytes(content)
    beside.replace(path)
    return content


def editions(project: Path, tally: "Tally") -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The editions of the small book with the one figure and with the other."""
    made = []
    for state in range(len(_STATES)):
        turned(project, state)
        tally.expect(code(report(project)) == 0, f"an edition to compare with: {log(project)}")
        made.append(tree(project / "output"))
    tally.expect(made[0] != made[1], "two editions that differ")
    return made[0], made[1]


def forget(project: Path) -> None:
    """Take away all that earlier builds kept for later ones."""
    shutil.rmtree(project / ".yearbook" / "cache", ignore_errors=True)


def log(project: Path) -> str:
    """What the last report said."""
    return (project.parent / f"{project.name}.log").read_text("utf-8", "replace")


def words(left: list[str]) -> None:
    """Leave these words on the command line."""
    sys.argv[1:] = left


def code(pid: int) -> int:
    """How a process ended: its exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Tally:
    """Counts outcomes; anything bad is said at once and fails the run."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.bad = 0

    def good(self, what: str) -> None:
        """Something as it should be."""
        self.counts[what] += 1

    def expect(self, true: bool, what: str) -> None:
        """Something that must be so."""
        if not true:
            self.bad += 1
            print(f"BAD: {what}", flush=True)

    def end(self) -> None:
        """Say what came out; exit 1 if anything was bad."""
        for what, count in sorted(self.counts.items()):
            print(f"  {what}: {count}")
        print(f"  bad: {self.bad}", flush=True)
        sys.exit(self.bad > 0)


def loop(found: argparse.Namespace, trial: Callable[[int, random.Random], None]) -> None:
    """Do a trial for each number, each with chance of its own, until count or time is up."""
    for number in range(found.count):
        if time.monotonic() > found.until:
            print(f"  time is up after {number} of {found.count}")
            return
        trial(number, random.Random(f"{found.seed}/{number}"))
        if number % 100 == 99:
            print(f"  {number + 1} of {found.count}", flush=True)
