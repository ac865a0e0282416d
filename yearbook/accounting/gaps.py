"""What is missing from the records where a page would print something else in its place."""

from collections.abc import Iterator

from yearbook.finding import Finding, error
from yearbook.model import Entry, Place, Text
from yearbook.records import Records


def half_said(records: Records) -> Iterator[Finding]:
    """Words of a list that stand in one language only: the other would print a blank.

    >>> from yearbook.specimen import entry, records
    >>> list(half_said(records()))
    []
    """
    for entries in records.chapter.lists.values():
        for entry in entries:
            yield from _one_sided(entry)


def _one_sided(entry: Entry) -> Iterator[Finding]:
    for column in entry.cells:
        name, _, language = column.rpartition("_")
        twin = f"{name}_{'zh' if language == 'en' else 'en'}"
        if language not in ("en", "zh") or twin not in entry.cells:
            continue
        if entry.cells[twin].text.strip() and not entry.cells[column].text.strip():
            yield error(
                "one-language",
                entry.cells[column].place,
                Text(f"{column} is blank, but {twin} is not", f"{twin}已填写，而{column}为空"),
                Text("say it in both languages", "两种语言均须填写"),
            )


def nothing_counted(records: Records, source: str, place: Place) -> Iterator[Finding]:
    """A count of a list that has no rows of the data year.

    >>> from yearbook.specimen import records
    >>> known = records(lists={"visits": ()})
    >>> [finding.rule for finding in nothing_counted(known, "count(visits)", Place("en.md"))]
    ['empty-list']
    """
    name = source.removeprefix("count(").removesuffix(")")
    if source.startswith("count(") and name in records.chapter.lists and not records.entries(name):
        yield error(
            "empty-list",
            place,
            Text(
                f"{name}.csv has no row of {records.year}, so {source} prints zero",
                f"{name}.csv 没有{records.year}年的条目，{source} 会印成零",
            ),
            Text("enter its rows, or say it without the count", "请录入条目，或改写这句话"),
        )
