"""Records changed in memory: what a test does to a project without touching a file."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from yearbook.finding import Finding
from yearbook.model import Text
from yearbook.read.snapshot import Snapshot

ROOT = Path(__file__).parents[1]
SLUG = "science-and-technology"
CHAPTER = f"data/{SLUG}"
MARK = b"\xef\xbb\xbf"
Rows = list[list[str]]


def rows(content: bytes) -> Rows:
    """The cells of a CSV, the header first."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def sheet(cells: Iterable[Iterable[str]]) -> bytes:
    """A CSV as Excel writes it."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(cells)
    return MARK + text.getvalue().encode()


def with_files(snapshot: Snapshot, **files: bytes | None) -> Snapshot:
    """A snapshot with files put in, replaced, or (None) taken out; names as keywords of a dict."""
    kept = {**snapshot.files, **{name: data for name, data in files.items() if data is not None}}
    gone = {name for name, data in files.items() if data is None}
    return replace(snapshot, files={n: data for n, data in kept.items() if n not in gone})


def changed(snapshot: Snapshot, file: str, change: Callable[[Rows], None]) -> Snapshot:
    """A snapshot in which a function has changed the cells of one CSV below data/."""
    name = f"data/{file}"
    cells = rows(snapshot.files[name])
    change(cells)
    return with_files(snapshot, **{name: sheet(cells)})


def edited(snapshot: Snapshot, file: str, name: str, column: str, value: str) -> Snapshot:
    """A snapshot with one other cell: of the row that has ``name`` in its first two columns."""

    def change(cells: Rows) -> None:
        row = next(row for row in cells[1:] if name in row[:2])
        row[cells[0].index(column)] = value

    return changed(snapshot, file, change)


def replaced(snapshot: Snapshot, file: str, old: str, new: str) -> Snapshot:
    """A snapshot in which a file says something else; the old words must stand there."""
    text = snapshot.files[file].decode()
    assert old in text, old
    return with_files(snapshot, **{file: text.replace(old, new).encode()})


def written(snapshot: Snapshot, folder: Path) -> Path:
    """A project on the disk with the files of a snapshot."""
    for name, content in snapshot.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def said(findings: Iterable[Finding]) -> list[str]:
    """Findings in short: place, cell, rule, what."""
    return [f"{f.place} {f.place.cell or '-'} {f.rule}: {f.what.en}" for f in findings]


def bilingual(text: Text) -> bool:
    """Whether a text says something in both languages."""
    return bool(text.en) and any("一" <= letter <= "鿿" for letter in text.zh)
