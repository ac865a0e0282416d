"""A quote may not count in another unit than its figure, nor deny what the figure says.

Only what surely is another unit is refused: people, households, money, years and measures. That
*institutions* are quoted as universities, or trainings as classes, may be the source's choice of
words, or a slip in the column `unit`: that is only told.
"""

import re
from collections.abc import Iterable

from yearbook.checks.mark import MarkError
from yearbook.finding import Finding, Severity
from yearbook.lexer import Numeral
from yearbook.model import Fact, Kind, Language, Text, Unit

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_EN = re.compile(
    r"dollars?|usd|euros?|pounds?|yen|rubles?|rupees?|households?|famil(?:y|ies)|pairs?|couples?|"
    r"dozens?|scores?|lakhs?|crores?|tons?|tonnes?|kilograms?|kilomet(?:re|er)s?|mu|hectares?|"
    r"acres?|(?:kilo|mega|giga)?watts?|days?|weeks?|months?|horses?|cows?|pigs?|sheep"
)
_ZH = re.compile(
    "美元|美金|欧元|日元|港[元币]|英镑|卢布|元|户|[对双](?!口)|[匹头]|[兆千]?瓦|公?吨|公里|千米|公顷|亩|天|"
    "个月|人|年"
)
"""Units that are not those of a figure, unless units.csv calls its unit so."""
_WHO = "人"
_DENIED = {
    Language.EN: re.compile(
        r"\b(?:(?:did|does|do|was|were|is|are|has|have|had|could)(?:\s+not|n[’']t)|never|"
        r"failed\s+to)\s[^.;]*$",
        re.IGNORECASE,
    ),
    Language.ZH: re.compile("(?:未(?![来成])|没有|没能|并非|从不|不曾|不是|无法|取消)[^。；]*$"),
}
"""What takes the number of its clause back."""


def agrees(
    quoted: tuple[str, Language], numeral: Numeral, unit: Unit, units: Iterable[Unit]
) -> None:
    """Raise `MarkError` for another unit after the number of a quote, or a denial before it."""
    words, language = quoted
    if denial := _DENIED[language].search(words[: numeral.start]):
        raise _denied(denial[0].strip())
    if unit.kind not in (Kind.COUNT, Kind.MONEY, Kind.MEASURE):
        return
    find = _chinese if language is Language.ZH else _english
    after = words[numeral.end :] if language is Language.ZH else numeral.unit
    if other := find(after, unit, units):
        raise _other(other, unit)


def doubtful(language: Language, numeral: Numeral, unit: Unit, units: Iterable[Unit]) -> str:
    """The name of another unit of things that follows the number of a quote; mostly none. Chinese
    measure words tell too little: provinces and counties are both 个."""
    if unit.kind is not Kind.COUNT or language is Language.ZH:
        return ""
    head = _head(numeral.unit)
    others = {word for one in units if one.kind is Kind.COUNT for word in _called(one)}
    return head if head in others - _called(unit) else ""


def doubted(fact: Fact, other: str, where: str) -> Finding:
    """The finding that the quote of a figure counts what is the name of another unit."""
    unit = fact.unit
    return Finding(
        "quote-unit",
        Severity.WARNING,
        fact.quote.place,
        Text(
            f"the unit is {unit.other or unit.id} but the quote counts {other}",
            f"单位为“{unit.id}”，摘录中数的却是“{other}”",
        ),
        Text(
            "correct the unit; if the source only calls the same things otherwise, waive it in"
            " exceptions.csv",
            "请改正单位；如资料只是用词不同，请在 exceptions.csv 中豁免",
        ),
        where,
    )


def _head(noun: str) -> str:
    """The last word of a noun: what is counted."""
    words: list[str] = _WORD.findall(noun.lower())
    return words[-1] if words else ""


def _english(after: str, unit: Unit, units: Iterable[Unit]) -> str:
    """The last word of the noun, if it is another unit."""
    head = _head(after)
    if head in _called(unit):
        return ""
    others = {word for one in units if _sort(one) != _sort(unit) for word in _called(one)}
    return head if head in others or _EN.fullmatch(head) else ""


def _called(unit: Unit) -> set[str]:
    return {unit.one.lower(), unit.other.lower()} - {""}


def _sort(unit: Unit) -> str:
    """People, money, each measure and each span of time; other things count alike."""
    if unit.kind is Kind.COUNT:
        return unit.zh if unit.zh in (_WHO, "年", "户") else "things"
    return unit.kind if unit.kind is Kind.MONEY else unit.id


def _chinese(after: str, unit: Unit, units: Iterable[Unit]) -> str:
    """The measure word after a number, if it is that of another unit."""
    after = after.lstrip("多余几来 ")
    if after.startswith(unit.zh):
        return ""
    if unit.zh == _WHO:
        for other in sorted({one.zh for one in units} - {"", "个", unit.zh}, key=len, reverse=True):
            if after.startswith(other):
                return other
    found = _ZH.match(after)
    return found[0] if found else ""


def _denied(words: str) -> MarkError:
    return MarkError(
        Text(f'the quote denies its number: "{words}"', f"摘录否定了该数字：“{words}”"),
        Text(
            "quote words of the source that state the figure",
            "请摘录资料中肯定该数据的原文",
        ),
    )


def _other(words: str, unit: Unit) -> MarkError:
    own_en, own_zh = unit.other or unit.id, unit.zh or unit.id
    return MarkError(
        Text(
            f'the quote counts "{words}" but the unit of the figure is {own_en}',
            f"摘录的单位是“{words}”，而该数据的单位是“{own_zh}”",
        ),
        Text("correct the unit of the figure, or the quote", "请改正该数据的单位，或改正摘录"),
    )
