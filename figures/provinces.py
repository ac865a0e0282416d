"""Where the aided counties lie: a tile for each province-level division, north at the top."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from figures._paper import Paper, Point, paper
from figures._words import MUTED, Pen, joined
from yearbook.chart import Sketch
from yearbook.model import Language, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE = (6.1, 3.2)
GRID = """
    .  .  .  .  .  .  .  23
    .  .  .  .  15 11 12 22
    65 63 62 64 14 13 37 21
    .  54 51 61 41 34 32 31
    .  .  53 50 42 36 33 .
    .  .  .  52 43 44 35 71
    .  .  .  .  45 82 81 .
    .  .  .  .  46 .  .  .
"""
"""The first two digits of each GB/T 2260 code, roughly where the division lies."""
GAP = 0.035
LONGEST = 12
STATUS = re.compile("(壮族|回族|维吾尔)?(自治区|特别行政区|省|市)$")
LEGEND = Text("Aided counties", "定点扶贫县数")
SENTENCE = Text("Aided counties by province: {parts}.", "定点扶贫县分布：{parts}。")


def draw(figure: "Figure", sketch: Sketch) -> None:
    """A tile map; the darker, the more aided counties, and their number in the tile."""
    sheet = paper(figure, sketch)
    # Two languages need three lines in a tile.
    height = SIZE[1] * (1 if len(sketch.edition.languages) == 1 else 1.1)
    sheet.crop(height)
    rows = [line.split() for line in GRID.split("\n") if line.strip()]
    size = (sheet.width / max(map(len, rows)), height / len(rows))
    counts = aided(sketch)
    for row, codes in enumerate(rows):
        for column, code in enumerate(codes):
            if code != ".":
                _tile(sheet, code + "0000", counts, (column * size[0], row * size[1]), size)
    _legend(sheet, counts)


def aided(sketch: Sketch) -> Mapping[str, int]:
    """How many counties of each province-level division have a partnership."""
    divisions = sketch.records.book.divisions
    counties = {entry.code("place") for entry in sketch.entries("partnerships")}
    return Counter(divisions[county].province for county in sorted(counties))


def _tile(sheet: Paper, code: str, counts: Mapping[str, int], corner: Point, size: Point) -> None:
    colour, alpha, ink = shade(counts, counts.get(code, 0))
    inner = (size[0] - GAP, size[1] - GAP)
    sheet.boxes([corner], inner, colour, alpha)
    names = [
        line
        for language in sheet.sketch.edition.languages
        for line in short(sheet.sketch, code, language)
    ]
    sheet.write((corner[0] + 0.045, corner[1] + inner[1] / 2), "\n".join(names), Pen(7.5, ink))
    if counts.get(code):
        number = (corner[0] + inner[0] - 0.05, corner[1] + inner[1] - 0.11)
        sheet.write(number, str(counts[code]), Pen(9, ink, 700), "right")


def shade(counts: Mapping[str, int], count: int) -> tuple[str, float, str]:
    """Colour, opacity and the colour of words on it, in both themes: never a middling shade."""
    share = count / max(counts.values())
    if not count:
        return "panel", 1, "muted"
    return ("first", 1, "paper") if share == 1 else ("first", 0.15 + 0.35 * share, "ink")


def short(sketch: Sketch, code: str, language: Language) -> list[str]:
    """A division's name without its status, as maps print it; a long English one in two lines."""
    name = sketch.within(language).place(code)
    if language is Language.ZH:
        return [STATUS.sub("", name)]
    return name.split(" ") if len(name) > LONGEST else [name]


def _legend(sheet: Paper, counts: Mapping[str, int]) -> None:
    """The shades and what they stand for, in the empty north-west."""
    sheet.write((0, 0.1), joined(sheet.sketch, LEGEND.of), MUTED)
    for number, count in enumerate(sorted(set(counts.values()))):
        colour, alpha, ink = shade(counts, count)
        corner = (number * 0.34, 0.22)
        sheet.boxes([corner], (0.3, 0.2), colour, alpha)
        sheet.write((corner[0] + 0.15, 0.32), str(count), Pen(8, ink, 700), "center")


def alt(sketch: Sketch) -> str:
    """Each province with its number of aided counties."""
    counts = aided(sketch)
    chinese = sketch.language is Language.ZH
    form = "{name}{count}个" if chinese else "{name} {count}"
    parts = [form.format(name=sketch.place(code), count=counts[code]) for code in sorted(counts)]
    return SENTENCE.of(sketch.language).format(parts=("、" if chinese else ", ").join(parts))
