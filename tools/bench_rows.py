"""What a check of large tables takes: 10,000, 100,000 and a million rows, each in a new process.

A folder of a table, its codes and two rules, as `build.py check --root FOLDER` takes it from
anybody; the peer reads the same file with pandas (every cell as text, as a check needs it) and adds
the parts up by groups. Prints seconds of the processor, seconds by the clock, megabytes at the
peak, and the ratios to the peer in the same turn; the median of the turns. ``make bench`` runs it.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000, 1_000_000)
YEARS, RANKS = range(1991, 2011), ("total", "a", "b", "c", "d")
HEADER = "id,period,rank,county,value,unit,qualifier,quote,source,note\n"
CODES = "dimension,code,parent,relation,en,zh\nrank,total,,,total,合计\n" + "".join(
    f"rank,{name},total,sum,{name},{name}\n" for name in RANKS[1:]
)
RULES = """id,level,rule,message_en,message_zh
first,error,total_0 = a_0 + b_0 + c_0 + d_0,the parts make the whole,各部分之和应等于合计
part,error,a_0 <= total_0,a part is no more than the whole,部分不超过合计
"""
PEER = """import sys, pandas
table = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
table["value"] = pandas.to_numeric(table["value"])
sums = table.groupby(["period", "county", table["rank"] == "total"])["value"].sum().unstack()
print(int((sums[True] != sums[False]).sum()), "sums do not balance")
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process took: seconds of the processor and by the clock, megabytes at its peak."""

    processor: float
    clock: float
    peak: float


def rows(count: int) -> Iterator[str]:
    """The rows of counties with parts and a whole over twenty years, the same ones each time."""
    state = 1
    yield HEADER
    for county in range(count // (len(YEARS) * len(RANKS))):
        parts = [1000 + 17 * county % 9001 + 211 * rank for rank in range(4)]
        for year in YEARS:
            state = state * 1103515245 + 12345 & 0x7FFFFFFF
            parts = [part + part * (state >> shift & 7) // 200 for shift, part in enumerate(parts)]
            for rank, value in zip(RANKS, (sum(parts), *parts), strict=True):
                yield f"{rank}_{county},{year},{rank},c{county},{value},ha,,,census,\n"


def written(folder: Path, count: int) -> Path:
    """A folder of tables with so many rows."""
    data = folder / "data" / "land"
    data.mkdir(parents=True)
    with (data / "area.csv").open("w", encoding="utf-8") as table:
        table.writelines(rows(count))
    (data / "codes.csv").write_text(CODES, "utf-8")
    (data / "rules.csv").write_text(RULES, "utf-8")
    return folder


def taken(command: list[str]) -> Taken:
    """Run a command in a process of its own, what it says discarded."""
    started = time.monotonic()
    process = os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    unit = 1 if sys.platform == "darwin" else 1024
    peak = used.ru_maxrss * unit / 2**20
    return Taken(used.ru_utime + used.ru_stime, time.monotonic() - started, peak)


def median(turns: Sequence[Taken]) -> Taken:
    """The median of each measure."""
    return Taken(
        statistics.median(each.processor for each in turns),
        statistics.median(each.clock for each in turns),
        statistics.median(each.peak for each in turns),
    )


def measured(folder: Path, count: int, turns: int) -> None:
    """Print what a check of so many rows takes, beside its peer."""
    table = folder / "data" / "land" / "area.csv"
    check = [sys.executable, str(ROOT / "build.py"), "check", "--root", str(folder)]
    peer = [sys.executable, "-c", PEER, str(table)]
    ours, theirs = [], []
    for _ in range(turns):
        ours.append(taken(check))
        theirs.append(taken(peer))
    one, other = median(ours), median(theirs)
    print(f"{count:9,} rows, {table.stat().st_size / 2**20:.1f} MiB")
    for name, each in (("check", one), ("pandas", other)):
        print(f"  {name:7}{each.processor:6.2f} s CPU {each.clock:6.2f} s {each.peak:6.0f} MiB")
    ratios = one.processor / other.processor, one.clock / other.clock, one.peak / other.peak
    print("  ratio  {:6.2f}       {:6.2f}   {:6.2f}".format(*ratios), flush=True)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--turns", type=int, default=5)
    asked.add_argument("--rows", type=int, nargs="*", default=SIZES)
    given = asked.parse_args()
    for count in given.rows:
        with tempfile.TemporaryDirectory() as folder:
            measured(written(Path(folder) / "book", count), count, given.turns)


if __name__ == "__main__":
    main()
