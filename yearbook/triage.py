"""Which findings come first, and which merely follow from others.

A file that cannot be read is told before all that would have been found in it, and what only
misses its rows is not told at all: the cause must not drown in what it causes.
"""

from collections.abc import Iterable, Iterator

from yearbook.finding import Finding, Severity, failing

STRUCTURE = ("file", "csv", "header", "row")
"""Rules of findings that take whole files or rows away."""
MISSING = ("rule", "rule-idle", "waiver")
"""Rules whose findings mean nothing while rows are missing: each would name what was refused."""
NOTHING_DEFINED = "known are: -"
"""The hint of an unknown name where nothing at all is defined."""


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: refused files, errors, warnings, what is waived, information; within
    each, in the order of the files."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda f: (_rank(f), f.place.file, f.place.line, f.place.column, f.rule, f.where),
        )
    )


def _rank(finding: Finding) -> int:
    if finding.severity is Severity.INFORMATION:
        return 4
    if finding.waived:
        return 3
    if finding.rule in STRUCTURE:
        return 0
    return 2 if finding.severity is Severity.WARNING else 1


def causes(read: Iterable[Finding]) -> Iterator[Finding]:
    """What the loader says, without what only follows from it.

    Where a list of words (codes, units, sources) is lost, every cell that uses one would be
    unknown; the first of each file is kept if nothing else tells the cause.

    >>> from yearbook.finding import error
    >>> from yearbook.model import Place, Text
    >>> none = Text(NOTHING_DEFINED, "可用的有：-")
    >>> lost = error("header", Place("data/x/codes.csv", 1), Text("", ""), Text("", ""))
    >>> unknown = [error("unknown", Place("data/x/a.csv", n), Text("", ""), none) for n in (2, 3)]
    >>> [str(found.place) for found in causes([*unknown, lost])]
    ['data/x/codes.csv:1']
    >>> [str(found.place) for found in causes(unknown)]
    ['data/x/a.csv:2']
    """
    found = tuple(read)
    lost = dict.fromkeys(f for f in found if f.rule == "unknown" and f.hint.en == NOTHING_DEFINED)
    told = any(each.rule in STRUCTURE for each in found)
    first = {} if told else {each.place.file: each for each in reversed(lost)}
    rows = {(each.place.file, each.place.line) for each in lost}
    for each in found:
        if each in lost:
            follows = first.get(each.place.file) != each
        else:
            # Without its unit a date is no number, without its code a total no row of its own.
            follows = each.rule in ("value", "total") and (each.place.file, each.place.line) in rows
        if not follows:
            yield each


def beside(read: Iterable[Finding], checked: Iterable[Finding]) -> Iterator[Finding]:
    """What the checks say beside the loader; while rows are refused, nothing that misses them.

    >>> from yearbook.finding import error
    >>> from yearbook.model import Place, Text
    >>> row, rule, sum_ = (
    ...     error(name, Place("x.csv", 2), Text("", ""), Text("", ""))
    ...     for name in ("row", "rule", "parts-sum")
    ... )
    >>> [found.rule for found in beside([row], [rule, sum_])]
    ['parts-sum']
    >>> [found.rule for found in beside([], [rule, sum_])]
    ['rule', 'parts-sum']
    """
    holes = bool(failing(read))
    for finding in checked:
        if not (holes and finding.rule in MISSING):
            yield finding
