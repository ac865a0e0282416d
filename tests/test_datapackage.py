"""datapackage.json is a Frictionless Data Package and true of the files beside it."""

import csv
import io
import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

import pytest

from tests.edits import CHAPTER, ROOT
from yearbook import datapackage
from yearbook.dataset import artifacts
from yearbook.manifest import digest, written
from yearbook.model import Text
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records

Json = dict[str, Any]
NAME = re.compile(r"[-a-z0-9._/]+")
TYPES = {"string", "number", "integer"}
Rows = list[dict[str, str]]


def faults(package: Json, files: dict[str, bytes]) -> list[str]:
    """What breaks the standard, or is not true of the files: the profile's rules and the data."""
    found = [f"{key} missing" for key in ("profile", "name", "resources") if key not in package]
    names = [resource["name"] for resource in package["resources"]]
    found += [f"{name} twice" for name in names if names.count(name) > 1]
    tables = {r["name"]: table(files[r["path"]]) for r in package["resources"]}
    for resource in package["resources"]:
        found += [f"{resource['name']}: {fault}" for fault in form(resource, names)]
        found += [f"{resource['name']}: {fault}" for fault in content(resource, tables)]
    return found


def table(data: bytes) -> Rows:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def form(resource: Json, names: list[str]) -> list[str]:
    """What the profile of a tabular resource forbids."""
    found = []
    if not NAME.fullmatch(resource["name"]):
        found.append("name")
    path = resource["path"]
    if path.startswith("/") or ".." in path or "\\" in path:
        found.append("path")
    if resource["profile"] != "tabular-data-resource" or resource["encoding"] != "utf-8":
        found.append("profile")
    schema = resource["schema"]
    fields = [field["name"] for field in schema["fields"]]
    if len(set(fields)) != len(fields) or not fields:
        found.append("fields")
    found += [f"type of {f['name']}" for f in schema["fields"] if f["type"] not in TYPES]
    found += [f"key {name}" for name in schema["primaryKey"] if name not in fields]
    for key in schema.get("foreignKeys", ()):
        if not set(key["fields"]) <= set(fields) or key["reference"]["resource"] not in names:
            found.append(f"foreign key {key}")
    return found


def content(resource: Json, tables: dict[str, Rows]) -> list[str]:
    """Where the data are not what the schema says."""
    rows, schema = tables[resource["name"]], resource["schema"]
    found = []
    for field in schema["fields"]:
        name, rules = field["name"], field.get("constraints", {})
        for row in rows:
            cell = row[name]
            if not cell:
                found += [f"{name} empty"] * bool(rules.get("required"))
            elif not typed(cell, field["type"]) or not allowed(cell, rules):
                found.append(f"{name}: {cell}")
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
    found += [f"key {key} twice" for key in keys if keys.count(key) > 1]
    for key in schema.get("foreignKeys", ()):
        (here,), (there,) = key["fields"], key["reference"]["fields"]
        known = {row[there] for row in tables[key["reference"]["resource"]]}
        found += [f"{here}: {row[here]} unknown" for row in rows if row[here] not in {"", *known}]
    return found


def allowed(cell: str, rules: Json) -> bool:
    """Whether a cell keeps the pattern and the list of its column."""
    patterned = re.fullmatch(rules.get("pattern", ".*"), cell) is not None
    return patterned and cell in rules.get("enum", (cell,))


def typed(cell: str, kind: str) -> bool:
    """Whether a cell is of a type."""
    try:
        return kind == "string" or (
            Decimal(cell.replace(",", "")).is_finite() and (kind == "number" or cell.isdigit())
        )
    except InvalidOperation:
        return False


@pytest.fixture(scope="module")
def records(project: Snapshot) -> Records:
    """The records of the real chapter."""
    book = read(project).book
    return Records(book, book.chapters[0])


def test_room_is_described(project: Snapshot, records: Records) -> None:
    """data/<chapter>/datapackage.json describes every CSV there as it is (`build.py describe`)."""
    tables = datapackage.tables(project.files, CHAPTER)

    assert (ROOT / CHAPTER / "datapackage.json").read_bytes() == written(
        datapackage.package(records, tables)
    )


def test_room_conforms(project: Snapshot) -> None:
    """The description keeps the standard, and the data keep the description."""
    package = json.loads(project.files[f"{CHAPTER}/datapackage.json"])
    folder = f"{CHAPTER}/"
    files = {n[len(folder) :]: c for n, c in project.files.items() if n.startswith(folder)}

    assert faults(package, files) == []
    assert len(package["resources"]) == sum(name.endswith(".csv") for name in files)


def test_published_conforms(project: Snapshot, records: Records) -> None:
    """The published package refers to units, sources and places too, and carries digests."""
    made = {a.name.rpartition("/")[2]: a.content for a in artifacts(records, project.files)}
    package = json.loads(made["datapackage.json"])
    keys = {
        (field, key["reference"]["resource"])
        for resource in package["resources"]
        for key in resource["schema"].get("foreignKeys", ())
        for field in key["fields"]
    }

    assert faults(package, made) == []
    assert {("id", "codes"), ("unit", "units"), ("source", "sources"), ("place", "places")} <= keys
    for resource in package["resources"]:
        assert resource["hash"] == f"sha256:{digest(made[resource['path']])}"
        assert resource["bytes"] == len(made[resource["path"]])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"437,person", b"437,persons", "dispatch: unit: persons unknown"),
        (b"437,person", b"many,person", "dispatch: value: many"),
        (b"dispatched,1986-2010", b"dispatched,1986 to 2010", "dispatch: period: 1986 to 2010"),
        (b"dispatched,1986-2010", b"sent,1986-2010", "dispatch: id: sent unknown"),
    ],
)
def test_faults_are_seen(
    project: Snapshot, records: Records, old: bytes, new: bytes, fault: str
) -> None:
    """The check of this file notices data that break the description."""
    made = {a.name.rpartition("/")[2]: a.content for a in artifacts(records, project.files)}
    package = json.loads(made["datapackage.json"])
    made["dispatch.csv"] = made["dispatch.csv"].replace(old, new, 1)

    assert fault in faults(package, made)


def test_columns_are_named_in_both_languages(records: Records) -> None:
    """A column is called as the toolkit calls it, as codes.csv does, or by its own name."""
    assert datapackage.title("value", records) == Text("Value", "数值")
    assert datapackage.title("rank", records) == Text("Rank", "级别")
    assert datapackage.title("post_zh", records) == Text("Post (Chinese)", "职务（中文）")
    assert datapackage.title("own_word", records) == Text("Own word", "Own word")


def test_a_table_with_dates_has_no_numeric_values(project: Snapshot, records: Records) -> None:
    """A column that holds 369 and 2010-04-16 is one of strings."""
    tables = {table.name: table for table in datapackage.tables(project.files, CHAPTER)}

    assert datapackage.kind(tables["overview"], "value", records) == "string"
    assert datapackage.kind(tables["dispatch"], "value", records) == "number"
