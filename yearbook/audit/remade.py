"""Makes again from the attached records what the pages of a PDF print of them in words.

Figures are bound one by one; this is about the words beside them: the titles, heads, labels, notes
and sources of tables and charts, the reasons of discrepancies, the names of the book.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from yearbook.audit.html import items as taken_apart
from yearbook.audit.items import Item, Kind, Sort
from yearbook.binding import Medium, Numbering
from yearbook.book import TableSpec
from yearbook.compose import Teller
from yearbook.model import Edition, Language, Place, Text
from yearbook.records import Records, UnknownError
from yearbook.table import Maker, Table, Words

Unlike = tuple[int, Text]
"""The number of a text, -1 for none, and in what it differs from the records."""


def remade(items: Sequence[Item], records: Records, edition: Edition) -> Iterator[Unlike]:
    """Everything in words that the pages print otherwise than the records say it."""
    teller = Teller(records, Numbering(_numbers(items)), Medium.PRINT)
    yield from _Remade(items, teller, edition).all()
    for finding in teller.findings:
        yield -1, finding.what


def _numbers(items: Sequence[Item]) -> dict[tuple[str, str], str]:
    """What the parts of the chapter are numbered, as they name themselves."""
    found: dict[tuple[str, str], str] = {}
    for item in items:
        for mark in item.marks:
            if mark.sort is Sort.NUMBER and mark.source == item.anchor:
                kind, _, name = mark.source.partition("-")
                said = item.words[mark.start : mark.end]
                found[kind, name] = "".join(letter for letter in said if letter.isdigit())
    return found


@dataclass
class _Remade:
    items: Sequence[Item]
    teller: Teller
    edition: Edition
    own: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, item in enumerate(self.items):
            if not item.target:
                self.own.setdefault(item.anchor, []).append(at)

    def all(self) -> Iterator[Unlike]:
        chapter, book = self.teller.records.chapter, self.teller.records.book
        everywhere = [at for at, item in enumerate(self.items) if item.kind is Kind.TEXT]
        for words in (self._plain(book.title), self._plain(book.publisher)):
            yield from self._somewhere(everywhere, words)
        yield from self._somewhere(everywhere, self._say(chapter.title, chapter.place))
        for spec in chapter.tables:
            if f"table-{spec.id}" in self.own:
                yield from self._table(spec)
        for chart in chapter.charts:
            places = self.own.get(f"chart-{chart.id}")
            if places:
                source = self._plain(book.sources.get(chart.source, Text("", "")))
                for words in (self._say(chart.title), self._say(chart.note), source):
                    yield from self._somewhere(places, words)
        yield from self._quoted()

    def _say(self, text: Text, place: Place | None = None) -> Words:
        return tuple((of, self.teller.say(text, of, place)) for of in self.edition.languages)

    def _plain(self, text: Text) -> Words:
        return tuple((of, Markup.escape(text.of(of))) for of in self.edition.languages)

    def _somewhere(self, places: Sequence[int], words: Words) -> Iterator[Unlike]:
        """Each language of some words stands in one of these texts."""
        for language, said in words:
            wanted = _read(said, language)
            if not any(wanted in self.items[at].words for at in places):
                yield places[0], _lacking(wanted)

    def _table(self, spec: TableSpec) -> Iterator[Unlike]:
        places = self.own[f"table-{spec.id}"]
        try:
            table = Maker(self.teller.records, self.edition, self._say).table(spec)
        except UnknownError as unknown:
            yield places[0], unknown.what
            return
        except LookupError as missing:
            yield places[0], _lacking(str(missing))
            return
        for words in (table.title, table.unit, table.note, *table.sources):
            yield from self._somewhere(places, words)
        heads = [said for head in table.heads for said in _spoken(head)]
        yield from self._lined(places, Kind.COLUMN, heads)
        yield from self._lined(places, Kind.CELL, list(_body(table)))

    def _lined(self, places: Sequence[int], kind: Kind, wanted: list[str]) -> Iterator[Unlike]:
        """The cells of a kind in their order; a label may stand behind a sign of its place."""
        shown = [at for at in places if self.items[at].kind is kind]
        for at, said in zip(shown, wanted, strict=False):
            if not self.items[at].words.endswith(said):
                yield at, _other(self.items[at].words, said)
        for at in shown[len(wanted) :]:
            yield at, _other(self.items[at].words, "")
        for said in wanted[len(shown) :]:
            yield (shown or places)[-1], _lacking(said)

    def _quoted(self) -> Iterator[Unlike]:
        """Names and reasons of the records, word by word."""
        chapter, book = self.teller.records.chapter, self.teller.records.book
        reasons = {waiver.where: waiver.reason for waiver in chapter.waivers}
        known = {Sort.REASON: reasons, Sort.LITERAL: book.literals}
        for at, item in enumerate(self.items):
            for mark in item.marks:
                if mark.sort in known:
                    text = known[mark.sort].get(mark.source, Text("", ""))
                    wanted = _read(self.teller.say(text, item.language), item.language)
                    said = item.words[mark.start : mark.end]
                    if said != wanted:
                        yield at, _other(said, wanted)


def _body(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield from _spoken(row.head)
        for cell in row.cells:
            yield from [cell.figure] if cell.figure else _spoken(cell.words)


def _spoken(words: Words) -> Iterator[str]:
    return filter(None, (_read(said, language) for language, said in words))


def _read(said: Markup, language: Language) -> str:
    """Words as they stand on a page."""
    found = taken_apart(f'<p lang="{language.tag}">{said}</p>')
    return next((item.words for item in found if item.kind is Kind.TEXT), "")


def _other(shown: str, wanted: str) -> Text:
    return Text(
        f'it shows "{shown}" instead of "{wanted}", which the attached records say',
        f"印为“{shown}”，而所附数据为“{wanted}”",
    )


def _lacking(wanted: str) -> Text:
    return Text(f'"{wanted}" of the attached records is not there', f"没有所附数据中的“{wanted}”")
