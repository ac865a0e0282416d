"""What the accounting finds when the words of the real chapter are wrong, counted mutant by mutant.

Each mutant changes one paragraph of one language; only that paragraph is filled and read again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from tests.edits import ROOT
from yearbook import accounting, parity, prose, wording
from yearbook.accounting import Ledger, charts
from yearbook.accounting.visible import visible
from yearbook.binding import Medium
from yearbook.chart import Asked
from yearbook.checks import quote
from yearbook.compose import Part, Passage, Teller, breakable, numbering
from yearbook.finding import Finding
from yearbook.model import Edition, Fact, Kind, Language, Place, Qualifier
from yearbook.numbers import HEDGES
from yearbook.prose import Block
from yearbook.read import read
from yearbook.read.snapshot import take
from yearbook.records import Records

CALL = re.compile(r"\{\{ ?(fact|number|words|count|rest|year|period|start|span)\((.*?)\) ?\}\}")


@cache
def _records() -> Records:
    book = read(take(ROOT)).book
    return Records(book, book.chapters[0])


@cache
def _ledger() -> Ledger:
    return accounting.ledger(_records())


@cache
def _teller() -> Teller:
    manuscript = prose.parse(_records().chapter.prose[Language.EN], Language.EN)
    return Teller(_records(), numbering(manuscript), Medium.PRINT)


@dataclass(frozen=True)
class Pair:
    """A paragraph in both languages."""

    blocks: dict[Language, Block]

    def passage(self, language: Language | None = None, template: str = "") -> Passage:
        """Both filled, one of them with another template."""
        words, cited = {}, {}
        for of, block in self.blocks.items():
            voice = _teller().voice(of)
            source = template if of is language else block.template
            words[of] = breakable(_teller().told(source, voice, block.place))
            cited[of] = tuple(voice.cited)
        return Passage("p", "", words, cited, {of: b.place for of, b in self.blocks.items()})

    def rules(self, language: Language, template: str) -> set[str]:
        """The rules that a changed paragraph breaks."""
        findings = [*_accounted(language, template), *_compared(self.passage(language, template))]
        return {finding.rule for finding in findings}


@cache
def _pairs() -> tuple[Pair, ...]:
    texts = {of: prose.parse(_records().chapter.prose[of], of) for of in Language}
    sections = zip(*(texts[of].sections for of in Language), strict=True)
    return tuple(
        Pair(dict(zip(Language, blocks, strict=True)))
        for pair in sections
        for blocks in zip(*(section.blocks for section in pair), strict=True)
        if blocks[0].template
    )


def _accounted(language: Language, template: str) -> Iterator[Finding]:
    teller = Teller(_records(), _teller().numbering, Medium.PRINT)
    teller.told(template, teller.voice(language), Place("trial.md", 1, 1))
    yield from teller.findings
    for told in teller.log:
        yield from accounting.telling(_ledger(), told)


def _compared(passage: Passage) -> Iterator[Finding]:
    part = Part("trial", "1", {}, (passage,), {})
    yield from parity.citations((part,))
    yield from parity.values((part,), _ledger())


def _calls(kinds: str = "") -> Iterator[tuple[Pair, Language, re.Match[str], str]]:
    """Each call for a figure in each paragraph, and what it prints."""
    for pair in _pairs():
        for language, block in pair.blocks.items():
            for call in CALL.finditer(block.template):
                if not kinds or call[1] in kinds.split():
                    yield pair, language, call, _printed(language, call[0])


def _printed(language: Language, call: str) -> str:
    told = _teller().told(call, _teller().voice(language), Place("trial.md", 1, 1))
    (seen,) = visible(told)
    return seen.text


def _with(pair: Pair, language: Language, call: re.Match[str], words: str) -> str:
    template = pair.blocks[language].template
    return template[: call.start()] + words + template[call.end() :]


def test_the_chapter_itself_is_clean() -> None:
    """As it stands no paragraph breaks a rule, so that every finding below is a mutant's."""
    assert len(_pairs()) > 30
    for pair in _pairs():
        for language, block in pair.blocks.items():
            assert not pair.rules(language, block.template), block.place


def test_typed_figures() -> None:
    """(a) A figure typed as it is printed is caught every time, in both languages."""
    missed = [
        (language, call[0])
        for pair, language, call, printed in _calls()
        if "unbound" not in _rules_of(language, _with(pair, language, call, printed))
    ]
    assert not missed
    assert len(list(_calls())) >= 170


