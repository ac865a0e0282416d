"""Read a project: its files once, then everything in them, reporting all that is wrong.

Only `snapshot` touches the disk; the rest is a function of the bytes.
"""

import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from yearbook import wording
from yearbook.book import Book, Chapter, Confirmation, Limits, Prose
from yearbook.finding import Finding, error
from yearbook.model import Language, Place, Text
from yearbook.read import lists, printed, values
from yearbook.read.sheet import Row, Sheet, parse
from yearbook.read.snapshot import Snapshot
from yearbook.read.tables import Gathered, Vocabulary, gather
from yearbook.theme import Theme, ThemeError
from yearbook.theme import parse as parse_theme

T = TypeVar("T")
CONFIGURATION = "data/book.toml"
THEME = "templates/theme.toml"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = ("codes", "rules", "exceptions", "tables", "charts", "wording", "coverage")
"""The CSVs of a chapter that define words and rules or keep what a person confirmed; all others
hold its records."""


class ConfigurationError(ValueError):
    """The project cannot be read at all; ``what`` is in both languages."""

    def __init__(self, place: Place, what: Text) -> None:
        super().__init__(f"{place}: {what.en}")
        self.place = place
        self.what = what


@dataclass(frozen=True, slots=True)
class Reading:
    """A book as the files give it, and everything that is wrong with them."""

    book: Book
    theme: Theme
    findings: tuple[Finding, ...]


def read(snapshot: Snapshot) -> Reading:
    """Read the book of a snapshot. Raises `ConfigurationError` if there is none."""
    book, findings = records(snapshot)
    try:
        theme = parse_theme(snapshot.files.get(THEME, b""))
    except ThemeError as problem:
        raise ConfigurationError(Place(THEME), problem.what) from problem
    return Reading(book, theme, findings)


def records(snapshot: Snapshot) -> tuple[Book, tuple[Finding, ...]]:
    """The book without its look, from ``data/`` alone. Raises `ConfigurationError`."""
    settings = _toml(snapshot, CONFIGURATION)
    gathered = Gathered(findings=list(snapshot.findings))
    book = _book(snapshot, settings, gathered)
    chapters = tuple(
        _chapter(snapshot, table, book, gathered) for table in _chapter_settings(settings)
    )
    return replace(book, chapters=chapters), tuple(gathered.findings)


