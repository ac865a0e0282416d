"""One build from files to files: read, check, compose, print, publish; findings all the way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from yearbook import fonts, gallery, graph, receipt, templates
from yearbook.book import Limits
from yearbook.chart import Chart
from yearbook.choice import Only
from yearbook.executor import Executor, Local
from yearbook.finding import Finding, failing
from yearbook.fonts import Face
from yearbook.inspection import Checked, check
from yearbook.model import Artifact, Text
from yearbook.node import Cache, Node, Shelf
from yearbook.read.snapshot import Snapshot
from yearbook.repertoire import uncovered
from yearbook.store import Store
from yearbook.webfonts import shown
from yearbook.worker import Each, Task, each

if TYPE_CHECKING:
    from yearbook.printing import Lay, Say

__all__ = ["Built", "Checked", "build", "check"]

T = TypeVar("T")
Faces = Callable[[Path, Shelf | None], tuple[Face, ...]]
"""Reads the fonts of a folder, as `yearbook.fonts.load`."""
Taken = Callable[[Snapshot], object]
"""Hears what a build is made of, once that was read."""
FONTS = "templates/fonts"
CACHE = ".yearbook/cache"


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


def _in_memory(artifact: Artifact) -> Artifact:
    """Finished files stay in memory."""
    return artifact


def _press() -> None:
    """Load all that prints."""
    from yearbook import printing as _  # noqa: F401, PLC0415 - it takes as long as to read texts


def _laid_out(tasks: Sequence[Task[T]], limits: Limits, jobs: int) -> Iterator[T | Finding]:
    """Do tasks as `yearbook.worker.each`, and load all that prints as soon as they are at work."""
    return each(tasks, limits, jobs, _press)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which instances of chapters are to be printed, and by whom; a process that stays alive has
    ways of its own to come by the faces and to lay out the texts, and asks what was read. ``lay``
    puts finished files where they wait for the others."""

    only: Only = field(default_factory=dict)
    executor: Executor = field(default_factory=Local)
    faces: Faces = fonts.load
    do: Each = _laid_out
    taken: Taken = _unasked
    lay: "Lay" = _in_memory


def build(
    root: Path, charts: Mapping[str, Chart], jobs: int, say: "Say", wish: Wish | None = None
) -> Built:
    """Make all files of the book, or of the instances wished for.

    Everything is checked all the same. Raises `yearbook.records.UnknownError` if none passes,
    `yearbook.read.ConfigurationError` if there is no project, `yearbook.fonts.FontError` if its
    fonts are damaged and `yearbook.executor.ClusterError` if those who should print cannot.
    """
    say(Text("reading and checking the records", "读取并核对数据"))
    wish = wish or Wish()
    store = Store(root / CACHE)
    begun = store.now()
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
    from yearbook import printing  # noqa: PLC0415 - a report that fails needs none of it

    kit = printing.kit(checked, charts, faces, cache)
    crew = printing.Crew(wish.executor, jobs, say, wish.lay)
    made = printing.book(checked, kit, wish.only, crew)
    cache.nodes += made.nodes
    store.trim(begun)
    done = checked.told((*findings, *made.findings))
    if failing(done):
        return _failed(checked, done, faces)
    telling = checked.reports(done, faces, cache)
    outputs = (*made.artifacts, *telling)
    described = printing.described(checked, kit, outputs)
    return Built(done, telling, (*outputs, *described), tuple(cache.nodes))


def _failed(checked: Checked, findings: Iterable[Finding], faces: tuple[Face, ...]) -> Built:
    """Nothing to publish, all to tell."""
    done = checked.told(findings)
    return Built(done, checked.reports(done, faces))
