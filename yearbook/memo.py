"""A mapping that forgets what was put in first when it is full."""

from collections.abc import Iterator, MutableMapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(MutableMapping[K, V]):
    """Holds so many entries.

    >>> memo = Memo(2)
    >>> memo.update({"a": 1, "b": 2, "c": 3})
    >>> dict(memo)
    {'b': 2, 'c': 3}
    """

    def __init__(self, size: int) -> None:
        self._size, self._held = size, dict[K, V]()

    def __getitem__(self, key: K) -> V:
        return self._held[key]

    def __setitem__(self, key: K, value: V) -> None:
        self._held[key] = value
        if len(self._held) > self._size:
            del self._held[next(iter(self._held))]

    def __delitem__(self, key: K) -> None:
        del self._held[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)
