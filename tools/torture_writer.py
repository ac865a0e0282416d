"""A table that another process keeps saving in place: read and built beside it, never a short one.

The writer truncates the file, writes part of it, may pause, writes the rest: what a slow disk or a
network drive does to a program that saves in place. A build either publishes one of the two
states that the table may honestly have, byte for byte, or ends with the file named; ``--count``
reads, and a build after every sixth.
"""

import random
import tempfile
import time
from multiprocessing import Process
from pathlib import Path

import torturing

from tests.small import small
from yearbook.read.snapshot import take

BUILDS = 6
"""Reads for each build."""


def save(path: Path, contents: tuple[bytes, ...], seed: str) -> None:
    """Save the table in place for ever, at intervals and with pauses of chance."""
    chance = random.Random(seed)
    while True:
        content = chance.choice(contents)
        with path.open("wb", buffering=0) as file:
            at = chance.randrange(len(content))
            file.write(content[:at])
            time.sleep(chance.choice((0, 0, 0.001, 0.01, 0.05)))
            file.write(content[at:])
        time.sleep(chance.choice((0.01, 0.05, 0.2, 0.3)))


def main() -> None:
    """The reads and the builds."""
    found, tally = torturing.options(300), torturing.Tally()
    with tempfile.TemporaryDirectory() as folder:
        project = small(Path(folder, "book"))
        editions = torturing.editions(project, tally)
        path = project / torturing.TABLE
        contents = tuple(torturing.turned(project, state) for state in (0, 1))
        writer = Process(target=save, args=(path, contents, str(found.seed)), daemon=True)
        writer.start()

        def trial(number: int, chance: random.Random) -> None:
            time.sleep(0.02 * chance.random())
            if path.read_bytes() not in contents:
                tally.good("plain reads that were short")
            taken = take(project)
            read = taken.files.get(torturing.TABLE)
            tally.good("reads")
            tally.good("reads named as being saved" if taken.findings else "reads taken")
            tally.expect(read is None or read in contents, f"{number}: a short table was read")
            if number % BUILDS == 0:
                built(number)

        def built(number: int) -> None:
            before = torturing.tree(project / "output")
            ended = torturing.code(torturing.report(project))
            after = torturing.tree(project / "output")
            tally.good("builds")
            tally.good("builds published" if ended == 0 else "builds that named the table")
            tally.expect(ended in (0, 1), f"{number}: exit {ended}")
            tally.expect(
                after in editions if ended == 0 else after == before,
                f"{number}: a short table was published",
            )
            told = torturing.log(project)
            tally.expect(ended == 0 or torturing.TABLE in told, f"{number}: not named: {told}")

        torturing.loop(found, trial)
        writer.terminate()
        writer.join()
    tally.end()


if __name__ == "__main__":
    main()
