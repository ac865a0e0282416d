"""Texts that pages part: what a table, a pair, a paragraph with a note may do, and what not."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from tests.editions import faces
from yearbook import audit, lexer, pdf
from yearbook.audit.items import PRINTED, Item, Kind
from yearbook.audit.match import Difference, Made, Match
from yearbook.audit.runs import Pages, Run, read
from yearbook.audit.walk import match
from yearbook.model import Language
from yearbook.pdf import specimen

CSS = """
@page { size: 120mm 70mm; margin: 12mm;
  @top-left { content: string(head) " 续" } @bottom-right { content: counter(page) } }
h2 { string-set: head content(text) }
p, li { orphans: 1; widows: 1; margin: 0 0 4px; text-align: left }
ul { margin: 0 } thead { display: table-header-group } caption { break-after: avoid }
.pair { display: table; table-layout: fixed; width: 96mm }
.side { display: table-cell; width: 48mm; vertical-align: top }
.footnote { float: footnote }
nav ol { list-style: none } nav a { position: relative; display: block }
nav a::after { content: target-counter(attr(href url), page); position: absolute; right: 0 }
"""
LONG = "The ministry sent people to poor areas, where they worked with counties and towns."


def _rows(first: int, last: int) -> str:
    return "".join(
        f'<tr><th scope="row">Towns of group {n}, {LONG if n == 5 else "in all"}</th>'
        f"<td>{n * 37}</td><td>{n * 41} {f'{LONG} ' * 3 if n == 5 else ''}</td></tr>"
        for n in range(first, last)
    )


TABLE = (
    '<figure class="table"><table><caption id="table-a"><span class="number">Table 1</span>'
    '<span class="title line">Towns, 2010</span></caption><thead><tr><th scope="col">Group</th>'
    '<th scope="col">2009</th><th scope="col">2010</th></tr></thead>'
    f"<tbody>{_rows(1, 4)}</tbody><tbody>{_rows(4, 12)}</tbody></table></figure>"
)


def _side(language: str, words: Sequence[str]) -> str:
    entries = "".join(f"<li>{word}</li>" for word in words)
    return f'<div class="side {language}" lang="{language}"><ul>{entries}</ul></div>'


PAIR = (
    '<div class="pair">'
    + _side("en", [f"In {2000 + n} it sent {n * 7} people. {LONG}" for n in range(1, 7)])
    + _side("zh-CN", [f"{2000 + n}年派出{n * 7}人，分赴贫困地区各县。" for n in range(1, 7)])
    + "</div>"
)
NOTE = (
    f'<p>{LONG} {LONG} {LONG} It sent 437 people.<span class="footnote" role="doc-footnote">The '
    f"source says 473, of whom 12 stayed.</span> {LONG} {LONG} {LONG}</p>"
)
CONTENTS = (
    '<nav class="contents"><ol><li><a href="#table-a"><span class="entry"><span class="count">1'
    "</span> Towns, 2010</span></a></li></ol></nav>"
)
BODY = f'<h2>Work in 2010</h2>{CONTENTS}<p lang="en">{LONG}</p>{TABLE}{NOTE}{PAIR}<p>The end.</p>'


def counts(words: str) -> bool:
    """Whether words hold a numeral."""
    return any(lexer.read(words, language) for language in Language)


@cache
def parted() -> tuple[tuple[Item, ...], Pages]:
    """A small document whose table, pair and paragraph are parted, and what it should show."""
    own = specimen.assets({face.file: face.content for face in faces()})
    document = specimen.document(BODY, own, CSS)
    printed = pdf.render(document)
    assert printed.content, printed.findings
    shown = (item for item in audit.items(document.html) if item.kind is not Kind.HEAD)
    return tuple(shown), read(printed.content)


def matched(items: Sequence[Item]) -> Match:
    """Some texts laid beside the small document."""
    return match(items, parted()[1], counts)


def test_parted() -> None:
    """Nothing differs on pages that part a table, a pair, a paragraph that calls a note."""
    items, pages = parted()
    found = matched(items)
    assert found.differences == []
    split = {items[at].kind for at, chunks in found.chunks.items() if len(chunks) > 1}
    assert split >= {Kind.TEXT, Kind.CELL}
    sides = {items[at].language for at, chunks in found.chunks.items() if len(chunks) > 1}
    assert sides == {Language.EN, Language.ZH}
    repeated = [one for one in found.generated if one.sort is Made.REPEATED]
    assert {items[one.item].words for one in repeated} == {"Group", "2009", "2010"}
    heads = [one.run.text for one in found.generated if one.sort is Made.RUNNING]
    assert any("续" in head for head in heads)
    assert pages.count > 5


def test_page_of_a_parted_table() -> None:
    """The contents lead to the page on which a parted table begins, and the audit knows it."""
    items, _ = parted()
    found = matched(items)
    cells = [at for at, item in enumerate(items) if item.kind is Kind.CELL]
    caption = next(at for at, item in enumerate(items) if item.words == "Table 1")
    assert items[caption].anchor == "table-a" == items[cells[0]].anchor
    assert found.page(caption) < found.page(cells[-1])
    said = [one.run.text for one in found.generated if one.sort is Made.CONTENTS]
    assert said == [str(found.page(caption))]


def test_changed_digits() -> None:
    """Every digit that differs is named, on whichever side of a parting it stands."""
    items, _ = parted()
    tried = 0
    for place, item in enumerate(items):
        for at, letter in enumerate(item.words):
            if letter.isdigit() and item.kind in PRINTED:
                other = item.words[:at] + ("7" if letter != "7" else "3") + item.words[at + 1 :]
                wanted = [*items[:place], replace(item, words=other), *items[place + 1 :]]
                assert matched(wanted).differences, (item.words, other)
                tried += 1
    assert tried > 150


def test_swapped_texts() -> None:
    """Two texts that change places are named, also beside or across the end of a page."""
    items, _ = parted()
    figures = [at for at, i in enumerate(items) if i.kind is Kind.CELL and i.words.isdigit()]
    for one, two in pairwise(figures):
        wanted = list(items)
        wanted[one], wanted[two] = wanted[two], wanted[one]
        assert matched(wanted).differences, (items[one].words, items[two].words)


@pytest.mark.parametrize("missing", [True, False])
def test_texts_too_many_or_too_few(missing: bool) -> None:
    """A text that no page shows, and one that only a page has, are named."""
    items, _ = parted()
    for place in range(0, len(items), 5):
        more = [*items[:place], items[place], *items[place:]]
        fewer = [*items[:place], *items[place + 1 :]]
        assert matched(more if missing else fewer).differences, items[place].words


def page(number: int, *texts: tuple[str, str]) -> list[Run]:
    """The runs of a page: for each the tag of its block and what it shows."""
    return [
        Run(number, text, (("Table", 1), (tag, number * 100 + at)), (0.0, 0.0, 0.0, 0.0))
        for at, (tag, text) in enumerate(texts)
    ]


def laid(items: Sequence[Item], *runs: Run, loose: Sequence[Run] = ()) -> list[Difference]:
    """What differs between texts and some runs."""
    return match(items, Pages(2, runs, tuple(loose), ()), counts).differences


AGAIN = Item("Table 1 (continued)", Language.EN, Kind.AGAIN, "table-a")
PARTED = (
    Item("Table 1", Language.EN, Kind.TEXT, "table-a"),
    Item("Towns", Language.EN, Kind.CELL, "table-a"),
    Item("437", Language.EN, Kind.CELL, "table-a"),
    AGAIN,
    Item("Villages", Language.EN, Kind.CELL, "table-a"),
    Item("369", Language.EN, Kind.CELL, "table-a"),
)


def test_continued_line() -> None:
    """Words that a table goes on stand on its later pages or nowhere, and say nothing else."""
    first = (("Caption", "Table 1"), ("TH", "Towns"), ("TD", "437"))
    rest = (("TH", "Villages"), ("TD", "369"))
    again = ("TH", AGAIN.words)
    assert laid(PARTED, *page(1, *first), *page(2, again, *rest)) == []
    assert laid(PARTED, *page(1, *first), *page(2, *rest)) == []
    assert laid(PARTED, *page(1, again, *first), *page(2, *rest))
    wrong = ("TH", "Table 2 (continued)")
    assert laid(PARTED, *page(1, *first), *page(2, wrong, *rest))


def test_running_heads() -> None:
    """A running head says texts of the page again and words without a numeral, nothing else."""
    first = page(1, ("Caption", "Table 1"), ("TH", "Towns"), ("TD", "437"))
    body = (*first, *page(2, ("TH", "Villages"), ("TD", "369")))
    for words, right in (
        ("Table 1 (continued)", True),
        ("Table 1 · 续表", True),
        ("Annual report 2", True),
        ("Table 2 (continued) 2", False),
        ("Annual report of three offices", False),
        ("年度报告 三", False),
        ("Annual report 2 2", False),
        ("Annual report 12", False),
    ):
        head = Run(2, words, (), (0.0, 0.0, 0.0, 0.0))
        assert (laid(PARTED, *body, loose=[head]) == []) is right, words


def test_page_named() -> None:
    """What differs behind a parting is named with the page that shows it, not the one before."""
    items, _ = parted()
    whole = matched(items)
    tried = 0
    for place, chunks in whole.chunks.items():
        words = items[place].words
        digits = [at for at, letter in enumerate(words) if letter.isdigit()]
        if len(chunks) > 1 and digits:
            wanted = [*items]
            first = words.replace(" ", "").index(words[digits[0]])
            where = next(chunk.page for chunk in chunks if chunk.start <= first < chunk.end)
            changed = words[: digits[0]] + "x" + words[digits[0] + 1 :]
            wanted[place] = replace(items[place], words=changed)
            assert where in {difference.page for difference in matched(wanted).differences}
            tried += 1
    assert tried > 5
