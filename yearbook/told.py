"""From findings to their report: the row of each, the sentences that print it, reasons filled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from yearbook.binding import Medium, Numbering
from yearbook.book import Book
from yearbook.compose import Teller
from yearbook.docket import Cells, Quoted, Rows, dockets, sentences
from yearbook.finding import Finding
from yearbook.model import Artifact, Language, Text
from yearbook.read.sheet import parse
from yearbook.records import Records
from yearbook.reports import Report, artifacts
from yearbook.template import plain
from yearbook.worker import Task, once

_UNDATED = "1970-01-01T00:00:00+00:00"
"""What files bear that tell of a book whose year is unknown: never the date of the clock."""


def report(
    book: Book,
    files: Mapping[str, bytes],
    quoted: Sequence[Quoted],
    findings: Iterable[Finding],
    created: str,
) -> Report:
    """The report of a reading, still without guards; ``created`` is the date its files bear, as
    ISO 8601."""
    found = tuple(findings)
    known = [rule for chapter in book.chapters for rule in chapter.rules]
    rules = {rule.id: rule.message for rule in known}
    typed = {rule.id: rule.text for rule in known}
    told = dockets(found, _rows(files, found), sentences(quoted))
    return Report(book.title, book.edition_year, created, told, rules, expressions=typed)


def stopped(finding: Finding) -> tuple[Artifact, ...]:
    """The files that tell why a run was stopped before there was a book to speak of."""
    title = Text("Yearbook", "年鉴")
    report = Report(title, 0, _UNDATED, dockets([finding], {}, {}), stopped=True)
    return tuple(artifacts(report))


def _rows(files: Mapping[str, bytes], findings: Iterable[Finding]) -> Rows:
    """The rows that findings stand in, of the CSVs that can be read."""
    rows: dict[tuple[str, int], Cells] = {}
    for name in dict.fromkeys(finding.place.file for finding in findings):
        if name.endswith(".csv") and name in files:
            for row in parse(name, files[name]).rows:
                cells = tuple((column, cell.text) for column, cell in row.cells.items())
                rows[name, row.place.line] = cells
    return rows


def reasoned(found: tuple[Finding, ...], book: Book) -> tuple[Finding, ...]:
    """The reasons of waivers as they are printed: they may ask for figures and names. They are
    texts like any other, so what they make of these is done within limits."""
    if not any(finding.waived for finding in found):
        return found
    said = once(Task("exceptions.csv", partial(_all, found, book)), book.limits)
    return (*found, said) if isinstance(said, Finding) else said


def _all(findings: Iterable[Finding], book: Book) -> tuple[Finding, ...]:
    return tuple(_filled(each, book) if each.waived else each for each in findings)


def _filled(finding: Finding, book: Book) -> Finding:
    folders = {f"data/{chapter.slug}": chapter for chapter in book.chapters}
    chapter = folders.get(finding.place.file.rpartition("/")[0], book.chapters[0])
    teller = Teller(Records(book, chapter), Numbering({}), Medium.SCREEN)
    said = {of: plain(teller.say(finding.waived or Text("", ""), of)) for of in Language}
    if teller.findings:  # the text itself is told as a finding where it stands
        return finding
    return replace(finding, waived=Text(said[Language.EN], said[Language.ZH]))
