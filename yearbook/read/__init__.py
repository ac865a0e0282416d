"""Read a project: its files once, then everything in them, reporting all that is wrong.

Only `snapshot` touches the disk; the rest is a function of the bytes.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeVar

from yearbook import wording
from yearbook.book import Book, Chapter, Confirmation, Prose
from yearbook.finding import Finding, error
from yearbook.model import Code, Fact, Language, Place, Text
from yearbook.read import absent, bare, configured, instances, lists, printed, values, wholes
from yearbook.read.configured import CONFIGURATION, ConfigurationError, Given, pair, setting
from yearbook.read.opened import Table, Tables
from yearbook.read.origins import Origins
from yearbook.read.sheet import Row, parse
from yearbook.read.snapshot import Snapshot
from yearbook.read.tables import Gathered, Vocabulary, gather
from yearbook.settings import SettingsError, decoded
from yearbook.theme import Theme, ThemeError
from yearbook.theme import parse as parse_theme

__all__ = ["CONFIGURATION", "RESERVED", "THEME", "ConfigurationError", "Reading", "read", "records"]

T = TypeVar("T")
THEME = "templates/theme.toml"
RESERVED = ("codes", "rules", "exceptions", "tables", "charts", "wording", "coverage", "published")
"""The CSVs of a chapter that define words and rules or keep what a person confirmed; all others
hold its records."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A book as the files give it, and everything that is wrong with them.

    ``files`` are those of the project, each instance of a chapter with files of its own, whose
    ``origins`` say where an editor finds their cells.
    """

    book: Book
    theme: Theme
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    origins: Origins = field(default_factory=Origins)


def read(snapshot: Snapshot) -> Reading:
    """Read the book of a snapshot. Raises `ConfigurationError` if there is none.

    Of a folder without templates only the records are read, and its theme is empty.
    """
    if bare.bare(snapshot):
        opened = Tables(snapshot.files)
        completed, free = bare.completed(snapshot, RESERVED, opened)
        book, findings = records(completed, free, opened)
        findings = (*findings, *absent.tables(snapshot))
        return Reading(book, Theme({}, {}, {}), findings, snapshot.files)
    shared = instances.shared_out(snapshot)
    book, findings = records(shared.snapshot)
    missing = *absent.folders(snapshot, configured.given(snapshot)), *absent.tables(snapshot)
    try:
        theme = parse_theme(snapshot.files.get(THEME, b""))
    except ThemeError as problem:
        raise ConfigurationError(problem.place, problem.what, problem.hint) from problem
    return Reading(book, theme, (*missing, *findings), shared.snapshot.files, shared.origins)


def records(
    snapshot: Snapshot, free: bare.Free = MappingProxyType({}), opened: Tables | None = None
) -> tuple[Book, tuple[Finding, ...]]:
    """The book without its look, from ``data/`` alone, where instances have files of their own.

    ``free`` are the dimensions of which every code is known; tables may have been ``opened``
    before. Raises `ConfigurationError`.
    """
    opened = opened or Tables(snapshot.files)
    given = configured.given(snapshot)
    gathered = Gathered(findings=list(snapshot.findings))
    book = _book(snapshot, given, gathered)
    chapters = tuple(
        replace(_chapter(snapshot, chapter, book, (gathered, opened, free)), instance=instance)
        for chapter, instance in instances.chapters(given, snapshot.files)
    )
    return replace(book, chapters=chapters), tuple(gathered.findings)


def _book(snapshot: Snapshot, given: Given, gathered: Gathered) -> Book:
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

    title, publisher = pair(given, "title"), pair(given, "publisher")
    place = Place(CONFIGURATION)
    inscriptions = [*printed.settled(title, place), *printed.settled(publisher, place)]
    idioms = _defined(snapshot, "data/idioms.csv", printed.IDIOMS, gathered)
    terms = _defined(snapshot, "data/terms.csv", printed.TERMS, gathered)
    gathered.findings.extend((*lists.repeated(terms, ("en",)), *lists.untranslated(terms)))
    return Book(
        title=title,
        publisher=publisher,
        edition_year=setting(given, "edition_year", int),
        data_year=setting(given, "data_year", int),
        chapters=(),
        units=defined("units", lists.UNITS, lambda row: lists.unit(row, gathered)),
        divisions=defined("places", lists.PLACES, lists.division),
        sources=defined("sources", lists.SOURCES, lists.text),
        literals=defined("literals", lists.LITERALS, lists.text),
        idioms=printed.idioms(idioms, gathered),
        terms=tuple(printed.term(row) for row in terms),
        inscriptions=tuple(inscriptions),
        limits=configured.limits(given),
        floor=configured.floor(given),
        whole=configured.whole(given),
    )


def _defined(
    snapshot: Snapshot, file: str, columns: tuple[str, ...], gathered: Gathered
) -> tuple[Row, ...]:
    if file not in snapshot.files:
        return ()
    return lists.rows(parse(file, snapshot.files[file]), columns, gathered)


def _chapter(
    snapshot: Snapshot, given: Given, book: Book, into: tuple[Gathered, Tables, bare.Free]
) -> Chapter:
    gathered, opened, free = into
    slug = setting(given, "slug", str)
    folder = f"data/{slug}"
    title = pair(given, "title")
    inscriptions = printed.settled(title, Place(CONFIGURATION), template=True)

    def made(
        name: str, columns: tuple[str, ...], key: tuple[str, ...], make: Callable[[Row], T | None]
    ) -> tuple[T, ...]:
        found = _defined(snapshot, f"{folder}/{name}.csv", columns, gathered)
        inscriptions.extend(printed.inscriptions(found, columns, name))
        gathered.findings.extend(lists.repeated(found, key))
        if name == "codes":
            gathered.findings.extend(wholes.orphans(found))
        for group in ("", "title", "note", "reason", "message"):
            if (f"{group}_en" if group else "en") in columns:
                gathered.findings.extend(lists.untranslated(found, group))
        return tuple(value for row in found if (value := make(row)) is not None)

    codes = made("codes", lists.CODES, ("dimension", "code"), lambda row: lists.code(row, gathered))
    own = _own(folder, snapshot, opened, _words(book, codes, free.get(slug)))
    gathered.findings.extend(own.findings)
    for entries in own.lists.values():
        inscriptions.extend(printed.entered(entries))
    return Chapter(
        slug=slug,
        title=title,
        facts=own.all_facts(),
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
        published=_published(snapshot, f"{folder}/published.csv", book, gathered),
        prose=dict(_prose(snapshot, slug, gathered)),
        place=Place(CONFIGURATION),
        confirmed=_confirmed(snapshot, f"{folder}/wording.csv", gathered),
        inscriptions=tuple(inscriptions),
    )


def _published(snapshot: Snapshot, file: str, book: Book, gathered: Gathered) -> tuple[Fact, ...]:
    """What earlier editions printed; none without such a file."""
    found = _defined(snapshot, file, lists.PUBLISHED, gathered)
    gathered.findings.extend(lists.repeated(found, ("edition", "id", "period")))
    told = (lists.published(row, book.units, gathered) for row in found)
    return tuple(fact for fact in told if fact is not None)


def _confirmed(
    snapshot: Snapshot, file: str, gathered: Gathered
) -> tuple[Confirmation, ...] | None:
    """What wording.csv confirms; None without such a file."""
    if file not in snapshot.files:
        return None
    found = _defined(snapshot, file, wording.COLUMNS, gathered)
    cells = ([row.text(column) for column in wording.COLUMNS] for row in found)
    return tuple(made for row in cells if (made := wording.confirmation(*row)))


def _words(book: Book, codes: tuple[Code, ...], free: frozenset[str] | None) -> Vocabulary:
    """What the records of a chapter may refer to."""
    return Vocabulary(book.units, book.sources, book.divisions, codes, free or frozenset())


def _own(folder: str, snapshot: Snapshot, opened: Tables, vocabulary: Vocabulary) -> Gathered:
    """The records of a chapter: its facts and lists."""
    declared = _declared(snapshot, f"{folder}/datapackage.json")
    return gather(_tables(snapshot, folder, opened), vocabulary, declared)


def _tables(snapshot: Snapshot, folder: str, opened: Tables) -> dict[str, Table]:
    return {
        name: opened.table(file)
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
            resource["path"].removesuffix(".csv"): _fields(resource["schema"])
            for resource in package["resources"]
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ConfigurationError(
            Place(file),
            Text("it is not a data package", "不是有效的数据包描述"),
            Text(
                "run `build.py describe` with the file removed: it writes it anew",
                "请删除该文件，再运行 `build.py describe` 重新生成",
            ),
        ) from problem


def _fields(schema: Mapping[str, Any]) -> list[str]:
    names = [field["name"] for field in schema["fields"]]
    if not all(isinstance(name, str) for name in names):
        raise TypeError
    return names


def _prose(snapshot: Snapshot, slug: str, gathered: Gathered) -> Iterator[tuple[Language, Prose]]:
    for language in Language:
        file = f"templates/chapters/{slug}/{language}.md"
        try:
            if file in snapshot.files:
                yield language, Prose(file, decoded(file, snapshot.files[file]))
        except SettingsError as problem:
            gathered.findings.append(error("file", problem.place, problem.what, problem.hint))
