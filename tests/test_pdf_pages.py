"""Pages that are found again: what is printed on kept leaves is what is printed afresh."""

import random
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from yearbook import fonts
from yearbook.pdf import Document, Kept, render
from yearbook.pdf.leaf import Leaf, unpacked
from yearbook.pdf.pages import Memory
from yearbook.pdf.specimen import CHART, CSS, assets, document
from yearbook.pdf.start import Start, running
from yearbook.pdf.subset import readied

ROOT = Path(__file__).parent.parent
MORE = (
    CSS
    + """
@page { size: 100mm 60mm; margin: 12mm 8mm 8mm 8mm;
  @top-left { content: string(head) } @bottom-right { content: counter(page) } }
html { font-family: Latin, Song }
h2 { string-set: head content(text); break-after: avoid; font-size: 12px }
nav a::after { content: target-counter(attr(href url), page) }
.note { float: footnote }
thead { string-set: over attr(data-over) }
figure { margin: 0; break-inside: avoid }
.step { counter-increment: step }
.count::before { content: counter(step) }
"""
)
WORDS = "In 2010 the office sent 437 people to 31 provinces, 12 more than the year before. "


class Shelf(dict[str, bytes]):
    """A shelf in memory."""

    def put(self, key: str, content: bytes) -> None:
        """Keep it."""
        self[key] = content


@pytest.fixture(scope="module")
def own() -> dict[str, bytes]:
    """The assets of a specimen page."""
    held = assets({face.file: face.content for face in fonts.load(ROOT / "templates" / "fonts")})
    return {**held, "chart.svg": CHART}


def blocks() -> list[str]:
    """A text of every kind of block, over some ten small pages."""
    rows = "".join(f"<tr><th scope=row>Item {n}</th><td>{n * 7}</td></tr>" for n in range(14))
    note = '<span class="note">A note of 9 words.</span>'
    return [
        "<p>A first page.</p>",
        *(f"<p>{WORDS * (1 + n % 3)}{note if n % 4 == 1 else ''}</p>" for n in range(6)),
        f'<table><thead data-over="Table"><tr><th scope=col>Item</th><th scope=col>People</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>",
        '<figure><img src="asset:///chart.svg" alt="A chart of 4 bars"></figure>',
        *(f"<p>{WORDS * 2}</p>" for _ in range(3)),
    ]


def paged(parts: list[str], own: dict[str, bytes]) -> Document:
    """A document with contents, sections and these blocks."""
    half = len(parts) // 2
    sections = (parts[:half], parts[half:])
    body = "".join(
        f'<section><h2 id="s{n}">{n} Part {n}</h2>{"".join(held)}</section>'
        for n, held in enumerate(sections, 1)
    )
    links = "".join(f'<p><a href="#s{n}">Part {n}</a></p>' for n in (1, 2))
    return document(f"<nav>{links}</nav><main>{body}</main>", own, css=MORE)


