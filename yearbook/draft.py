"""A chapter in the making: its texts, laid out when they are needed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from yearbook import graph, lexer
from yearbook.book import Book, Chapter
from yearbook.docket import Quoted, quoted
from yearbook.finding import Finding
from yearbook.model import Language
from yearbook.node import Cache, Made, digests
from yearbook.read import Reading
from yearbook.report import Desk, lay_out
from yearbook.worker import Each, Task, each

DESKS = 48
"""So many chapters stay laid out until they are printed; of a book of more, only what was found
stays, or memory would grow with the book."""


@dataclass
class Draft:
    """A chapter, the files it may hang on by name with their digests, and what is known of it.

    ``read`` is what is wrong with the texts; ``desk`` is there if they were laid out just now.
    """

    book: Book
    chapter: Chapter
    files: Mapping[str, str]
    read: Made | None = None
    desk: Desk | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the texts."""
        return self.read.findings if self.read else ()

    @property
    def quoted(self) -> Quoted:
        """The sentences that print figures."""
        told = json.loads(self.read.contents[0]) if self.read else {}
        return {Language(of): [tuple(pair) for pair in pairs] for of, pairs in told.items()}

    def known(self, cache: Cache) -> bool:
        """Whether the cache knows what is wrong with the texts."""
        self.read = cache.find(self._name, self._parts())
        return self.read is not None

    def learn(self, done: Desk | Made, cache: Cache) -> None:
        """Keep what is wrong with the chapter, and the chapter if it was handed over laid out."""
        if isinstance(done, Desk):
            self.desk = done
        self.read = _judged(done) if isinstance(done, Desk) else done
        cache.keep(self._name, self._parts(), self.read)

    @property
    def _name(self) -> str:
        return f"texts {self.chapter.slug}"

    def _parts(self) -> dict[str, str]:
        return {**graph.texts(self.files), "chapter": self.chapter.slug}

    def laid_out(self) -> Desk:
        """The chapter on the desk."""
        return self.desk or lay_out(self.book, self.chapter)

    def judged(self) -> Made:
        """What is wrong with the texts, and the sentences that print figures."""
        return _judged(self.laid_out())


def _judged(desk: Desk) -> Made:
    told = {of.value: pairs for of, pairs in quoted(desk).items()}
    return Made((json.dumps(told, ensure_ascii=False).encode(),), tuple(desk.findings))


def drafts(
    reading: Reading, cache: Cache, jobs: int, do: Each | None = None
) -> tuple[tuple[Draft, ...], tuple[Finding, ...]]:
    """Every chapter with what is wrong with its texts, and what had to be stopped. What the texts
    make of the figures is their authors' doing, so it is done within limits.

    A chapter that cannot hang on others is given a book without them: what is done for each would
    otherwise grow with the book.
    """
    book, files = reading.book, reading.files
    apart = graph.apart(files)
    held = graph.Holdings.of(digests(files), book, alone=apart)
    made = tuple(
        Draft(replace(book, chapters=(one,)) if apart else book, one, held.edition(one))
        for one in book.chapters
    )
    waiting = [draft for draft in made if not draft.known(cache)]
    if waiting:
        lexer.ready()
    few = len(waiting) <= DESKS
    tasks: list[Task[Desk | Made]] = [
        Task(one.chapter.slug, one.laid_out if few else one.judged) for one in waiting
    ]
    stopped: list[Finding] = []
    for draft, done in zip(waiting, (do or each)(tasks, book.limits, jobs), strict=True):
        if isinstance(done, Finding):
            stopped.append(done)
        else:
            draft.learn(done, cache)
    return tuple(draft for draft in made if draft.read), tuple(stopped)
