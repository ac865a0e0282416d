"""Proves that no output is ever stale: random edits to a small project, each built on the cache and
from nothing, compared byte for byte. ``python tools/torture_cache.py [SEQUENCES] [SEED]``"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.staleness import EDITS, bench, sequence, surrounded

LONGEST = 3
"""Edits in a sequence; the cache goes on from one sequence to the next."""


def main(sequences: int, seed: int) -> None:
    """Run so many sequences and tell how often each edit was made."""
    began, counts = time.monotonic(), dict.fromkeys(EDITS, 0)
    with TemporaryDirectory() as folder:
        at = bench(Path(folder), seed)
        back = surrounded(at)
        try:
            for number in range(1, sequences + 1):
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
    main(*(int(word) for word in (*sys.argv[1:], *("500", "6")[len(sys.argv) - 1 :])))
