"""People dispatched by rank: a square for each person, of all groups and of the last group."""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from figures._paper import Paper, Point, paper
from figures._ranks import Rank, Scope, scopes
from figures._words import LINE, STRONG, lines, spoken, spread
from yearbook.chart import Sketch
from yearbook.model import Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE = (6.1, 2.9)
PITCH = 0.1
SQUARE = 0.082
SENTENCE = Text("{scope}: {total}. By rank: {parts}.", "{scope}：共{total}。按级别分：{parts}。")


def draw(figure: "Figure", sketch: Sketch) -> None:
    """All groups as columns of squares, the last group as rows of the same squares."""
    every, *later = scopes(sketch)
    sheet = paper(figure, sketch)
    down = _block(sheet, every)
    for scope in later:
        down = _strips(sheet, scope, down + 0.24)
    sheet.crop(down)


def _block(sheet: Paper, scope: Scope) -> float:
    """Bands of squares under their labels; gives how far down they reach."""
    deep = depth(scope.ranks, int(sheet.width / PITCH))
    sheet.write((0, 0.1), scope.heading(sheet.sketch), STRONG)
    bands = [ceil(rank.people / deep) * PITCH + PITCH for rank in scope.ranks]
    starts = [sum(bands[:number]) for number in range(len(bands))]
    words = [sheet.sketch.words(rank.code.label) for rank in scope.ranks]
    widths = [max(map(sheet.measure, text.split("\n"))) + 0.1 for text in words]
    places = spread(starts, widths, sheet.width)
    middle = 0.37 + lines(sheet.sketch) * LINE / 2
    top = 0.41 + lines(sheet.sketch) * LINE
    for rank, text, place, start in zip(scope.ranks, words, places, starts, strict=True):
        sheet.write((place, 0.3), rank.figure(sheet.sketch), STRONG)
        sheet.write((place, middle), text)
        _squares(sheet, rank, (start, top), deep)
    return top + deep * PITCH


def _strips(sheet: Paper, scope: Scope, top: float) -> float:
    """A line for each rank, its squares and its label; gives how far down they reach."""
    step = max(lines(sheet.sketch) * LINE, 2 * PITCH) + 0.06
    sheet.write((0, top), scope.heading(sheet.sketch), STRONG)
    widest = max(ceil(rank.people / 2) for rank in scope.ranks) * PITCH + 0.1
    for number, rank in enumerate(scope.ranks):
        middle = top + 0.14 + step * (number + 0.5)
        _squares(sheet, rank, (0, middle - PITCH), 2)
        words = sheet.sketch.words(rank.code.label)
        figure = rank.figure(sheet.sketch)
        sheet.write((widest, middle), figure, STRONG)
        right = widest + sheet.measure(figure, STRONG) + 0.07
        sheet.write((right, middle), words)
    return top + 0.14 + step * len(scope.ranks)


def _squares(sheet: Paper, rank: Rank, corner: Point, deep: int) -> None:
    """A band of squares, filled column by column."""
    places = (divmod(person, deep) for person in range(rank.people))
    corners = [(corner[0] + column * PITCH, corner[1] + row * PITCH) for column, row in places]
    sheet.boxes(corners, (SQUARE, SQUARE), rank.colour)


def depth(ranks: Sequence[Rank], across: int) -> int:
    """The fewest rows in which the bands, each beginning a column, fit beside each other."""
    deep = 1
    while sum(ceil(rank.people / deep) + 1 for rank in ranks) > across:
        deep += 1
    return deep


def alt(sketch: Sketch) -> str:
    """A sentence for each scope."""
    language = sketch.language

    chinese = language is Language.ZH

    def said(scope: Scope) -> str:
        unit = scope.total.unit.zh if chinese else ""
        parts = (
            f"{sketch.words(rank.code.label)}{'' if chinese else ': '}{rank.figure(sketch)}{unit}"
            for rank in scope.ranks
        )
        return SENTENCE.of(language).format(
            scope=sketch.words(scope.label),
            total=spoken(scope.total, language),
            parts=("、" if chinese else "; ").join(parts),
        )

    return ("" if chinese else " ").join(map(said, scopes(sketch)))
