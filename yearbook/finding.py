"""What a check says: a finding is a value that travels to the edge; nothing here prints."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yearbook.concern import CONCERNS, Concern
from yearbook.model import Place, Text


def counted(number: int, noun: str) -> str:
    """A number and what it counts, in English: one thing has no s.

    >>> counted(0, "error"), counted(1, "error"), counted(1200, "file")
    ('0 errors', '1 error', '1,200 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class Severity(StrEnum):
    """The ESS severities: a necessity is broken; something is suspicious; good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that may be the wrong one, with the value that would mend it."""

    place: Place
    id: str
    value: str
    proposed: str | None = None
    slip: str | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """By whose word a finding is waived, on what evidence, and the last edition it is good for."""

    evidence: str
    approved_by: str
    until_edition: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: the rule, where, what is (one clause), and a hint what to do.

    ``where`` names the figure or row it speaks of, as a waiver would. ``difference`` and
    ``tolerance`` are in the unit of the cell. ``waived`` is the reason of the waiver over it and
    ``grant`` the decision behind it. ``of`` is the editors' class of a rule that somebody wrote;
    `concern` is that of any finding.
    """

    rule: str
    severity: Severity
    place: Place
    what: Text
    hint: Text
    where: str = ""
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    waived: Text | None = None
    suspects: tuple[Suspect, ...] = ()
    of: Concern | None = None
    grant: Grant | None = None

    @property
    def concern(self) -> Concern:
        """The class that editors put it in: its own, or that of its rule.

        >>> error("parts-sum", Place("x.csv"), Text("", ""), Text("", "")).concern
        <Concern.PARTS: 'parts'>
        """
        return self.of or CONCERNS.get(self.rule, Concern.PROJECT)


def error(rule: str, place: Place, what: Text, hint: Text) -> Finding:
    """A finding that fails the build.

    >>> error("id", Place("x.csv", 2), Text("no id", "缺少 id"), Text("", "")).severity
    <Severity.ERROR: 'error'>
    """
    return Finding(rule, Severity.ERROR, place, what, hint)


def failing(findings: Iterable[Finding], *, strict: bool = False) -> tuple[Finding, ...]:
    """Those that fail a build: errors that no waiver covers; if ``strict``, warnings too.

    >>> odd = Finding("ratio", Severity.WARNING, Place("x.csv"), Text("", ""), Text("", ""))
    >>> len(failing([odd])), len(failing([odd], strict=True))
    (0, 1)
    """
    grave = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return tuple(f for f in findings if f.severity in grave and f.waived is None)
