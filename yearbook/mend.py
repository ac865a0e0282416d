"""A proposed value put into its cell, on request: nothing else of the file changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yearbook.finding import Finding, Suspect, failing
from yearbook.model import Place, Text


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cell that may be wrong and the value that would mend it, with the finding that says so."""

    finding: Finding
    suspect: Suspect

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same proposal when the project is checked again."""
        suspect = self.suspect
        return suspect.place.file, suspect.id, suspect.value, suspect.proposed or ""


class ChangedError(ValueError):
    """The cell does not hold what was read there; ``what`` and ``hint`` say so."""

    def __init__(self, place: Place, old: str) -> None:
        self.what = Text(f"{place} does not hold {old} any more", f"{place} 的内容已不是{old}")
        self.hint = Text("check again", "请重新核对")
        super().__init__(self.what.en)


def proposals(findings: Iterable[Finding]) -> Iterator[Proposal]:
    """What findings that fail propose, the likeliest cell first, each proposal once.

    >>> from yearbook.finding import Severity
    >>> place = Place("x.csv", 2, 5, "B2")
    >>> wrong = Suspect(place, "a", "105", "101", "digit", 0.95)
    >>> found = Finding("sum", Severity.ERROR, place, Text("", ""), Text("", ""), suspects=(wrong,))
    >>> [(each.suspect.value, each.suspect.proposed) for each in proposals([found, found])]
    [('105', '101')]
    """
    told: set[tuple[str, str, str, str]] = set()
    for finding in failing(findings):
        for suspect in finding.suspects:
            proposal = Proposal(finding, suspect)
            named = suspect.proposed and suspect.place.line and suspect.place.column
            if named and suspect.proposed != suspect.value and proposal.key not in told:
                told.add(proposal.key)
                yield proposal


def mended(text: str, place: Place, old: str, new: str) -> str:
    """A CSV with another value in one cell. Raises `ChangedError` if the cell holds another.

    >>> mended('id,value\\n"a",105\\n', Place("x.csv", 2, 5, "B2"), "105", "101")
    'id,value\\n"a",101\\n'
    >>> mended('id,value\\na,"72,000"\\n', Place("x.csv", 2, 3, "B2"), "72000", "75000")
    'id,value\\na,75000\\n'
    """
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    start = place.column - 1
    end = _end(line, start)
    field = line[start:end]
    if field.strip().strip('"').replace(",", "") != old:
        raise ChangedError(place, old)
    lines[place.line - 1] = line[:start] + new + line[end:]
    return "\n".join(lines)


def _end(line: str, start: int) -> int:
    """Where a cell ends that starts in this line and does not leave it."""
    quoted = line[start : start + 1] == '"'
    for at in range(start + quoted, len(line)):
        if quoted and line[at] == '"':
            return at + 1
        if not quoted and line[at] in ",\r":
            return at
    return len(line)