def _rules_of(language: Language, template: str) -> set[str]:
    return {finding.rule for finding in _accounted(language, template)}


def test_typed_slips() -> None:
    """(b) A typed figure with one wrong digit is caught every time."""
    tried = 0
    missed = []
    for pair, language, call, printed in _calls():
        for digit in list(re.finditer(r"\d", printed)):
            slip = str((int(digit[0]) + 1) % 10)
            wrong = printed[: digit.start()] + slip + printed[digit.end() :]
            tried += 1
            if "unbound" not in _rules_of(language, _with(pair, language, call, wrong)):
                missed.append((language, call[0], wrong))
    assert not missed
    assert tried >= 490


def test_dropped_figures() -> None:
    """(c) A figure that one language no longer mentions is caught every time; a year may vary."""
    missed = []
    tried = 0
    for pair, language, call, _ in _calls("fact number words count rest period start span"):
        tried += 1
        if "parity" not in pair.rules(language, _with(pair, language, call, "")):
            missed.append((language, call[0]))
    assert not missed
    assert tried >= 140


def test_swapped_figures() -> None:
    """(d) Two figures swapped in one language are caught every time: both languages still cite the
    same, but the sentence is no longer the one that was confirmed."""
    texts = {of: prose.parse(_records().chapter.prose[of], of) for of in Language}
    known = wording.confirm(texts, None)
    tried = 0
    missed = []
    for pair, language, first, _ in _calls("fact number words"):
        template = pair.blocks[language].template
        for second in CALL.finditer(template, first.end()):
            if second[1] not in ("fact", "number", "words") or _name(first) == _name(second):
                continue
            tried += 1
            between = template[first.end() : second.start()]
            swapped = second[0] + between + first[0]
            mutant = template[: first.start()] + swapped + template[second.end() :]
            paragraphs = {
                of: mutant if of is language else block.template
                for of, block in pair.blocks.items()
            }
            now = wording.Paragraph("trial", 1, paragraphs, {}).confirmation()
            if any((now.en, now.zh) == (row.en, row.zh) for row in known):
                missed.append((language, first[0], second[0]))
    assert not missed
    assert tried >= 150


def _name(call: re.Match[str]) -> str:
    return call[2].split(",")[0]


def test_typed_hedges() -> None:
    """(e) A hedge typed around a figure that has another is caught every time; 近25年来 is none: it
    means the past 25 years."""
    tried = 0
    missed = []
    for pair, language, call, _ in _calls("fact number words"):
        fact = _fact(call)
        if fact.unit.kind in (Kind.ORDINAL, Kind.YEAR, Kind.DATE):
            continue
        for qualifier, words in HEDGES.items():
            if qualifier in (Qualifier.EXACT, fact.qualifier):
                continue
            typed = f"{words[0]} {call[0]}" if language is Language.EN else words[1] + call[0]
            tried += 1
            if "hedge" not in _rules_of(language, _with(pair, language, call, typed)):
                missed.append((language, typed))
    assert missed == [(Language.ZH, '近{{ fact("poverty_work_years") }}')]
    assert tried >= 500


def _fact(call: re.Match[str]) -> Fact:
    period = re.search(r'"(\d{4})"', call[2])
    return _records().fact(_name(call).strip('"'), period[1] if period else None)


def test_turned_qualifiers() -> None:
    """(e) A qualifier turned around in the records no longer fits its quote."""
    records = _records()
    tried = 0
    for fact in records.chapter.facts:
        for qualifier in Qualifier:
            if qualifier is not fact.qualifier:
                chapter = replace(records.chapter, facts=(replace(fact, qualifier=qualifier),))
                rules = {finding.rule for finding in quote.check(Records(records.book, chapter))}
                assert "quote-hedge" in rules, (fact.id, qualifier)
                tried += 1
    assert tried >= 300


def test_typed_change_of_a_chart() -> None:
    """A number typed into the words of a chart is no number of the records that it asked for."""
    asked = Asked(_records().book, _records().chapter)
    asked.fact("dispatched")
    spec = _records().chapter.charts[0]
    drawn = charts.Drawn(spec, Edition.EN, b"<svg><text>437 people</text></svg>", {})
    assert not list(charts.check(_ledger(), asked, (), drawn))
    typed = replace(drawn, svg=b"<svg><text>473 people</text></svg>")
    (found,) = charts.check(_ledger(), asked, (), typed)
    assert 'chart "dispatched" shows "473"' in found.what.en
