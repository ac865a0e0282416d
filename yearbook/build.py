"""One build from files to files: read, check, compose, print, publish; findings all the way."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from pathlib import Path
from platform import python_version

from markupsafe import Markup

from yearbook import checks, dataset, doctor, fonts, markup, reports, told, triage
from yearbook.binding import Medium, Numbering
from yearbook.book import Book, Limits
from yearbook.chart import Chart
from yearbook.compose import Teller
from yearbook.finding import Finding, error, failing
from yearbook.fonts import Face
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
from yearbook.worker import Task, each, once

Say = Callable[[Text], None]
"""Tells the person at the terminal what is being done."""
FONTS = "templates/fonts"
TEMPLATES = ("chapter.html", "index.html", "common.css", "screen.css", "page.css")
"""What the pages are made of; other templates are for these to include."""
TOOLS = ("weasyprint", "jinja2", "markdown-it-py", "matplotlib", "pandas", "uharfbuzz", "fonttools")
"""The packages whose versions shape the output."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: every finding, the files that tell them, and the files to publish if
    none of them fails."""

    findings: tuple[Finding, ...]
    reports: tuple[Artifact, ...]
    artifacts: tuple[Artifact, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A project whose records and texts were read and checked, and what was found."""

    snapshot: Snapshot
    reading: Reading
    desks: tuple[Desk, ...]
    findings: tuple[Finding, ...]

    def reports(self) -> tuple[Artifact, ...]:
        """The files that tell the findings."""
        return _reports(self, self.findings)


def check(root: Path) -> Checked:
    """Find everything that can be found without printing a page.

    Raises `yearbook.read.ConfigurationError` if there is no project.
    """
    snapshot = take(root)
    reading = read(snapshot)
    book = reading.book
    desks, stopped = _desks(reading)
    found = triage.ordered((*_found(reading, desks), *stopped))
    # A reason is a text like any other: what it makes of the figures is done within limits.
    said = once(Task("exceptions.csv", partial(told.reasoned, found, book)), book.limits)
    found = triage.ordered((*found, said)) if isinstance(said, Finding) else said
    return Checked(snapshot, reading, desks, found)


def _reports(
    checked: Checked, findings: Iterable[Finding], faces: tuple[Face, ...] = ()
) -> tuple[Artifact, ...]:
    """All that tells the findings; with the fonts of the book its page looks alike everywhere."""
    book = checked.reading.book
    created = _created(book).isoformat()
    report = told.report(book, checked.snapshot.files, checked.desks, findings, created)
    return tuple(
        replace(each, content=with_fonts(each.content.decode(), faces).encode())
        if each.name.endswith(".html")
        else each
        for each in reports.artifacts(report)
    )


def build(root: Path, charts: Mapping[str, Chart], jobs: int, say: Say) -> Built:
    """Make all files of the book.

    Raises `yearbook.read.ConfigurationError` if there is no project and
    `yearbook.fonts.FontError` if its fonts are damaged.
    """
    say(Text("reading and checking the records", "读取并核对数据"))
    checked = check(root)
    snapshot, reading, desks = checked.snapshot, checked.reading, checked.desks
    faces = fonts.load(root / FONTS)
    shown = frozenset[int]().union(*(fonts.coverage(face) for face in faces))
    findings = [
        *checked.findings,
        *uncovered(snapshot.files, shown),
        *_unusable(snapshot),
    ]
    if failing(findings):
        return _failed(checked, findings, faces)
    created = _created(reading.book)
    kit = Kit(_templates(snapshot), reading.theme, faces, charts, created, snapshot.files)
    artifacts: list[Artifact] = []
    for made in _printed(desks, kit, jobs, say):
        artifacts.extend(made.artifacts)
        findings.extend(made.findings)
    index = once(Task("index.html", partial(_index, reading.book, kit)), reading.book.limits)
    if isinstance(index, Finding):
        return _failed(checked, (*findings, index), faces)
    findings.extend(index.findings)
    done = triage.ordered(findings)
    if failing(done):
        return _failed(checked, done, faces)
    for chapter in reading.book.chapters:
        artifacts.extend(dataset.artifacts(Records(reading.book, chapter), snapshot.files))
    telling = _reports(checked, done, faces)
    outputs = (*artifacts, *index.artifacts, *telling)
    inputs = manifest(reading.book, snapshot.files, outputs, _tools(), _system())
    return Built(done, telling, (*outputs, inputs))


def _failed(checked: Checked, findings: Iterable[Finding], faces: tuple[Face, ...]) -> Built:
    """Nothing to publish, all to tell."""
    done = triage.ordered(findings)
    return Built(done, _reports(checked, done, faces))


def _found(reading: Reading, desks: Iterable[Desk]) -> Iterator[Finding]:
    """What the loader, the checks and the manuscripts say.

    Where the loader refused rows, what merely misses their figures is not said again.
    """
    yield from triage.causes(reading.findings)
    yield from triage.beside(reading.findings, checks.findings(reading.book))
    for desk in desks:
        yield from desk.findings


def _desks(reading: Reading) -> tuple[tuple[Desk, ...], tuple[Finding, ...]]:
    """Every chapter on the desk, and what had to be stopped; no chapter while rows are refused,
    whose figures texts would miss. What the texts make of the figures is their authors' doing, so
    it is done within limits."""
    if failing(reading.findings):
        return (), ()
    book = reading.book
    tasks = [
        Task(chapter.slug, partial(lay_out, book, chapter)) for chapter in reading.book.chapters
    ]
    done = tuple(each(tasks, book.limits, 1))
    return (
        tuple(desk for desk in done if not isinstance(desk, Finding)),
        tuple(finding for finding in done if isinstance(finding, Finding)),
    )


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


def _printed(desks: Sequence[Desk], kit: Kit, jobs: int, say: Say) -> Iterator[Run]:
    """All editions of all chapters, in a fixed order, some at the same time."""
    tasks = [
        Task(f"{desk.chapter.slug}/{edition}", partial(run, desk, edition, kit))
        for desk in desks
        for edition in Edition
    ]
    limits = next((desk.book.limits for desk in desks), Limits())
    for number, (made, task) in enumerate(zip(each(tasks, limits, jobs), tasks, strict=True), 1):
        count = f"[{number}/{len(tasks)}]"
        say(Text(f"{count} {task.name}: HTML and PDF", f"{count} {task.name}：HTML与PDF"))
        yield Run((), (made,)) if isinstance(made, Finding) else made


def _index(book: Book, kit: Kit) -> Run:
    """The page that leads to all others."""
    findings: list[Finding] = []
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
    return Run((Artifact("index.html", page.encode()),), tuple(findings))


def _both(name: str) -> str:
    return f"{WORDS[name].en} {WORDS[name].zh}"


def _tools() -> dict[str, str]:
    return {name: metadata.version(name) for name in TOOLS}


def _system() -> dict[str, str]:
    return {"python": python_version(), **doctor.system_libraries()}
