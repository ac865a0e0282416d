"""The records with one more year, as an editor would add it: new rows, no template touched."""

import re
from decimal import Decimal

from tests.edits import CHAPTER, edited, replaced, rows, sheet, with_files
from yearbook.read import RESERVED
from yearbook.read.snapshot import Snapshot

INVENTED = {
    "dispatched": "461",
    "dispatched_departmental": "104",
    "dispatched_division": "210",
    "groups": "25",
    "group_number": "25",
    "poverty_work_years": "26",
    "aided_trained": "5091",
    "bijie_funds": "17000000",
}
"""Figures of 2011; every other figure stays as it was."""
HEDGES = {"more_than": "more than ", "nearly": "nearly "}
ENDS_IN_2010 = re.compile(r"(.*[-/])?2010(-[0-9]{2}){0,2}")


def next_year(snapshot: Snapshot) -> Snapshot:
    """Every row that ends in 2010 once more, a year later, and the two years of the book raised."""
    tables = [
        name
        for name in snapshot.below(CHAPTER, ".csv")
        if name.rpartition("/")[2].removesuffix(".csv") not in RESERVED
    ]
    made = with_files(snapshot, **{name: _longer(name, snapshot.files[name]) for name in tables})
    book = "data/book.toml"
    made = replaced(made, book, "edition_year = 2011", "edition_year = 2012")
    made = replaced(made, book, "data_year = 2010", "data_year = 2011")
    made = edited(
        *(made, f"{CHAPTER.removeprefix('data/')}/exceptions.csv"),
        *("place-in-province", "until_edition", "2012"),
    )
    # Bijie became a city, with another code, in 2011.
    return replaced(made, "data/places.csv", "522400,Bijie,毕节地区", "520500,Bijie,毕节市")


def _longer(name: str, content: bytes) -> bytes:
    """The rows and those of the next year; the wrong donation of 2010 makes way, as docs advise."""
    head, *body = rows(content)
    period = head.index("period")
    added = [_later(head, row) for row in body if ENDS_IN_2010.fullmatch(row[period])]
    return sheet([head, *([] if name.endswith("/donations.csv") else body), *added])


def _later(head: list[str], row: list[str]) -> list[str]:
    made = dict(zip(head, row, strict=True))
    made["period"] = made["period"].replace("2010", "2011")
    if "value" in made:
        value = INVENTED.get(made["id"], made["value"]).replace("2010-", "2011-")
        made["value"] = value
        made["quote"] = HEDGES.get(made["qualifier"], "") + _quoted(value, made["unit"])
    return list(made.values())


def _quoted(value: str, unit: str) -> str:
    """The figure as a source might say it."""
    if unit in ("date", "year"):
        return f"on {value}" if unit == "date" else f"in {value}"
    return f"the {value}th group" if unit == "group_number" else f"{Decimal(value):,} of them"
