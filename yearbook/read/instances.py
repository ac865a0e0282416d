"""Chapters made once for each row of a list: their files are shared out before anything is read.

A chapter with ``for_each`` in book.toml becomes as many chapters as its list has rows. Each gets
files of its own, cut from the common ones, below a folder of its own name; from there on nothing
can tell it from a chapter that an editor wrote, and no row of another can reach it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yearbook.book import Instance
from yearbook.finding import Finding, error, failing
from yearbook.model import Cell, Place, Text
from yearbook.read import configured
from yearbook.read.canonical import table
from yearbook.read.configured import CONFIGURATION, ConfigurationError, Given, setting
from yearbook.read.origins import Origins
from yearbook.read.sheet import Row, Sheet, parse
from yearbook.read.snapshot import Snapshot

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEAR = re.compile(r"([0-9]{4})(?:-[0-9]{2}){0,2}$")
_COMMON = ("wording.csv", "coverage.csv")
"""What was confirmed of the common text holds for all."""
_RESERVED = ("rules.csv", "exceptions.csv", "tables.csv", "charts.csv", "published.csv")
"""Here the column that shares out is none of the table's own; blank it means all instances."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A snapshot in which every instance has files of its own, and where their cells come from."""

    snapshot: Snapshot
    origins: Origins = field(default_factory=Origins)


@dataclass(frozen=True, slots=True)
class _Order:
    """What book.toml says of one chapter with ``for_each``: the list, the column, the filters."""

    given: Given
    slug: str
    list: str
    by: str
    only: Mapping[str, frozenset[str]]


def shared_out(snapshot: Snapshot) -> Shared:
    """Give every instance its files; a snapshot without ``for_each`` stays as it is.

    Doing so twice changes nothing. Raises `ConfigurationError`.
    """
    if b"for_each" not in snapshot.files.get(CONFIGURATION, b""):
        return Shared(snapshot)
    given = configured.given(snapshot)
    year = setting(given, "data_year", int)
    files, findings, origins = dict(snapshot.files), list(snapshot.findings), Origins()
    for order in _orders(given):
        stem = f"data/{order.slug}"
        if any(name.startswith(f"{stem}/") for name in snapshot.files):
            _share(order, year, files, (findings, origins))
    return Shared(Snapshot(files, tuple(findings)), origins)


def chapters(given: Given, files: Mapping[str, bytes]) -> Iterator[tuple[Given, Instance | None]]:
    """The chapters of a book whose files were shared out, in order: each with its settings."""
    known = {setting(each, "slug", str) for each in configured.chapters(given)}
    orders = {order.slug: order for order in _orders(given)}
    folders = list(dict.fromkeys(n.split("/")[1] for n in files if n.count("/") == 2))
    for each in configured.chapters(given):
        order = orders.get(setting(each, "slug", str))
        if order is None:
            yield each, None
            continue
        for folder in folders:
            key = folder.removeprefix(f"{order.slug}-")
            name = f"data/{folder}/{order.list}.csv"
            if key == folder or folder in known or name not in files:
                continue
            # Of the chapters "a" and "a-b" the folder a-b-c may be either's.
            rivals = [slug for slug in orders if folder.startswith(f"{slug}-")]
            if len(rivals) > 1 and not _holds(parse(name, files[name]), order.by, key):
                continue
            made = Instance(order.slug, order.list, order.by, key)
            yield replace(each, values={**each.values, "slug": folder}), made


def _holds(listing: Sheet, by: str, key: str) -> bool:
    return any(row.text(by) == key for row in listing.rows)


def _orders(given: Given) -> Iterator[_Order]:
    for each in configured.chapters(given):
        if "for_each" in each.values:
            only = each.values.get("only", {})
            if not isinstance(only, dict):
                raise _no_filter(each)
            yield _Order(
                each,
                setting(each, "slug", str),
                setting(each, "for_each", str),
                setting(each, "by", str),
                {column: _values(each, value) for column, value in only.items()},
            )


def _values(each: Given, value: object) -> frozenset[str]:
    """One text or several."""
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in found):
        raise _no_filter(each)
    return frozenset(found)


def _no_filter(each: Given) -> ConfigurationError:
    return ConfigurationError(
        each.place("only"),
        Text("a filter names a column and the texts it may hold", "筛选须写明列名及可取的文字"),
        Text('write only = { province = ["520000"] }', '请写 only = { province = ["520000"] }'),
    )


def _share(
    order: _Order, year: int, files: dict[str, bytes], into: tuple[list[Finding], Origins]
) -> None:
    """Put the files of all instances in the place of the common ones."""
    findings, origins = into
    stem, texts = f"data/{order.slug}/", f"templates/chapters/{order.slug}/"
    common = {n: files.pop(n) for n in list(files) if n.startswith((stem, texts))}
    listing = f"{stem}{order.list}.csv"
    if listing not in common:
        raise ConfigurationError(
            order.given.place("for_each"),
            Text(f"there is no {listing}", f"没有 {listing}"),
            Text("write the list, one row for each instance", "请编写该名单，每个实例一行"),
        )
    sheets = {n: parse(n, c) for n, c in common.items() if _shareable(n, stem)}
    _split(order, sheets[listing])
    parted = {name: _Parted.of(sheet, order.by) for name, sheet in sheets.items()}
    findings.extend(f for part in parted.values() if part.shared for f in part.sheet.findings)
    keys = tuple(_keys(order, sheets[listing], year, findings))
    findings.extend(_homeless(order, sheets, listing))
    if not keys:
        findings.append(_none(year, sheets[listing]))
    for key in keys:
        folders = {each: f"{each[:-1]}-{key}/" for each in (stem, texts)}
        taken = [each for each in folders.values() if any(n.startswith(each) for n in files)]
        findings.extend(_taken(folder) for folder in taken)
        if taken:
            continue
        origins.instance(order.slug, f"{order.slug}-{key}")
        for name, content in common.items():
            home = stem if name.startswith(stem) else texts
            own = folders[home] + name.removeprefix(home)
            cut = parted[name].cut(key, order) if name in parted else None
            if cut is None:
                files[own] = content
            elif cut:
                files[own] = table([[cell.text for cell in row] for row in cut])
            origins.add(own, name, cut or ())


