"""What stands on a page without a tag: running heads and the number of the page.

A head may say again, whole and in any order, what the page says of itself: titles, the names of
parts with their numbers, words that a table goes on. What it says besides must hold no numeral.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from yearbook.audit.items import Item, Kind
from yearbook.audit.match import Difference, Generated, Made, letters, positions
from yearbook.audit.runs import Run

Counts = Callable[[str], bool]
"""Whether some words hold a numeral, in any language."""
_NAMING = frozenset({Kind.TEXT, Kind.AGAIN})


def vocabulary(items: Sequence[Item]) -> dict[str, int]:
    """What a running head may say again, longest first, and the item that says it.

    >>> from yearbook.model import Language
    >>> made = [Item(words, Language.EN, Kind.TEXT, "a") for words in ("6", "Work in 2010")]
    >>> vocabulary(made)
    {'6Workin2010': 1, 'Workin2010': 1}
    """
    named = [(at, item, letters(item.words)) for at, item in enumerate(items)]
    named = [one for one in named if one[1].kind in _NAMING]
    found = {text: at for at, _, text in named if not text.isdigit()}
    for (_, first, number), (at, second, text) in pairwise(named):
        if number.isdigit() and not text.isdigit() and first.anchor == second.anchor:
            found[number + text] = at
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def furniture(
    number: int, runs: Sequence[Run], known: Mapping[str, int], counts: Counts
) -> Iterator[Generated | Difference]:
    """Account for the runs without tags of one page; its number stands there at most once."""
    raw = " ".join(run.text for run in runs)
    owners = [run for run in runs for _ in f"{run.text} "]
    kept, at, begun = positions(raw), 0, 0
    first: dict[str, list[str]] = {}
    for one in known:
        first.setdefault(one[0], []).append(one)
    text, page = "".join(raw[place] for place in kept), str(number)
    while at < len(text):
        said = next((one for one in first.get(text[at], ()) if text.startswith(one, at)), "")
        if not said and text.startswith(page, at) and _whole(text, at, page):
            said, page = page, "no second"
        if not said:
            at += 1
            continue
        yield from _other(number, raw[kept[begun] : kept[at]], owners[kept[begun]], counts)
        yield Generated(
            Made.RUNNING if said in known else Made.PAGE, owners[kept[at]], known.get(said, -1)
        )
        begun = at = at + len(said)
    if begun < at:
        yield from _other(number, raw[kept[begun] :], owners[kept[begun]], counts)


def _whole(text: str, at: int, page: str) -> bool:
    """Whether a page number is no part of a longer one."""
    around = text[max(0, at - 1) : at] + text[at + len(page) : at + len(page) + 1]
    return not any(letter.isdigit() for letter in around)


def _other(number: int, raw: str, run: Run, counts: Counts) -> Iterator[Generated | Difference]:
    """Words of the page's own design, which may say anything but a number."""
    words = raw.strip()
    if any(letter.isnumeric() for letter in words) or counts(words):
        yield Difference(number, "", letters(words))
    elif words:
        yield Generated(Made.RUNNING, run)
