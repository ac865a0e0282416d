"""The aided counties, by province, and the partners they are linked with."""

from collections.abc import Mapping, Sequence
from math import inf
from statistics import mean
from typing import TYPE_CHECKING

from figures._paper import Paper, Point, paper
from figures._words import LINE, MUTED, lines, spread, wrapped
from yearbook.chart import Sketch
from yearbook.model import Entry, Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE = (6.1, 3.0)
COUNTY = 1.02
LINK = (2.12, 2.62)
PARTNER = 2.7
LETTERS = 58
GROUP = 0.07
ROW = 0.04
CURVE = 16
SENTENCE = Text("Aided counties and their partners: {parts}.", "定点扶贫县及其合作单位：{parts}。")


def draw(figure: "Figure", sketch: Sketch) -> None:
    """Two columns, the left by province, the right beside what it is linked with."""
    links = pairs(sketch)
    names = {words: wrapped(sketch.words(words), LETTERS) for _, words in links}
    deep = lines(sketch)
    counties = list(dict.fromkeys(entry.code("place") for entry, _ in links))
    sheet = paper(figure, sketch)
    left = _counties(sheet, counties, deep * LINE + ROW)
    right = _partners(sheet, names, [(left[entry.code("place")], words) for entry, words in links])
    for entry, words in links:
        _link(sheet, left[entry.code("place")], right[words])
    sheet.crop(max(*left.values(), *right.values()) + deep * LINE / 2 + 0.06)


def pairs(sketch: Sketch) -> list[tuple[Entry, Text]]:
    """Each partnership and its partner, in the order of the places' codes."""
    entries = sorted(sketch.entries("partnerships"), key=lambda entry: entry.code("place"))
    return [(entry, entry.words("partner")) for entry in entries]


def _province(sketch: Sketch, code: str) -> str:
    return sketch.records.book.divisions[code].province


def _counties(sheet: Paper, codes: Sequence[str], step: float) -> Mapping[str, float]:
    """Write the counties under each other; gives how far down each is."""
    places: dict[str, float] = {}
    provinces: dict[str, list[float]] = {}
    for code in codes:
        province = _province(sheet.sketch, code)
        down = step * (len(places) + 0.5) + GROUP * (len({*provinces, province}) - 1)
        places[code] = down
        provinces.setdefault(province, []).append(down)
        sheet.write((COUNTY, down), sheet.sketch.place(code))
    reach = lines(sheet.sketch) * LINE / 2
    for province, downs in provinces.items():
        sheet.write((0, (downs[0] + downs[-1]) / 2), sheet.sketch.place(province), MUTED)
        bracket = [(COUNTY - 0.08, downs[0] - reach), (COUNTY - 0.08, downs[-1] + reach)]
        sheet.line(bracket, "rule", 0.8)
    return places


def _partners(
    sheet: Paper, names: Mapping[Text, str], links: Sequence[tuple[float, Text]]
) -> Mapping[Text, float]:
    """Write each partner beside the middle of its counties; gives how far down each is."""
    wanted = {name: mean(down for down, words in links if words == name) for name in names}
    order = sorted(names, key=lambda words: wanted[words])
    heights = [(names[words].count("\n") + 1) * LINE + ROW for words in order]
    starts = [wanted[words] - height / 2 for words, height in zip(order, heights, strict=True)]
    places = spread(starts, heights, inf)
    down = {
        words: place + height / 2
        for words, place, height in zip(order, places, heights, strict=True)
    }
    for words, name in names.items():
        sheet.write((PARTNER, down[words]), name)
    return down


def _link(sheet: Paper, left: float, right: float) -> None:
    sheet.line(curve((LINK[0], left), (LINK[1], right)), "third", 1.4)
    for end in ((LINK[0], left), (LINK[1], right)):
        sheet.dot(end, "first", 3.5)


def curve(start: Point, end: Point) -> list[Point]:
    """Points from one to the other, level at both ends.

    >>> curve((0, 0), (1, 1))[CURVE // 2]
    (0.5, 0.5)
    """
    shares = [number / CURVE for number in range(CURVE + 1)]
    return [
        (
            start[0] + (end[0] - start[0]) * share,
            start[1] + (end[1] - start[1]) * share * share * (3 - 2 * share),
        )
        for share in shares
    ]


def alt(sketch: Sketch) -> str:
    """Each county with its province and its partner."""
    chinese = sketch.language is Language.ZH
    form = "{province}{county}与{partner}" if chinese else "{county}, {province}, with {partner}"
    parts = [
        form.format(
            province=sketch.place(_province(sketch, entry.code("place"))),
            county=sketch.place(entry.code("place")),
            partner=sketch.words(words),
        )
        for entry, words in pairs(sketch)
    ]
    return SENTENCE.of(sketch.language).format(parts=("；" if chinese else "; ").join(parts))
