"""Everything that is made once records and texts are right, and when what makes it is loaded."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.edits import ROOT, SLUG, written
from yearbook import build, dataset, inspection, printing
from yearbook.binding import Medium
from yearbook.book import Limits
from yearbook.finding import Finding, Severity, error, failing
from yearbook.model import Artifact, Edition, Language, Place, Text
from yearbook.node import Cache
from yearbook.order import Order
from yearbook.press import Run
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records
from yearbook.store import Store

FOUND = error("trial", Place("b.csv", 2), Text("a", "甲"), Text("b", "乙"))


def quiet(_: Text) -> None:
    """Nobody who listens."""


@pytest.fixture
def book(project: Snapshot, tmp_path: Path) -> Path:
    """The project on the disk."""
    return written(project, tmp_path / "book")


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """A press that gives what the test lays before it, one run for each edition."""
    runs: list[Run] = []

    def printed(drafts: Any, *_: object) -> Iterator[Run]:
        assert [set(draft.laid_out().parts) for draft in drafts] == [set(Medium)]
        yield from runs

    monkeypatch.setattr(printing, "_printed", printed)
    return runs


def test_artifacts(book: Path, pressed: list[Run]) -> None:
    """The editions, an index that leads to them, the findings and a manifest of all of it."""
    artifact = Artifact(f"{SLUG}/en.html", b"page")
    pressed.append(Run((artifact,), (replace(FOUND, severity=Severity.WARNING),)))
    built = build.build(book, {}, 1, quiet)
    files = {each.name: each.content for each in built.artifacts}
    assert files[artifact.name] == b"page"
    assert {"index.html", "findings.json", "manifest.json"} <= set(files)
    assert b'"trial"' in files["findings.json"]
    for name in set(files) - {"manifest.json"}:
        assert f'"{name}"'.encode() in files["manifest.json"]
    for edition in Edition:
        assert f'href="{SLUG}/{edition}.html"'.encode() in files["index.html"]
    for language in Language:
        assert f'lang="{language.tag}"'.encode() in files["index.html"]


def test_failing_print(book: Path, pressed: list[Run]) -> None:
    """If one edition fails, there is nothing to publish."""
    good = Run((Artifact(f"{SLUG}/zh.html", b"page"),), ())
    pressed.extend([Run((), (FOUND,)), good])
    built = build.build(book, {}, 1, quiet)
    assert built.artifacts == ()
    assert failing(built.findings) == (FOUND,)


def test_longest_edition_first(book: Path) -> None:
    """The edition in both languages takes longest: begun last, it would keep others waiting."""
    begun: list[str] = []

    class Listed:
        """An executor that makes nothing."""

        def run(self, orders: Sequence[Order], limits: Limits, jobs: int) -> Iterator[Finding]:
            del limits, jobs
            begun.extend(order.name for order in orders)
            return iter([FOUND] * len(orders))

    built = build.build(book, {}, 1, quiet, build.Wish(executor=Listed()))
    assert begun == [f"{SLUG}/en-zh", f"{SLUG}/en", f"{SLUG}/zh"]
    assert built.artifacts == ()


def loaded(script: str, *words: str) -> list[str]:
    """What a script says in a process of its own, where nothing is loaded yet."""
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_records_that_are_wrong_need_nothing_that_prints(book: Path) -> None:
    """A report that fails at a cell ends without it."""
    cell = book / "data" / SLUG / "projects.csv"
    cell.write_bytes(cell.read_bytes().replace(b"value", b"valeu", 1))
    script = """
import sys
from dataclasses import replace
from pathlib import Path
from yearbook.build import build
print(len(build(Path(sys.argv[1]), {}, 1, lambda _: None).artifacts))
print({"weasyprint", "pikepdf", "matplotlib"} & set(sys.modules) or "none")
"""
    assert loaded(script, str(book)) == ["0", "none"]


def test_all_that_prints_is_loaded_while_texts_are_laid_out() -> None:
    """As soon as that is begun; with nothing to lay out, when it is needed."""
    script = """
import sys
from yearbook.book import Limits
from yearbook.build import Wish
from yearbook.worker import Task
laid_out = Wish().do
print(list(laid_out([], Limits(), 1)), "weasyprint" in sys.modules)
done = laid_out([Task("texts", lambda: "weasyprint" in sys.modules)], Limits(), 1)
print(*done, "weasyprint" in sys.modules)
"""
    assert loaded(script) == ["[]", "False", "False", "True"]


def test_data_of_unchanged_chapters(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What readers download is made once of the same files; of others it is made anew."""
    made: list[str] = []
    stock = dataset.artifacts

    def counted(records: Records, files: Mapping[str, bytes]) -> Iterator[Artifact]:
        made.append(records.chapter.slug)
        return stock(records, files)

    monkeypatch.setattr(dataset, "artifacts", counted)
    cache = Cache(Store(tmp_path / "cache"))

    def data() -> dict[str, bytes]:
        checked = inspection.check(book, cache)
        (draft,) = checked.drafts
        run = printing._data(draft, checked.reading.files, cache)
        return {each.name: each.content for each in run.artifacts}

    first = data()
    assert f"{SLUG}/data/projects.csv" in first
    assert (data(), made) == (first, [SLUG])
    table = book / f"data/{SLUG}/projects.csv"
    table.write_bytes(table.read_bytes().replace(b"37,project", b"38,project"))
    assert data()[f"{SLUG}/data/projects.csv"] != first[f"{SLUG}/data/projects.csv"]
    assert made == [SLUG] * 2
