"""What is counted is whole and not negative: no half person, no minus, no minus nought."""

from collections.abc import Iterator

from yearbook.checks.cells import suspects, typed, where
from yearbook.finding import Finding, Severity
from yearbook.frame import Frame, sifted
from yearbook.grid import Flags
from yearbook.model import Kind, Text
from yearbook.records import Records


def check(records: Records) -> Iterator[Finding]:
    """Every count that nobody can have counted.

    >>> from yearbook.specimen import fact, records
    >>> list(check(records(fact("leaders", 101))))
    []
    >>> [found.what.en for found in check(records(fact("leaders", "369.5"), fact("sent", "-0")))]
    ['369.5 is no count', '-0 is no count']
    """
    for fact in sifted(records.chapter.facts, _odd):
        whole = fact.value == fact.value.to_integral_value()
        if fact.unit.kind is Kind.COUNT and (fact.value.is_signed() or not whole):
            yield Finding(
                "value",
                Severity.ERROR,
                fact.place,
                Text(f"{typed(fact)} is no count", f"{typed(fact)}不是计数"),
                Text(
                    f"what is counted in {fact.unit.other} is a whole number, nought or more: "
                    "look it up in the source",
                    f"以“{fact.unit.zh}”计数的数据须为零或正整数，请查对资料",
                ),
                where(records, fact),
                suspects=suspects(records, (fact,)),
            )


def _odd(frame: Frame) -> Flags:
    return frame.numbers.broken() | (frame.numbers.digits < 0)
