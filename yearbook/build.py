"""One build from files to files: read, check, compose, print, publish; findings all the way."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from platform import python_version

from markupsafe import Markup

from yearbook import checks, dataset, doctor, fonts, listing, markup, triage
from yearbook.binding import Medium, Numbering
from yearbook.book import Book
from yearbook.chart import Chart
from yearbook.compose import Teller
from yearbook.finding import Finding, error, failing
from yearbook.manifest import manifest
from yearbook.model import Artifact, Edition, Language, Place, Text
from yearbook.page import Layout, filled, style
from yearbook.press import Kit, Run, run, with_fonts
from yearbook.read import Reading, read
from yearbook.read.snapshot import Snapshot, take
from yearbook.records import Records
from yearbook.repertoire import uncovered
from yearbook.report import Desk, lay_out
from yearbook.words import WORDS

Say = Callable[[Text], None]
"""Tells the person at the terminal what is being done."""
FONTS = "templates/fonts"
TEMPLATES = ("chapter.html", "index.html", "common.css", "screen.css", "page.css")
"""What the pages are made of; other templates are for these to include."""
TOOLS = ("weasyprint", "jinja2", "markdown-it-py", "matplotlib", "pandas", "uharfbuzz", "fonttools")
"""The packages whose versions shape the output."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: every finding, and the files to publish if none of them fails."""

    findings: tuple[Finding, ...]
    artifacts: tuple[Artifact, ...]


def check(root: Path) -> tuple[Finding, ...]:
    """Everything that can be found without printing a page.

    Raises `yearbook.read.ConfigurationError` if there is no project.
    """
    snapshot = take(root)
    reading = read(snapshot)
    desks = tuple(_desks(reading))
    return triage.ordered(_found(reading, desks))


def build(root: Path, charts: Mapping[str, Chart], jobs: int, say: Say) -> Built:
    """Make all files of the book.

    Raises `yearbook.read.ConfigurationError` if there is no project and
    `yearbook.fonts.FontError` if its fonts are damaged.
    """
    say(Text("reading and checking the records", "读取并核对数据"))
    snapshot = take(root)
    reading = read(snapshot)
    desks = tuple(_desks(reading))
    faces = fonts.load(root / FONTS)
    shown = frozenset[int]().union(*(fonts.coverage(face) for face in faces))
    findings = [
        *_found(reading, desks),
        *uncovered(snapshot.files, shown),
        *_unusable(snapshot),
    ]
    if failing(findings):
        return Built(triage.ordered(findings), ())
    created = _created(reading.book)
    kit = Kit(_templates(snapshot), reading.theme, faces, charts, created, snapshot.files)
    artifacts: list[Artifact] = []
    for made in _printed(desks, kit, jobs, say):
        artifacts.extend(made.artifacts)
        findings.extend(made.findings)
    index = _index(reading.book, kit, findings)
    done = triage.ordered(findings)
    if failing(done):
        return Built(done, ())
    for chapter in reading.book.chapters:
        artifacts.extend(dataset.artifacts(Records(reading.book, chapter), snapshot.files))
    outputs = (*artifacts, index, listing.artifact(done))
    inputs = manifest(reading.book, snapshot.files, outputs, _tools(), _system())
    return Built(done, (*outputs, inputs))


def _found(reading: Reading, desks: Iterable[Desk]) -> Iterator[Finding]:
    """What the loader, the checks and the manuscripts say.

    Where the loader refused rows, what merely misses their figures is not said again.
    """
    yield from triage.causes(reading.findings)
    yield from triage.beside(reading.findings, checks.findings(reading.book))
    for desk in desks:
        yield from desk.findings


def _desks(reading: Reading) -> Iterator[Desk]:
    """Every chapter on the desk; none while rows are refused, whose figures texts would miss."""
    if failing(reading.findings):
        return
    for chapter in reading.book.chapters:
        yield lay_out(reading.book, chapter)


def _unusable(snapshot: Snapshot) -> Iterator[Finding]:
    """Templates that every build needs and that are not there, or are no text."""
    for name in TEMPLATES:
        try:
            snapshot.files[f"templates/{name}"].decode()
        except (KeyError, UnicodeDecodeError):
            yield error(
                "file",
                Place(f"templates/{name}"),
                Text("the template is missing or not UTF-8 text", "模板缺失或不是UTF-8文本"),
                Text("put it back from the history of the project", "请从项目历史中恢复"),
            )


def _templates(snapshot: Snapshot) -> dict[str, str]:
    names = [name for end in (".html", ".css", ".js") for name in snapshot.below("templates", end)]
    return {name.removeprefix("templates/"): snapshot.files[name].decode() for name in names}


def _created(book: Book) -> datetime:
    """The date the files bear: SOURCE_DATE_EPOCH, or the first day of the edition year."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime(book.edition_year, 1, 1, tzinfo=UTC)


def _printed(desks: Iterable[Desk], kit: Kit, jobs: int, say: Say) -> Iterator[Run]:
    """All editions of all chapters, in a fixed order, some at the same time."""
    tasks = [(desk, edition) for desk in desks for edition in Edition]
    with ProcessPoolExecutor(max(1, min(jobs, len(tasks))), get_context("fork")) as pool:
        waiting = [pool.submit(run, desk, edition, kit) for desk, edition in tasks]
        for number, (result, (desk, edition)) in enumerate(zip(waiting, tasks, strict=True), 1):
            made = result.result()
            name = f"{desk.chapter.slug}/{edition}"
            count = f"[{number}/{len(tasks)}]"
            say(Text(f"{count} {name}: HTML and PDF", f"{count} {name}：HTML与PDF"))
            yield made


def _index(book: Book, kit: Kit, findings: list[Finding]) -> Artifact:
    """The page that leads to all others."""
    titles = []
    for chapter in book.chapters:
        teller = Teller(Records(book, chapter), Numbering({}), Medium.SCREEN)
        title = [(of, teller.say(chapter.title, of)) for of in Language]
        titles.append((chapter, title))
    layout = Layout(kit.templates, kit.theme, ())
    names = {
        "book": book,
        "chapters": titles,
        "Edition": Edition,
        "names": {edition: _both(f"edition_{edition}") for edition in Edition},
        "style": Markup(style(layout, Medium.SCREEN)),  # noqa: S704 - the designer's own files
    }
    page = with_fonts(str(filled(kit.templates, "index.html", names, findings)), kit.faces)
    findings.extend(markup.check("index.html", page))
    return Artifact("index.html", page.encode())


def _both(name: str) -> str:
    return f"{WORDS[name].en} {WORDS[name].zh}"


def _tools() -> dict[str, str]:
    return {name: metadata.version(name) for name in TOOLS}


def _system() -> dict[str, str]:
    return {"python": python_version(), **doctor.system_libraries()}
