"""What assistive technology and archives read in a finished PDF."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from weasyprint.pdf import tags

from yearbook import fonts
from yearbook.pdf import Attachment, Document, archive, render
from yearbook.pdf.specimen import CHINESE, assets, document
from yearbook.pdf.structure import _stock_build_box_tree

ROOT = Path(__file__).parent.parent

BODY = f"""
<h1>Cadre exchanges <span lang="zh-CN">干部交流</span></h1>
<nav class="contents"><ol><li><a href="#work">Work in 2010</a></li></ol></nav>
<section><h2 id="work">Work in 2010</h2>
<p lang="zh-CN">{CHINESE}<span role="doc-footnote" style="float: footnote">不含地方。</span></p>
<table><caption>Cadres sent</caption>
<thead><tr><th>Level</th><th scope="col">Number</th></tr></thead>
<tbody><tr><th scope="row">Heads</th><td>101</td></tr></tbody></table>
<p><img src="asset:///chart.svg" alt="Cadres by level"></p>
<p>See <a href="https://example.org/">the <b>source</b></a>.</p></section>
"""
PAIR = """
<div class="pair"><div><p>In 2010 two cadres were sent.</p></div>
<div><p lang="zh-CN">2010年选派干部。</p></div></div>
"""
COLUMNS = (
    ".pair { display: table; table-layout: fixed; width: 170mm }"
    ".pair > div { display: table-cell; width: 82mm; padding-right: 6mm }"
)
FILES = (
    Attachment("b.csv", b"id\r\nb\r\n", "text/csv", "Observations"),
    Attachment("a.json", b"{}", "application/vnd.dataresource+json", "Description"),
)


@pytest.fixture(scope="module")
def own() -> dict[str, bytes]:
    """The assets of a specimen page, from the vendored fonts."""
    return assets({face.file: face.content for face in fonts.load(ROOT / "templates" / "fonts")})


@pytest.fixture(scope="module")
def specimen(own: dict[str, bytes]) -> Document:
    """A page with one of everything."""
    return document(BODY + PAIR, own, COLUMNS, attachments=FILES)


@pytest.fixture(scope="module")
def content(specimen: Document) -> bytes:
    """That page, printed without a finding."""
    printed = render(specimen)
    assert printed.findings == ()
    return printed.content


@pytest.fixture
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    """That page, opened."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def elements(node: Any) -> Iterator[Any]:
    """All structure elements below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    """The structure types of a file, in reading order."""
    return [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]


def of_kind(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """The structure elements of one type."""
    return [each for each in elements(pdf.Root.StructTreeRoot) if str(each.S) == kind]


def below(element: Any) -> list[str]:
    """The structure types below an element."""
    return [str(each.S) for each in elements(element)]


@pytest.mark.parametrize(
    "profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A]
)
def test_one_file_meets_both_standards(content: bytes, profile: page.ValidationProfile) -> None:
    """Accessible (PDF/UA-1) and archival (PDF/A-3a), by every rule of the validator."""
    report = page.validate_pdf_bytes(content, profile=profile)
    assert [str(failure) for failure in report.failures] == []
    assert report.rules.total > 100


def test_one_standard_needs_our_word(specimen: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason for the finish: should this fail, WeasyPrint can do without it."""
    monkeypatch.setattr(archive, "identify", lambda pdf: None)
    content = render(specimen).content
    profile = page.ValidationProfile.PDF_UA_1
    assert not page.validate_pdf_bytes(content, profile=profile).is_compliant


def test_parts_in_another_language_say_so(pdf: pikepdf.Pdf) -> None:
    """A screen reader changes its voice at each element with a lang of its own."""
    assert str(pdf.Root.Lang) == "en"
    spoken = [
        (str(each.S), str(each.Lang))
        for each in elements(pdf.Root.StructTreeRoot)
        if "/Lang" in each
    ]
    assert spoken == [("/Span", "zh-CN"), ("/P", "zh-CN"), ("/P", "zh-CN")]


def test_heading_cells_say_what_they_head(pdf: pikepdf.Pdf) -> None:
    """A row or a column; a column unless the page says otherwise."""
    assert [str(each.A.Scope) for each in of_kind(pdf, "/TH")] == ["/Column", "/Column", "/Row"]


def test_contents_are_a_table_of_contents(pdf: pikepdf.Pdf) -> None:
    """The list in nav.contents is a TOC of TOCI, each with its reference and link."""
    (contents,) = of_kind(pdf, "/TOC")
    assert [kind for kind in below(contents) if kind != "/Span"] == [
        "/TOCI",
        "/Lbl",
        "/Reference",
        "/Link",
    ]


