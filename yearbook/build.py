"""One build from files to files: read, check, compose, print, publish; findings all the way."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from pathlib import Path
from platform import python_version

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
)
from yearbook.accounting import literals
from yearbook.binding import Medium, Numbering
from yearbook.book import Book, Limits
from yearbook.chart import Chart
from yearbook.choice import Only, chosen
from yearbook.compose import Teller
from yearbook.draft import Draft, Order, warm
from yearbook.draft import drafts as drafted
from yearbook.executor import Executor, Local
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
from yearbook.read.origins import named
from yearbook.read.snapshot import Snapshot, take
from yearbook.records import Records
from yearbook.repertoire import uncovered
from yearbook.store import Store
from yearbook.webfonts import shown, with_fonts
from yearbook.words import WORDS
from yearbook.worker import Task, once

Say = Callable[[Text], None]
"""Tells the person at the terminal what is being done."""
Print = Callable[[Sequence[Order], Limits], Iterator[Run | Finding]]
"""Makes editions, as `yearbook.executor.Executor.run`."""
_SEVERAL = 3
"""To get ready for printing takes as long as it saves with two editions."""
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


def check(root: Path, cache: Cache | None = None, jobs: int = 1) -> Checked:
    """Find everything that can be found without printing a page; the cache may know it.

    Raises `yearbook.read.ConfigurationError` if there is no project.
    """
    snapshot = take(root)
    reading = read(snapshot)
    book = reading.book
    drafts, stopped = drafted(reading, cache or Cache(), jobs)
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


@dataclass(frozen=True, slots=True)
class Wish:
    """Which instances of chapters are to be printed, and by whom."""

    only: Only = field(default_factory=dict)
    executor: Executor = field(default_factory=Local)


def build(
    root: Path, charts: Mapping[str, Chart], jobs: int, say: Say, wish: Wish | None = None
) -> Built:
    """Make all files of the book, or of the instances wished for.

    Everything is checked all the same. Raises `yearbook.records.UnknownError` if none passes,
    `yearbook.read.ConfigurationError` if there is no project, `yearbook.fonts.FontError` if its
    fonts are damaged and `yearbook.executor.ClusterError` if those who should print cannot.
    """
    say(Text("reading and checking the records", "读取并核对数据"))
    store = Store(root / CACHE)
    cache = Cache(store, graph.base(receipt.surroundings()))
    checked = check(root, cache, jobs)
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
    wish = wish or Wish()
    kit, chapters = _kit(checked, charts, faces, cache), chosen(reading.book, wish.only)
    slugs = {chapter.slug for chapter in chapters}
    drafts = [draft for draft in checked.drafts if draft.chapter.slug in slugs]
    artifacts: list[Artifact] = []
    for made in _printed(drafts, kit, partial(wish.executor.run, jobs=jobs), say):
        artifacts.extend(made.artifacts)
        findings.extend(made.findings)
        cache.nodes.extend(made.nodes)
    index = once(
        Task("index.html", partial(_index, replace(reading.book, chapters=chapters), kit)),
        reading.book.limits,
    )
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
    inputs = manifest(reading.book, snapshot.files, outputs, _tools(), system)
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
    if drafts:
        yield from literals.unused(reading.book)


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


def _printed(drafts: Sequence[Draft], kit: Kit, run: Print, say: Say) -> Iterator[Run]:
    """All editions of all chapters, in a fixed order, some at the same time; those whose parts
    are as they were are found again."""
    orders = [Order(draft, edition, kit) for draft in drafts for edition in Edition]
    found = [order.found() for order in orders]
    waiting = [order for order, known in zip(orders, found, strict=True) if known is None]
    limits = next((draft.book.limits for draft in drafts), Limits())
    if len(waiting) >= _SEVERAL:
        warm(kit, limits)
    made = run(waiting, limits)
    count = 0
    for order, known in zip(orders, found, strict=True):
        if known is not None:
            yield known
            continue
        done, count = next(made), count + 1
        at = f"[{count}/{len(waiting)}] {order.name}"
        say(Text(f"{at}: HTML and PDF", f"{at}：HTML与PDF"))
        yield order.kept(done)


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


def _tools() -> dict[str, str]:
    return {name: metadata.version(name) for name in TOOLS}
