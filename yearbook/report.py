"""From a reading to the pages of a chapter: everything filled, in each edition and medium."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from yearbook import accounting, parity, prose, wording
from yearbook.binding import Medium
from yearbook.book import Book, Chapter, ChartSpec
from yearbook.compose import Part, Teller, compose, numbering
from yearbook.finding import Finding, error
from yearbook.model import Edition, Language, Place, Text
from yearbook.page import Layout, Page, Picture, render
from yearbook.prose import Manuscript
from yearbook.records import Records, UnknownError, suggestion
from yearbook.table import Maker, Words

Draw = Callable[[ChartSpec, Edition, Teller], Mapping[Medium, Picture]]
"""Draws a chart for an edition, once for each medium; an effect of the edge."""


@dataclass
class Desk:
    """One chapter on the desk: its manuscripts, filled for each medium, and what is wrong."""

    book: Book
    chapter: Chapter
    manuscripts: Mapping[Language, Manuscript]
    findings: list[Finding] = field(default_factory=list)
    parts: dict[Medium, tuple[Part, ...]] = field(default_factory=dict)
    tellers: dict[Medium, Teller] = field(default_factory=dict)


def lay_out(book: Book, chapter: Chapter) -> Desk:
    """Take the manuscripts apart, fill them, and prove that they run parallel."""
    manuscripts = {
        language: prose.parse(text, language) for language, text in chapter.prose.items()
    }
    desk = Desk(book, chapter, manuscripts)
    missing = [language for language in Language if language not in manuscripts]
    if missing:
        desk.findings.append(_no_text(chapter, missing[0]))
        return desk
    for manuscript in manuscripts.values():
        desk.findings.extend(manuscript.findings)
    desk.findings.extend(parity.structure(manuscripts))
    desk.findings.extend(_unspecified(chapter, manuscripts))
    if desk.findings:
        return desk
    desk.findings.extend(wording.check(manuscripts, chapter.confirmed))
    numbers = numbering(manuscripts[Language.EN])
    for medium in Medium:
        teller = Teller(Records(book, chapter), numbers, medium)
        desk.parts[medium] = compose(manuscripts, teller)
        desk.tellers[medium] = teller
    desk.findings.extend(desk.tellers[Medium.PRINT].findings)
    desk.findings.extend(parity.citations(desk.parts[Medium.PRINT]))
    desk.findings.extend(parity.values(desk.parts[Medium.PRINT], accounting.ledger(teller.records)))
    desk.findings.extend(accounting.account(desk.tellers[Medium.PRINT]))
    desk.findings.extend(_rehearsed(Teller(Records(book, chapter), numbers, Medium.PRINT)))
    return desk


def _rehearsed(teller: Teller) -> Iterator[Finding]:
    """What is wrong with tables and with the words around tables and charts, before printing."""

    def say(text: Text, place: Place | None = None) -> Words:
        return tuple((language, teller.say(text, language, place)) for language in Language)

    chapter = teller.records.chapter
    say(chapter.title, chapter.place)
    for chart in chapter.charts:
        say(chart.title, chart.place)
        say(chart.note, chart.place)
    maker = Maker(teller.records, Edition.BOTH, say)
    for spec in chapter.tables:
        if ("table", spec.id) in teller.numbering.numbers:
            try:
                maker.table(spec)
            except UnknownError as unknown:
                yield error("table", spec.place, unknown.what, unknown.hint)
    if not teller.findings:
        yield from parity.captions(Teller(teller.records, teller.numbering, teller.medium))
    yield from teller.findings


def _no_text(chapter: Chapter, language: Language) -> Finding:
    file = f"templates/chapters/{chapter.slug}/{language}.md"
    name = parity.NAMES[language]
    return error(
        "prose",
        Place(file),
        Text(f"the chapter has no {name.en} text", f"本章没有{name.zh}文本"),
        Text(f"write {file}", f"请编写 {file}"),
    )


def _unspecified(chapter: Chapter, manuscripts: Mapping[Language, Manuscript]) -> list[Finding]:
    """Tables and charts that the text calls for but tables.csv and charts.csv do not have."""
    known = {
        "table": {spec.id for spec in chapter.tables},
        "chart": {spec.id for spec in chapter.charts},
    }
    return [
        error(
            "prose",
            block.place,
            Text(f'there is no {block.kind} "{block.target}"', f"没有名为“{block.target}”的图表"),
            suggestion(block.target, known[block.kind]),
        )
        for manuscript in manuscripts.values()
        for section in manuscript.sections
        for block in section.blocks
        if block.kind in known and block.target not in known[block.kind]
    ]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of one edition: for the screen and for the printer."""

    screen: str
    printed: str
    findings: tuple[Finding, ...]


def pages(desk: Desk, edition: Edition, layouts: Mapping[Medium, Layout], draw: Draw) -> Sheets:
    """Both pages of one edition."""
    made: dict[Medium, str] = {}
    findings: list[Finding] = []
    pictures: dict[Medium, dict[str, Picture]] = {medium: {} for medium in Medium}
    for spec in desk.chapter.charts:
        if ("chart", spec.id) in desk.tellers[Medium.PRINT].numbering.numbers:
            for medium, picture in draw(spec, edition, desk.tellers[Medium.PRINT]).items():
                pictures[medium][spec.id] = picture
    for medium in Medium:
        teller = desk.tellers[medium]
        before = len(teller.findings)
        page = Page(
            desk.book, desk.chapter, edition, medium, desk.parts[medium], teller, pictures[medium]
        )
        try:
            made[medium] = str(render(page, layouts[medium]))
        except UnknownError as unknown:
            made[medium] = ""
            findings.append(error("table", desk.chapter.place, unknown.what, unknown.hint))
        findings.extend([*page.findings, *teller.findings[before:]])
    return Sheets(made[Medium.SCREEN], made[Medium.PRINT], tuple(dict.fromkeys(findings)))
