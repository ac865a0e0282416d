"""A sheet measured in inches from its top left corner, and the few marks that all charts share.

Nothing here or in a chart imports matplotlib at run time: an edition that needs no new drawing
does not wait for it. Shapes are added as artists: the limits of the sheet are set, and to learn
them from a thousand squares takes as long as to draw them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from figures._words import BODY, LINE, POINT, Pen
from yearbook.chart import Sketch

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HATCH = 0.04
"""Inches from one stroke to the next, along either side."""
Point = tuple[float, float]
"""Right and down, in inches."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet to draw on."""

    figure: "Figure"
    axes: "Axes"
    sketch: Sketch
    width: float

    def crop(self, height: float) -> None:
        """Make the sheet as high as this; what stands on it stays where it is."""
        self.figure.set_size_inches(self.width, height)
        self.axes.set_ylim(height, 0)

    def write(self, at: Point, text: str, pen: Pen = BODY, anchor: str = "left") -> None:
        """Write lines around the height of a point."""
        lines = text.split("\n")
        step = LINE * pen.size / BODY.size
        for number, line in enumerate(lines):
            down = at[1] + (number - (len(lines) - 1) / 2) * step + 0.36 * pen.size * POINT
            self.axes.text(
                at[0],
                down,
                line,
                size=pen.size,
                color=self.sketch.colour(pen.colour),
                weight=pen.weight,
                ha=anchor,
                va="baseline",
            )

    def measure(self, text: str, pen: Pen = BODY) -> float:
        """The width of a line."""
        trial = self.axes.text(0, 0, text, size=pen.size, weight=pen.weight)
        width = trial.get_window_extent().width * POINT
        trial.remove()
        return float(width)

    def fill(self, shapes: Sequence[Sequence[Point]], colour: str, alpha: float = 1) -> None:
        """Fill shapes as one."""
        from matplotlib.patches import PathPatch  # noqa: PLC0415 - see above
        from matplotlib.path import Path  # noqa: PLC0415

        paths = [Path([*corners, corners[0]], closed=True) for corners in shapes]
        self.axes.add_artist(
            PathPatch(
                Path.make_compound_path(*paths),
                facecolor=self.sketch.colour(colour),
                linewidth=0,
                clip_on=False,
                alpha=None if alpha == 1 else alpha,
            )
        )

    def boxes(self, corners: Sequence[Point], size: Point, colour: str, alpha: float = 1) -> None:
        """Fill rectangles of one size by their top left corners; ``open`` is hatched, too, so that
        it shows in black and white."""
        width, height = size
        around = ((0, 0), (width, 0), (width, height), (0, height))
        shapes = [[(left + x, top + y) for x, y in around] for left, top in corners]
        self.fill(shapes, colour, alpha)
        if colour == "open" and corners:
            self._hatch([stroke for corner in corners for stroke in strokes(corner, size)])

    def _hatch(self, drawn: Sequence[tuple[Point, Point]]) -> None:
        """Draw strokes as one path: a pattern of SVG shows the seams of its tiles."""
        from matplotlib.patches import PathPatch  # noqa: PLC0415 - see above
        from matplotlib.path import Path  # noqa: PLC0415

        points = [point for stroke in drawn for point in stroke]
        path = Path(points, [Path.MOVETO, Path.LINETO] * len(drawn))
        colour = self.sketch.colour("muted")
        self.axes.add_artist(
            PathPatch(path, fill=False, edgecolor=colour, linewidth=0.7, clip_on=False)
        )

    def line(self, points: Sequence[Point], colour: str = "rule", width: float = 0.7) -> None:
        """Draw through points; ``width`` in points."""
        right, down = zip(*points, strict=True)
        self.axes.plot(
            right, down, color=self.sketch.colour(colour), linewidth=width, clip_on=False
        )

    def dot(self, at: Point, colour: str, size: float = 6) -> None:
        """A round dot, so many points wide."""
        self.axes.plot(
            *at,
            marker="o",
            markersize=size,
            markeredgewidth=0,
            clip_on=False,
            color=self.sketch.colour(colour),
        )

    def arrow(self, start: Point, end: Point, colour: str) -> None:
        """A thin arrow: what lies beyond a bound."""
        back = 0.06 if end[0] < start[0] else -0.06
        self.line([start, end], colour, 1.1)
        wings = [(end[0] + back, end[1] - 0.035), end, (end[0] + back, end[1] + 0.035)]
        self.line(wings, colour, 1.1)


def strokes(corner: Point, size: Point) -> list[tuple[Point, Point]]:
    """The rising strokes that hatch a rectangle, those of neighbours in line with each other.

    >>> strokes((0, 0), (0.04, 0.04))
    [((0, 0.04), (0.04, 0.0))]
    """
    (left, top), (right, bottom) = corner, (corner[0] + size[0], corner[1] + size[1])
    first, last = ceil((left + top) / HATCH + 0.01), floor((right + bottom) / HATCH - 0.01)
    found = []
    for total in (number * HATCH for number in range(first, last + 1)):
        low, high = max(left, total - bottom), min(right, total - top)
        found.append(((low, total - low), (high, total - high)))
    return found


def paper(figure: "Figure", sketch: Sketch) -> Paper:
    """A sheet as wide as the figure; cut it to the height of what was drawn by `Paper.crop`."""
    width, height = (float(side) for side in figure.get_size_inches())
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0), xticks=(), yticks=())
    axes.set_axis_off()
    return Paper(figure, axes, sketch, width)
