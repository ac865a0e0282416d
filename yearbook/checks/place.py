"""A place lies in the province its row gives, by the code of GB/T 2260."""

from collections.abc import Iterator

from yearbook.checks.cells import where
from yearbook.finding import Finding, Severity, Suspect
from yearbook.model import Division, Entry, Text
from yearbook.records import Records


def check(records: Records) -> Iterator[Finding]:
    """Every row of a list whose province is not that of its place.

    >>> from yearbook.specimen import entry, records
    >>> places = {
    ...     "370523": Text("Guangrao County", "广饶县"),
    ...     "370000": Text("Shandong", "山东省"),
    ...     "440000": Text("Guangdong", "广东省"),
    ... }
    >>> good = {"donations": (entry("guangrao", place="370523", province="370000"),)}
    >>> list(check(records(divisions=places, lists=good)))
    []
    >>> bad = {"donations": (entry("guangrao", place="370523", province="440000"),)}
    >>> [finding.what.en for finding in check(records(divisions=places, lists=bad))]
    ['Guangrao County (370523) lies in Shandong (370000), not in Guangdong (440000)']
    """
    divisions = records.book.divisions
    for name, entries in records.chapter.lists.items():
        for entry in entries:
            if {"place", "province"} <= set(entry.cells):
                place = divisions.get(entry.code("place"))
                province = divisions.get(entry.code("province"))
                if place and province and place.province != province.code:
                    yield _outside(records, name, entry, (place, province))


def _outside(
    records: Records, name: str, entry: Entry, typed: tuple[Division, Division]
) -> Finding:
    place, province = typed
    right = records.book.divisions.get(place.province)
    name_en = f"{right.name.en} ({place.province})" if right else place.province
    name_zh = f"{right.name.zh}（{place.province}）" if right else place.province
    row = where(records, entry, name)
    return Finding(
        "place-in-province",
        Severity.ERROR,
        entry.cells["province"].place,
        Text(
            f"{place.name.en} ({place.code}) lies in {name_en}, "
            f"not in {province.name.en} ({province.code})",
            f"{place.name.zh}（{place.code}）属{name_zh}，而非{province.name.zh}（{province.code}）",
        ),
        Text(
            "correct the place or the province; if the source itself is wrong, waive it in "
            "exceptions.csv",
            "请改正地点或省份；如资料本身有误，请在 exceptions.csv 中说明",
        ),
        row,
        suspects=(
            Suspect(entry.cells["province"].place, row, province.code, proposed=place.province),
            Suspect(entry.cells["place"].place, row, place.code),
        ),
    )
