"""How many rows a printed table may have: a page is no place for a large table, and none is cut
without saying so.

A longer table needs an explicit ``limit`` in tables.csv, and then says how many of how many rows it
shows. A table of two dimensions is never cut: its rows belong to one whole.
"""

from collections.abc import Collection
from itertools import islice
from typing import TypeVar

from yearbook.book import TableKind, TableSpec
from yearbook.frame import by_table, ids
from yearbook.model import Entry, Text
from yearbook.records import Records, UnknownError, suggestion

T = TypeVar("T")
SENSIBLE = 500
"""The rows of a table that is printed whole without asking: some twelve pages."""


def bounded(spec: TableSpec, rows: Collection[T]) -> list[T]:
    """The rows that are printed. Raises `yearbook.records.UnknownError` for too many."""
    if spec.kind is TableKind.PIVOT and spec.limit is not None:
        raise UnknownError(
            Text(
                f'"{spec.id}" is a table of two dimensions and cannot be cut',
                f"“{spec.id}”为二维表，不能只印一部分",
            ),
            Text(
                "leave limit empty, or print a table by indicators",
                "请将 limit 列留空，或改用 indicators 表",
            ),
        )
    if spec.limit is None and len(rows) > SENSIBLE:
        raise UnknownError(
            Text(
                f'the table "{spec.id}" would have {len(rows):,} rows; without a limit {SENSIBLE} '
                "are printed at most",
                f"表“{spec.id}”将有{len(rows)}行；未设上限的表最多印{SENSIBLE}行",
            ),
            _PARTS if spec.kind is TableKind.PIVOT else _LIMIT,
        )
    return list(islice(rows, spec.limit))


_PARTS = Text("print it in parts, each from a table of its own", "请将数据分成几个表，分别刊印")
_LIMIT = Text(
    "write under limit in tables.csv how many rows are to be printed, or name fewer rows",
    "请在 tables.csv 的 limit 列填写要刊印的行数，或只选部分行",
)


def indicators(spec: TableSpec, records: Records) -> Collection[str]:
    """The indicators that run down a table, without a limit."""
    if spec.rows:
        return spec.rows
    for facts in by_table(records.chapter.facts):
        if facts and facts[0].table == spec.data:
            return ids(facts)
    return ()


def entries(spec: TableSpec, records: Records) -> list[Entry]:
    """The rows of the lists behind a table, without a limit."""
    return [entry for name in spec.data.split() for entry in records.entries(name)]


def size(name: str, records: Records) -> tuple[int, int]:
    """How many rows a table shows, and how many it would have without a limit.

    Raises `yearbook.records.UnknownError` if there is no such table.
    """
    known = {spec.id: spec for spec in records.chapter.tables}
    if name not in known:
        raise UnknownError(
            Text(f'no table is called "{name}"', f"没有名为“{name}”的表"), suggestion(name, known)
        )
    spec = known[name]
    every = entries(spec, records) if spec.kind is TableKind.LIST else indicators(spec, records)
    return len(list(islice(every, spec.limit))), len(every)
