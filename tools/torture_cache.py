"""Proves that no output is ever stale: random edits to a small project, each built on the cache and
from nothing, compared byte for byte."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import torturing

from tests.staleness import EDITS, bench, sequence, surrounded

LONGEST = 3
"""Edits in a sequence; the cache goes on from one sequence to the next."""


def main() -> None:
    """Run so many sequences and tell how often each edit was made."""
    found = torturing.options(500)
    sequences = found.count
    began, counts = time.monotonic(), dict.fromkeys(EDITS, 0)
    with TemporaryDirectory() as folder:
        at = bench(Path(folder), found.seed)
        back = surrounded(at)
        try:
            for number in range(1, sequences + 1):
                if time.monotonic() > found.until:
                    print(f"  time is up after {number - 1} of {sequences}")
                    break
                for name in sequence(at, at.random.randint(1, LONGEST)):
                    counts[name] += 1
                if number % 10 == 0 or number == sequences:
                    seconds = time.monotonic() - began
                    builds = sum(counts.values())
                    print(
                        f"{number} sequences, {builds} builds on the cache, {len(at.cold)} from "
                        f"nothing, {seconds:.0f} s: all the same",
                        flush=True,
                    )
        finally:
            back()
    print(", ".join(f"{name} {count}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
