"""Both languages in step: what one text says and the other does not is found, with both places."""

from dataclasses import replace

import pytest

from tests.edits import bilingual, said
from yearbook.book import Prose
from yearbook.finding import Finding
from yearbook.model import Language, Text
from yearbook.records import Records
from yearbook.report import lay_out
from yearbook.specimen import entry, fact, records

EN = """## A {#a}

It sent {{ fact("people") }}, {{ fact("leaders") }} of them leaders, in {{ year() }}.

And {{ count("posts") }} in {{ list("posts", "name") }}.

## B {#b}

- {{ words("heads") }} heads
"""
ZH = """## 甲 {#a}

{{ year() }}派出{{ fact("people") }}，其中领导{{ fact("leaders", "名") }}。

另有{{ list("posts", "name") }}{{ count("posts", "处") }}。

## 乙 {#b}

- {{ fact("heads", "名") }}
"""


def book() -> Records:
    """Four figures and a list."""
    posts = (entry("x", name_en="X", name_zh="甲"), entry("y", name_en="Y", name_zh="乙"))
    return records(
        *(fact("people", 437), fact("leaders", 101), fact("heads", 3)), lists={"posts": posts}
    )


def found(en: str = EN, zh: str = ZH) -> tuple[Finding, ...]:
    """What is wrong with two texts."""
    of = book()
    texts = {Language.EN: Prose("en.md", en), Language.ZH: Prose("zh.md", zh)}
    desk = lay_out(of.book, replace(of.chapter, prose=texts))
    return tuple(finding for finding in desk.findings if finding.rule in ("parallel", "parity"))


def test_in_step() -> None:
    """Two texts that say the same are in step, whatever the order within a paragraph."""
    assert found() == ()


def test_figure_in_one_language() -> None:
    """A figure in one text only is reported at the other, which lacks it."""
    (missing,) = found(zh=ZH.replace('{{ fact("people") }}', "多人"))
    assert said([missing]) == [
        "zh.md:3:1 - parity: people stands in the English paragraph but not in the Chinese one"
    ]
    assert "en.md:3:1" in missing.hint.en
    assert bilingual(missing.what)
    (missing,) = found(en=EN.replace('{{ fact("leaders") }}', "some"))
    assert said([missing]) == [
        "en.md:3:1 - parity: leaders stands in the Chinese paragraph but not in the English one"
    ]


def test_other_figure() -> None:
    """Two different figures are two findings, one at each text."""
    places = [finding.place.file for finding in found(zh=ZH.replace("leaders", "heads", 1))]
    assert places == ["zh.md", "en.md"]


def test_figure_twice() -> None:
    """A figure that is said twice must be said twice in both."""
    twice = EN.replace("in {{ year() }}", 'in {{ year() }}, {{ fact("people") }}')
    assert [finding.rule for finding in found(en=twice)] == ["parity"]


def test_named_period() -> None:
    """Naming the period that is meant anyway changes nothing."""
    other = ZH.replace('fact("people")', 'fact("people", period="2010")')
    assert found(zh=other) == ()


@pytest.mark.parametrize("word", ["{{ year() }}", '{{ see("section", "b") }}'])
def test_years_and_references_are_free(word: str) -> None:
    """How often a text names the year or refers to a place is its own affair."""
    assert found(en=EN.replace("And", f"And {word}")) == ()


def test_swapped_paragraphs() -> None:
    """Paragraphs in another order cite other figures than their counterparts."""
    first, second = ZH.split("\n\n")[1:3]
    swapped = ZH.replace(first, "@").replace(second, first).replace("@", second)
    assert {finding.rule for finding in found(zh=swapped)} == {"parity"}
    assert {finding.place.line for finding in found(zh=swapped)} == {3, 5}


@pytest.mark.parametrize(
    ("text", "place", "what", "missing_in"),
    [
        ("section", "en.md:7:1", "section b", "Chinese"),
        ("paragraph", "en.md:5:1", "paragraph", "Chinese"),
    ],
)
def test_missing(text: str, place: str, what: str, missing_in: str) -> None:
    """A section or a paragraph that one text lacks is reported at the text that has it."""
    parts = ZH.split("\n\n")
    short = "\n\n".join(parts[:3] if text == "section" else [*parts[:2], *parts[3:]])
    assert said(found(zh=short)) == [
        f"{place} - parallel: this {what} has no counterpart in the {missing_in} text"
    ]


def test_missing_in_english() -> None:
    """The same the other way round."""
    short = "\n\n".join(EN.split("\n\n")[:3])
    assert said(found(en=short)) == [
        "zh.md:7:1 - parallel: this section b has no counterpart in the English text"
    ]


def test_other_section() -> None:
    """Sections with other ids are not the same section."""
    assert said(found(zh=ZH.replace("{#b}", "{#c}"))) == [
        "en.md:7:1 - parallel: this section b has no counterpart in the Chinese text"
    ]


def test_other_kind() -> None:
    """A list is no counterpart of a paragraph."""
    assert said(found(zh=ZH.replace("- {{", "{{"))) == [
        "en.md:9:1 - parallel: this ul has no counterpart in the Chinese text"
    ]


def test_table_in_one_language() -> None:
    """A table that is called in one text only is out of step, and so is another one."""
    call = '\n{{ table("t") }}\n'
    other = '\n{{ table("u") }}\n'
    for en, zh in ((EN + call, ZH), (EN + call, ZH + other)):
        (finding,) = found(en=en, zh=zh)
        assert (finding.rule, str(finding.place)) == ("parallel", "en.md:11:1")


def test_no_text() -> None:
    """A chapter without one of its texts says which."""
    of = book()
    desk = lay_out(of.book, replace(of.chapter, prose={Language.EN: Prose("en.md", EN)}))
    assert said(desk.findings) == [
        "templates/chapters/specimen/zh.md - prose: the chapter has no Chinese text"
    ]
    assert desk.findings[0].hint == Text(
        *("write templates/chapters/specimen/zh.md", "请编写 templates/chapters/specimen/zh.md")
    )
