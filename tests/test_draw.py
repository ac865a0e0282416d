"""Drawing: our faces only, the same bytes everywhere, every doubt a finding."""

import contextlib
import logging
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager

from tests.edits import ROOT
from tests.sketches import PLACE, faces, parsed, reading, sketch, tag, trial
from yearbook import svg as drawn_page
from yearbook.chart import Drawing, Sketch
from yearbook.draw import LARGEST
from yearbook.model import Edition, Language, Text

DIGEST = """
import hashlib
from figures import CHARTS
from tests.sketches import faces, records, sketch
from yearbook.draw import draw
from yearbook.model import Edition
specs = {spec.id: spec for spec in records().chapter.charts}
digest = hashlib.sha256()
for name in ("trained", "partners"):
    drawing = draw(CHARTS[name], specs[name], sketch(Edition.BOTH), faces())
    digest.update(drawing.svg)
print(digest.hexdigest())
"""


def words(svg: bytes) -> list[str]:
    """The texts of a drawing in their order."""
    return [node.text or "" for node in parsed(svg).iter() if tag(node) == "text"]


def write(text: str, edition: Edition = Edition.EN) -> Drawing:
    """Draw a text alone."""

    def drawing(figure: Figure, _: Sketch) -> None:
        figure.text(0.1, 0.5, text)

    return trial(drawing, edition)


def mixed(figure: Figure, _: Sketch) -> None:
    """A drawing with all that needs an id: clips, markers, hatches."""
    axes = figure.add_subplot(xticks=[], yticks=[])
    axes.plot([1, 2, 3], [3, 1, 2], marker="o")
    axes.bar([1, 2], [2, 3], hatch="//")
    axes.set_title("人 people", weight="bold")


