"""One build from files to files: read, check, compose, print, publish; findings all the way."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from pathlib import Path
from platform import python_version
from types import MappingProxyType

from markupsafe import Markup

from yearbook import (
    checks,
    dataset,
    doctor,
    fonts,
    gallery,
    graph,
    markup,
    receipt,
    reports,
    sbom,
    templates,
    told,
    triage,
    volume,
)
from yearbook.binding import Medium, Numbering
from yearbook.book import Book, Limits
from yearbook.chart import Chart
from yearbook.choice import Only, chosen
from yearbook.compose import Teller
from yearbook.draft import Draft, Order
from yearbook.finding import Finding, failing
from yearbook.fonts import Face
from yearbook.guards import Guards, guarded, weak
from yearbook.kit import Kit
from yearbook.manifest import manifest
from yearbook.model import Artifact, Edition, Language, Text
from yearbook.node import Cache, Node
from yearbook.page import Layout, filled, style
from yearbook.press import Run
from yearbook.read import Reading, read
from yearbook.read.bare import bare
from yearbook.read.origins import named
from yearbook.read.snapshot import Snapshot, take
from yearbook.records import Records
from yearbook.repertoire import uncovered
from yearbook.store import Store
from yearbook.webfonts import shown, with_fonts
from yearbook.words import WORDS
from yearbook.worker import Task, each, once

Say = Callable[[Text], None]
"""Tells the person at the terminal what is being done."""
FONTS = "templates/fonts"
CACHE = ".yearbook/cache"
LOCK = Path(__file__).parents[1] / "locks/run.txt"
"""The toolkit's packages, where it lies in a folder of its own (none where it was installed)."""
TOOLS = ("weasyprint", "jinja2", "markdown-it-py", "matplotlib", "pandas", "uharfbuzz", "fonttools")
"""The packages whose versions shape the output."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: every finding, the files that tell them, and the files to publish if
    none of them fails."""

    findings: tuple[Finding, ...]
    reports: tuple[Artifact, ...]
    artifacts: tuple[Artifact, ...] = ()
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A project whose records and texts were read and checked, and what was found."""

    snapshot: Snapshot
    reading: Reading
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]

    def told(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings in their order, each in the file that editors keep."""
        origins, book = self.reading.origins, self.reading.book
        names = {one.slug: named(one) for one in book.chapters if one.instance}
        return triage.ordered(origins.told(findings, names))

    def reports(self) -> tuple[Artifact, ...]:
        """The files that tell the findings."""
        return _reports(self, self.findings)

    def guards(self) -> tuple[Guards, ...]:
        """How well the cells of each chapter are guarded."""
        return guarded(self.reading.book)


def check(root: Path, cache: Cache | None = None) -> Checked:
    """Find everything that can be found without printing a page; the cache may know it.

    Raises `yearbook.read.ConfigurationError` if there is no project.
    """
    snapshot = take(root)
    reading = read(snapshot)
    book = reading.book
    drafts, stopped = _drafts(reading, cache or Cache())
    found = (*_found(reading, drafts), *stopped)
    found = found if failing(found) else (*found, *weak(book))
    # A reason is a text like any other: what it makes of the figures is done within limits.
    said = once(Task("exceptions.csv", partial(told.reasoned, found, book)), book.limits)
    found = (*found, said) if isinstance(said, Finding) else said
    checked = Checked(snapshot, reading, drafts, found)
    return replace(checked, findings=checked.told(found))


def _reports(
    checked: Checked,
    findings: Iterable[Finding],
    faces: tuple[Face, ...] = (),
    cache: Cache | None = None,
) -> tuple[Artifact, ...]:
    """All that tells the findings; with the fonts of the book its page looks alike everywhere."""
    book = checked.reading.book
    created = _created(book).isoformat()
    # Instances print the same figures with other values: no sentence of one speaks for all.
    quoted = [draft.quoted for draft in checked.drafts if not draft.chapter.instance]
    report = told.report(book, checked.snapshot.files, quoted, findings, created)
    return tuple(
        replace(each, content=with_fonts(each.content.decode(), faces, cache or Cache()).encode())
        if each.name.endswith(".html")
        else each
        for each in reports.artifacts(report)
    )


