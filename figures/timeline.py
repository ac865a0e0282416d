"""Milestones: the years since the first group and, below them, enlarged, the data year."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from figures._events import Event, Scale, months, years
from figures._paper import Paper, paper
from figures._words import BODY, LINE, MUTED, STRONG
from yearbook.chart import Sketch
from yearbook.model import Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE = (6.1, 3.0)
BAR = 0.1
GAP = 0.08
PERIOD, YEAR, DAY = Text("period", "时期"), Text("a year", "年份"), Text("a day", "日期")
YEARS, MONTHS = Text("each tick a year", "刻度：年"), Text("each tick a month", "刻度：月")
SENTENCE = Text("In order of time: {parts}.", "按时间顺序：{parts}。")


def draw(figure: "Figure", sketch: Sketch) -> None:
    """What the marks mean; the years, a cone from the data year, its months."""
    sheet, year = paper(figure, sketch), sketch.records.year
    early = years(sketch)
    first = min(event.when.start for event in early)
    whole = Scale(int(first[:4]), year + 1, sheet.width)
    _legend(sheet, 0.08)
    sheet.write((0, 0.32), first[:4], STRONG)
    sheet.write((sheet.width / 2, 0.32), sketch.words(YEARS, " · "), MUTED, "center")
    sheet.write((sheet.width, 0.32), str(year), STRONG, "right")
    _axis(sheet, whole, 0.45, 1)
    down = _events(sheet, early, whole, 0.51)
    low = down + 0.32
    sheet.fill(
        [[(whole.at(year), down), (sheet.width, down), (sheet.width, low), (0, low)]], "panel"
    )
    sheet.write((sheet.width / 2, down + 0.2), sketch.words(MONTHS, " · "), MUTED, "center")
    sheet.write((sheet.width, down + 0.2), str(year), STRONG, "right")
    within = Scale(year, year + 1, sheet.width)
    _axis(sheet, within, low + 0.05, 12)
    sheet.crop(_events(sheet, months(sketch), within, low + 0.12))


def _legend(sheet: Paper, down: float) -> None:
    """A mark of each kind and its name."""
    right = 0.0
    for name, colour in ((PERIOD, "first"), (YEAR, "second"), (DAY, "")):
        if colour:
            sheet.boxes([(right, down - BAR / 2)], (0.3, BAR), colour)
        else:
            sheet.dot((right + 0.25, down), "second")
        right += 0.3 + GAP
        words = sheet.sketch.words(name, " · ")
        sheet.write((right, down), words, MUTED)
        right += sheet.measure(words, MUTED) + 0.25


def _axis(sheet: Paper, scale: Scale, down: float, ticks: int) -> None:
    """A line with so many ticks a year."""
    sheet.line([(0, down), (sheet.width, down)], "muted")
    for number in range(int(scale.end - scale.start) * ticks + 1):
        right = scale.at(scale.start + number / ticks)
        sheet.line([(right, down - 0.05), (right, down)], "muted", 0.5)


def _events(sheet: Paper, events: Sequence[Event], scale: Scale, down: float) -> float:
    """A row for each; gives how far down they reach."""
    for event in events:
        words = [event.said(sheet.sketch, language) for language in sheet.sketch.edition.languages]
        width = max(map(sheet.measure, words)) + GAP
        left, right = scale.reach(event.when)
        beside = width < left or right + width < sheet.width
        height = len(words) * LINE
        middle = down + (height / 2 if beside else height + BAR / 2 + 0.02)
        _mark(sheet, event, (left, right), middle)
        if width < left:
            sheet.write((left - GAP, middle), "\n".join(words), BODY, "right")
        elif beside:
            sheet.write((right + GAP, middle), "\n".join(words))
        else:
            place = min(left, sheet.width - width)
            sheet.write((place, down + height / 2), "\n".join(words))
        down = max(middle + BAR / 2, down + height) + 0.08
    return down


def _mark(sheet: Paper, event: Event, reach: tuple[float, float], middle: float) -> None:
    """A dot for a day; a bar for a period, of another colour if the source gives only a year."""
    if len(event.when.start) == 10:
        sheet.dot((reach[0], middle), "second")
        return
    colour = "second" if event.when.start == event.when.end else "first"
    sheet.boxes([(reach[0], middle - BAR / 2)], (reach[1] - reach[0], BAR), colour)


def alt(sketch: Sketch) -> str:
    """All milestones in a sentence."""
    events = (*years(sketch), *months(sketch))
    joint = "；" if sketch.language is Language.ZH else "; "
    said = joint.join(event.said(sketch, sketch.language) for event in events)
    return SENTENCE.of(sketch.language).format(parts=said)
