"""Funds by programme: every amount of money of the year, the largest first."""

from typing import TYPE_CHECKING

from figures._paper import paper
from figures._words import LINE, MUTED, STRONG, beyond, joined, lines, series
from yearbook.chart import Sketch
from yearbook.model import Fact, Kind, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE = (6.1, 3.2)
BAR = 0.12
ARROW = 0.3
HEAD = 0.22
SENTENCE = Text("Funds in descending order: {parts}.", "各项经费由多到少依次为：{parts}。")


def draw(figure: "Figure", sketch: Sketch) -> None:
    """Each label above its bar, the amount after it, an arrow where more (or less) is meant."""
    facts = funds(sketch)
    step = lines(sketch) * LINE + BAR + 0.11
    sheet = paper(figure, sketch)
    sheet.crop(HEAD + step * len(facts))
    unit = joined(sketch, facts[0].unit.name)
    sheet.write((0, 0.08), unit, MUTED)
    amounts = [sketch.figure(fact, " · ") for fact in facts]
    room = max(sheet.measure(amount, STRONG) for amount in amounts) + ARROW + 0.12
    scale = (sheet.width - room) / float(max(fact.value for fact in facts))
    for number, (fact, amount) in enumerate(zip(facts, amounts, strict=True)):
        top = HEAD + step * number
        sheet.write((0, top + lines(sketch) * LINE / 2), sketch.label(fact.id))
        middle = top + lines(sketch) * LINE + 0.02 + BAR / 2
        end = float(fact.value) * scale
        sheet.boxes([(0, middle - BAR / 2)], (end, BAR), "first")
        if beyond(fact):
            tail, head = sorted((end + 0.03, end + ARROW), reverse=beyond(fact) < 0)
            sheet.arrow((tail, middle), (head, middle), "first")
            end += ARROW
        sheet.write((end + 0.07, middle), amount, STRONG)


def alt(sketch: Sketch) -> str:
    """All amounts in a sentence."""
    return series(sketch, SENTENCE, funds(sketch))


def funds(sketch: Sketch) -> tuple[Fact, ...]:
    """The amounts of money of the data year, the largest first."""
    money = (fact for fact in sketch.records.current() if fact.unit.kind is Kind.MONEY)
    return tuple(sorted(money, key=lambda fact: -fact.value))
