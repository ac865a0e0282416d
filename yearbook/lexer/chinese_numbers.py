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

_D = "[〇零○一二两三四五六七八九]"
_SECTION = f"(?:{_D}?千)?(?:[零〇]?{_D}?百)?(?:[零〇]?{_D}?十|[廿卅])?(?:[零〇]?{_D}(?![十百千]))?"
_NUMBER = re.compile(
    f"(?:(?P<yi>{_SECTION})(?P<wanyi>万)?亿)?(?:[零〇]?(?P<wan>{_SECTION})万)?"
    f"(?P<gap>[零〇]?)(?P<rest>{_SECTION})"
)
_RUN = re.compile(f"[{HANZI}]{{1,40}}")
_FORMAL_RUN = re.compile(
    "(?=[壹贰叁肆伍陆柒捌玖零万亿萬億]?[拾佰仟])[壹贰叁肆伍陆柒捌玖零拾佰仟万亿萬億]{2,40}"
)
_PAIR = re.compile(
    "(?P<head>(?:[一二两三四五六七八九][百千万])*)(?P<tens>[二三四五六七八九]?十)?(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])"
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

    >>> low, high, middle = read_pair("三四十个", 0)
    >>> int(low.value), int(high.value)
    (30, 40)
    """
    run = _RUN.match(text, start)
    match = _PAIR.fullmatch(run[0]) if run else None
    if not match or not run:
        return None
    low, high = DIGITS[match["low"]], DIGITS[match["high"]]
    if high != low + 1 and (low, high) != (3, 5):
        return None
    head, tens, scale = (_value(match[part] or "")[0] for part in ("head", "tens", "scale"))
    if tens and match["scale"][:1] in SMALL:
        return None
    middle = start + match.start("high")
    first, second = (Decimal(head + (tens + one) * (scale or 1)) for one in (low, high))
    return Hanzi(first, middle), Hanzi(second, run.end()), middle


def _value(run: str) -> tuple[int, int]:
    """The value of the longest grammatical beginning of a run, and its length.

    A digit straight after 百, 千, 万 or 亿 counts tenths of that (一万二 is 12000).
    """
    match = _NUMBER.match(run)
    if not match or not match[0]:
        return 0, 0
    total = 0
    if match["yi"] is not None:
        total = (_section(match["yi"]) or 1) * 10**8 * (10**4 if match["wanyi"] else 1)
    if match["wan"] is not None:
        total += (_section(match["wan"]) or 1) * 10**4
    rest = _section(match["rest"])
    if total and len(match["rest"]) == 1 and rest < 10 and not match["gap"]:
        rest *= 1000 if match["wan"] is not None else 10**7
    return total + rest, match.end()


def _section(written: str) -> int:
    """A number below ten thousand."""
    total = digit = unit = 0
    for character in written:
        if character in DIGITS:
            digit = DIGITS[character]
            unit = 0 if digit == 0 else unit
        elif character in JOINED:
            total, digit, unit = total + JOINED[character], 0, 10
        else:
            unit = SMALL[character]
            total, digit = total + (digit or 1) * unit, 0
    return total + (digit * unit // 10 if unit >= 100 else digit)
