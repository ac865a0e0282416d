"""A chapter put together: numbered, filled in both languages, with what each paragraph cites."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from tests.edits import said
from yearbook.binding import Citation, Medium
from yearbook.book import Prose
from yearbook.compose import Part, Teller, breakable, compose, numbering
from yearbook.model import Language, Place, Text
from yearbook.prose import parse
from yearbook.specimen import fact, records

EN = """## Notes {#notes .front}

Note.

## A {#a}

Sent {{ fact("people") }}.^[Of {{ fact("leaders") }}.] See {{ see("section", "b") }}.

{{ table("t") }}

## B “b” {#b}

{{ chart("c") }}

{{ table("u") }}

{{ table("t") }}
"""
ZH = """## 说明 {#notes .front}

说明。

## 甲 {#a}

派出{{ fact("people") }}。^[其中{{ fact("leaders") }}。]见{{ see("section", "b") }}。

{{ table("t") }}

## 乙的“乙” {#b}

{{ chart("c") }}

{{ table("u") }}

{{ table("t") }}
"""


def composed(medium: Medium = Medium.SCREEN, en: str = EN) -> tuple[tuple[Part, ...], Teller]:
    """Two small texts put together."""
    texts = {
        Language.EN: parse(Prose("en.md", en), Language.EN),
        Language.ZH: parse(Prose("zh.md", ZH), Language.ZH),
    }
    teller = Teller(
        records(fact("people", 437), fact("leaders", 101)), numbering(texts[Language.EN]), medium
    )
    return compose(texts, teller), teller


def test_numbering() -> None:
    """Sections, tables and charts are numbered as they come; the front matter is not."""
    numbers = numbering(parse(Prose("en.md", EN), Language.EN)).numbers
    assert numbers == {
        ("section", "a"): "1",
        ("table", "t"): "1",
        ("section", "b"): "2",
        ("chart", "c"): "1",
        ("table", "u"): "2",
    }


def test_parts() -> None:
    """Every section with its headings in both languages, its number and its blocks."""
    parts, teller = composed()
    assert [(part.id, part.number) for part in parts] == [("notes", ""), ("a", "1"), ("b", "2")]
    assert [block.kind for block in parts[2].passages] == ["chart", "table", "table"]
    assert parts[2].headings[Language.ZH] == Markup("乙的<wbr>“乙”")
    assert teller.findings == []


def test_passage() -> None:
    """A paragraph in both languages, what each cites, notes included, and where each stands."""
    passage = composed()[0][1].passages[0]
    assert passage.words[Language.EN].startswith("Sent <data")
    assert passage.words[Language.ZH].startswith("派出<data")
    for language in Language:
        assert set(passage.cited[language]) == {
            Citation("fact", "people", "2010"),
            Citation("fact", "leaders", "2010"),
            Citation("see", "section-b"),
        }
    assert str(passage.places[Language.ZH]) == "zh.md:7:1"


def test_notes() -> None:
    """Notes are gathered by section and language."""
    parts, _ = composed()
    assert [len(part.notes[Language.EN]) for part in parts] == [0, 1, 0]
    assert parts[1].notes[Language.ZH][0].startswith("其中<data")


def test_fault() -> None:
    """A fault in one text is a finding at its line; the rest is put together."""
    parts, teller = composed(en=EN.replace('fact("people")', 'fact("peple")'))
    assert said(teller.findings) == ['en.md:7:15 - template: no figure is called "peple"']
    assert parts[1].passages[0].words[Language.EN] == ""
    assert parts[1].passages[0].words[Language.ZH]


def test_words_of_the_records() -> None:
    """A text of the records may ask for figures; its own words are never markup."""
    _, teller = composed()
    text = Text('R&D <b>{{ fact("people") }}</b> *x*', "甲")
    spoken = teller.say(text, Language.EN)
    assert spoken.startswith("R&amp;D &lt;b&gt;<data")
    assert spoken.endswith("</data>&lt;/b&gt; *x*")
    assert teller.say(Text("{{ fact('x') }}", ""), Language.EN, Place("x.csv", 2, 1, "A2")) == ""
    assert said(teller.findings) == ['x.csv:2:1 A2 template: no figure is called "x"']


def test_breakable() -> None:
    """A line may break outside curly quotation marks, never inside them."""
    assert breakable(Markup("坚持“精神”的，“甲”。")) == Markup("坚持<wbr>“精神”<wbr>的，“甲”。")
    assert breakable(Markup("<b>坚</b>“<i>a</i>”b")) == Markup("<b>坚</b><wbr>“<i>a</i>”<wbr>b")
    assert breakable(Markup('<a title="x“y">坚</a>')) == Markup('<a title="x“y">坚</a>')


@given(st.text(st.sampled_from("坚a“”<>& ，"), max_size=30))
def test_breakable_adds_no_character(text: str) -> None:
    """Only <wbr> is added: the words stay as they were."""
    html = escape(text)
    assert breakable(html).replace(Markup("<wbr>"), Markup("")) == html
