"""The toolkit and its peers on the same chapter: medians of interleaved rounds, ratios, bars.

    python tools/bench_peers.py [--rounds N] [--books 1,10] [--json FILE] [--keep FOLDER]

Every peer prints the text, tables and charts of the chapter that was just built, in the fonts of
this project (tools/peers/). A case is a fresh process each time. Times are seconds of the
processor, user and system, of a process and all that it starts, and those that pass; memory is the
largest resident set of one process. A peer that is not installed is left out and named: pandoc,
texlive-xetex with texlive-lang-chinese, r-cran-bookdown, chromium; the rest comes with
``make bench``. A bar that is not met is told and fails nothing: machines differ.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from peers.bars import others, ratios
from peers.cases import CHAPTER, Bench, Case, book, copied, ours, peers, warm
from peers.measure import FailedError, Spent, Summary, adopt, summed

ROUNDS = 3


def ready(bench: Bench) -> None:
    """Build the chapter, write it for the peers and draw its charts once."""
    source = copied(bench.folder / "three")
    bench.report(source)
    bench.python("-m", "peers.prepare", source, bench.work, work=bench.folder)
    bench.python("-m", "peers.naive", bench.work, source / "data", "en", "zh", "en-zh")


def measured(cases: Mapping[str, Case], rounds: int) -> dict[str, Summary]:
    """All cases in turn, then all again."""
    taken: dict[str, list[Spent]] = {name: [] for name in cases}
    for turn in range(rounds):
        for name, case in cases.items():
            taken[name].append(case())
            print(f"round {turn + 1}: {name}: {taken[name][-1].worked:.2f} s", file=sys.stderr)
    return {name: summed(runs) for name, runs in taken.items()}


def table(taken: Mapping[str, Summary]) -> Iterator[str]:
    """What every case took."""
    yield "| case | CPU s (least to most) | wall s | MiB | runs |"
    yield "|---|---|---|---|---|"
    for name, one in taken.items():
        spread = f"{one.worked:.3f} ({one.least:.3f} to {one.most:.3f})"
        yield f"| {name} | {spread} | {one.passed:.3f} | {one.memory:.0f} | {one.runs} |"


def sizes(bench: Bench) -> dict[str, int]:
    """The PDFs by edition, ours and those of the peers as ``<peer>-<edition>``."""
    made = [*bench.work.glob("*.pdf"), *(bench.folder / "three/output" / CHAPTER).glob("*.pdf")]
    return {path.stem: path.stat().st_size for path in sorted(made)}


def main(arguments: argparse.Namespace, folder: Path) -> int:
    """Measure, tell, and keep what was told as JSON."""
    adopt()
    bench = Bench(folder)
    ready(bench)
    cases, absent = dict(ours(bench)), []
    for name, case in peers(bench):
        if isinstance(case, str):
            absent.append(f"left out: {name}: {case}")
        else:
            cases[name] = case
    taken = measured(cases, arguments.rounds)
    for count in arguments.books:
        taken |= measured(dict(book(bench, count)), 1)
    found = sizes(bench)
    judged = [*ratios(taken), *others(taken, found)]
    lines = [
        "| ratio | CPU | wall | bar | |",
        "|---|---|---|---|---|",
        *(one.line for one in judged),
        "",
        *table(taken),
        "",
        "PDFs, bytes: " + ", ".join(f"{name} {size}" for name, size in found.items()),
        *([warm(bench)] if "Typst, English" in taken else []),
        *absent,
    ]
    print("\n".join(lines))
    if arguments.json:
        told = {
            "cases": {name: asdict(one) for name, one in taken.items()},
            "ratios": [{**asdict(one), "verdict": one.verdict} for one in judged],
            "sizes": found,
            "absent": absent,
        }
        arguments.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return 0


def parsed() -> argparse.Namespace:
    """The options of the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--books",
        type=lambda text: [int(part) for part in text.split(",") if part],
        default=[1, 10],
        help="how many chapters generated books have: 1,10,50,200 (50 takes an hour, 200 four)",
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="a new folder that stays")
    return parser.parse_args()


if __name__ == "__main__":
    options = parsed()
    try:
        if options.keep:
            options.keep.mkdir(parents=True)
            sys.exit(main(options, options.keep.resolve()))
        with TemporaryDirectory() as place:
            sys.exit(main(options, Path(place)))
    except FailedError as fault:
        sys.exit(f"this failed: {fault}")
