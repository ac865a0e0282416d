"""Read a table while another process keeps saving it in place: never a short one.

    python tools/live_writer.py [--count N] [--seed S]

The writer truncates the file, writes part of it, may pause, writes the rest: what a slow disk or a
network drive does to a program that saves in place.
"""

import argparse
import random
import sys
import tempfile
import time
from multiprocessing import Process
from pathlib import Path

from yearbook.read.snapshot import take

ROW = "row{0},2010,437,person,,groups of 437 people,most,\r\n"
HEAD = "id,period,value,unit,qualifier,quote,source,note\r\n"


def versions() -> tuple[bytes, ...]:
    """The states a table may honestly have."""
    rows = "".join(ROW.format(number) for number in range(400))
    return tuple((HEAD + rows.replace("437", each)).encode() for each in ("437", "438"))


def save(path: Path, seed: int) -> None:
    """Save the table in place for ever, at intervals and with pauses of chance."""
    chance = random.Random(seed)
    while True:
        content = chance.choice(versions())
        with path.open("wb", buffering=0) as file:
            at = chance.randrange(len(content))
            file.write(content[:at])
            time.sleep(chance.choice((0, 0, 0.001, 0.01, 0.05)))
            file.write(content[at:])
        time.sleep(chance.choice((0.01, 0.05, 0.2, 0.3)))


def main() -> int:
    """Read beside the writer; 1 if a table was short."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=300)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    whole = set(versions())
    short = named = naive = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data" / "x.csv"
        path.parent.mkdir()
        path.write_bytes(versions()[0])
        writer = Process(target=save, args=(path, given.seed), daemon=True)
        writer.start()
        for _ in range(given.count):
            time.sleep(0.02)
            naive += path.read_bytes() not in whole
            taken = take(Path(folder))
            named += bool(taken.findings)
            short += any(content not in whole for content in taken.files.values())
        writer.terminate()
        writer.join()
    print(
        f"seed {given.seed}: {given.count} reads beside a live writer: {short} short, "
        f"{named} named as being saved; plain reading: {naive} short"
    )
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
