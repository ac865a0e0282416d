"""From the bytes of a CSV to its text: a mark, zeros, strict UTF-8, strict GB18030; or a refusal.

The order is that of the measurements: a detector that guesses by frequency mistook 8 of 72 small
Chinese files. What the cascade cannot tell by form (Big5 and Shift-JIS decode as GB18030) it
weighs by how common the characters are, and where that decides nothing it refuses.
"""

import re
from collections import Counter
from dataclasses import dataclass

from yearbook.model import Text
from yearbook.read.frequent import COMMON
from yearbook.read.garbled import HIGH, forbidden, mojibake

SAVE_AGAIN = Text(
    'open it in the program it came from and save it as "CSV UTF-8"',
    "请用原来的软件打开，另存为“CSV UTF-8”",
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, without the mark of its encoding, and what that was."""

    text: str
    encoding: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Bytes that are no table of text: the byte that shows it, what they are, what to do."""

    byte: int
    what: Text
    hint: Text = SAVE_AGAIN


_MAGIC = (
    (b"PK\x03\x04", Text("an Excel workbook or a zip archive", "Excel工作簿或压缩包")),
    (b"\xd0\xcf\x11\xe0", Text("an old Excel workbook", "旧版Excel工作簿")),
    (b"%PDF", Text("a PDF", "PDF文件")),
    (b"\x1f\x8b", Text("a gzip archive", "压缩包")),
    (b"7z\xbc\xaf", Text("a 7z archive", "压缩包")),
    (b"Rar!", Text("a rar archive", "压缩包")),
    (b"\x89PNG", Text("a picture", "图片")),
    (b"\xff\xd8\xff", Text("a picture", "图片")),
    (b"{\\rtf", Text("a Word document", "Word文档")),
    (b"<!DOCTYPE", Text("a web page", "网页")),
    (b"<html", Text("a web page", "网页")),
    (b"<?xml", Text("an XML document", "XML文档")),
)
_BOMS = (
    (b"\xff\xfe\x00\x00", None),
    (b"\x00\x00\xfe\xff", None),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_RIVALS = (
    ("big5", Text("Big5", "Big5")),
    ("shift_jis", Text("Shift-JIS", "Shift-JIS")),
    ("euc_kr", Text("EUC-KR", "EUC-KR")),
)
_FOREIGN = re.compile("[\u3040-\u30ff\u1100-\u11ff\uac00-\ud7af\uff66-\uff9f\u3100-\u312f]")
_LOW_RUN = re.compile("[\u0080-\u07ff]+")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")


def decode(content: bytes) -> Decoded | Undecodable:
    """The text of a CSV by its bytes.

    >>> decode("id,年".encode("gb18030")).encoding
    'GB18030'
    >>> decode(b"PK\\x03\\x04").what.en
    'this is an Excel workbook or a zip archive, not a CSV'
    """
    for magic, name in _MAGIC:
        if content.startswith(magic):
            what = Text(f"this is {name.en}, not a CSV", f"这是{name.zh}，不是CSV")
            return Undecodable(0, what)
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _marked(content, len(mark), encoding)
    if b"\x00" in content:
        return _zeros(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        return _gb18030(content, problem.start)
    return _ambiguous(content, text) or Decoded(text, "UTF-8")


def _marked(content: bytes, length: int, encoding: str | None) -> Decoded | Undecodable:
    name = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "gb18030": "GB18030"}
    if encoding is None:
        return Undecodable(0, Text("the file is UTF-32 text", "文件是UTF-32编码"))
    try:
        text = content[length:].decode(encoding)
    except UnicodeDecodeError as problem:
        return _damaged(length + problem.start, name.get(encoding, "UTF-8"))
    return Decoded(text.removeprefix("\ufeff"), name.get(encoding, "UTF-8"), marked=True)


def _damaged(byte: int, encoding: str) -> Undecodable:
    return Undecodable(
        byte,
        Text(
            f"byte {byte + 1} is not {encoding} text; the file is damaged or cut off",
            f"第{byte + 1}个字节不是{encoding}文字，文件已损坏或不完整",
        ),
    )


_LIKELY = 0.6
"""Chinese text weighs more; bytes of another encoding read as Chinese weigh about 0.5."""


def _zeros(content: bytes) -> Decoded | Undecodable:
    """UTF-16 without a mark has zeros in every second byte of its header."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    first = content.index(0)
    binary = Undecodable(
        first,
        Text(f"byte {first + 1} is zero: the file is not text", f"第{first + 1}个字节为零，非文本"),
    )
    if len(content) > 20 * (even + odd) or max(even, odd) <= 4 * min(even, odd):
        return binary
    try:
        text = content.decode("utf-16-le" if odd > even else "utf-16-be")
    except UnicodeDecodeError as problem:
        return _damaged(problem.start, "UTF-16")
    head = text.splitlines()[0]
    likely = (head.isascii() and head.isprintable()) or _weight(text) >= _LIKELY
    return Decoded(text, "UTF-16") if likely else binary


def _gb18030(content: bytes, start: int) -> Decoded | Undecodable:
    """What is no UTF-8: GB18030 if it reads as Chinese, and as nothing else as well."""
    if any(byte > 0x7F for byte in content[:start]):
        # Characters of UTF-8 before it: their chance in another encoding is small.
        try:
            content[:start].decode("gb2312")
        except UnicodeDecodeError:
            return _damaged(start, "UTF-8")
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return _rival(content, 0.0) or _unknown(start)
    if any(mojibake(text)) or any(forbidden(text)):
        return _rival(content, 0.5) or _damaged(start, "UTF-8")
    weight = _weight(text)
    if weight < _LIKELY or _FOREIGN.search(text):
        return _rival(content, weight) or _unknown(start)
    return _rival(content, weight) or Decoded(text, "GB18030")


def _unknown(byte: int) -> Undecodable:
    return Undecodable(
        byte,
        Text(
            f"at byte {byte + 1} the encoding cannot be told",
            f"自第{byte + 1}个字节起无法判断文件的编码",
        ),
    )


def _rival(content: bytes, weight: float) -> Undecodable | None:
    """Another encoding in which the file reads at least as well."""
    for encoding, name in _RIVALS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(forbidden(text)) and _weight(text) > max(weight, 0.3):
            first = next(at for at, byte in enumerate(content) if byte > 0x7F)
            return Undecodable(
                first,
                Text(
                    f"the file seems to be {name.en}, which is not read",
                    f"文件似为{name.zh}编码，不能读取",
                ),
            )
    return None


def _weight(text: str) -> float:
    """How common the characters beyond ASCII are: about 1 for Chinese, below 0.5 for noise.

    >>> _weight("科技扶贫") > 0.9, _weight("绉戞妧") < 0.5, _weight("id")
    (True, True, 1.0)
    """
    found = Counter("".join(HIGH.findall(text)))
    points = sum(_worth(character) * count for character, count in found.items())
    return points / found.total() if found else 1.0


def _worth(character: str) -> float:
    if character in COMMON:
        return 1.0
    if "\uac00" <= character <= "\ud7a3":
        # Korean counts for Korean: in a Chinese file it is refused all the same.
        return 0.5
    try:
        encoded = character.encode("gb2312")
    except UnicodeEncodeError:
        return -0.5
    if _FOREIGN.match(character) or not 0xA1 <= encoded[0] <= 0xD7:
        return 0.1
    # Signs of the first rows (《》，。) and the 3,755 characters of level 1.
    return 0.9 if encoded[0] < 0xA4 else 0.2 if encoded[0] >= 0xB0 else -0.2


def _ambiguous(content: bytes, text: str) -> Undecodable | None:
    """A few characters of GB18030 may pass as UTF-8: 省 alone reads as ʡ."""
    runs = HIGH.findall(text)
    if not runs or any(_LOW_RUN.fullmatch(run) is None for run in runs):
        return None
    try:
        other = content.decode("gb2312")
    except UnicodeDecodeError:
        return None
    alone = re.search("(?<![A-Za-z\u0080-\u07ff])[\u0100-\u07ff]+(?![A-Za-z\u0080-\u07ff])", text)
    if alone is None or _HAN.search(other) is None or _weight(other) < _LIKELY:
        return None
    byte = len(text[: alone.start()].encode())
    return _unknown(byte)
