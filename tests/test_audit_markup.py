"""What a published page is made of: whatever can show or hide a figure is named."""

import base64
import re

import pytest

from tests import forge
from yearbook.audit import Sheet, screen
from yearbook.model import Edition
from yearbook.verify import enclosed_sheet

_DOWNLOAD = re.compile(r'download="([^"]+)" href="data:text/csv;base64,([^"]*)"')


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    """What the English edition should show."""
    return enclosed_sheet(forge.finished(Edition.EN).pdf)


def said(page: str, sheet: Sheet) -> list[str]:
    """What the audit says of a page."""
    return [problem.what.en for problem in screen.inspect(page, sheet.items, sheet.ledger)]


@pytest.mark.parametrize("edition", list(Edition))
def test_true(edition: Edition) -> None:
    """The pages that are published are made of nothing strange."""
    made = forge.finished(edition)
    assert said(made.html, enclosed_sheet(made.pdf)) == []


@pytest.mark.parametrize(
    "added",
    [
        "<input value=473>",
        '<img alt="" src="data:image/png;base64,AA==">',
        '<svg><image href="x.png"/></svg>',
        "<svg><foreignObject></foreignObject></svg>",
        '<path d="M 0 0 L 9 9">',
        '<iframe srcdoc="473"></iframe>',
        '<object data="x.svg"></object>',
        '<embed src="x.svg">',
        "<script>document.title = 1</script>",
        '<script src="x.js"></script>',
        '<script type="application/json" onload="x()">{}</script>',
        "<style>data::after{content:'0'}</style>",
        "<del></del>",
        "<bdo dir=rtl></bdo>",
        "<span dir=rtl></span>",
        "<span style='color:white'></span>",
        "<span hidden></span>",
        '<meta http-equiv=refresh content="0;url=https://example.org">',
        '<meta property="og:description" content="473 people">',
        '<meta name="twitter:title" content="473 people">',
        '<base href="https://example.org/">',
        '<link rel="stylesheet" href="x.css">',
        "<p onclick='x()'></p>",
        '<svg><g opacity="0"></g></svg>',
        '<a href="https://example.org/x.csv"></a>',
        '<a href="javascript:x()"></a>',
        '<a download="x.csv" href="en.html"></a>',
    ],
)
def test_strange(added: str, sheet: Sheet) -> None:
    """An element, an attribute or a link that is not the page's own is named."""
    page = forge.finished(Edition.EN).html
    forged = page.replace("</main>", f"{added}</main>")
    assert forged != page
    assert any(
        "what can show or hide figures" in what or "the download" in what
        for what in said(forged, sheet)
    )


def test_changed_script(sheet: Sheet) -> None:
    """The script of the toolkit with another line is not its own."""
    page = forge.finished(Edition.EN).html
    at = page.rindex("</script>")
    forged = f"{page[:at]};document.title='473'{page[at:]}"
    assert any("not the toolkit's" in what for what in said(forged, sheet))


def test_changed_box(sheet: Sheet) -> None:
    """What a page shows on a click of a figure, if it was changed, is named by the figure."""
    page = forge.finished(Edition.EN).html
    slot = page.index('"figures":{')
    at = page.index('"dispatched|', slot)
    quote = page.index("437", at)
    found = said(page[:quote] + "473" + page[quote + 3 :], sheet)
    assert found == ["what it shows of dispatched on a click is not what the records say"]


def test_changed_cell_of_a_figure(sheet: Sheet) -> None:
    """So is a figure that is led to another cell."""
    page = forge.finished(Edition.EN).html
    at = page.index('data-fact="dispatched"')
    cell = page.index('data-cell="', at) + len('data-cell="')
    found = said(page[:cell] + "x" + page[cell:], sheet)
    assert found == ["what it shows of dispatched on a click is not what the records say"]


def test_changed_download(sheet: Sheet) -> None:
    """A figure changed within a table to download is named by the name of the table."""
    page = forge.finished(Edition.EN).html
    name, content = next(
        (name, content)
        for name, content in _DOWNLOAD.findall(page)
        if b"369" in base64.b64decode(content)
    )
    other = base64.b64encode(base64.b64decode(content).replace(b"369", b"396")).decode()
    found = said(page.replace(content, other), sheet)
    assert found == [f"the download {name} is not what the records say"]


def test_page_beside_the_chapters(sheet: Sheet) -> None:
    """The page that leads to the chapters is held to the same."""
    index = '<html lang="en"><body><a href="a/en.html">Read</a>{}</body></html>'
    assert list(screen.unbound(index.format(""), [sheet.ledger])) == []
    (found,) = screen.unbound(index.format("<iframe></iframe>"), [sheet.ledger])
    assert "<iframe>" in found.what.en
