"""A folder of tables and rules without templates: what it does not define is taken as it is used.

So that the rules of this toolkit can check anybody's tables: `check --root FOLDER` needs no more
than ``FOLDER/data/<name>/*.csv`` with the columns of docs/records.md. Where there are no templates
and a file of words (book.toml, units, sources, codes) is missing, every word used in the tables is
taken as defined; a file that is there defines its words as in any project.
"""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from yearbook.read import lists
from yearbook.read.configured import CONFIGURATION
from yearbook.read.sheet import Row, parse
from yearbook.read.snapshot import Snapshot
from yearbook.read.tables import CHECKED, LIST, OBSERVATION

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_END = re.compile(r"[0-9]{4}(?=(-[0-9]{2}){0,2}$)")
_FOLDER = re.compile(r"data/([a-z0-9]+(?:-[a-z0-9]+)*)/[^/]+\.csv")
_FIRST_YEAR = 1900


def bare(snapshot: Snapshot) -> bool:
    """Whether a folder has tables but no templates at all, so that only records can be checked.

    >>> bare(Snapshot({"data/land/area.csv": b""}, ()))
    True
    >>> bare(Snapshot({"data/land/area.csv": b"", "templates/page.css": b""}, ()))
    False
    """
    return bool(_folders(snapshot)) and not any(n.startswith("templates/") for n in snapshot.files)


def _folders(snapshot: Snapshot) -> tuple[str, ...]:
    found = (match[1] for name in snapshot.files if (match := _FOLDER.fullmatch(name)))
    return tuple(dict.fromkeys(found))


def completed(snapshot: Snapshot, reserved: Collection[str]) -> Snapshot:
    """The folder with what its tables use as defined; ``reserved`` are no tables of records."""
    tables = {folder: tuple(_rows(snapshot, folder, reserved)) for folder in _folders(snapshot)}
    every = [row for rows in tables.values() for row in rows]
    made = {
        CONFIGURATION: _book(tables, every),
        "data/units.csv": _csv(lists.UNITS, _units(every)),
        "data/sources.csv": _csv(lists.SOURCES, ((s, s, s) for s in _used(every, "source"))),
    }
    for folder, rows in tables.items():
        made[f"data/{folder}/codes.csv"] = _csv(lists.CODES, _codes(rows))
    return Snapshot({**made, **snapshot.files}, snapshot.findings)


def _rows(snapshot: Snapshot, folder: str, reserved: Collection[str]) -> Iterator[Row]:
    for name in snapshot.below(f"data/{folder}", ".csv"):
        if name.rpartition("/")[2].removesuffix(".csv") not in reserved:
            yield from parse(name, snapshot.files[name]).rows


def _used(rows: Iterable[Row], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for row in rows if (text := row.text(column))))


def _csv(columns: Collection[str], rows: Iterable[Collection[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue().encode()


def _units(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """Every unit as a count, but days as dates."""
    kinds: dict[str, str] = {}
    for row in rows:
        day = bool(_DATE.fullmatch(row.text("value")))
        if row.text("unit"):
            kinds.setdefault(row.text("unit"), "date" if day else "count")
    for name, kind in kinds.items():
        yield (name, kind, name, name, name, "1", name, "1", name)


def _codes(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    """Every id and every code of a dimension, without a whole."""
    plain = {*OBSERVATION, *LIST, CHECKED}
    seen: dict[tuple[str, str], None] = {}
    for row in rows:
        if "value" in row.cells:
            names = ("id", *(name for name in row.cells if name not in plain))
            seen |= {(name, row.text(name)): None for name in names if row.text(name)}
    for dimension, code in seen:
        yield (dimension, code, "", "", code, code)


def _book(tables: Mapping[str, object], rows: Iterable[Row]) -> bytes:
    """A book of all folders, of the last year that a period ends in."""
    ends = [int(end[0]) for row in rows if (end := _END.search(row.text("period")))]
    year = max(ends, default=_FIRST_YEAR)
    lines = [
        'title_en = "Records"',
        'title_zh = "数据"',
        'publisher_en = "-"',
        'publisher_zh = "-"',
    ]
    lines += [f"data_year = {year}", f"edition_year = {year + 1}"]
    for folder in tables:
        name = json.dumps(folder)
        lines += ["[[chapter]]", f"slug = {name}", f"title_en = {name}", f"title_zh = {name}"]
    return "\n".join(lines).encode()
