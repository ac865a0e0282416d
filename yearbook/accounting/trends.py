"""Words of change beside a figure are true of its series: rose, fell, doubled; 增长, 下降, 翻番."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Bound, Visible
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.lexer import Numeral, NumeralKind
from yearbook.model import Fact, Language, Text
from yearbook.numbers import text
from yearbook.records import UnknownError
from yearbook.rounding import holds


class Claim(StrEnum):
    """What a word says of a figure beside those of the years before."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    HIGH = "high"
    LOW = "low"


_YEAR_BEFORE = (
    r"(?:in\s+)?(?:the\s+(?:year\s+before|previous\s+year)|a\s+year\s+earlier|last\s+year)"
)
WORDS = {
    Language.EN: {
        Claim.UP: r"rose|risen|rising|rises|grew|grown|increased|increases|increasing|climbed|"
        r"jumped|soared|surg(?:ed|es|ing)|swell(?:ed|s|ing)|swollen|multiplied|"
        r"(?:expanded|boosted|improved|advanced)\s+(?:to|by)|"
        r"(?:growth|increase|rise|jump|leap)\s+to|a\s+(?:higher|larger|greater|bigger)\s+"
        r"(?:number|figure|amount|sum)|"
        r"up(?=\s+\W*\d|\s+(?:by|from|again|sharply|slightly|strongly|steeply)\b)",
        Claim.DOWN: r"fell|fallen|falling|declined|declining|dropped|decreased|decreasing|shrank|"
        r"shrunk|slipped|slid|plunged|plummeted|tumbled|dwindled|reduced\s+(?:to|by)|"
        r"(?:fall|drop|decline|decrease|reduction)\s+to|a\s+(?:lower|smaller)\s+"
        r"(?:number|figure|amount|sum)|"
        r"down(?=\s+\W*\d|\s+(?:by|from|again|sharply|slightly|strongly|steeply)\b)",
        Claim.SAME: rf"unchanged|the\s+same(?:\s+(?:number|figure|amount))?\s+as\s+{_YEAR_BEFORE}",
        Claim.HIGH: r"a\s+(?:new\s+)?record(?!\s+(?:of|for|in)\b)|an?\s+(?:all-time|record|new)\s+"
        r"high|a\s+new\s+(?:height|peak)|the\s+(?:highest|largest|most)\s+(?:ever|on\s+record)",
        Claim.LOW: r"an?\s+(?:all-time|record|new)\s+low|"
        r"the\s+(?:lowest|smallest|fewest)\s+(?:ever|on\s+record)",
    },
    Language.ZH: {
        Claim.UP: "增长|增加|增至|增幅|增大|上升|升至|升到|提高|提升到|扩大到|跃升|攀升|激增|猛增|"
        "[比较](?:上年|去年|上一年)(?:有所)?[多高]",
        Claim.DOWN: "下降|降至|降到|降低|减少|减至|降幅|下滑|回落|缩小到|锐减|骤降|骤减|"
        "[比较](?:上年|去年|上一年)(?:有所)?[少低]",
        Claim.SAME: "持平|与(?:上年|去年|上一年)(?:相同|一样|相等)",
        Claim.HIGH: "新高|历史最高|历年最[多高]|历年之最",
        Claim.LOW: "新低|历史最低|历年最[少低]",
    },
}
"""The reviewed lists of words: to add one, add it here and an example to the tests."""
_BORDER = {
    Language.EN: re.compile(
        r"(?!,\s(?:up|down|namely|reaching|unchanged|the\s+same|an?\s+(?:new|record|all-time)|"
        r"the\s+(?:highest|largest|most|lowest|smallest|fewest))\b)[;:,.!?()](?!\d)|\ufffc"
    ),
    Language.ZH: re.compile(
        r"(?!，(?:创|与上|与去|比上|比去|较上|较去|同比|为历|达))[，；：。！？（）、]|\ufffc"
    ),
}
"""Where a clause ends; not before words that go on speaking of its figure."""
_FACT = re.compile(r"(?:(?:change|rounded)\()?(\w+)")


@dataclass(frozen=True, slots=True)
class Trend:
    """A word of change and where it stands; ``times`` is the factor that it names, if any."""

    words: str
    start: int
    claim: Claim
    times: Numeral | None = None


def check(
    ledger: Ledger, telling: Telling, seen: Visible, numerals: tuple[Numeral, ...]
) -> Iterator[Finding]:
    """Words of change that the series of the figure in their clause contradicts."""
    for trend in _trends(telling.language, seen, numerals):
        fact = _subject(ledger, telling.language, seen, trend)
        if fact is None:
            continue
        before = ledger.records.previous(fact)
        earlier = [one.value for one in ledger.records.series(fact.id) if one.period < fact.period]
        if before is None:
            yield _finding(telling, ledger, trend, _nothing(fact), _NOTHING)
        elif not _true(trend, (*earlier, before.value), fact.value):
            yield _finding(telling, ledger, trend, _contradicted(trend, before, fact), _WRONG)


