"""Every figure on a screen page carries its unit and cell, and says what a reader may cite."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from markupsafe import Markup

from yearbook import cite, markup, script
from yearbook.binding import Medium
from yearbook.model import Edition
from yearbook.page import Layout, Picture
from yearbook.provenance import origin
from yearbook.read import Reading, read
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records
from yearbook.report import lay_out, pages
from yearbook.specimen import records

Json = dict[str, Any]
PICTURES = {medium: Picture(Markup(""), {}) for medium in Medium}


class Figures(HTMLParser):
    """The attributes of all figures of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[dict[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "data":
            self.seen.append({name: value or "" for name, value in attrs})


@pytest.fixture(scope="module")
def reading(project: Snapshot) -> Reading:
    """The real book."""
    return read(project)


def known(reading: Reading) -> Records:
    """Its records."""
    return Records(reading.book, reading.book.chapters[0])


def sheets(project: Snapshot, reading: Reading, edition: Edition) -> tuple[str, str]:
    """The page for the screen and the one for print, charts left out."""
    names = [f for end in (".html", ".css") for f in project.below("templates", end)]
    texts = {name.removeprefix("templates/"): project.files[name].decode() for name in names}
    texts[script.NAME] = script.SCRIPT
    layout = Layout(texts, reading.theme, ())
    desk = lay_out(reading.book, reading.book.chapters[0])
    made = pages(desk, edition, dict.fromkeys(Medium, layout), lambda *_: PICTURES)
    return made.screen, made.printed


def stored(page: str) -> Json:
    """What a page keeps for the box beside a figure."""
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', page, re.S)
    assert found is not None
    kept: Json = json.loads(found[1])
    return kept


@pytest.mark.parametrize("edition", Edition)
def test_every_figure_of_the_chapter_leads_to_its_cell(
    project: Snapshot, reading: Reading, edition: Edition
) -> None:
    """All figures but the data year have a cell; each is kept once; the page stays sound."""
    page = cite.linked(sheets(project, reading, edition)[0], known(reading))
    figures = Figures(page).seen
    kept = stored(page)["figures"]

    assert len(figures) > 150
    for figure in figures:
        assert f"{figure['data-fact']}|{figure.get('data-period', '')}" in kept
        assert figure["data-fact"] == "year()" or figure["data-cell"].startswith("data/")
        if "(" not in figure["data-fact"]:
            assert figure["data-unit"] in reading.book.units
    assert list(markup.check("x.html", page)) == []


def test_nothing_but_attributes_is_added(project: Snapshot, reading: Reading) -> None:
    """The words of the page stay as they were, and so do the attributes that audits read."""
    before = sheets(project, reading, Edition.BOTH)[0]
    after = cite.linked(before, known(reading))
    bare = re.sub(r' data-(?:unit|cell)="[^"]*"', "", after)
    kept = re.search(r'id="figures">(.*?)</script>', bare, re.S)

    assert kept is not None
    assert bare.replace(kept[1], "", 1) == before


def test_print_has_no_script(project: Snapshot, reading: Reading) -> None:
    """The page that becomes a PDF is the same with and without this."""
    printed = sheets(project, reading, Edition.EN)[1]

    assert "<script" not in printed
    assert "data-cell" not in printed


def told(reading: Reading, name: str, period: str = "", value: str = "") -> Json:
    """What is kept of one figure of the real chapter."""
    made = known(reading)
    return cite.Citing(made).entry(name, origin(name, period, made), value)


def test_a_fact_is_told_in_both_languages(reading: Reading) -> None:
    """Label, value, period, hedge, cell, the words of the source, a citation."""
    kept = told(reading, "corporate_correspondents")
    (cell,) = kept["cells"]

    assert kept["value"] == {
        "en": "more than 3,200 institutions",
        "zh": "3200多家",
    }
    assert kept["hedge"] == {"en": "more than", "zh": "超过"}
    assert kept["period"]["zh"] == "2009—2010年"
    assert cell["at"] == "correspondents.csv C4"
    assert cell["href"] == "data/correspondents.csv#cell=4,3"
    assert cell["quote"] == "more than 3,200 research institutes"
    assert kept["cite"]["en"].endswith(
        "2009 to 2010: more than 3,200 institutions. Source: {source}. "
        "Record: correspondents.csv C4."
    )
    assert kept["cite"]["zh"].endswith(
        "2009—2010年：3200多家。资料来源：{source}。数据：correspondents.csv C4。"
    )
    assert kept["sources"] == ["most-2010"]


def test_a_citation_begins_with_the_book(reading: Reading) -> None:
    """Publisher, book, edition year and chapter, figures of the title filled in."""
    head = cite.Citing(known(reading)).head

    assert head.en.startswith(
        "Editorial Office of the Yearbook, Yearbook of Poverty Alleviation 2011"
    )
    assert head.en.endswith("in 2010”, ")
    assert head.zh.startswith("年鉴编辑部：《扶贫开发年鉴》2011年版，“科技扶贫")


def test_a_derivation_is_told_with_its_formula(reading: Reading) -> None:
    """The reader sees what was reckoned, and each cell in it."""
    kept = told(reading, "rest(dispatched)", value="132")

    assert kept["formula"] == {"en": "437 − 101 − 204 = 132", "zh": "437 − 101 − 204 = 132"}
    assert [cell["at"] for cell in kept["cells"]] == [
        "dispatch.csv E5",
        "dispatch.csv E6",
        "dispatch.csv E7",
    ]
    assert "hedge" not in kept
    assert ": 132. " in kept["cite"]["en"]


def test_a_count_leads_to_its_list(reading: Reading) -> None:
    """The rows counted are named and linked."""
    kept = told(reading, "count(posts)", value="6")

    assert kept["cells"] == [{"at": "posts.csv 2-7", "href": "data/posts.csv#row=2-7"}]
    assert kept["formula"]["zh"] == "posts.csv 的行数：6"


def test_the_data_year_has_no_cell(reading: Reading) -> None:
    """It stands in book.toml, which is no table."""
    kept = told(reading, "year()", value="2010")

    assert "cells" not in kept
    assert kept["cite"] == {"en": "Year of reference: 2010.", "zh": "数据年份：2010。"}


def test_dates_are_cited_once(reading: Reading) -> None:
    """Where the period is the figure itself it is not said twice."""
    kept = told(reading, "conference")

    assert kept["cite"]["en"].count("2010") == 1


def test_unknown_figures_are_left_alone() -> None:
    """What the records do not have gets no cell; other checks report it."""
    page = f'<data value="1" data-fact="nothing">1</data>{cite.SLOT}'
    made = cite.linked(page, records())

    assert made.startswith('<data value="1" data-fact="nothing">1</data>')
    assert stored(made)["figures"] == {}


def test_quotes_cannot_end_the_script() -> None:
    """A source that says </script> stays text."""
    assert "</script>" not in cite.inline({"quote": "a </script><script>alert(1)</script>"})


def test_two_scripts_are_a_finding() -> None:
    """A page has the one script of the toolkit; what is only data does not count."""
    page = "<html lang='en'><title>x</title><main></main><h1>x</h1>{}</html>"
    one = page.format("<script>1</script><script type='application/json'>1</script>")
    two = page.format("<script>1</script><script>2</script>")
    other = page.format("<script src='x.js'></script>")

    assert "the page has more than one script" not in said(one)
    assert "the page has more than one script" in said(two)
    assert 'the page would request "x.js"' in said(other)


def said(page: str) -> list[str]:
    """What is wrong with a page."""
    return [finding.what.en for finding in markup.check("x.html", page)]


def test_script_is_small_and_asks_nobody() -> None:
    """The script has no address in it, builds text as text, and stays small."""
    assert len(script.SCRIPT) < 6000
    for word in ("http", "fetch", "import(", "innerHTML", "eval", "XMLHttp"):
        assert word not in script.SCRIPT
