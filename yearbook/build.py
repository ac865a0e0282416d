"""One build from files to files: read, check, compose, print, publish; findings all the way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from platform import python_version

from markupsafe import Markup

from yearbook import (
    dataset,
    doctor,
    fonts,
    gallery,
    graph,
    markup,
    receipt,
    sbom,
    studio,
    templates,
    volume,
)
from yearbook.binding import Medium, Numbering
from yearbook.book import Book, Limits
from yearbook.chart import Chart
from yearbook.choice import Only, chosen
from yearbook.compose import Teller
from yearbook.draft import Draft, Order, warm
from yearbook.executor import Executor, Local
from yearbook.finding import Finding, failing
from yearbook.fonts import Face
from yearbook.inspection import Checked, check, created
from yearbook.kit import Kit
from yearbook.manifest import manifest
from yearbook.model import LONGEST_FIRST, Artifact, Edition, Language, Text
from yearbook.node import Cache, Node, Shelf
from yearbook.page import Layout, filled, style
from yearbook.press import Run
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records
from yearbook.repertoire import uncovered
from yearbook.store import Store
from yearbook.webfonts import shown, with_fonts
from yearbook.words import WORDS
from yearbook.worker import Each, Task, once

__all__ = ["Built", "Checked", "build", "check"]

Say = Callable[[Text], None]
"""Tells the person at the terminal what is being done."""
Print = Callable[[Sequence[Order], Limits], Iterator[Run | Finding]]
"""Makes editions, as `yearbook.executor.Executor.run`."""
Faces = Callable[[Path, Shelf | None], tuple[Face, ...]]
"""Reads the fonts of a folder, as `yearbook.fonts.load`."""
Taken = Callable[[Snapshot], object]
"""Hears what a build is made of, once that was read."""
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


def _unasked(_: Snapshot) -> None:
    """Nobody asks what was read."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which instances of chapters are to be printed, and by whom; a process that stays alive has
    ways of its own to come by the faces and to lay out the texts, and asks what was read."""

    only: Only = field(default_factory=dict)
    executor: Executor = field(default_factory=Local)
    faces: Faces = fonts.load
    do: Each | None = None
    taken: Taken = _unasked


def build(
    root: Path, charts: Mapping[str, Chart], jobs: int, say: Say, wish: Wish | None = None
) -> Built:
    """Make all files of the book, or of the instances wished for.

    Everything is checked all the same. Raises `yearbook.records.UnknownError` if none passes,
    `yearbook.read.ConfigurationError` if there is no project, `yearbook.fonts.FontError` if its
    fonts are damaged and `yearbook.executor.ClusterError` if those who should print cannot.
    """
    say(Text("reading and checking the records", "读取并核对数据"))
    wish = wish or Wish()
    store = Store(root / CACHE)
    cache = Cache(store, graph.base(receipt.surroundings()))
    checked = check(root, cache, jobs, wish.do)
    snapshot, reading = checked.snapshot, checked.reading
    wish.taken(snapshot)
    if charts:
        gallery.unmoved(root, snapshot.files)
    faces = wish.faces(root / FONTS, store)
    signs = frozenset[int]().union(*map(shown, faces))
    faults = templates.faults(snapshot.files, reading.theme)
    findings = [*checked.findings, *uncovered(snapshot.files, signs), *faults]
    if failing(findings):
        return _failed(checked, findings, faces)
    kit, chapters = _kit(checked, charts, faces, cache), chosen(reading.book, wish.only)
    slugs = {chapter.slug for chapter in chapters}
    drafts = [draft for draft in checked.drafts if draft.chapter.slug in slugs]
    runs = [*_printed(drafts, kit, partial(wish.executor.run, jobs=jobs), say)]
    book = replace(reading.book, chapters=chapters, whole=reading.book.whole and not wish.only)
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
    telling = checked.reports(done, faces, cache)
    outputs = (*artifacts, *index.artifacts, *telling, *_bill())
    system = {"python": python_version(), **kit.system}
    tools = {name: metadata.version(name) for name in TOOLS}
    inputs = manifest(reading.book, snapshot.files, outputs, tools, system)
    return Built(done, telling, (*outputs, inputs), tuple(cache.nodes))


def _failed(checked: Checked, findings: Iterable[Finding], faces: tuple[Face, ...]) -> Built:
    """Nothing to publish, all to tell."""
    done = checked.told(findings)
    return Built(done, checked.reports(done, faces))


def _kit(
    checked: Checked, charts: Mapping[str, Chart], faces: tuple[Face, ...], cache: Cache
) -> Kit:
    """What the printer has at hand."""
    system = dict(doctor.system_libraries())
    files, theme = checked.reading.files, checked.reading.theme
    return Kit(
        templates.texts(checked.snapshot.files),
        theme,
        faces,
        charts,
        created(checked.reading.book),
        files,
        cache,
        system,
    )


def _printed(drafts: Sequence[Draft], kit: Kit, run: Print, say: Say) -> Iterator[Run]:
    """All editions of all chapters, in a fixed order, some at the same time; those whose parts
    are as they were are found again."""
    orders = [Order(draft, edition, kit) for draft in drafts for edition in LONGEST_FIRST]
    found = [order.found() for order in orders]
    waiting = [order for order, known in zip(orders, found, strict=True) if known is None]
    if waiting:
        studio.ready(kit.charts, kit.files, kit.cache)
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
