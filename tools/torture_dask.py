"""A Dask cluster whose workers are killed twice during a run of many counties: nothing is lost, and
the bytes are those that one process of this machine makes. `--count` is the number of counties."""

import os
import random
import signal
import tempfile
from collections.abc import Iterator, Sequence
from importlib import util
from pathlib import Path
from typing import Any

import bench_counties
import counties
import torturing

from yearbook.book import Limits
from yearbook.executor import Local
from yearbook.executor.dask import Dask
from yearbook.finding import Finding

KILLS = 2


def children(pid: int) -> Iterator[tuple[int, tuple[int, str]]]:
    """The processes below one, each with its parent and its command line."""
    for task in Path("/proc").glob("[0-9]*"):
        try:
            parent = task.joinpath("stat").read_text("utf-8").rpartition(")")[2].split()[1]
            words = task.joinpath("cmdline").read_text("utf-8").replace("\0", " ")
        except OSError:
            continue
        if int(parent) == pid:
            yield int(task.name), (pid, words)
            yield from children(int(task.name))


def workers() -> list[int]:
    """The Dask workers of this run: those that started a foreman."""
    found = dict(children(os.getpid()))
    foremen = [pid for pid, (_, words) in found.items() if "yearbook.executor.foreman" in words]
    return sorted({parent for pid, (parent, _) in found.items() if pid in foremen} - {*foremen})


def made(outcomes: Sequence[Any]) -> list[tuple[str, bytes]]:
    """The files that came out."""
    return [
        (file.name, file.content) for each in outcomes for file in getattr(each, "artifacts", ())
    ]


def main() -> None:
    """One run, and the same with one process."""
    found, tally = torturing.options(40), torturing.Tally()
    if util.find_spec("distributed") is None:
        print("torture_dask is left out: pip install distributed")
        return
    chance = random.Random(found.seed)
    with tempfile.TemporaryDirectory() as folder:
        orders = bench_counties.orders(counties.write(Path(folder), found.count), 2)[::2]
        fatal = set(chance.sample(range(1, len(orders) - 2), KILLS))
        outcomes = []
        for number, done in enumerate(Dask(patience=120).run(orders, Limits(), 2)):
            outcomes.append(done)
            at_work = workers() if number in fatal else []
            if at_work:
                os.kill(chance.choice(at_work), signal.SIGKILL)
                tally.good("worker killed")
        tally.expect(tally.counts["worker killed"] == KILLS, "a worker was there to be killed")
        for done in outcomes:
            if isinstance(done, Finding):
                tally.expect(False, f"lost: {done.what.en}")
        tally.expect(made(outcomes) == made(list(Local().run(orders, Limits(), 1))), "other bytes")
        tally.expect(not list(children(os.getpid())), "a process is left")
        for _ in outcomes:
            tally.good("edition")
    tally.end()


if __name__ == "__main__":
    main()
