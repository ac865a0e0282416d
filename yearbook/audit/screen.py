"""Audits a published HTML page: it says what the printed page says, and binds it alike."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher

from yearbook.accounting.ledger import Ledger
from yearbook.audit.figures import LOOKUPS, account, said_by
from yearbook.audit.html import items
from yearbook.audit.items import Item, Kind, Mark, Sort
from yearbook.audit.markup import markup
from yearbook.audit.match import Difference, letters, narrowed
from yearbook.audit.page import readable
from yearbook.audit.problem import Problem
from yearbook.cite import SLOT, linked
from yearbook.model import Text

_SHARED = frozenset({Kind.TEXT, Kind.CELL, Kind.COLUMN, Kind.CHART})
_ADDED = re.compile(r'(<data\b[^>]*?)(?: data-(?:unit|cell)="[^"]*")+>')
_CALL = re.compile(r'<a\b[^>]*href="#note-[a-z]+-(\d+)"[^>]*>([^<]*)</a>')
_ELEMENT = re.compile(r'(<data\b[^>]*?\bdata-fact="([^"]*)"[^>]*>)')
_SLOT = re.compile(re.escape(SLOT.replace("></script>", ">")) + r".*?</script>", re.DOTALL)


def inspect(page: str, printed: Sequence[Item], ledger: Ledger) -> Iterator[Problem]:
    """Everything in which a page differs from the printed one of its edition or the records."""
    shown = items(page)
    for kinds in (_SHARED, {Kind.NOTE}):
        yield from _compared(_of(printed, kinds), _of(shown, kinds))
    yield from _said_apart(shown, printed)
    yield from _calls(page)
    yield from markup(page, ledger.records)
    for item in shown:
        yield from _own_words(item, ledger)
        for mark in item.marks:
            yield from _value(item, mark, ledger)
    wanted = linked(bare(page), ledger.records)
    if wanted != page:
        name = _misled(page, wanted)
        yield _problem(
            f"what it shows of {name or 'a figure'} on a click is not what the records say",
            f"点击数据{f' {name} ' if name else ''}时显示的内容与记录不符",
        )


def _misled(page: str, wanted: str) -> str:
    """The first figure whose box, or whose element, is not as it should be."""
    here, there = _boxes(page), _boxes(wanted)
    keys = [key for key in {**there, **here} if here.get(key) != there.get(key)]
    if keys:
        return str(keys[0]).partition("|")[0]
    elements = zip(_ELEMENT.findall(page), _ELEMENT.findall(wanted), strict=False)
    return next((name for (one, name), (other, _) in elements if one != other), "")


def _boxes(page: str) -> Mapping[str, object]:
    """What a page shows of each figure on a click; nothing if that cannot be read."""
    found = _SLOT.search(page)
    try:
        text = found[0].partition(">")[2].removesuffix("</script>") if found else ""
        figures = json.loads(text)["figures"]
    except (ValueError, KeyError, TypeError):
        return {}
    return figures if isinstance(figures, dict) else {}


def unbound(page: str, ledgers: Sequence[Ledger]) -> Iterator[Problem]:
    """Numerals of a page beside the chapters that are bound in none of them."""
    if ledgers:
        yield from markup(page, ledgers[0].records)
    shown = [item for item in items(page) if item.kind is not Kind.HEAD]
    faults = [{f.printed: f.item for f in account(shown, one).faults} for one in ledgers]
    for printed, place in faults[0].items() if faults else ():
        if all(printed in others for others in faults):
            yield _problem(
                f'it shows "{printed}" in "{_short(shown[place].words)}", '
                "which is not in the records",
                f"“{_short(shown[place].words)}”中的“{printed}”不在记录之中",
            )


def _of(found: Sequence[Item], kinds: frozenset[Kind] | set[Kind]) -> list[Item]:
    return [item for item in found if item.kind in kinds]


def _problem(en: str, zh: str) -> Problem:
    return Problem(0, Text(en, zh))


def bare(page: str) -> str:
    """A page before its figures were led to their cells.

    >>> bare('<data value="9" data-fact="a" data-unit="person" data-cell="x">')
    '<data value="9" data-fact="a">'
    """
    return _SLOT.sub(SLOT, _ADDED.sub(r"\1>", page), count=1)


def _compared(wanted: Sequence[Item], found: Sequence[Item]) -> Iterator[Problem]:
    """Texts in their order; the marks of those that are alike."""
    mine, other = ([letters(item.words) for item in one] for one in (wanted, found))
    if mine == other:
        pairs = zip(wanted, found, strict=True)
    else:
        matcher = SequenceMatcher(None, mine, other, autojunk=False)
        for tag, start, end, begin, stop in matcher.get_opcodes():
            if tag != "equal":
                yield _different(wanted[start:end], found[begin:stop])
        blocks = matcher.get_matching_blocks()
        pairs = zip(
            (wanted[b.a + at] for b in blocks for at in range(b.size)),
            (found[b.b + at] for b in blocks for at in range(b.size)),
            strict=True,
        )
    for one, two in pairs:
        if one.kind is not Kind.CHART and _bound(one) != _bound(two):
            yield _problem(
                f'"{_short(two.words)}" is bound to other records than it should be',
                f"“{_short(two.words)}”所绑定的记录有误",
            )


def _bound(item: Item) -> list[tuple[Sort, str, str]]:
    return [(mark.sort, mark.source, mark.period) for mark in item.marks]


def _short(words: str) -> str:
    return words if len(words) < 60 else f"{words[:60]}…"


def _different(wanted: Sequence[Item], found: Sequence[Item]) -> Problem:
    texts = ("".join(letters(item.words) for item in one) for one in (wanted, found))
    expected, said = narrowed(*texts)
    if len(wanted) == 1:
        expected, said = readable(Difference(0, expected, said, 0), wanted)
    return _problem(
        f'it shows "{said}" instead of "{expected}"', f"显示为“{said}”，应为“{expected}”"
    )


def _said_apart(shown: Sequence[Item], printed: Sequence[Item]) -> Iterator[Problem]:
    """Titles, and what charts say to those who do not see them, repeat texts of the page."""
    known = {letters(item.words) for item in printed}
    for item in shown:
        parts = item.words.split(" / ") if item.kind is Kind.HEAD else [item.words]
        if item.kind in (Kind.HEAD, Kind.ALT) and not known.issuperset(map(letters, parts)):
            yield _problem(
                f'"{_short(item.words)}" is not on the printed page',
                f"“{_short(item.words)}”不见于印刷版",
            )


def _calls(page: str) -> Iterator[Problem]:
    """The number by which a note is called is that of the note it leads to."""
    for number, said in _CALL.findall(page):
        if number != said.strip():
            yield _problem(
                f'a call shows "{said}" but leads to note {number}',
                f"脚注引用号印为“{said}”，实指注{number}",
            )


def _own_words(item: Item, ledger: Ledger) -> Iterator[Problem]:
    """The screen's own words hold no numeral but the edition year."""
    if item.kind is Kind.SCREEN:
        for numeral in ledger.read(item.words, item.language):
            if numeral.value != ledger.records.book.edition_year:
                yield _problem(
                    f'it shows "{numeral.text}" in "{_short(item.words)}", '
                    "which is not in the records",
                    f"“{_short(item.words)}”中的“{numeral.text}”不在记录之中",
                )


def _value(item: Item, mark: Mark, ledger: Ledger) -> Iterator[Problem]:
    """The value that a figure tells machines is that of the records."""
    if mark.sort not in (Sort.FACT, Sort.DERIVED):
        return
    try:
        told, wanted = Decimal(mark.value), said_by(ledger, mark)[0].value
    except (*LOOKUPS, InvalidOperation):
        told, wanted = Decimal(0), Decimal("NaN")
    if told != wanted:
        yield _problem(
            f'"{item.words[mark.start : mark.end]}" tells machines {mark.value}, '
            f"but {mark.source} is {wanted}",
            f"“{item.words[mark.start : mark.end]}”的机读值为{mark.value}，"
            f"而{mark.source}是{wanted}",
        )