def elsewhere(home: Path, **environment: str) -> str:
    """What another process, in another surrounding, draws: a digest."""
    surrounding = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT), **environment}
    surrounding.pop("MPLCONFIGDIR", None)
    command = [sys.executable, "-W", "error", "-c", DIGEST]
    done = subprocess.run(command, env=surrounding, cwd=home, capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_same_bytes_elsewhere(tmp_path: Path) -> None:
    """Hash seed, time zone, locale and the settings in the current folder change no byte."""
    (tmp_path / "matplotlibrc").write_text("svg.fonttype: path\nfont.size: 20\n")

    first = elsewhere(tmp_path, PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C")
    second = elsewhere(ROOT / "data", PYTHONHASHSEED="2", TZ="America/New_York")

    assert first == second
    assert re.fullmatch("[0-9a-f]{64}", first)


def test_nothing_is_written_at_home(tmp_path: Path) -> None:
    """matplotlib keeps no list of fonts and no settings in the user's home."""
    elsewhere(tmp_path)

    assert list(tmp_path.rglob("*")) == []


def test_charts_are_listed_without_waiting_for_matplotlib() -> None:
    """A run that draws nothing imports neither matplotlib nor pandas by way of figures/."""
    code = "import sys, figures; print({'matplotlib', 'pandas'} & set(sys.modules))"
    command = [sys.executable, "-c", code]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)

    assert done.stdout.strip() == b"set()"


def test_settings_of_the_process_do_not_show() -> None:
    """What another part of the process has set changes nothing, and stays set."""
    before = trial(mixed).svg

    with mpl.rc_context({"font.size": 30, "svg.fonttype": "path", "lines.linewidth": 9}):
        within = trial(mixed).svg

        assert mpl.rcParams["font.size"] == 30

    assert within == before


def test_prefixes_of_the_process_do_not_show() -> None:
    """A namespace prefix registered by another module does not reach the drawing."""
    ElementTree.register_namespace("odd", "http://www.w3.org/2000/svg")

    assert trial(mixed).svg.startswith(b"<svg ")


def test_only_our_faces_while_drawing() -> None:
    """matplotlib knows the label families of the theme and no others, and all again after it."""
    seen: set[str] = set()
    before = fontManager.ttflist

    trial(lambda figure, sketch: seen.update(entry.name for entry in fontManager.ttflist))

    assert seen == {"Noto Sans", "Noto Sans SC"}
    assert fontManager.ttflist is before
    assert not [entry for entry in before if entry.name == "Noto Sans SC" and "tmp" in entry.fname]


def test_what_was_found_among_our_faces_is_forgotten() -> None:
    """A later search for a family does not lead to the file that drawing has removed."""
    write("人")

    found = ""
    with (
        mpl.rc_context({"font.family": list(reading().theme.sans), "font.size": 8}),
        contextlib.suppress(ValueError),  # where the system has no such family
    ):
        wanted = FontProperties(family="Noto Sans SC")
        found = fontManager.findfont(wanted, fallback_to_default=False)

    assert not found or Path(found).exists()


def test_missing_glyph_names_the_character() -> None:
    """A character that no face shows is an error at the chart's row."""
    (finding,) = write("\u0e01").findings

    assert finding.rule == "chart"
    assert finding.place == PLACE
    assert finding.what.en == 'chart "trial": the fonts cannot show "\u0e01" (U+0E01)'
    assert finding.what.zh == "图“trial”：字体缺少“\u0e01”（U+0E01）"


def test_foreign_family_is_found() -> None:
    """A chart that asks for another family is told so."""
    drawing = trial(lambda figure, _: figure.text(0, 0, "x", family="Comic Sans"))

    assert any("Comic Sans" in finding.what.en for finding in drawing.findings)


def test_exception_becomes_a_finding() -> None:
    """A chart that fails is named with its message, and there is no drawing."""

    def broken(figure: Figure, _: Sketch) -> None:
        raise ZeroDivisionError("division by zero")

    drawing = trial(broken)

    assert drawing.svg == b""
    assert [finding.what.en for finding in drawing.findings] == [
        'chart "trial": it cannot be drawn: ZeroDivisionError: division by zero'
    ]


def test_a_failure_has_its_line() -> None:
    """A chart that fails is told with the line of its module in figures/, in both languages."""
    module: dict[str, Any] = {"__name__": "figures.trial"}
    code = "def draw(figure, sketch):\n    return half(0)\ndef half(x):\n    return 1 / x\n"
    exec(compile(code, "/book/figures/trial.py", "exec"), module)  # noqa: S102 - our own lines
    (finding,) = trial(module["draw"]).findings
    said = "ZeroDivisionError: division by zero"
    assert finding.what == Text(
        f'chart "trial": it cannot be drawn: {said}, at figures/trial.py:4',
        f"图“trial”：无法绘制，Python报告“{said}”，位于 figures/trial.py:4",
    )


def test_unknown_figure_keeps_the_records_hint() -> None:
    """A chart that asks for a figure the records lack hands on what they say."""
    (finding,) = trial(lambda figure, sketch: sketch.fact("dispached")).findings

    assert finding.what.zh == "图“trial”：没有名为“dispached”的数据"
    assert finding.hint.en == 'did you mean "dispatched"?'


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
@pytest.mark.parametrize("kind", ["plot", "bar", "scatter", "fill"])
def test_no_number_is_never_drawn(value: float, kind: str) -> None:
    """A gap that matplotlib would leave without a word is an error."""

    def drawing(figure: Figure, _: Sketch) -> None:
        axes = figure.add_subplot(xlim=(0, 3), ylim=(0, 3), xticks=[], yticks=[])
        getattr(axes, kind)([1, 2], [1, value])

    assert "a value is missing or not a number" in str(trial(drawing).findings)


@pytest.mark.parametrize(
    ("seen", "axis", "wrong"), [(True, "on", True), (True, "off", False), (False, "on", False)]
)
def test_only_what_is_drawn_is_looked_at(seen: bool, axis: str, wrong: bool) -> None:
    """The name of an axis counts where the axis is drawn, and so do the parts of anything else."""

    def drawing(figure: Figure, _: Sketch) -> None:
        axes = figure.add_subplot(visible=seen)
        axes.set_xlabel("nan")
        axes.axis(axis)

    assert bool(trial(drawing).findings) is wrong


@pytest.mark.parametrize("text", ["nan", "None people", "inf%"])
def test_no_word_for_nothing_is_printed(text: str) -> None:
    """A label made of a missing value is an error."""
    assert "a value is missing or not a number" in str(write(text).findings)


def test_warnings_and_logs_become_findings() -> None:
    """Whatever is warned of while drawing is an error; nothing reaches the user's screen."""

    def drawing(figure: Figure, _: Sketch) -> None:
        warnings.warn("careful", stacklevel=1)
        logging.getLogger("matplotlib.font_manager").warning("odd font")

    assert sorted(finding.what.en for finding in trial(drawing).findings) == [
        'chart "trial": matplotlib warns: careful',
        'chart "trial": matplotlib warns: odd font',
    ]


def test_too_large_for_a_page() -> None:
    """A drawing larger than a page is an error."""
    assert not trial(mixed, inches=LARGEST[0]).findings
    assert "does not fit on a page" in str(trial(mixed, inches=LARGEST[0] + 0.1).findings)


def test_text_stays_text() -> None:
    """Labels can be read and audited; a dollar sign is no markup."""
    drawing = write("US$100 to HK$200 人_{x}^2")

    assert drawing.findings == ()
    assert words(drawing.svg) == ["US$100 to HK$200 人_{x}^2"]


def test_fit_to_stand_in_a_page() -> None:
    """No prolog, metadata, style sheet or style; families without a blank between them."""
    svg = trial(mixed, Edition.BOTH).svg.decode()

    assert svg.startswith("<svg ")
    assert not re.search(r"<\?xml|<!DOCTYPE|<metadata|<style|style=|<!--|matplotlib", svg)
    assert set(re.findall(r'font-family="([^"]+)"', svg)) == {"'Noto Sans','Noto Sans SC'"}


def test_ids_are_of_this_drawing() -> None:
    """All ids begin with chart and edition, stand once, and every reference finds its own."""
    svg = trial(mixed, Edition.ZH).svg.decode()
    ids = re.findall(r' id="([^"]+)"', svg)
    used = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', svg)

    assert len(ids) == len(set(ids))
    assert all(name.startswith("trial-zh-") for name in ids)
    assert {one or other for one, other in used} == {n for n in ids if n[-1].isdigit()}


def test_said_in_each_language() -> None:
    """The title and the descriptions are marked with their languages and named by the root."""
    drawing = trial(mixed, Edition.BOTH)
    root = parsed(drawing.svg)
    names = root.attrib["aria-labelledby"].split()
    spoken = {node.attrib["id"]: node for node in root if tag(node) in ("title", "desc")}

    assert root.attrib["role"] == "img"
    assert [(spoken[name].text, spoken[name].attrib["lang"]) for name in names] == [
        ("A trial", "en"),
        ("试图", "zh-CN"),
        ("said in en", "en"),
        ("said in zh", "zh-CN"),
    ]
    assert drawing.alt == {Language.EN: "said in en", Language.ZH: "said in zh"}


def test_inline_colours_are_variables() -> None:
    """On a web page each colour of the theme follows the page; others stay."""
    theme = reading().theme

    def drawing(figure: Figure, sketch: Sketch) -> None:
        for place, name in enumerate(theme.colours):
            figure.text(0, place / 20, name, color=sketch.colour(name))
        figure.text(0.5, 0.5, "other", color="#123456")

    page = drawn_page.inline(trial(drawing).svg, theme)

    for name, colour in theme.colours.items():
        assert f'fill="var(--{name}, {colour})"' in page
    assert 'fill="#123456"' in page


def test_print_gets_no_variables() -> None:
    """The drawing itself has plain colours, as WeasyPrint needs them."""
    assert b"var(" not in trial(mixed).svg
    assert sketch().colour("ink") == reading().theme.colours["ink"]
    assert faces()