def printed(doc: Document, kept: Kept | None = None) -> bytes:
    """The PDF of a document with which nothing is wrong."""
    made = render(doc, kept)
    assert made.findings == ()
    return made.content


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the pages that were found again."""
    numbers: list[int] = []
    stock = Memory.find

    def find(self: Memory, begun: Start) -> Leaf | None:
        leaf = stock(self, begun)
        if leaf is not None:
            numbers.append(begun.number)
        return leaf

    monkeypatch.setattr(Memory, "find", find)
    return numbers


def test_nothing_changed(own: dict[str, bytes], found: list[int]) -> None:
    """Every page is found again, and the file is the same."""
    kept, doc = Kept(Shelf()), paged(blocks(), own)
    first = printed(doc, kept)
    assert found == []
    with pikepdf.open(BytesIO(first)) as pdf:
        pages = len(pdf.pages)
    assert pages >= 8
    assert printed(doc, kept) == first == printed(doc)
    assert found == list(range(pages))


def test_a_font_is_weighed_once(own: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """All leaves of a document share its fonts: megabytes each, where Chinese is set."""
    weighed: list[str] = []

    def counted(font: Any) -> None:
        readied(font)
        weighed.append(font.hash)

    monkeypatch.setattr("yearbook.pdf.leaf.readied", counted)
    printed(paged(blocks(), own))
    assert weighed
    assert len(weighed) == len(set(weighed))


def test_a_figure_changed(own: dict[str, bytes], found: list[int]) -> None:
    """The pages that show it, or looked at it, are made; the others are found."""
    kept, parts = Kept(Shelf()), blocks()
    before = printed(paged(parts, own), kept)
    parts[-1] = parts[-1].replace("437", "473", 1)
    after = printed(paged(parts, own), kept)
    assert after == printed(paged(parts, own)) != before
    assert len(found) >= 5
    assert 0 in found


@pytest.mark.parametrize("seed", range(6))
def test_any_word_changed(own: dict[str, bytes], seed: int) -> None:
    """Whatever is changed, lengthened or taken out, again and again, on the same leaves."""
    chance, kept, parts = random.Random(seed), Kept(Shelf()), blocks()  # noqa: S311 - the same each time
    printed(paged(parts, own), kept)
    for _ in range(3):
        at = chance.randrange(len(parts))
        words = list(re.finditer(r">([^<>]{4,})<", parts[at]))
        if not words:
            continue
        word = chance.choice(words)
        new = chance.choice((word[1] * 2, word[1][: len(word[1]) // 3], word[1].swapcase()))
        parts[at] = parts[at][: word.start(1)] + new + parts[at][word.end(1) :]
        assert printed(paged(parts, own), kept) == printed(paged(parts, own))


def test_a_picture_changed(own: dict[str, bytes]) -> None:
    """A picture counts by what it shows."""
    kept = Kept(Shelf())
    printed(paged(blocks(), own), kept)
    other = {**own, "chart.svg": CHART.replace(b"#369", b"#963")}
    assert printed(paged(blocks(), other), kept) == printed(paged(blocks(), other))


def test_a_counter_changed_far_before(own: dict[str, bytes]) -> None:
    """What is counted before shows on pages whose own words are the same."""
    kept, parts = Kept(Shelf()), blocks()
    parts[-1] = '<p>Step <span class="count"></span></p>'
    printed(paged(parts, own), kept)
    parts[1] = parts[1].replace("In 2010", '<span class="step"></span>In 2010', 1)
    assert printed(paged(parts, own), kept) == printed(paged(parts, own))


def test_a_running_head_changed(own: dict[str, bytes]) -> None:
    """It stands over pages that do not hold the heading it comes from."""
    kept, doc = Kept(Shelf()), paged(blocks(), own)
    printed(doc, kept)
    other = replace(doc, html=doc.html.replace("1 Part 1", "1 Aid 1"))
    assert printed(other, kept) == printed(other)


def test_a_page_number_in_the_contents_changed(own: dict[str, bytes]) -> None:
    """The contents hang on pages they do not look at."""
    kept, parts = Kept(Shelf()), blocks()
    printed(paged(parts, own), kept)
    parts[1] = f"<p>{WORDS * 9}</p>"
    assert printed(paged(parts, own), kept) == printed(paged(parts, own))


def test_a_style_changed(own: dict[str, bytes], found: list[int]) -> None:
    """Nothing is found again under another style sheet or another toolkit."""
    shelf, doc = Shelf(), paged(blocks(), own)
    printed(doc, Kept(shelf))
    other = replace(doc, html=doc.html.replace("margin: 0; break", "margin: 1px; break"))
    assert other != doc
    assert printed(other, Kept(shelf)) == printed(other)
    printed(doc, Kept(shelf, {"code": "another"}))
    assert found == []


def test_the_language_of_all_changed(own: dict[str, bytes], found: list[int]) -> None:
    """What is said in another language than the whole says so, in that of the whole it does not."""
    body = '<p>A <span lang="en">cadre</span> and <span lang="de">Kader</span>.</p>'
    kept, doc = Kept(Shelf()), document(body, own)
    other = replace(doc, html=doc.html.replace('<html lang="en">', '<html lang="de">'))
    assert printed(doc, kept) != printed(other, kept) == printed(other)
    assert found == []


def test_the_number_of_all_pages(own: dict[str, bytes], found: list[int]) -> None:
    """Who prints it has every page made."""
    kept, doc = Kept(Shelf()), paged(blocks(), own)
    doc = replace(doc, html=doc.html.replace("counter(page)", "counter(page) counter(pages)"))
    assert printed(doc, kept) == printed(doc, kept)
    assert found == []


def test_what_is_wrong_is_said_again(own: dict[str, bytes]) -> None:
    """A page with a fault is not kept: its finding would be lost."""
    parts = blocks()
    parts[-1] = '<p lang="zh-CN">\U0002a6a5</p>'
    link, font = '<a href="#nowhere">x</a>', '<span style="font-family: Nowhere">x</span>'
    for fault in (parts, [*blocks(), f"<p>{link}</p>"], [*blocks(), f"<p>{font}</p>"]):
        kept, doc = Kept(Shelf()), paged(fault, own)
        first = render(doc, kept).findings
        assert first != ()
        assert render(doc, kept).findings == first


def test_a_leaf_as_bytes() -> None:
    """It can be kept and read again."""
    leaf = Leaf(b"%PDF\n\n", {"number": 3}, Start(4, "{}"))
    assert unpacked(leaf.packed()) == leaf


def test_running_heads_before_a_page() -> None:
    """The last that was set before, also if a page between sets none."""
    assert running({"a": {1: ["x", "y"], 3: []}, "b": {5: ["z"]}}, 4) == {"a": "y"}
