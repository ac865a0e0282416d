"""Kills in the stage of publishing: whatever the moment, one whole edition stands; the next run
heals. Every fifth file system cannot exchange folders, and moves them."""

import errno
import os
import random
import signal
import tempfile
import time
from pathlib import Path

import torturing

from yearbook import write
from yearbook.manifest import FORMAT, digest, written
from yearbook.model import Artifact
from yearbook.write import guard, publish


def edition(number: int) -> tuple[Artifact, ...]:
    """Files of one number: enough of them to be killed among them."""
    files = [
        Artifact(f"chapter/{n}.pdf", f"{number} ".encode() * 2000 * (n + 1)) for n in range(12)
    ]
    listed = {file.name: digest(file.content) for file in files}
    head = {"format": FORMAT, "inputs": {"number": str(number)}, "outputs": listed}
    return (*files, Artifact("manifest.json", written(head)))


def busy(target: Path, *, moves: bool) -> None:
    """Publish two editions in turn for ever."""
    if moves:
        write._exchange = unable
    while True:
        for number in (1, 2):
            guard(target)
            publish(edition(number), target)


def unable(one: Path, other: Path) -> None:
    """A file system that cannot exchange folders."""
    raise OSError(errno.ENOSYS, f"{one.name} and {other.name} cannot be exchanged")


def main() -> None:
    """The trials."""
    found, tally = torturing.options(3000), torturing.Tally()

    def trial(number: int, chance: random.Random) -> None:
        moves = number % 5 == 4
        pid = os.fork()
        if pid == 0:
            busy(target, moves=moves)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        if not moves:
            tally.expect(
                bool(torturing.whole(target)), f"{number}: torn, mixed or lost before healing"
            )
        guard(target)
        tally.expect(bool(torturing.whole(target)), f"{number}: torn, mixed or lost")
        tally.expect(not torturing.litter(target.parent), f"{number}: litter")
        publish(edition(3), target)
        tally.expect(bool(torturing.whole(target)), f"{number}: not healed")
        tally.good("kills with moves" if moves else "kills with exchange")

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "output")
        publish(edition(0), target)
        torturing.loop(found, trial)
    tally.end()


if __name__ == "__main__":
    main()