def judged(ledger: Ledger, language: Language, seen: Visible, numeral: Numeral) -> bool:
    """Whether a numeral is a word such as "doubled" that `check` holds against a series."""
    trend = _factor(numeral)
    return trend is not None and _subject(ledger, language, seen, trend) is not None


@lru_cache(maxsize=4096)
def _trends(language: Language, seen: Visible, numerals: tuple[Numeral, ...]) -> tuple[Trend, ...]:
    return tuple(_read(language, seen, numerals))


def _read(language: Language, seen: Visible, numerals: tuple[Numeral, ...]) -> Iterator[Trend]:
    typed = seen.text
    flags = re.IGNORECASE
    for claim, words in WORDS[language].items():
        pattern = rf"\b(?:{words})" if language is Language.EN else words
        for match in re.finditer(pattern, typed, flags):
            bound = any(b.start <= match.start() < b.end for b in seen.bounds)
            if not bound:
                yield Trend(match[0], match.start(), claim)
    for numeral in numerals:
        if trend := _factor(numeral):
            yield trend


def _factor(numeral: Numeral) -> Trend | None:
    """Doubled, tripled, halved, 翻番: a multiple in words. One in digits must be asked for."""
    worded = not any(letter.isdigit() for letter in numeral.text)
    verb = numeral.text.endswith(("番", "ed", "半", "-fold", "fold"))
    if numeral.kind is not NumeralKind.MULTIPLE or not worded or not verb or not numeral.value:
        return None
    claim = Claim.UP if numeral.value > 1 else Claim.DOWN
    return Trend(numeral.text, numeral.start, claim, numeral)


def _subject(ledger: Ledger, language: Language, seen: Visible, trend: Trend) -> Fact | None:
    """The figure that the word speaks of: the last before it in its clause, or the next after."""
    borders = [
        m.start() for m in _BORDER[language].finditer(seen.text) if not _inside(m.start(), seen)
    ]
    left = max((at for at in borders if at < trend.start), default=-1)
    right = min((at for at in borders if at > trend.start), default=len(seen.text))
    clause = [b for b in seen.figures() if left < b.start < right]
    for bound in sorted(clause, key=lambda b: (b.start > trend.start, abs(b.start - trend.start))):
        if fact := _fact(ledger, bound):
            return fact
    return None


def _inside(at: int, seen: Visible) -> bool:
    return any(bound.start <= at < bound.end for bound in seen.bounds)


def _fact(ledger: Ledger, bound: Bound) -> Fact | None:
    match = _FACT.match(bound.source)
    try:
        return ledger.records.fact(match[1], bound.period or None) if match else None
    except UnknownError:
        return None


def _true(trend: Trend, years: Sequence[Decimal], now: Decimal) -> bool:
    """Whether a word fits the years before, of which the last in ``years`` is the one before.

    Doubled means twice within a twentieth; more than doubled and nearly doubled, as they say.

    >>> _true(Trend("rose", 0, Claim.UP), [Decimal(9)], Decimal(10))
    True
    >>> _true(Trend("a record", 0, Claim.HIGH), [Decimal(12), Decimal(9)], Decimal(10))
    False
    """
    before = years[-1]
    if trend.times is None or trend.times.value is None:
        return {
            Claim.UP: now > before,
            Claim.DOWN: now < before,
            Claim.SAME: now == before,
            Claim.HIGH: now > max(years),
            Claim.LOW: now < min(years),
        }[trend.claim]
    named = before * trend.times.value
    if trend.times.hedge.value == "exact":
        return abs(now - named) * 20 <= named
    return holds(now, trend.times.hedge, named)


def _nothing(fact: Fact) -> Text:
    return Text(
        f"nothing to compare with: {fact.id} has no figure for the year before",
        f"{fact.id}没有上年数据，无从比较",
    )


def _contradicted(trend: Trend, before: Fact, now: Fact) -> Text:
    return Text(
        f'"{trend.words}" is not true of {now.id}: {text(before.value)} in {before.period}, '
        f"{text(now.value)} in {now.period}",
        f"“{trend.words}”与{now.id}不符：{before.period}为{text(before.value)}，"
        f"{now.period}为{text(now.value)}",
    )


_NOTHING = Text(
    "add the figure of the year before to the records, or say it without a word of change",
    "请补充上年数据，或改用不含增减的表述",
)
_WRONG = Text(
    'write {{ compared("name") }}, which finds the words itself, or mend the sentence',
    '请写作 {{ compared("name") }}（自动选用增减词），或修改文字',
)


def _finding(telling: Telling, ledger: Ledger, trend: Trend, what: Text, hint: Text) -> Finding:
    return error("trend", ledger.spot(telling, trend.words), what, hint)
