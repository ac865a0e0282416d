"""The charts: every edition legible, nothing typed, next year's rows drawn without new code."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text as Label
from matplotlib.transforms import Bbox

from figures import CHARTS, _ranks, _words, dispatched, funds, partners, trained, wenchuan
from figures._paper import paper
from tests.edits import ROOT
from tests.sketches import faces, parsed, reading, records, sketch, tag, trial
from yearbook.chart import Chart, Drawing, Sketch
from yearbook.draw import draw
from yearbook.model import Edition, Fact, Language, Period, Qualifier
from yearbook.records import Records

SPECS = {spec.id: spec for spec in records().chapter.charts}
EVERY = [(name, edition) for name in CHARTS for edition in Edition]
SMALLEST = 7.5
Change = Callable[[Fact], Fact]


@dataclass(frozen=True, slots=True)
class Seen:
    """A drawing, and where its labels stood while it was made."""

    drawing: Drawing
    labels: tuple[tuple[str, Bbox, float], ...]
    size: tuple[float, float]

    @property
    def texts(self) -> list[str]:
        """All labels."""
        return [text for text, _, _ in self.labels]


def seen(name: str, edition: Edition, of: Records | None = None) -> Seen:
    """Draw a chart of the project and look at its labels."""
    chart = CHARTS[name]
    labels: list[tuple[str, Bbox, float]] = []
    sizes: list[tuple[float, float]] = []

    def watched(figure: Figure, sketch: Sketch) -> None:
        chart.draw(figure, sketch)
        for label in figure.findobj(Label):
            if isinstance(label, Label) and label.get_text() and label.get_visible():
                size = float(label.get_fontsize())
                labels.append((label.get_text(), label.get_window_extent(), size))
        width, height = figure.get_size_inches()
        sizes.append((width * 72, height * 72))

    drawing = draw(Chart(chart.size, watched, chart.alt), SPECS[name], sketch(edition, of), faces())
    return Seen(drawing, tuple(labels), sizes[0] if sizes else (0, 0))


def hatched(one: Seen) -> bool:
    """Whether there is a path of many strokes."""
    paths = [node for node in parsed(one.drawing.svg) if tag(node) == "path"]
    return any(node.get("d", "").count("M ") > 9 and node.get("fill") == "none" for node in paths)


def changed(change: Change, year: int | None = None) -> Records:
    """The records with each fact changed."""
    book = replace(reading().book, data_year=year or reading().book.data_year)
    chapter = book.chapters[0]
    return Records(book, replace(chapter, facts=tuple(map(change, chapter.facts))))


def valued(**values: int) -> Records:
    """The records with other values for some ids."""

    def change(fact: Fact) -> Fact:
        return replace(fact, value=Decimal(values.get(fact.id, fact.value)))

    return changed(change)


def hedged(qualifier: Qualifier, *names: str) -> Records:
    """The records with some ids hedged."""
    return changed(lambda fact: replace(fact, qualifier=qualifier) if fact.id in names else fact)


def a_year_later() -> Records:
    """The records a year on: every period moved, every figure another."""

    def moved(period: Period) -> Period:
        start = period.start if period.years > 20 else later(period.start)
        return Period(start, later(period.end))

    def later(iso: str) -> str:
        return str(int(iso[:4]) + 1) + iso[4:]

    def change(fact: Fact) -> Fact:
        step = {"date": 10000, "year": 0}.get(fact.unit.id, 1)
        return replace(fact, value=fact.value + step, period=moved(fact.period))

    following = changed(change, reading().book.data_year + 1)
    lists = {
        name: tuple(replace(entry, period=moved(entry.period)) for entry in entries)
        for name, entries in following.chapter.lists.items()
    }
    return Records(following.book, replace(following.chapter, lists=lists))


def test_every_module_and_every_row_is_a_chart() -> None:
    """CHARTS lists each module of the folder, and charts.csv asks for each of them."""
    modules = {path.stem for path in (ROOT / "figures").glob("[a-z]*.py")}

    assert set(CHARTS) == modules == set(SPECS)


@pytest.mark.parametrize(("name", "edition"), EVERY)
def test_drawn_without_a_finding(name: str, edition: Edition) -> None:
    """Each chart is drawn in each edition, and says itself in its languages."""
    drawing = seen(name, edition).drawing

    assert drawing.findings == ()
    assert drawing.svg.startswith(b"<svg ")
    assert tuple(drawing.alt) == edition.languages
    assert all(alt.endswith((".", "。")) for alt in drawing.alt.values())


@pytest.mark.parametrize(("name", "edition"), EVERY)
def test_labels_do_not_touch(name: str, edition: Edition) -> None:
    """No two labels overlap and none leaves the drawing, this year and the next."""
    for of in (records(), a_year_later()):
        one = seen(name, edition, of)

        assert [pair for pair in combinations(one.labels, 2) if overlap(*pair)] == []
        assert [text for text, box, _ in one.labels if not within(box, one.size)] == []


def overlap(one: tuple[str, Bbox, float], other: tuple[str, Bbox, float]) -> bool:
    """Whether two boxes share more than a hair's breadth."""
    shared = Bbox.intersection(one[1], other[1])
    return shared is not None and bool(shared.width > 0.1 and shared.height > 0.1)


