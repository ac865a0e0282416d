"""Every character that is printed has a glyph; every one that has none is found at its place."""

import pytest

from tests.edits import CHAPTER, ROOT, bilingual, said
from yearbook import fonts
from yearbook.read.snapshot import Snapshot
from yearbook.repertoire import uncovered

SHOWN = frozenset(map(ord, "abcdefghijklmnopqrstuvwxyz_ 科技"))


def faults(**files: str) -> list[str]:
    """What some files need beyond a small repertoire."""
    return said(uncovered({name: text.encode() for name, text in files.items()}, SHOWN))


def test_cell() -> None:
    """A character of a cell is reported at its cell, once for each cell."""
    assert faults(**{"data/x.csv": "id,en,zh\na,b,戶戶\n\nc,d,戶\n"}) == [
        'data/x.csv:2:5 C2 glyph: the fonts have no glyph for "戶" (U+6236)',
        'data/x.csv:4:5 C4 glyph: the fonts have no glyph for "戶" (U+6236)',
    ]


@pytest.mark.parametrize("column", ["quote", "note", "evidence", "reason", "approved_by"])
def test_unprinted(column: str) -> None:
    """What stays in the records needs no glyph."""
    assert faults(**{"data/x.csv": f"id,{column}\na,戶\n"}) == []


def test_text() -> None:
    """A character of a manuscript is reported at its line and column."""
    assert faults(**{"templates/chapters/x/zh.md": "\ufeff科\n科技é\n"}) == [
        'templates/chapters/x/zh.md:2:3 - glyph: the fonts have no glyph for "é" (U+00E9)'
    ]


def test_other_files() -> None:
    """Pictures, styles and programs are no text of the book."""
    assert faults(**{"data/x.bin": "戶", "figures/x.py": "戶", "templates/x.css": "戶"}) == []


def test_blanks_and_marks() -> None:
    """Blanks and marks that print nothing need no glyph."""
    assert faults(**{"data/x.csv": "id\na\u3000\u200b\u00a0b\n"}) == []


def test_title(project: Snapshot) -> None:
    """The titles in book.toml are printed, too."""
    name = "data/book.toml"
    found = list(
        uncovered({name: 'title_zh = "年鑑"\n'.encode()}, frozenset(range(128)) | {0x5E74})
    )
    assert said(found) == [f'{name}:1:14 - glyph: the fonts have no glyph for "鑑" (U+9451)']
    assert name in project.files


def test_project(project: Snapshot) -> None:
    """The fonts of the book have every character of the project, and not every one there is."""
    faces = fonts.load(ROOT / "templates" / "fonts")
    shown = frozenset[int]().union(*(fonts.coverage(face) for face in faces))
    assert not list(uncovered(project.files, shown))
    (found,) = uncovered({f"{CHAPTER}/x.csv": "id\nड\n".encode()}, shown)
    assert bilingual(found.what)
    assert bilingual(found.hint)
