"""Figures of other chapters in a rule: ``chapter.figure``, and of one that is made for each row of
a list ``sum(chapter.figure)``, over all its instances."""

from collections.abc import Sequence
from dataclasses import dataclass

from yearbook import relation
from yearbook.book import Chapter
from yearbook.finding import Suspect
from yearbook.interval import Interval, combine, interval
from yearbook.model import Fact, Place, Text
from yearbook.numbers import text
from yearbook.records import Records, UnknownError, suggestion

DOT = "."


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other chapters tell under a name: bounds, the figures they come from, and the cells:
    that of one figure, of several the table."""

    bounds: Interval
    facts: tuple[Fact, ...]
    cells: tuple[Suspect, ...]


def elsewhere(records: Records, name: str) -> Elsewhere:
    """The figure of another chapter, or the sum over its instances. Raises `UnknownError` if there
    is no such chapter, or a chapter without the figure; if its units differ.

    >>> from yearbook.specimen import fact, records
    >>> elsewhere(records(fact("sent", 12)), "specimen.sent").bounds.low
    Decimal('12')
    """
    slug, _, figure = name.partition(DOT)
    chapters = _called(records, slug)
    if not chapters:
        known = {_name(chapter) for chapter in records.book.chapters}
        what = Text(f'no chapter is called "{slug}"', f"没有名为“{slug}”的章")
        raise UnknownError(what, suggestion(slug, known))
    facts = tuple(_fact(records, chapter, figure) for chapter in chapters)
    units = sorted({fact.unit.id for fact in facts})
    if len(units) > 1:
        raise UnknownError(
            Text(
                f"{name} has several units: {', '.join(units)}",
                f"{name}的单位不一：{'、'.join(units)}",
            ),
            Text("give all instances the same unit", "请统一各实例的单位"),
        )
    bounds = interval(facts[0])
    for fact in facts[1:]:
        bounds = combine("+", bounds, interval(fact))
    return Elsewhere(bounds, facts, _cells(chapters, facts, name, bounds))


def _name(chapter: Chapter) -> str:
    return chapter.instance.chapter if chapter.instance else chapter.slug


def _called(records: Records, slug: str) -> Sequence[Chapter]:
    return [chapter for chapter in records.book.chapters if _name(chapter) == slug]


def _fact(records: Records, chapter: Chapter, figure: str) -> Fact:
    """As `Records.fact`; an instance that lacks the figure is named."""
    try:
        return Records(records.book, chapter).fact(figure)
    except UnknownError as problem:
        en, zh = problem.what.en, problem.what.zh
        what = Text(f"{chapter.slug}: {en}", f"{chapter.slug}：{zh}")
        raise UnknownError(what, problem.hint) from problem


def _cells(
    chapters: Sequence[Chapter], facts: Sequence[Fact], name: str, bounds: Interval
) -> tuple[Suspect, ...]:
    """One cell, or the table that editors keep for all instances."""
    if chapters[0].instance is None:
        return (Suspect(facts[0].place, name, text(facts[0].value)),)
    file = facts[0].place.file.replace(f"/{chapters[0].slug}/", f"/{chapters[0].folder}/", 1)
    return (Suspect(Place(file), name, text(bounds.low)),)


def abroad(text: str) -> bool:
    """Whether a rule names a figure of another chapter; one that cannot be read does not.

    >>> abroad("a = sum(counties.a)"), abroad("a = b * 2.5"), abroad("a =")
    (True, False, False)
    """
    try:
        sides = [side for one in relation.parse(text) for side in (one.left, one.right)]
    except relation.RuleError:
        return False
    return any(DOT in name for side in sides for _, name in relation.references(side))
