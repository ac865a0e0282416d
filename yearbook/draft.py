"""A chapter in the making: its texts, laid out when they are needed, and its editions."""

import gc
import json
from collections.abc import Mapping
from dataclasses import dataclass

from yearbook import graph
from yearbook.book import Book, Chapter
from yearbook.docket import Quoted, quoted
from yearbook.finding import Finding
from yearbook.kit import Kit
from yearbook.model import Artifact, Edition, Language
from yearbook.node import Cache, Made
from yearbook.press import Run, run
from yearbook.report import Desk, lay_out


@dataclass
class Draft:
    """A chapter, the files it may hang on by name with their digests, and what is known of it.

    ``words`` is the digest of the words of all chapters (`yearbook.graph.words`), ``read`` what is
    wrong with the texts; ``desk`` is there if they were laid out just now.
    """

    book: Book
    chapter: Chapter
    files: Mapping[str, str]
    words: str = ""
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

    def learn(self, desk: Desk, cache: Cache) -> None:
        """Keep the chapter as it was laid out just now, and what is wrong with it."""
        told = {of.value: pairs for of, pairs in quoted(desk).items()}
        content = json.dumps(told, ensure_ascii=False).encode()
        self.desk, self.read = desk, Made((content,), tuple(desk.findings))
        cache.keep(self._name, self._parts(), self.read)

    @property
    def _name(self) -> str:
        return f"texts {self.chapter.slug}"

    def _parts(self) -> dict[str, str]:
        # Where chapters may hang on one another, all of them have the same files.
        return {**graph.texts(self.files, self.words), "chapter": self.chapter.slug}

    def laid_out(self) -> Desk:
        """The chapter on the desk."""
        return self.desk or lay_out(self.book, self.chapter)


@dataclass(frozen=True, slots=True)
class Order:
    """An edition of a chapter to be made."""

    draft: Draft
    edition: Edition
    kit: Kit

    @property
    def name(self) -> str:
        """The path of its files below output/, without their ending."""
        return f"{self.draft.chapter.slug}/{self.edition}"

    def _parts(self) -> dict[str, str]:
        own = {"chapter": self.draft.chapter.slug, "edition": self.edition.value}
        date = {"date": self.kit.created.isoformat()}
        return {**self.draft.files, **own, **date, **self.kit.system}

    def found(self) -> Run | None:
        """The edition as it was made of the same files before."""
        made = self.kit.cache.find(f"edition {self.name}", self._parts())
        if made is None or len(made.contents) != 2:
            return None
        html, pdf = made.contents
        files = (Artifact(f"{self.name}.html", html), Artifact(f"{self.name}.pdf", pdf))
        return Run(files, made.findings)

    def run(self) -> Run:
        """Make it. Layout leaves little garbage, and looking for it takes a sixth of the time."""
        gc.disable()
        try:
            return run(self.draft.laid_out(), self.edition, self.kit)
        finally:
            gc.enable()

    def kept(self, made: Run | Finding) -> Run:
        """Keep what was made; what had to be stopped is not, nor what has no files."""
        if isinstance(made, Finding):
            return Run((), (made,))
        if made.artifacts:
            contents = tuple(artifact.content for artifact in made.artifacts)
            self.kit.cache.keep(
                f"edition {self.name}", self._parts(), Made(contents, made.findings)
            )
        return made
