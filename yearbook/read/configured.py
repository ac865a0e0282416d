"""book.toml: the book and its chapters as its editors set them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from yearbook import settings
from yearbook.book import Floor, Limits
from yearbook.model import Place, Text
from yearbook.read.snapshot import Snapshot
from yearbook.settings import SettingsError

T = TypeVar("T")
CONFIGURATION = "data/book.toml"
_FOLDER = "book"
"""The folder of the whole book below output/: see `yearbook.volume`."""
_SETTINGS = frozenset({
    "title_en", "title_zh", "publisher_en", "publisher_zh", "edition_year", "data_year", "whole",
    "chapter", "limits", "guards", "slug", "for_each", "by", "only",
})  # fmt: skip
"""All settings of a book and of a chapter: none of them is another one misspelt."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ConfigurationError(ValueError):
    """The project cannot be read at all; ``what`` and ``hint`` are in both languages."""

    def __init__(self, place: Place, what: Text, hint: Text | None = None) -> None:
        super().__init__(f"{place}: {what.en}")
        self.place = place
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Given:
    """The settings of a table of book.toml, and where that table is to be found."""

    values: Mapping[str, Any]
    content: bytes
    table: tuple[str, int] = ("", 0)

    def place(self, name: str) -> Place:
        """Where a setting stands, or should."""
        return settings.spot(CONFIGURATION, self.content, name, self.table)


def given(snapshot: Snapshot) -> Given:
    """The settings of the book. Raises `ConfigurationError`."""
    file = CONFIGURATION
    for one in snapshot.findings:  # the file, or the folder it lies in, cannot be read
        if file not in snapshot.files and one.place.file in (file, file.partition("/")[0]):
            raise ConfigurationError(one.place, one.what, one.hint)
    if file not in snapshot.files:
        raise ConfigurationError(
            Place(file),
            Text("there is no such file in this folder", "此文件夹中没有该文件"),
            Text(
                "name the folder of the yearbook with --root, or take the file from the history",
                "请用 --root 指定年鉴文件夹，或从历史版本中恢复该文件",
            ),
        )
    try:
        values = settings.parse(file, snapshot.files[file])
    except SettingsError as problem:
        raise ConfigurationError(problem.place, problem.what, problem.hint) from problem
    return Given(values, snapshot.files[file])


