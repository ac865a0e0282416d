"""The one script of a page."""

import pytest

from yearbook import markup
from yearbook.script import SCRIPT

PAGE = (
    '<html lang="en"><head><title>t</title></head><body><header></header><main><h1>t</h1></main>'
    "<footer></footer>{}</body></html>"
)
FOREIGN = "the page runs a script that is not the toolkit's"


def said(inside: str) -> list[str]:
    """What is wrong with a page that holds something more."""
    return [finding.what.en for finding in markup.check("x.html", PAGE.format(inside))]


def test_own() -> None:
    """The toolkit's script may run, and data for it may stand beside it."""
    data = '<script type="application/json">{"a": 1}</script>'
    assert said(f"{data}<script>{SCRIPT}</script>") == []


@pytest.mark.parametrize(
    "inside",
    [
        f"<script>{SCRIPT}document.querySelector('data').textContent = '7'</script>",
        "<script>1</script>",
        '<p onclick="alert(1)">a</p>',
        '<script type="module">1</script>',
    ],
)
def test_foreign(inside: str) -> None:
    """Any other script is refused, also one that begins like it or hides in an attribute."""
    assert FOREIGN in said(inside)
