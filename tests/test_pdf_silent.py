"""Tags that say nothing are taken out: those that stay hold the same words in the same order."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pydyf
import pytest

from tests.test_pdf_structure import elements
from yearbook import fonts
from yearbook.audit.runs import read
from yearbook.pdf import Document, leaf, render
from yearbook.pdf.silent import _SILENT, silence
from yearbook.pdf.specimen import CHINESE, assets, document

ROOT = Path(__file__).parent.parent
BODY = f"""
<section><h2>1 <span lang="en">Work</span> <span lang="zh-CN">工作</span></h2>
<p>In 2010 <span>the <b>office</b></span> sent <span class="figure" lang="en">437</span>.</p>
<p lang="zh-CN">{CHINESE}<span role="doc-footnote" style="float: footnote">不含地方。</span></p>
<table><caption>Cadres</caption><tr><th scope="row">Heads <b>of</b> offices</th>
<td><span lang="en">101</span></td><td><div>two</div><div>blocks</div></td></tr></table>
<p>See <a href="https://example.org/">the <b>source</b></a>.</p></section>
"""
MARGIN = """
@page { @top-left { content: "Head" } @bottom-right { content: counter(page) } }
html { font-family: Latin, Song }
"""


@pytest.fixture(scope="module")
def page() -> Document:
    """A page with parts of lines that say something, and many that do not."""
    own = {face.file: face.content for face in fonts.load(ROOT / "templates" / "fonts")}
    return document(BODY, assets(own), MARGIN)


@pytest.fixture(scope="module")
def content(page: Document) -> bytes:
    """That page, printed without a finding."""
    printed = render(page)
    assert printed.findings == ()
    return printed.content


@pytest.fixture
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    """That page, opened."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def every(pdf: pikepdf.Pdf) -> list[Any]:
    """All structure elements of a file, those of its margins too."""
    found = (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in found if each.get("/Type") == "/StructElem"]


def test_no_part_of_a_line_is_an_element_for_nothing(pdf: pikepdf.Pdf) -> None:
    """What stays says its language, or may be a block that must stay apart from the next."""
    root = pdf.Root.StructTreeRoot
    bare = [e for e in elements(root) if str(e.S) in _SILENT and "/Lang" not in e]
    assert [(str(each.S), str(each.P.S)) for each in bare] == [
        ("/NonStruct", "/TH"),
        ("/Span", "/Div"),
        ("/Span", "/Div"),
        ("/NonStruct", "/Document"),
        ("/NonStruct", "/Note"),
    ]
    spoken = [(str(e.S), str(e.Lang)) for e in elements(root) if "/Lang" in e]
    assert spoken == [("/Span", "zh-CN"), ("/P", "zh-CN")]


def test_each_element_hangs_on_the_one_that_holds_it(pdf: pikepdf.Pdf) -> None:
    """Up and down alike; nothing of a leaf's own root is left."""
    for each in elements(pdf.Root.StructTreeRoot):
        for kid in each.K:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert kid.P.objgen == each.objgen
    assert [str(e.S) for e in every(pdf)].count("/Document") == 1


def test_each_mark_of_a_page_leads_to_the_element_that_holds_it(pdf: pikepdf.Pdf) -> None:
    """The way back, from a piece of the page to its element (ISO 32000-1, 14.7.4.4)."""
    held = {e.objgen: [int(k) for k in e.K if isinstance(k, int)] for e in every(pdf)}
    marks = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    assert len(marks) > len({each.objgen for each in marks})
    assert all(number in held[each.objgen] for number, each in enumerate(marks))
    assert sum(map(len, held.values())) == len(marks)


def test_the_words_are_those_of_all_tags(
    page: Document, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fewer than half of the elements, and a smaller file."""
    monkeypatch.setattr(leaf, "silence", lambda pdf: None)
    stock = render(page).content
    assert len(content) < len(stock)
    assert [(r.page, r.text) for r in read(content).runs] == [
        (r.page, r.text) for r in read(stock).runs
    ]
    with pikepdf.open(io.BytesIO(stock)) as before, pikepdf.open(io.BytesIO(content)) as after:
        assert 2 * len(every(after)) < len(every(before))


class Made:
    """A file of some elements, each with one mark of its own, in the order of their marks."""

    def __init__(self, *named: tuple[str, str, str]) -> None:
        self.pdf, self.elements = pydyf.PDF(), dict[str, Any]()
        numbers, root = (
            pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Array()])}),
            pydyf.Dictionary(),
        )
        for mark, (name, kind, parent) in enumerate(named):
            above = self.elements[parent].reference if parent else b"0 0 R"
            part = pydyf.Dictionary({"Type": "/StructElem", "S": kind, "Pg": b"0 0 R", "P": above})
            part["K"] = pydyf.Array([mark])
            self.pdf.add_object(part)
            self.elements[name] = part
            if parent:
                self.elements[parent]["K"].append(part.reference)
            numbers["Nums"][1].append(part.reference)
        for thing in (numbers, root):
            self.pdf.add_object(thing)
        root["ParentTree"] = numbers.reference
        self.pdf.catalog.update(StructTreeRoot=root.reference, Lang=pydyf.String("en"))
        silence(self.pdf)
        self.marked = [self.name(each) for each in numbers["Nums"][1]]

    def name(self, reference: bytes) -> str:
        """Of an element."""
        return next(n for n, each in self.elements.items() if each.reference == reference)

    def held(self, name: str) -> list[Any]:
        """What an element holds: marks and names."""
        kids = self.elements[name]["K"]
        return [self.name(kid) if isinstance(kid, bytes) else kid for kid in kids]


def test_parts_within_parts_end_with_the_outermost() -> None:
    """However deep; a note within keeps its place and learns what it hangs on now."""
    made = Made(
        ("p", "/P", ""),
        ("outer", "/Span", "p"),
        ("inner", "/NonStruct", "outer"),
        ("note", "/Note", "inner"),
        ("last", "/Span", "p"),
    )
    assert made.held("p") == [0, 1, 2, "note", 4]
    assert made.name(made.elements["note"]["P"]) == "p"
    assert made.marked == ["p", "p", "p", "note", "p"]
    gone = [name for name, each in made.elements.items() if each.free == "f"]
    assert gone == ["outer", "inner", "last"]


def test_blocks_of_a_cell_stay_apart() -> None:
    """A cell takes in its only block, but not one of two; a heading has no blocks."""
    for kind, kept in (("/TD", ["block"]), ("/H2", [1])):
        made = Made(("holder", kind, ""), ("block", "/NonStruct", "holder"))
        assert made.held("holder") == [0, *kept]
    alone = Made(("holder", "/TD", ""), ("block", "/NonStruct", "holder"))
    alone.elements["holder"]["K"][:] = [alone.elements["block"].reference]
    silence(alone.pdf)
    assert alone.held("holder") == [1]
