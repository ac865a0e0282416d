"""A quote may not count in another unit than its figure, nor deny what the figure says.

Only what surely is another unit is one: people, households, money, years and measures. That
*institutions* are quoted as universities, or trainings as classes, is the source's choice of words.
"""

import re
from collections.abc import Iterable

from yearbook.checks.mark import MarkError
from yearbook.lexer import Numeral
from yearbook.model import Kind, Language, Text, Unit

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


def _english(after: str, unit: Unit, units: Iterable[Unit]) -> str:
    """The last word of the noun, if it is another unit."""
    head = ["", *_WORD.findall(after.lower())][-1]
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
