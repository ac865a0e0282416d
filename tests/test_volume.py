"""The whole book: bound from its chapters, every page as it was, numbered through."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from tests.counties import SLUGS, counties
from tests.editions import kit
from tests.test_node import Memory
from yearbook import build, verify, volume
from yearbook.finding import failing
from yearbook.gallery import load_charts
from yearbook.kit import Kit
from yearbook.model import Edition, Text
from yearbook.node import Cache
from yearbook.pdf import Document, render
from yearbook.pdf.specimen import CREATED
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.volume import gather, stamp
from yearbook.volume.block import stream
from yearbook.volume.case import DisagreeingError, case
from yearbook.volume.check import compared
from yearbook.volume.gathering import Type, packed, unpacked
from yearbook.volume.job import UnboundError
from yearbook.volume.letters import Letters
from yearbook.volume.order import orders
from yearbook.volume.stamp import Digits, spots

EVERY = ("people", *SLUGS)
FRONT = 4
"""Pages before the first chapter: the title, the contents, the lists of tables and charts."""


def quiet(text: Text) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Bound:
    """A built book of four chapters: its files, and what it is made with."""

    files: dict[str, bytes]
    orders: dict[Edition, volume.Order]
    kit: Kit

    def book(self, edition: Edition) -> bytes:
        """The whole book in an edition."""
        return self.files[f"book/{edition}.pdf"]

    def chapters(self, edition: Edition) -> dict[str, bytes]:
        """The chapters in an edition, by the names of their files."""
        names = [f"{slug}/{edition}.pdf" for slug in EVERY]
        return {name: self.files[name] for name in names}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Bound:
    """The book of the counties."""
    root = counties(tmp_path_factory.mktemp("volume"))
    built = build.build(root, load_charts(root), 2, quiet)
    assert failing(built.findings) == ()
    snapshot = take(root)
    reading = read(snapshot)
    own = replace(kit(snapshot), files=reading.files, charts={})
    asked = {order.edition: order for order in orders(reading.book, own, built.artifacts)}
    return Bound({each.name: each.content for each in built.artifacts}, asked, own)


@pytest.fixture(params=Edition, ids=str)
def edition(request: pytest.FixtureRequest) -> Edition:
    """Each edition in turn."""
    found: Edition = request.param
    return found


def texts(content: bytes) -> list[str]:
    """What the pages say, without blanks."""
    file = pypdfium2.PdfDocument(content)
    return ["".join(page.get_textpage().get_text_range().split()) for page in file]


def streams(pdf: pikepdf.Pdf, name: str) -> list[Any]:
    """The descriptors of fonts that have a program of this name."""
    return [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and name in each]


def test_pages_are_numbered_through(made: Bound, edition: Edition) -> None:
    """The front is numbered by small Roman numerals, the chapters from 1, and the labels of the
    pages say the same; a chapter's own contents are left out."""
    said = texts(made.book(edition))
    with pikepdf.open(BytesIO(made.book(edition))) as pdf:
        labels = [page.label for page in pdf.pages]
    alone = sum(len(texts(content)) for content in made.chapters(edition).values())
    assert len(said) == alone - len(EVERY) + FRONT
    assert labels[: FRONT + 2] == ["i", "ii", "iii", "iv", "1", "2"]
    assert said[FRONT - 1].endswith("iv")
    numbered = [at for at, text in enumerate(said) if at >= FRONT and text.endswith(labels[at])]
    covers = [at for at, text in enumerate(said) if at >= FRONT and at not in numbered]
    assert len(covers) == len(EVERY)
    assert covers[0] == FRONT


