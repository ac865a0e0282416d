"""Figures that no quote guards: one by one, a long table without any quote at once."""

from collections.abc import Iterator, Sequence

from yearbook.checks.cells import where
from yearbook.finding import Finding, Severity
from yearbook.frame import Frame, by_table, sifted
from yearbook.model import Fact, Text
from yearbook.records import Records

SINGLY = 20
"""The figures of a longer table without any quote are not told one by one."""
_HINT = Text(
    "copy the few words of the source that hold the figure into its quote",
    "请把资料中含有该数字的原文摘录到 quote 列",
)


def check(records: Records) -> Iterator[Finding]:
    """Every figure without a quote: a warning, unless somebody compared it with the source or no
    figure of the chapter has one.

    >>> from yearbook.specimen import fact, records
    >>> [found.what.en for found in check(records(fact("a", 1), fact("b", 2, quote="2 people")))]
    ['the figure is unguarded: no quote']
    >>> [found.what.en for found in check(records(*(fact(f"a{n}", n) for n in range(1000))))]
    ['the 1,000 figures of the table are unguarded: no quote']
    """
    tables = tuple(by_table(records.chapter.facts))
    quotes = any(map(_quotes, tables))
    for facts in tables:
        if len(facts) > SINGLY and not _quotes(facts):
            yield _none(records, facts, quotes)
            continue
        for fact in sifted(facts, lambda frame: ~frame.filled("quote")):
            if not fact.quote.text:
                yield _one(records, fact, quotes)


def _quotes(facts: Sequence[Fact]) -> bool:
    """Whether any figure of a table has a quote."""
    if isinstance(facts, Frame):
        return bool(facts.filled("quote").any())
    return any(fact.quote.text for fact in facts)


def _one(records: Records, fact: Fact, quotes: bool) -> Finding:
    return Finding(
        "quote-missing",
        Severity.INFORMATION if fact.checked or not quotes else Severity.WARNING,
        fact.quote.place,
        Text("the figure is unguarded: no quote", "该数据没有摘录，无从核对"),
        _HINT,
        where(records, fact),
    )


def _none(records: Records, facts: Sequence[Fact], quotes: bool) -> Finding:
    if isinstance(facts, Frame):
        seen = bool(facts.filled("checked").all())
    else:
        seen = all(fact.checked for fact in facts)
    return Finding(
        "quote-missing",
        Severity.WARNING if quotes and not seen else Severity.INFORMATION,
        facts[0].quote.place,
        Text(
            f"the {len(facts):,} figures of the table are unguarded: no quote",
            f"该表的{len(facts)}个数据均没有摘录，无从核对",
        ),
        _HINT,
        where(records, facts[0]),
    )
