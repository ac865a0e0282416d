"""A board both a worker and its supervisor can see: what is being done, also after a crash."""

import json
from mmap import mmap

from yearbook.model import Place

_SIZE = 4096


class Board:
    """Memory shared with processes forked later.

    >>> board = Board()
    >>> board.read() is None
    True
    >>> board.write(Place("a.md", 3))
    >>> board.read()
    Place(file='a.md', line=3, column=0, cell=None)
    """

    def __init__(self) -> None:
        self._memory = mmap(-1, _SIZE)

    def write(self, place: Place) -> None:
        """Put a place on the board, instead of the last one."""
        text = json.dumps([place.file, place.line, place.column, place.cell]).encode()
        if len(text) < _SIZE - 2:
            # The length last: a reader finds the whole text or none.
            self._memory[:2] = b"\0\0"
            self._memory[2 : 2 + len(text)] = text
            self._memory[:2] = len(text).to_bytes(2, "big")

    def read(self) -> Place | None:
        """The place on the board, if any."""
        size = int.from_bytes(self._memory[:2], "big")
        return Place(*json.loads(self._memory[2 : 2 + size])) if size else None

    def close(self) -> None:
        """Take the board down."""
        self._memory.close()
