"""The cases that are measured, by name: ours and those of the peers that are there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path

from peers.measure import FailedError, Spent, spent

ROOT = Path(__file__).resolve().parents[2]
PATH = f"{ROOT}{os.pathsep}{ROOT / 'tools'}"
CHAPTER = "science-and-technology"
EDITIONS = {"two languages": ("en", "zh"), "three editions": ("en", "zh", "en-zh")}
INPUTS = 3000
Case = Callable[[], Spent]
WORDS = ("personal", "full", "whole", "close", "keen", "steady", "best", "first", "lasting", "own")
EDITS: Mapping[str, tuple[str, Sequence[str]]] = {
    "one cell": (f"data/{CHAPTER}/dispatch.csv", [str(n) for n in range(101, 141, 2)]),
    "one word": (
        f"templates/chapters/{CHAPTER}/en.md",
        [f"gave the work their {word}" for word in WORDS],
    ),
    "one chart": ("figures/wenchuan.py", [f"ARROW = 0.{n}" for n in range(34, 54)]),
    "one colour": ("templates/theme.toml", [f"#1238{n:02x}" for n in range(0x5B, 0x47, -1)]),
}
"""A file, and values that take each other's place in it: one never seen before each time."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where things are; ``work`` holds the sources of the peers."""

    folder: Path

    @property
    def work(self) -> Path:
        """The sources of the peers and what they made."""
        return self.folder / "work"

    def python(self, *words: str | Path, work: Path | None = None) -> Spent:
        """Run a module of ours or of a peer."""
        return self.run(sys.executable, *words, work=work)

    def run(self, *words: str | Path, work: Path | None = None) -> Spent:
        """Run a program where the peers' sources are, with their fonts."""
        here = work or self.work
        environment = {
            **os.environ,
            "PYTHONPATH": PATH,
            "PYTHONWARNINGS": "ignore",
            "FONTCONFIG_FILE": str(here / "fonts.conf"),
            "MPLCONFIGDIR": str(self.folder / "matplotlib"),
        }
        return spent([str(word) for word in words], here, environment)

    def report(self, book: Path, *, two: bool = False) -> Spent:
        """Our own report."""
        program = ["-m", "peers.two"] if two else ["-S", str(ROOT / "build.py")]
        command = [sys.executable, *program, "report", "--root", str(book)]
        return spent(command, ROOT, {**os.environ, "PYTHONPATH": PATH if two else ""})


def copied(book: Path) -> Path:
    """A copy of the project to edit."""
    for room in ("data", "templates", "figures"):
        shutil.copytree(ROOT / room, book / room)
    # Who changes a word has to confirm its translation, which takes a person.
    for name in ("wording.csv", "datapackage.json"):
        (book / "data" / CHAPTER / name).unlink()
    return book


def step(path: Path, values: Sequence[str]) -> None:
    """Put the value that follows in the place of the one that is there."""
    text = path.read_text("utf-8")
    at = next(at for at, value in reversed(list(enumerate(values))) if value in text)
    path.write_text(text.replace(values[at], values[at + 1]), "utf-8")


def _edited(bench: Bench, book: Path, name: str, two: bool) -> Case:
    file, values = EDITS[name]

    def run() -> Spent:
        step(book / file, values)
        return bench.report(book, two=two)

    return run


def _cold(bench: Bench, book: Path, two: bool) -> Case:
    def run() -> Spent:
        for name in (".yearbook", "output"):
            shutil.rmtree(book / name, ignore_errors=True)
        return bench.report(book, two=two)

    return run


def ours(bench: Bench) -> Iterator[tuple[str, Case]]:
    """What the toolkit does; each case leaves the book whole, so none hangs on another."""
    three, both, many = (bench.folder / name for name in ("three", "two", "many"))
    shutil.copytree(three, both)
    shutil.copytree(three, many)
    spare = many / "templates" / "spare"
    spare.mkdir()
    for number in range(INPUTS):
        (spare / f"{number}.txt").write_text(f"{number}\n" * 300, "utf-8")
    bench.report(many)  # another snapshot of the same chapter: its receipt is what is wanted
    yield "cold, three editions", _cold(bench, three, two=False)
    yield "cold, two languages", _cold(bench, both, two=True)
    yield "nothing changed", lambda: bench.report(three)
    yield "nothing changed, 3,000 inputs", lambda: bench.report(many)
    for name in EDITS:
        yield f"{name}, three editions", _edited(bench, three, name, two=False)
    yield "one cell, two languages", _edited(bench, both, "one cell", two=True)


def peers(bench: Bench) -> Iterator[tuple[str, Case | str]]:
    """What the peers do with the same content; instead of a case, why there is none."""
    data = bench.folder / "three" / "data"
    for name, editions in EDITIONS.items():
        yield f"naive, {name}", _module(bench, "naive", bench.work, data, *editions)
    yield from _typst(bench)
    yield from _sphinx(bench)
    for name, editions in EDITIONS.items():
        yield f"pandoc and XeLaTeX, {name}", _pandoc(bench, editions)
    yield "bookdown, two languages", _bookdown(bench)
    yield "Chromium, two languages", _chromium(bench)