def test_each_page_says_what_it_said(made: Bound, edition: Edition) -> None:
    """Beside the chapters nothing differs; a page of another book is named."""
    book, chapters = made.book(edition), made.chapters(edition)
    assert list(volume.compared("book.pdf", book, chapters)) == []
    with pikepdf.open(BytesIO(book)) as pdf:
        pdf.pages[-1].obj.Contents = pdf.pages[-2].obj.Contents
        del pdf.pages[FRONT + 1]
        changed = BytesIO()
        pdf.save(changed)
    found = [f.what.en for f in volume.compared("book.pdf", changed.getvalue(), chapters)]
    assert f"page 3 of people/{edition}.pdf does not stand there as it is" in found
    assert len(found) > len(SLUGS)
    without = {name: held for name, held in chapters.items() if SLUGS[0] not in name}
    assert {f.what.en.partition(" is ")[2] for f in volume.compared("b", book, without)} == {
        "of no chapter"
    }
    broken = list(volume.compared("b", b"no PDF", chapters))
    assert [finding.what.en.partition(":")[0] for finding in broken] == ["cannot be read"]


def test_each_page_looks_as_it_did(made: Bound, edition: Edition) -> None:
    """Point by point, but for the number in its foot: with fonts of the whole book."""
    book = pypdfium2.PdfDocument(made.book(edition))
    at = FRONT
    for content in made.chapters(edition).values():
        own = pypdfium2.PdfDocument(content)
        for number in (0, *range(2, len(own))):
            before, after = (
                page.render(scale=1.5, grayscale=True).to_pil() for page in (own[number], book[at])
            )
            differs = ImageChops.difference(before, after).getbbox()
            height = before.size[1]
            assert differs is None or differs[1] > height * 0.92
            assert number or differs is None
            at += 1
    assert at == len(book)


@pytest.mark.parametrize(
    "profile",
    [validation.ValidationProfile.PDF_UA_1, validation.ValidationProfile.PDF_A_3A],
    ids=["ua1", "a3a"],
)
def test_both_standards_are_met(
    made: Bound, edition: Edition, profile: validation.ValidationProfile
) -> None:
    """The whole book is accessible and archival."""
    report = validation.validate_pdf_bytes(made.book(edition), profile=profile)
    assert [failure.message for failure in report.failures] == []


def test_the_file_is_sound(made: Bound, edition: Edition) -> None:
    """qpdf finds nothing to mend, and no object that nothing leads to."""
    with pikepdf.open(BytesIO(made.book(edition))) as pdf:
        assert pdf.check_pdf_syntax() == []
        before = sum(1 for each in pdf.objects if str(each.unparse()) and each is not None)
        pdf.remove_unreferenced_resources()
        kept = BytesIO()
        pdf.save(kept)
    with pikepdf.open(kept) as pdf:
        assert before >= len(pdf.objects)


def links(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str, int]]:
    """Each link: its page, the name it leads to, and the page that lies at."""
    places = dict(pikepdf.NameTree(pdf.Root.Names.Dests))
    numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    for at, page in enumerate(pdf.pages):
        for note in page.obj.get("/Annots", ()):
            name = str(note.Dest)
            yield at, name, numbers[places[name][0].objgen]


def test_contents_lead_where_they_say(made: Bound, edition: Edition) -> None:
    """The numbers of the contents, in their order, are those of the pages that the links lead
    to, each of which says what the entry says."""
    said = texts(made.book(edition))
    with pikepdf.open(BytesIO(made.book(edition))) as pdf:
        every = list(links(pdf))
        labels = [page.label for page in pdf.pages]
    front = [(at, led) for at, _, led in every if at < FRONT]
    assert len(front) >= 20
    for page in range(1, FRONT):
        numbers = [labels[led] for at, led in front if at == page]
        left = said[page]
        for number in numbers:
            _, found, left = left.partition(number)
            assert found
    assert all(led >= FRONT for _, led in front)
    assert all(name.partition("/")[0] in EVERY for at, name, _ in every if at >= FRONT)


