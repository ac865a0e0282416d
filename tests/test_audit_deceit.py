"""What a finished PDF can hide or say beside its pages: each way is named."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests import forge
from yearbook.audit import page
from yearbook.model import Edition
from yearbook.verify import enclosed_sheet

Change = Callable[[pikepdf.Pdf], None]
FIFTH = 4


def named(change: Change) -> list[tuple[int, str]]:
    """What the audit says of the English edition after a change: the page, and what."""
    content = forge.finished(Edition.EN).pdf
    sheet = enclosed_sheet(content)
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        forged = forge.saved(pdf)
    found = page.inspect(forged, sheet.items, sheet.ledger, sheet.head).problems
    return [(problem.page, problem.what.en) for problem in found]


def shown(pdf: pikepdf.Pdf, before: bytes = b"", after: bytes = b"") -> None:
    """Put operators before or after the content of the fifth page."""
    leaf = pdf.pages[FIFTH]
    if before:
        leaf.contents_add(before, prepend=True)
    if after:
        leaf.contents_add(after)


def picture(pdf: pikepdf.Pdf) -> None:
    """A number as a picture, within the operators of the page."""
    shown(pdf, after=b"q 60 0 0 60 200 400 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q")


def painted(pdf: pikepdf.Pdf) -> None:
    """A white sheet over the text."""
    shown(pdf, after=b"q 1 g 60 300 480 400 re f Q")


def first_text(pdf: pikepdf.Pdf, operators: bytes) -> None:
    """Operators before the first text of the page."""
    leaf = pdf.pages[FIFTH]
    content = leaf.Contents.read_bytes()
    leaf.Contents = pdf.make_stream(content.replace(b"BT", b"BT " + operators, 1))


def invisible(pdf: pikepdf.Pdf) -> None:
    """A text that a program reads and no person sees."""
    first_text(pdf, b"3 Tr")


def moved_off(pdf: pikepdf.Pdf) -> None:
    """The page shifted until its texts are off the paper."""
    shown(pdf, before=b"1 0 0 1 0 2000 cm")


def white(pdf: pikepdf.Pdf) -> None:
    """A text in white on white paper."""
    program: Any = list(pikepdf.parse_content_stream(pdf.pages[FIFTH]))
    colours = [at for at, (_, name) in enumerate(program) if str(name) in ("rg", "sc", "scn", "g")]
    for at in colours:
        program[at] = ([1, 1, 1], pikepdf.Operator("rg"))
    pdf.pages[FIFTH].Contents = pdf.make_stream(pikepdf.unparse_content_stream(program))


def elements(pdf: pikepdf.Pdf, name: str) -> list[Any]:
    """The structure elements of a tag."""
    return [
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == name
    ]


def instead(pdf: pikepdf.Pdf) -> None:
    """Words for the blind in the place of a text."""
    elements(pdf, "/TD")[0].ActualText = pikepdf.String("999")


def alternative(pdf: pikepdf.Pdf) -> None:
    """Another number in the text alternative of a chart."""
    figure = next(one for one in elements(pdf, "/Figure") if "/Alt" in one)
    figure.Alt = pikepdf.String(f"{figure.Alt} 999 people.")


def link(pdf: pikepdf.Pdf) -> None:
    """Another number in the words of a link."""
    notes = [note for leaf in pdf.pages for note in leaf.obj.get("/Annots", ())]
    note = next(note for note in notes if str(note.Contents).startswith("Table"))
    note.Contents = pikepdf.String("Table 77")


def bookmark(pdf: pikepdf.Pdf) -> None:
    """Another number in a bookmark."""
    with pdf.open_outline() as outline:
        outline.root[3].title = "77 Overview"


def title(pdf: pikepdf.Pdf) -> None:
    """Another year in the title of the file."""
    pdf.docinfo["/Title"] = "The work of the ministry in 2012"


def metadata(pdf: pikepdf.Pdf) -> None:
    """Another year in the metadata."""
    old = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata = pdf.make_stream(old.replace(b"in 2010<", b"in 2012<"))


def labels(pdf: pikepdf.Pdf) -> None:
    """Other numbers of the pages in the reader's window."""
    first = pikepdf.Dictionary(S=pikepdf.Name.D, St=7)
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, first]))


def note(pdf: pikepdf.Pdf) -> None:
    """A picture of its own on a link."""
    leaf = next(leaf for leaf in pdf.pages if "/Annots" in leaf.obj)
    form = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    leaf.Annots[0].AP = pikepdf.Dictionary(N=form)


def associated(pdf: pikepdf.Pdf) -> None:
    """A file that is associated with the PDF and is none of its attachments."""
    made = pikepdf.AttachedFileSpec(pdf, b"id,value", filename="book.toml")
    pdf.Root.AF.append(made.obj)


def unix(pdf: pikepdf.Pdf) -> None:
    """Another content of an attachment, for one system only."""
    pdf.Root.AF[0].EF.Unix = pdf.make_stream(b"data_year = 2012")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (picture, "a picture"),
        (painted, "painted over"),
        (invisible, "invisible"),
        (moved_off, "off the paper"),
        (white, "white on white"),
        (instead, "in the place of a text"),
        (alternative, "a text alternative says"),
        (link, "a link says"),
        (bookmark, "a bookmark says"),
        (title, "the file says of itself"),
        (metadata, "the file says of itself"),
        (labels, "PageLabels"),
        (note, "Link"),
        (associated, "not its attachments"),
        (unix, "a second file"),
    ],
)
def test_named(change: Change, words: str) -> None:
    """A figure hidden or shown beside the texts of a page is named, with its page."""
    found = named(change)
    assert any(words in what for _, what in found), found
    if words in ("a picture", "painted over", "invisible", "off the paper", "white on white"):
        assert {number for number, _ in found} == {FIFTH + 1}


def test_bytes_after_the_end() -> None:
    """What stands behind the end of the file is named."""
    content = forge.finished(Edition.EN).pdf
    sheet = enclosed_sheet(content)
    found = page.inspect(content + b"473 people", sheet.items, sheet.ledger, sheet.head).problems
    assert ["bytes after its end" in problem.what.en for problem in found] == [True]
