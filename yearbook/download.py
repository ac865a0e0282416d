"""The tidy rows behind a printed table, as a reader downloads them."""

import csv
import io
from collections.abc import Iterator

from yearbook import bound, numbers
from yearbook.book import TableKind, TableSpec
from yearbook.model import Entry, Fact, Text
from yearbook.records import Records, UnknownError


def source(item: Fact | Entry) -> str:
    """The id of the source of a row. Raises `yearbook.records.UnknownError`."""
    if isinstance(item, Fact):
        return item.source
    if "source" not in item.cells:
        raise UnknownError(
            Text(f'the row "{item.id}" has no source', f"“{item.id}”行没有资料来源"),
            Text(
                'a list that is printed as a table needs a column "source"',
                "刊印成表的名单须有 source 列",
            ),
        )
    return item.code("source")


def behind(spec: TableSpec, records: Records) -> list[Fact] | list[Entry]:
    """The rows that a table shows. Raises `yearbook.records.UnknownError`."""
    if spec.kind is TableKind.LIST:
        return listed(spec, records)
    return crossed(spec, records) if spec.kind is TableKind.PIVOT else figures(spec, records)


def figures(spec: TableSpec, records: Records) -> list[Fact]:
    """The figures of a table of indicators: those of the data year, or the last before it."""
    names = bound.bounded(spec, bound.indicators(spec, records))
    if spec.rows:
        return [records.fact(name) for name in names]
    return [_latest(name, records) for name in names]


def _latest(name: str, records: Records) -> Fact:
    try:
        return records.fact(name)
    except UnknownError:
        return records.series(name)[-1]


def crossed(spec: TableSpec, records: Records) -> list[Fact]:
    """The figures of the data year that have both dimensions of a table."""
    down, across = dimensions(spec)
    facts = [
        fact
        for fact in records.current()
        if fact.table == spec.data and fact.dimensions.get(down) and fact.dimensions.get(across)
    ]
    if not facts:
        raise _no_figures(spec.data, records.year, (down, across))
    bound.bounded(spec, {fact.dimensions[down]: None for fact in facts})
    return facts


def dimensions(spec: TableSpec) -> tuple[str, str]:
    """What runs down a table and what runs across."""
    return " ".join(spec.rows), " ".join(spec.columns)


def listed(spec: TableSpec, records: Records) -> list[Entry]:
    """The rows of the lists that a table shows."""
    return list(bound.bounded(spec, bound.entries(spec, records)))


def _no_figures(data: str, year: int, dimensions: tuple[str, str]) -> UnknownError:
    by = " / ".join(name or "-" for name in dimensions)
    return UnknownError(
        Text(
            f'the table "{data}" has no figures of {year} by {by}',
            f"表“{data}”没有{year}年按“{by}”分组的数据",
        ),
        Text(
            "give one table under data, and one dimension each under rows and columns",
            "data 列填一个表名，rows 和 columns 列各填一个维度",
        ),
    )


def download(behind: list[Fact] | list[Entry], records: Records) -> bytes:
    """The tidy rows behind a table, as a CSV that opens right in Excel and WPS."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(_rows(behind, records))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _rows(behind: list[Fact] | list[Entry], records: Records) -> Iterator[list[str]]:
    facts = [item for item in behind if isinstance(item, Fact)]
    if facts:
        yield ["id", "label_en", "label_zh", "period", "value", "unit", "qualifier", "source"]
    for fact in facts:
        label = records.label(fact.id)
        yield [
            fact.id,
            inert(label.en),
            inert(label.zh),
            str(fact.period),
            numbers.text(fact.value),
            fact.unit.id,
            fact.qualifier.value,
            fact.source,
        ]
    entries = [item for item in behind if isinstance(item, Entry)]
    columns = list(dict.fromkeys(column for entry in entries for column in entry.cells))
    if entries:
        yield columns
    for entry in entries:
        yield [inert(entry.cells[c].text) if c in entry.cells else "" for c in columns]


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula (CWE-1236).

    >>> inert("=1+1"), inert("a")
    ("'=1+1", 'a')
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