def test_a_footnote_is_a_note_and_its_call_a_reference(pdf: pikepdf.Pdf) -> None:
    """Each note has an identifier of its own, as PDF/UA-1 wants (7.9)."""
    (note,) = of_kind(pdf, "/Note")
    assert "note-" in str(note.ID)
    (paragraph,) = (each for each in of_kind(pdf, "/P") if "/Reference" in below(each))
    assert str(paragraph.Lang) == "zh-CN"


def test_a_link_says_where_it_leads(pdf: pikepdf.Pdf) -> None:
    """In words, not by its address."""
    annotations = [each for sheet in pdf.pages for each in sheet.get("/Annots", [])]
    assert [str(each.Contents) for each in annotations] == ["Work in 2010", "the source"]


def test_a_figure_has_its_words_and_its_place(pdf: pikepdf.Pdf) -> None:
    """Its box is in points from the foot of the page: the chart is 150 pt by 75 pt on A4."""
    (figure,) = of_kind(pdf, "/Figure")
    left, low, right, high = (float(side) for side in figure.A.BBox)
    assert str(figure.Alt) == "Cadres by level"
    assert (right - left, high - low) == pytest.approx((150, 75), abs=0.01)
    assert left == pytest.approx(20 / 25.4 * 72, abs=0.01)
    assert 400 < low < high < 842


def test_an_image_without_words_is_an_error(own: dict[str, bytes]) -> None:
    """Nobody who cannot see the chart is left without it."""
    printed = render(document('<img src="asset:///chart.svg">', own))
    assert "no required alt" in printed.findings[0].what.en


def test_columns_laid_out_by_css_are_no_table(pdf: pikepdf.Pdf) -> None:
    """Two languages side by side are read one after the other: one Table, the true one."""
    assert len(of_kind(pdf, "/Table")) == 1
    assert kinds(pdf).count("/TD") == 1


def test_the_title_is_shown_and_headings_are_bookmarks(pdf: pikepdf.Pdf) -> None:
    """What a reader's window and side bar show, and who wrote it."""
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo["/Title"]) == "Yearbook"
    assert str(pdf.docinfo["/Author"]) == "Office"
    with pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Cadre exchanges 干部交流"]
        assert [entry.title for entry in outline.root[0].children] == ["Work in 2010"]


def test_attachments_are_named_typed_dated_and_associated_once(pdf: pikepdf.Pdf) -> None:
    """In the order of their names, as data of the document, on the date given."""
    names = [str(name) for name in list(pdf.Root.Names.EmbeddedFiles.Names)[::2]]
    assert names == ["a.json", "b.csv"]
    assert pdf.attachments["b.csv"].get_file().read_bytes() == FILES[0].content
    files = list(pdf.Root.AF)
    assert [str(file.UF) for file in files] == names
    assert {str(file.AFRelationship) for file in files} == {"/Data"}
    assert [str(file.EF.F.Subtype) for file in files] == [
        "/application/vnd.dataresource+json",
        "/text/csv",
    ]
    assert [str(file.Desc) for file in files] == ["Description", "Observations"]
    assert {str(file.EF.F.Params.ModDate) for file in files} == {"D:20110601000000Z"}


def test_the_file_bears_the_date_given(pdf: pikepdf.Pdf) -> None:
    """No clock is read."""
    assert str(pdf.docinfo["/CreationDate"]) == "D:20110601000000Z"
    assert b"2011-06-01T00:00:00Z" in pdf.Root.Metadata.read_bytes()


def test_stock_tags_say_less(specimen: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason for the mend: should this fail, a new WeasyPrint can do without it."""
    monkeypatch.setattr(tags, "_build_box_tree", _stock_build_box_tree)
    with pikepdf.open(io.BytesIO(render(specimen).content)) as stock:
        assert not {"/Note", "/TOC", "/TOCI", "/Reference"} & set(kinds(stock))
        assert not [each for each in elements(stock.Root.StructTreeRoot) if "/Lang" in each]
        assert all("/Scope" not in each.A for each in of_kind(stock, "/TH"))


def test_font_names_come_from_the_page_alone(pdf: pikepdf.Pdf) -> None:
    """Family and weight as the page calls them: Pango's wording would differ by version."""
    names = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert {name.partition("+")[2] for name in names} == {
        "Latin-400",
        "Latin-700",
        "Song-400",
        "Song-700",
        "Figures-400",
    }
    assert len({name.partition("+")[0] for name in names}) == len(names)


def test_an_odd_family_name_is_a_valid_pdf_name(own: dict[str, bytes]) -> None:
    """A Chinese family name is written in hexadecimal, as PDF wants."""
    css = (
        "@font-face { font-family: '宋 体'; src: url(asset:///NotoSerifSC-Regular.ttf) }"
        "p { font-family: '宋 体' }"
    )
    with pikepdf.open(io.BytesIO(render(document("<p>干</p>", own, css)).content)) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        assert str(font.BaseFont).endswith("+宋 体-400")
