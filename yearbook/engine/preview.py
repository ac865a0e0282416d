"""Tells of the pages and charts that a change makes, long before a report of them is finished."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from yearbook import templates
from yearbook.book import ChartSpec, Limits
from yearbook.chart import Chart
from yearbook.compose import Teller
from yearbook.engine.event import Drawn, Event, Page
from yearbook.engine.quick import Easel, Quick, Sheet
from yearbook.finding import failing
from yearbook.fonts import Face
from yearbook.inspection import created
from yearbook.kit import Kit
from yearbook.model import Edition
from yearbook.node import Cache
from yearbook.read import Reading, read
from yearbook.read.again import again
from yearbook.read.snapshot import Snapshot
from yearbook.rehearsal import load
from yearbook.studio import Studio
from yearbook.theme import Theme
from yearbook.worker import Task, each
from yearbook.worker.cage import within

T = TypeVar("T")
Watch = Callable[[float | None], None]
"""Told how many seconds what follows may take; None: nobody need watch any more."""


class Preview:
    """Remembers what it told last, to tell only what differs."""

    def __init__(self, tell: Callable[[Event], None], watch: Watch) -> None:
        self._tell, self._watch = tell, watch
        self._quick = Quick()
        self._read: Reading | None = None
        self._seen: tuple[Mapping[str, str], Theme] | None = None
        self._told: dict[str, tuple[bytes, tuple[ChartSpec, ...]]] = {}

    def show(
        self,
        files: Mapping[str, bytes],
        why: tuple[str, ...],
        means: tuple[tuple[Face, ...], Mapping[str, Chart], Cache],
        jobs: int,
    ) -> None:
        """Tell of each page that differs, then of the charts that were drawn for it, then of the
        page with its charts; of nothing if the files have faults."""
        gc.disable()  # as an edition is made: there is little garbage, and much to look at for it
        try:
            self._show(files, why, means, jobs)
        finally:
            gc.enable()

    def _show(
        self,
        files: Mapping[str, bytes],
        why: tuple[str, ...],
        means: tuple[tuple[Face, ...], Mapping[str, Chart], Cache],
        jobs: int,
    ) -> None:
        reading = (self._read and again(self._read, files)) or read(Snapshot(files, ()))
        self._read = reading
        looks, date = templates.texts(files), created(reading.book)
        if failing(reading.findings) or not self._sound(files, looks, reading.theme):
            return
        faces, charts, cache = means
        kit = Kit(looks, reading.theme, faces, charts, date, reading.files, cache)
        limits = reading.book.limits
        made: list[tuple[Easel, Sheet]] = []
        easels = self._quick.easels(reading, kit)
        while (easel := self._limited(partial(next, easels, None), limits)) is not None:
            for edition in Edition:
                sheet = self._limited(partial(self._shown, easel, edition, why), limits)
                if sheet is not None:
                    made.append((easel, sheet))
        self._watch(None)
        load(kit, charts.values())  # now, so that the first change need not wait for it
        self._draw(made, why, limits, jobs)

    def _limited(self, work: Callable[[], T], limits: Limits) -> T:
        """Do what may take as long as one edition, of however many."""
        self._watch(limits.wall_seconds)
        with within(limits):
            return work()

    def _sound(self, files: Mapping[str, bytes], looks: Mapping[str, str], theme: Theme) -> bool:
        """Whether the templates have no faults; they are looked at again only if they changed."""
        if self._seen != (looks, theme):
            if failing(templates.faults(files, theme)):
                return False
            self._seen = (looks, theme)
        return True

    def _shown(self, easel: Easel, edition: Edition, why: tuple[str, ...]) -> Sheet | None:
        sheet = easel.page(edition)
        if sheet is not None and self._told.get(sheet.name) != (sheet.content, sheet.waiting):
            self._told[sheet.name] = sheet.content, sheet.waiting
            waiting = tuple(spec.id for spec in sheet.waiting)
            self._tell(Page(sheet.name, sheet.content, why, waiting))
        return sheet

    def _draw(
        self,
        made: Sequence[tuple[Easel, Sheet]],
        why: tuple[str, ...],
        limits: Limits,
        jobs: int,
    ) -> None:
        """Draw what pages wait for, each in a process of its own: charts are their authors' code,
        which may leave traces in the process it runs in."""
        wanted = [(easel, sheet, spec) for easel, sheet in made for spec in sheet.waiting]
        tasks = [
            Task(
                f"{sheet.name} {spec.id}",
                partial(_drawn, easel.kit, spec, sheet.edition, easel.teller),
            )
            for easel, sheet, spec in wanted
        ]
        for (easel, sheet, spec), svg in zip(wanted, each(tasks, limits, jobs), strict=True):
            if isinstance(svg, bytes) and svg:
                slug = easel.chapter.slug
                self._tell(Drawn(slug, spec.id, sheet.edition, svg, why))
            if spec is sheet.waiting[-1]:
                self._shown(easel, sheet.edition, why)


def _drawn(kit: Kit, spec: ChartSpec, edition: Edition, teller: Teller) -> bytes:
    """A chart, drawn and kept on the shelf; nothing if it has faults."""
    studio = Studio(kit, replace(kit.cache, nodes=[]), {}, [])
    drawing = studio.sketched(spec, edition, teller)
    return b"" if drawing is None or drawing.findings else drawing.svg
