"""Loads what draws charts before the processes are forked that draw them, and only if any must be
drawn: each would load it for itself, which takes longer than to draw one.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from yearbook.book import ChartSpec
from yearbook.chart import Chart, Sketch
from yearbook.fonts import Face
from yearbook.kit import Kit
from yearbook.lineage import imported, lineage
from yearbook.model import Edition, Place, Text
from yearbook.records import Records
from yearbook.specimen import records
from yearbook.studio import module, redrawn
from yearbook.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LOOKED = 8
"""So many editions are looked at; who changed all of 200 chapters changed these, too."""
_HEAVY = ("numpy", "pandas")
"""What the code of charts may import that takes long to load."""
_loaded: set[str] = set()
"""What this process, or the one it was forked from, has loaded."""


def ready(waiting: Sequence[tuple[Records, Edition]], kit: Kit) -> None:
    """Get ready for charts before the workers are forked that make these editions: find what the
    code of each is made of, and load what draws if one of them must be drawn."""
    for chart in kit.charts.values():
        lineage(kit.files, module(chart))
    looked = waiting[:_LOOKED]
    drawn = [chart for records, edition in looked for chart in redrawn(kit, records, edition)]
    if drawn:
        load(kit, drawn)


def load(kit: Kit, charts: Iterable[Chart]) -> None:
    """Load what draws, and what takes long to load of all that these charts import."""
    rehearse(kit.theme, kit.faces)
    wanted = {name for chart in charts for name in imported(kit.files, module(chart))}
    for name in wanted.intersection(_HEAVY) - _loaded:
        _loaded.add(name)
        with suppress(Exception):  # who draws without it has its own words for that
            import_module(name)


def rehearse(theme: Theme, faces: Sequence[Face]) -> None:
    """Draw something of our own, once, so that the processes forked to draw find all of the drawing
    engine loaded: half of the time of a first chart is that."""
    from yearbook import draw  # noqa: PLC0415 - charts are seldom drawn anew

    if draw.__name__ in _loaded:
        return
    _loaded.add(draw.__name__)
    sketch = Sketch(records(), theme, Edition.BOTH, lambda of, text: text.of(of))
    spec = ChartSpec("trial", Text("A trial", "试画"), Text("", ""), "", Place("figures"))
    draw.draw(Chart((3.0, 2.0), _trial, lambda _: ""), spec, sketch, faces)


def _trial(figure: "Figure", sketch: Sketch) -> None:
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    axes.barh([0, 1], [1, 2], color=sketch.colour("first"))
    axes.text(0, 0, sketch.words(Text("trial", "试画")), weight="bold").get_window_extent()
    axes.fill([0, 1, 1], [0, 0, 1])
