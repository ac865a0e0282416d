"""The files kept in data/ are written whole, only when asked, and read back as they were meant."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.counties import counties
from tests.edits import CHAPTER, SLUG, replaced, rows, with_files, written
from yearbook import ledger
from yearbook.build import check
from yearbook.cli import main
from yearbook.read.snapshot import Snapshot
from yearbook.records import UnknownError

WORDING = f"{CHAPTER}/wording.csv"
COVERAGE = f"{CHAPTER}/coverage.csv"


@pytest.fixture
def root(project: Snapshot, tmp_path: Path) -> Path:
    """The project on the disk, to be written in."""
    return written(project, tmp_path)


def stale(root: Path) -> list[str]:
    """What `check` says of the wording."""
    return [str(finding.place) for finding in check(root).findings if finding.rule == "stale"]


def run(root: Path, *arguments: str) -> tuple[int, str]:
    """A command of build.py: its exit code and what it says."""
    done = CliRunner().invoke(main, ["--root", str(root), *arguments])
    return done.exit_code, done.output


def test_the_chapter_is_confirmed(project: Snapshot) -> None:
    """The wording of this project is confirmed; else: make confirm."""
    assert WORDING in project.files


def test_confirm_settles_a_stale_paragraph(project: Snapshot, tmp_path: Path) -> None:
    """Stale after a change, current after `confirm`, and only one line of the file differs."""
    file = f"templates/chapters/{SLUG}/en.md"
    root = written(replaced(project, file, "met repeatedly", "met often"), tmp_path)
    code, _ = run(root, "confirm", "overview/2")
    before, after = project.files[WORDING].splitlines(), (root / WORDING).read_bytes().splitlines()

    assert code == 0
    assert stale(root) == []
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_confirm_nothing_new_changes_no_byte(root: Path, project: Snapshot) -> None:
    """Confirming twice writes the same file."""
    assert run(root, "confirm")[0] == 0
    assert (root / WORDING).read_bytes() == project.files[WORDING]


def test_confirm_refuses_an_unknown_paragraph(root: Path, project: Snapshot) -> None:
    """A slip in the name is wrong use, suggests the section, and writes nothing."""
    with pytest.raises(UnknownError) as unknown:
        ledger.confirm(root, "overveiw/1")

    assert unknown.value.hint.en == 'did you mean "overview"?'
    assert (root / WORDING).read_bytes() == project.files[WORDING]


def test_confirm_refuses_texts_that_do_not_run_parallel(project: Snapshot, tmp_path: Path) -> None:
    """Nothing can be confirmed where the two texts do not correspond."""
    file = f"templates/chapters/{SLUG}/en.md"
    root = written(replaced(project, file, "## Training", "One more.\n\n## Training"), tmp_path)
    code, said = run(root, "confirm")

    assert code == 1
    assert "[parallel]" in said


def test_one_changed_word_stops_the_check(project: Snapshot, tmp_path: Path) -> None:
    """`check` ends with 1 and names the Chinese line."""
    file = f"templates/chapters/{SLUG}/en.md"
    root = written(replaced(project, file, "met repeatedly", "met often"), tmp_path)
    code, said = run(root, "check")

    assert code == 1
    assert "[stale]" in said
    assert stale(root)[0].startswith(f"templates/chapters/{SLUG}/zh.md:")


def test_coverage_of_a_made_up_manuscript(root: Path, tmp_path: Path) -> None:
    """A figure that nobody recorded is missing; a reason in the ledger settles it."""
    source = tmp_path / "source.txt"
    source.write_text("In 2010 it sent 369 people and 7777 letters.\n", "utf-8")
    code, said = run(root, "coverage", str(source))

    assert code == 1
    assert 'source.txt:1:17: 369  fact field_research "sent 369 people"' in said
    assert "7777  missing  [p1.3]" in said

    assert run(root, "coverage", "--write", str(source))[0] == 1
    kept = (root / COVERAGE).read_text("utf-8-sig")
    (root / COVERAGE).write_text(kept.replace("missing,,", "other,,not reported"), "utf-8-sig")
    code, said = run(root, "coverage", str(source))

    assert code == 0
    assert "7777  other (not reported)" in said
    assert run(root, "coverage", "--write", str(source))[0] == 0
    assert rows((root / COVERAGE).read_bytes())[-1] == ["7777", "p1.3", "other", "", "not reported"]


def test_coverage_as_json(root: Path, tmp_path: Path) -> None:
    """Other programs get every numeral with its kind."""
    source = tmp_path / "source.txt"
    source.write_text("It sent 369 people.", "utf-8")
    code, said = run(root, "coverage", "--json", str(source))
    (told,) = json.loads(said)

    assert code == 0
    assert (told["numeral"], told["kind"], told["id"]) == ("369", "fact", "field_research")


def test_coverage_alone_writes_nothing(root: Path, project: Snapshot, tmp_path: Path) -> None:
    """Without --write the ledger stays as it is."""
    source = tmp_path / "source.txt"
    source.write_text("It sent 1 letter.", "utf-8")
    run(root, "coverage", str(source))

    assert (root / COVERAGE).read_bytes() == project.files[COVERAGE]


def test_coverage_of_an_unknown_chapter(root: Path) -> None:
    """The chapter is one of the book's."""
    with pytest.raises(UnknownError):
        ledger.cover(root, "", "sciense", keep=False)


