"""Editions made in memory from a snapshot: what acceptance tests look at."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser

import pypdfium2

from tests.edits import ROOT, SLUG
from yearbook import fonts, script
from yearbook.chart import Chart
from yearbook.finding import Finding, failing
from yearbook.gallery import load_charts
from yearbook.kit import Kit
from yearbook.model import Edition
from yearbook.press import Run, run
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.report import Desk, lay_out

TOKEN = re.compile(r"[0-9][0-9,.]*[0-9]|[0-9]|[A-Za-z’]+|\S")


@cache
def faces() -> tuple[fonts.Face, ...]:
    """The faces of the book, read once."""
    return fonts.load(ROOT / "templates" / "fonts")


@cache
def charts() -> dict[str, Chart]:
    """The charts of the book, loaded once."""
    return dict(load_charts(ROOT))


def desk(snapshot: Snapshot) -> Desk:
    """The one chapter of a snapshot, filled; nothing may fail."""
    reading = read(snapshot)
    made = lay_out(reading.book, reading.book.chapters[0])
    assert not failing((*reading.findings, *made.findings))
    return made


def kit(snapshot: Snapshot) -> Kit:
    """What the printer needs of a snapshot."""
    templates = {
        name.removeprefix("templates/"): content.decode()
        for name, content in snapshot.files.items()
        if name.startswith("templates/") and name.endswith((".html", ".css"))
    }
    templates[script.NAME] = script.SCRIPT
    reading = read(snapshot)
    created = datetime(reading.book.edition_year, 1, 1, tzinfo=UTC)
    return Kit(templates, reading.theme, faces(), charts(), created, snapshot.files)


@dataclass(frozen=True)
class Printed:
    """One edition: its page and its PDF."""

    html: str
    pdf: bytes
    findings: tuple[Finding, ...]


def printed(snapshot: Snapshot, edition: Edition) -> Printed:
    """An edition of a snapshot."""
    made: Run = run(desk(snapshot), edition, kit(snapshot))
    files = {artifact.name: artifact.content for artifact in made.artifacts}
    assert files, made.findings
    name = f"{SLUG}/{edition}"
    return Printed(files[f"{name}.html"].decode(), files[f"{name}.pdf"], made.findings)


class _Text(HTMLParser):
    """The words of a page: what is read and what is said instead of pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = 0
        self.words: list[str] = []
        self.spoken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script")
        self.spoken.extend(
            value for name, value in attrs if name in ("alt", "aria-label") and value
        )

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def visible(html: str) -> list[str]:
    """The words and figures of a page in order, drawings and their descriptions included."""
    reader = _Text()
    reader.feed(html)
    return TOKEN.findall("\n".join([*reader.words, *reader.spoken]))


def extracted(pdf: bytes) -> list[str]:
    """The words and figures of a PDF in order."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return TOKEN.findall("\n".join(pages))