def _toml(snapshot: Snapshot, file: str) -> dict[str, Any]:
    if file not in snapshot.files:
        raise ConfigurationError(
            Place(file), Text("there is no such file in this folder", "此文件夹中没有该文件")
        )
    try:
        return tomllib.loads(snapshot.files[file].decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigurationError(
            Place(file), Text(f"it cannot be read: {problem}", f"无法读取：{problem}")
        ) from problem


def _chapter_settings(settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The tables ``[[chapter]]``; each slug names a folder and stands once."""
    tables = settings.get("chapter", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigurationError(
            Place(CONFIGURATION),
            Text("a chapter begins with [[chapter]]", "每章须以 [[chapter]] 开头"),
        )
    slugs = [_setting(table, "slug", str) for table in tables]
    for slug in slugs:
        if not _SLUG.fullmatch(slug) or slugs.count(slug) > 1:
            raise ConfigurationError(
                Place(CONFIGURATION),
                Text(
                    f'the slug "{slug}" must stand once, in small letters, digits and hyphens',
                    f"slug“{slug}”须唯一，且只用小写字母、数字和连字符",
                ),
            )
    return tables


def _setting(settings: Mapping[str, Any], name: str, kind: type[T]) -> T:
    value = settings.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        wanted = "a whole number" if kind is int else "a text"
        raise ConfigurationError(
            Place(CONFIGURATION),
            Text(f'"{name}" must be given as {wanted}', f"须填写“{name}”"),
        )
    return value


def _pair(settings: Mapping[str, Any], name: str) -> Text:
    return Text(_setting(settings, f"{name}_en", str), _setting(settings, f"{name}_zh", str))


def _book(snapshot: Snapshot, settings: Mapping[str, Any], gathered: Gathered) -> Book:
    def defined(
        name: str, columns: tuple[str, ...], make: Callable[[Row], T | None]
    ) -> dict[str, T]:
        found = _defined(snapshot, f"data/{name}.csv", columns, gathered)
        inscriptions.extend(printed.inscriptions(found, columns, name))
        gathered.findings.extend(lists.repeated(found, (columns[0],)))
        if "en" in columns:
            gathered.findings.extend(lists.untranslated(found))
        if name == "literals":
            gathered.findings.extend(printed.unreasoned(found))
        else:
            for row in found:
                gathered.findings.extend(values.unfilled(row.cells.values()))
        made = lists.mapped(found, columns[0], make)
        return {key: value for key, value in made.items() if value is not None}

    title, publisher = _pair(settings, "title"), _pair(settings, "publisher")
    place = Place(CONFIGURATION)
    inscriptions = [*printed.settled(title, place), *printed.settled(publisher, place)]
    idioms = _defined(snapshot, "data/idioms.csv", printed.IDIOMS, gathered)
    terms = _defined(snapshot, "data/terms.csv", printed.TERMS, gathered)
    gathered.findings.extend((*lists.repeated(terms, ("en",)), *lists.untranslated(terms)))
    return Book(
        title=title,
        publisher=publisher,
        edition_year=_setting(settings, "edition_year", int),
        data_year=_setting(settings, "data_year", int),
        chapters=(),
        units=defined("units", lists.UNITS, lambda row: lists.unit(row, gathered)),
        divisions=defined("places", lists.PLACES, lists.division),
        sources=defined("sources", lists.SOURCES, lists.text),
        literals=defined("literals", lists.LITERALS, lists.text),
        idioms=printed.idioms(idioms, gathered),
        terms=tuple(printed.term(row) for row in terms),
        inscriptions=tuple(inscriptions),
        limits=_limits(settings.get("limits", {})),
    )


def _limits(settings: Mapping[str, Any]) -> Limits:
    """The table ``[limits]``: whole numbers above 0; what is not given has its default."""
    names = [each.name for each in fields(Limits)]
    if not isinstance(settings, dict) or not settings.keys() <= set(names):
        raise ConfigurationError(
            Place(CONFIGURATION),
            Text(f"[limits] may hold {', '.join(names)}", f"[limits] 只能含 {'、'.join(names)}"),
        )
    given = {name: _setting(settings, name, int) for name in settings}
    if any(value < 1 for value in given.values()):
        raise ConfigurationError(
            Place(CONFIGURATION), Text("a limit must be above 0", "上限须大于0")
        )
    return Limits(**given)


def _defined(
    snapshot: Snapshot, file: str, columns: tuple[str, ...], gathered: Gathered
) -> tuple[Row, ...]:
    if file not in snapshot.files:
        return ()
    return lists.rows(parse(file, snapshot.files[file]), columns, gathered)


def _chapter(
    snapshot: Snapshot, settings: Mapping[str, Any], book: Book, gathered: Gathered
) -> Chapter:
    slug = _setting(settings, "slug", str)
    folder = f"data/{slug}"
    title = _pair(settings, "title")
    inscriptions = printed.settled(title, Place(CONFIGURATION), template=True)

    def made(
        name: str, columns: tuple[str, ...], key: tuple[str, ...], make: Callable[[Row], T | None]
    ) -> tuple[T, ...]:
        found = _defined(snapshot, f"{folder}/{name}.csv", columns, gathered)
        inscriptions.extend(printed.inscriptions(found, columns, name))
        gathered.findings.extend(lists.repeated(found, key))
        if name == "codes":
            gathered.findings.extend(lists.orphans(found))
        for pair in ("", "title", "note", "reason", "message"):
            if (f"{pair}_en" if pair else "en") in columns:
                gathered.findings.extend(lists.untranslated(found, pair))
        return tuple(value for row in found if (value := make(row)) is not None)

    codes = made("codes", lists.CODES, ("dimension", "code"), lambda row: lists.code(row, gathered))
    own = _own(snapshot, folder, Vocabulary(book.units, book.sources, book.divisions, codes))
    gathered.findings.extend(own.findings)
    for entries in own.lists.values():
        inscriptions.extend(printed.entered(entries))
    return Chapter(
        slug=slug,
        title=title,
        facts=tuple(own.facts),
        lists=own.lists,
        codes=codes,
        rules=made("rules", lists.RULES, ("id",), lambda row: lists.rule(row, gathered)),
        waivers=made(
            "exceptions",
            lists.EXCEPTIONS,
            ("rule", "where"),
            lambda row: lists.waiver(row, gathered),
        ),
        tables=made("tables", lists.TABLES, ("id",), lambda row: lists.table(row, gathered)),
        charts=made(
            "charts", lists.CHARTS, ("id",), lambda row: lists.chart(row, book.sources, gathered)
        ),
        prose=dict(_prose(snapshot, slug, gathered)),
        place=Place(CONFIGURATION),
        confirmed=_confirmed(snapshot, f"{folder}/wording.csv", gathered),
        inscriptions=tuple(inscriptions),
    )


def _confirmed(
    snapshot: Snapshot, file: str, gathered: Gathered
) -> tuple[Confirmation, ...] | None:
    """What wording.csv confirms; None without such a file."""
    if file not in snapshot.files:
        return None
    found = _defined(snapshot, file, wording.COLUMNS, gathered)
    cells = ([row.text(column) for column in wording.COLUMNS] for row in found)
    return tuple(made for row in cells if (made := wording.confirmation(*row)))


def _own(snapshot: Snapshot, folder: str, vocabulary: Vocabulary) -> Gathered:
    """The records of a chapter: its facts and lists."""
    declared = _declared(snapshot, f"{folder}/datapackage.json")
    return gather(_sheets(snapshot, folder), vocabulary, declared)


def _sheets(snapshot: Snapshot, folder: str) -> dict[str, Sheet]:
    return {
        name: parse(file, snapshot.files[file])
        for file in snapshot.below(folder, ".csv")
        if (name := file[len(folder) + 1 : -4]) not in RESERVED
    }


def _declared(snapshot: Snapshot, file: str) -> Mapping[str, Collection[str]]:
    """The columns of each table by datapackage.json (Frictionless Data Package)."""
    if file not in snapshot.files:
        return {}
    try:
        package = json.loads(snapshot.files[file])
        return {
            resource["path"].removesuffix(".csv"): [
                field["name"] for field in resource["schema"]["fields"]
            ]
            for resource in package["resources"]
        }
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise ConfigurationError(
            Place(file),
            Text(f"it is not a data package: {problem!r}", f"不是有效的数据包描述：{problem!r}"),
        ) from problem


def _prose(snapshot: Snapshot, slug: str, gathered: Gathered) -> Iterator[tuple[Language, Prose]]:
    for language in Language:
        file = f"templates/chapters/{slug}/{language}.md"
        try:
            if file in snapshot.files:
                yield language, Prose(file, snapshot.files[file].decode("utf-8-sig"))
        except UnicodeDecodeError as problem:
            gathered.findings.append(
                error(
                    "file",
                    Place(file),
                    Text(f"it is not UTF-8 text: {problem.reason}", "不是UTF-8文本"),
                    Text("save it as UTF-8", "请另存为UTF-8编码"),
                )
            )
