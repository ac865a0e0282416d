"""Every numeral drawn in a chart, or said in its text alternative, is one that it asked for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

from yearbook.accounting.ledger import Ledger
from yearbook.accounting.numerals import guess, loose
from yearbook.accounting.visible import visible
from yearbook.book import ChartSpec
from yearbook.chart import Asked
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.lexer import Numeral
from yearbook.model import Edition, Entry, Fact, Kind, Language, Qualifier, Relation, Text
from yearbook.numbers import NumberError
from yearbook.records import Records, UnknownError

Said = tuple[Decimal | None, Qualifier]
"""A value and its hedge."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished chart: its drawing and what it says in each language of its edition."""

    spec: ChartSpec
    edition: Edition
    svg: bytes
    alt: Mapping[Language, str]

    def texts(self) -> Iterator[tuple[Language, str]]:
        """The words of the drawing, line by line, and its text alternatives."""
        if self.svg:
            for element in ElementTree.fromstring(self.svg).iter():  # noqa: S314 - our own drawing
                if element.tag.rpartition("}")[2] == "text":
                    text = "".join(element.itertext()).replace("\u00a0", " ").strip()
                    # Labels side by side stand in one line, each in its own language.
                    for words in text.split(" · "):
                        yield _language(words, self.edition), words
        yield from self.alt.items()


def check(ledger: Ledger, asked: Asked, told: Sequence[Telling], drawn: Drawn) -> Iterator[Finding]:
    """Numerals of a finished chart that equal nothing handed to it.

    ``told`` are the texts of the records that the chart had filled.
    """
    known = handed(asked) | {said for text in told for said in _bound(ledger, text)}
    for language, text in dict.fromkeys(drawn.texts()):
        for numeral in ledger.read(text, language):
            if (numeral.value, numeral.hedge) not in known:
                yield error(
                    "unbound",
                    drawn.spec.place,
                    Text(
                        f'chart "{drawn.spec.id}" shows "{numeral.text}", '
                        f'which it did not ask for, in "{_around(text, numeral)}"',
                        f"图“{drawn.spec.id}”的文字“{_around(text, numeral)}”中，"
                        f"“{numeral.text}”并非取自记录",
                    ),
                    guess(asked, numeral, language),
                )


def _around(text: str, numeral: Numeral) -> str:
    """A few words of a long text."""
    start, end = max(0, numeral.start - 24), numeral.reach + 24
    return text[start:end].strip()


def _language(text: str, edition: Edition) -> Language:
    """In an edition of both languages, Chinese where there is a Han character."""
    if edition is Edition.BOTH:
        return Language.ZH if any("㐀" <= c <= "鿿" for c in text) else Language.EN
    return edition.languages[0]


def handed(asked: Asked) -> set[Said]:
    """What the figures, periods and lists that a chart asked for entitle it to print."""
    known: set[Said] = {_exact(asked.year)}
    for fact in {(fact.id, fact.period): fact for fact in asked.facts}.values():
        known |= _figure(fact)
        known |= {_exact(moment) for moment in _moments(fact)}
        known |= _derived(Records(asked.book, asked.chapter), fact)
    for entries in asked.lists:
        known |= {_exact(number) for number in _counts(asked, entries)}
    return known


def _exact(value: Decimal | int) -> Said:
    return Decimal(value), Qualifier.EXACT


def _figure(fact: Fact) -> set[Said]:
    """The value, and the value in the unit in which either language prints it."""
    scales = {Decimal(1)}
    if fact.unit.kind in (Kind.MONEY, Kind.MEASURE):
        scales |= {fact.unit.en_factor, fact.unit.zh_factor}
    return {(fact.value / scale, fact.qualifier) for scale in scales}


def _moments(fact: Fact) -> Iterator[int]:
    """Year, month and day of both ends of its period, as far as they are told."""
    for end in (fact.period.start, fact.period.end):
        for length in range(4, len(end) + 1, 3):
            yield int(end[:length].replace("-", ""))


def _derived(records: Records, whole: Fact) -> set[Said]:
    """The rest of a whole and the shares of its parts."""
    known: set[Said] = set()
    for relation in (Relation.OF, Relation.SUM):
        try:
            parts = records.parts(whole.id, relation)
            if parts and relation is Relation.OF:
                known.add(_exact(records.rest(whole)))
            known |= {_exact(records.share(part, whole.id)) for part in parts}
        except (UnknownError, NumberError):
            continue
    return known


def _counts(records: Records, entries: Sequence[Entry]) -> Iterator[int]:
    """How many rows, how many of each code, and how many in each province."""
    yield len(entries)
    for column in entries[0].cells if entries else ():
        yield from Counter(entry.code(column) for entry in entries).values()
        yield len({entry.code(column) for entry in entries})
    divisions = records.book.divisions
    places = [
        e.code("place") for e in entries if "place" in e.cells and e.code("place") in divisions
    ]
    provinces = Counter(divisions[code].province for code in places)
    yield from (len(provinces), *provinces.values())


def _bound(ledger: Ledger, told: Telling) -> Iterator[Said]:
    """The numerals of a text that are bound to the records."""
    for seen in visible(told.html):
        numerals = ledger.read(seen.text, told.language)
        free = set(loose(seen, numerals))
        yield from ((n.value, n.hedge) for n in numerals if n not in free)
