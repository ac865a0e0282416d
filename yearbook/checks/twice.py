"""A fact that two chapters or two editions tell is the same in both.

Of two chapters it is the same fact if id, period and label are the same, and what an instance is
made for; of two editions of a chapter if id and period are (published.csv). Within a chapter a fact
stands once (rule ``key``), in whatever table.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from yearbook.balance import Balance
from yearbook.checks.balances import judged
from yearbook.checks.cells import named, said, where
from yearbook.finding import Finding, Severity
from yearbook.frame import common
from yearbook.interval import interval
from yearbook.model import Fact, Text
from yearbook.records import Records

_MEANING = Text("both tell the same fact", "两处所载为同一事实")
_REVISED = Text(
    "it was published so: if it was revised since, waive this with the reason",
    "已按该数刊印；如系修订，请在 exceptions.csv 中说明理由",
)


def check(records: Records) -> Iterator[Finding]:
    """Every fact that an earlier chapter, or an edition already published, tells otherwise.

    >>> from dataclasses import replace
    >>> from yearbook.specimen import fact, part, records
    >>> from yearbook.model import Relation
    >>> codes = (part("doctors", "", Relation.OF),)
    >>> first = records(fact("doctors", 12), codes=codes)
    >>> second = replace(first.chapter, slug="health", facts=(fact("doctors", 21),))
    >>> book = replace(first.book, chapters=(first.chapter, second))
    >>> [finding.what.en for finding in check(Records(book, second))]
    ['doctors is 21 here but 12 in people.csv A2']
    >>> list(check(Records(book, first.chapter)))
    []
    """
    for balance in balances(records):
        edition = balance.right[0] in records.chapter.published
        for found in judged(records, balance, _REVISED if edition else _MEANING):
            yield replace(found, what=_what(records, balance))
    yield from _gone(records)


def _gone(records: Records) -> Iterator[Finding]:
    """What an edition printed of an indicator in use and the records do not have any more."""
    published = records.chapter.published
    mine = tuple(common(records.chapter.facts, published))
    own = {(fact.id, fact.period) for fact in mine}
    used = {fact.id for fact in mine}
    for fact in published:
        if fact.id in used and (fact.id, fact.period) not in own:
            yield Finding(
                "twice",
                Severity.WARNING,
                fact.place,
                Text(
                    f"edition {fact.checked} printed {fact.id} of {fact.period}, "
                    "which the records do not have",
                    f"{fact.checked}年版刊有“{fact.id}”（{fact.period}），现有数据中没有",
                ),
                Text(
                    "keep the rows of earlier years; if a period was corrected, waive this",
                    "请保留以往年份的数据行；如系更正时期，请在 exceptions.csv 中说明",
                ),
                f"{fact.id}/{fact.period}",
            )


def _what(records: Records, balance: Balance) -> Text:
    """Both figures, and where the other stands."""
    (mine,), (other,) = balance.left, balance.right
    name, here, there = where(records, mine), said(interval(mine)), said(interval(other))
    at = named(other.place)
    edition = other.checked if other in records.chapter.published else ""
    if edition:
        return Text(
            f"{name} is {here.en} here but {there.en} in edition {edition} ({at})",
            f"“{name}”此处为{here.zh}，{edition}年版为{there.zh}（{at}）",
        )
    return Text(
        f"{name} is {here.en} here but {there.en} in {at}",
        f"“{name}”此处为{here.zh}，{at}为{there.zh}",
    )


def balances(records: Records) -> Iterator[Balance]:
    """Each fact of this chapter against the same one of an earlier edition or chapter."""
    yield from _editions(records)
    yield from _chapters(records)


def _editions(records: Records) -> Iterator[Balance]:
    likely = common(records.chapter.facts, records.chapter.published)
    own = {(fact.id, fact.period): fact for fact in likely}
    for fact in records.chapter.published:
        mine = own.get((fact.id, fact.period))
        if mine and not _same(mine, fact):
            yield Balance("twice", (mine,), "=", (fact,))


def _chapters(records: Records) -> Iterator[Balance]:
    labels = _labels(records)
    for chapter in records.book.chapters:
        if chapter.slug == records.chapter.slug:
            return
        if chapter.instance and chapter.folder == records.chapter.folder:
            continue
        theirs = _labels(Records(records.book, chapter))
        likely = common(records.chapter.facts, chapter.facts)
        own = {(fact.id, fact.period): fact for fact in likely}
        columns = {one.instance.by for one in (chapter, records.chapter) if one.instance}
        for fact in common(chapter.facts, records.chapter.facts):
            mine = own.get((fact.id, fact.period))
            if not mine or labels.get(fact.id, fact.id) != theirs.get(fact.id, fact.id):
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
