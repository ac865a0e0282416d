"""How long a report takes: cold, nothing changed, one cell, one label, one colour; and its peers.

Each figure is the processor time and the wall time of a whole process and its children, the median
of interleaved rounds with the least and the most: ``python tools/bench_build.py [ROUNDS]``. The
yardstick is the naive pipeline on the same pages: pandas reads all, matplotlib draws all, an
unmended WeasyPrint prints all, nothing is kept or checked. Typst (``pip install typst``) sets the
words and drawings of the English edition, without tables' structure, links, tags or checks.
"""

import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import util
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
LABELS = ("Videophone", "Video", "Telephone", "Remote", "Distant")
CHAPTER = "science-and-technology"
NAIVE = """
import json, sys, weasyprint, pandas, pathlib
from yearbook import draw, fonts
from yearbook.gallery import load_charts
from yearbook.chart import Asked, Sketch
from yearbook.model import Edition
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.template import plain
root, work = map(pathlib.Path, sys.argv[1:3])
for path in root.glob("data/**/*.csv"):
    pandas.read_csv(path, dtype=str)
reading = read(take(root))
chapter, faces = reading.book.chapters[0], fonts.load(root / "templates/fonts")
for edition in map(Edition, sys.argv[3:]):
    assets = {face.file: face.content for face in faces}
    page = (work / f"{edition}.html").read_text("utf-8")
    for spec in chapter.charts:
        say = lambda language, text: text.of(language)
        sketch = Sketch(Asked(reading.book, chapter), reading.theme, edition, say)
        drawn = draw.draw(load_charts(root)[spec.id], spec, sketch, faces)
        assets[f"chart-{spec.id}.svg"] = (work / f"{edition}-chart-{spec.id}.svg").read_bytes()
    def fetch(url):
        kind = "image/svg+xml" if url.endswith("svg") else "font/ttf"
        return {"string": assets[url.removeprefix("asset:///")], "mime_type": kind}
    html = weasyprint.HTML(string=page, url_fetcher=fetch)
    html.write_pdf(work / f"naive-{edition}.pdf", pdf_variant="pdf/a-3a")
"""
TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
"""
PAGES = """
import json, pathlib, sys
from yearbook import build, press
work = pathlib.Path(sys.argv[2])
def keep(job):
    edition = job.sheet.head.edition
    (work / f"{edition}.html").write_text(job.html, "utf-8")
    for name, content in job.assets.items():
        end = "" if name.startswith("chart-") else "fonts/"
        (work / "fonts").mkdir(exist_ok=True)
        path = work / (end + name if end else f"{edition}-{name}")
        path.write_bytes(content)
    words = [item.words for item in job.sheet.items]
    if edition == "en":
        quoted = (json.dumps(each, ensure_ascii=False) for each in words)
        text = "\\n\\n".join(f"#text({each})" for each in quoted)
        drawings = "".join(f'#image("en-{n}")\\n' for n in job.assets if n.startswith("chart-"))
        (work / "en.typ").write_text('#set text(font: ("Noto Serif", "Noto Serif SC"), 9.5pt)\\n'
            + "#set par(justify: true)\\n" + text + "\\n" + drawings, "utf-8")
    return first(job)
first = press._Job.printed
press._Job.printed = keep
from yearbook.gallery import load_charts
root = pathlib.Path(sys.argv[1])
build.build(root, load_charts(root), 2, lambda text: None)
"""
Spent = tuple[float, float, float]
"""Seconds of wall and of processor, and the largest resident set of a process in MiB."""


def spent(*words: str | Path) -> Spent:
    """Run a Python program; what it took."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{os.environ.get('PYTHONPATH', '')}"}
    began = time.monotonic()
    out = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)]
    command = [sys.executable, *map(str, words)]
    pid = os.posix_spawn(sys.executable, command, environment, file_actions=actions)
    os.close(out)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"this failed, run it by hand: {[str(word)[:80] for word in words]}")
    return time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def step(path: Path, values: Sequence[str]) -> None:
    """Put the value that follows in the place of the one that is there: one never seen before, for
    what was there once is known to the cache."""
    text = path.read_text("utf-8")
    at = next(at for at, value in enumerate(values) if value in text)
    path.write_text(text.replace(values[at], values[at + 1]), "utf-8")


def cases(book: Path, work: Path) -> Mapping[str, Callable[[], Spent]]:
    """What is measured, by name; none hangs on what another left in the cache."""
    report = (ROOT / "build.py", "report", "--root", book)
    data = book / "data" / CHAPTER

    def cold() -> Spent:
        shutil.rmtree(book / ".yearbook")
        return spent(*report)

    def edited(path: Path, *values: str) -> Callable[[], Spent]:
        def run() -> Spent:
            step(path, values)
            return spent(*report)

        return run

    found = {
        "cold": cold,
        "nothing changed": lambda: spent(*report),
        "one cell": edited(data / "dispatch.csv", *map(str, range(101, 111, 2))),
        "one label": edited(data / "codes.csv", *(f"{n} conference" for n in LABELS)),
        "one colour": edited(
            book / "templates" / "theme.toml", *(f"#123{n}5b" for n in range(8, 3, -1))
        ),
        "naive, two editions": lambda: spent("-c", NAIVE, book, work, "en", "zh"),
        "naive, three editions": lambda: spent("-c", NAIVE, book, work, "en", "zh", "en-zh"),
    }
    if util.find_spec("typst"):
        found["Typst, English"] = lambda: spent(
            "-c", TYPST, work / "en.typ", work / "typst.pdf", work / "fonts"
        )
    else:
        print("Typst is left out: pip install typst")
    return found


def main(rounds: int) -> None:
    """Measure in interleaved rounds and print a table."""
    with TemporaryDirectory() as folder:
        book, work = Path(folder, "book"), Path(folder, "work")
        work.mkdir()
        for room in ("data", "templates", "figures"):
            shutil.copytree(ROOT / room, book / room)
        spent("-c", PAGES, book, work)
        spent(ROOT / "build.py", "report", "--root", book)
        measures = cases(book, work)
        taken: dict[str, list[Spent]] = {name: [] for name in measures}
        for _ in range(rounds):
            for name, measure in measures.items():
                taken[name].append(measure())
        tell(taken)
        sizes = {path.name: path.stat().st_size for path in work.glob("*.pdf")}
        sizes |= {p.name: p.stat().st_size for p in (book / "output" / CHAPTER).glob("*.pdf")}
        print(json.dumps(sizes))


def tell(taken: Mapping[str, list[Spent]]) -> None:
    """The table: medians, least and most, and the ratio of processor time to the yardsticks."""
    middle = {name: statistics.median(each[1] for each in all_) for name, all_ in taken.items()}
    print("| | wall s | CPU s (least to most) | MiB | of naive (3) | of Typst |")
    print("|---|---|---|---|---|---|")
    for name, runs in taken.items():
        wall, memory = (statistics.median(each[at] for each in runs) for at in (0, 2))
        least, most = min(each[1] for each in runs), max(each[1] for each in runs)
        naive = middle[name] / middle["naive, three editions"]
        typst = (
            f"{middle[name] / middle['Typst, English']:.2f}" if "Typst, English" in middle else ""
        )
        print(
            f"| {name} | {wall:.2f} | {middle[name]:.2f} ({least:.2f} to {most:.2f}) "
            f"| {memory:.0f} | {naive:.3f} | {typst} |"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
