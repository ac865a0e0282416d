"""The tidy rows behind a printed table, as a reader downloads them."""

import csv
import io
from collections.abc import Iterator

from yearbook import numbers
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