def _module(bench: Bench, name: str, *words: str | Path) -> Case:
    return lambda: bench.python("-m", f"peers.{name}", *words)


def _typst(bench: Bench) -> Iterator[tuple[str, Case | str]]:
    if util.find_spec("typst") is None:
        yield "Typst", "the package typst is not installed"
        return
    yield "Typst, English", _module(bench, "set_typst", bench.work, "en")
    for name, editions in EDITIONS.items():
        yield (
            f"Typst, all charts, {name}",
            _module(bench, "set_typst", "--charts", bench.work, *editions),
        )


def _sphinx(bench: Bench) -> Iterator[tuple[str, Case | str]]:
    if util.find_spec("sphinx") is None:
        yield "Sphinx", "the package sphinx is not installed"
        return
    target = bench.work / "sphinx-out"

    def run() -> Spent:
        return bench.python("-m", "sphinx", "-q", "-b", "html", "sphinx/en", target)

    def cold() -> Spent:
        shutil.rmtree(target, ignore_errors=True)
        return run()

    yield "Sphinx HTML, cold", cold
    yield "Sphinx HTML, nothing changed", run


def _drawn(bench: Bench, editions: Sequence[str]) -> Spent:
    """The charts as PDF, as LaTeX wants them."""
    return bench.python("-m", "peers.draw", bench.work, "pdf", *editions)


def _latex() -> str:
    """What is missing of XeLaTeX for Chinese, or nothing."""
    for program in ("xelatex", "kpsewhich"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    for style in ("xeCJK.sty", "lmodern.sty", "pzdr.tfm"):
        if subprocess.run(["kpsewhich", style], capture_output=True, check=False).returncode:
            return f"XeLaTeX lacks {style}"
    return ""


def _pandoc(bench: Bench, editions: Sequence[str]) -> Case | str:
    if shutil.which("pandoc") is None or _latex():
        return _latex() or "pandoc is not installed"

    def run() -> Spent:
        took = _drawn(bench, editions)
        for edition in editions:
            page = ("pandoc", f"{edition}.md", "-s", "-o", f"pandoc-{edition}.html")
            paper = ("pandoc", f"{edition}.md", "--pdf-engine=xelatex", "-o")
            took += bench.run(*page) + bench.run(*paper, f"pandoc-{edition}.pdf")
        return took

    return run


def _bookdown(bench: Bench) -> Case | str:
    if shutil.which("Rscript") is None or _latex():
        return _latex() or "R is not installed"
    there = ["Rscript", "-e", "library(bookdown)"]
    if subprocess.run(there, capture_output=True, check=False).returncode:
        return "the R package bookdown is not installed"

    def run() -> Spent:
        took = _drawn(bench, EDITIONS["two languages"])
        for edition in EDITIONS["two languages"]:
            told = f'output_file="bookdown-{edition}.pdf", quiet=TRUE'
            took += bench.run("Rscript", "-e", f'rmarkdown::render("{edition}.Rmd", {told})')
        return took

    return run


def _chromium(bench: Bench) -> Case | str:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return "Chromium is not installed"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    home = f"--user-data-dir={bench.folder / 'chromium'}"

    def run() -> Spent:
        took = bench.python("-m", "peers.draw", bench.work, "svg", "en", "zh")
        for edition in EDITIONS["two languages"]:
            page = (bench.work / f"{edition}.html").as_uri()
            paper = f"--print-to-pdf=chromium-{edition}.pdf"
            took += bench.run(program, *options, home, paper, page)
        return took

    return run


def book(bench: Bench, count: int) -> Iterator[tuple[str, Case]]:
    """A generated book of so many chapters, and one document of all its pages in each edition."""
    folder, work = bench.folder / f"book-{count}", bench.folder / f"work-{count}"
    bench.python(ROOT / "tools" / "bookgen.py", folder, str(count))
    file = folder / "data" / CHAPTER / "dispatch.csv"
    yield f"book of {count}, cold", _cold(bench, folder, two=False)
    yield f"book of {count}, nothing changed", lambda: bench.report(folder)

    def cell() -> Spent:
        rows = file.read_text("utf-8").split("\n")
        at = next(n for n, row in enumerate(rows) if row.startswith("dispatched_departmental"))
        value = next(word for word in rows[at].split(",") if word.isdigit())
        rows[at] = rows[at].replace(value, str(int(value) + 1))
        file.write_text("\n".join(rows), "utf-8")
        return bench.report(folder)

    yield f"book of {count}, one cell", cell

    def naive() -> Spent:
        if not work.exists():
            bench.python("-m", "peers.prepare", folder, work)
        editions = EDITIONS["three editions"]
        return bench.python("-m", "peers.naive", work, folder / "data", *editions, work=work)

    yield f"one document of {count}", naive


def warm(bench: Bench) -> str:
    """What a Typst compiler that stays alive takes for one changed figure."""
    command = [sys.executable, "-m", "peers.set_typst", "--warm", str(bench.work), "en"]
    environment = {**os.environ, "PYTHONPATH": PATH}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=bench.work
    )
    if done.returncode:
        raise FailedError(done.stderr[-300:])
    worked, passed = map(float, done.stdout.split())
    return f"Typst, English, persistent compiler: {worked:.3f} s of CPU, {passed:.3f} s"
