"""How long a whole book takes: bound from nothing, and after one cell; beside Typst on its words.

``python tools/bench_book.py [CHAPTERS] [ROUNDS] [EDITION]``. The chapters are the real one under
other names. Each figure is processor time of one process, the median of interleaved rounds; memory
is the largest resident set of that process, everything before included. "One cell" is the edition
of its chapter made anew, charts, PDF and audit, the whole book bound, read again and on the disk.
Typst (``pip install typst``) is a compiler that stays in memory; it sets the words and drawings
alone, without tables' structure, links of figures, enclosed data or checks. Nothing is timed in a
process that did other work, and every process is ended before the next begins.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module, util
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from yearbook import build, press, printing, volume
from yearbook.fonts import load as load_faces
from yearbook.gallery import load_charts
from yearbook.kit import Kit
from yearbook.model import Artifact, Edition
from yearbook.node import Cache
from yearbook.read import read
from yearbook.read.snapshot import Snapshot, take
from yearbook.report import lay_out
from yearbook.store import Store
from yearbook.volume.order import Printed

ROOT = Path(__file__).resolve().parents[1]
SLUG = "science-and-technology"
CELL = f"data/{SLUG}/dispatch.csv"
VALUES = (b"101", *(str(number).encode() for number in range(103, 131, 2)))
"""What stands in the cell and its quotation, and what is put there in each round."""


@dataclass(frozen=True)
class Bench:
    """What is measured: so many chapters in an edition, in a folder, so many times."""

    folder: Path
    chapters: int
    rounds: int
    edition: Edition


def edited(snapshot: Snapshot, value: bytes) -> Snapshot:
    """The project with another value in the cell."""
    files = {**snapshot.files, CELL: snapshot.files[CELL].replace(VALUES[0], value)}
    return replace(snapshot, files=files)


def kit(snapshot: Snapshot, store: Store) -> Kit:
    """What the printer needs."""
    checked = build.Checked(snapshot, read(snapshot), (), ())
    faces = load_faces(ROOT / build.FONTS, store)
    return printing.kit(checked, load_charts(ROOT), faces, Cache(store))


def printed(snapshot: Snapshot, own: Kit, edition: Edition) -> tuple[bytes, bytes]:
    """The chapter made anew: its page for the screen and its PDF."""
    reading = read(snapshot)
    files = replace(own, files=reading.files)
    run = press.run(lay_out(reading.book, reading.book.chapters[0]), edition, files)
    html, pdf = run.artifacts
    return html.content, pdf.content


def renamed(content: bytes, slug: str) -> bytes:
    """The PDF of the chapter as that of another."""
    with pikepdf.open(BytesIO(content)) as pdf:
        for name in [name for name in pdf.attachments if name.startswith(SLUG)]:
            file = pdf.attachments[name].obj
            file.F = file.UF = pikepdf.String(name.replace(SLUG, slug))
        made = BytesIO()
        pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def taken(work: Callable[[], None]) -> float:
    """Seconds of the processor that some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def finished(slug: str, screen: bytes, content: bytes) -> Printed:
    """A chapter as it is bound."""
    return Printed(slug, Artifact(f"{slug}.html", screen), Artifact(f"{slug}.pdf", content))


def ours(bench: Bench) -> Iterator[tuple[str, float]]:
    """Bound from nothing, then after one cell, in a process that stays."""
    snapshot, store = take(ROOT), Store(bench.folder / "cache", 10**10)
    own = kit(snapshot, store)
    screen, content = printed(snapshot, own, bench.edition)
    slugs = [f"{SLUG}-{number:03}" for number in range(bench.chapters - 1)]
    others = tuple(finished(slug, screen, renamed(content, slug)) for slug in slugs)
    book = read(snapshot).book
    path = bench.folder / "book.pdf"

    def bind(screen: bytes, content: bytes) -> None:
        first = finished(SLUG, screen, content)
        run = volume.run(volume.Order(book, bench.edition, own, (first, *others)))
        if run.findings:
            raise SystemExit(str(run.findings[0]))
        path.write_bytes(run.artifacts[0].content)

    def cell(value: bytes) -> None:
        bind(*printed(edited(snapshot, value), own, bench.edition))

    yield "bound from nothing", taken(lambda: bind(screen, content))
    for value in VALUES[1 : bench.rounds + 1]:
        yield "one cell", taken(partial(cell, value))
        again = printed(edited(snapshot, value), own, bench.edition)
        yield "of that, binding known parts", taken(partial(bind, *again))
    with pikepdf.open(path) as pdf:
        yield "pages", len(pdf.pages)
    yield "bytes", path.stat().st_size