def _split(order: _Order, listing: Sheet) -> None:
    """The list must have the column that tells the instances apart. Raises `ConfigurationError`."""
    if order.by in listing.columns:
        return
    for wrong in () if listing.columns else failing(listing.findings):
        raise ConfigurationError(wrong.place, wrong.what, wrong.hint)
    raise ConfigurationError(
        order.given.place("by"),
        Text(f'{listing.file} has no column "{order.by}"', f"{listing.file} 没有“{order.by}”列"),
        Text("name the column that tells the instances apart", "请写明区分各实例的列名"),
    )


def _shareable(name: str, stem: str) -> bool:
    file = name.removeprefix(stem)
    return name.startswith(stem) and file.endswith(".csv") and file not in _COMMON


def _keys(order: _Order, sheet: Sheet, year: int, findings: list[Finding]) -> Iterator[str]:
    """The instances that the list names for the data year and the filters let pass."""
    unknown = [column for column in order.only if column not in sheet.columns]
    if unknown:
        raise ConfigurationError(
            order.given.place("only"),
            Text(
                f'{sheet.file} has no column "{unknown[0]}"', f"{sheet.file} 没有“{unknown[0]}”列"
            ),
            Text("a filter names a column of the list", "筛选只能用名单中的列"),
        )
    seen: set[str] = set()
    for row in sheet.rows:
        key, ends = row.text(order.by), _YEAR.search(row.text("period"))
        if not _KEY.fullmatch(key):
            findings.append(_nameless(row, order.by))
        elif key not in seen and (ends is None or int(ends[1]) == year):
            seen.add(key)
            if all(row.text(column) in wanted for column, wanted in order.only.items()):
                yield key


def _homeless(order: _Order, sheets: Mapping[str, Sheet], listing: str) -> Iterator[Finding]:
    """Rows of an instance that the list does not name: nobody would ever see them."""
    known = {row.text(order.by) for row in sheets[listing].rows}
    for sheet in sheets.values():
        for row in sheet.rows:
            key = row.text(order.by)
            if key and key not in known:
                yield error(
                    "instance",
                    row.place_of(order.by),
                    Text(f'{order.list}.csv names no "{key}"', f"{order.list}.csv 中没有“{key}”"),
                    Text("add it to the list, or correct the cell", "请补入名单，或改正该单元格"),
                )


def _none(year: int, sheet: Sheet) -> Finding:
    return error(
        "instance",
        Place(sheet.file),
        Text(f"no row of {year} is left by the filters", f"没有符合筛选条件的{year}年数据行"),
        Text("add rows, or change only = in book.toml", "请补充数据行，或修改 book.toml 的 only"),
    )


def _nameless(row: Row, by: str) -> Finding:
    return error(
        "instance",
        row.place_of(by),
        Text(
            f'"{row.text(by)}" cannot name a folder: only small letters, digits and hyphens can',
            f"“{row.text(by)}”不能用作文件夹名称：只能含小写字母、数字和连字符",
        ),
        Text("give the instance a code", "请为该实例填写代码"),
    )


def _taken(folder: str) -> Finding:
    return error(
        "instance",
        Place(folder[:-1]),
        Text("an instance needs this folder, which is there already", "此文件夹名已被某一实例占用"),
        Text("give the folder, or the chapter, another name", "请为该文件夹或该章另取名称"),
    )


@dataclass(frozen=True, slots=True)
class _Parted:
    """A table whose rows were told apart once: the common ones, and those of each instance."""

    sheet: Sheet
    rows: Mapping[str, Sequence[tuple[int, Row]]]
    shared: bool

    @classmethod
    def of(cls, sheet: Sheet, by: str) -> "_Parted":
        """Tell the rows of a table apart."""
        codes = sheet.file.endswith("/codes.csv")
        rows: dict[str, list[tuple[int, Row]]] = {}
        for number, row in enumerate(sheet.rows):
            key = row.text(by)
            if codes:
                key = row.text("code") if row.text("dimension") == by else ""
            rows.setdefault(key, []).append((number, row))
        # A header that names a column twice is told by whoever reads the table as it is.
        whole = len({*sheet.columns}) == len(sheet.columns)
        return cls(sheet, rows, whole and (codes or by in sheet.columns))

    def cut(self, key: str, order: _Order) -> Sequence[Sequence[Cell]] | None:
        """The header and the rows of an instance; nothing if it has none, None for all."""
        if not self.shared:
            return None
        own = sorted((*self.rows.get("", ()), *self.rows.get(key, ())))
        bare = self.sheet.file.rpartition("/")[2] in _RESERVED
        kept = [n for n, name in enumerate(self.sheet.columns) if not (bare and name == order.by)]
        rows = [self.sheet.header, *(tuple(row.cells.values()) for _, row in own)]
        return [[row[n] for n in kept] for row in rows] if own else ()
