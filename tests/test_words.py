"""The toolkit's own words: each in both languages, each used."""

import re

from tests.edits import ROOT, bilingual
from yearbook.model import Edition
from yearbook.read.snapshot import Snapshot
from yearbook.words import WORDS


def test_both_languages() -> None:
    """Every word exists in both languages."""
    for name, text in WORDS.items():
        assert bilingual(text), name
        assert not re.search("[一-鿿]", text.en), name


def test_no_digits() -> None:
    """No word holds a figure: figures come from the records."""
    for text in WORDS.values():
        assert not re.search(r"\d", text.en + text.zh)


def test_used(project: Snapshot) -> None:
    """Every word is asked for somewhere, in a template or in a module."""
    sources = [data.decode() for name, data in project.files.items() if name.endswith(".html")]
    modules = (path for path in (ROOT / "yearbook").rglob("*.py") if path.name != "words.py")
    everything = "".join([*sources, *(path.read_text(encoding="utf-8") for path in modules)])
    kinds = {"table", "chart", "section"}
    by_kind = {f"list_of_{kind}s" for kind in kinds} | {f"edition_{of}" for of in Edition}
    for name in set(WORDS) - kinds - by_kind:
        assert re.search(rf"(word|words|_word|WORDS)[(\[][\"']{name}[\"']", everything), name
