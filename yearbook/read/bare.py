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
from itertools import chain

from yearbook.read import lists
from yearbook.read.configured import CONFIGURATION
from yearbook.read.opened import Tables
from yearbook.read.sheet import parse
from yearbook.read.snapshot import Snapshot
from yearbook.read.tables import CHECKED, LIST, OBSERVATION
from yearbook.read.usage import Usage, usage

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_END = re.compile(r"[0-9]{4}(?=(-[0-9]{2}){0,2}$)")
_FOLDER = re.compile(r"data/([a-z0-9]+(?:-[a-z0-9]+)*)/[^/]+\.csv")
_FIRST_YEAR = 1900
Free = Mapping[str, frozenset[str]]
"""By folder, the dimensions of which every code is known."""


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


def completed(
    snapshot: Snapshot, reserved: Collection[str], opened: Tables
) -> tuple[Snapshot, Free]:
    """The folder with what its tables use as defined, and for each chapter the dimensions of which
    codes.csv has no code, so that every code is known; ``reserved`` are no tables of records."""
    used = {folder: _used(snapshot, folder, reserved, opened) for folder in _folders(snapshot)}
    every = tuple(chain.from_iterable(used.values()))
    made = {
        CONFIGURATION: _book(used, every),
        "data/units.csv": _csv(lists.UNITS, _units(every)),
        "data/sources.csv": _csv(lists.SOURCES, ((s, s, s) for s in _all(every, "source"))),
    }
    plain = {*OBSERVATION, *LIST, CHECKED}
    free = {
        folder: frozenset({"id"}.union(*(one.dimensions(plain) for one in tables)))
        - _defined(snapshot, folder)
        for folder, tables in used.items()
    }
    return Snapshot({**made, **snapshot.files}, snapshot.findings), free


def _used(
    snapshot: Snapshot, folder: str, reserved: Collection[str], opened: Tables
) -> tuple[Usage, ...]:
    return tuple(
        usage(opened.table(name))
        for name in snapshot.below(f"data/{folder}", ".csv")
        if name.rpartition("/")[2].removesuffix(".csv") not in reserved
    )


def _defined(snapshot: Snapshot, folder: str) -> frozenset[str]:
    """The dimensions that codes.csv defines."""
    name = f"data/{folder}/codes.csv"
    if name not in snapshot.files:
        return frozenset()
    return frozenset(row.text("dimension") for row in parse(name, snapshot.files[name]).rows)


def _all(every: Iterable[Usage], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for one in every for text in one.texts(column) if text))


def _csv(columns: Collection[str], rows: Iterable[Collection[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue().encode()


def _units(every: Iterable[Usage]) -> Iterator[tuple[str, ...]]:
    """Every unit as a count, but days as dates."""
    kinds: dict[str, str] = {}
    for used in every:
        for unit, value in used.units():
            if unit:
                kinds.setdefault(unit, "date" if _DATE.fullmatch(value) else "count")
    for name, kind in kinds.items():
        yield (name, kind, name, name, name, "1", name, "1", name)


def _book(folders: Iterable[str], every: Iterable[Usage]) -> bytes:
    """A book of all folders, of the last year that a period ends in."""
    ends = [int(end[0]) for period in _all(every, "period") if (end := _END.search(period))]
    year = max(ends, default=_FIRST_YEAR)
    lines = [
        'title_en = "Records"',
        'title_zh = "数据"',
        'publisher_en = "-"',
        'publisher_zh = "-"',
    ]
    lines += [f"data_year = {year}", f"edition_year = {year + 1}"]
    for folder in folders:
        name = json.dumps(folder)
        lines += ["[[chapter]]", f"slug = {name}", f"title_en = {name}", f"title_zh = {name}"]
    return "\n".join(lines).encode()
