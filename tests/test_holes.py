"""No hole is silent: whatever a page or a chart would leave out fails the build with its place."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.editions import faces
from tests.edits import bilingual
from tests.sketches import PLACE, trial
from yearbook import pdf
from yearbook.finding import Finding, failing
from yearbook.model import Edition, Place
from yearbook.page import FontFace, font_rules
from yearbook.template import fill

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FAMILY = faces()[0]


def printed(body: str, style: str = "") -> tuple[Finding, ...]:
    """What is found of a page with one face."""
    face = FontFace(FAMILY.family, FAMILY.weight, FAMILY.style, f"asset:///{FAMILY.file}")
    rules = "".join(font_rules([face])) + f"body{{font-family:'{FAMILY.family}'}}{style}"
    html = (
        f"<html lang=en><head><title>t</title><style>{rules}</style></head>"
        f"<body><p>x</p>{body}</body></html>"
    )
    assets = {FAMILY.file: FAMILY.content}
    return pdf.render(pdf.Document(html, assets, datetime(2011, 1, 1, tzinfo=UTC))).findings


PAGES = {
    "missing image": ("<img src='asset:///none.png' alt='x'>", ""),
    "refused address": ("<img src='https://example.org/x.png' alt='x'>", ""),
    "refused file": ("<img src='file:///none' alt='x'>", ""),
    "inline data": ("<img src='data:image/png;base64,AAAA' alt='x'>", ""),
    "image within a drawing": ("<svg width=9 height=9><image href='file:///none'/></svg>", ""),
    "glyph": ("<p>😀</p>", ""),
    "face of the machine": ("<p>x</p>", "@font-face{font-family:y;src:local('x')}p{font-family:y}"),
    "unknown property": ("<p>x</p>", "p{colour-of:red}"),
    "unknown value": ("<p>x</p>", "p{color:reddish}"),
    "imported style": ("<p>x</p>", "@import 'none.css';"),
    "link that runs": ("<a href='javascript:1'>x</a>", ""),
    "absurd length": ("<p style='font-size:1000000000px'>x</p>", ""),
}


@pytest.mark.parametrize(("body", "style"), PAGES.values(), ids=PAGES)
def test_pages(body: str, style: str) -> None:
    """Whatever the engine does without fails the page."""
    found = failing(printed(body, style))
    assert found
    assert all(bilingual(each.what) and bilingual(each.hint) for each in found)


def test_a_good_page() -> None:
    """A page without holes has no finding."""
    assert printed("<p>x</p>") == ()


@pytest.mark.parametrize(
    "value", [None, float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")], ids=str
)
def test_values(value: object) -> None:
    """None and what is no number fail the template at their line."""
    found = fill("a\n{{ value }}", {"value": value}, Place("en.md", 3))
    assert isinstance(found, Finding)
    assert (found.place.file, found.place.line) == ("en.md", 4)


@pytest.mark.parametrize("asked", ["nothing", "fact.nothing", "fact['nothing']"])
def test_undefined(asked: str) -> None:
    """What nobody defined fails the template at its line."""
    found = fill(f"a\n{{{{ {asked} }}}}", {"fact": {}}, Place("en.md", 3))
    assert isinstance(found, Finding)
    assert found.place.line == 4


def said(words: str, *, math: bool = False) -> "Callable[[Figure, object], object]":
    """A chart that only says something."""
    return lambda figure, _: figure.text(0.1, 0.5, words, parse_math=math)


DRAWINGS: dict[str, "Callable[[Figure, object], object]"] = {
    "glyph": said("😀"),
    "no number as words": said("nan"),
    "nothing as words": said("None"),
    "formula": said("$x$", math=True),
    "broken formula": said(r"US$1 to $\frac{", math=True),
    "gap in a line": lambda figure, _: figure.add_subplot().plot([1, float("nan")]),
    "warning": lambda figure, _: figure.add_subplot().legend(),
    "exception": lambda _, sketch: sketch.fact("nothing"),  # type: ignore[attr-defined]
    "too large": lambda figure, _: figure.set_size_inches(90, 90),
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_drawings(drawing: "Callable[[Figure, object], object]") -> None:
    """Whatever a chart leaves out, or matplotlib doubts, fails it at its row."""
    found = failing(trial(drawing, Edition.EN).findings)
    assert found
    assert {each.place for each in found} == {PLACE}


def test_dollars() -> None:
    """A sum in dollars is printed as it is written."""
    drawn = trial(said("US$100 to HK$200"), Edition.EN)
    assert drawn.findings == ()
    assert b"US$100 to HK$200" in drawn.svg
