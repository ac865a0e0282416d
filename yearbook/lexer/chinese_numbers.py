"""Numbers in Chinese characters and what they are worth."""

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
JOINED = {"廿": 20, "卅": 30}
FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿", strict=True))
HANZI = "〇零○一二两三四五六七八九十百千万亿廿卅"

_RUN = re.compile(f"[{HANZI}]+")
_FORMAL_RUN = re.compile("(?=[^拾佰仟]*[拾佰仟])[壹贰叁肆伍陆柒捌玖零拾佰仟万亿萬億]{2,}")
_PAIR = re.compile(
    "(?P<tens>[二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])"
    "(?P<scale>[十百千]?[万亿]?)"
)


@dataclass(frozen=True, slots=True)
class Hanzi:
    """A number in characters: its value, where it ends, and whether it spells digit by digit."""

    value: Decimal
    end: int
    spelled: bool = False


def read_hanzi(text: str, start: int) -> Hanzi | None:
    """The longest number in characters that starts here.

    >>> read_hanzi("三百六十九人", 0)
    Hanzi(value=Decimal('369'), end=5, spelled=False)
    >>> read_hanzi("二〇一〇年", 0)
    Hanzi(value=Decimal('2010'), end=4, spelled=True)
    """
    match = _FORMAL_RUN.match(text, start) or _RUN.match(text, start)
    if not match:
        return None
    run = "".join(FORMAL.get(character, character) for character in match[0])
    if len(run) > 1 and all(character in DIGITS for character in run):
        if len(run) > 2 or run[1] in "〇零○" or run[0] in "〇零○":
            return Hanzi(Decimal(int("".join(str(DIGITS[c]) for c in run))), match.end(), True)
        return Hanzi(Decimal(DIGITS[run[0]]), start + 1)
    value, length = _value(run)
    return Hanzi(Decimal(value), start + length) if length else None


def read_pair(text: str, start: int) -> tuple[Hanzi, Hanzi, int] | None:
    """Two neighbours that mean "about": 两三 (2 to 3), 三四十 (30 to 40), 十七八; and where the
    second begins.

    >>> read_pair("三四十个", 0)
    (Hanzi(value=Decimal('30'), end=1, spelled=False), Hanzi(value=Decimal('40'), end=3, spelled=False), 1)
    """
    run = _RUN.match(text, start)
    match = _PAIR.fullmatch(run[0]) if run else None
    if not match or not run:
        return None
    low, high = DIGITS[match["low"]], DIGITS[match["high"]]
    if high != low + 1 and (low, high) != (3, 5):
        return None
    tens = _value(match["tens"])[0] if match["tens"] else 0
    scale = _value(match["scale"])[0] if match["scale"] else 1
    if tens and match["scale"][:1] in SMALL:
        return None
    middle = start + match.start("high")
    first, second = (tens + low) * scale, (tens + high) * scale
    return Hanzi(Decimal(first), middle), Hanzi(Decimal(second), run.end()), middle


def _value(run: str) -> tuple[int, int]:
    """The value of the longest grammatical beginning of a run, and its length."""
    done = section = 0
    digit: int | None = None
    last_small, last_large, gap = 10**4, 10**12, False
    index = 0
    for index, character in enumerate(run):
        if character in DIGITS:
            if digit is not None and digit != 0:
                return done + section + digit, index
            digit, gap = DIGITS[character], gap or DIGITS[character] == 0
        elif character in JOINED:
            if digit or last_small <= 10:
                break
            section, digit, last_small = section + JOINED[character], None, 10
        elif character in SMALL:
            unit = SMALL[character]
            if unit >= last_small or (not digit and (index and unit > 10)):
                break
            section, digit, last_small, gap = section + (digit or 1) * unit, None, unit, False
        else:
            unit = LARGE[character]
            amount = section + (digit or 0)
            if unit >= last_large and not (unit == 10**8 and last_large == 10**4):
                break
            if unit == 10**8 and last_large == 10**4:
                done, section = (done + amount) * unit, 0
            elif not amount and index:
                break
            else:
                done, section = done + (amount or 1) * unit, 0
            digit, last_small, last_large, gap = None, 10**4, unit, False
    else:
        index = len(run)
        return done + section + _tail(digit, gap, last_small, last_large), index
    if digit and (section or done):
        return done + section, index - 1
    return done + section + (digit or 0), index


def _tail(digit: int | None, gap: bool, last_small: int, last_large: int) -> int:
    """The last digit; straight after 百, 千, 万 or 亿 it counts tenths of that (一万二: 12000)."""
    if digit is None:
        return 0
    unit = last_small if last_small < 10**4 else last_large if last_large < 10**12 else 1
    return digit * unit // 10 if unit >= 100 and not gap else digit