def build(
    root: Path, charts: Mapping[str, Chart], jobs: int, say: Say, only: Only = MappingProxyType({})
) -> Built:
    """Make all files of the book; with ``only``, of the instances that it lets pass.

    Everything is checked all the same. Raises `yearbook.records.UnknownError` if none passes,
    `yearbook.read.ConfigurationError` if there is no project and `yearbook.fonts.FontError` if its
    fonts are damaged.
    """
    say(Text("reading and checking the records", "读取并核对数据"))
    store = Store(root / CACHE)
    cache = Cache(store, graph.base(receipt.surroundings()))
    checked = check(root, cache)
    snapshot, reading = checked.snapshot, checked.reading
    if charts:
        gallery.unmoved(root, snapshot.files)
    faces = fonts.load(root / FONTS, store)
    findings = [
        *checked.findings,
        *uncovered(snapshot.files, frozenset[int]().union(*map(shown, faces))),
        *templates.faults(snapshot.files, reading.theme),
    ]
    if failing(findings):
        return _failed(checked, findings, faces)
    kit, chapters = _kit(checked, charts, faces, cache), chosen(reading.book, only)
    slugs = {chapter.slug for chapter in chapters}
    drafts = [draft for draft in checked.drafts if draft.chapter.slug in slugs]
    runs = [*_printed(drafts, kit, jobs, say)]
    book = replace(reading.book, chapters=chapters, whole=reading.book.whole and not only)
    if book.whole and not failing(f for run in runs for f in run.findings):
        runs.extend(volume.bound(book, kit, runs, jobs))
    artifacts = [artifact for run in runs for artifact in run.artifacts]
    findings += [finding for run in runs for finding in run.findings]
    cache.nodes += [node for run in runs for node in run.nodes]
    index = once(Task("index.html", partial(_index, book, kit)), book.limits)
    store.trim()
    if isinstance(index, Finding):
        return _failed(checked, (*findings, index), faces)
    findings.extend(index.findings)
    done = checked.told(findings)
    if failing(done):
        return _failed(checked, done, faces)
    for chapter in chapters:
        artifacts.extend(dataset.artifacts(Records(reading.book, chapter), reading.files))
    telling = _reports(checked, done, faces, cache)
    outputs = (*artifacts, *index.artifacts, *telling, *_bill())
    system = {"python": python_version(), **kit.system}
    tools = {name: metadata.version(name) for name in TOOLS}
    inputs = manifest(reading.book, snapshot.files, outputs, tools, system)
    return Built(done, telling, (*outputs, inputs), tuple(cache.nodes))


def _failed(checked: Checked, findings: Iterable[Finding], faces: tuple[Face, ...]) -> Built:
    """Nothing to publish, all to tell."""
    done = checked.told(findings)
    return Built(done, _reports(checked, done, faces))


def _found(reading: Reading, drafts: Iterable[Draft]) -> Iterator[Finding]:
    """What the loader, the checks and the manuscripts say.

    Where the loader refused rows, what merely misses their figures is not said again.
    """
    yield from triage.causes(reading.findings)
    yield from triage.beside(reading.findings, checks.findings(reading.book))
    for draft in drafts:
        yield from draft.findings


def _drafts(reading: Reading, cache: Cache) -> tuple[tuple[Draft, ...], tuple[Finding, ...]]:
    """Every chapter with what is wrong with its texts, and what had to be stopped; no chapter
    while rows are refused, whose figures texts would miss. What the texts make of the figures is
    their authors' doing, so it is done within limits."""
    book, files = reading.book, reading.files
    if failing(reading.findings) or bare(Snapshot(files, ())):
        return (), ()
    held, words = graph.Holdings.of(files, book), graph.words(book)
    drafts = tuple(Draft(book, one, held.edition(one), words) for one in book.chapters)
    waiting = [draft for draft in drafts if not draft.known(cache)]
    tasks = [Task(draft.chapter.slug, draft.laid_out) for draft in waiting]
    stopped: list[Finding] = []
    for draft, done in zip(waiting, each(tasks, book.limits, 1), strict=True):
        if isinstance(done, Finding):
            stopped.append(done)
        else:
            draft.learn(done, cache)
    return tuple(draft for draft in drafts if draft.read), tuple(stopped)


def _created(book: Book) -> datetime:
    """The date the files bear: SOURCE_DATE_EPOCH, or the first day of the edition year."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime(book.edition_year, 1, 1, tzinfo=UTC)


def _kit(
    checked: Checked, charts: Mapping[str, Chart], faces: tuple[Face, ...], cache: Cache
) -> Kit:
    """What the printer has at hand."""
    created, system = _created(checked.reading.book), dict(doctor.system_libraries())
    files, theme = checked.reading.files, checked.reading.theme
    return Kit(
        templates.texts(checked.snapshot.files), theme, faces, charts, created, files, cache, system
    )


def _printed(drafts: Sequence[Draft], kit: Kit, jobs: int, say: Say) -> Iterator[Run]:
    """All editions of all chapters, in a fixed order, some at the same time; those whose parts
    are as they were are found again."""
    orders = [Order(draft, edition, kit) for draft in drafts for edition in Edition]
    found = [order.found() for order in orders]
    waiting = [order for order, run in zip(orders, found, strict=True) if run is None]
    limits = next((draft.book.limits for draft in drafts), Limits())
    made = each([Task(order.name, order.run) for order in waiting], limits, jobs)
    count = 0
    for order, known in zip(orders, found, strict=True):
        if known is not None:
            yield known
            continue
        run, count = next(made), count + 1
        at = f"[{count}/{len(waiting)}] {order.name}"
        say(Text(f"{at}: HTML and PDF", f"{at}：HTML与PDF"))
        yield order.kept(run)


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
        "names": {edition: _named(edition) for edition in Edition},
        "style": Markup(style(layout, Medium.SCREEN)),  # noqa: S704 - the designer's own files
    }
    page = str(filled(kit.templates, "index.html", names, findings))
    page = with_fonts(page, kit.faces, kit.cache)
    findings.extend(markup.check("index.html", page))
    return Run((Artifact("index.html", page.encode()),), tuple(findings))


def _named(edition: Edition) -> tuple[tuple[Language, str], ...]:
    """What an edition is called in each language."""
    return tuple((of, WORDS[f"edition_{edition}"].of(of)) for of in Language)


def _bill() -> Iterator[Artifact]:
    """The bill of materials, where there is a lock to make it of."""
    if LOCK.is_file():
        yield sbom.sbom(LOCK.read_text("utf-8"))
