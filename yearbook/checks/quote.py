"""The value must parse out of its quote: the few words of the source that hold the figure.

Arithmetic catches about a quarter of single typing slips in a prose chapter, this check nearly
all: whoever changes a value must change its quote to the same number.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from yearbook import lexer
from yearbook.book import Book
from yearbook.checks import quoted
from yearbook.checks.cells import iso, typed, where
from yearbook.checks.mark import Marked, MarkError, marked
from yearbook.finding import Finding, Severity, Suspect
from yearbook.frame import sifted
from yearbook.lexer import Numeral, NumeralKind
from yearbook.model import Fact, Kind, Language, Qualifier, Text
from yearbook.numbers import text, trimmed
from yearbook.records import Records

if TYPE_CHECKING:
    from yearbook.localise.slip import Slip

_OF_TIME = {
    NumeralKind.DATE,
    NumeralKind.YEAR_MONTH,
    NumeralKind.MONTH_DAY,
    NumeralKind.MONTH,
    NumeralKind.TIME,
    NumeralKind.DECADE,
}
_OF_RATIO = {
    NumeralKind.PERCENT,
    NumeralKind.PERCENTAGE_POINTS,
    NumeralKind.FRACTION,
    NumeralKind.MULTIPLE,
}
_NO_AMOUNT = _OF_TIME | {NumeralKind.ORDINAL}
_NO_COUNT = _NO_AMOUNT | _OF_RATIO
_UNFIT = {
    Kind.COUNT: _NO_COUNT,
    Kind.MONEY: _NO_COUNT,
    Kind.MEASURE: _NO_AMOUNT,
    Kind.ORDINAL: set(NumeralKind) - {NumeralKind.ORDINAL},
    Kind.YEAR: set(NumeralKind) - {NumeralKind.YEAR, NumeralKind.CARDINAL},
    Kind.DATE: set(NumeralKind) - {NumeralKind.DATE},
}
"""The kinds of numerals that can never be a figure of that kind of unit."""
_CALLED = {
    Kind.COUNT: Text("number", "数目"),
    Kind.MONEY: Text("amount of money", "金额"),
    Kind.MEASURE: Text("number", "数值"),
    Kind.ORDINAL: Text('ordinal number ("24th")', "序数（如“第24届”）"),
    Kind.YEAR: Text("year", "年份"),
    Kind.DATE: Text("full date", "完整日期"),
}


TYPED = 0.95
"""How surely the value is wrong, not its quote, if one slip parts them: values are typed, quotes
are copied with their words. As the shares of slips a documented prior, measured in no office."""
UNCERTAIN = 0.5
"""The same if no single slip parts them: the quote may be that of another figure."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a quote says, in the unit of the records; ``other`` is the name of another unit in it,
    which may be only the source's word for the same things."""

    value: Decimal
    hedge: Qualifier
    other: str = ""


def check(records: Records) -> Iterator[Finding]:
    """Every figure whose value or hedge is not that of its quote.

    >>> from yearbook.specimen import fact, records
    >>> list(check(records(fact("leaders", 101, quote="including 101 leaders"))))
    []
    >>> list(check(records(fact("money", 44050000, "yuan", quote="投入4405万元"))))
    []
    >>> wrong = records(fact("leaders", 105, quote="including 101 leaders"))
    >>> [finding.what.en for finding in check(wrong)]
    ['the value is 105 but its quote says 101']
    """
    for fact in sifted(records.chapter.facts, lambda frame: frame.filled("quote")):
        if fact.quote.text:
            yield from _of(records, fact)


def _of(records: Records, fact: Fact) -> Iterator[Finding]:
    try:
        told = _quoted(records, fact)
    except MarkError as problem:
        yield Finding(
            "quote",
            Severity.ERROR,
            fact.quote.place,
            problem.what,
            problem.hint,
            where(records, fact),
        )
        return
    if told.value != fact.value:
        yield _value(records, fact, told.value)
    if told.hedge is not fact.qualifier:
        yield _hedge(records, fact, told.hedge)
    if told.other and told.value == fact.value:
        yield quoted.doubted(fact, told.other, where(records, fact))


def said(records: Records, fact: Fact) -> Decimal | None:
    """The number a quote gives for its figure; None without a quote or if it cannot be read.

    >>> from yearbook.specimen import fact, records
    >>> said(records(), fact("leaders", 105, quote="including 101 leaders"))
    Decimal('101')
    """
    try:
        return _quoted(records, fact).value if fact.quote.text else None
    except MarkError:
        return None


def language_of(words: str) -> Language:
    """Chinese if there is a Han character.

    >>> language_of("9 people"), language_of("9人")
    (<Language.EN: 'en'>, <Language.ZH: 'zh'>)
    """
    return Language.ZH if any("㐀" <= letter <= "鿿" for letter in words) else Language.EN


def _quoted(records: Records, fact: Fact) -> Quoted:
    """The one number meant. Raises `MarkError`."""
    quote = marked(fact.quote.text)
    language = language_of(quote.text)
    read = _numerals(records.book, quote, language)
    fitting = [n for n in read if n.kind not in _UNFIT[fact.unit.kind]]
    found = {
        Quoted(_in_unit(n.value, fact, language), n.hedge) for n in fitting if n.value is not None
    }
    if not found:
        raise _without(fact, quote)
    if len(found) > 1:
        raise _several(fitting, quote)
    units = records.book.units.values()
    for numeral in fitting:
        quoted.agrees((quote.text, language), numeral, fact.unit, units)
    named = (quoted.doubtful(language, numeral, fact.unit, units) for numeral in fitting)
    return replace(found.pop(), other=next(filter(None, named), ""))


