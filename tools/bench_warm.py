"""The warm engine on the real chapter: from a change to its pages, its charts, its PDFs.

    python tools/bench_warm.py [--rounds N] [--jobs J] [--no-peer] [--json FILE]

One cell that a chart shows, then one word, then WeasyPrint as most people use it (tools/peers/
naive.py, a fresh process that makes the three PDFs), then all again: medians of the rounds. Times
are milliseconds that passed and milliseconds of the processor, user and system, of all processes,
from the change seen to

- html: the pages of all editions are there, those of charts still to be drawn with an empty place,
- charts: the first chart is drawn; all are, and the pages are whole,
- pdf: the last PDF is finished,
- published: output/ is replaced.

A bar that is not met is told and fails nothing: machines differ. Linux only: the processor's time
of processes that live is read from /proc.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from peers.cases import CHAPTER, EDITS, Bench, copied, step
from peers.measure import adopt

from yearbook.engine import Change, Engine, Event, Project
from yearbook.engine.event import Drawn, Page, Printed, Published
from yearbook.model import Text

ROUNDS = 5
KINDS = ("one cell", "one word")
BARS = {"html": 20.0, "chart": 120.0, "pdf of naive": 0.35}
_TICKS = os.sysconf("SC_CLK_TCK")
Times = Mapping[str, tuple[float, float]]
"""Milliseconds that passed and of the processor, by what came then."""


def worked(root: int) -> float:
    """Milliseconds of the processor of a process and all below it, ended ones included."""
    waiting, ticks = [root], 0
    while waiting:
        folder = Path(f"/proc/{waiting.pop()}")
        try:
            parts = (folder / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
            children = [(each / "children").read_text("ascii") for each in folder.glob("task/*")]
        except OSError:  # it ended just now: its parent tells of it
            continue
        ticks += sum(map(int, parts[11:15]))
        waiting.extend(int(pid) for text in children for pid in text.split())
    return ticks * 1000 / _TICKS


@dataclass
class Watch:
    """Notes when each event came."""

    begun: tuple[float, float] = (0.0, 0.0)
    heard: list[tuple[Event, float, float]] = field(default_factory=list)

    def start(self) -> None:
        """A change is seen now."""
        self.heard.clear()
        self.begun = (time.perf_counter(), worked(os.getpid()))

    def hear(self, event: Event) -> None:
        """As `yearbook.engine.Subscriber`."""
        passed = (time.perf_counter() - self.begun[0]) * 1000
        self.heard.append((event, passed, worked(os.getpid()) - self.begun[1]))

    def told(self) -> Iterator[tuple[str, tuple[float, float]]]:
        """What came when."""
        drawn = [at for at, one in enumerate(self.heard) if isinstance(one[0], Drawn)]
        early = self.heard[: drawn[0]] if drawn else self.heard
        yield "html", self._last(early, Page)
        if drawn:
            yield "first chart", self.heard[drawn[0]][1:]
            yield "all charts, whole pages", self._last(self.heard, Page)
        yield "pdf", self._last(self.heard, Printed)
        yield "published", self._last(self.heard, Published)

    @staticmethod
    def _last(events: Sequence[tuple[Event, float, float]], kind: type) -> tuple[float, float]:
        found = [(passed, spent) for event, passed, spent in events if isinstance(event, kind)]
        if not found:
            raise SystemExit(f"no {kind.__name__} was heard of: {[e for e, *_ in events]}")
        return found[-1]


def edited(book: Path, kind: str) -> Change:
    """Change the project as an editor does."""
    name, values = EDITS[kind]
    step(book / name, values)
    return Change(frozenset({name}))


def naive(bench: Bench, book: Path) -> Callable[[], tuple[float, float]]:
    """The naive pipeline on the same chapter."""
    bench.python("-m", "peers.prepare", book, bench.work, work=bench.folder)

    def run() -> tuple[float, float]:
        words = (bench.work, book / "data", "en", "zh", "en-zh")
        spent = bench.python("-m", "peers.naive", *words)
        return spent.passed * 1000, spent.worked * 1000

    return run


def rounds(
    book: Path,
    options: argparse.Namespace,
    peer: Callable[[Path], Callable[[], tuple[float, float]]],
) -> Iterator[dict[str, tuple[float, float]]]:
    """All kinds of edits and the peer, in turn, again and again; the first round warms up."""
    watch = Watch()
    project = Project(book, book / "output", options.jobs)
    with Engine(project, watch.hear, _silently) as engine:
        engine.begin()
        run = None if options.no_peer else peer(book)
        for turn in range(options.rounds + 1):
            found: dict[str, tuple[float, float]] = {}
            for kind in KINDS:
                change = edited(book, kind)
                watch.start()
                engine.turn(change)
                found |= {f"{kind}: {name}": one for name, one in watch.told()}
            if run is not None:
                found["naive"] = run()
            if turn:
                yield found
            print(f"round {turn}: {found}", file=sys.stderr)


def _silently(_: Text) -> None:
    """Nobody else builds here."""


def main(options: argparse.Namespace, folder: Path) -> None:
    """Measure and tell."""
    adopt()
    bench = Bench(folder)
    book = copied(folder / "book")
    taken = list(rounds(book, options, lambda at: naive(bench, at)))
    names = list(taken[0])
    found = {name: tuple(median(one[name][at] for one in taken) for at in (0, 1)) for name in names}
    print("| | ms passed | ms of processor |\n|---|---|---|")
    for name, (passed, spent) in found.items():
        print(f"| {name} | {passed:.0f} | {spent:.0f} |")
    print(*_bars(found), sep="\n")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def _bars(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """How the bars of the warm engine stand, by the time of the processor."""
    told = {"html": found["one cell: html"][1], "chart": found["one cell: first chart"][1]}
    if "naive" in found:
        told["pdf of naive"] = found["one cell: published"][1] / found["naive"][1]
    for name, value in told.items():
        verdict = "met" if value <= BARS[name] else "NOT MET"
        print(f"one cell, {name}: {value:.2f}, bar {BARS[name]}: {verdict}")
    yield f"chapter: {CHAPTER}"


def parsed() -> argparse.Namespace:
    """The options of the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        main(parsed(), Path(place))
