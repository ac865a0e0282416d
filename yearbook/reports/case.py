"""What every format is made from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from yearbook import __version__
from yearbook.concern import CONCERNS, Concern
from yearbook.docket import Docket
from yearbook.finding import Finding, Suspect
from yearbook.guards import Guards
from yearbook.localise.slip import NAMES, Slip
from yearbook.model import Text

VERSION = __version__


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a book. ``created`` is the date the files bear (ISO 8601), never the clock;
    ``rules`` are the written rules by id, each with what it means; ``guards`` how well the records
    of each chapter are guarded; ``expressions`` what the written rules say, as typed. Of a run
    that was ``stopped`` before it checked anything, nothing says that a rule holds."""

    title: Text
    edition_year: int
    created: str
    dockets: tuple[Docket, ...]
    rules: Mapping[str, Text] = field(default_factory=dict)
    guards: tuple[Guards, ...] = ()
    expressions: Mapping[str, str] = field(default_factory=dict)
    stopped: bool = False

    @property
    def year(self) -> str:
        """The edition as it follows the title; nothing of a book that could not be read.

        >>> Report(Text("Yearbook", "年鉴"), 2011, "", ()).year
        ' 2011'
        """
        return f" {self.edition_year}" if self.edition_year else ""

    @property
    def findings(self) -> Iterator[Finding]:
        """The findings alone."""
        return (docket.finding for docket in self.dockets)

    def checked(self) -> dict[str, tuple[Finding, ...]]:
        """Every rule there is, with what it found: also those that found nothing.

        >>> report = Report(Text("", ""), 2011, "", (), {"heads": Text("a", "甲")})
        >>> report.checked()["heads"], report.checked()["quote"]
        ((), ())
        """
        rules = () if self.stopped else (*CONCERNS, *self.rules)
        found: dict[str, list[Finding]] = {name: [] for name in rules}
        for finding in self.findings:
            found.setdefault(finding.rule, []).append(finding)
        return {name: tuple(told) for name, told in found.items()}


def concern(rule: str, found: Iterable[Finding]) -> Concern:
    """The class of a rule: that of what it found, else its own; a written rule adds up.

    >>> concern("quote", ()), concern("group_2010", ())
    (<Concern.COPYING: 'copying'>, <Concern.PARTS: 'parts'>)
    """
    return next((finding.concern for finding in found), CONCERNS.get(rule, Concern.PARTS))


def both(text: Text) -> str:
    """A text in both languages, one after the other.

    >>> both(Text("error", "错误")), both(Text("", ""))
    ('error 错误', '')
    """
    return f"{text.en} {text.zh}".strip()


def slip(suspect: Suspect) -> Text:
    """The slip that a cell is suspected of, in the words of editors; empty if none is known.

    >>> from yearbook.model import Place
    >>> slip(Suspect(Place("x.csv"), "a", "110", "101", "digits-swapped")).en
    'two digits swapped'
    """
    return NAMES[Slip(suspect.slip)] if suspect.slip else Text("", "")
