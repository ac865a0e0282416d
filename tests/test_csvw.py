"""The metadata keep the rules of "CSV on the Web" that its validators enforce."""

import json
import re
from typing import Any

import pytest

from tests.test_datapackage import Rows, table
from yearbook.csvw import CONTEXT
from yearbook.dataset import artifacts
from yearbook.model import Language
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records

Json = dict[str, Any]
TABLE = {"@context", "@type", "url", "dc:title", "notes", "dialect", "tableSchema"}
COLUMN = {"@type", "name", "titles", "datatype", "required"}
BASES = {"string", "decimal", "integer"}


@pytest.fixture(scope="module")
def made(project: Snapshot) -> dict[str, bytes]:
    """The files of the folder of data, by their names there."""
    book = read(project).book
    records = Records(book, book.chapters[0])
    return {a.name.rpartition("/")[2]: a.content for a in artifacts(records, project.files)}


def described(made: dict[str, bytes], name: str) -> Json:
    """The metadata of one table."""
    found: Json = json.loads(made[f"{name}-metadata.json"])
    return found


def tables(made: dict[str, bytes]) -> list[str]:
    """The CSV files."""
    return [name for name in made if name.endswith(".csv")]


def test_every_table_is_described(made: dict[str, bytes]) -> None:
    """Each CSV has the metadata file that the standard looks for beside it."""
    assert len(tables(made)) == 17
    for name in tables(made):
        metadata = described(made, name)
        assert metadata["@context"] == CONTEXT
        assert metadata["url"] == name
        assert set(metadata) <= TABLE


def test_columns_match_the_header(made: dict[str, bytes]) -> None:
    """Every header cell is the name and one of the titles of its column, in order."""
    for name in tables(made):
        header = made[name].decode("utf-8-sig").splitlines()[0].split(",")
        columns = described(made, name)["tableSchema"]["columns"]
        assert [column["name"] for column in columns] == header
        for column in columns:
            assert set(column) <= COLUMN
            assert column["name"] in column["titles"]["en"]
            assert column["titles"]["zh"]


def test_cells_fit_their_datatypes(made: dict[str, bytes]) -> None:
    """Every cell parses as its column says."""
    for name in tables(made):
        rows = table(made[name])
        schema = described(made, name)["tableSchema"]
        for column in schema["columns"]:
            datatype = column["datatype"]
            base = datatype if isinstance(datatype, str) else datatype["base"]
            assert base in BASES
            assert fits(rows, column["name"], base, datatype), (name, column["name"])
            if column.get("required"):
                assert all(row[column["name"]] for row in rows)
        keys = [tuple(row[key] for key in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)


def fits(rows: Rows, name: str, base: str, datatype: str | Json) -> bool:
    """Whether the cells of a column are of its type and format."""
    form = ".*" if isinstance(datatype, str) else datatype.get("format", ".*")
    pattern = {"decimal": r"-?[0-9,]+(\.[0-9]+)?", "integer": "-?[0-9]+"}.get(base, form)
    return all(re.fullmatch(pattern, row[name]) for row in rows if row[name])


def test_foreign_keys_lead_to_one_row(made: dict[str, bytes]) -> None:
    """In the group a key names a table of the group, and each value has exactly one row there."""
    group = json.loads(made["csv-metadata.json"])
    urls = [one["url"] for one in group["tables"]]
    seen = 0
    for one in group["tables"]:
        for key in one["tableSchema"].get("foreignKeys", ()):
            target = key["reference"]["resource"]
            (here,), (there,) = key["columnReference"], key["reference"]["columnReference"]
            known = [row[there] for row in table(made[target])]
            for row in table(made[one["url"]]):
                assert target in urls
                assert not row[here] or known.count(row[here]) == 1
                seen += 1
    assert seen > 100


def test_titles_and_discrepancies_are_told_in_both_languages(made: dict[str, bytes]) -> None:
    """The known discrepancy of the source is a note of its table, figures filled in."""
    donations = described(made, "donations.csv")
    (note,) = donations["notes"]
    said = {text["@language"]: text["@value"] for text in note["dc:description"]}

    assert set(said) == {language.value for language in Language}
    assert "Guangrao County" in said["en"]
    assert "GB/T 2260" in said["zh"]
    assert "{{" not in json.dumps(note)
    assert described(made, "dispatch.csv")["dc:title"][1]["@language"] == "zh"
