"""Every bound figure reads back: as printed it has the value and the hedge of its record."""

from collections.abc import Iterator

from yearbook.accounting.derived import Expected, expected
from yearbook.accounting.gaps import nothing_counted
from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Bound, Sort, Visible
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.lexer import Numeral
from yearbook.model import Language, Period, Qualifier, Text
from yearbook.numbers import HEDGES, NumberError, text, trimmed
from yearbook.records import UnknownError

_BEFORE, _AFTER = 32, 24
"""Characters in which a hedge can stand before a number and after it."""


def check(
    ledger: Ledger, telling: Telling, seen: Visible, numerals: tuple[Numeral, ...]
) -> Iterator[Finding]:
    """Figures and periods of a text that do not say what the records say."""
    for bound in seen.bounds:
        if (bound.sort is Sort.PERIOD and not _dated(ledger, telling.language, seen, bound)) or (
            bound.sort is Sort.LIST and not _named(ledger, telling.language, seen, bound)
        ):
            yield _misprint(ledger, telling, bound, seen, None)
        elif bound.sort is Sort.FIGURE:
            yield from _figure(ledger, telling, (seen, bound), numerals)


def _figure(
    ledger: Ledger, telling: Telling, where: tuple[Visible, Bound], numerals: tuple[Numeral, ...]
) -> Iterator[Finding]:
    seen, bound = where
    try:
        wanted = expected(ledger.records, bound.source, bound.period)
    except (UnknownError, NumberError, KeyError, TypeError, ValueError):
        yield _misprint(ledger, telling, bound, seen, None)
        return
    language = telling.language
    yield from nothing_counted(ledger.records, bound.source, ledger.call(telling, bound.source))
    printed = seen.text[bound.start : bound.end]
    alone = [n for n in ledger.read(printed, language) if wanted.says(n, language)][:1]
    around = [n for n in numerals if bound.start <= n.number_start < bound.end]
    right = [n for n in around if wanted.says(n, language)]
    if not alone or not right or alone[0].hedge is not wanted.hedge:
        yield _misprint(ledger, telling, bound, seen, wanted)
    elif said := _typed_hedge(ledger, language, (seen, bound), alone[0]):
        yield _hedge(ledger, telling, bound, printed, said)


def _typed_hedge(
    ledger: Ledger, language: Language, where: tuple[Visible, Bound], numeral: Numeral
) -> Numeral | None:
    """The figure without its own hedge, read among the words around it: it must read as exact."""
    seen, bound = where
    printed = seen.text[bound.start : bound.end]
    before = seen.text[max(0, bound.start - _BEFORE) : bound.start]
    bare = printed[numeral.number_start : numeral.number_end]
    unit = printed[numeral.end :]
    after = seen.text[bound.end : bound.end + _AFTER]
    at = len(before)
    for read in ledger.read(before + bare + unit + after, language):
        if read.number_start <= at < read.number_end:
            return read if read.hedge is not Qualifier.EXACT else None
    return None


def _named(ledger: Ledger, language: Language, seen: Visible, bound: Bound) -> bool:
    """Whether a printed list names every row of it, in order."""
    name, _, column = bound.source.partition(".")
    printed = seen.text[bound.start : bound.end]
    at = 0
    for entry in ledger.records.entries(name):
        place = column == "place"
        words = ledger.records.place_name(entry.code(column)) if place else entry.words(column)
        said = words.of(language)
        at = printed.find(said.removesuffix("省") if place else said, at)
        if at < 0:
            return False
        at += 1
    return True


def _dated(ledger: Ledger, language: Language, seen: Visible, bound: Bound) -> bool:
    """Whether a printed period reads as one of those its figure has."""
    read = ledger.read(seen.text[bound.start : bound.end], language)
    said = tuple(numeral.value for numeral in read)
    return any(
        said == _ends(fact.period, bound.form) for fact in ledger.records.series(bound.source)
    )


def _ends(period: Period, form: str) -> tuple[object, ...]:
    start, end = (int(part.replace("-", "")) for part in (period.start, period.end))
    if form == "start":
        return (int(period.start[:4]),)
    return (start,) if start == end else (start, end)


def _misprint(
    ledger: Ledger, telling: Telling, bound: Bound, seen: Visible, wanted: Expected | None
) -> Finding:
    printed = seen.text[bound.start : bound.end]
    value = text(trimmed(wanted.value)) if wanted else bound.source
    around = seen.text[max(0, bound.start - 6) : bound.end + 6].strip()
    return error(
        "misprint",
        ledger.call(telling, bound.source),
        Text(
            f'"{printed}" does not read as {value}, the value of {bound.source}, in "{around}"',
            f"“{around}”中的“{printed}”读不出{bound.source}的值{value}",
        ),
        Text(
            "take away digits and scale words typed beside the figure, or use another noun",
            "请删去紧邻该数据的数字或“万”“亿”等字，或改用其他量词",
        ),
    )


def _hedge(ledger: Ledger, telling: Telling, bound: Bound, printed: str, said: Numeral) -> Finding:
    words = HEDGES[said.hedge]
    typed = said.text.replace(printed, "").strip()
    begins = [w for w in typed.split() if not any(letter.isdigit() for letter in w)]
    place = ledger.spot(telling, begins[0]) if begins else ledger.call(telling, bound.source)
    return error(
        "hedge",
        place,
        Text(
            f'the text makes "{printed}" ({bound.source}) "{words[0]}"; the records do not',
            f"文字使“{printed}”（{bound.source}）成为“{words[1]}”，与记录不符",
        ),
        Text(
            "take the word away: the hedge of the records is printed with the figure; "
            'for a round form write {{ rounded("name", "hundreds") }}',
            '请删去该词：记录中的概数词随数据印出；如需取整，请写作 {{ rounded("name", "百") }}',
        ),
    )
