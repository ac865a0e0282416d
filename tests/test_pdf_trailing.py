"""Lines that end just where their words do."""

from pathlib import Path

import pypdfium2
import pytest

from yearbook import fonts
from yearbook.pdf import render
from yearbook.pdf.specimen import assets, document

ROOT = Path(__file__).parent.parent
WORDS = (
    "After the Wenchuan Earthquake the ministry turned at once to relief and reconstruction. From "
)


@pytest.fixture(scope="module")
def own() -> dict[str, bytes]:
    """The assets of a specimen page, from the vendored fonts."""
    return assets({face.file: face.content for face in fonts.load(ROOT / "templates" / "fonts")})


@pytest.mark.parametrize("width", ["77.6mm", "78mm"])
def test_a_line_is_filled_when_only_the_blank_does_not_fit(
    width: str, own: dict[str, bytes]
) -> None:
    """No word stands alone on a line because a blank before the next element overflows."""
    page = (
        f'<p style="width:{width};font:9.4pt/14.6pt Latin;hyphens:auto;text-align:justify">'
        f"{WORDS}<data>20 provinces</data>, from universities and from institutes.</p>"
    )
    printed = render(document(page, own))

    text = pypdfium2.PdfDocument(printed.content)[0].get_textpage().get_text_bounded()

    lines = text.strip().splitlines()
    assert min(len(line) for line in lines[:-1]) > 25