def test_tags_are_joined(made: Bound, edition: Edition) -> None:
    """Below one document; every marked content and every link finds its element again, and no
    identifier stands twice."""
    with pikepdf.open(BytesIO(made.book(edition))) as pdf:
        root = pdf.Root.StructTreeRoot
        assert len(root.K[0].K) == len(EVERY) + 1
        parents = dict(pikepdf.NumberTree(root.ParentTree))
        pages = {page.obj.objgen: int(page.obj.StructParents) for page in pdf.pages}
        waiting: list[Any] = [root.K[0]]
        ids, count = Counter[str](), 0
        while waiting:
            element = waiting.pop()
            if "/ID" in element:
                ids[str(element.ID)] += 1
            for kid in element.K:
                if isinstance(kid, int):
                    count += 1
                    assert parents[pages[element.Pg.objgen]][kid].objgen == element.objgen
                elif kid.get("/Type") == "/OBJR":
                    assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
                else:
                    assert kid.P.objgen == element.objgen
                    waiting.append(kid)
        assert count > 100
        assert set(ids.values()) == {1}
        assert set(pikepdf.NameTree(root.IDTree).keys()) == set(ids)


def test_fonts_are_shared(made: Bound, edition: Edition) -> None:
    """Each master stands in the file once, with the glyphs of all chapters, and the file is
    smaller than its chapters."""
    with pikepdf.open(BytesIO(made.book(edition))) as pdf:
        names = [str(each.FontName) for each in streams(pdf, "/FontFile2")]
    assert len(names) == len(set(names)) >= 3
    chapters = made.chapters(edition).values()
    assert len(made.book(edition)) < 0.8 * sum(map(len, chapters))


def test_bookmarks_are_nested(made: Bound, edition: Edition) -> None:
    """One for each chapter, its sections below it, each leading to its page."""
    with pikepdf.open(BytesIO(made.book(edition))) as pdf, pdf.open_outline() as outline:
        front, *chapters = outline.root
        assert len(front.children) == 3
        assert len(chapters) == len(EVERY)
        assert all(len(chapter.children) == 1 for chapter in chapters)
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        places: list[Any] = [chapter.destination for chapter in chapters]
        led = [numbers[place[0].objgen] for place in places]
        assert led == sorted(led)
        assert led[0] == FRONT


def test_what_the_chapters_enclose_is_enclosed(made: Bound, edition: Edition) -> None:
    """Common files once, the chapters' own under their names; all of them associated."""
    with pikepdf.open(BytesIO(made.book(edition))) as pdf:
        held = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
        listed = {each.objgen for each in pdf.Root.AF}
        assert listed == {each.obj.objgen for each in pdf.attachments.values()}
    wanted = dict[str, bytes]()
    for slug in EVERY:
        with pikepdf.open(BytesIO(made.files[f"{slug}/{edition}.pdf"])) as pdf:
            for name, file in pdf.attachments.items():
                own = f"{slug}.{name}" if name in ("facts.json", "proof.json") else name
                wanted[own] = file.get_file().read_bytes()
    assert held == wanted
    with pytest.raises(verify.NoProofError) as refused:
        verify.carried(made.book(edition))
    assert "whole book" in refused.value.what.en


def bound(made: Bound, order: volume.Order, cache: Cache) -> tuple[bytes, list[str]]:
    """The book as this order makes it, and the names of what was made for it now."""
    done = volume.run(replace(order, kit=replace(made.kit, cache=cache)))
    assert done.findings == ()
    return done.artifacts[0].content, [node.name for node in done.nodes if not node.reused]


def test_what_is_known_is_used_again(made: Bound) -> None:
    """A book in which one chapter grew is the same whether anything was known before; of the
    others only their reading again is new, since their numbers changed."""
    order = made.orders[Edition.EN]
    cache = Cache(Memory())
    assert bound(made, order, cache)[0] == made.book(Edition.EN)
    assert bound(made, order, cache)[1] == []
    people, first, *others = order.chapters
    longer = made.orders[Edition.BOTH].chapters[0]
    grown = replace(order, chapters=(replace(people, file=longer.file), first, *others))
    content, now = bound(made, grown, cache)
    assert content == bound(made, grown, Cache(Memory()))[0] != made.book(Edition.EN)
    assert [
        name for name in now if name.startswith(("front", "gathering", "objects", "block"))
    ] == [
        "gathering people/en",
        "objects people/en",
        "block people/en",
    ]


