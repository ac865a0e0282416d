"""A waived discrepancy is printed in both languages."""

from tests.edits import SLUG, replaced
from yearbook import checks
from yearbook.read import read
from yearbook.read.snapshot import Snapshot

EN, ZH = (f"templates/chapters/{SLUG}/{language}.md" for language in ("en", "zh"))
ALL, ONE = "{{ waivers() }}", '^[{{ waiver("donations/guangrao") }}]'


def told(project: Snapshot, *edits: tuple[str, str]) -> list[str]:
    """Waivers that a text does not print, after words were taken out of it."""
    for file, words in edits:
        project = replaced(project, file, words, "")
    return [one.what.en for one in checks.findings(read(project).book) if one.rule == "waiver"]


def test_printed(project: Snapshot) -> None:
    """A note at the figure or the list of all reasons is enough, in each language."""
    assert told(project) == told(project, (EN, ALL), (ZH, ONE)) == []


def test_not_printed(project: Snapshot) -> None:
    """Without either, the text that lacks it is named."""
    said = 'the reason for "donations/guangrao" is not printed in the {} text'
    assert told(project, (ZH, ALL), (ZH, ONE)) == [said.format("Chinese")]
    assert told(project, (EN, ALL), (EN, ONE)) == [said.format("English")]
