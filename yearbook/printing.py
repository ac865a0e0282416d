"""Everything of a book that is made once its records and texts are found to be right.

It is loaded while the texts are laid out: WeasyPrint and all that goes with it take longest to
load, and a report that fails has no need of them.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from platform import python_version

from markupsafe import Markup

from yearbook import dataset, doctor, graph, markup, sbom, templates, volume
from yearbook.binding import Medium, Numbering
from yearbook.book import Book, Limits
from yearbook.chart import Chart
from yearbook.choice import Only, chosen
from yearbook.compose import Teller
from yearbook.draft import Draft
from yearbook.executor import Executor
from yearbook.finding import Finding, failing
from yearbook.fonts import Face
from yearbook.inspection import Checked, created
from yearbook.kit import Kit
from yearbook.manifest import manifest
from yearbook.model import LONGEST_FIRST, Artifact, Edition, Language, Text
from yearbook.node import Cache, Made
from yearbook.order import Order
from yearbook.page import Layout, filled, style
from yearbook.press import Run
from yearbook.records import Records
from yearbook.webfonts import with_fonts
from yearbook.words import WORDS
from yearbook.worker import Task, once

Lay = Callable[[Artifact], Artifact]
"""Puts a finished file where it waits for the others, as `yearbook.spool`."""
Say = Callable[[Text], None]
"""Tells the person at the terminal what is being done."""
LOCK = Path(__file__).parents[1] / "locks/run.txt"
"""The toolkit's packages, where it lies in a folder of its own (none where it was installed)."""
TOOLS = ("weasyprint", "jinja2", "markdown-it-py", "matplotlib", "pandas", "uharfbuzz", "fonttools")
"""The packages whose versions shape the output."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who makes the editions, so many at a time, who is told of each, where they wait."""

    executor: Executor
    jobs: int
    say: Say
    lay: Lay

    def laid(self, run: Run) -> Run:
        """What was made, put where it waits."""
        return replace(run, artifacts=tuple(map(self.lay, run.artifacts)))


def book(checked: Checked, kit: Kit, only: Only, crew: Crew) -> Run:
    """All files of a book, or of the instances wished for; what is wrong with them; how each came
    to be.

    Raises `yearbook.records.UnknownError` if no instance passes, and
    `yearbook.executor.ClusterError` if those who should print cannot.
    """
    reading = checked.reading
    chapters = chosen(reading.book, only)
    slugs = {chapter.slug for chapter in chapters}
    drafts = [draft for draft in checked.drafts if draft.chapter.slug in slugs]
    runs = [*_printed(drafts, kit, crew)]
    whole = replace(reading.book, chapters=chapters, whole=reading.book.whole and not only)
    if whole.whole and not failing(f for run in runs for f in run.findings):
        runs.extend(map(crew.laid, volume.bound(whole, kit, runs, crew.jobs)))
    index = once(Task("index.html", partial(_index, whole, kit)), whole.limits)
    runs.append(Run((), (index,)) if isinstance(index, Finding) else index)
    held = graph.Holdings.of(reading.files, reading.book, alone=True)
    runs.extend(crew.laid(_data(each, held.edition(each.chapter), kit.cache)) for each in drafts)
    return Run(
        tuple(artifact for run in runs for artifact in run.artifacts),
        tuple(finding for run in runs for finding in run.findings),
        tuple(node for run in runs for node in run.nodes),
    )


def described(checked: Checked, kit: Kit, outputs: Sequence[Artifact]) -> Iterator[Artifact]:
    """What tells of all files to be published: their bill of materials, where there is a lock to
    make it of, and what they were made from."""
    if LOCK.is_file():
        outputs = (*outputs, sbom.sbom(LOCK.read_text("utf-8")))
        yield outputs[-1]
    system = {"python": python_version(), **kit.system}
    tools = {name: metadata.version(name) for name in TOOLS}
    files = checked.snapshot.files
    yield manifest(checked.reading.book, files, outputs, tools, system)


def kit(
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


def _printed(drafts: Sequence[Draft], kit: Kit, crew: Crew) -> Iterator[Run]:
    """All editions of all chapters, in a fixed order, some at the same time; those whose parts
    are as they were are found again."""
    orders = [Order(draft, edition, kit) for draft in drafts for edition in LONGEST_FIRST]
    found = [crew.laid(run) if (run := order.found()) else None for order in orders]
    waiting = [order for order, known in zip(orders, found, strict=True) if known is None]
    limits = next((draft.book.limits for draft in drafts), Limits())
    made = crew.executor.run(waiting, limits, crew.jobs)
    count = 0
    for order, known in zip(orders, found, strict=True):
        if known is not None:
            yield known
            continue
        done, count = next(made), count + 1
        at = f"[{count}/{len(waiting)}] {order.name}"
        crew.say(Text(f"{at}: HTML and PDF", f"{at}：HTML与PDF"))
        yield crew.laid(order.kept(done))


def _data(draft: Draft, files: Mapping[str, bytes], cache: Cache) -> Run:
    """What readers download with a chapter, made or found as it was made of the same files."""
    parts = {**graph.texts(draft.files), "chapter": draft.chapter.slug}

    def make() -> Made:
        records = Records(draft.book, draft.chapter)
        made = tuple(dataset.artifacts(records, files))
        names = json.dumps([each.name for each in made]).encode()
        return Made((names, *(each.content for each in made)))

    name = f"data {draft.chapter.slug}"
    names, *contents = replace(cache, nodes=[]).made(name, parts, make).contents
    return Run(tuple(map(Artifact, json.loads(names), contents)), ())


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