def within(box: Bbox, size: tuple[float, float]) -> bool:
    """Whether a box lies on the sheet."""
    return bool(box.x0 >= -0.1 and box.y0 >= -0.1 and box.x1 <= size[0] + 0.1 and box.y1 <= size[1])


@pytest.mark.parametrize(("name", "edition"), EVERY)
def test_legible(name: str, edition: Edition) -> None:
    """Letters of at least 7.5 points, colours of the theme only."""
    one = seen(name, edition)
    colours = set(re.findall(r"#[0-9a-f]{6}", one.drawing.svg.decode()))

    assert min(size for _, _, size in one.labels) >= SMALLEST
    assert colours <= set(reading().theme.colours.values())


def test_no_figure_is_typed() -> None:
    """No number of the records stands in the code of a chart."""
    figures = {abs(int(fact.value)) for fact in records().chapter.facts}
    typed = set()
    for path in (ROOT / "figures").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, int):
                typed.add(node.value)
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"\b(19|20)\d\d\b", node.value), path

    assert {number for number in typed & figures if number > 24} == set()


@pytest.mark.parametrize(("name", "edition"), EVERY)
def test_next_year_draws_itself(name: str, edition: Edition) -> None:
    """New rows alone make next year's chart: its figures, and none of this year's."""
    this, following = seen(name, edition), seen(name, edition, a_year_later())

    assert following.drawing.findings == ()
    if name not in ("partners", "provinces"):
        assert set(following.texts) != set(this.texts)
        assert following.drawing.alt != this.drawing.alt
    if name != "timeline":  # where last year remains a milestone
        assert not any("2010" in text for text in following.texts)


def test_dispatched_shows_the_rest_as_open() -> None:
    """437 less 101 and 204 leaves 132 unclassified; the 9 of the year are all classified."""
    every, year = _ranks.scopes(sketch())

    assert [(r.code.code, r.people, r.colour) for r in every.ranks] == [
        ("departmental", 101, "first"),
        ("division", 204, "second"),
        ("unclassified", 132, "open"),
    ]
    assert [(r.code.code, r.people, r.colour) for r in year.ranks] == [
        ("departmental", 3, "first"),
        ("division_or_lower", 6, "fourth"),
    ]


def test_dispatched_draws_a_square_for_each_person() -> None:
    """As many squares as people, at one scale."""
    root = parsed(seen("dispatched", Edition.EN).drawing.svg)
    filled = [node for node in root if tag(node) == "path" and node.get("fill") != "none"]

    assert sum(node.get("d", "").count("M ") for node in filled) == 437 + 9


def test_no_rest_of_a_hedged_total() -> None:
    """More than 437 people leave no number of unclassified ones."""
    of = hedged(Qualifier.MORE_THAN, "dispatched", "aided_technicians")

    assert "132" not in seen("dispatched", Edition.EN, of).texts
    assert ">280" in seen("trained", Edition.EN, of).texts
    assert "3,500" not in seen("trained", Edition.EN, of).texts


def test_no_rest_where_all_are_classified() -> None:
    """A source that classifies everybody leaves nothing hatched."""
    of = valued(dispatched=305, aided_trained=1330)

    for name in ("dispatched", "trained"):
        one = seen(name, Edition.EN, of)

        assert "not classified" not in " ".join(one.texts).lower()
        assert not hatched(one)