def words(folder: Path, edition: Edition) -> str:
    """The words and drawings of the chapter in Typst's language."""
    kept: list[str] = []
    first = press._Job.printed

    def keep(job: press._Job) -> object:
        drawn = [name for name in job.assets if name.startswith("chart-")]
        for name in drawn:
            (folder / name).write_bytes(job.assets[name])
        kept.extend(f"#text({json.dumps(i.words, ensure_ascii=False)})" for i in job.sheet.items)
        kept.extend(f'#image("{name}")' for name in drawn)
        for face in job.kit.faces:
            (folder / face.file).write_bytes(face.content)
        return first(job)

    press._Job.printed = keep  # type: ignore[method-assign, assignment]
    snapshot = take(ROOT)
    printed(snapshot, kit(snapshot, Store(folder / "none")), edition)
    return "\n\n".join(kept)


def typst(bench: Bench) -> Iterator[tuple[str, float]]:
    """A compiler that stays, on a file for each chapter."""
    engine = import_module("typst")

    folder = bench.folder
    text = words(folder, bench.edition)
    head = '#set text(font: ("Noto Serif", "Noto Serif SC"), 9.5pt)\n#set par(justify: true)\n'
    names = [f"c{number}.typ" for number in range(bench.chapters)]
    for name in names:
        (folder / name).write_text(text, "utf-8")
    main = folder / "book.typ"
    lines = (f'#include "{name}"\n#pagebreak(weak: true)\n' for name in names)
    main.write_text(f"{head}#outline()\n" + "".join(lines), "utf-8")
    compiler = engine.Compiler(str(main), font_paths=[str(folder)], ignore_system_fonts=True)
    path = folder / "typst.pdf"

    def compiled() -> None:
        compiler.compile(output=str(path))

    yield "bound from nothing", taken(compiled)
    for value in VALUES[1 : bench.rounds + 1]:
        changed = text.replace(VALUES[0].decode(), value.decode())
        (folder / names[0]).write_text(changed, "utf-8")
        yield "one cell", taken(compiled)
    with pikepdf.open(path) as pdf:
        yield "pages", len(pdf.pages)
    yield "bytes", path.stat().st_size


def measured(
    work: Callable[[Bench], Iterator[tuple[str, float]]], bench: Bench
) -> Mapping[str, float]:
    """The medians of what some work yields, in a process of its own, and its memory in MiB."""
    here, there = get_context("fork").Pipe()

    def child(pipe: Connection) -> None:
        found: dict[str, list[float]] = {}
        for name, value in work(bench):
            found.setdefault(name, []).append(value)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pipe.send({**{n: statistics.median(v) for n, v in found.items()}, "MiB": held})

    process = get_context("fork").Process(target=child, args=(there,))
    process.start()
    there.close()
    made: Mapping[str, float] = here.recv()
    process.join()
    return made


def main(chapters: int, rounds: int, edition: Edition) -> None:
    """Measure and print a table."""
    found: dict[str, Mapping[str, float]] = {}
    for name, work in (("ours", ours), ("Typst", typst)):
        if work is typst and not util.find_spec("typst"):
            print("Typst is left out: pip install typst")
            continue
        with TemporaryDirectory() as folder:
            found[name] = measured(work, Bench(Path(folder), chapters, rounds, edition))
    print(f"{chapters} chapters, {edition}\n\n| | ours | Typst | ratio |\n|---|---|---|---|")
    for what, value in found["ours"].items():
        other = found.get("Typst", {}).get(what)
        told = f"{other:.2f} | {value / other:.2f}" if other else " | "
        print(f"| {what} | {value:.2f} | {told} |")


if __name__ == "__main__":
    asked = sys.argv[1:]
    main(
        int(asked[0]) if asked else 50,
        int(asked[1]) if len(asked) > 1 else 3,
        Edition(asked[2]) if len(asked) > 2 else Edition.EN,
    )
