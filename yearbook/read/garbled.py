"""Text that was garbled before it was saved, and characters that no text of a table has."""

import re
from collections.abc import Iterator

from yearbook.model import Text
from yearbook.read.frequent import COMMON

Spot = tuple[int, Text]
"""Where in a text (an index) and what stands there."""
HIGH = re.compile("[^\x00-\x7f]+")
"""A run of characters beyond ASCII."""
_FOREIGN_EXCEPT = re.compile("[\u0080-\u00a6\u00a9-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u00f6]")
_WESTERN = re.compile(
    "[\u00a0-\u00ff\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178\u0081"
    "\u008d\u008f\u0090\u009d]{2,}"
)
_UTF8_HAN = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){2,}")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]|\u951f\u65a4\u62f7|\u70eb{3}|\u5c6f{3}"
)
_UTF8_ONE = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")
_GARBLED = Text(
    "the text is garbled: it was read in a wrong encoding and then saved",
    "文字已成乱码：曾以错误的编码打开后保存",
)


def mojibake(text: str) -> Iterator[Spot]:
    """Places where Chinese was read in a wrong encoding and saved so: 绉戞妧, ç§‘æŠ€, ¿Æ¼¼."""
    if text.isascii():
        return
    for runs, garbled in ((_WESTERN, _once), (HIGH, _twice)):
        seen: set[str] = set()
        for found in runs.finditer(text):
            if found[0] not in seen and garbled(found[0]):
                yield found.start(), _GARBLED
                return
            seen.add(found[0])


def _once(run: str) -> bool:
    """Whether Western characters hide UTF-8 or GB2312."""
    octets = b"".join(_western(character) for character in run)
    if _UTF8_HAN.search(octets + octets) and _UTF8_ONE.search(octets):
        return True
    if len(octets) < 4 or _FOREIGN_EXCEPT.search(run) is None:
        return False
    try:
        chinese = octets.decode("gb2312")
    except UnicodeDecodeError:
        return False
    return sum(character in COMMON for character in chinese) * 2 >= len(chinese)


def _western(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _twice(run: str) -> bool:
    """Whether a run of characters, written as GB18030, is UTF-8 of common Chinese."""
    octets = run.encode("gb18030")
    found = _UTF8_HAN.search(octets)
    if found is None or 10 * len(found[0]) < 6 * len(octets):
        return False
    chinese = found[0].decode("utf-8")
    hits = sum(character in COMMON for character in chinese)
    return hits * 2 >= len(chinese) and hits > sum(character in COMMON for character in run)


def forbidden(text: str) -> Iterator[Spot]:
    """Characters that no text of a table has: control characters, lost and private ones."""
    for found in _FORBIDDEN.finditer(text):
        character = found[0]
        code = " ".join(f"U+{ord(each):04X}" for each in dict.fromkeys(character))
        if character == "\ufffd" or len(character) > 1:
            yield (
                found.start(),
                Text(f"a character was lost here ({code})", f"此处文字已丢失（{code}）"),
            )
        elif character >= "\ue000":
            yield (
                found.start(),
                Text(f"a character here has no meaning ({code})", f"此处字符没有定义（{code}）"),
            )
        else:
            yield (
                found.start(),
                Text(f"a control character stands here ({code})", f"此处有控制字符（{code}）"),
            )
