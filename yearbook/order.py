"""An edition of a chapter to be made, or found as it was made before."""

import gc
from dataclasses import dataclass, replace
from functools import partial

from yearbook import pdf
from yearbook.book import Limits
from yearbook.draft import Draft
from yearbook.finding import Finding
from yearbook.kit import Kit
from yearbook.model import Artifact, Edition, Language
from yearbook.node import Made
from yearbook.page import translation
from yearbook.press import Run, run
from yearbook.records import Records
from yearbook.template import know
from yearbook.worker import Task, once


def warm(kit: Kit, limits: Limits) -> None:
    """Have the page templates translated and words' ends read once for all editions to be made
    from now on; what is wrong with the templates is told where they are filled."""
    for language in Language:
        pdf.ready(language)
    found = once(Task("templates", partial(translation, kit.templates)), limits)
    if not isinstance(found, Finding):
        know(found)


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

    @property
    def records(self) -> Records:
        """What its charts may ask."""
        return Records(self.draft.book, self.draft.chapter)

    def _parts(self) -> dict[str, str]:
        # Where a template looks at other chapters, all chapters hang on the same files.
        own = {"chapter": self.draft.chapter.slug, "edition": self.edition.value}
        date = {"date": self.kit.created.isoformat()}
        return {**self.draft.files, **own, **date, **self.kit.system}

    @property
    def key(self) -> str:
        """The digest of all it is made from, on whatever machine."""
        return self.kit.cache.key(f"edition {self.name}", self._parts())

    def found(self) -> Run | None:
        """The edition as it was made of the same files before."""
        made = self.kit.cache.find(f"edition {self.name}", self._parts())
        if made is None or len(made.contents) != 2:
            return None
        html, pdf = made.contents
        files = (Artifact(f"{self.name}.html", html), Artifact(f"{self.name}.pdf", pdf))
        return Run(files, made.findings)

    def run(self) -> Run:
        """Make it. To look for garbage all the time takes a sixth of that time, so it is looked for
        where much was left, and only among what was made since."""
        files = {n: c for n in self.draft.files if (c := self.kit.files.get(n)) is not None}
        gc.disable()
        gc.freeze()
        try:
            return run(self.draft.laid_out(), self.edition, replace(self.kit, files=files))
        finally:
            gc.unfreeze()
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
