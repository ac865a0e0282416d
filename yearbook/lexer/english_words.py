"""English number words and what they are worth."""

import re
from dataclasses import dataclass
from decimal import Decimal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_IRREGULAR = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
}  # fmt: skip

SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
UNITS = {word: value for value, word in enumerate(_ONES)}
TENS = {word: 10 * value for value, word in enumerate(_TENS, 2)}
ORDINALS = _IRREGULAR | {
    word[:-1] + "ieth" if word.endswith("y") else word + "th": value
    for word, value in (UNITS | TENS | SCALES).items()
    if value not in _IRREGULAR.values()
}
DOZEN = {"dozen": 12}
EVERY = UNITS | TENS | SCALES | DOZEN
WORDS = "|".join(sorted((*EVERY, *ORDINALS), key=len, reverse=True))

_WORD = re.compile(rf"({WORDS})(?![a-z0-9])", re.IGNORECASE)
_JOIN = re.compile(r"-|,?\s+(?:and\s+)?", re.IGNORECASE)

_COMPOUND = re.compile("-[a-z]", re.IGNORECASE)
_HUNDRED = re.compile(r"[\s-]+(?:hundred|dozen)(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """A run of number words: its value, where it ends, and whether it closes with an ordinal."""

    value: Decimal
    end: int
    ordinal: bool


def read_words(text: str, start: int) -> Words | None:
    """The longest number in words that starts here.

    >>> read_words("three hundred and sixty-nine people", 0)
    Words(value=Decimal('369'), end=28, ordinal=False)
    >>> read_words("twenty-fourth group", 0)
    Words(value=Decimal('24'), end=13, ordinal=True)
    """
    total = group = 0
    last = 0  # the scale that closed ``total``; the next one must be smaller
    end, position, previous = -1, start, ""
    while match := _WORD.match(text, position):
        word = match[1].lower()
        joint = text[end : match.start()] if end >= 0 else ""
        if not _may_follow(previous, word, joint) or (group and _HUNDRED.match(text, match.end())):
            break
        if previous in TENS and joint != "-" and _COMPOUND.match(text, match.end()):
            break  # "twenty five-day courses" are twenty
        value = EVERY.get(word, ORDINALS.get(word, 0))
        scale = SCALES.get(word) or DOZEN.get(word) or _ordinal_scale(word)
        if scale is None:
            group += value
        elif group >= scale if scale <= 100 else last and scale >= last:
            break
        elif scale <= 100:
            group = max(group, 1) * scale
        else:
            total, group, last = total + max(group, 1) * scale, 0, scale
        end, previous = match.end(), word
        if word in ORDINALS:
            return Words(Decimal(total + group), end, True)
        join = _JOIN.match(text, end)
        if not join:
            break
        position = join.end()
    return Words(Decimal(total + group), end, False) if end >= 0 else None


def _ordinal_scale(word: str) -> int | None:
    return SCALES.get(word.removesuffix("th")) if word in ORDINALS else None


def _may_follow(previous: str, word: str, joint: str) -> bool:
    """Whether two number words in a row belong to one number ("sixty-nine", not "two three")."""
    if not previous:
        return True
    conjoined = "and" in joint.lower()
    if "," in joint and SCALES.get(previous, 0) < 1000:
        return False
    value = EVERY.get(word, ORDINALS.get(word, 0))
    if word in SCALES or word in DOZEN or _ordinal_scale(word):
        return not conjoined and previous not in ("zero", "dozen")
    if previous in TENS:
        return not conjoined and 0 < value < 10
    if previous in SCALES:
        return value > 0 and "-" not in joint
    return False
