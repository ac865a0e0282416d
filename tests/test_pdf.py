"""Printing a page: nothing foreign enters it, nothing wrong with it goes unsaid."""

import ctypes
import io
import logging
import multiprocessing
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import groupby
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pyphen
import pytest
import uharfbuzz as hb
import weasyprint
from weasyprint.layout import inline
from weasyprint.text.line_break import Layout

from yearbook import fonts
from yearbook.audit.glyphs import false_glyphs
from yearbook.outlines import untrue
from yearbook.pdf import Document, Printed, engine, ready, render, strokes
from yearbook.pdf.fetch import AssetFetcher
from yearbook.pdf.glyphs import _ENOUGH
from yearbook.pdf.held import Held
from yearbook.pdf.justify import _stock_justify_line, _stock_set_text
from yearbook.pdf.specimen import CHINESE, CREATED, CSS, assets, document

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def own() -> dict[str, bytes]:
    """The assets of a specimen page, from the vendored fonts."""
    return assets({face.file: face.content for face in fonts.load(ROOT / "templates" / "fonts")})


def rules(printed: Printed) -> list[str]:
    """The rules of the findings, without repeats."""
    return list(dict.fromkeys(finding.rule for finding in printed.findings))


def said(printed: Printed) -> str:
    """All that the findings say, in English."""
    return "\n".join(finding.what.en for finding in printed.findings)


def text(content: bytes) -> str:
    """What one copies out of a PDF."""
    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def origins(content: bytes) -> list[list[tuple[float, str]]]:
    """Where, in points, each character of the first page begins, line by line."""
    with pypdfium2.PdfDocument(content) as pdf:
        page = pdf[0].get_textpage()
        x, y = ctypes.c_double(), ctypes.c_double()
        points: list[tuple[float, float, str]] = []
        for index, character in enumerate(page.get_text_range()):
            if not character.isspace():
                pypdfium2.raw.FPDFText_GetCharOrigin(page, index, x, y)
                points.append((round(y.value, 1), x.value, character))
    lines = groupby(points, key=lambda point: point[0])
    return [[(left, character) for _, left, character in line] for _, line in lines]


def last_origins(content: bytes) -> list[float]:
    """Where the last character begins, of each line but the last.

    Lines that end in a figure or a long dash are left out: all others end in characters of one
    width, and their right edges are as even as these.
    """
    ends = [line[-1] for line in origins(content)[:-1]]
    return [left for left, character in ends if not character.isascii() and character != "—"]


def test_a_sound_page_prints_without_a_finding(own: dict[str, bytes]) -> None:
    """A page of both languages comes out whole, with its text, and nothing is said against it."""
    printed = render(document(f"<p>In 2010</p><p lang=zh-CN>{CHINESE}</p>", own))
    assert (printed.findings, printed.pages) == ((), 1)
    assert "挂职锻炼" in "".join(text(printed.content).split())


def test_a_date_without_a_time_zone_is_refused(own: dict[str, bytes]) -> None:
    """It would be read as local time, and differ between machines."""
    with pytest.raises(ValueError, match="time zone"):
        Document("<p>x</p>", own, CREATED.replace(tzinfo=None))


