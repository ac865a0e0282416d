"""Who was trained in the aided counties: the whole, and below it, enlarged, what is classified."""

from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from figures._paper import Paper, paper
from figures._words import BODY, LINE, STRONG, joined, spoken
from yearbook.chart import Sketch
from yearbook.model import Fact, Language, Qualifier, Relation, Text
from yearbook.numbers import grouped

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE = (6.1, 1.9)
WHOLE = "aided_trained"
BAR = 0.24
COLOURS = ("second", "fourth", "first", "third", "fifth")
REST = Text("not classified by the source", "资料未分类")
SENTENCE = Text("{label}: {total}. {parts}.", "{label}共{total}：{parts}。")


def draw(figure: "Figure", sketch: Sketch) -> None:
    """A bar of all, if the source leaves some unclassified, and a bar of its parts."""
    parts = sketch.parts(WHOLE, Relation.OF)
    bottom = 0.98 if rest(sketch) else 0.3
    sheet = paper(figure, sketch)
    sheet.crop(bottom + BAR + LINE * 1.3 * len(parts) + 0.08)
    sheet.write((0, 0.1), joined(sketch, lambda language: _total(sketch, language)), STRONG)
    edges = [0.0, *accumulate(float(part.value) for part in parts)]
    if rest(sketch):
        _all(sheet, edges, bottom)
    _segments(sheet, [edge / edges[-1] * sheet.width for edge in edges], bottom)
    for number, part in enumerate(parts):
        left, right = (edge / edges[-1] * sheet.width for edge in edges[number : number + 2])
        row = bottom + BAR + LINE * 1.3 * (len(parts) - number - 0.25)
        _flag(sheet, part, (left, right), (bottom + BAR, row))


def _all(sheet: Paper, edges: list[float], bottom: float) -> None:
    """The bar of all, and the cone that enlarges its classified part."""
    everyone = float(sheet.sketch.fact(WHOLE).value)
    scaled = [edge / everyone * sheet.width for edge in edges]
    words = sheet.sketch.words(REST, " · ")
    sheet.write((sheet.width, 0.29), words, BODY, "right")
    left = sheet.width - sheet.measure(words)
    figure = grouped(rest(sheet.sketch), sheet.sketch.language)
    sheet.write((left - 0.07, 0.29), figure, STRONG, "right")
    _segments(sheet, scaled, 0.4)
    sheet.boxes([(scaled[-1] + 0.015, 0.4)], (sheet.width - scaled[-1] - 0.015, BAR), "open")
    low, high = 0.4 + BAR + 0.02, bottom - 0.02
    sheet.fill([[(0, low), (scaled[-1], low), (sheet.width, high), (0, high)]], "panel")


def _segments(sheet: Paper, edges: list[float], top: float) -> None:
    for left, right, colour in zip(edges, edges[1:], COLOURS, strict=False):
        gap = 0 if right == edges[-1] else min(0.015, (right - left) / 4)
        sheet.boxes([(left, top)], (right - left - gap, BAR), colour)


def _flag(
    sheet: Paper, part: Fact, segment: tuple[float, float], heights: tuple[float, float]
) -> None:
    """A label on a pole below its segment; at the left edge, or the right if room is short."""
    top, row = heights
    figure, words = sheet.sketch.figure(part), sheet.sketch.label(part.id, " · ")
    number, label = sheet.measure(figure, STRONG) + 0.07, sheet.measure(words)
    fits = segment[0] + number + label + 0.1 < sheet.width
    pole = segment[0] + 0.01 if fits else segment[1] - 0.02
    sheet.line([(pole, top), (pole, row + 0.05)], "muted")
    left = pole + 0.06 if fits else pole - number - label - 0.06
    sheet.write((left, row), figure, STRONG)
    sheet.write((left + number, row), words)


def rest(sketch: Sketch) -> Decimal:
    """Those whom the source does not classify; none can be told from hedged figures."""
    whole, parts = sketch.fact(WHOLE), sketch.parts(WHOLE, Relation.OF)
    if any(fact.qualifier is not Qualifier.EXACT for fact in (whole, *parts)):
        return Decimal(0)
    return max(whole.value - sum(part.value for part in parts), Decimal(0))


def _total(sketch: Sketch, language: Language) -> str:
    colon = "：" if language is Language.ZH else ": "
    return sketch.within(language).label(WHOLE) + colon + spoken(sketch.fact(WHOLE), language)


def alt(sketch: Sketch) -> str:
    """The total and its parts in a sentence."""
    language = sketch.language
    unit = sketch.fact(WHOLE).unit
    parts = [
        (sketch.label(part.id), sketch.figure(part)) for part in sketch.parts(WHOLE, Relation.OF)
    ]
    if rest(sketch):
        parts.append((sketch.words(REST), grouped(rest(sketch), language)))
    said = (
        "、".join(f"{label}{figure}{unit.zh}" for label, figure in parts)
        if language is Language.ZH
        else "; ".join(f"{label}: {figure}" for label, figure in parts)
    )
    return SENTENCE.of(language).format(
        label=sketch.label(WHOLE), total=spoken(sketch.fact(WHOLE), language), parts=said
    )