@pytest.mark.parametrize("name", ["dispatched", "trained"])
def test_what_is_open_is_hatched(name: str) -> None:
    """Those not classified differ in black and white, too."""
    assert hatched(seen(name, Edition.EN))


@pytest.mark.parametrize("edition", list(Edition))
def test_labels_of_a_narrow_last_part(edition: Edition) -> None:
    """A label that would leave the sheet at the right turns to the left."""
    of = valued(aided_cadres=3000, aided_technicians=900, aided_labourers=2)
    one = seen("trained", edition, of)

    assert [text for text, box, _ in one.labels if not within(box, one.size)] == []
    assert [pair for pair in combinations(one.labels, 2) if overlap(*pair)] == []


def test_thousands_of_people_are_too_many_squares() -> None:
    """A chart that outgrows the page is an error, not a page that overflows."""
    assert "does not fit" in str(seen("dispatched", Edition.EN, valued(dispatched=9000)).drawing)


def test_funds_are_all_money_of_the_year() -> None:
    """Every amount of money, the largest first, in the unit of each language."""
    amounts = [fact.value for fact in funds.funds(sketch())]

    assert len(amounts) == 8
    assert amounts == sorted(amounts, reverse=True)
    assert "44.05 · 4405" in seen("funds", Edition.BOTH).texts
    assert {"million yuan", ">30"} <= set(seen("funds", Edition.EN).texts)
    assert {"万元", ">3000"} <= set(seen("funds", Edition.ZH).texts)


@pytest.mark.parametrize("name", ["funds", "wenchuan"])
def test_arrows_point_where_the_figure_may_lie(name: str) -> None:
    """More than: to the right; nearly: to the left; exact: no arrow."""
    ids = [fact.id for fact in (*funds.funds(sketch()), *wenchuan.results(sketch()))]
    arrows = {
        qualifier: seen(name, Edition.EN, hedged(qualifier, *ids)).drawing.svg.count(b'"1.1"')
        for qualifier in Qualifier
    }
    count = len(funds.funds(sketch()) if name == "funds" else wenchuan.results(sketch()))

    assert arrows[Qualifier.EXACT] == arrows[Qualifier.ABOUT] == 0
    assert arrows[Qualifier.MORE_THAN] == arrows[Qualifier.NEARLY] == 2 * count


def test_beyond_tells_the_side_of_a_bound() -> None:
    """Above for more than and at least, below for nearly and at most."""
    sides = {q: _words.beyond(replace(sketch().fact("groups"), qualifier=q)) for q in Qualifier}

    assert [sides[q] for q in Qualifier] == [0, 1, -1, 0, 1, -1]


def test_a_shared_partner_is_written_once() -> None:
    """Two counties with one partner are linked with one name; labels stay apart."""
    chapter = records().chapter
    first, second, *others = chapter.lists["partnerships"]
    cells = {**second.cells, **{k: first.cells[k] for k in ("partner_en", "partner_zh")}}
    links = (first, replace(second, cells=cells), *others, replace(others[0], id="again"))
    lists = {**chapter.lists, "partnerships": links}
    one = seen("partners", Edition.BOTH, Records(reading().book, replace(chapter, lists=lists)))

    assert one.texts.count("Shanghai Science and Technology Committee") == 1
    assert [pair for pair in combinations(one.labels, 2) if overlap(*pair)] == []


def test_tiles_are_the_province_level_divisions() -> None:
    """The map has a tile for each of the 34 divisions of the list, Taiwan, Hong Kong, Macao too."""
    codes = {c for c in reading().book.divisions if c.endswith("0000")}
    texts = seen("provinces", Edition.ZH).texts

    assert len(codes) == 34
    assert {"台湾", "香港", "澳门", "内蒙古", "广西", "新疆", "北京"} <= set(texts)
    assert len([text for text in texts if not text.isdigit()]) == 34 + 1
    assert sorted(text for text in texts if text.isdigit()) == ["1", "1", "1", "1", "2", "2", "2"]


def test_timeline_zooms_into_the_data_year() -> None:
    """What is dated by day or month stands in the second panel, the years in the first."""
    texts = seen("timeline", Edition.EN).texts

    assert [text for text in texts if text.isdigit()] == ["1986", "2010", "2010"]
    assert texts.index("Groups sent, 1986 to 2010") < texts.index(
        "Agreement with Ansai on spiritual civilization, 3 November 2010"
    )


