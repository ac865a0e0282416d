"""Builds a project again and again, as a report does, and tells subscribers what came of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from yearbook import explain, listing, lock, receipt, replay, write
from yearbook.build import Built
from yearbook.engine.event import (
    Ended,
    Event,
    Found,
    Page,
    Published,
    Refused,
    Seen,
    Subscriber,
    Unchanged,
)
from yearbook.engine.hand import FaultError, Hand, LostError
from yearbook.engine.watch import Change
from yearbook.engine.workshop import Order
from yearbook.finding import failing
from yearbook.manifest import digest
from yearbook.model import Text

_TOOLKIT = Text("the toolkit or a package changed: start again", "工具或软件包有变动：请重新启动")


@dataclass(frozen=True, slots=True)
class Project:
    """What is built, where to, by how many jobs, and whether warnings fail."""

    root: Path
    target: Path
    jobs: int
    strict: bool = False


class Engine:
    """Holds a project in memory, in a process of its own, until it is closed."""

    def __init__(self, project: Project, tell: Subscriber, say: Callable[[Text], None]) -> None:
        """``say`` is told if another build holds the project."""
        self._project, self.tell, self._say = project, tell, say
        self._around = receipt.surroundings()
        self._shown: dict[str, str] = {}
        self._hand: Hand | None = None
        self._owed = False  # whether what was built last could not be published

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process that holds the project."""
        return self._held().pid

    def begin(self) -> None:
        """Build the project, or, if output/ is as a report would make it, only load it."""
        if self._current():
            self._done(Order(None, build=False))
            # What was loaded may be newer than what was compared; then it is built.
            if said := self._current():
                self.tell(Found(listing.found(json.loads(said[3])), failed=False))
                self.tell(Unchanged())
                return
        self.tell(Seen(()))
        self._build(Order(None))

    def _current(self) -> list[str]:
        """What the last report said, if output/ is known to be right; nothing otherwise. A receipt
        may be of a report that let warnings pass."""
        root, target = str(self._project.root), str(self._project.target)
        return [] if self._project.strict else receipt.unchanged(root, target)

    def turn(self, change: Change) -> bool:
        """Build what a change makes different; False where the engine must end."""
        if change.toolkit and self._altered():
            return False
        if not change.files:
            return True
        files = tuple(sorted(change.files))
        if any(name.partition("/")[0] == "figures" for name in files):
            self.close()  # a new hand has never run the old code
        self.tell(Seen(files))
        return self._build(Order(files))

    def _build(self, order: Order) -> bool:
        order = replace(order, changed=None) if self._owed else order
        self._owed = True
        try:
            write.guard(self._project.target)
            done = self._done(order)
            if self._altered():
                return False
            if isinstance(done, Refused):  # what an earlier build found may be mended
                write.discard(self._project.root / write.FAILED)
            if isinstance(done, Built):
                with lock.locked(self._project.root / ".yearbook", self._say):
                    done = self._published(done)
            self._owed = False
        except write.PublishError as problem:
            done = Refused(problem.what, problem.hint)
        except (LostError, FaultError):
            if self._altered():  # packages that are being exchanged are no fault of the toolkit
                return False
            raise
        self.tell(done)
        return True

    def _altered(self) -> bool:
        """Whether what everything is made with changed: what is in memory is of no use then."""
        if receipt.surroundings() == self._around:
            return False
        self.tell(Ended(_TOOLKIT))
        return True

    def _done(self, order: Order) -> "Built | Event":
        """What a hand makes of an order. One that is lost, or at fault, was bold: another does the
        same as carefully as a report."""
        try:
            return self._held().do(order, self._heard)
        except (LostError, FaultError):
            self.close()
            return self._held().do(Order(order.changed, False, order.build), self._heard)

    def _heard(self, event: Event) -> None:
        """Pass on what the hand tells, and remember which pages were shown."""
        if isinstance(event, Page):
            self._shown[event.name] = digest(event.content)
        self.tell(event)

    def _published(self, built: Built) -> Event:
        """Put what was built in its place, all or nothing; what there is to tell of it."""
        root, target = self._project.root, self._project.target
        write.guard(target)
        reasons = tuple(explain.reasons(built.nodes, replay.before(root)))
        replay.explained(root, built)
        failed = bool(failing(built.findings, strict=self._project.strict))
        self.tell(Found(built.findings, failed))
        if failed:
            write.publish(built.reports, root / write.FAILED)
            return Refused(
                Text(
                    f"nothing was published; see {write.FAILED}/findings.html",
                    f"未发布任何内容；详见 {write.FAILED}/findings.html",
                )
            )
        before = write.listed(target)
        now = {each.name: digest(each.content) for each in built.artifacts}
        del now["manifest.json"]  # it lists the others
        write.publish(built.artifacts, target)
        write.discard(root / write.FAILED)
        replay.keep(root, target, self._around, built)
        changed = sorted(name for name in now if before.get(name) != now[name])
        self._correct(built, before)
        gone = sorted(before.keys() - now.keys())
        return Published(tuple(changed), tuple(gone), reasons)

    def _correct(self, built: Built, before: Mapping[str, str]) -> None:
        """Tell of pages that nobody was shown as they were published."""
        for artifact in built.artifacts:
            name, now = artifact.name, digest(artifact.content)
            page = "/" in name and name.endswith(".html")
            if page and self._shown.get(name, before.get(name)) != now:
                self._heard(Page(name, artifact.content))

    def _held(self) -> Hand:
        if self._hand is None:
            self._hand = Hand(self._project.root, self._project.jobs)
        return self._hand

    def close(self) -> None:
        """Let go of the project; the next change loads it again."""
        if self._hand is not None:
            self._hand.end()
            self._hand = None
