"""How the texts that pages should show and those they do show fit, letter by letter.

Blanks and hyphens at line ends do not count; everything else does.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from yearbook.audit.runs import Run

_SOFT = "\u00ad\u2010\u200b\ufeff"
_AROUND = 12


@lru_cache(maxsize=32768)
def letters(text: str) -> str:
    """What is compared of a text.

    >>> letters("In co‐\\u00a0operation, 9 towns")
    'Incooperation,9towns'
    """
    return "".join(text[at] for at in positions(text))


def positions(text: str) -> list[int]:
    """Where the letters that are compared stand in a text."""
    return [at for at, letter in enumerate(text) if not letter.isspace() and letter not in _SOFT]


class Made(StrEnum):
    """What the page itself makes."""

    PAGE = "page number"
    RUNNING = "running head"
    CONTENTS = "contents"
    CALL = "note call"
    NOTE = "note number"
    LIST = "list sign"
    REPEATED = "repeated head"


@dataclass(frozen=True, slots=True)
class Generated:
    """A run that the page made; ``item`` is the one it belongs to or repeats, -1 for none."""

    sort: Made
    run: Run
    item: int = -1


@dataclass(frozen=True, slots=True)
class Chunk:
    """Letters ``start`` to ``end`` of an item, and the run that shows each of them."""

    start: int
    end: int
    page: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a page shows in the place of what it should; either may be empty."""

    page: int
    wanted: str
    found: str
    item: int = -1


@dataclass
class Match:
    """How items and pages fit."""

    chunks: dict[int, list[Chunk]] = field(default_factory=dict)
    generated: list[Generated] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def page(self, item: int) -> int:
        """The page on which an item begins; 0 if it is nowhere."""
        return self.chunks[item][0].page if self.chunks.get(item) else 0


def narrowed(wanted: str, found: str) -> tuple[str, str]:
    """Two texts without what they begin and end with alike, but for a few letters.

    >>> narrowed("itsent369peopletopoorareasforwork", "itsent359peopletopoorareasforwork")
    ('itsent369peopletopoo', 'itsent359peopletopoo')
    """
    head = 0
    while head < min(len(wanted), len(found)) and wanted[head] == found[head]:
        head += 1
    tail = 0
    while tail < min(len(wanted), len(found)) - head and wanted[-1 - tail] == found[-1 - tail]:
        tail += 1
    start, end = max(0, head - _AROUND), max(0, tail - _AROUND)
    return wanted[start : len(wanted) - end], found[start : len(found) - end]
