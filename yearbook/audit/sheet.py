"""One page of a PDF as the letters it shows, and where its blocks end."""

from collections.abc import Sequence
from dataclasses import dataclass

from yearbook.audit.match import letters
from yearbook.audit.runs import Run
from yearbook.audit.tree import Path

_WITHIN = frozenset({"Span", "NonStruct", "Link", "Reference", "Quote", "Em", "Strong", "Code"})
"""Tags of what stands within a line."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is still to be found of an item; ``offset`` letters of it were found before."""

    item: int
    text: str
    offset: int = 0

    def cut(self, length: int) -> "Rest":
        """What is left after so many letters more.

        >>> Rest(1, "437people").cut(3)
        Rest(item=1, text='people', offset=3)
        """
        return Rest(self.item, self.text[length:], self.offset + length)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The letters of a page in the order of its tags, the run that shows each, and behind which
    of them a block ends: a paragraph, a cell, an entry of a list."""

    number: int
    text: str
    owners: Sequence[Run]
    ends: frozenset[int]

    def same(self, at: int, text: str) -> int:
        """How many letters from ``at`` on are those a text begins with."""
        if self.text.startswith(text, at):
            return len(text)
        length = 0
        for mine, other in zip(text, self.text[at : at + len(text)], strict=False):
            if mine != other:
                break
            length += 1
        return length

    def fits(self, at: int, text: str) -> int:
        """The length of a text that stands here, or of its beginning if a block ends with it."""
        same = self.same(at, text)
        return same if same == len(text) or at + same in self.ends else 0

    def in_head(self, at: int) -> bool:
        """Whether a letter stands in the head of a table."""
        return any(tag == "THead" for tag, _ in self.owners[at].path)


def sheets(runs: Sequence[Run], count: int) -> tuple[Sheet, ...]:
    """The pages of a PDF; ``runs`` in the order of their tags."""
    by_page: dict[int, list[Run]] = {number: [] for number in range(1, count + 1)}
    for run in runs:
        by_page.setdefault(run.page, []).append(run)
    return tuple(_sheet(number, by_page[number]) for number in sorted(by_page))


def _sheet(number: int, runs: Sequence[Run]) -> Sheet:
    owners: list[Run] = []
    shown: list[str] = []
    ends: set[int] = set()
    around: Path = ()
    for run in runs:
        if (own := block(run.path)) != around:
            ends.add(len(owners))
            around = own
        kept = letters(run.text)
        shown.append(kept)
        owners.extend([run] * len(kept))
    return Sheet(number, "".join(shown), owners, frozenset({*ends, len(owners)}))


def block(path: Path) -> Path:
    """The innermost element around a run that is no part of a line."""
    depth = len(path)
    while depth and path[depth - 1][0] in _WITHIN:
        depth -= 1
    return path[:depth]
