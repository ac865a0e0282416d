"""Audits one finished PDF: its pages against its texts, its texts against the records."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from yearbook.accounting.ledger import Ledger
from yearbook.audit import facts, glyphs, ink, runs
from yearbook.audit.beside import beside, strange
from yearbook.audit.facts import Head, Json
from yearbook.audit.figures import Account, account
from yearbook.audit.items import Item, Kind, Sort
from yearbook.audit.known import MEMORY, Known
from yearbook.audit.match import Difference, Generated, Made, Match, letters, positions
from yearbook.audit.order import displaced
from yearbook.audit.problem import Problem
from yearbook.audit.runs import MALFORMED, UnreadableError
from yearbook.audit.walk import match
from yearbook.model import Language, Text


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a reading of a PDF came to; ``facts`` makes what its facts.json should say."""

    pages: int
    facts: Callable[[], Json]
    problems: tuple[Problem, ...]


def inspect(
    content: bytes, items: Sequence[Item], ledger: Ledger, head: Head, known: Known = MEMORY
) -> Inspection:
    """Read a PDF again and compare it with the texts it should show and the records behind them;
    pages that are known are not read again."""
    try:
        pages = runs.read(content, known.looks)
    except UnreadableError as problem:
        return Inspection(0, dict, (unreadable(problem),))
    found = match(items, pages, lambda words: _counts(words, ledger))
    done = account(items, ledger)
    problems = (
        *(_different(difference, items) for difference in found.differences),
        *beside(items, pages, found),
        *(_displaced(number, words) for number, words in displaced(pages.runs)),
        *_misnumbered(items, found),
        *_faults(done, items, found),
    )
    return Inspection(pages.count, lambda: facts.compose(head, items, done, found), problems)


def unreadable(problem: Exception) -> Problem:
    """A file with parts that no reader can make sense of."""
    return Problem(0, Text(f"it cannot be read: {problem}", f"无法读取，读取程序报告“{problem}”"))


def _counts(words: str, ledger: Ledger) -> bool:
    return any(ledger.read(words, language) for language in Language)


def blank(content: bytes, known: Known = MEMORY) -> Iterator[Problem]:
    """Glyphs of a PDF that print as nothing or as other characters than they are read as."""
    try:
        wrong = dict.fromkeys(glyphs.false_glyphs(content, known.glyphs))
    except MALFORMED as problem:
        yield unreadable(problem)
        return
    for page, character in wrong:
        code = f"U+{ord(character):04X}"
        yield Problem(
            page,
            Text(
                f"page {page}: {character} ({code}) prints blank or as another character",
                f"第{page}页：“{character}”（{code}）印出来是空白或别的字",
            ),
        )


def unseen(content: bytes) -> Iterator[Problem]:
    """Letters of a PDF that are read but not seen, or seen with strokes that are none of them."""
    try:
        for page, what in ink.hidden(content):
            yield strange(page, what)
    except MALFORMED as problem:
        yield unreadable(problem)


def _different(difference: Difference, items: Sequence[Item]) -> Problem:
    wanted, found = readable(difference, items)
    page = difference.page
    if not found:
        what = Text(f'page {page} lacks "{wanted}"', f"第{page}页缺少“{wanted}”")
    elif not wanted:
        what = Text(
            f'page {page} shows "{found}", which nothing accounts for',
            f"第{page}页的“{found}”没有依据",
        )
    else:
        what = Text(
            f'page {page} shows "{found}" instead of "{wanted}"',
            f"第{page}页印为“{found}”，应为“{wanted}”",
        )
    return Problem(page, what)


def readable(difference: Difference, items: Sequence[Item]) -> tuple[str, str]:
    """The two texts of a difference, with the blanks of the item where there is one."""
    wanted, found = difference.wanted, difference.found
    if difference.item < 0 or not wanted:
        return wanted, found
    words = items[difference.item].words
    kept = positions(words)
    at = letters(words).find(wanted)
    if at < 0:
        return wanted, found
    shown = words[kept[at] : kept[at + len(wanted) - 1] + 1]
    if len(found) != len(wanted):
        return shown, found
    new = iter(found)
    told = [next(new) if place in set(positions(shown)) else c for place, c in enumerate(shown)]
    return shown, "".join(told)


def _displaced(page: int, words: str) -> Problem:
    short = words if len(words) < 60 else f"{words[:60]}…"
    return Problem(
        page,
        Text(
            f'page {page}: "{short}" stands elsewhere than where it is read',
            f"第{page}页：“{short}”的位置与阅读顺序不符",
        ),
    )


def _misnumbered(items: Sequence[Item], found: Match) -> Iterator[Problem]:
    """Numbers that the pages make by themselves: of the contents, of notes, of lists."""
    entries = {
        serial: place
        for place, chunks in found.chunks.items()
        for tag, serial in chunks[0].runs[0].path
        if tag == "TOCI"
    }
    counts: dict[object, int] = {}
    for one in found.generated:
        said = one.run.text.strip().rstrip(".")
        if one.sort is Made.CONTENTS:
            serial = next(serial for tag, serial in reversed(one.run.path) if tag == "TOCI")
            wanted = _page_of(items, found, entries.get(serial, -1))
        elif one.sort in (Made.CALL, Made.NOTE) or (one.sort is Made.LIST and said.isdigit()):
            circled = not said.isdecimal()
            key = (one.sort, circled) if one.sort is not Made.LIST else _list(one)
            wanted = counts[key] = counts.get(key, 0) + 1
            said = str(unicodedata.digit(said, said)) if circled else said
        else:
            continue
        if said != str(wanted):
            yield _misnumber(one, said, wanted)


def _list(generated: Generated) -> int:
    return next((serial for tag, serial in reversed(generated.run.path) if tag == "L"), 0)


def _page_of(items: Sequence[Item], found: Match, entry: int) -> int:
    """The page on which the part begins that an entry of the contents leads to."""
    target = items[entry].target if entry >= 0 else ""
    places = (at for at, item in enumerate(items) if item.anchor == target and not item.target)
    return next((found.page(at) for at in places if found.page(at)), 0)


def _misnumber(one: Generated, said: str, wanted: int) -> Problem:
    page = one.run.page
    return Problem(
        page,
        Text(
            f'page {page} shows "{said}" instead of "{wanted}" ({one.sort.value})',
            f"第{page}页的序号印为“{said}”，应为“{wanted}”",
        ),
    )


def _faults(done: Account, items: Sequence[Item], found: Match) -> Iterator[Problem]:
    for fault in done.faults:
        page = found.page(fault.item)
        where = Text(f"page {page}", f"第{page}页")
        if items[fault.item].kind is Kind.ALT:
            where = Text("a text alternative", "替代文字")
        words = items[fault.item].words
        around = words if len(words) < 60 else f"{words[:60]}…"
        if not fault.wanted:
            what = Text(
                f'{where.en} shows "{fault.printed}" in "{around}", which is not in the records',
                f"{where.zh}“{around}”中的“{fault.printed}”不在记录之中",
            )
        else:
            what = Text(
                f'{where.en} shows "{fault.printed}" in "{around}", but {fault.source} is '
                f"{fault.wanted}",
                f"{where.zh}“{around}”中印为“{fault.printed}”，而{fault.source}是{fault.wanted}",
            )
        yield Problem(page, what)


def figures(found: Json) -> int:
    """How many numerals a facts.json accounts for as figures: read from cells or derived."""
    others = facts.entries(found, "others")
    derived = [other for other in others if other.get("kind") == Sort.DERIVED.value]
    return len(facts.entries(found, "facts")) + len(derived)
