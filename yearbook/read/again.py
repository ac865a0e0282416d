"""A reading of files of which one table has other values than last time: all else is as it was.

Between two builds an editor mostly changes a value. To read all lists and tables for that takes
longer than to fill the pages; here that one table is read, if nothing can hang on it but its own
figures.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from yearbook.book import Book, Chapter
from yearbook.model import Fact
from yearbook.read import Reading
from yearbook.read.plain import LARGE
from yearbook.read.sheet import parse
from yearbook.read.tables import Vocabulary, gather

STANDING = ("id", "period", "table", "dimensions", "source", "unit")
"""What of a figure decides which figure it is and where it is shown."""
_TABLE = re.compile(r"data/(?P<slug>[^/]+)/(?P<table>[^/]+)\.csv")


def again(known: Reading, files: Mapping[str, bytes]) -> Reading | None:
    """The reading of files that differ from those of another only in values of one table; None
    where more differs, or where that cannot be told: then they have to be read."""
    if known.files.keys() != files.keys() or known.origins.cuts:
        return None
    changed = [name for name, held in files.items() if known.files[name] != held]
    found = _TABLE.fullmatch(changed[0]) if len(changed) == 1 else None
    if found is None or any(finding.place.file == found[0] for finding in known.findings):
        return None
    book = known.book
    of = next((each for each in book.chapters if each.slug == found["slug"]), None)
    made = of and _chapter(book, of, found["table"], files)
    if not made:
        return None
    chapters = tuple(made if each is of else each for each in book.chapters)
    return replace(known, book=replace(book, chapters=chapters), files=files)


def _chapter(
    book: Book, chapter: Chapter, table: str, files: Mapping[str, bytes]
) -> Chapter | None:
    """A chapter with other values in one of its tables; None if more changed. A table that is not
    one of figures has findings here, or no figure stands as it did."""
    file = f"data/{chapter.slug}/{table}.csv"
    content, facts = files[file], chapter.facts
    if len(content) >= LARGE or not isinstance(facts, tuple):
        return None
    words = Vocabulary(book.units, book.sources, book.divisions, chapter.codes)
    now = gather({table: parse(file, content)}, words, {})
    before = (fact for fact in facts if fact.table == table)
    if now.findings or now.lists or [*map(stands, before)] != [*map(stands, now.facts)]:
        return None
    fresh = iter(now.facts)
    return replace(
        chapter,
        facts=tuple(_met(one, next(fresh)) if one.table == table else one for one in facts),
    )


def _met(one: Fact, other: Fact) -> Fact:
    """A figure that is as it was is itself, so that it is compared at once."""
    return other if differ(one, other) else one


def differ(one: Fact, other: Fact) -> bool:
    """Whether anything of a figure differs: equal values may be written with other decimals."""
    return one is not other and (one != other or bool(one.value.compare_total(other.value)))


def stands(fact: Fact) -> tuple[object, ...]:
    """Which figure it is and where it is shown."""
    return tuple(getattr(fact, name) for name in STANDING)
