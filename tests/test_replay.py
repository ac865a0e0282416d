"""What a report said is kept in the order and the words of the command line."""

from yearbook import replay
from yearbook.build import Built
from yearbook.model import Artifact


def test_said() -> None:
    """Findings, PDFs, summary, the findings as JSON, and both texts in each language alone."""
    files = (Artifact("a/en.html", b""), Artifact("a/en.pdf", b""), Artifact("a/zh.pdf", b""))
    text, pdfs, summary, as_json, *alone = replay._said(Built((), files), [f.name for f in files])
    assert (text, pdfs, as_json) == ("", "a/en.pdf\na/zh.pdf", "[]\n")
    assert summary.startswith("0 errors")
    assert summary == "  ".join(alone[1::2])
    assert alone[0::2] == ["", ""]
