"""Attacks of a hostile reviewer on the words of the real chapter: each row of attacks.csv changes
words of one language, and the rule named must say so. Only the paragraph changed is read again."""

import csv
import re
from functools import cache

import pytest

from tests.edits import ROOT
from yearbook import accounting, calls, parity, prose
from yearbook.binding import Medium, Voice
from yearbook.book import Prose
from yearbook.compose import Teller, compose, numbering
from yearbook.finding import Finding
from yearbook.model import Language, Place, Text
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.records import Records


def _attacks() -> list[tuple[str, str, str, str]]:
    with (ROOT / "tests/attacks.csv").open(encoding="utf-8", newline="") as file:
        return [(r["language"], r["rule"], r["before"], r["after"]) for r in csv.DictReader(file)]


@cache
def _records() -> Records:
    book = read(take(ROOT)).book
    return Records(book, book.chapters[0])


@cache
def _book() -> accounting.Ledger:
    return accounting.ledger(_records())


@cache
def _paragraphs() -> tuple[dict[Language, str], ...]:
    """The paragraphs of both texts as typed, in pairs."""
    texts = {of: _records().chapter.prose[of].text.strip() for of in Language}
    split = {of: re.split(r"\n\s*\n", text) for of, text in texts.items()}
    return tuple(
        dict(zip(Language, pair, strict=True))
        for pair in zip(*(split[of] for of in Language), strict=True)
    )


def findings(pair: dict[Language, str]) -> list[Finding]:
    """What is said of one paragraph in both languages."""
    heading = "## A {#a}\n\n"
    texts = {of: Prose(f"{of}.md", heading + words) for of, words in pair.items()}
    manuscripts = {of: prose.parse(text, of) for of, text in texts.items()}
    found = [each for one in manuscripts.values() for each in one.findings]
    if found:
        return found
    whole = prose.parse(_records().chapter.prose[Language.EN], Language.EN)
    teller = Teller(_records(), numbering(whole), Medium.PRINT)
    parts = compose(manuscripts, teller)
    found += [*teller.findings, *parity.citations(parts), *parity.values(parts, _book())]
    for told in teller.log:
        found += accounting.telling(_book(), told)
    return found


def attacked(language: str, before: str, after: str) -> list[Finding]:
    """What is said once words of one language are others."""
    of = Language(language)
    pair = next(pair for pair in _paragraphs() if before in pair[of])
    return findings({**pair, of: pair[of].replace(before, after, 1)})


@pytest.mark.parametrize(("language", "rule", "before", "after"), _attacks())
def test_attack(language: str, rule: str, before: str, after: str) -> None:
    """The change is found, by that rule, in the text that was changed."""
    found = [each for each in attacked(language, before, after) if each.rule == rule]

    assert found
    assert {each.place.file for each in found} <= {"en.md", "zh.md"}


def test_no_false_alarm() -> None:
    """The chapter as it stands gives no finding, paragraph by paragraph."""
    wrong = [
        (each.rule, each.what.en)
        for pair in _paragraphs()
        if not pair[Language.EN].startswith(("#", "{{ waivers", "{{ table", "{{ chart"))
        for each in findings(pair)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("typed", "sign", "right"),
    [("fact(“people”)", "“", '"'), ("year（）", "（", "("), ('fact("people"，2009)', "，", ",")],
)
def test_a_sign_of_an_input_method_is_named(typed: str, sign: str, right: str) -> None:
    """Curly quotation marks and full-width signs are named, with what to write."""
    (found,) = calls.check(f"{{{{ {typed} }}}}", Place("en.md", 1))
    assert found.what.en.endswith(f"holds the sign {sign}")
    assert found.what.zh.endswith(f"中有符号 {sign}")
    assert found.hint.en.startswith(f"write {right} instead")
    assert found.hint.zh.startswith(f"请改为 {right}：")


def test_a_misspelt_word() -> None:
    """Of a word that there is not, the nearest one that there is."""
    (found,) = calls.check('{{ fcat("people") }}', Place("en.md", 1))
    assert found.hint == Text('did you mean "fact"?', "是不是“fact”？")
    (found,) = calls.check('{{ zzzzzz("people") }}', Place("en.md", 1))
    assert "docs/prose.md" in found.hint.zh


def test_words() -> None:
    """What a text may call is what the voice can say, and the directives."""
    teller = Teller(_records(), numbering(prose.parse(Prose("a", ""), Language.EN)), Medium.PRINT)

    voice: Voice = teller.voice(Language.EN)

    assert set(voice.names()) | {"table", "chart", "waivers"} == calls.WORDS


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("in ｛｛ year() ｝｝ of", ["en.md:3:4 ｛｛ year() ｝｝"]),
        ("in { year() }.", ["en.md:3:4 { year() }"]),
        ("in {year()} and { x }", ["en.md:3:4 {year()}", "en.md:3:17 { x }"]),
        ('year() }} and {{ fact("groups") }}', ["en.md:3:8 }}"]),
        ("in {{ year()\nand", ["en.md:3:4 {{"]),
        ("in ｛ year() }}", ["en.md:3:4 ｛ year() }}"]),
        ("in {#groups} of", ["en.md:3:4 {#groups}"]),
        ("in {", ["en.md:3:4 {"]),
        ("in {{ year() }}", []),
        ("C {#c}\n---", []),
        ("C {#c} c\n---", ["en.md:3:3 {#c}"]),
    ],
)
def test_braces_that_a_reader_would_see(words: str, told: list[str]) -> None:
    """Braces that call no word are refused where they stand; a heading's name is none of them."""
    source = f"## A {{#a .front}}\n\n{words}\n\n## B {{#b}}\n"
    found = list(calls.check(source, Place("en.md", 1, 1)))
    tail = " would be printed as it stands"
    assert [f"{f.place} {f.what.en.removesuffix(tail)}" for f in found] == told
    assert all(f.rule == "call" and f.what.zh.endswith("会原样印出") for f in found)
