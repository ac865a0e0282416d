"""Files of settings (TOML): read, with the line of each fault and what to write instead."""

import re
import tomllib
from codecs import BOM_UTF8
from typing import Any

from yearbook.model import Place, Text

_AT = re.compile(r"^(?P<what>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)$", re.DOTALL)
_AFTER = "Expected newline|after a statement"
_KNOWN = (
    (_AFTER, "值之后不能再有其他内容"),
    ("Unclosed|Unterminated|Expected .*quot|end of document", "缺少引号或括号，或内容不完整"),
    ("Invalid value", "等号后须是加引号的文字、数字或 [列表]"),
    ("Expected '='", "每项写作“名称 = 值”"),
    ("overwrite|declared|twice|defined", "同一名称重复"),
    ("Illegal character|control", "有不允许的字符"),
)
_RIGHT = Text(
    'each setting is a line such as title_en = "Yearbook"; texts stand in straight quotation marks',
    '每项一行，如 title_zh = "年鉴"；文字用半角直引号',
)
_NO_TEXT = (
    Text("from here on it is not UTF-8 text", "自此处起不是UTF-8文本"),
    Text(
        "save it as UTF-8 (Notepad: Save as, Encoding)",
        "请另存为UTF-8编码（记事本：另存为—编码）",
    ),
)
_FULL = re.compile("[“”＝＂]")


class SettingsError(ValueError):
    """A file of settings that cannot be used: where, what, and what to do."""

    def __init__(self, place: Place, what: Text, hint: Text) -> None:
        super().__init__(f"{place}: {what.en}")
        self.place = place
        self.what = what
        self.hint = hint


def decoded(file: str, content: bytes) -> str:
    """The text of a file. Raises `SettingsError` where it stops being UTF-8.

    >>> try:
    ...     decoded("zh.md", "年鉴\\n卷".encode() + "年".encode("gb18030"))
    ... except SettingsError as problem:
    ...     print(problem)
    zh.md:2:2: from here on it is not UTF-8 text
    """
    text = content.removeprefix(BOM_UTF8)
    try:
        return text.decode()
    except UnicodeDecodeError as problem:
        *lines, last = text[: problem.start].decode().split("\n")
        place = Place(file, len(lines) + 1, len(last) + 1)
        raise SettingsError(place, *_NO_TEXT) from problem


def parse(file: str, content: bytes) -> dict[str, Any]:
    """The settings of a file. Raises `SettingsError`.

    >>> try:
    ...     parse("book.toml", 'a = 1\\nb = “年鉴”'.encode())
    ... except SettingsError as problem:
    ...     print(problem.place, problem.what.zh)
    book.toml:2:5 等号后须是加引号的文字、数字或 [列表]
    """
    try:
        return tomllib.loads(decoded(file, content))
    except tomllib.TOMLDecodeError as problem:
        raise _told(file, content, str(problem)) from problem
    except RecursionError as problem:
        what = Text("brackets are nested too deep", "括号嵌套过深")
        raise SettingsError(Place(file), what, _RIGHT) from problem


def _told(file: str, content: bytes, said: str) -> SettingsError:
    found = _AT.match(said)
    words = found["what"] if found else said.removesuffix(" (at end of document)")
    lines = content.decode("utf-8-sig").splitlines()
    line = int(found["line"]) if found else max(len(lines), 1)
    place = Place(file, line, int(found["column"]) if found else 1)
    zh = next((zh for form, zh in _KNOWN if re.search(form, said)), "不符合TOML语法")
    what = Text(f"it cannot be read: {words[:1].lower()}{words[1:]}", zh)
    if re.search(_AFTER, said):
        what = Text("after the value of a setting nothing may follow", zh)
    wide = _FULL.search(lines[line - 1]) if line <= len(lines) else None
    hint = _RIGHT
    if wide:
        hint = Text(
            f"write straight quotation marks and signs of half width instead of {wide[0]}",
            f'请将 {wide[0]} 改为半角符号（直引号 " 、等号 =）',
        )
    elif re.search(_AFTER, said) and place.column > 1:
        right = lines[line - 1][: place.column - 1].strip()
        hint = Text(f"end the line after the value: {right}", f"该行到值为止，请写作：{right}")
    return SettingsError(place, what, hint)


def spot(file: str, content: bytes, name: str, table: tuple[str, int] = ("", 0)) -> Place:
    """Where a setting stands: its line, else that of its table, else the file.

    ``table`` is the name of the table and which one of that name is meant, from 0.

    >>> spot("x.toml", b"a = 1\\n[[chapter]]\\nb = 2\\n[[chapter]]\\nb = 3\\n", "b", ("chapter", 1))
    Place(file='x.toml', line=5, column=1, cell=None)
    """
    head, count = 0, -1 if table[0] else 0
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            if table[0] and count == table[1]:
                break
            if stripped.strip("[] \t").split("]")[0] == table[0]:
                count += 1
                head = number if count == table[1] else head
            elif not table[0]:
                break
        elif count == table[1] and re.match(rf'"?{re.escape(name)}"?\s*=', stripped):
            return Place(file, number, line.index(stripped[0]) + 1)
    return Place(file, head, 1 if head else 0)
