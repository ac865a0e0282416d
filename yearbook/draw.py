"""Draws a chart as SVG: our faces and no others, the same bytes each time, and every doubt of
matplotlib's a finding. See docs/charts.md.

Text stays text, so that the figures in a chart can be read and audited on the finished page.
"""

import logging
import re
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from yearbook.book import ChartSpec
from yearbook.chart import Chart, Drawing, Sketch
from yearbook.doing import doing
from yearbook.easel import own_settings
from yearbook.finding import Finding, error
from yearbook.model import Language, Text
from yearbook.records import UnknownError
from yearbook.svg import finished
from yearbook.theme import Theme
from yearbook.worker.blame import drawing

with own_settings():
    import matplotlib as mpl
    import numpy as np
    from cycler import cycler
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.collections import Collection
    from matplotlib.figure import Figure
    from matplotlib.font_manager import fontManager
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.text import Text as MplText

LARGEST = (6.5, 9.0)
"""Inches: what a page holds, its text block with a line to spare."""
_GLYPH = re.compile(r"Glyph (\d+) ")
_HOLE = re.compile(r"\b(?:nan|inf|None|NaT)\b")


class Face(Protocol):
    """A cut of a family, as `yearbook.fonts.Face`: ``content`` is a TrueType file."""

    @property
    def family(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def draw(chart: Chart, spec: ChartSpec, sketch: Sketch, faces: Sequence[Face]) -> Drawing:
    """Draw a chart for one edition. Raises nothing of the chart's making.

    The same records, theme and faces give the same bytes in any process, folder and time zone.
    """
    problems: list[tuple[Text, Text]] = []
    svg = b""
    alt: Mapping[Language, str] = {}
    with doing(spec.place), _heard(problems), _style(sketch.theme), _only(faces, sketch.theme):
        try:
            alt = _each(sketch, chart.alt)
            figure = _figure(chart)
            chart.draw(figure, sketch)
            problems.extend((*_holes(figure), *_excess(figure)))
            titles = _each(sketch, lambda one: one.words(spec.title))
            svg = finished(_saved(figure), f"{spec.id}-{sketch.edition}", titles, alt)
        except UnknownError as unknown:
            problems.append((unknown.what, unknown.hint))
        except Exception as fault:  # noqa: BLE001 - whatever a chart does wrong is told by its name
            problems.append(_failure(fault))
    findings = tuple(_finding(spec, *problem) for problem in dict.fromkeys(problems))
    return Drawing(svg, alt, findings)


def _each(sketch: Sketch, say: Callable[[Sketch], str]) -> Mapping[Language, str]:
    return {language: say(sketch.within(language)) for language in sketch.edition.languages}


def _figure(chart: Chart) -> Figure:
    figure = Figure(figsize=chart.size, dpi=72)
    figure.patch.set_visible(False)
    FigureCanvasSVG(figure)
    return figure


def _saved(figure: Figure) -> bytes:
    content = BytesIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    figure.savefig(content, format="svg", metadata=nothing)
    return content.getvalue()


@contextmanager
def _style(theme: Theme) -> Iterator[None]:
    """matplotlib's own defaults, whatever the user's are, and the theme."""
    ink, muted, rule = (theme.colours[name] for name in ("ink", "muted", "rule"))
    series = [theme.colours[name] for name in ("first", "second", "third", "fourth", "fifth")]
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "font.family": list(theme.sans),
                "font.size": 8,
                "text.color": ink,
                "text.parse_math": False,
                "axes.labelcolor": ink,
                "axes.edgecolor": rule,
                "axes.prop_cycle": cycler(color=series),
                "xtick.color": muted,
                "ytick.color": muted,
                "hatch.linewidth": 0.7,
                "svg.fonttype": "none",
            }
        )
        yield


@contextmanager
def _only(faces: Sequence[Face], theme: Theme) -> Iterator[None]:
    """For the while, matplotlib knows the faces of a label and no others."""
    known = fontManager.ttflist
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        fontManager.ttflist = []
        try:
            for number, face in enumerate(face for face in faces if face.family in theme.sans):
                path = Path(folder, f"{number}.ttf")
                path.write_bytes(face.content)
                fontManager.addfont(path)
            yield
        finally:
            fontManager.ttflist = known
            # What was found among our faces must not be found again; addfont does the same.
            fontManager._findfont_cached.cache_clear()  # type: ignore[attr-defined]


