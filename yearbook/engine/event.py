"""What an engine tells its subscribers: each event says what is new, and why."""

from collections.abc import Callable
from dataclasses import dataclass, field

from yearbook.explain import Reason
from yearbook.finding import Finding
from yearbook.model import Edition, Text


@dataclass(frozen=True, slots=True)
class Seen:
    """Inputs that changed, by their names in the project; none for the first build."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The HTML of an edition, before anything is checked: not published yet.

    ``name`` is its path in output/; ``why`` the inputs that changed; ``waiting`` the charts that
    are still being drawn and have an empty place in it.
    """

    name: str
    content: bytes = field(repr=False)
    why: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart drawn anew for an edition, as SVG; ``why`` as `Page`."""

    chapter: str
    chart: str
    edition: Edition
    content: bytes = field(repr=False)
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished PDF of an edition; ``name`` is its path in output/. Not published yet."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """What a build found. If ``failed``, nothing was published and output/ is as it was."""

    findings: tuple[Finding, ...]
    failed: bool


@dataclass(frozen=True, slots=True)
class Published:
    """Output/ was replaced: the files in it that are not as they were before, those that are gone,
    and why things were made anew."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Files were touched, but no content changed: nothing was made."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The project cannot be built as it is, or not now; output/ is as it was."""

    what: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """The engine ends by itself, and why."""

    why: Text


Event = Seen | Page | Drawn | Printed | Found | Published | Unchanged | Refused | Ended
Subscriber = Callable[[Event], None]
"""Hears of everything, in order, in the process that called the engine."""
