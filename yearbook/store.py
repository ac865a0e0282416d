"""Keeps what was made under the digest of what it was made from: safe to delete at any time.

An entry is proved by its own digest whenever it is read; what is cut off, altered, of another
format or filed under another key counts as absent. Several builds may use one store at once.
"""

import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

FORMAT = b"yearbook-store/1"
LIMIT = 400_000_000
"""Bytes: some hundred builds of one chapter."""


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of entries, by key: hexadecimal digests."""

    folder: Path
    limit: int = LIMIT

    def now(self) -> float:
        """The time of entries that are used now, as their disk tells it; never, if it cannot be
        written to."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, suffix=".tmp") as trial:
                return os.fstat(trial.fileno()).st_mtime
        except OSError:
            return math.inf

    def get(self, key: str) -> bytes | None:
        """The content kept under a key, or None."""
        path = self._path(key)
        try:
            head, _, content = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if head != _head(key, content):
            return None
        try:
            os.utime(path)  # a hint for `trim`: which entries are of use
        except OSError:
            return content
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep a content under a key; where that is impossible, it is not kept."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as beside:
                beside.write(_head(key, content) + b"\n" + content)
            Path(beside.name).replace(path)
        except OSError:
            return

    def trim(self, begun: float = math.inf) -> None:
        """Remove what was not used for longest, until the store is within its limit or holds
        nothing but what was used since a build began: a book of more would else be made again each
        time."""
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        for used, size, path in entries:
            if total <= self.limit or used >= begun:
                return
            path.unlink(missing_ok=True)
            total -= size

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        for path in self.folder.glob("??/*"):
            try:
                about = path.stat()
            except OSError:
                continue
            yield about.st_mtime, about.st_size, path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _head(key: str, content: bytes) -> bytes:
    return b"%s %s" % (FORMAT, sha256(key.encode() + b"\n" + content).hexdigest().encode())
