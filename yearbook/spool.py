"""Finished files on the disk until all of them can be published.

A report of all counties makes thousands; in memory they would grow with the book, and so would
each process that is forked from it.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from yearbook.model import Artifact
from yearbook.receipt import digest


@dataclass(frozen=True, slots=True)
class Lying:
    """Bytes that lie in a file, proved by their digest whenever they are read."""

    path: Path
    digest: str

    def read(self) -> bytes:
        """The bytes. Raises OSError if they are not what was put there."""
        content = self.path.read_bytes()
        if digest(content) != self.digest:
            raise OSError(errno.EIO, os.strerror(errno.EIO), self.path.name)
        return content


@dataclass(frozen=True, slots=True)
class Spool:
    """A folder of finished files; without one nothing is laid there."""

    folder: Path | None
    _numbers: Iterator[int] = field(default_factory=count, compare=False)

    def laid(self, artifact: Artifact) -> Artifact:
        """An artifact whose bytes lie here, not in memory; where there is no room, as it was."""
        if self.folder is None:
            return artifact
        content, path = artifact.content, self.folder / str(next(self._numbers))
        try:
            path.write_bytes(content)
        except OSError:
            with suppress(OSError):
                path.unlink()
            return artifact
        return Artifact(artifact.name, Lying(path, digest(content)))

    def cleared(self) -> None:
        """Remove what lies here: it was published, or never will be."""
        for path in self.folder.iterdir() if self.folder is not None else ():
            path.unlink(missing_ok=True)

    def removed(self) -> None:
        """Remove the folder."""
        if self.folder is not None:
            rmtree(self.folder, ignore_errors=True)


def opened() -> Spool:
    """A spool among the temporary files."""
    try:
        return Spool(Path(mkdtemp(prefix="spool-")))
    except OSError:
        return Spool(None)


@contextmanager
def spool() -> Iterator[Spool]:
    """A spool for the while."""
    made = opened()
    try:
        yield made
    finally:
        made.removed()
