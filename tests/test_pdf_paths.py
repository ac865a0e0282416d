"""Plain paths of a chart."""

import pytest
from weasyprint import svg

from tests.plain import everything, mended
from yearbook.pdf import paths, render


def test_the_same_bytes_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines, curves, closed and open, with markers and in short hand, are drawn as before."""
    expected = mended()
    monkeypatch.setitem(svg.TAGS, "path", paths._stock)
    assert render(everything()) == expected


@pytest.mark.parametrize("path", ["M 1 2 3 4", "M 1", "L 1 2 C 3", "1 2", "M 1 2 L 3 4 5 6"])
def test_short_hand_is_not_plain(path: str) -> None:
    """A path that leaves out letters or numbers goes to WeasyPrint."""
    with pytest.raises((KeyError, IndexError, ValueError)):
        list(paths.operators(path))