def test_an_unknown_kind_decides_nothing(project: Snapshot, tmp_path: Path) -> None:
    """A ledger with a word nobody knows leaves its numeral missing."""
    content = b"numeral,place,kind,id,reason\r\n7777,p1.1,otter,,because\r\n"
    root = written(with_files(project, **{COVERAGE: content}), tmp_path)
    (mention,) = ledger.cover(root, "7777 letters", "", keep=False)

    assert mention.ruling.holding == "missing"


def test_describe_writes_what_is_there(root: Path, project: Snapshot) -> None:
    """The description made anew is the one of the project."""
    code, said = run(root, "describe")

    assert code == 0
    assert f"{CHAPTER}/datapackage.json" in said
    name = f"{CHAPTER}/datapackage.json"
    assert (root / name).read_bytes() == project.files[name]


def test_keep(root: Path) -> None:
    """What an edition said is kept, once for each edition, and a later figure is held against it,
    also in the file that readers verify."""
    file = root / CHAPTER / "published.csv"
    assert run(root, "keep") == (0, f"{CHAPTER}/published.csv\n")
    kept = file.read_bytes()
    told = rows(kept)
    assert told[0] == ["edition", "id", "period", "value", "unit", "qualifier"]
    assert ["2011", "conference", "2010-04-16", "2010-04-16", "date", ""] in told
    assert ["2011", "richness_provincial", "2010", "30000000", "yuan", "more_than"] in told
    assert len(told) - 1 == len(check(root).reading.book.chapters[0].facts)
    assert not [f for f in check(root).findings if f.rule in ("twice", "unknown", "header", "csv")]
    file.write_bytes(kept + b"2010,dispatched,1986-2010,437,person,\r\n")
    run(root, "keep")
    assert len(rows(file.read_bytes())) == len(told) + 1
    dispatch = root / CHAPTER / "dispatch.csv"
    text = dispatch.read_text("utf-8").replace("1986-2010,all,total,437", "1986-2010,all,total,473")
    dispatch.write_text(text.replace("groups of 437", "groups of 473"), "utf-8")
    found = [f for f in check(root).findings if f.rule == "twice"]
    assert {f.place.cell for f in found} == {"E5"}
    assert {f.what.en.split(" in ")[1].split(" (")[0] for f in found} == {
        "edition 2010",
        "edition 2011",
    }
    assert {s.proposed for f in found for s in f.suspects} == {"437"}
    text = dispatch.read_text("utf-8").replace("person", "persons", 1)
    dispatch.write_text(text, "utf-8")
    with pytest.raises(UnknownError, match="the records have errors"):
        ledger.keep(root)


def test_keep_instances(tmp_path: Path) -> None:
    """Instances of a chapter share one file, in which a column tells them apart."""
    counties(tmp_path)
    run(tmp_path, "keep")
    told = rows((tmp_path / "data/counties/published.csv").read_bytes())
    assert told[0][1:3] == ["edition", "id"]
    assert len({row[0] for row in told[1:]}) > 1
    assert not [f for f in check(tmp_path).findings if f.rule in ("twice", "unknown", "header")]
