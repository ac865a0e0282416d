"""Which cell a broken rule points at: findings of sums and written rules get ranked suspects.

All rules of a chapter are weighed together by `yearbook.localise`. A quote that says something
else than the value beside it takes part, a waived difference does not, and a cell compared with
the source is not suspected.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from yearbook import numbers
from yearbook.checks.cells import iso, named
from yearbook.finding import Finding, Suspect
from yearbook.model import Fact, Kind, Text
from yearbook.records import Records

if TYPE_CHECKING:
    from yearbook.constraint import Cell, Constraint, System
    from yearbook.localise import Doubt

LISTED = 3
"""Suspects given for one finding at most."""
Key = tuple[str, str]


def ranked(records: Records, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings as they come, with suspects where a rule over figures is broken.

    >>> from yearbook.checks import parts
    >>> from yearbook.model import Place, Relation
    >>> from yearbook.specimen import fact, part, records
    >>> cells = {"group": 110, "heads": 40, "others": 61}
    >>> placed = [replace(fact(n, v), place=Place(n, 1, 1, "E2")) for n, v in cells.items()]
    >>> codes = (part("heads", "group", Relation.SUM), part("others", "group", Relation.SUM))
    >>> made = records(*placed, codes=codes)
    >>> [f.suspects[0].proposed for f in ranked(made, parts.check(made))]
    ['101']
    """
    found = tuple(findings)
    broken = {_key(each) for each in found if each.difference is not None and not each.waived}
    if not broken:
        yield from found
        return
    from yearbook.checks import constraints
    from yearbook.checks.kin import kin
    from yearbook.constraint import System
    from yearbook.localise import doubts

    waived = {_key(each) for each in found if each.waived}
    near = kin(records, (one for one in found if one.difference is not None and not one.waived))
    whole = constraints.system(near.records)
    kept = tuple(each for each in whole.constraints if _named(each) not in waived)
    system = System(_witnessed(near.runs, whole, found), kept)
    suspected: dict[Key, tuple[Doubt, ...]] = {}
    if any(_named(each) in broken for each in kept):
        failing = [number for number, each in enumerate(kept) if _named(each) in broken]
        for number, listed in doubts(system, failing).items():
            suspected.setdefault(_named(kept[number]), listed[:LISTED])
    for finding in found:
        listed = () if finding.waived else suspected.get(_key(finding), ())
        yield _told(finding, listed) if listed else finding


def _key(finding: Finding) -> Key:
    return finding.rule, finding.where


def _named(constraint: "Constraint") -> Key:
    return constraint.rule, constraint.where


def _witnessed(
    runs: Iterable[Sequence[Fact]], system: "System", findings: Sequence[Finding]
) -> Mapping[str, "Cell"]:
    """The cells with what their quotes say and with the cells above and below them."""
    cells = dict(system.cells)
    disputed = {each.where: each for each in findings if each.rule == "quote"}
    for fact in chain.from_iterable(runs):
        key = str(fact.place)
        against = disputed.get(cells[key].where)
        if fact.quote.text and against is None:
            cells[key] = replace(cells[key], quoted=fact.value)
        elif against is not None and against.difference is not None:
            cells[key] = replace(cells[key], quoted=fact.value - against.difference)
    for above, below in chain.from_iterable(map(pairwise, runs)):
        if (above.table, above.unit) == (below.table, below.unit):
            pair = str(above.place), str(below.place)
            for one, other in (pair, pair[::-1]):
                cells[one] = replace(cells[one], neighbours=(*cells[one].neighbours, other))
    return cells


def _told(finding: Finding, listed: Sequence["Doubt"]) -> Finding:
    said = _sure(listed) if listed[0].probable else _open(listed)
    hint = Text(f"{said.en}; {finding.hint.en}", f"{said.zh}；{finding.hint.zh}")
    return replace(finding, hint=hint, suspects=tuple(map(_suspect, listed)))


def _suspect(doubt: "Doubt") -> Suspect:
    cell = doubt.cell
    return Suspect(
        cell.place,
        cell.where,
        _typed(cell),
        _proposed(doubt) or None,
        doubt.slip.value,
        round(doubt.probability, 3),
    )


def _typed(cell: "Cell") -> str:
    return iso(cell.value) if cell.kind is Kind.DATE else numbers.text(cell.value)


def _proposed(doubt: "Doubt") -> str:
    if doubt.proposed is None:
        return ""
    return _typed(replace(doubt.cell, value=doubt.proposed))


def _sure(listed: Sequence["Doubt"]) -> Text:
    said = [_probable(doubt) for doubt in listed if doubt.together and doubt.probable]
    return Text("; ".join(each.en for each in said), "；".join(each.zh for each in said))


def _probable(doubt: "Doubt") -> Text:
    from yearbook.localise.slip import NAMES

    place, slip = named(doubt.cell.place), NAMES[doubt.slip]
    typed, meant = _typed(doubt.cell), _proposed(doubt)
    return Text(
        f"{place}: probably {typed} typed for {meant} ({slip.en})",
        f"{place}：很可能将{meant}误写为{typed}（{slip.zh}）",
    )


def _open(listed: Sequence["Doubt"]) -> Text:
    """Several cells that are likeliest wrong together are one first suspect."""
    first = [_chance(doubt) for doubt in listed if doubt.together]
    after = [_chance(doubt) for doubt in listed if not doubt.together]
    en = [" together with ".join(each.en for each in first), *(each.en for each in after)]
    zh = ["与".join(each.zh for each in first), *(each.zh for each in after)]
    return Text(
        "the rules cannot tell which cell; look first at " + ", then ".join(en),
        "仅凭规则无法确定是哪个单元格，请依次核对" + "、".join(zh),
    )


def _chance(doubt: "Doubt") -> Text:
    place, percent = named(doubt.cell.place), f"{doubt.probability:.0%}"
    meant = _proposed(doubt)
    if not meant:
        return Text(f"{place} ({percent})", f"{place}（{percent}）")
    return Text(f"{place} ({meant}? {percent})", f"{place}（应为{meant}？{percent}）")
