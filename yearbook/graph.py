"""What hangs on what: the parts of a chapter's texts, of its editions, of the index."""

from collections.abc import Iterable, Mapping

from yearbook.book import Book, Chapter
from yearbook.codec import digest
from yearbook.node import digests

_ROOMS = ("data", "templates/chapters")
"""Where each chapter has a folder of its own."""
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
    return not any(b"chapters" in files[n] for n in pages if n != "templates/index.html")


def own(files: Mapping[str, str], chapter: Chapter, book: Book) -> dict[str, str]:
    """The files of a project, with their digests, without those of other chapters."""
    others = [each.slug for each in book.chapters if each is not chapter]
    foreign = tuple(f"{room}/{slug}/" for room in _ROOMS for slug in others)
    return {name: digest for name, digest in files.items() if not name.startswith(foreign)}


def texts(files: Mapping[str, str], chapter: Chapter, book: Book) -> dict[str, str]:
    """The parts of what is said of a chapter's texts: its files without its looks, and the words
    of all chapters, among which a literal must be used."""
    kept = own(files, chapter, book)
    words = [(each.prose, each.inscriptions) for each in book.chapters]
    return {
        **{name: digest for name, digest in kept.items() if not name.startswith(_LOOKS)},
        "words of all chapters": digest((words, book.inscriptions)),
    }


def edition(files: Mapping[str, bytes], chapter: Chapter, book: Book) -> dict[str, str]:
    """The files that an edition of a chapter may hang on, with their digests."""
    known = digests(files)
    return own(known, chapter, book) if apart(files) else known