def test_alt_says_every_figure_with_its_hedge() -> None:
    """What is said to the blind holds each figure as prose writes it."""
    english, chinese = (
        seen("wenchuan", Edition.BOTH).drawing.alt[language] for language in Language
    )

    assert "more than 50,000 people" in english
    assert "nearly 50 bases" in english
    assert chinese == (
        "主要成效：受益农民10万多人；培训农民5万多人；在灾区开展服务的科技人员500多人；"
        "引进新技术200多项；引进新品种100多个；建立示范基地近50个。"
    )


def test_alt_of_a_composition() -> None:
    """The total, its parts and the rest, in each language."""
    alt = seen("trained", Edition.BOTH).drawing.alt

    assert alt[Language.EN] == (
        "People trained in the aided counties: 4,830 people. Cadres at all levels: 30; "
        "Technicians: 280; Rural labourers: 1,020; not classified by the source: 3,500."
    )
    assert alt[Language.ZH] == (
        "定点扶贫县培训人员共4830人：各级干部30人、技术人员280人、农村劳动力1020人、资料未分类3500人。"
    )


NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.01182, 0.04294, 0.968881),
)
"""Machado, Oliveira and Fernandes 2009, severity 1, for linear light."""


def luminance(colour: str, sight: tuple[tuple[float, ...], ...]) -> float:
    """Relative luminance (WCAG 2) of a colour as it is seen."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in sight
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def neighbours() -> Iterator[tuple[str, str]]:
    """Series that lie side by side or must not be taken for one another."""
    yield from pairwise(rank.colour for rank in _ranks.scopes(sketch())[0].ranks)
    yield from pairwise(rank.colour for rank in _ranks.scopes(sketch())[1].ranks)
    yield _ranks.COLOURS[1], _ranks.COLOURS[2]
    yield from pairwise([*trained.COLOURS[:3], "open"])


@pytest.mark.parametrize("sight", [NORMAL, PROTANOPIA, DEUTERANOPIA])
def test_neighbours_differ_in_lightness(sight: tuple[tuple[float, ...], ...]) -> None:
    """In black and white and to the colour-blind, neighbours differ by a contrast of 1.5."""
    for one, other in neighbours():
        high, low = sorted(
            (luminance(reading().theme.colours[name], sight) for name in (one, other)), reverse=True
        )

        assert (high + 0.05) / (low + 0.05) >= 1.5, (one, other)


@pytest.mark.parametrize("colours", ["colours", "dark"])
def test_words_on_tiles_can_be_read(colours: str) -> None:
    """Words on every shade of the map have a contrast of 4.5, in both themes."""
    from figures.provinces import shade  # noqa: PLC0415

    theme = getattr(reading().theme, colours)
    paper = to_rgb(theme["paper"])
    for most in range(1, 6):
        for count in range(most + 1):
            colour, alpha, ink = shade({"x": most}, count)
            mixed = [
                alpha * a + (1 - alpha) * b
                for a, b in zip(to_rgb(theme[colour]), paper, strict=True)
            ]
            shades = sorted(luminance(c, NORMAL) + 0.05 for c in (mixed, theme[ink]))  # type: ignore[arg-type]

            assert shades[1] / shades[0] >= 4.5, (count, most, ink)


def test_measures_as_written() -> None:
    """A label is measured in the weight and size in which it is written."""

    def drawing(figure: Figure, sketch: Sketch) -> None:
        sheet = paper(figure, sketch)
        assert sheet.measure("人人") == pytest.approx(16 / 72, abs=0.01)
        sheet.write((0, 1), "人\n人人")
        written = figure.axes[0].texts[-1]
        assert written.get_text() == "人人"
        assert written.get_window_extent().width / 72 == sheet.measure("人人")

    assert trial(drawing).findings == ()


def test_long_names_are_folded() -> None:
    """English between words, Chinese anywhere, at the same width."""
    assert _words.wrapped("Tea Research Institute\n中国农业科学院", 12) == (
        "Tea Research\nInstitute\n中国农业科学\n院"
    )


def test_bands_fit_beside_each_other() -> None:
    """Each band begins a column and leaves one free."""
    ranks = _ranks.scopes(sketch())[0].ranks

    assert dispatched.depth(ranks, 59) == 8
    assert partners.curve((0, 0), (1, 1))[-1] == (1, 1)