def test_a_wrong_number_is_found() -> None:
    """Reading again tells a page whose number or words are not those of the chapter."""
    numbers = [("3", "17", "20"), ("", "", "21")]
    assert list(compared("b", ["A 3", "B"], ["A 17", "B"], numbers)) == []
    found = list(compared("b", ["A 3", "B"], ["A 18", "C"], numbers))
    assert [finding.place.line for finding in found] == [20, 21]


CONTENTS = (
    '<nav class="contents"><h2 id="c">Contents</h2><ol><li><a href="#s">One</a></li></ol></nav>'
)


def printed(made: Bound, body: str, css: str = "") -> bytes:
    """A page with the fonts of the book."""
    faces = {face.file: face.content for face in made.kit.faces}
    font = "@font-face { font-family: F; src: url(asset:///NotoSans-Regular.ttf) }"
    style = f"<style>{font} body {{ font-family: F }} {css}</style>"
    page = f'<!doctype html><html lang="en"><head><title>T</title>{style}</head>'
    done = render(Document(f"{page}<body>{body}</body></html>", faces, CREATED))
    assert done.findings == ()
    return done.content


def test_contents_beside_text_are_refused(made: Bound) -> None:
    """Contents that cannot be left out are named with their page."""
    letters = Letters({face.file: face.content for face in made.kit.faces})
    text = '<h2 id="s">One</h2><p>Text</p>'
    with pytest.raises(UnboundError) as refused:
        gather.chapter(printed(made, CONTENTS + text), "a", letters)
    assert refused.value.page == 1
    apart = printed(made, CONTENTS + f'<section style="break-before: page">{text}</section>')
    assert len(gather.chapter(apart, "a", letters).sewing.leaves) == 1


@pytest.mark.parametrize(
    ("box", "share"), [("left", 0.0), ("center", 0.5), ("right", 1.0)], ids=str
)
def test_a_number_keeps_its_edge(made: Bound, box: str, share: float) -> None:
    """Left, in the middle or right, wherever the style prints it; a second one is refused."""
    letters = Letters({face.file: face.content for face in made.kit.faces})
    css = f"@page {{ @bottom-{box} {{ content: counter(page); font-family: F }} }}"
    content = printed(made, "<h1>Title</h1>", css)
    piece = gather.chapter(content, "a", letters).sewing.leaves[0].pieces[0]
    assert piece.share == share
    twice = css + "@page { @top-left { content: counter(page); font-family: F } }"
    with pytest.raises(UnboundError):
        gather.chapter(printed(made, "<h1>Title</h1>", twice), "a", letters)


def test_a_packed_gathering_is_the_same(made: Bound) -> None:
    """What is kept of a chapter is all of it."""
    letters = Letters({face.file: face.content for face in made.kit.faces})
    one = gather.chapter(made.files["people/zh.pdf"], "people", letters)
    again = unpacked(*packed(one))
    assert (again.sewing, again.types) == (one.sewing, one.types)
    assert (list(again.streams), list(again.plain)) == (list(one.streams), list(one.plain))


def test_fonts_of_no_master_stay(made: Bound) -> None:
    """A chapter whose fonts are of no known master keeps them."""
    with pikepdf.open(BytesIO(made.files["people/en.pdf"])) as pdf:
        programs = len(streams(pdf, "/FontFile2"))
    one = gather.chapter(made.files["people/en.pdf"], "people", Letters({}))
    assert one.types == ()
    assert sum(b"/FontFile2" in text for text in one.plain) == programs


