"""What becomes of every numeral of a manuscript: which fact holds it, by what rule it is none.

The ledger of a chapter (coverage.csv) keeps the outcome, and the reasons a person gave for numerals
that no fact holds. It holds numerals and places, never sentences of the source.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yearbook import lexer
from yearbook.book import Book
from yearbook.checks.mark import MarkError, marked
from yearbook.checks.quote import language_of
from yearbook.lexer import Numeral, NumeralKind
from yearbook.model import Fact, Kind, Language, Text
from yearbook.records import Records, UnknownError

COLUMNS = ("numeral", "place", "kind", "id", "reason")
"""The columns of coverage.csv."""
_FOLDED = str.maketrans("‘’“”„–—−\u00a0\u3000［］", '\'\'"""---  []')
_LENGTHS = {NumeralKind.YEAR: 4, NumeralKind.YEAR_MONTH: 6, NumeralKind.DATE: 8}


class Holding(StrEnum):
    """How a numeral is accounted for."""

    FACT = "fact"  # a fact whose quote stands there
    PERIOD = "period"  # the data year, or an end of the period of a fact of the paragraph
    LITERAL = "literal"  # a name of literals.csv
    COUNT = "count"  # the length of a list, as a person said
    OTHER = "other"  # no figure, for the reason a person gave
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A row of the ledger: the numeral as written (without a sign, which a spreadsheet would take
    for a formula), its place, what holds it, why it is no figure."""

    numeral: str
    place: str
    holding: Holding
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A numeral of the manuscript. Its ruling's place p3.2 is the second numeral of the third
    paragraph: Excel would take 3:2 for a time of day, and line numbers move too often."""

    line: int
    column: int
    ruling: Ruling
    quote: str = ""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with blanks drawn together; ``offsets`` lead back to the manuscript."""

    number: int
    text: str
    offsets: tuple[int, ...]
    numerals: tuple[Numeral, ...]

    @property
    def folded(self) -> str:
        return self.text.translate(_FOLDED)

    def found(self, words: str) -> Iterator[int]:
        """Where these words stand, whatever their quotation marks, dashes and blanks."""
        wanted = " ".join(words.translate(_FOLDED).split())
        at = self.folded.find(wanted) if wanted else -1
        while at >= 0:
            yield at
            at = self.folded.find(wanted, at + 1)


Held = dict[Numeral, tuple[Holding, str, str]]


def survey(manuscript: str, records: Records, ledger: Iterable[Ruling] = ()) -> tuple[Mention, ...]:
    """Every numeral of a manuscript in either language, with what holds it.

    >>> from yearbook.specimen import fact, records
    >>> known = records(fact("leaders", 101, quote="including 101 leaders"))
    >>> text = "In 2010 it sent 437 people, including 101 leaders."
    >>> for mention in survey(text, known):
    ...     print(mention.column, mention.ruling.numeral, mention.ruling.holding.value)
    4 2010 period
    17 437 missing
    39 101 fact
    """
    known = {(ruling.place, ruling.numeral): ruling for ruling in ledger}
    mentions = []
    for paragraph in _paragraphs(manuscript, records.book):
        held = _held(paragraph, records)
        for number, numeral in enumerate(paragraph.numerals, 1):
            place = f"p{paragraph.number}.{number}"
            written = numeral.text.lstrip("+-")
            holding, name, quote = held.get(numeral, (Holding.MISSING, "", ""))
            ruling = Ruling(written, place, holding, name, "")
            if holding is Holding.MISSING:
                ruling = reviewed(known.get((place, written)), numeral, records) or ruling
            at = paragraph.offsets[numeral.start]
            mentions.append(Mention(*_position(manuscript, at), ruling, quote))
    return tuple(mentions)


def _position(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _paragraphs(manuscript: str, book: Book) -> Iterator[_Paragraph]:
    for number, found in enumerate(re.finditer(r"\S(?:.|\n(?!\s*\n))*", manuscript), 1):
        letters: list[str] = []
        offsets: list[int] = []
        for at, letter in enumerate(found[0], found.start()):
            blank = letter.isspace()
            if not (blank and letters and letters[-1] == " "):
                letters.append(" " if blank else letter)
                offsets.append(at)
        text = "".join(letters)
        language = _language(text)
        numerals = lexer.read(text, language, book.masks(language))
        yield _Paragraph(number, text, tuple(offsets), numerals)


def _language(text: str) -> Language:
    """Chinese if it has more Han characters than Latin letters: 【】 or a name decide nothing."""
    han = len(re.findall(r"[㐀-鿿]", text))
    return Language.ZH if han > len(re.findall(r"[A-Za-z]", text)) else Language.EN


def _held(paragraph: _Paragraph, records: Records) -> Held:
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


def _quoted(fact: Fact, paragraph: _Paragraph, held: Held) -> bool:
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
            if any(_same(numeral, other, at) for other in meant) and _worth(numeral, fact):
                held[numeral] = (Holding.FACT, fact.id, quote.text)
                here = True
    return here


def _same(numeral: Numeral, quoted: Numeral, at: int) -> bool:
    return (
        numeral.value == quoted.value
        and numeral.number_start < at + quoted.number_end
        and numeral.number_end > at + quoted.number_start
    )


def _worth(numeral: Numeral, fact: Fact) -> bool:
    """Whether a numeral is the value of a fact; a Chinese measure may count in another unit."""
    if numeral.value is None:
        return False
    measured = fact.unit.kind is Kind.MEASURE
    return fact.value in (numeral.value, numeral.value * (fact.unit.zh_factor if measured else 1))


def _named(literal: Text, paragraph: _Paragraph) -> Iterator[Numeral]:
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


def missing(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Those that nothing accounts for."""
    return tuple(m for m in mentions if m.ruling.holding is Holding.MISSING)


def line(mention: Mention, file: str) -> str:
    """A numeral for the terminal."""
    ruling = mention.ruling
    said = f"{file}:{mention.line}:{mention.column}: {ruling.numeral}  {ruling.holding}"
    why = f' "{mention.quote}"' if mention.quote else f" ({ruling.reason})" if ruling.reason else ""
    said += f" {ruling.id}" * bool(ruling.id) + why
    if ruling.holding is Holding.MISSING:
        said += f"  [{ruling.place}]"
    return said


HINT = Text(
    "add the figure with its quote to the records, or give the reason in coverage.csv (--write)",
    "请把该数据连同摘录补入数据表，或在 coverage.csv 中注明理由（--write）",
)


def plain(mention: Mention) -> dict[str, str | int]:
    """A numeral as other programs read it."""
    ruling = mention.ruling
    return {
        "line": mention.line,
        "column": mention.column,
        "numeral": ruling.numeral,
        "place": ruling.place,
        "kind": ruling.holding.value,
        "id": ruling.id,
        "reason": ruling.reason,
        "quote": mention.quote,
    }


def summary(mentions: Collection[Mention]) -> Text:
    """How many numerals there are, and what holds them."""
    counts = dict.fromkeys(Holding, 0)
    for mention in mentions:
        counts[mention.ruling.holding] += 1
    en = ", ".join(f"{count} {holding}" for holding, count in counts.items())
    zh = "，".join(f"{_CALLED[holding]}{count}" for holding, count in counts.items())
    return Text(f"{len(mentions)} numerals: {en}", f"共{len(mentions)}个数字：{zh}")


_CALLED = {
    Holding.FACT: "数据",
    Holding.PERIOD: "时期",
    Holding.LITERAL: "专名",
    Holding.COUNT: "名单计数",
    Holding.OTHER: "人工说明",
    Holding.MISSING: "缺失",
}
