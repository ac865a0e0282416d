"""The finished files of the first chapter: everything it must hold, in a file anyone can read."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import page as validation
import pikepdf
import pypdfium2
import pytest

from tests.editions import Printed, printed
from tests.edits import ROOT
from yearbook import markup
from yearbook.model import Edition
from yearbook.read.snapshot import Snapshot

INVENTORY = tuple(
    csv.DictReader((Path(__file__).parent / "inventory.csv").read_text("utf-8").splitlines())
)
"""Each figure of the source with the words that print it, in both languages."""


@pytest.fixture(scope="module", params=list(Edition), ids=str)
def edition(request: pytest.FixtureRequest) -> Edition:
    """Each edition in turn."""
    return Edition(request.param)


@pytest.fixture(scope="module")
def made(edition: Edition, project: Snapshot) -> Printed:
    """The page and the PDF of an edition."""
    return printed(project, edition)


def bare(text: str) -> str:
    """Text without blanks, hyphens and the marks that line breaking leaves."""
    return re.sub(r"[\s\u00a0\u00ad\u2010\ufffe\x02-]", "", text)


def stands(words: str, sheets: list[str]) -> bool:
    """Whether words stand on a page, or run over from one page to the next."""
    if any(words in sheet for sheet in sheets):
        return True
    return any(
        words[:at] in first and words[at:] in second
        for first, second in pairwise(sheets)
        for at in range(3, len(words) - 2)
        if not (words[at - 1].isdigit() and words[at].isdigit())
    )


def test_every_figure_of_the_source_is_printed(edition: Edition, made: Printed) -> None:
    """Each figure stands in its words, in every language of the edition, in the PDF's own text."""
    document = pypdfium2.PdfDocument(made.pdf)
    sheets = [bare(sheet.get_textpage().get_text_bounded()) for sheet in document]

    missing = [
        (row["no"], row[language])
        for row in INVENTORY
        for language in edition.languages
        if not stands(bare(row[language]), sheets)
    ]

    assert missing == []
    assert len(INVENTORY) >= 68


@pytest.mark.parametrize(
    "profile",
    [validation.ValidationProfile.PDF_UA_1, validation.ValidationProfile.PDF_A_3A],
    ids=["ua1", "a3a"],
)
def test_the_pdf_meets_both_standards(made: Printed, profile: validation.ValidationProfile) -> None:
    """The real chapter, not only a specimen, is accessible and archival."""
    report = validation.validate_pdf_bytes(made.pdf, profile=profile)

    assert [failure.message for failure in report.failures] == []


def test_a_table_that_goes_on_says_so(edition: Edition, made: Printed) -> None:
    """A page that begins within a table repeats its head under "Table 2 (continued)", "续表2"."""
    head, unit, label = {
        Edition.EN: ("ItemUnitPeriodFigure", "Unit:aslisted", r"(Table\d+)\(continued\)"),
        Edition.ZH: ("项目单位时期数值", "单位：见表内", r"续(表\d+)"),
        Edition.BOTH: ("Item项目Unit单位", "Unit:aslisted", r"(Table\d+)\(continued\)续表"),
    }[edition]
    document = pypdfium2.PdfDocument(made.pdf)
    sheets = [bare(sheet.get_textpage().get_text_bounded()) for sheet in document]

    told = [re.findall(label, sheet) for sheet in sheets]

    assert any(told)
    for before, sheet, names in zip(sheets, sheets[1:], told[1:], strict=False):
        assert all(name in before for name in names)
        assert names or sheet.count(head) <= sheet.count(unit)


def test_the_pdf_is_sound(made: Printed, tmp_path: Path) -> None:
    """qpdf, which pikepdf carries, finds no fault of syntax."""
    (tmp_path / "edition.pdf").write_bytes(made.pdf)

    with pikepdf.open(tmp_path / "edition.pdf") as document:
        assert document.check_pdf_syntax() == []


def test_the_pdf_says_what_it_is(edition: Edition, made: Printed, tmp_path: Path) -> None:
    """Title, author, language and bookmarks are set."""
    (tmp_path / "edition.pdf").write_bytes(made.pdf)

    with pikepdf.open(tmp_path / "edition.pdf") as document, document.open_outline() as outline:
        assert str(document.Root.Lang) == edition.languages[0].tag
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.open_metadata()["dc:title"]
        assert document.open_metadata()["dc:creator"]
        assert len(outline.root) >= 12


def test_the_page_is_whole(edition: Edition, made: Printed) -> None:
    """Languages, landmarks, headings, alternatives and links hold; nothing is requested."""
    assert list(markup.check(f"{edition}.html", made.html)) == []


def test_the_chapter_is_whole(made: Printed) -> None:
    """Ten sections, at least eight tables and seven charts, contents and lists of both."""
    page = made.html

    assert len(re.findall(r'<section id="section-', page)) == 10
    assert len(re.findall(r'<section class="front"', page)) == 2
    assert len(re.findall(r'<figure class="table[ "]', page)) >= 8
    assert len(re.findall(r'<figure class="chart"', page)) >= 7
    assert len(re.findall(r"<svg\b", page)) == len(re.findall(r'<figure class="chart"', page))
    assert len(re.findall(r'<nav class="contents', page)) == 3


def test_the_inventory_is_the_one_of_the_source() -> None:
    """No figure of the source's inventory is left out; open lists need no printed count."""
    shared = ROOT.parent / "shared" / "source" / "inventory.csv"
    if not shared.exists():
        pytest.skip("the source's inventory is not beside this project")
    numbers = [row["no"] for row in csv.DictReader(shared.read_text("utf-8").splitlines())]
    ours = {re.sub(r"^69[a-d]$", "69", row["no"]) for row in INVENTORY}

    assert [number for number in numbers if number not in ours] == ["2", "45", "60"]
