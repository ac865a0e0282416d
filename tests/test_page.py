"""A chapter as HTML: one page for each edition and medium, whole, parallel and self-contained."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from markupsafe import Markup

from tests.editions import desk, kit
from tests.edits import ROOT, SLUG, edited, replaced, said
from yearbook.binding import Medium, Numbering
from yearbook.finding import Finding
from yearbook.markup import check
from yearbook.model import Edition, Language
from yearbook.page import (
    FontFace,
    Layout,
    Page,
    Picture,
    data_url,
    filled,
    font_rules,
    render,
    style,
    translation,
)
from yearbook.read.snapshot import Snapshot, take

PICTURE = Picture(Markup('<svg role="img" aria-label="x"></svg>'), {Language.EN: "x"})


def made(snapshot: Snapshot, edition: Edition, medium: Medium = Medium.SCREEN) -> tuple[str, Page]:
    """A page of a snapshot, with a stand-in for each drawing."""
    ready, bare = desk(snapshot), kit(snapshot)
    page = Page(
        *(ready.book, ready.chapter, edition, medium),
        *(ready.parts[medium], ready.tellers[medium]),
        {chart.id: PICTURE for chart in ready.chapter.charts},
    )
    return str(render(page, Layout(bare.templates, bare.theme, ()))), page


@cache
def page(edition: Edition, medium: Medium = Medium.SCREEN) -> str:
    """A page of the project, made once."""
    html, made_page = made(take(ROOT), edition, medium)
    assert made_page.findings == []
    return html


@pytest.mark.parametrize("edition", Edition)
def test_accessible(edition: Edition) -> None:
    """Every edition has landmarks, headings, alternatives and links that lead somewhere."""
    assert said(check("x.html", page(edition))) == []


def test_language() -> None:
    """A page says its language; in both languages every line says its own."""
    assert '<html lang="en">' in page(Edition.EN)
    assert '<html lang="zh-CN">' in page(Edition.ZH)
    both = page(Edition.BOTH)
    assert '<html lang="en">' in both
    assert both.count('lang="zh-CN"') > 100


def test_one_language_only() -> None:
    """The English page holds Chinese only where it names the other editions, and 万元."""
    body = re.sub(r"(?s)<style>.*?</style>|<nav class=\"editions\".*?</nav>", "", page(Edition.EN))
    body = re.sub(r'(?s)<p class="elsewhere">.*?</p>|<script.*?</script>', "", body)
    words = set(re.findall(r"[一-鿿]+", re.sub(r"<[^>]+>", " ", body)))
    assert words <= {"万元"}


def test_parallel() -> None:
    """The editions have the same sections, tables and charts in the same order, and are linked."""
    found = {
        edition: re.findall(r'<(?:section|figure)[^>]* id="([^"]+)"', page(edition))
        for edition in Edition
    }
    assert found[Edition.EN] == found[Edition.ZH] == found[Edition.BOTH]
    for section in (each for each in found[Edition.EN] if each.startswith("section-")):
        assert f'id="{section}"' in page(Edition.ZH)
    for other in (Edition.ZH, Edition.BOTH):
        assert f'href="{other}.html"' in page(Edition.EN)


def test_pairs() -> None:
    """In both languages every paragraph stands beside its counterpart."""
    both = page(Edition.BOTH)
    assert both.count('class="side en"') == both.count('class="side zh"') > 20


def test_print() -> None:
    """The printed page has no navigation of the screen, no downloads, and notes in the text."""
    paper, screen = page(Edition.EN, Medium.PRINT), page(Edition.EN)
    for only_screen in ('class="skip"', 'class="editions"', 'class="download"', "<footer"):
        assert only_screen in screen
        assert only_screen not in paper
    assert 'class="footnote"' in paper
    assert 'class="footnote"' not in screen


def test_every_figure_is_bound() -> None:
    """Every figure in the text and in a table carries its value and the id it came from."""
    html = page(Edition.EN)
    assert len(re.findall(r"<data [^>]*value=\"[^\"]+\" data-fact=\"[^\"]+\"", html)) == html.count(
        "<data "
    )


def test_data_is_never_markup(project: Snapshot) -> None:
    """Words of the records that look like HTML, Markdown or a template are printed as they are."""
    odd = edited(
        *(project, f"{SLUG}/partnerships.csv", "wei", "partner_en"),
        "<script>alert(x)</script> *stars* R&D",
    )
    odd = edited(odd, f"{SLUG}/codes.csv", "tv_programmes", "en", "<b>TV</b> *x* & {{ year() }}")
    odd = edited(odd, f"{SLUG}/tables.csv", "projects", "note_en", "<i>note</i>")
    odd = edited(odd, f"{SLUG}/tables.csv", "projects", "note_zh", "<i>注</i>")
    html, _ = made(odd, Edition.EN)
    assert "&lt;script&gt;alert(x)&lt;/script&gt; *stars* R&amp;D" in html
    assert "<script>alert" not in html
    assert re.search(r"&lt;b&gt;TV&lt;/b&gt; \*x\* &amp; <data[^>]*>2010</data>", html)
    assert "&lt;i&gt;note&lt;/i&gt;" in html


def test_fault_in_a_template(project: Snapshot) -> None:
    """A fault of a page template is a finding at its line; the page stays empty."""
    name = "templates/chapter.html"
    broken = replaced(project, name, '<main id="text">', '<main id="text">{{ page.nothing }}')
    html, page_made = made(broken, Edition.EN)
    assert html == ""
    (found,) = page_made.findings
    line = project.files[name].decode().split('<main id="text">')[0].count("\n") + 1
    assert (found.rule, found.place.file, found.place.line) == ("template", name, line)


def test_filled() -> None:
    """A template may include another and use data addresses; a fault is gathered."""
    findings: list[Finding] = []
    templates = {"a.html": "{% include 'b.html' %}{{ x|data_url('text/csv') }}", "b.html": "<b>"}
    assert filled(templates, "a.html", {"x": b"a"}, findings) == Markup(
        "<b>data:text/csv;base64,YQ=="
    )
    assert filled({"a.html": "{{ y }}"}, "a.html", {}, findings) == ""
    assert said(findings)[0].startswith("templates/a.html:1:")


def test_style(project: Snapshot) -> None:
    """Colours of the theme as properties, dark ones on the screen only; the designer's rules."""
    bare = kit(project)
    layout = Layout(bare.templates, bare.theme, (FontFace("Noto", 400, "normal", "asset:///n"),))
    screen, paper = style(layout, Medium.SCREEN), style(layout, Medium.PRINT)
    for name, value in bare.theme.colours.items():
        assert f"--{name}:{value};" in screen
        assert f"--{name}:{value};" in paper
    assert f"--paper:{bare.theme.dark['paper']}" in screen
    assert f"--paper:{bare.theme.dark['paper']}" not in paper
    assert bare.templates["common.css"] in screen
    assert bare.templates["page.css"] in paper
    assert bare.templates["page.css"] not in screen
    assert "font-family:'Noto'" in paper


