"""What happens in the engine's hand: pages first, then charts, then all that a report makes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from yearbook import (
    fonts,
    graph,
    printing,  # noqa: F401 - loaded before the hand is forked
    reason,
    receipt,
)
from yearbook.book import Limits
from yearbook.build import CACHE, FONTS, Built, Wish, build
from yearbook.chart import Chart
from yearbook.engine.event import Event, Printed, Refused, Unchanged
from yearbook.engine.preview import Preview, Watch
from yearbook.executor import Local
from yearbook.finding import Finding
from yearbook.fonts import Face, FontError
from yearbook.gallery import ChartsError, load_charts
from yearbook.inspection import check
from yearbook.model import Text
from yearbook.node import Cache, Shelf
from yearbook.order import Order as Printing
from yearbook.press import Run
from yearbook.read import ConfigurationError
from yearbook.read.snapshot import ENDS, Snapshot, take
from yearbook.records import UnknownError
from yearbook.spool import Spool
from yearbook.store import Store
from yearbook.worker import Task
from yearbook.worker.cage import within

Tell = Callable[[Event], None]
MENDABLE = (ChartsError, ConfigurationError, FontError, UnknownError)
"""What a person can mend, and is no finding."""


@dataclass(frozen=True, slots=True)
class Order:
    """What may have changed, by name; None: everything. ``bold``: what texts and templates make
    of the figures is done in the hand itself, where it can learn, while somebody watches the
    clock; otherwise as a report does it. Without ``build`` the project is only loaded."""

    changed: tuple[str, ...] | None
    bold: bool = True
    build: bool = True


class Faces:
    """The fonts of a folder, loaded again only if one of its files is not what it was."""

    def __init__(self) -> None:
        self._files: Mapping[str, bytes] = {}
        self._faces: tuple[Face, ...] = ()

    def __call__(self, folder: Path, shelf: Shelf | None = None) -> tuple[Face, ...]:
        """As `yearbook.fonts.load`."""
        there = sorted(folder.iterdir()) if folder.is_dir() else ()
        files = {each.name: each.read_bytes() for each in there if each.is_file()}
        if not self._faces or files != self._files:
            self._faces = fonts.load(folder, shelf)
            self._files = files
        return self._faces


@dataclass(frozen=True, slots=True)
class Press:
    """Makes editions as `Local` does, and tells of each that is finished."""

    tell: Tell

    def run(self, orders: Sequence[Printing], limits: Limits, jobs: int) -> Iterator[Run | Finding]:
        """As `yearbook.executor.Executor.run`."""
        for made in Local().run(orders, limits, jobs):
            for artifact in made.artifacts if isinstance(made, Run) else ():
                if artifact.name.endswith(".pdf"):
                    self.tell(Printed(artifact.name, artifact.content))
            yield made


@dataclass(frozen=True, slots=True)
class Workbench:
    """The project, how many jobs at a time, where finished files wait until they are published."""

    root: Path
    jobs: int
    spool: Spool


class Workshop:
    """A project in memory."""

    def __init__(self, bench: Workbench, tell: Tell, watch: Watch) -> None:
        self._root, self._jobs, self._spool = bench.root, bench.jobs, bench.spool
        self._tell, self._watch = tell, watch
        self._faces, self._preview = Faces(), Preview(tell, watch)
        self._charts: Mapping[str, Chart] | None = None
        self._base = graph.base(receipt.surroundings())
        self._last: Snapshot | None = None

    def turn(self, order: Order) -> Built | Refused | Unchanged:
        """Do an order; what comes of it on the way is told."""
        try:
            return self._turned(order)
        except MENDABLE as problem:
            self._last = None
            what = problem.what
            if isinstance(problem, ConfigurationError):
                what = Text(str(problem), f"{problem.place}：{problem.what.zh}")
            return Refused(what, problem.hint)
        except OSError as problem:
            self._last, refused = None, reason.machine(problem)
            if refused is None:
                raise
            return Refused(*refused)

    def _turned(self, order: Order) -> Built | Refused | Unchanged:
        now = self._read(order.changed)
        if order.changed is not None and now == self._last:
            return Unchanged()
        if self._charts is None:
            self._charts = load_charts(self._root)
        self._spool.cleared()  # of the last build, which was published or refused
        taken = partial(self._took, now)
        press, lay = Press(self._tell), self._spool.laid
        wish = Wish(executor=press, faces=self._faces, taken=taken, lay=lay)
        if order.bold:
            store = Store(self._root / CACHE)
            means = self._faces(self._root / FONTS, store), self._charts, Cache(store, self._base)
            self._preview.show(now.files, order.changed or (), means, self._jobs)
            wish = replace(wish, do=self._laid_out)
        if order.build:
            return build(self._root, self._charts, self._jobs, _silently, wish)
        if order.bold:
            check(self._root, None, self._jobs, self._laid_out)
        self._last = now
        return Unchanged()

    def _took(self, shown: Snapshot, built: Snapshot) -> None:
        """Remember what a build is made of. That may be newer than what was shown; a file that is
        the same is kept once, and so compared at once."""
        known = shown.files
        files = {n: known[n] if known.get(n) == held else held for n, held in built.files.items()}
        self._last = replace(built, files=files)

    def _read(self, changed: tuple[str, ...] | None) -> Snapshot:
        """The inputs as they are now: only what changed is read, if that can be told."""
        known = self._last
        if known is None or changed is None or not all(name in known.files for name in changed):
            return take(self._root)
        paths = {name: self._root / name for name in changed}
        if any(path.is_symlink() or not path.is_file() for path in paths.values()):
            return take(self._root)
        try:
            read = {name: path.read_bytes() for name, path in paths.items()}
        except OSError:
            return take(self._root)  # it tells of what cannot be read
        if any(name.endswith(".csv") and not held.endswith(ENDS) for name, held in read.items()):
            return take(self._root)  # it waits until a table is saved
        return replace(known, files={**known.files, **read})

    def _laid_out(self, tasks: Sequence[Task[Any]], limits: Limits, _: int) -> Iterator[Any]:
        """Lay out texts in this process."""
        done = []
        for task in tasks:
            self._watch(limits.wall_seconds)
            with within(limits):
                done.append(task.work())
        self._watch(None)
        return iter(done)


def _silently(_: Text) -> None:
    """Events say what is being done."""
