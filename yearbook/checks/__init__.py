"""What must hold of the records: each check is a generator of findings, read in this order.

A check never prints, raises, stops early or answers yes or no; docs/checks.md shows how to write
one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from yearbook.book import Book
from yearbook.checks import (
    count,
    cumulative,
    dimension,
    footnotes,
    gazetteer,
    parts,
    period,
    place,
    place_names,
    plausible,
    quote,
    repeated,
    rulebook,
    rules,
    shares,
    suspicion,
    twice,
    unquoted,
    waivers,
)
from yearbook.checks.waivers import difference
from yearbook.concern import CONCERNS
from yearbook.finding import Finding
from yearbook.records import Records

__all__ = ["CHECKS", "Check", "difference", "findings"]

Check = Callable[[Records], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    quote.check,
    unquoted.check,
    count.check,
    period.check,
    dimension.check,
    parts.check,
    shares.check,
    cumulative.check,
    twice.check,
    rules.check,
    rulebook.check,
    plausible.check,
    place.check,
    gazetteer.check,
    place_names.check,
    repeated.check,
    footnotes.check,
)
"""Every check there is; a new one is a new module and a line here."""


def findings(book: Book, checks: Sequence[Check] = CHECKS) -> tuple[Finding, ...]:
    """All that is found in all chapters, waivers applied and checked, in the order of the files.

    What several chapters find alike (places.csv belongs to all of them) is said once.

    >>> from yearbook.specimen import fact, records
    >>> book = records(fact("leaders", 105, quote="including 101 leaders")).book
    >>> [(finding.rule, finding.where, difference(finding)) for finding in findings(book)]
    [('quote', 'leaders', '4')]
    """
    found: dict[Finding, Finding] = {}
    for chapter in book.chapters:
        records = Records(book, chapter)
        own = [finding for check in checks for finding in check(records)]
        # A rule that is itself broken says nothing of the data.
        broken = {finding.where for finding in own if finding.rule == "rule"} - CONCERNS.keys()
        own = [finding for finding in own if finding.rule not in broken]
        told = waivers.applied(chapter.waivers, own, book.edition_year)
        for finding in suspicion.ranked(records, told):
            bare = replace(finding, waived=None, grant=None)
            if finding.waived or bare not in found:
                found[bare] = finding
    return tuple(sorted(found.values(), key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.rule, finding.where