@contextmanager
def _heard(problems: list[tuple[Text, Text]]) -> Iterator[None]:
    """Whatever matplotlib warns of or logs joins the problems."""
    log = logging.getLogger("matplotlib")
    ear = _Ear(problems)
    spoke, log.propagate = log.propagate, False
    log.addHandler(ear)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield
        problems.extend(_warned(str(warning.message)) for warning in caught)
    finally:
        log.removeHandler(ear)
        log.propagate = spoke


class _Ear(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, problems: list[tuple[Text, Text]]) -> None:
        super().__init__(logging.WARNING)
        self._problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        self._problems.append(_warned(record.getMessage()))


def _finding(spec: ChartSpec, what: Text, hint: Text) -> Finding:
    named = Text(f'chart "{spec.id}": {what.en}', f"图“{spec.id}”：{what.zh}")
    return error("chart", spec.place, named, hint)


def _failure(fault: Exception) -> tuple[Text, Text]:
    said = f"{type(fault).__name__}: {fault}"
    lines = (drawing(frame, line) for frame, line in traceback.walk_tb(fault.__traceback__))
    places = [str(place) for place in lines if place is not None]
    at = Text(f", at {places[-1]}", f"，位于 {places[-1]}") if places else Text("", "")
    return (
        Text(f"it cannot be drawn: {said}{at.en}", f"无法绘制，Python报告“{said}”{at.zh}"),
        Text("correct its module in figures/", "请修改 figures/ 中对应的模块"),
    )


def _warned(message: str) -> tuple[Text, Text]:
    glyph = _GLYPH.search(message)
    if glyph is None:
        return (
            Text(f"matplotlib warns: {message}", f"matplotlib 警告：{message}"),
            Text("correct its module in figures/", "请修改 figures/ 中对应的模块"),
        )
    character = chr(int(glyph[1]))
    code = f"U+{int(glyph[1]):04X}"
    return (
        Text(f'the fonts cannot show "{character}" ({code})', f"字体缺少“{character}”（{code}）"),
        Text("write it otherwise, or add it to the fonts", "请改用其他写法，或在字体中补充该字"),
    )


def _holes(figure: Figure) -> Iterator[tuple[Text, Text]]:
    """What is no number must not be drawn: matplotlib would leave a gap without a word."""
    for artist in _shown(figure):
        said = artist.get_text() if isinstance(artist, MplText) else ""
        if "$" in said and isinstance(artist, MplText) and artist.get_parse_math():
            yield (
                Text("a label is read as a formula, and its $ vanish", "标签被当作公式，$ 会消失"),
                Text("leave parse_math alone: it is off", "请勿改动 parse_math（默认关闭）"),
            )
        if _HOLE.search(said) or not all(map(_finite, _coordinates(artist))):
            yield (
                Text("a value is missing or not a number", "有数值缺失或不是数字"),
                Text(
                    "draw only what the records hold, or mark the gap",
                    "只绘制记录中已有的数值，缺失处请另作标记",
                ),
            )


def _shown(artist: Artist) -> Iterator[Artist]:
    """An artist and all in it that will be drawn; to ask an axis that is off for its parts makes
    them."""
    if not artist.get_visible():
        return
    yield artist
    off = isinstance(artist, Axes) and not artist.axison
    for child in artist.get_children():
        if not (off and isinstance(child, Axis)):
            yield from _shown(child)


def _coordinates(artist: Artist) -> Iterator[Any]:
    """All numbers that say where an artist stands."""
    if isinstance(artist, Line2D):
        yield artist.get_xydata()
    elif isinstance(artist, Patch):
        yield artist.get_transform().transform(artist.get_path().vertices)
    elif isinstance(artist, Collection):
        yield artist.get_offsets()
        yield from (path.vertices for path in artist.get_paths())
    elif isinstance(artist, MplText):
        yield artist.get_position()


def _finite(values: Any) -> bool:
    return bool(np.isfinite(np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)).all())


def _excess(figure: Figure) -> Iterator[tuple[Text, Text]]:
    width, height = figure.get_size_inches()
    if width > LARGEST[0] or height > LARGEST[1]:
        yield (
            Text(
                f"it measures {width:.1f} by {height:.1f} inches and does not fit on a page",
                f"尺寸为{width:.1f}×{height:.1f}英寸，超出版面",
            ),
            Text(
                f"keep it within {LARGEST[0]} by {LARGEST[1]} inches",
                f"请控制在{LARGEST[0]}×{LARGEST[1]}英寸以内",
            ),
        )
