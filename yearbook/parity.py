"""The two languages of a chapter run parallel: section by section, block by block, cell by cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from yearbook.accounting import Ledger
from yearbook.accounting.readings import Reading, readings
from yearbook.binding import Citation
from yearbook.compose import Part, Passage, Teller
from yearbook.finding import Finding, error
from yearbook.model import Language, Place, Text
from yearbook.prose import Manuscript, Section
from yearbook.template import unmarked

NAMES = {Language.EN: Text("English", "英文"), Language.ZH: Text("Chinese", "中文")}


def structure(manuscripts: Mapping[Language, Manuscript]) -> Iterator[Finding]:
    """Sections and blocks correspond in order and kind; the first that does not is reported."""
    en, zh = (manuscripts[language] for language in Language)
    for ours, theirs in zip_longest(en.sections, zh.sections):
        if ours is None or theirs is None or ours.id != theirs.id:
            here, there = (theirs, zh) if ours is None else (ours, en)
            missing_in = Language.EN if there is zh else Language.ZH
            yield _unpaired(here.place, f"section {here.id}", f"章节 {here.id}", missing_in)
            return
        yield from _blocks(ours, theirs)


def _blocks(en: Section, zh: Section) -> Iterator[Finding]:
    for ours, theirs in zip_longest(en.blocks, zh.blocks):
        if ours is None or theirs is None:
            here = ours or theirs
            missing_in = Language.ZH if theirs is None else Language.EN
            yield _unpaired(here.place, "paragraph", "段落", missing_in)
            return
        if (ours.kind, ours.target) != (theirs.kind, theirs.target):
            name = f"{ours.kind} {ours.target}".strip()
            yield _unpaired(ours.place, name, name, Language.ZH)
            return


def _unpaired(place: Place, what_en: str, what_zh: str, missing_in: Language) -> Finding:
    name = NAMES[missing_in]
    return error(
        "parallel",
        place,
        Text(
            f"this {what_en} has no counterpart in the {name.en} text",
            f"此处（{what_zh}）在{name.zh}文本中没有对应部分",
        ),
        Text(
            "keep both texts parallel, section by section and paragraph by paragraph",
            "中英文须逐节逐段对应",
        ),
    )


def citations(parts: Sequence[Part]) -> Iterator[Finding]:
    """Paragraph by paragraph both languages cite the same figures."""
    for part in parts:
        for passage in part.passages:
            yield from _difference(passage)


def _difference(passage: Passage) -> Iterator[Finding]:
    """What one language cites and the other does not; a block that could not be filled has its
    own finding and cites nothing."""
    if passage.kind in ("p", "ul", "ol") and not all(passage.words.values()):
        return
    counted = {language: Counter(_figures(cited)) for language, cited in passage.cited.items()}
    for language, other in ((Language.EN, Language.ZH), (Language.ZH, Language.EN)):
        for citation in sorted(
            counted[language] - counted[other], key=lambda c: (c.kind, c.name, c.period)
        ):
            names = NAMES[language], NAMES[other]
            yield error(
                "parity",
                passage.places[other],
                Text(
                    f"{citation.name} stands in the {names[0].en} paragraph "
                    f"but not in the {names[1].en} one",
                    f"{citation.name}见于{names[0].zh}段落，但{names[1].zh}段落没有",
                ),
                Text(
                    f"say it there too; the other text is at {passage.places[language]}",
                    f"请补写；另一文本见{passage.places[language]}",
                ),
            )


def captions(teller: Teller) -> Iterator[Finding]:
    """The titles and notes of tables and charts ask for the same figures in both languages, the
    year included: of a title, more than of a sentence, it is a part."""
    chapter = teller.records.chapter
    for table in chapter.tables:
        yield from _caption(teller, table.id, table.place, (table.title, table.note))
    for chart in chapter.charts:
        yield from _caption(teller, chart.id, chart.place, (chart.title, chart.note))


def _caption(teller: Teller, name: str, place: Place, texts: tuple[Text, ...]) -> Iterator[Finding]:
    for text in texts:
        voices = {of: teller.voice(of) for of in Language}
        words = {of: teller.told(unmarked(text.of(of)), voices[of], place) for of in Language}
        cited = {of: tuple(voice.cited) for of, voice in voices.items()}
        yield from _difference(
            Passage("caption", name, words, cited, dict.fromkeys(Language, place))
        )
        lacking = [of for of in Language if all(one.kind != "year" for one in cited[of])]
        if len(lacking) == 1:
            yield _undated(name, place, lacking[0])


def _undated(name: str, place: Place, lacking: Language) -> Finding:
    said = NAMES[lacking]
    return error(
        "parity",
        place,
        Text(
            f"the {said.en} caption of {name} does not give the year that the other gives",
            f"{name}的{said.zh}标题缺少另一文本所注的年份",
        ),
        Text("write {{ year() }} there too", "请补写 {{ year() }}"),
    )


def _figures(cited: Iterable[Citation]) -> Iterator[Citation]:
    """What counts as the same figure; a year is written with or without its word."""
    for citation in cited:
        if citation.kind not in ("year", "see"):
            kind = "period" if citation.kind in ("span", "start") else citation.kind
            yield Citation(kind, citation.name, citation.period)


def values(parts: Sequence[Part], ledger: Ledger) -> Iterator[Finding]:
    """Paragraph by paragraph both languages print the same value, hedge and unit of each figure,
    as a reader reads them: 72,000 is 7.2万, 44.05 million yuan is 4405万元."""
    for part in parts:
        for passage in part.passages:
            said = {of: readings(ledger, passage.words[of], of) for of in Language}
            for source in said[Language.EN].keys() & said[Language.ZH].keys():
                en, zh = (said[of][source] for of in Language)
                if {one.meaning for one in en} != {one.meaning for one in zh}:
                    yield _unequal(passage, source[0], en, zh)


def _unequal(
    passage: Passage, source: str, en: Iterable[Reading], zh: Iterable[Reading]
) -> Finding:
    ours, theirs = (" / ".join(sorted({one.printed for one in said})) for said in (en, zh))
    return error(
        "parity",
        passage.places[Language.ZH],
        Text(
            f'{source} reads "{ours}" in English but "{theirs}" in Chinese',
            f"{source}英文为“{ours}”，中文为“{theirs}”，两者不等",
        ),
        Text(
            "print it with the same hedge and unit in both texts; the English stands at "
            f"{passage.places[Language.EN]}",
            f"两种文本的概数词和单位须一致；英文见{passage.places[Language.EN]}",
        ),
    )