PROBES = {
    "image": '<img src="http://127.0.0.1:9/x.png" alt="x">',
    "data": '<img src="data:image/png;base64,AAAA" alt="x">',
    "stylesheet": '<link rel="stylesheet" href="file:///etc/hostname">',
    "import": "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    "background": '<p style="background: url(http://127.0.0.1:9/x.png)">x</p>',
    "page": "<style>@page { background: url(http://127.0.0.1:9/x.png) }</style>",
    "marker": '<ul style="list-style-image: url(file:///x.png)"><li>x</li></ul>',
    "content": "<style>p::before { content: url(file:///x.png) }</style><p>x</p>",
    "font": "<style>@font-face { font-family: X; src: url(file:///x.ttf) }</style>",
    "profile": "<style>@color-profile --x { src: url(http://127.0.0.1:9/x) }</style>",
    "object": '<object data="http://127.0.0.1:9/x.svg"></object>',
    "embed": '<embed src="http://127.0.0.1:9/x.svg">',
    "absent": '<img src="asset:///nothing.svg" alt="x">',
    "in an svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>x</title>'
    '<image href="http://127.0.0.1:9/x.png" width="5" height="5"/></svg>',
    "traversal": '<img src="asset:///../../etc/hostname" alt="x">',
    "attachment": '<link rel="attachment" href="asset:///chart.svg">',
    "attached link": '<p><a rel="attachment" href="asset:///chart.svg">x</a></p>',
    "script link": '<p><a href="javascript:alert(1)">x</a></p>',
    "file link": '<p><a href="file:///etc/hostname">x</a></p>',
}


@pytest.mark.parametrize("probe", PROBES.values(), ids=PROBES)
def test_whatever_is_not_an_asset_is_refused_and_said(own: dict[str, bytes], probe: str) -> None:
    """Every way out of the page ends at the fetcher, and each attempt is an error."""
    printed = render(document(probe, own))
    assert "refused-url" in rules(printed)
    assert b"EmbeddedFile" not in printed.content
    assert b"javascript" not in printed.content


def test_only_the_scheme_of_assets_opens_the_door() -> None:
    """The name of an asset without its scheme is an address like any other."""
    fetcher = AssetFetcher({"file:///x": b"", "https://example.org/": b""})
    for url in ("file:///x", "https://example.org/", "asset:file:///x"):
        with pytest.raises(ValueError, match="not an asset"):
            fetcher.fetch(url)
    assert len(fetcher.refused) == 3


def test_an_image_drawn_from_inside_an_asset_is_refused_too(own: dict[str, bytes]) -> None:
    """WeasyPrint swallows what a fetcher raises inside an SVG; the record does not."""
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        b'<image href="http://127.0.0.1:9/secret.png" width="5" height="5"/></svg>'
    )
    printed = render(document('<img src="asset:///a.svg" alt="x">', own | {"a.svg": svg}))
    assert "http://127.0.0.1:9/secret.png" in said(printed)


def test_a_relative_address_is_an_error(own: dict[str, bytes]) -> None:
    """A page lies in no folder, so there is nothing an address could be relative to."""
    assert "x.png" in said(render(document('<img src="x.png" alt="x">', own)))


def test_ordinary_links_stay(own: dict[str, bytes]) -> None:
    """A printed page may lead to the web, to an address, and to a place in itself."""
    body = (
        '<p id="a"><a href="https://example.org/">x</a> <a href="mailto:a@example.org">y</a>'
        '<a href="#a">z</a></p>'
    )
    assert render(document(body, own)).findings == ()


def test_a_link_to_nowhere_is_an_error(own: dict[str, bytes]) -> None:
    """WeasyPrint drops the link and logs a line; the editor is told."""
    printed = render(document('<p><a href="#lost">x</a></p>', own))
    assert rules(printed) == ["pdf-warning"]
    assert "lost" in said(printed)


def test_unknown_css_is_an_error(own: dict[str, bytes]) -> None:
    """What the engine would quietly leave out is said, even if the host silenced its logger."""
    logger = logging.getLogger("weasyprint")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        printed = render(document("<p>x</p>", own, css="p { text-wrap-style: pretty }"))
        assert logger.level == logging.CRITICAL
    finally:
        logger.setLevel(before)
    assert "text-wrap-style" in said(printed)


