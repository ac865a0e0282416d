"""What is asked for: the whole book in one edition, of chapters that are finished."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from yearbook.book import Book
from yearbook.kit import Kit
from yearbook.model import LONGEST_FIRST, Artifact, Edition

NAME = "book"
"""The folder of the whole book below output/."""


@dataclass(frozen=True)
class Printed:
    """A finished chapter in one edition: its name and its files."""

    slug: str
    page: Artifact
    file: Artifact

    @property
    def screen(self) -> bytes:
        """Its page for the screen."""
        return self.page.content

    @property
    def content(self) -> bytes:
        """Its PDF."""
        return self.file.content

    @cached_property
    def digest(self) -> str:
        """The digest of its PDF and its name."""
        return sha256(self.slug.encode() + b"\n" + self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Order:
    """The whole book to be made in one edition."""

    book: Book
    edition: Edition
    kit: Kit
    chapters: Sequence[Printed]

    @property
    def name(self) -> str:
        """The path of its file below output/, without its ending."""
        return f"{NAME}/{self.edition}"


def orders(book: Book, kit: Kit, artifacts: Iterable[Artifact]) -> Iterator[Order]:
    """The whole book in each edition, of the files of its chapters."""
    found = {artifact.name: artifact for artifact in artifacts}
    for edition in LONGEST_FIRST:
        names = [(chapter.slug, f"{chapter.slug}/{edition}") for chapter in book.chapters]
        chapters = (Printed(s, found[f"{n}.html"], found[f"{n}.pdf"]) for s, n in names)
        yield Order(book, edition, kit, tuple(chapters))
