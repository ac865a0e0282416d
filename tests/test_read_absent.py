"""What a project names but does not have is told as the cause, and nothing in its place."""

import json
from collections.abc import Mapping

import pytest

from tests.edits import SLUG, with_files
from yearbook import inspection
from yearbook.finding import Finding, error, failing
from yearbook.model import Place, Text
from yearbook.read import absent, configured, read
from yearbook.read.snapshot import Snapshot

FOLDER = f"data/{SLUG}"
TABLE = f"{FOLDER}/projects.csv"


def checked(monkeypatch: pytest.MonkeyPatch, snapshot: Snapshot) -> tuple[Finding, ...]:
    """All that a check of these files says, in its order."""
    monkeypatch.setattr(inspection, "take", lambda _: snapshot)
    return failing(inspection.check(None).findings)  # type: ignore[arg-type]


def without(project: Snapshot, name: str, findings: tuple[Finding, ...] = ()) -> Snapshot:
    """The project without one of its files."""
    return Snapshot(with_files(project, **{name: None}).files, findings)


def test_a_lost_table_is_the_only_error(project: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that datapackage.json lists and that is gone is named; no row is asked for."""
    (found,) = checked(monkeypatch, without(project, TABLE))
    assert (found.rule, found.place) == ("file", Place(TABLE))
    assert found.what == Text(
        "datapackage.json lists this table, but the file is missing",
        "datapackage.json 列有此表，但缺少该文件",
    )
    assert found.hint == Text(
        "take the file from the history; if it is no longer wanted, run `build.py describe`",
        "请从历史版本中恢复该文件；若已不再需要，请运行 `build.py describe`",
    )


def test_a_renamed_table_is_to_be_renamed_back(project: Snapshot) -> None:
    """The hint names the file that looks like a copy of the lost one."""
    copy = error("file", Place(f"{FOLDER}/projects (2).csv"), Text("a", "甲"), Text("", ""))
    (found,) = absent.tables(without(project, TABLE, (copy,)))
    assert found.hint == Text('rename "projects (2).csv" back', "请将“projects (2).csv”改回原名")


def test_the_lock_of_a_table_is_no_table(project: Snapshot) -> None:
    """What a program leaves that has a table open is not to be renamed."""
    lock = error("file", Place(f"{FOLDER}/~$projects.csv"), Text("a", "甲"), Text("", ""))
    (found,) = absent.tables(without(project, TABLE, (lock,)))
    assert "history" in found.hint.en


def test_a_table_that_cannot_be_read_is_told_once(project: Snapshot) -> None:
    """What is refused for another reason is not said to be missing."""
    refused = error("file", Place(TABLE), Text("a", "甲"), Text("", ""))
    assert not list(absent.tables(without(project, TABLE, (refused,))))


@pytest.mark.parametrize(
    "package", ["[", "[]", "{}", '{"resources": 1}', '{"resources": [1, {"path": 2}]}']
)
def test_a_package_that_is_none_lists_nothing(package: str) -> None:
    """What is no data package is refused by the reader, not here."""
    assert not list(absent.tables(Snapshot({"data/x/datapackage.json": package.encode()}, ())))


def test_a_bare_folder() -> None:
    """Also of a folder that holds only tables a listed one must be there."""
    package = {"resources": [{"path": "b.csv", "schema": {"fields": []}}]}
    files: Mapping[str, bytes] = {
        "data/x/a.csv": b"id,period,value,unit,qualifier,quote,source,note\n",
        "data/x/datapackage.json": json.dumps(package).encode(),
    }
    assert Place("data/x/b.csv") in {
        each.place for each in failing(read(Snapshot(files, ())).findings)
    }


def test_a_wrong_slug_is_the_only_error(project: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slug without a folder is told at its line, and nothing else: above all, not to delete."""
    settings = project.files["data/book.toml"].decode().replace(f'"{SLUG}"', '"science"')
    (found,) = checked(monkeypatch, with_files(project, **{"data/book.toml": settings.encode()}))
    assert (found.rule, found.place.file) == ("file", "data/book.toml")
    assert settings.splitlines()[found.place.line - 1].startswith("slug")
    assert found.what == Text(
        "the chapter science has no folder data/science and no texts",
        "章“science”没有文件夹 data/science，也没有正文",
    )


@pytest.mark.parametrize(
    ("there", "en", "zh"),
    [((), "-", "无"), (("land",), "land", "land"), (("sea", "land"), "land, sea", "land、sea")],
)
def test_the_folders_that_are_there(there: tuple[str, ...], en: str, zh: str) -> None:
    """Who gave a wrong slug is told which folders there are."""
    files = {f"data/{name}/a.csv": b"" for name in there}
    settings = b'data_year = 2010\n[[chapter]]\nslug = "science"\n'
    snapshot = Snapshot({"data/book.toml": settings, **files}, ())
    (found,) = absent.folders(snapshot, configured.given(snapshot))
    assert found.hint == Text(
        f"correct the slug, or rename the folder; there are: {en}",
        f"请更正slug，或为文件夹改名；现有文件夹：{zh}",
    )