def chapters(book: Given) -> list[Given]:
    """The tables ``[[chapter]]``; each slug names a folder and stands once."""
    tables = book.values.get("chapter", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigurationError(
            _spot(book, "chapter"),
            Text("a chapter begins with [[chapter]]", "每章须以 [[chapter]] 开头"),
            Text("write it with two brackets on each side", "两侧各用两个方括号"),
        )
    made = [Given(table, book.content, ("chapter", number)) for number, table in enumerate(tables)]
    slugs = [setting(chapter, "slug", str) for chapter in made]
    for chapter in made:
        slug = chapter.values["slug"]
        if not _SLUG.fullmatch(slug) or slugs.count(slug) > 1:
            raise ConfigurationError(
                chapter.place("slug"),
                Text(
                    f'the slug "{slug}" must stand once, in small letters, digits and hyphens',
                    f"slug“{slug}”须唯一，且只用小写字母、数字和连字符",
                ),
                Text(
                    "it is the name of the chapter's folder, such as science-and-technology",
                    "它是该章文件夹的名称，例如 science-and-technology",
                ),
            )
    return made


def setting(of: Given, name: str, kind: type[T]) -> T:
    """One setting, of the kind it must be. Raises `ConfigurationError`."""
    value = of.values.get(name)
    if value is None:
        near = get_close_matches(name, [each for each in of.values if each not in _SETTINGS], 1)
        if near:
            raise ConfigurationError(
                of.place(near[0]),
                Text(f'"{near[0]}" is no setting', f"没有名为“{near[0]}”的设置"),
                Text(f'did you mean "{name}"?', f"是不是“{name}”？"),
            )
    if not isinstance(value, kind) or isinstance(value, bool):
        number, table = kind is int, of.table[0]
        head = "[[chapter]]" if table == "chapter" else f"[{table}]"
        under = (f" below {head}", f"在 {head} 之下") if table else ("", "")
        line = f"{name} = {(100 if table else 2010) if number else chr(34) + '…' + chr(34)}"
        raise ConfigurationError(
            of.place(name),
            Text(
                f'"{name}" must be given as {"a whole number" if number else "a text"}',
                f"须以{'整数' if number else '文字'}填写“{name}”",
            ),
            Text(f"write a line{under[0]}: {line}", f"请{under[1]}写一行：{line}"),
        )
    return value


def pair(of: Given, name: str) -> Text:
    """The settings ``<name>_en`` and ``<name>_zh``. Raises `ConfigurationError`."""
    return Text(setting(of, f"{name}_en", str), setting(of, f"{name}_zh", str))


def limits(of: Given) -> Limits:
    """The table ``[limits]``: whole numbers above 0; what is not given has its default.

    Raises `ConfigurationError`.
    """
    table = _table(of, "limits", [each.name for each in fields(Limits)])
    given = {name: setting(table, name, int) for name in table.values}
    for name, value in given.items():
        if value < 1:
            raise ConfigurationError(
                table.place(name),
                Text("a limit must be above 0", "上限须大于0"),
                Text("delete the line to have the usual limit", "删除该行即用默认上限"),
            )
    return Limits(**given)


def whole(of: Given) -> bool:
    """Whether the book is published as one PDF, too: what ``whole`` says; without it, a book of
    several chapters is. Raises `ConfigurationError`."""
    value = of.values.get("whole")
    each = chapters(of)
    slugs = [setting(chapter, "slug", str) for chapter in each]
    made = (
        value
        if isinstance(value, bool)
        else len(each) > 1 or any("for_each" in one.values for one in each)
    )
    if value is not None and not isinstance(value, bool):
        raise ConfigurationError(
            of.place("whole"),
            Text('"whole" must be true or false', "“whole”须为 true 或 false"),
            Text("write whole = true, or delete the line", "请写 whole = true，或删除该行"),
        )
    if made and _FOLDER in slugs:
        raise ConfigurationError(
            each[slugs.index(_FOLDER)].place("slug"),
            Text(
                f'no chapter can be called "{_FOLDER}" in a book that is printed as a whole',
                f"全书合为一个PDF时，任何一章不得名为“{_FOLDER}”",
            ),
            Text("give the chapter another slug", "请为该章另取 slug"),
        )
    return made


def floor(of: Given) -> Floor | None:
    """The table ``[guards]``: the share of single slips to be noticed, above 0 and at most 1.

    Raises `ConfigurationError`.
    """
    table = _table(of, "guards", ["floor"])
    value = table.values.get("floor")
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
        return Floor(Decimal(str(value)), table.place("floor"))
    raise ConfigurationError(
        table.place("floor"),
        Text("the floor must be above 0 and at most 1", "floor 须大于0且不超过1"),
        Text("write floor = 0.98 for 98 of 100 slips", "如须发现百分之九十八，请写 floor = 0.98"),
    )


def _table(of: Given, name: str, known: Sequence[str]) -> Given:
    """A table of settings, all of which must be known. Raises `ConfigurationError`."""
    values = of.values.get(name, {})
    table = Given(values, of.content, (name, 0))
    right = isinstance(values, dict)
    unknown = [each for each in values if each not in known] if right else []
    if right and not unknown:
        return table
    raise ConfigurationError(
        table.place(unknown[0]) if unknown else _spot(of, name),
        Text(f"[{name}] may hold {', '.join(known)}", f"[{name}] 只能含 {'、'.join(known)}"),
        Text("delete the line, or correct its name", "请删除该行，或改正名称"),
    )


def _spot(of: Given, name: str) -> Place:
    """Where a table of the book begins, or the setting that stands in its place."""
    head = settings.spot(CONFIGURATION, of.content, name, (name, 0))
    return head if head.line else of.place(name)
