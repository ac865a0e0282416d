"""The whole book as one PDF, bound from the finished PDFs of its chapters: docs/volume.md.

Nothing is laid out again: pages are taken as they are, with their tags, links and data. What is
made are the numbers of the pages, and the pages before the first chapter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from yearbook.book import Book
from yearbook.doing import doing
from yearbook.finding import Finding
from yearbook.kit import Kit
from yearbook.model import Artifact, Place
from yearbook.press import Run
from yearbook.volume.again import compared
from yearbook.volume.make import Bindery
from yearbook.volume.order import NAME, Order, Printed, orders
from yearbook.worker import Task, each

__all__ = ["NAME", "Order", "Printed", "bound", "compared", "run"]


def bound(book: Book, kit: Kit, runs: Iterable[Run], jobs: int) -> Iterator[Run]:
    """The whole book in each edition, made of the files of its chapters."""
    artifacts = [artifact for run in runs for artifact in run.artifacts]
    tasks = [Task(order.name, partial(run, order)) for order in orders(book, kit, artifacts)]
    for done in each(tasks, book.limits, jobs):
        yield Run((), (done,)) if isinstance(done, Finding) else done


def run(order: Order) -> Run:
    """The whole book in one edition."""
    cache = replace(order.kit.cache, nodes=[])
    findings: list[Finding] = []
    with doing(Place(f"{order.name}.pdf")):
        content = Bindery(order, cache, findings).bound()
    files = (Artifact(f"{order.name}.pdf", content),) if content else ()
    return Run(files, tuple(findings), tuple(cache.nodes))
