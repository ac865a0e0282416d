"""What the tests of charts draw with: the project's own records, theme and faces."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tests.edits import ROOT
from yearbook import fonts
from yearbook.binding import Medium, Numbering
from yearbook.book import ChartSpec
from yearbook.chart import Chart, Drawing, Sketch
from yearbook.compose import Teller
from yearbook.draw import draw
from yearbook.model import Edition, Language, Place, Text
from yearbook.read import Reading, read
from yearbook.read.snapshot import take
from yearbook.records import Records
from yearbook.template import plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLACE = Place("data/science-and-technology/charts.csv", 2, 1, "A2")
SPEC = ChartSpec("trial", Text("A trial", "试图"), Text("", ""), "most-2010", PLACE)


@cache
def reading() -> Reading:
    """The book, read once."""
    return read(take(ROOT))


@cache
def faces() -> tuple[fonts.Face, ...]:
    """The faces of the book, read once."""
    return fonts.load(ROOT / "templates" / "fonts")


def records() -> Records:
    """The records of the first chapter."""
    return Records(reading().book, reading().book.chapters[0])


def sketch(edition: Edition = Edition.EN, of: Records | None = None) -> Sketch:
    """What a chart is given for one edition."""
    teller = Teller(of or records(), Numbering({}), Medium.PRINT)

    def say(language: Language, text: Text) -> str:
        return plain(teller.say(text, language))

    return Sketch(of or records(), reading().theme, edition, say)


def trial(
    drawing: "Callable[[Figure, Sketch], object]", edition: Edition = Edition.EN, inches: float = 2
) -> Drawing:
    """A chart of one test, drawn."""

    def drawn(figure: "Figure", sketch: Sketch) -> None:
        drawing(figure, sketch)

    chart = Chart((inches, inches), drawn, lambda sketch: f"said in {sketch.language}")
    return draw(chart, SPEC, sketch(edition), faces())


def parsed(svg: bytes) -> ElementTree.Element:
    """A drawing as a tree."""
    return ElementTree.fromstring(svg)  # noqa: S314 - what has just been drawn


def tag(node: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return node.tag.rpartition("}")[2]