def _numerals(book: Book, quote: Marked, language: Language) -> tuple[Numeral, ...]:
    numerals = lexer.read(quote.text, language, book.masks(language))
    if quote.span is None:
        return numerals
    start, end = quote.span
    return tuple(n for n in numerals if n.number_start < end and n.number_end > start)


def _in_unit(value: Decimal, fact: Fact, language: Language) -> Decimal:
    """A Chinese measure may count in another unit: two decades are 20年."""
    if fact.unit.kind is Kind.MEASURE and language is Language.ZH:
        return value * fact.unit.zh_factor
    return value


def _without(fact: Fact, quote: Marked) -> MarkError:
    called = _CALLED[fact.unit.kind]
    holder = Text("the mark [ ]", "方括号内") if quote.span else Text("the quote", "摘录中")
    return MarkError(
        Text(f"{holder.en} holds no {called.en}", f"{holder.zh}没有{called.zh}"),
        Text(
            "quote the words of the source that hold the figure",
            "请摘录资料中含有该数字的原文",
        ),
    )


def _several(numerals: list[Numeral], quote: Marked) -> MarkError:
    said = list(dict.fromkeys(n.text for n in numerals if n.value is not None))
    holder = Text("the mark [ ]", "方括号内") if quote.span else Text("the quote", "摘录中")
    return MarkError(
        Text(
            f"{holder.en} holds several numbers: {', '.join(said)}",
            f"{holder.zh}有多个数字：{'、'.join(said)}",
        ),
        Text(
            f"mark the number meant with [ ], for example [{said[0]}]",
            f"请用方括号标出所指的数字，例如[{said[0]}]",
        ),
    )


def _value(records: Records, fact: Fact, quoted: Decimal) -> Finding:
    from yearbook.localise.slip import NAMES, Slip

    is_date = fact.unit.kind is Kind.DATE
    says = iso(quoted) if is_date else text(trimmed(quoted))
    slip = _slip(fact.value, quoted)
    known = slip is not Slip.OTHER
    name = NAMES[slip]
    return Finding(
        "quote",
        Severity.ERROR,
        fact.place,
        Text(
            f"the value is {typed(fact)} but its quote says {says}",
            f"数值为{typed(fact)}，摘录中为{says}",
        ),
        Text(
            f"look it up in the source: correct the value to {says}, or correct the quote"
            + (f" ({name.en})" if known else ""),
            f"请查对资料：数值应改为{says}，或摘录有误" + (f"（{name.zh}）" if known else ""),
        ),
        where(records, fact),
        # Days are not ten-based, so the distance of two dates is no number of their cells.
        None if is_date else fact.value - trimmed(quoted),
        suspects=(
            Suspect(
                fact.place,
                where(records, fact),
                typed(fact),
                says,
                slip.value,
                TYPED if known else UNCERTAIN,
            ),
        ),
    )


def _slip(typed: Decimal, quoted: Decimal) -> "Slip":
    """The slip that turns what the quote says into what was typed, if a single one does.

    >>> _slip(Decimal("4405"), Decimal("44050000")), _slip(Decimal("4.05"), Decimal("40.5"))
    (<Slip.WAN: 'wan'>, <Slip.ZERO_LOST: 'zero-lost'>)
    """
    from yearbook.localise.slip import named

    exponents = [each.as_tuple().exponent for each in (typed, quoted)]
    unit = min(0, *(each for each in exponents if isinstance(each, int)))
    return named(*(int(each.scaleb(-unit)) for each in (typed, quoted)))


_HEDGE = {
    Qualifier.EXACT: Text("exact", "确数"),
    Qualifier.MORE_THAN: Text('"more than"', "“多于”"),
    Qualifier.NEARLY: Text('"nearly"', "“近”"),
    Qualifier.ABOUT: Text('"about"', "“约”"),
    Qualifier.AT_LEAST: Text('"at least"', "“至少”"),
    Qualifier.AT_MOST: Text('"at most"', "“至多”"),
}


def _hedge(records: Records, fact: Fact, quoted: Qualifier) -> Finding:
    typed_as, says = _HEDGE[fact.qualifier], _HEDGE[quoted]
    proposed = "" if quoted is Qualifier.EXACT else quoted.value
    return Finding(
        "quote-hedge",
        Severity.ERROR,
        fact.place,
        Text(
            f"the figure is {typed_as.en} but its quote is {says.en}",
            f"该数据记为{typed_as.zh}，摘录中为{says.zh}",
        ),
        Text(
            f'write "{proposed}" under qualifier, or correct the quote'
            if proposed
            else "leave qualifier blank, or correct the quote",
            f"请在 qualifier 列填写“{proposed}”，或改正摘录"
            if proposed
            else "请将 qualifier 列留空，或改正摘录",
        ),
        where(records, fact),
        suspects=(
            Suspect(fact.place, where(records, fact), fact.qualifier.value, proposed=quoted.value),
        ),
    )
