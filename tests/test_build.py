"""One build from files to files: what it reads, what it finds, what it makes."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.edits import SLUG, edited, said, with_files, written
from tests.small import small
from yearbook import build, inspection, printing
from yearbook.finding import failing
from yearbook.gallery import load_charts
from yearbook.model import Artifact, Text
from yearbook.press import Run
from yearbook.read import ConfigurationError, read
from yearbook.read.snapshot import Snapshot
from yearbook.store import Store

HEARD: list[Text] = []


def quiet(text: Text) -> None:
    """Somebody who listens."""
    HEARD.append(text)


@pytest.fixture
def book(project: Snapshot, tmp_path: Path) -> Path:
    """The project on the disk."""
    return written(project, tmp_path / "book")


def test_check(book: Path) -> None:
    """The records of the project hold; what is known of them is waived."""
    found = build.check(book).findings
    assert failing(found) == ()
    assert any(each.waived for each in found)


def test_no_project(tmp_path: Path) -> None:
    """A folder without a project cannot be built or checked."""
    for call in (build.check, lambda root: build.build(root, {}, 1, quiet)):
        with pytest.raises(ConfigurationError):
            call(tmp_path)


def test_holes(project: Snapshot, tmp_path: Path) -> None:
    """Where a row could not be read, what merely misses its figure is not reported as well."""
    broken = edited(project, f"{SLUG}/dispatch.csv", "dispatched", "value", "四百")
    found = failing(build.check(written(broken, tmp_path)).findings)
    assert [each.rule for each in found] == ["value"]


def test_literal_of_no_chapter(project: Snapshot, tmp_path: Path) -> None:
    """A literal that no chapter uses is told once for the book."""
    file = "data/literals.csv"
    idle = project.files[file].rstrip() + "\r\nidle,Project 863,863计划,name\r\n".encode()
    found = build.check(written(with_files(project, **{file: idle}), tmp_path)).findings
    assert [each.what.en for each in failing(found)] == ['the literal "idle" is not used']


def test_stops_before_printing(
    project: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is printed while the records are wrong."""

    def never(*_: object) -> Iterator[Run]:
        raise AssertionError

    monkeypatch.setattr(printing, "_printed", never)
    broken = edited(project, f"{SLUG}/dispatch.csv", "dispatched", "value", "439")
    built = build.build(written(broken, tmp_path), {}, 1, quiet)
    assert built.artifacts == ()
    assert [each.rule for each in failing(built.findings)] == ["quote"]


@pytest.mark.parametrize(("name", "content"), [("chapter.html", None), ("page.css", b"\xff")])
def test_unusable_template(
    project: Snapshot, tmp_path: Path, name: str, content: bytes | None
) -> None:
    """A template that is missing or no text is a finding, not a fault."""
    broken = with_files(project, **{f"templates/{name}": content})
    built = build.build(written(broken, tmp_path), {}, 1, quiet)
    assert said(failing(built.findings)) == [
        f"templates/{name} - file: the template is missing or not UTF-8 text"
    ]


@pytest.mark.parametrize(
    ("epoch", "year"), [("", 2011), ("0", 1970), ("1700000000", 2023), ("tomorrow", 2011)]
)
def test_date(project: Snapshot, monkeypatch: pytest.MonkeyPatch, epoch: str, year: int) -> None:
    """Files bear the first day of the edition year, or SOURCE_DATE_EPOCH."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    created = inspection.created(read(project).book)
    assert (created.year, created.tzname()) == (year, "UTC")


@pytest.mark.parametrize(
    ("column", "value", "rule"), [("source", "most-2011", "unknown"), ("unit", "mile", "unknown")]
)
def test_refused_rows_end_in_findings(
    project: Snapshot, tmp_path: Path, column: str, value: str, rule: str
) -> None:
    """What the loader refuses is told with its place; nothing asks on for what is not there."""
    wrong = edited(project, f"{SLUG}/projects.csv", "aided_projects", column, value)

    found = failing(build.check(written(wrong, tmp_path)).findings)

    assert [(finding.rule, finding.place.file) for finding in found] == [
        (rule, "data/science-and-technology/projects.csv")
    ]


def test_files_wait_where_they_are_laid(tmp_path: Path) -> None:
    """All that is made of a chapter or found again is laid where it waits for the others, and what
    a report used is kept, however much it is."""
    root = small(tmp_path)

    def laid(wanted: bool) -> set[str]:
        names: set[str] = set()

        def lay(artifact: Artifact) -> Artifact:
            names.add(artifact.name)
            return artifact

        wish = build.Wish(lay=lay)
        built = build.build(root, load_charts(root), 2, lambda _: None, wish)
        nodes = {node.name: node.reused for node in built.nodes}
        assert nodes["edition people/en"] is wanted
        return names

    names = laid(False)
    assert {"people/en.html", "people/en.pdf", "people/data/people.csv"} <= names
    assert laid(True) == names


def test_a_small_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that used more than the store may hold finds it all again."""
    root = small(tmp_path)
    monkeypatch.setattr(build, "Store", partial(Store, limit=1000))
    for reused in (False, True):
        built = build.build(root, load_charts(root), 2, lambda _: None)
        editions = [node for node in built.nodes if node.name.startswith("edition ")]
        assert [node.reused for node in editions] == [reused] * 3