def test_font_rules() -> None:
    """Latin faces also serve the digits of Chinese text; Chinese faces do not."""
    faces = [FontFace(name, 700, "italic", "x") for name in ("Noto Serif", "Noto Serif SC")]
    rules = font_rules(faces)
    families = [re.findall(r"font-family:'([^']+)'", rule)[0] for rule in rules]
    assert families == ["Noto Serif", "Noto Serif Digits", "Noto Serif SC"]
    assert "unicode-range:U+0020-007E" in rules[1]
    assert all("font-weight:700;font-style:italic;src:url(x)" in rule for rule in rules)


def test_data_url() -> None:
    """Any bytes as an address."""
    address: Callable[[bytes, str], str] = data_url
    assert address(bytes(range(4)), "font/woff2") == "data:font/woff2;base64,AAECAw=="


def test_all_page_templates_are_translated(project: Snapshot) -> None:
    """Each page template can be translated beforehand, filled by its name and as it is."""
    templates = kit(project).templates
    pages = {name for name in templates if name.endswith(".html")}
    assert {name for name, _ in translation(templates)} == {None, *pages}


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize("kind", ["table", "chart"])
def test_chapter_without_tables_or_charts(kind: str, medium: Medium) -> None:
    """A chapter without tables has no list of tables, one without charts no list of charts."""
    snapshot = take(ROOT)
    ready, bare = desk(snapshot), kit(snapshot)
    numbers = {at: n for at, n in ready.tellers[medium].numbering.numbers.items() if at[0] != kind}
    teller = replace(ready.tellers[medium], numbering=Numbering(numbers))
    pictures = {chart.id: PICTURE for chart in ready.chapter.charts}
    empty = Page(ready.book, ready.chapter, Edition.EN, medium, (), teller, pictures)
    html = str(render(empty, Layout(bare.templates, bare.theme, ())))
    headings = {"table": "Tables</span></h2>", "chart": "Charts</span></h2>"}
    assert [name for name, heading in headings.items() if heading in html] == [
        name for name in headings if name != kind
    ]
