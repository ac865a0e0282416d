"""What hangs on what: the parts of a chapter's texts, of its editions, of the index."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from yearbook.book import Book, Chapter
from yearbook.codec import digest

T = TypeVar("T")
_ROOMS = ("data", "templates/chapters")
"""Where each chapter has a folder of its own."""
_OF_THE_BOOK = ("templates/index.html", "templates/book.html")
"""The templates that are no chapter's."""
_LOOKS = ("figures/", "templates/fonts/")


def base(surroundings: Iterable[str]) -> dict[str, str]:
    """What everything is made with, from the lines of `yearbook.receipt.surroundings`.

    >>> sorted(base(["code 1 a.py", "package b-1.dist-info", "environment X='1'"]))
    ['code', 'package']
    """
    groups: dict[str, list[str]] = {}
    for line in surroundings:
        kind, _, rest = line.partition(" ")
        groups.setdefault(kind, []).append(rest)
    return {kind: digest(lines) for kind, lines in groups.items() if kind != "environment"}


def apart(files: Mapping[str, bytes]) -> bool:
    """Whether a chapter cannot hang on others: none of its templates looks at them.

    >>> apart({"templates/chapter.html": b"{{ page.title }}", "templates/index.html": b"chapters"})
    True
    >>> apart({"templates/macros.html": b"{% for other in page.book.chapters %}"})
    False
    """
    pages = (n for n in files if n.startswith("templates/") and n.endswith(".html"))
    return not any(b"chapters" in files[name] for name in pages if name not in _OF_THE_BOOK)


@dataclass(frozen=True, slots=True)
class Holdings(Generic[T]):
    """The files of a project, or their digests: those of each chapter, and those of all."""

    common: Mapping[str, T]
    own: Mapping[str, Mapping[str, T]]

    @classmethod
    def of(cls, files: Mapping[str, T], book: Book, *, alone: bool) -> "Holdings[T]":
        """Tell apart what each chapter may hang on, if it hangs on no others (`apart`). Each file
        is looked at once, however many chapters there are.

        >>> from yearbook.specimen import records
        >>> files = {"data/specimen/a.csv": b"", "data/units.csv": b""}
        >>> held = Holdings.of(files, records().book, alone=True)
        >>> list(held.common), list(held.own["specimen"])
        (['data/units.csv'], ['data/specimen/a.csv'])
        """
        if not alone:
            return cls(files, {})
        folders = {f"{room}/{each.slug}": each.slug for room in _ROOMS for each in book.chapters}
        own: dict[str, dict[str, T]] = {}
        common: dict[str, T] = {}
        for name, held in files.items():
            slug = next((folders[f] for f in _folders(name) if f in folders), None)
            (common if slug is None else own.setdefault(slug, {}))[name] = held
        return cls(common, own)

    def edition(self, chapter: Chapter) -> dict[str, T]:
        """The files that an edition of a chapter may hang on."""
        return {**self.common, **self.own.get(chapter.slug, {})}


def folders(slug: str) -> tuple[str, ...]:
    """The folders of a chapter's own.

    >>> folders("a")
    ('data/a/', 'templates/chapters/a/')
    """
    return tuple(f"{room}/{slug}/" for room in _ROOMS)


def _folders(name: str) -> Iterator[str]:
    """The folders that may be those of a chapter: of two names, and of three."""
    parts = name.split("/")
    yield from ("/".join(parts[:count]) for count in (2, 3))


def texts(files: Mapping[str, str]) -> dict[str, str]:
    """The parts of what is said of a chapter's texts: its files without its looks."""
    return {name: digest for name, digest in files.items() if not name.startswith(_LOOKS)}
