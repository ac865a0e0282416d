"""What every torture shares: books to build, a toolkit loaded once, whether an edition is whole.

`make torture` runs tools/torture_*.py one after the other; each runs alone, too, and prints the
seed with which a failure can be had again.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from yearbook import cli


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


def report(project: Path, *words: str) -> int:
    """Run a report of a project in a fork of this process; its process id."""
    pid = os.fork()
    if pid:
        return pid
    try:
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
