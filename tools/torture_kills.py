"""Full builds, without a cache, killed at random moments: the old edition or the new one stands,
whole; a plain rerun heals; nothing lies about. `--book .` kills builds of the real book."""

import os
import random
import shutil
import signal
import tempfile
import time
from pathlib import Path

import torturing

from tests.small import small

MISSES = 4
"""Builds that may end before their kill, for each kill that is asked for."""


def main() -> None:
    """As many kills as asked for; a build that ended before it was hit does not count."""
    found, tally = torturing.options(150), torturing.Tally()
    wanted, found.count = found.count, found.count * MISSES
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "book")
        if found.book:
            for room in ("data", "templates", "figures"):
                shutil.copytree(found.book / room, project / room)
        else:
            small(project)
        started = time.monotonic()
        tally.expect(torturing.code(torturing.report(project)) == 0, "the first report")
        took = time.monotonic() - started

        def trial(number: int, chance: random.Random) -> None:
            if tally.counts["killed"] >= wanted:
                return
            with (project / "data" / "book.toml").open("a", encoding="utf-8") as book:
                book.write(f"# trial {number}\n")
            torturing.forget(project)
            before = torturing.whole(project / "output")
            pid = torturing.report(project)
            time.sleep(chance.uniform(0, took))
            os.kill(pid, signal.SIGKILL)
            ended = torturing.code(pid)
            after = torturing.whole(project / "output")
            tally.expect(bool(after), f"{number}: torn, mixed or lost")
            tally.good("killed" if ended < 0 else "ended before the kill")
            tally.good("old edition" if after == before else "new edition")
            tally.expect(torturing.code(torturing.report(project)) == 0, f"{number}: not healed")
            healed = torturing.whole(project / "output")
            tally.expect(healed not in ("", before), f"{number}: healed, but not the new edition")
            tally.expect(not torturing.litter(project), f"{number}: {torturing.litter(project)}")

        torturing.loop(found, trial)
    tally.end()


if __name__ == "__main__":
    main()
