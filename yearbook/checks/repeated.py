"""No row of a list says again, under another name, what an earlier row says: it would be printed
and counted twice."""

from collections.abc import Iterator

from yearbook.checks.cells import named, where
from yearbook.finding import Finding, Severity
from yearbook.model import Entry, Text
from yearbook.records import Records

_NAMES = ("id", "note", "quote")


def check(records: Records) -> Iterator[Finding]:
    """Every row of a list that differs from an earlier one in nothing but its name.

    >>> from yearbook.specimen import entry, records
    >>> rows = (entry("wei", place="130434"), entry("wei2", place="130434"))
    >>> [found.what.en for found in check(records(lists={"visits": rows}))]
    ['"wei2" says the same as "wei"']
    >>> list(check(records(lists={"visits": rows[:1]})))
    []
    """
    for name, entries in records.chapter.lists.items():
        seen: dict[tuple[object, ...], Entry] = {}
        for entry in entries:
            said = {c: cell.text for c, cell in entry.cells.items() if c not in _NAMES}
            first = seen.setdefault((entry.period, *sorted(said.items())), entry)
            if first is not entry and any(said[c] for c in said.keys() - {"period", "source"}):
                yield _again(records, name, (first, entry))


def _again(records: Records, name: str, pair: tuple[Entry, Entry]) -> Finding:
    first, entry = pair
    at = named(first.place)
    return Finding(
        "key",
        Severity.ERROR,
        entry.place,
        Text(f'"{entry.id}" says the same as "{first.id}"', f"“{entry.id}”与“{first.id}”内容相同"),
        Text(
            f"delete one of the two rows ({at}); if both are meant, say how they differ",
            f"请删除其中一行（另一行为{at}）；如确为两项，请用一列注明区别",
        ),
        where(records, entry, name),
    )
