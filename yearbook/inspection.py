"""A project read and checked, with nothing printed; loaded is only what that needs.

Most of the time in which a few tables are checked is the loading of the toolkit: what texts and
reports need is not loaded where there are none.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yearbook import checks, triage
from yearbook.book import Book
from yearbook.finding import Finding, failing
from yearbook.node import Cache
from yearbook.read import Reading, read
from yearbook.read.bare import bare
from yearbook.read.origins import named
from yearbook.read.snapshot import Snapshot, take

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from yearbook.draft import Draft
    from yearbook.fonts import Face
    from yearbook.guards import Guards
    from yearbook.model import Artifact
    from yearbook.worker import Each


@dataclass(frozen=True, slots=True)
class Checked:
    """A project whose records and texts were read and checked, and what was found."""

    snapshot: Snapshot
    reading: Reading
    drafts: tuple["Draft", ...]
    findings: tuple[Finding, ...]
    known: tuple["Guards", ...] | None = None

    def told(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings in their order, each in the file that editors keep."""
        origins, book = self.reading.origins, self.reading.book
        names = {one.slug: named(one) for one in book.chapters if one.instance}
        return triage.ordered(origins.told(findings, names))

    def reports(
        self,
        findings: Iterable[Finding] | None = None,
        faces: tuple["Face", ...] = (),
        cache: Cache | None = None,
    ) -> tuple["Artifact", ...]:
        """All that tells the findings; with the fonts of the book the page looks alike anywhere."""
        from yearbook import reports, told
        from yearbook.webfonts import with_fonts

        book, found = self.reading.book, self.findings if findings is None else findings
        # Instances print the same figures with other values: no sentence of one speaks for all.
        quoted = [draft.quoted for draft in self.drafts if not draft.chapter.instance]
        dated = created(book).isoformat()
        report = replace(
            told.report(book, self.snapshot.files, quoted, found, dated), guards=self.guards()
        )
        return tuple(
            replace(each, held=with_fonts(each.content.decode(), faces, cache or Cache()).encode())
            if each.name.endswith(".html")
            else each
            for each in reports.artifacts(report)
        )

    def guards(self) -> tuple["Guards", ...]:
        """How well the cells of each chapter are guarded."""
        return _guarded(self.reading.book) if self.known is None else self.known


def check(
    root: "Path", cache: Cache | None = None, jobs: int = 1, do: "Each | None" = None
) -> Checked:
    """Find everything that can be found without printing a page; the cache may know it.

    ``do`` lays out the texts, by default in workers. Raises
    `yearbook.read.ConfigurationError` if there is no project.
    """
    snapshot = take(root)
    reading = read(snapshot)
    book = reading.book
    drafts, stopped = _drafts(reading, cache or Cache(), jobs, do)
    found = (*_found(reading, drafts), *stopped)
    known = _guarded(book) if book.floor and not failing(found) else None
    if known is not None:
        from yearbook.guards import weak

        found = (*found, *weak(book, known))
    if any(finding.waived for finding in found):
        from yearbook.told import reasoned

        found = reasoned(found, book)
    checked = Checked(snapshot, reading, drafts, found, known)
    return replace(checked, findings=checked.told(found))


def _found(reading: Reading, drafts: Iterable["Draft"]) -> Iterator[Finding]:
    """What the loader, the checks and the manuscripts say.

    Where the loader refused rows, what merely misses their figures is not said again.
    """
    yield from triage.causes(reading.findings)
    yield from triage.beside(reading.findings, checks.findings(reading.book))
    for draft in drafts:
        yield from draft.findings
    if drafts:
        from yearbook.accounting import literals

        yield from literals.unused(reading.book)


def _guarded(book: Book) -> tuple["Guards", ...]:
    from yearbook.guards import guarded

    return guarded(book)


def _drafts(
    reading: Reading, cache: Cache, jobs: int, do: "Each | None"
) -> tuple[tuple["Draft", ...], tuple[Finding, ...]]:
    """Every chapter with what is wrong with its texts, if there are texts to read."""
    if failing(reading.findings) or bare(Snapshot(reading.files, ())):
        return (), ()
    from yearbook.draft import drafts

    return drafts(reading, cache, jobs, do)


def created(book: Book) -> "datetime":
    """The date the files bear: SOURCE_DATE_EPOCH, or the first day of the edition year."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime(book.edition_year, 1, 1, tzinfo=UTC)
