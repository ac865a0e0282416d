"""Pairs of builds at the same time: they take turns; no edition is torn or mixed."""

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
        text = f"# pair {number}\n"
        with (project / "data" / "book.toml").open("a", encoding="utf-8") as book:
            book.write(text)
        first = torturing.report(project)
        time.sleep(chance.uniform(0, 0.5))
        second = torturing.report(project)
        codes = {torturing.code(first), torturing.code(second)}
        tally.expect(codes == {0}, f"{number}: exit {codes}")
        tally.expect(bool(torturing.whole(project / "output")), f"{number}: torn or mixed")
        tally.expect(not torturing.litter(project), f"{number}: litter")
        tally.good("pairs")

    with tempfile.TemporaryDirectory() as folder:
        project = small(Path(folder, "book"))
        torturing.loop(found, trial)
    tally.end()


if __name__ == "__main__":
    main()
