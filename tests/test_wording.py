"""Other words make a paragraph stale until a person confirms it; other numbers never do."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.edits import CHAPTER, SLUG, bilingual, edited, replaced, with_files
from yearbook import wording
from yearbook.book import Chapter, Confirmation, Prose
from yearbook.finding import Finding, Severity
from yearbook.model import Language, Place
from yearbook.prose import Manuscript, parse
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.report import lay_out

EN = """## Overview {#overview}

It sent {{ fact("sent") }}. It rained.

It went on.
"""
ZH = """## 概况 {#overview}

派出{{ fact("sent") }}。下雨了。

继续进行。
"""
Texts = Mapping[Language, Manuscript]


def texts(en: str = EN, zh: str = ZH) -> Texts:
    """Two manuscripts."""
    return {
        Language.EN: parse(Prose("en.md", en), Language.EN),
        Language.ZH: parse(Prose("zh.md", zh), Language.ZH),
    }


CONFIRMED = wording.confirm(texts(), None)


def stale(en: str = EN, zh: str = ZH) -> list[Finding]:
    """What is stale once the two small texts were confirmed and then changed."""
    return list(wording.check(texts(en, zh), CONFIRMED))


def test_confirmed_wording_is_current() -> None:
    """Nothing is said of paragraphs that are as they were confirmed."""
    assert stale() == []


def test_changed_english_makes_the_chinese_stale() -> None:
    """The finding stands at the Chinese paragraph, shows the new sentence, names the command."""
    (finding,) = stale(en=EN.replace("It rained.", "It snowed."))

    assert finding.rule == "stale"
    assert finding.severity is Severity.ERROR
    assert finding.place == Place("zh.md", 3, 1)
    assert finding.what.en == (
        'the English of this paragraph changed after its Chinese was confirmed: + "It snowed." - 1'
    )
    assert finding.hint.en.endswith('then run: make confirm ARGS="overview/1"')
    assert bilingual(finding.what)
    assert bilingual(finding.hint)


def test_a_sentence_with_a_sign_of_html_is_shown_whole() -> None:
    """An ampersand neither ends a sentence nor is shown as HTML has it."""
    (finding,) = stale(en=EN.replace("It rained.", "The Ministry of Science & Technology came."))
    assert '+ "The Ministry of Science & Technology came." - 1' in finding.what.en
    assert '+ "The Ministry of Science & Technology came." - 1' in finding.what.zh


def test_changed_chinese_makes_the_english_stale() -> None:
    """The finding stands at the English paragraph."""
    (finding,) = stale(zh=ZH.replace("下雨了", "下雪了"))

    assert finding.place == Place("en.md", 3, 1)
    assert "Chinese of this paragraph changed" in finding.what.en


def test_both_changed_is_unconfirmed() -> None:
    """Where both changed nobody knows whether they still say the same."""
    (finding,) = stale(EN.replace("It went", "They went"), ZH.replace("继续", "持续"))

    assert finding.place == Place("zh.md", 5, 1)
    assert finding.what.en.startswith("nobody has confirmed")


def test_new_paragraph_leaves_the_others_alone() -> None:
    """A paragraph put in between is unconfirmed; those after it are not stale."""
    (finding,) = stale(EN.replace("It went", "New.\n\nIt went"), ZH.replace("继续", "新。\n\n继续"))

    assert finding.hint.en.endswith('confirm ARGS="overview/2"')


def test_heading_is_a_wording_too() -> None:
    """A heading that changed in one language is stale as paragraph 0."""
    (finding,) = stale(en=EN.replace("Overview", "Survey"))

    assert finding.hint.en.endswith('confirm ARGS="overview/0"')


def test_spacing_is_no_wording() -> None:
    """Line ends and blanks inside a call change nothing."""
    assert stale(en=EN.replace('{{ fact("sent") }}. It', '{{fact( "sent" )}}.\nIt')) == []


def test_another_figure_is_another_wording() -> None:
    """The name of a figure is part of what a sentence says."""
    assert len(stale(en=EN.replace('"sent"', '"gone"'))) == 1


def test_confirming_one_paragraph_keeps_the_others_stale() -> None:
    """Only what was named is confirmed; the other one still knows which language changed."""
    en = EN.replace("rained", "snowed").replace("went", "drove")
    rows = wording.confirm(texts(en), CONFIRMED, "overview/1")
    (finding,) = wording.check(texts(en), rows)

    assert finding.hint.en.endswith('confirm ARGS="overview/2"')
    assert "English of this paragraph changed" in finding.what.en


def test_confirming_a_section() -> None:
    """A section can be confirmed as a whole."""
    en = EN.replace("rained", "snowed").replace("went", "drove")

    rows = wording.confirm(texts(en), CONFIRMED, "overview")

    assert list(wording.check(texts(en), rows)) == []


def test_unknown_paragraph_cannot_be_confirmed() -> None:
    """A slip in the name confirms nothing."""
    with pytest.raises(LookupError):
        wording.confirm(texts(), CONFIRMED, "overview/9")


def test_gone_paragraph_leaves_the_file() -> None:
    """A paragraph that is no longer in the text is no longer confirmed."""
    rows = wording.confirm(
        texts(EN.replace("It went on.\n", ""), ZH.replace("继续进行。\n", "")), CONFIRMED
    )

    assert [row.paragraph for row in rows] == [0, 1]


def test_without_the_file_one_warning() -> None:
    """A project in which nobody ever confirmed a wording is told so once."""
    (finding,) = wording.check(texts(), None)

    assert finding.severity is Severity.WARNING
    assert bilingual(finding.what)


def test_no_wording_is_stored() -> None:
    """A row holds marks of letters only, one for each sentence."""
    (row,) = (row for row in CONFIRMED if row.paragraph == 1)

    assert [len(mark) for mark in (*row.en.split(), *row.zh.split())] == [8] * 4
    assert set(row.en + row.zh) <= set("abcdefghijklmnop ")


def chapter(snapshot: Snapshot) -> Chapter:
    """The chapter of this project."""
    return read(snapshot).book.chapters[0]


def stale_in(snapshot: Snapshot, confirmed: tuple[Confirmation, ...]) -> list[Finding]:
    """What is stale in a project, given what was confirmed."""
    reading = read(snapshot)
    desk = lay_out(reading.book, replace(reading.book.chapters[0], confirmed=confirmed))
    return [finding for finding in desk.findings if finding.rule == "stale"]


@pytest.fixture(scope="module")
def confirmed(project: Snapshot) -> tuple[Confirmation, ...]:
    """All paragraphs of the real chapter, confirmed as they stand."""
    prose = chapter(project).prose
    return wording.confirm({of: parse(prose[of], of) for of in Language}, None)


def test_new_numbers_make_nothing_stale(
    project: Snapshot, confirmed: tuple[Confirmation, ...]
) -> None:
    """72,000 becomes 75,000 in the records: the Chinese prints 7.5万 and nothing is stale."""
    now = edited(project, f"{SLUG}/correspondents.csv", "correspondents", "value", "75000")
    quote = "a total of 75,000 science and technology correspondents"
    now = edited(now, f"{SLUG}/correspondents.csv", "correspondents", "quote", quote)
    reading = read(now)
    desk = lay_out(reading.book, replace(reading.book.chapters[0], confirmed=confirmed))
    told = {
        language: "".join(
            str(passage.words[language])
            for part in next(iter(desk.parts.values()))
            for passage in part.passages
        )
        for language in Language
    }

    assert [finding for finding in desk.findings if finding.rule == "stale"] == []
    assert "75,000" in told[Language.EN]
    assert "7.5万" in told[Language.ZH]
    assert "7.2万" not in told[Language.ZH]


def test_one_word_of_the_real_text(project: Snapshot, confirmed: tuple[Confirmation, ...]) -> None:
    """One other English word makes exactly its Chinese paragraph stale."""
    file = f"templates/chapters/{SLUG}/en.md"
    now = replaced(project, file, "poor areas for field research", "poor areas for surveys")
    (finding,) = stale_in(now, confirmed)

    assert finding.place.file == f"templates/chapters/{SLUG}/zh.md"
    assert "overview/2" in finding.hint.en


def test_rows_are_read(project: Snapshot) -> None:
    """The loader takes wording.csv for confirmations, not for a list; a broken row for none."""
    file = f"{CHAPTER}/wording.csv"
    content = b"section,paragraph,en,zh\r\na,1,x,y\r\na,one,x,y\r\n"
    found = chapter(with_files(project, **{file: content}))

    assert found.confirmed == (Confirmation("a", 1, "x", "y"),)
    assert "wording" not in found.lists


def test_no_file_is_no_confirmation(project: Snapshot) -> None:
    """Without the file the chapter has no confirmations at all, not an empty list of them."""
    assert chapter(with_files(project, **{f"{CHAPTER}/wording.csv": None})).confirmed is None
