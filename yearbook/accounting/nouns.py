"""The noun of a figure may not make it another quantity: a unit stays the unit of the records.

A noun stands in the place of the unit's own word: 57 *poor students* for 57 people. Where the unit
is a measure or money its own word must stay; where things are counted, no scale, no unit of
measure and no comparison may come in.
"""

import re
from collections.abc import Iterator

from yearbook.accounting.ledger import Ledger
from yearbook.accounting.visible import Bound, Visible
from yearbook.compose import Telling
from yearbook.finding import Finding, error
from yearbook.lexer import Numeral
from yearbook.model import Fact, Kind, Language, Text, Unit
from yearbook.records import UnknownError

_FACT = re.compile(r"(?:(?:rest|rounded)\()?(\w+)")
_MEASURED = (Kind.MEASURE, Kind.MONEY)
_NEAR = 24
"""Characters after a bare figure in which the word of its unit must come."""
_FOREIGN = {
    Language.EN: re.compile(
        r"(?:^|(?<=\s))(?:(?:lakhs?|crores?|dozens?|hundreds?|thousands?|millions?|billions?|"
        r"percent|per\s+cent)\b|(?:pairs|couples|scores|myriads|households|families|times|years|months|weeks|"
        r"days|hours|minutes|(?:kilo|centi|milli|mega|giga)?(?:met(?:er|re)s|grams?|watts|watt-hours|"
        r"tonn?es|volts|lit(?:er|re)s)|kilos|tons|acres|hectares|mu|miles|dollars|euros|yuan|pounds)"
        r"(?=\s+(?:of|more|less|in|on|for|to)\b|[\s(,]*$))",
        re.IGNORECASE,
    ),
    Language.ZH: re.compile(
        "(?:[倍双打户亿万千百兆吨斤亩元年天%％‰℃]|成(?![员果年])|对(?!象)|公[斤里顷吨升]|平方|立方|个?月|小时|分钟|美元|欧元|[度千]瓦?时)"
    ),
}
"""Scales and measures that a counted noun may not bring in; add one with a test."""
_COMPARING = {
    Language.EN: re.compile(r"\b(?:fewer|less|more)(?:\s+than\b|$)", re.IGNORECASE),
    Language.ZH: re.compile("[人户家]次|倍|分之"),
}
"""What no noun may hold, whatever it begins with: 369人次 are visits, not people."""


def check(
    ledger: Ledger, telling: Telling, seen: Visible, numerals: tuple[Numeral, ...]
) -> Iterator[Finding]:
    """Figures whose noun turns them into something else.

    >>> from markupsafe import Markup
    >>> from yearbook.accounting.visible import visible
    >>> from yearbook.model import Place
    >>> from yearbook.specimen import fact, records
    >>> text = Markup('<data class="figure" data-fact="a">9 pairs of people</data>')
    >>> told = Telling(text, text, Language.EN, Place("en.md", 3, 1))
    >>> ledger, (seen,) = Ledger(records(fact("a", 9)), {}, {}), visible(text)
    >>> [f.what.en for f in check(ledger, told, seen, ledger.read(seen.text, Language.EN))]
    ['"pairs of people" is not counted in people, the unit of a']
    """
    for bound in seen.figures():
        fact = _fact(ledger, bound)
        numeral = next((n for n in numerals if bound.start <= n.number_start < bound.end), None)
        if fact is None or numeral is None:
            continue
        noun = seen.text[min(numeral.end, bound.end) : bound.end].strip()
        said = noun or seen.text[bound.end : bound.end + _NEAR].strip()
        if not _fits(fact.unit, telling.language, noun, said):
            yield _finding(ledger, telling, bound, fact, said)


def _fact(ledger: Ledger, bound: Bound) -> Fact | None:
    match = _FACT.fullmatch(bound.source.partition(",")[0].rstrip(")"))
    try:
        return ledger.records.fact(match[1], bound.period or None) if match else None
    except UnknownError:
        return None


def _fits(unit: Unit, language: Language, noun: str, said: str) -> bool:
    """Whether the words after a number leave it in its unit."""
    if unit.kind in _MEASURED:
        return any(word in said for word in _own(unit, language))
    own = next((word for word in _own(unit, language) if noun.startswith(word)), "")
    if unit.kind is not Kind.COUNT or noun == own:
        return True
    if _COMPARING[language].search(noun):
        return False
    if language is Language.ZH:
        return bool(own) or not _FOREIGN[language].match(noun)
    return bool(own) or not _FOREIGN[language].search(noun)


def _own(unit: Unit, language: Language) -> tuple[str, ...]:
    return (unit.zh,) if language is Language.ZH else (unit.other, unit.one)


def _finding(ledger: Ledger, telling: Telling, bound: Bound, fact: Fact, said: str) -> Finding:
    return error(
        "noun",
        ledger.call(telling, bound.source),
        Text(
            f'"{said}" is not counted in {fact.unit.other}, the unit of {fact.id}',
            f"“{said}”与{fact.id}的单位“{fact.unit.zh}”不符",
        ),
        Text(
            f'write {{{{ fact("{fact.id}") }}}} with the unit, or a noun for the same things',
            f'请写作 {{{{ fact("{fact.id}") }}}} 使用原单位，或改用所指相同的量词',
        ),
    )
