"""What the records, or a person's ruling, account for in a paragraph."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from yearbook import lexer
from yearbook.checks.mark import MarkError, marked
from yearbook.checks.quote import language_of
from yearbook.coverage.manuscript import Paragraph
from yearbook.coverage.ruling import Holding, Ruling
from yearbook.lexer import Numeral, NumeralKind
from yearbook.model import Fact, Kind, Text
from yearbook.records import Records, UnknownError

_LENGTHS = {NumeralKind.YEAR: 4, NumeralKind.YEAR_MONTH: 6, NumeralKind.DATE: 8}
Held = dict[Numeral, tuple[Holding, str, str]]
"""Numerals with what holds them: how, the id, the quote."""


def of_records(paragraph: Paragraph, records: Records) -> Held:
    """What the records alone account for; a name outweighs a fact, a fact a period."""
    held: Held = {}
    facts = [fact for fact in records.chapter.facts if _quoted(fact, paragraph, held)]
    for name, literal in records.book.literals.items():
        for numeral in _named(literal, paragraph):
            held[numeral] = (Holding.LITERAL, name, "")
    for numeral in paragraph.numerals:
        source = _period(numeral, facts, records) if numeral not in held else ""
        if source:
            held[numeral] = (Holding.PERIOD, source, "")
    return held


def _quoted(fact: Fact, paragraph: Paragraph, held: Held) -> bool:
    """Whether the quote of a fact stands in the paragraph; its numeral is then held."""
    try:
        quote = marked(" ".join(fact.quote.text.split()))
    except MarkError:
        return False
    span = quote.span or (0, len(quote.text))
    meant = [
        numeral
        for numeral in lexer.read(quote.text, language_of(quote.text))
        if numeral.number_start < span[1] and numeral.number_end > span[0]
    ]
    here = False
    for at in paragraph.found(quote.text):
        for numeral in paragraph.numerals:
            if any(_there(numeral, other, at) for other in meant) and _worth(numeral, fact):
                held[numeral] = (Holding.FACT, fact.id, quote.text)
                here = True
    return here


def _there(numeral: Numeral, quoted: Numeral, at: int) -> bool:
    start, end = at + quoted.number_start, at + quoted.number_end
    return numeral.number_start < end and numeral.number_end > start


def _worth(numeral: Numeral, fact: Fact) -> bool:
    """Whether a numeral is the value of a fact; a Chinese measure may count in another unit."""
    if numeral.value is None:
        return False
    measured = fact.unit.kind is Kind.MEASURE
    return fact.value in (numeral.value, numeral.value * (fact.unit.zh_factor if measured else 1))


def _named(literal: Text, paragraph: Paragraph) -> Iterator[Numeral]:
    for words in (literal.en, literal.zh):
        bare = words.strip("“”《》\"'")
        for at in paragraph.found(bare) if "{{" not in words else ():
            for numeral in paragraph.numerals:
                if at <= numeral.number_start and numeral.number_end <= at + len(bare):
                    yield numeral


def _period(numeral: Numeral, facts: Iterable[Fact], records: Records) -> str:
    moment = iso(numeral)
    if not moment:
        return ""
    for fact in facts:
        if fact.period.start.startswith(moment) or fact.period.end.startswith(moment):
            return fact.id
    return "year()" if moment == str(records.year) else ""


def iso(numeral: Numeral) -> str:
    """A year, month or day as periods are typed; empty for other numerals."""
    length = _LENGTHS.get(numeral.kind)
    if length is None or numeral.value is None:
        return ""
    digits = f"{numeral.value:0{length}f}"
    return "-".join(part for part in (digits[:4], digits[4:6], digits[6:]) if part)


def reviewed(ruling: Ruling | None, numeral: Numeral, records: Records) -> Ruling | None:
    """What a person decided, if it holds: the fact or list has that value, the reason is given."""
    if ruling is None or not ruling.reason:
        return None
    holds: Mapping[Holding, bool] = {
        Holding.FACT: any(_worth(numeral, fact) for fact in records.series(ruling.id)),
        Holding.PERIOD: bool(_period(numeral, records.series(ruling.id), records)),
        Holding.LITERAL: ruling.id in records.book.literals,
        Holding.COUNT: _is_count(ruling.id, numeral.value, records),
        Holding.OTHER: True,
        Holding.MISSING: False,
    }
    return ruling if holds[ruling.holding] else None


def _is_count(name: str, value: Decimal | None, records: Records) -> bool:
    try:
        return value == len(records.entries(name))
    except UnknownError:
        return False
