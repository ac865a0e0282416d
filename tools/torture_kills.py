"""Full builds killed at random moments: the old edition or the new one stands, whole; a plain rerun
heals; nothing lies about. `--book .` kills builds of the real book."""

import os
import random
import shutil
import signal
import tempfile
import time
from pathlib import Path

import torturing

from tests.small import small


def main() -> None:
    """The trials."""
    found, tally = torturing.options(150), torturing.Tally()
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
            with (project / "data" / "book.toml").open("a", encoding="utf-8") as book:
                book.write(f"# trial {number}\n")
            before = torturing.whole(project / "output")
            pid = torturing.report(project)
            time.sleep(chance.uniform(0, took * 1.1))
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
