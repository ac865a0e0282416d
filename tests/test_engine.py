"""The warm engine: it publishes what a cold report makes, and every event says what is so."""

import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.small import small
from yearbook import build, gallery, listing, receipt
from yearbook.build import Built
from yearbook.engine import Change, Engine, Event, Project, quick
from yearbook.engine.event import (
    Drawn,
    Ended,
    Found,
    Page,
    Printed,
    Published,
    Refused,
    Seen,
    Unchanged,
)
from yearbook.engine.hand import FaultError, Hand
from yearbook.model import Edition, Text

RECORDS = "data/people/people.csv"
EDITIONS = tuple(f"people/{edition}" for edition in Edition)


def quiet(_: Text) -> None:
    """Nobody waits for anybody here."""


def files(folder: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def report(root: Path, folder: Path) -> Built:
    """What a report makes of the project from nothing."""
    for room in receipt.ROOMS:
        shutil.copytree(root / room, folder / room)
    return build.build(folder, gallery.load_charts(folder), 2, quiet)


def made(root: Path, folder: Path) -> Mapping[str, bytes]:
    """The files a report makes of the project from nothing."""
    return {each.name: each.content for each in report(root, folder).artifacts}


@dataclass
class Served:
    """A project that an engine holds, and what it told since it was last asked."""

    root: Path
    heard: list[Event] = field(default_factory=list)

    @property
    def output(self) -> dict[str, bytes]:
        """What is published."""
        return files(self.root / "output")

    def edit(self, name: str, old: str, new: str) -> Change:
        """Change a file."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        return Change(frozenset({name}))

    def turn(self, engine: Engine, change: Change) -> bool:
        """Let the engine hear of a change, and forget what it told before."""
        self.heard.clear()
        return engine.turn(change)

    def told(self, kind: type) -> list[Event]:
        """The events of a kind."""
        return [event for event in self.heard if isinstance(event, kind)]

    def pages(self) -> dict[str, bytes]:
        """The pages as they were told last."""
        return {event.name: event.content for event in self.heard if isinstance(event, Page)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project that was built once."""
    root = small(tmp_path_factory.mktemp("engine") / "book")
    with Engine(Project(root, root / "output", 2), lambda _: None, quiet) as engine:
        engine.begin()
    return root


@pytest.fixture
def served(built: Path, tmp_path: Path) -> Served:
    """A copy of the project that was built."""
    return Served(Path(shutil.copytree(built, tmp_path / "book")))


@pytest.fixture
def engine(served: Served) -> Iterator[Engine]:
    """An engine that holds the project."""
    project = Project(served.root, served.root / "output", 2)
    with Engine(project, served.heard.append, quiet) as made:
        made.begin()
        yield made


def test_first_build(built: Path, tmp_path: Path) -> None:
    """What an engine publishes at first is what a report makes."""
    assert files(built / "output") == made(built, tmp_path / "cold")


def test_one_cell(served: Served, engine: Engine, tmp_path: Path) -> None:
    """A cell is changed: pages at once, then its chart and no other, then PDFs, then everything is
    published, byte for byte as a report from nothing has it."""
    change = served.edit(RECORDS, "437", "438")

    assert served.turn(engine, change)

    kinds = [type(event) for event in served.heard]
    assert kinds[:4] == [Seen, Page, Page, Page]
    assert kinds.index(Drawn) < kinds.index(Printed) < kinds.index(Found) < kinds.index(Published)
    assert [event.files for event in served.heard if isinstance(event, Seen)] == [(RECORDS,)]
    drawn = [event for event in served.heard if isinstance(event, Drawn)]
    assert [(e.chapter, e.chart, e.edition) for e in drawn] == [
        ("people", "sent", edition) for edition in Edition
    ]
    first = [event for event in served.heard[:4] if isinstance(event, Page)]
    assert {(e.why, e.waiting) for e in first} == {((RECORDS,), ("sent",))}
    assert all(b'value="437"' not in event.content for event in first)
    cold = made(served.root, tmp_path / "cold")
    assert served.output == cold
    assert served.pages() == {f"{name}.html": cold[f"{name}.html"] for name in EDITIONS}
    printed = {e.name: e.content for e in served.heard if isinstance(e, Printed)}
    assert printed == {f"{name}.pdf": cold[f"{name}.pdf"] for name in EDITIONS}
    told = next(event for event in served.heard if isinstance(event, Published))
    assert {*printed, *served.pages()} <= set(told.changed)
    assert told.gone == ()
    charts = [reason for reason in told.reasons if reason.name.startswith("chart")]
    assert charts == []  # they were drawn for the pages, and found again

    served.turn(
        engine, served.edit(RECORDS, "heads,2010,25,person,,25", "heads,2010,24,person,,24")
    )

    assert {event.chart for event in served.heard if isinstance(event, Drawn)} == {"heads"}
    assert served.pages() == {f"{name}.html": served.output[f"{name}.html"] for name in EDITIONS}
    assert len(served.told(Page)) == 6  # none had to be corrected


def test_page_that_was_wrong(
    served: Served, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a page be published otherwise than it was shown, it is told of once more."""
    engine.close()
    monkeypatch.setattr(quick, "placed", lambda page, _: page + b"<!-- other -->")

    served.turn(engine, served.edit(RECORDS, "437", "442"))

    shown = [event for event in served.heard if isinstance(event, Page)]
    assert b"<!-- other -->" in shown[0].content
    assert served.pages() == {f"{name}.html": served.output[f"{name}.html"] for name in EDITIONS}


def test_one_word(served: Served, engine: Engine) -> None:
    """A word of one language is changed: the page of the other is not told of, no chart drawn."""
    change = served.edit("templates/chapters/people/en.md", "The ministry", "A ministry")

    served.turn(engine, change)

    assert set(served.pages()) == {"people/en.html", "people/en-zh.html"}
    assert served.told(Drawn) == []
    assert all(served.output[name] == page for name, page in served.pages().items())


def test_touched(served: Served, engine: Engine) -> None:
    """Content decides: a file that was only touched builds nothing."""
    path = served.root / RECORDS
    path.write_bytes(path.read_bytes())

    served.turn(engine, Change(frozenset({RECORDS})))

    assert served.heard == [Seen((RECORDS,)), Unchanged()]


def test_nothing_to_do_at_first(served: Served, engine: Engine) -> None:
    """Where output/ is as a report would make it, the project is only loaded, and what the last
    report found is told again."""
    listed = json.loads((served.root / "output/findings.json").read_bytes())
    (again,) = (event for event in served.heard if isinstance(event, Found))
    assert [listing.plain(each) for each in again.findings] == listed
    assert listed
    assert not again.failed
    assert isinstance(served.heard[-1], Unchanged)
    assert served.told(Published) == served.told(Printed) == []


def test_settings_that_cannot_be_read(served: Served, engine: Engine) -> None:
    """A project that cannot be built leaves output/ as it is, and nothing of what was found before:
    that may be mended."""
    served.turn(engine, served.edit(RECORDS, "heads,2010,25", "heads,2010,26"))
    assert (served.root / ".yearbook/failed/findings.html").is_file()
    before = served.output

    served.turn(engine, served.edit("data/book.toml", "data_year", "data_yaer"))

    (refused,) = (event for event in served.heard if isinstance(event, Refused))
    assert "data_year" in (refused.hint or Text("", "")).en
    assert served.output == before
    assert not (served.root / ".yearbook/failed").exists()


def test_findings(served: Served, engine: Engine) -> None:
    """A record that is wrong is told, and output/ stays as it was; mended, it is published."""
    before = served.output
    served.turn(engine, served.edit(RECORDS, "heads,2010,25", "heads,2010,26"))

    (found,) = (event for event in served.heard if isinstance(event, Found))
    assert found.failed
    assert {finding.place.cell for finding in found.findings} >= {"C3"}
    assert isinstance(served.heard[-1], Refused)
    assert served.output == before
    assert (served.root / ".yearbook/failed/findings.html").is_file()

    served.turn(engine, served.edit(RECORDS, "heads,2010,26", "heads,2010,25"))

    assert [event.changed for event in served.heard if isinstance(event, Published)] == [()]
    assert served.output == before
    assert not (served.root / ".yearbook/failed").exists()


def test_half_saved(served: Served, engine: Engine) -> None:
    """A table that ends amid a row publishes nothing."""
    before, path = served.output, served.root / RECORDS
    path.write_bytes(path.read_bytes()[:90])

    served.turn(engine, Change(frozenset({RECORDS})))

    assert served.told(Published) == []
    assert any(isinstance(event, Found) and event.failed for event in served.heard)
    assert served.output == before


def test_helper(served: Served, engine: Engine, tmp_path: Path) -> None:
    """What charts import is loaded afresh."""
    served.turn(engine, served.edit("figures/_axis.py", '"first"', '"second"'))

    assert len(served.told(Drawn)) == 6
    assert served.output == made(served.root, tmp_path / "cold")


def test_chart_that_cannot_be_loaded(served: Served, engine: Engine) -> None:
    """A module with a fault is told with its place, and output/ stays; mended, all goes on."""
    before = served.output
    served.turn(engine, served.edit("figures/sent.py", "SIZE = ", "SIZE == "))

    (refused,) = (event for event in served.heard if isinstance(event, Refused))
    assert "figures/sent.py" in refused.what.en
    assert served.output == before

    served.turn(engine, served.edit("figures/sent.py", "SIZE == ", "SIZE = "))

    assert len(served.told(Published)) == 1
    assert served.output == before


def test_file_that_came_and_went(served: Served, engine: Engine) -> None:
    """A new file is an input like any other, and gone it is none."""
    before, path = served.output, served.root / "data/people/more.csv"
    name = "data/people/more.csv"
    path.write_bytes((served.root / RECORDS).read_bytes().replace(b"heads,", b"more,"))
    served.turn(engine, Change(frozenset({name})))
    assert any(isinstance(event, Found) and event.failed for event in served.heard)

    path.unlink()
    served.turn(engine, Change(frozenset({name})))

    assert served.output == before


def test_hand_lost(served: Served, engine: Engine, tmp_path: Path) -> None:
    """The process that holds the project is killed amid its work: another does it."""
    lost: list[int] = []

    def kill(event: Event) -> None:
        served.heard.append(event)
        if isinstance(event, Page) and not lost:
            lost.append(engine.pid)
            os.kill(engine.pid, signal.SIGKILL)

    engine.tell = kill
    served.turn(engine, served.edit(RECORDS, "437", "439"))

    assert lost
    assert lost != [engine.pid]
    assert served.output == made(served.root, tmp_path / "cold")


def test_template_without_end(served: Served, engine: Engine) -> None:
    """A template that never ends is stopped and named, as in a report."""
    limits = "\n[limits]\nwall_seconds = 1\n"
    book = served.root / "data/book.toml"
    book.write_text(book.read_text("utf-8") + limits, "utf-8")
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    page = served.edit("templates/chapter.html", "<body", f"{loop}<body")
    before = served.output

    served.turn(engine, page | Change(frozenset({"data/book.toml"})))

    (found,) = (event for event in served.heard if isinstance(event, Found))
    assert "limit" in {finding.rule for finding in found.findings}
    assert served.output == before


def test_toolkit_changed(served: Served, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed toolkit ends the engine with a plain word, and publishes nothing."""
    assert served.turn(engine, Change(toolkit=True))
    assert served.heard == []
    before = served.output
    monkeypatch.setattr(receipt, "surroundings", lambda: ["code 1 changed.py"])

    assert not served.turn(engine, Change(toolkit=True))
    assert [type(event) for event in served.heard] == [Ended]
    assert not served.turn(engine, served.edit(RECORDS, "437", "440"))
    assert served.output == before


def test_packages_exchanged_amid_a_build(
    served: Served, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a hand fail because packages are being exchanged, that is what is told."""

    def broken(*_: object) -> object:
        raise FaultError("No module named 'gb2260'")

    monkeypatch.setattr(Hand, "do", broken)
    with pytest.raises(FaultError):
        engine.turn(served.edit(RECORDS, "437", "443"))
    monkeypatch.setattr(receipt, "surroundings", lambda: ["package other"])

    assert not served.turn(engine, served.edit(RECORDS, "443", "444"))
    assert isinstance(served.heard[-1], Ended)


def test_output_of_others(served: Served, engine: Engine) -> None:
    """A file of somebody else in output/ is not removed; who put it there is told."""
    (served.root / "output/mine.txt").write_text("mine", "utf-8")

    served.turn(engine, served.edit(RECORDS, "437", "441"))

    assert isinstance(served.heard[-1], Refused)
    assert "mine.txt" in served.heard[-1].what.en
    assert served.output["mine.txt"] == b"mine"


def test_nothing_is_left(served: Served, engine: Engine) -> None:
    """An engine that is closed leaves no process."""
    pid = engine.pid
    engine.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not [*(served.root / ".yearbook").glob("work-*")]


def test_no_finished_file_is_left(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However a hand ends, the files that waited there for being published go with it; and from
    one build to the next."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    project = Project(served.root, served.root / "output", 2)
    with Engine(project, served.heard.append, quiet) as engine:
        engine.begin()
        for old, new in (("437", "438"), ("438", "439")):
            served.turn(engine, served.edit(RECORDS, old, new))
            (room,) = tmp_path.glob("spool-*")
            assert {path.stat().st_nlink for path in room.iterdir()} == {2}  # the last edition
        os.kill(engine.pid, signal.SIGKILL)
        served.turn(engine, served.edit(RECORDS, "439", "437"))
        assert served.told(Published)
        assert len([*tmp_path.glob("spool-*")]) == 1
    assert [*tmp_path.glob("spool-*")] == []
