"""Metadata of the published CSVs in the W3C's vocabulary "CSV on the Web"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from yearbook.datapackage import PERIOD, Json, Tabular, kind, references, title
from yearbook.model import Qualifier, Text
from yearbook.records import Records

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
"""A namespace, not an address that anything would ask."""


def both(text: Text) -> list[Json]:
    """A text in both languages.

    >>> both(Text("Total", "合计"))[1]
    {'@value': '合计', '@language': 'zh'}
    """
    return [{"@value": text.en, "@language": "en"}, {"@value": text.zh, "@language": "zh"}]


@dataclass(frozen=True, slots=True)
class Words:
    """What a chapter says of a table: what it calls it, and its known discrepancies."""

    title: Text | None = None
    notes: tuple[Text, ...] = ()


def table(described: Tabular, records: Records, words: Words) -> Json:
    """One table, as it stands alone or in a group."""
    made: Json = {"@type": "Table", "url": f"{described.name}.csv"}
    if words.title is not None:
        made["dc:title"] = both(words.title)
    if words.notes:
        made["notes"] = [{"dc:description": both(note)} for note in words.notes]
    return {
        **made,
        "dialect": {"@type": "Dialect", "encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "@type": "Schema",
            "columns": [column(described, name, records) for name in described.columns],
            "primaryKey": list(described.key),
        },
    }


def column(described: Tabular, name: str, records: Records) -> Json:
    """The description of one column; its header stands among its titles, as validators want."""
    called = title(name, records)
    types = {"number": "decimal", "integer": "integer", "string": "string"}
    datatype: str | Json = types[kind(described, name, records)]
    if datatype == "decimal":
        datatype = {"base": "decimal", "format": {"groupChar": ","}}
    if name == "period":
        datatype = {"base": "string", "format": f"^{PERIOD}$"}
    if name == "qualifier":
        datatype = {"base": "string", "format": f"^({'|'.join(q.value for q in Qualifier)})?$"}
    english = list(dict.fromkeys((name, called.en)))
    made: Json = {
        "@type": "Column",
        "name": name,
        "titles": {"en": english, "zh": called.zh},
        "datatype": datatype,
    }
    return {**made, "required": True} if name in described.key else made


def alone(described: Tabular, records: Records, words: Words) -> Json:
    """The metadata file of one table: ``<name>.csv-metadata.json``."""
    return {"@context": CONTEXT, **table(described, records, words)}


def group(
    tables: Collection[Tabular], records: Records, words: Mapping[str, Words], named: Text
) -> Json:
    """All tables together: csv-metadata.json, where they refer to each other.

    A key must lead to one row only. codes.csv holds the codes of all dimensions and tells them
    apart by two columns, so that only the data package gives the keys that lead there.
    """
    known = {described.name for described in tables} - {"codes"}
    made = []
    for described in tables:
        one = table(described, records, words.get(described.name, Words()))
        foreign = [
            {
                "columnReference": key["fields"],
                "reference": {
                    "resource": f"{key['reference']['resource']}.csv",
                    "columnReference": key["reference"]["fields"],
                },
            }
            for key in references(described, known, records)
        ]
        if foreign:
            one["tableSchema"]["foreignKeys"] = foreign
        made.append(one)
    return {
        "@context": CONTEXT,
        "@type": "TableGroup",
        "dc:title": both(named),
        "dc:publisher": both(records.book.publisher),
        "tables": made,
    }
