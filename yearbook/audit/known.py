"""What is known of pages that were read before, by the digest of all that a page is made of.

A page that did not change need not be read again, in this process or in the next: what it shows
and whether its glyphs are true hang on nothing else. Entries of a shelf are proved when they are
read (`yearbook.store`).
"""

import json
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from yearbook.audit.look import Look, Piece
from yearbook.memo import Memo
from yearbook.node import Shelf, key

V = TypeVar("V")
_PAGES = 512


@dataclass(frozen=True, slots=True)
class Known:
    """What each page shows, and the characters of its false glyphs."""

    looks: MutableMapping[str, Look]
    glyphs: MutableMapping[str, tuple[str, ...]]


MEMORY = Known(Memo(_PAGES), Memo(_PAGES))
"""What this process has read."""


class Shelved(Memo[str, V], Generic[V]):
    """What is held, and behind it what earlier processes put on a shelf.

    ``name`` is what it is and ``made`` makes it of JSON; ``base`` is what it was found with: the
    toolkit, the packages.
    """

    def __init__(
        self, name: str, made: Callable[[Any], V], shelf: Shelf, base: Mapping[str, str]
    ) -> None:
        super().__init__(_PAGES)
        self._name, self._made = name, made
        self._shelf, self._base = shelf, base

    def __getitem__(self, page: str) -> V:
        if page not in self:
            raise KeyError(page)
        return super().__getitem__(page)

    def __contains__(self, page: object) -> bool:
        if page in self._held or not isinstance(page, str):
            return page in self._held
        content = self._shelf.get(self._key(page))
        if content is None:
            return False
        super().__setitem__(page, self._made(json.loads(content)))
        return True

    def __setitem__(self, page: str, value: V) -> None:
        super().__setitem__(page, value)
        plain = value.plain() if isinstance(value, Look) else value
        self._shelf.put(self._key(page), json.dumps(plain).encode())

    def _key(self, page: str) -> str:
        return key(self._name, {**self._base, "page": page})


def shelved(shelf: Shelf | None, base: Mapping[str, str]) -> Known:
    """What is known by a shelf; without one, by this process alone."""
    if shelf is None:
        return MEMORY
    looks: Shelved[Look] = Shelved("look", _look, shelf, base)
    glyphs: Shelved[tuple[str, ...]] = Shelved("glyphs", tuple, shelf, base)
    return Known(looks, glyphs)


def _look(plain: Any) -> Look:
    pieces, strange = plain
    return Look(tuple(Piece(m, text, tuple(box)) for m, text, box in pieces), tuple(strange))
