"""Pairs of builds at the same time, a figure changed between their starts: they take turns; the
edition that stands is the whole one of the figures as they are now, byte for byte."""

import random
import tempfile
import time
from pathlib import Path

import torturing

from tests.small import small


def main() -> None:
    """The trials."""
    found, tally = torturing.options(100), torturing.Tally()

    def trial(number: int, chance: random.Random) -> None:
        torturing.turned(project, number % 2)
        if chance.random() < 0.5:
            torturing.forget(project)
        first = torturing.report(project)
        time.sleep(chance.choice((0, 0.05, 0.3, 1)) * chance.random())
        torturing.turned(project, 1 - number % 2)
        second = torturing.report(project)
        codes = {torturing.code(first), torturing.code(second)}
        tally.expect(codes == {0}, f"{number}: exit {codes}")
        wanted = editions[1 - number % 2]
        tally.expect(torturing.tree(project / "output") == wanted, f"{number}: torn or mixed")
        tally.expect(not torturing.litter(project), f"{number}: litter")
        tally.good("pairs")

    with tempfile.TemporaryDirectory() as folder:
        project = small(Path(folder, "book"))
        editions = torturing.editions(project, tally)
        torturing.loop(found, trial)
    tally.end()


if __name__ == "__main__":
    main()
