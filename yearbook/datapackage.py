"""The tables of a chapter described by the Frictionless standard, so that other tools read them."""

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from yearbook.manifest import digest
from yearbook.model import Qualifier, Text
from yearbook.records import Records

Json = dict[str, Any]
PERIOD = r"[0-9]{4}(-[0-9]{4}|(-[0-9]{2}){1,2}(/[0-9]{4}(-[0-9]{2}){1,2})?)?"
"""How a period is typed: a year, years, a month, a day, or a range of months or days."""
NUMBERS = {"value", "en_factor", "zh_factor"}
WHOLE = {"until_edition", "paragraph"}
REQUIRED = {"id", "period", "value", "unit", "source", "place", "code"}
SHARED = {"units": ("id",), "sources": ("id",), "places": ("code",)}
"""The lists that all chapters share, with their keys."""
_KEYS = {
    **SHARED,
    "codes": ("dimension", "code"),
    "rules": ("id",),
    "tables": ("id",),
    "charts": ("id",),
    "exceptions": ("rule", "where"),
    "wording": ("section", "paragraph"),
    "coverage": ("place",),
    "published": ("edition", "id", "period"),
}
_REFERENCES = {
    "unit": ("units", "id"),
    "source": ("sources", "id"),
    "place": ("places", "code"),
    "province": ("places", "code"),
}
_TITLES = {
    "id": Text("Name", "标识"),
    "period": Text("Period", "时期"),
    "value": Text("Value", "数值"),
    "unit": Text("Unit of measure", "计量单位"),
    "qualifier": Text("Hedge (empty: exact)", "概数类别（空为确数）"),
    "quote": Text("Words of the source that hold the figure", "资料中含该数字的原文"),
    "source": Text("Source", "资料来源"),
    "note": Text("Remark", "备注"),
    "place": Text("Place (GB/T 2260)", "行政区划（GB/T 2260）"),
    "province": Text("Province (GB/T 2260)", "省级行政区划（GB/T 2260）"),
    "dimension": Text("Dimension", "维度"),
    "code": Text("Code", "代码"),
    "parent": Text("Whole", "上级代码"),
    "relation": Text("Relation to the whole", "与上级的关系"),
    "en": Text("English", "英文"),
    "zh": Text("Chinese", "中文"),
}


@dataclass(frozen=True, slots=True)
class Tabular:
    """A CSV file: its name without the ending, its column names, its bytes."""

    name: str
    columns: tuple[str, ...]
    content: bytes

    @property
    def observations(self) -> bool:
        """Whether its rows are figures."""
        return {"id", "period", "value", "unit"} <= set(self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell a row from all others."""
        return _KEYS.get(self.name, ("id", "period"))


def tabular(name: str, content: bytes) -> Tabular:
    """A CSV by its bytes.

    >>> tabular("a", b"\\xef\\xbb\\xbfid,value\\n").columns
    ('id', 'value')
    """
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return Tabular(name, tuple(cell.strip() for cell in next(rows, [])), content)


def tables(files: Mapping[str, bytes], folder: str) -> tuple[Tabular, ...]:
    """Every CSV that lies in a folder, by the files of the project."""
    return tuple(
        tabular(name[len(folder) + 1 : -4], content)
        for name, content in sorted(files.items())
        if name.startswith(f"{folder}/") and name.endswith(".csv") and name.count("/") == 2
    )


def title(column: str, records: Records) -> Text:
    """What a column is called: by the toolkit, by codes.csv, or simply as it is named."""
    base, _, ending = column.rpartition("_")
    if base and ending in ("en", "zh"):
        called = title(base, records)
        return Text(f"{called.en} ({_TITLES[ending].en})", f"{called.zh}（{_TITLES[ending].zh}）")
    for code in records.chapter.codes:
        if (code.dimension, code.code) == ("column", column) and "{" not in code.label.en:
            return code.label
    words = column.replace("_", " ").capitalize()
    return _TITLES.get(column, Text(words, words))


def kind(table: Tabular, column: str, records: Records) -> str:
    """The type of a column; a table that also holds dates as values has them as strings."""
    if column in WHOLE:
        return "integer"
    days = any(f.table == table.name and f.unit.kind == "date" for f in records.chapter.facts)
    return "number" if column in NUMBERS and not days else "string"


def field(table: Tabular, column: str, records: Records) -> Json:
    """The descriptor of a column."""
    called = title(column, records)
    made: Json = {"name": column, "type": kind(table, column, records)}
    if made["type"] == "number":
        made["groupChar"] = ","
    made |= {"title": called.en, "title_zh": called.zh}
    constraints: Json = {}
    if column in table.key or (table.observations and column in REQUIRED):
        constraints["required"] = True
    if column == "period":
        constraints["pattern"] = PERIOD
    if column == "qualifier":
        constraints["enum"] = [value.value for value in Qualifier]
    return {**made, "constraints": constraints} if constraints else made


def references(table: Tabular, known: Collection[str], records: Records) -> list[Json]:
    """The foreign keys of a table into the tables at hand."""
    found: dict[str, tuple[str, str]] = {
        column: target for column, target in _REFERENCES.items() if target[0] in known
    }
    if table.observations or table.key == ("id", "period"):
        coded = {code.dimension for code in records.chapter.codes} - {"column"}
        names = coded if table.observations else coded - {"id"}
        found |= {column: ("codes", "code") for column in names if "codes" in known}
    return [
        {
            "fields": [column],
            "reference": {"resource": found[column][0], "fields": [found[column][1]]},
        }
        for column in table.columns
        if column in found and table.name not in ("codes", "published", *SHARED)
    ]


def resource(table: Tabular, known: Collection[str], records: Records) -> Json:
    """The descriptor of a table."""
    schema: Json = {
        "fields": [field(table, column, records) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    foreign = references(table, known, records)
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def package(records: Records, described: Collection[Tabular]) -> Json:
    """datapackage.json of the tables that lie in one folder."""
    names = {table.name for table in described}
    return {
        "profile": "tabular-data-package",
        "name": records.chapter.slug,
        "resources": [resource(table, names, records) for table in described],
    }


def published(records: Records, described: Collection[Tabular], named: Text) -> Json:
    """The same for the folder that readers download, with the edition and a digest of each file."""
    made = package(records, described)
    by_name = {table.name: table for table in described}
    for one in made["resources"]:
        content = by_name[one["name"]].content
        one |= {"bytes": len(content), "hash": f"sha256:{digest(content)}"}
    book = records.book
    used = {fact.source for fact in records.chapter.facts}
    return {
        "profile": made["profile"],
        "name": made["name"],
        "title": named.en,
        "title_zh": named.zh,
        "version": str(book.edition_year),
        "contributors": [
            {"title": book.publisher.en, "title_zh": book.publisher.zh, "role": "publisher"}
        ],
        "sources": [
            {"title": book.sources[name].en, "title_zh": book.sources[name].zh}
            for name in sorted(used)
        ],
        "resources": made["resources"],
    }