def test_a_font_of_two_masters_is_of_none(made: Bound) -> None:
    """Where two masters draw the same, or nothing is drawn, no master is named."""
    faces = {face.file: face.content for face in made.kit.faces}
    letters = Letters(faces)
    file = "NotoSans-Regular.ttf"
    assert letters.master(letters.cut(file, {0x24, 0x25})) == file
    assert letters.master(letters.cut(file, {1})) == ""
    assert Letters({"a": faces[file], "b": faces[file]}).master(faces[file]) == ""
    assert letters.master(b"no font") == ""


def test_names_are_the_chapters_own(made: Bound) -> None:
    """A link within a chapter leads to the place of that chapter, not of another."""
    letters = Letters({face.file: face.content for face in made.kit.faces})
    content = printed(made, '<h2 id="s">One</h2><p><a href="#s">One</a></p>')
    one = gather.chapter(content, "a-b", letters)
    assert any(b"/Dest (a-b/s)" in text for text in one.plain)
    assert one.sewing.spans["places"] == ("a-b/s", "a-b/s")


def test_a_stream_keeps_its_last_byte() -> None:
    """After a carriage return a line feed alone would be taken for the end of one line."""
    assert stream(7, b"<< >>", b"x\r").endswith(b"x\r\r\nendstream\nendobj\n")
    assert stream(7, b"<< >>", b"x\n").endswith(b"x\n\nendstream\nendobj\n")


def test_texts_that_disagree_have_tables_of_their_own(made: Bound) -> None:
    """One glyph read as two characters is read so in each chapter; other widths are refused."""
    file = "NotoSans-Regular.ttf"
    faces = [face.content for face in made.kit.faces if face.file == file]
    letters = Letters({file: faces[0]})
    one = Type(file, "/Flags 4", {5: "0020"}, {5: 260})
    other = replace(one, texts={5: "00a0", 6: "0041"}, widths={5: 260, 6: 639})
    done = case([[one], [other], [one]], letters, 16)
    assert done.numbers == [(19,), (21,), (19,)]
    assert sum(b"/Length1" in text for _, text, _ in done.objects) == 1
    with pytest.raises(DisagreeingError):
        case([[one], [replace(one, widths={5: 1})]], letters, 16)


def test_only_the_number_itself_is_found() -> None:
    """A longer number, or one among words, is no number of the page."""
    fonts = {"A": Digits({"0011": "1", "0012": "2", "0020": "x"}, 500.0)}
    shown = b"BT\n1 0 0 -1 %d 5 Tm\n/A 12 Tf\n[%s] TJ\nET\n"
    content = (
        b"/Span\n<</MCID 3>>\nBDC\n" + shown % (1, b"<0011><0012>") + b"EMC\n"
        b"/Span\n<</MCID 4>>\nBDC\n"
        + shown % (2, b"<0012>-0.02")
        + b"EMC\n"
        + shown % (3, b"<0020><0012>")
    )
    found = list(spots(content, "2", fonts))
    assert [(spot.marked, spot.piece.x) for spot in found] == [(4, 2.0)]
    assert found[0].piece.width == pytest.approx(6.0)
    assert stamp.LEFT < stamp.CENTRE < stamp.RIGHT


def test_only_some_instances_are_no_book(tmp_path: Path) -> None:
    """What is printed for a look at some instances, or where it is not wanted, is no whole book."""
    root = counties(tmp_path)
    book = root / "data" / "book.toml"
    told = book.read_text()
    assert read(take(root)).book.whole
    book.write_text("whole = false\n" + told)
    assert not read(take(root)).book.whole
    book.write_text("whole = 1\n" + told)
    with pytest.raises(ValueError, match="true or false"):
        read(take(root))
    book.write_text(told.replace('slug = "people"', 'slug = "book"'))
    with pytest.raises(ValueError, match="no chapter can be called"):
        read(take(root))
    book.write_text(told.split("[[chapter]]")[0] + "[[chapter]]" + told.split("[[chapter]]")[1])
    assert not read(take(root)).book.whole
