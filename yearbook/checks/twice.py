"""A fact that two chapters tell is the same in both.

It is the same fact if id, period and label are the same, and what an instance is made for. Within
a chapter a fact stands once (rule ``key``), in whatever table.
"""

from collections.abc import Collection, Iterator

from yearbook.balance import Balance
from yearbook.checks.balances import judged
from yearbook.finding import Finding
from yearbook.model import Fact, Text
from yearbook.records import Records

_MEANING = Text("two chapters tell the same fact", "两章所载为同一事实")


def check(records: Records) -> Iterator[Finding]:
    """Every fact that an earlier chapter tells otherwise.

    >>> from dataclasses import replace
    >>> from yearbook.specimen import fact, part, records
    >>> from yearbook.model import Relation
    >>> codes = (part("doctors", "", Relation.OF),)
    >>> first = records(fact("doctors", 12), codes=codes)
    >>> second = replace(first.chapter, slug="health", facts=(fact("doctors", 21),))
    >>> book = replace(first.book, chapters=(first.chapter, second))
    >>> [finding.what.en for finding in check(Records(book, second))]
    ['doctors is 21 but doctors is 12']
    >>> list(check(Records(book, first.chapter)))
    []
    """
    for balance in balances(records):
        yield from judged(records, balance, _MEANING)


def balances(records: Records) -> Iterator[Balance]:
    """Each fact of this chapter against the same one of an earlier chapter."""
    labels = _labels(records)
    own = {(fact.id, fact.period): fact for fact in records.chapter.facts}
    for chapter in records.book.chapters:
        if chapter.slug == records.chapter.slug:
            return
        if chapter.instance and chapter.folder == records.chapter.folder:
            continue
        theirs = _labels(Records(records.book, chapter))
        columns = {one.instance.by for one in (chapter, records.chapter) if one.instance}
        for fact in chapter.facts:
            mine = own.get((fact.id, fact.period))
            if not mine or labels.get(fact.id) != theirs.get(fact.id):
                continue
            if _subject(mine, columns) == _subject(fact, columns) and not _same(mine, fact):
                yield Balance("twice", (mine,), "=", (fact,))


def _labels(records: Records) -> dict[str, str]:
    return {code.code: code.label.en for code in records.chapter.codes if code.dimension == "id"}


def _subject(fact: Fact, columns: Collection[str]) -> tuple[str, ...]:
    """Of which county, ministry, year a fact speaks, where a chapter is made for each."""
    return tuple(fact.dimensions.get(column, "") for column in sorted(columns))


def _same(one: Fact, other: Fact) -> bool:
    """Hedged alike, two figures say the same."""
    return (one.value, one.qualifier) == (other.value, other.qualifier)