def test_a_python_warning_during_a_print_is_an_error(
    own: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Libraries below warn through Python's warnings; those are failures as well."""
    stock = Held.clean

    def clean(*args: Any) -> None:
        warnings.warn("this font is odd", UserWarning, stacklevel=1)
        stock(*args)

    monkeypatch.setattr(Held, "clean", clean)
    assert "this font is odd" in said(render(document("<p>x</p>", own)))


def test_a_character_without_a_glyph_is_named_with_its_words(own: dict[str, bytes]) -> None:
    """The finding gives the character, its code and where it stands, once."""
    printed = render(document("<p lang=zh-CN>该市<b>&#x2A6A5;</b>镇</p>", own))
    assert said(printed) == 'no font of the page has \U0002a6a5 (U+2A6A5) in "该市\U0002a6a5镇"'


def test_many_missing_characters_do_not_flood_the_report(own: dict[str, bytes]) -> None:
    """After the first few, the others are counted."""
    body = "".join(chr(0x0E01 + index) for index in range(_ENOUGH + 5))
    printed = render(document(f"<p>{body}</p>", own))
    assert len(printed.findings) == _ENOUGH + 1
    assert "5 more" in said(printed)


TRAP = """
@font-face { font-family: Both; src: url(asset:///NotoSerif-Regular.ttf); unicode-range: U+20-7E }
@font-face { font-family: Both; src: url(asset:///NotoSerifSC-Regular.ttf);
  unicode-range: U+3000-FFFF }
p { font-family: Both }
"""


def test_blank_chinese_that_reads_right_is_found(own: dict[str, bytes]) -> None:
    """Two faces of one family: WeasyPrint embeds one for both, prints blanks, extracts text."""
    printed = render(document("<p>In 2010, 干部</p>", own, css=TRAP))
    assert "干部" in text(printed.content).replace(" ", "")
    assert rules(printed) == ["glyph"]
    assert "干 (U+5E72)" in said(printed)
    assert "部 (U+90E8)" in said(printed)


def test_the_glyph_of_another_character_is_found(own: dict[str, bytes]) -> None:
    """A glyph with an outline may still be a wrong one: its font says whose it is."""
    font = own["NotoSerifSC-Regular.ttf"]
    glyph = hb.Font(hb.Face(font)).get_nominal_glyph(ord("部"))
    assert list(untrue(font, {glyph: "部"})) == []
    assert list(untrue(font, {glyph: "干"})) == ["干"]


def test_the_glyph_of_another_character_is_found_in_a_finished_file(own: dict[str, bytes]) -> None:
    """An embedded font says itself whose its glyphs are: ToUnicode alone cannot deceive."""
    with pikepdf.open(io.BytesIO(render(document("<p>437</p>", own)).content)) as pdf:
        true = io.BytesIO()
        pdf.save(true)
        (font,) = pdf.pages[0].resources.Font.as_dict().values()
        table = font.ToUnicode.read_bytes()
        swap = {b"<0034>": b"<0037>", b"<0037>": b"<0034>"}
        font.ToUnicode.write(re.sub(b"<003[47]>", lambda code: swap[code[0]], table))
        forged = io.BytesIO()
        pdf.save(forged)
    assert list(false_glyphs(true.getvalue(), {})) == []
    assert list(false_glyphs(forged.getvalue(), {})) == [(1, "4"), (1, "7")]


def test_glyphs_that_only_look_like_trouble_are_let_pass(own: dict[str, bytes]) -> None:
    """Ligatures, composed letters, invisible breaks and compatible signs are true glyphs."""
    body = (
        "<p>fi ffl e\u0301 a\u2011b a\u00adb a\u200bb a<wbr>b a\u00a0b × − … “q” "
        '<span style="font-variant-caps: small-caps">Small</span></p>'
        "<p lang=zh-CN>①② ％ “十一五” —— …… 《〈〉》 · ℃</p>"
    )
    assert render(document(body, own)).findings == ()


def test_a_page_without_a_font_is_refused(own: dict[str, bytes]) -> None:
    """Pango would end the process: neither no font nor a broken one may get that far."""
    bare = document("<p>x</p>", own)
    none = Document(bare.html.replace(CSS, ""), {}, bare.created)
    broken = Document(
        none.html.replace("<style>", "<style>@font-face{font-family:X;src:url(asset:///x.ttf)}"),
        {"x.ttf": b"not a font"},
        bare.created,
    )
    for page in (none, broken):
        printed = render(page)
        assert (printed.content, printed.pages) == (b"", 0)
        assert "the page has no font" in said(printed)


def test_a_family_the_page_does_not_define_is_an_error(own: dict[str, bytes]) -> None:
    """Pango would take any font it has; the designer meant another."""
    assert "Arial" in said(render(document("<p>x</p>", own, css="p { font-family: Arial }")))


@pytest.fixture
def machine(own: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose fontconfig offers a Chinese font."""
    (tmp_path / "Song.ttf").write_bytes(own["NotoSerifSC-Regular.ttf"])
    config = tmp_path / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    return config


LATIN_ONLY = "p { font-family: Latin }"


def without_song(own: dict[str, bytes]) -> Document:
    """A page with Chinese text whose only fonts are Latin."""
    css = "\n".join(line for line in CSS.splitlines() if "SC-" not in line)
    page = document("<p>干</p>", own, css=LATIN_ONLY)
    kept = {name: content for name, content in own.items() if "SC-" not in name}
    return Document(page.html.replace(CSS, css), kept, page.created)


def test_no_font_of_the_machine_enters(own: dict[str, bytes], machine: Path) -> None:
    """Where the page has no glyph, the machine's fonts are not asked; its setting is kept."""
    assert "no font of the page has 干" in said(render(without_song(own)))
    assert os.environ["FONTCONFIG_FILE"] == str(machine)


@pytest.mark.usefixtures("machine")
def test_a_font_of_the_machine_would_be_found(
    own: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should one ever enter after all, it is an error by its content, whatever its name."""
    monkeypatch.setattr("yearbook.pdf.press.no_system_fonts", nullcontext)
    assert "is not one of the page's own" in said(render(without_song(own)))


def test_the_variable_is_gone_after_a_print(
    own: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not set is not left behind for browsers started later."""
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    render(document("<p>x</p>", own))
    assert "FONTCONFIG_FILE" not in os.environ


def test_another_weasyprint_is_refused() -> None:
    """The mends are written for one version."""
    engine.require(weasyprint.__version__)
    with pytest.raises(engine.WrongVersionError, match=r"70\.1 is installed"):
        engine.require("70.1")


COLUMN = "p { width: 82mm }"
SETTINGS = {
    "a page": "",
    "a column": COLUMN,
    "a narrow column": "p { width: 40mm }",
    "letter spacing": COLUMN + "p { letter-spacing: .05em }",
    "no squeezed punctuation": COLUMN + "p { font-feature-settings: normal }",
    "an odd size": COLUMN + "p { font-size: 9.3px }",
}


def chinese(css: str, own: dict[str, bytes]) -> Document:
    """Three times the Chinese sentence in one paragraph."""
    return document(f"<p lang=zh-CN>{CHINESE * 3}</p>", own, css)


@pytest.mark.parametrize("css", SETTINGS.values(), ids=SETTINGS)
def test_chinese_lines_end_at_one_edge(own: dict[str, bytes], css: str) -> None:
    """To 0.15 pt, with figures in spans, squeezed punctuation or letter spacing."""
    edges = last_origins(render(chinese(css, own)).content)
    assert len(edges) > 3
    assert max(edges) - min(edges) < 0.15


def test_chinese_lines_begin_at_one_edge(own: dict[str, bytes]) -> None:
    """No gap opens before the first character, be it Chinese or a figure."""
    starts = [line[0][0] for line in origins(render(chinese(COLUMN, own)).content)]
    assert max(starts) - min(starts) < 0.05


PLACES = {
    "table": "<table><tr><td><p lang=zh-CN>{0}</p></td><td><p lang=zh-CN>{0}</p></td></tr></table>",
    "footnote": "<p>x<span lang=zh-CN style='float: footnote'>{0}</span></p>",
    "grid": "<div style='display: grid; grid-template-columns: 60mm'><p lang=zh-CN>{0}</p></div>",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_chinese_is_justified_wherever_it_stands(
    own: dict[str, bytes], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables, footnotes and grids set their lines by the same rule; the text stays the same."""
    page = document(place.format(CHINESE), own)
    ours = render(page)
    stock_justification(monkeypatch)
    stock = render(page)
    assert ours.findings == ()
    assert ours.content != stock.content
    assert "".join(text(ours.content).split()) == "".join(text(stock.content).split())


def stock_justification(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint's own way of justifying."""
    monkeypatch.setattr(inline, "justify_line", _stock_justify_line)
    monkeypatch.setattr(Layout, "set_text", _stock_set_text)


def test_the_text_of_justified_chinese_is_unchanged(own: dict[str, bytes]) -> None:
    """Copying a justified column gives the sentence, without a blank more."""
    copied = text(render(chinese(COLUMN, own)).content).replace("\r\n", "")
    assert (
        copied
        == "".join(CHINESE.replace("</span>", "<").split("<span class=figure>")).replace("<", "")
        * 3
    )


def test_stock_justification_is_ragged(
    own: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason for the mend: should this fail, a new WeasyPrint can do without it."""
    stock_justification(monkeypatch)
    edges = last_origins(render(chinese(COLUMN, own)).content)
    assert max(edges) - min(edges) > 3


def test_stock_distances_are_too_coarse(
    own: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason for the finer distances: cut to whole thousandths, a page's lines end unevenly."""
    monkeypatch.setattr(strokes, "Distance", int)
    edges = last_origins(render(chinese("", own)).content)
    assert max(edges) - min(edges) > 0.15


def test_english_is_justified_as_before(
    own: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside lang=zh nothing moves."""
    page = document(f"<p>{'central authorities sent cadres 干部交流 to the west ' * 9}</p>", own)
    ours = render(page).content
    stock_justification(monkeypatch)
    assert render(page).content == ours


def test_an_ellipsis_does_not_part(own: dict[str, bytes]) -> None:
    """Its two halves stay one em, 7.5 pt, from each other; the gaps open around it."""
    page = document(
        "<p lang=zh-CN style='width: 95px; font-size: 10px'>东西……南北中东西南北中</p>", own
    )
    with pypdfium2.PdfDocument(render(page).content) as pdf:
        shown = pdf[0].get_textpage()
        at = shown.get_text_range().index("…")
        place = [ctypes.c_double() for _ in range(4)]
        for index in (0, 1, 2):
            x = ctypes.byref(place[index])
            pypdfium2.raw.FPDFText_GetCharOrigin(shown, at + index, x, ctypes.byref(place[3]))
    first, second, after = (each.value for each in place[:3])
    assert second - first == pytest.approx(7.5, abs=0.02)
    assert after - second > 7.6


PRINT = """
import sys
from pathlib import Path
import warnings; warnings.simplefilter("error")
if sys.argv[2] == "without":
    import cffi
    stock = cffi.FFI.dlopen
    def dlopen(self, name, *flags):
        if name and "subset" in name: raise OSError(name)
        return stock(self, name, *flags)
    cffi.FFI.dlopen = dlopen
from yearbook import fonts
from yearbook.pdf import render
from yearbook.pdf.document import Attachment
from yearbook.pdf.specimen import CHINESE, assets, document
own = assets({face.file: face.content for face in fonts.load(Path(sys.argv[1]))})
body = f'<h1>x</h1><p lang=zh-CN>{CHINESE}</p><img src="asset:///chart.svg" alt="x">'
files = (Attachment("a.csv", b"1", "text/csv", "x"), Attachment("b.csv", b"2", "text/csv", "y"))
printed = render(document(body, own, attachments=files))
assert not printed.findings, printed.findings
if sys.argv[2] == "without":
    from weasyprint.text import ffi
    assert ffi.harfbuzz_subset is None
sys.stdout.buffer.write(printed.content)
"""


def printed_elsewhere(folder: Path, seed: str, subset: str) -> subprocess.CompletedProcess[bytes]:
    """The same page printed by a fresh process, in another folder."""
    return subprocess.run(
        [sys.executable, "-c", PRINT, str(ROOT / "templates" / "fonts"), subset],
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
    )


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another process, folder and hash seed, with or without libharfbuzz-subset; in silence."""
    here, there = tmp_path / "here", tmp_path / "那里"
    here.mkdir()
    there.mkdir()
    runs = [
        printed_elsewhere(here, "1", "with"),
        printed_elsewhere(there, "2", "without"),
    ]
    assert [(run.returncode, run.stderr) for run in runs] == [(0, b"")] * 2
    assert runs[0].stdout == runs[1].stdout
    assert str(tmp_path).encode() not in runs[0].stdout
    assert str(ROOT).encode() not in runs[0].stdout


@pytest.fixture
def forked() -> Iterator[Pool]:
    """A worker forked from this process, which has WeasyPrint loaded and has printed."""
    with warnings.catch_warnings():
        # Python 3.12 warns of any fork beside a thread; fontconfig's start is long over.
        warnings.simplefilter("ignore", DeprecationWarning)
        with multiprocessing.get_context("fork").Pool(1) as pool:
            yield pool


def test_a_forked_worker_prints_the_same(own: dict[str, bytes], forked: Pool) -> None:
    """The import is paid once; a worker forked after it prints as its parent does."""
    page = document(f"<p lang=zh-CN>{CHINESE}</p>", own)
    assert forked.apply(render, (page,)).content == render(page).content


def programs(content: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """Of each font of a file its program, its table of characters and its widths."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        fonts = [thing for thing in fonts if "/DescendantFonts" in thing]
        return [
            (
                font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes(),
                font.ToUnicode.read_bytes(),
                font.DescendantFonts[0].W.unparse(),
            )
            for font in fonts
        ]


def test_another_figure_leaves_the_fonts_as_they_are(own: dict[str, bytes]) -> None:
    """So what is known of a page that does not show it need not be found out again."""
    body = "<p>It sent {} people, <b>12</b>.</p><p lang=zh>派出<span class=figure>{}名</span></p>"
    first = render(document(body.format("72,000", "437"), own))
    second = render(document(body.format("35.6", "9"), own))
    assert first.findings == second.findings == ()
    assert first.content != second.content
    assert programs(first.content) == programs(second.content)


def test_a_font_without_a_figure_is_given_none(own: dict[str, bytes]) -> None:
    """Figures are held beside others, not in every font of a file."""
    ((program, table, widths),) = programs(render(document("<p>Cadres</p>", own)).content)
    font = hb.Font(hb.Face(program))
    glyph = hb.Font(hb.Face(own["NotoSerif-Regular.ttf"])).get_nominal_glyph(ord("4"))
    assert font.get_glyph_extents(glyph) is None or font.get_glyph_extents(glyph).width == 0
    assert b"<0034>" not in table
    assert widths.count(b"[") < len("Cadres") + 2


def test_a_font_that_shows_nothing_is_no_fault(own: dict[str, bytes]) -> None:
    """An item without words opens the font of its language for nothing."""
    printed = render(document('<ul><li lang="zh-CN"></li></ul>', own))
    assert (printed.pages, printed.findings) == (1, ())


def test_where_words_may_be_parted_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before workers are forked; Chinese has no such words."""
    monkeypatch.setattr(pyphen, "hdcache", {})
    ready("zh-CN")
    assert not pyphen.hdcache
    ready("en")
    (words,) = pyphen.hdcache.values()
    assert words.positions("yearbook")
