"""Results of the work after the Wenchuan Earthquake: dots, and arrows where they are bounds."""

from math import ceil, floor, log10
from typing import TYPE_CHECKING

from figures._paper import Paper, Point, paper
from figures._words import LINE, MUTED, STRONG, beyond, lines, series
from yearbook.chart import Sketch
from yearbook.model import Fact, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE = (6.1, 2.4)
RESULTS = (
    "wenchuan_farmers_benefited",
    "wenchuan_farmers_trained",
    "wenchuan_technicians",
    "wenchuan_technologies",
    "wenchuan_varieties",
    "wenchuan_bases",
)
ARROW = 0.34
SCALE = Text("logarithmic scale: equal lengths, equal ratios", "对数刻度：等距表示等比")
SENTENCE = Text("Results: {parts}.", "主要成效：{parts}。")


def draw(figure: "Figure", sketch: Sketch) -> None:
    """A row for each result over a scale without figures of its own: each dot has its figure."""
    facts = results(sketch)
    step = lines(sketch) * LINE + 0.13
    sheet = paper(figure, sketch)
    sheet.crop(step * len(facts) + 0.26)
    labels = [sketch.label(fact.id) for fact in facts]
    left = max(sheet.measure(line) for label in labels for line in label.split("\n")) + 0.15
    powers = [log10(fact.value) for fact in facts]
    low, high = floor(min(powers) - 0.01), ceil(max(powers))
    room = max(sheet.measure(sketch.figure(fact), STRONG) for fact in facts) + ARROW + 0.15
    tenfold = (sheet.width - left - room) / (high - low)
    _axis(sheet, (left, step * len(facts) + 0.02), sheet.width - left)
    for number, (fact, label, power) in enumerate(zip(facts, labels, powers, strict=True)):
        at = (left + (power - low) * tenfold, step * (number + 0.5))
        sheet.write((0, at[1]), label)
        sheet.line([(left, at[1]), at], "open", 0.7)
        _mark(sheet, fact, at)


def _axis(sheet: Paper, start: Point, width: float) -> None:
    """A bare line and what kind of scale it is; where a dot stands, its figure says."""
    left, down = start
    sheet.line([start, (left + width, down)], "muted")
    sheet.write((left, down + 0.12), sheet.sketch.words(SCALE, " · "), MUTED)


def _mark(sheet: Paper, fact: Fact, at: Point) -> None:
    """The dot, the arrow of its bound, the figure to the right of both."""
    right, down = at
    sheet.dot(at, "first")
    if beyond(fact):
        sheet.arrow(at, (right + beyond(fact) * ARROW, down), "first")
    after = ARROW + 0.06 if beyond(fact) > 0 else 0.1
    sheet.write((right + after, down), sheet.sketch.figure(fact), STRONG)


def alt(sketch: Sketch) -> str:
    """All results in a sentence."""
    return series(sketch, SENTENCE, results(sketch))


def results(sketch: Sketch) -> tuple[Fact, ...]:
    """The results, the greatest first."""
    return tuple(sorted(map(sketch.fact, RESULTS), key=lambda fact: -fact.value))
