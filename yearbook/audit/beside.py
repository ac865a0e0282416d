"""What a PDF says beside its pages: alternatives of pictures, bookmarks, links, its own title."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from yearbook.audit.items import Item, Kind
from yearbook.audit.match import Match, letters
from yearbook.audit.problem import Problem
from yearbook.audit.runs import Pages
from yearbook.model import Text


def beside(items: Sequence[Item], pages: Pages, found: Match) -> Iterator[Problem]:
    """Everything a PDF says beside its pages that they do not say."""
    yield from (strange(*stranger) for stranger in pages.strangers)
    yield from _alternatives(items, pages)
    heads = {letters(item.words) for item in items if item.kind is Kind.HEAD}
    for words in pages.told:
        if letters(words) not in heads:
            yield _unknown(0, "the file says of itself", "文件自述", words)
    printed = "".join(letters(item.words) for item in items if item.kind is Kind.TEXT)
    for words in pages.bookmarks:
        if letters(words) not in printed:
            yield _unknown(0, "a bookmark says", "书签", words)
    yield from _links(pages, found)


def strange(page: int, name: str) -> Problem:
    """What stands on a page, or (0) in the file, that can make it show other figures."""
    where = Text(f"page {page}", f"第{page}页") if page else Text("the file", "文件")
    return Problem(
        page,
        Text(
            f"{where.en} has what can hide figures or show others: {name}",
            f"{where.zh}含有可能遮盖或另示数字的内容：{name}",
        ),
    )


def _unknown(page: int, en: str, zh: str, words: str) -> Problem:
    return Problem(
        page,
        Text(f'{en} "{words}", which is not on the pages', f"{zh}“{words}”不见于页面"),
    )


def _alternatives(items: Sequence[Item], pages: Pages) -> Iterator[Problem]:
    """Text alternatives of charts, each in one language after the other."""
    wanted = [letters(item.words) for item in items if item.kind is Kind.ALT]
    said = "".join(letters(text).replace("/", "") for text in pages.alternatives)
    for item in items:
        if item.kind is Kind.ALT and letters(item.words).replace("/", "") not in said:
            short = f"{item.words[:40]}…"
            yield Problem(
                0,
                Text(
                    f'the text alternative "{short}" is not in the file',
                    f"文件中没有替代文字“{short}”",
                ),
            )
    left = said
    for text in sorted((one.replace("/", "") for one in wanted), key=len, reverse=True):
        left = left.replace(text, "\0", 1)
    for words in left.split("\0"):
        if words:
            yield _unknown(0, "a text alternative says", "替代文字", words)


def _links(pages: Pages, found: Match) -> Iterator[Problem]:
    """A link tells those who do not see it the numbers that it shows, its own page number aside;
    one that goes on upon the next line is a link of its own there, and tells the same."""
    made = {id(generated.run) for generated in found.generated}
    shown: dict[int, str] = dict.fromkeys((serial for serial, _ in pages.links), "")
    on: dict[int, int] = {}
    for run in pages.runs:
        serial = next((number for _, number in reversed(run.path) if number in shown), 0)
        if serial and id(run) not in made:
            shown[serial] += _numbers(run.text)
            on[serial] = run.page
    for words, group in groupby(pages.links, key=lambda link: link[1]):
        parts = [serial for serial, _ in group]
        told, seen = _numbers(words), "".join(shown[serial] for serial in parts)
        if seen not in {told * times for times in range(1, len(parts) + 1)}:
            page = on.get(parts[0], 0)
            yield _unknown(page, f"page {page}: a link says", f"第{page}页的链接", words)


def _numbers(words: str) -> str:
    return "".join(letter for letter in words if letter.isnumeric())
