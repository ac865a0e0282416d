"""Whatever happens at whatever moment, the engine does not leave behind what is no longer so."""

import errno
import os
import signal
from pathlib import Path

import pytest

from tests.test_engine import RECORDS, Served, built, engine, made, quiet, served
from yearbook import reason, worker, write
from yearbook.engine import Change, Engine, Event, Project
from yearbook.engine.event import Found, Page, Published, Refused
from yearbook.engine.hand import Hand
from yearbook.model import Text
from yearbook.write import PublishError

__all__ = ["built", "engine", "served"]


def test_saved_again_amid_a_build_and_undone(
    served: Served, engine: Engine, tmp_path: Path
) -> None:
    """A table is saved anew between the look for the pages and the look for the report: what was
    published is the second, so that going back to the first is a change."""

    def again(event: Event) -> None:
        if isinstance(event, Page):
            os.kill(engine.pid, signal.SIGSTOP)
            served.edit(RECORDS, "445", "446")
            os.kill(engine.pid, signal.SIGCONT)
            engine.tell = served.heard.append

    engine.tell = again
    served.turn(engine, served.edit(RECORDS, "437", "445"))
    assert b"446" in served.output["people/en.html"]

    served.turn(engine, served.edit(RECORDS, "446", "445"))

    assert served.output == made(served.root, tmp_path / "cold")


def test_file_that_could_not_be_read_is_gone(
    served: Served, engine: Engine, tmp_path: Path
) -> None:
    """A link out of the project is refused; removed, as the hint has it, all is built."""
    (tmp_path / "elsewhere.csv").write_text("id\n", "utf-8")
    link = served.root / "data/people/link.csv"
    link.symlink_to(tmp_path / "elsewhere.csv")
    change = Change(frozenset({"data/people/link.csv"}))
    served.turn(engine, change)
    assert isinstance(served.heard[-1], Refused)

    link.unlink()
    served.turn(engine, change)

    assert len(served.told(Published)) == 1


def test_file_that_cannot_be_read_at_once(
    served: Served, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that changed and cannot be read is left to the loader, which tells of it as ever."""
    stock = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path.name == "people.csv" and path.is_relative_to(served.root):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stock(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", denied)
        engine.close()
        name = "data/people/rules.csv"
        served.turn(engine, served.edit(name, "heads are among", "all heads are among"))
    served.turn(engine, served.edit(RECORDS, "437", "451"))

    assert len(served.told(Published)) == 1


def test_copy_left_behind(served: Served, engine: Engine, tmp_path: Path) -> None:
    """A copy is not read, but told of: what tells of it is published, too."""
    name = "data/people/people - copy.csv"
    (served.root / name).write_bytes((served.root / RECORDS).read_bytes())

    served.turn(engine, Change(frozenset({name})))

    (told,) = (event for event in served.heard if isinstance(event, Found))
    assert name in {found.place.file for found in told.findings}
    assert served.output == made(served.root, tmp_path / "cold")


def test_not_published(
    served: Served, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What could not be published is owed: the next change, a touch even, publishes it."""
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise PublishError(Text("no room", "空间不足"), Text("make room", "请腾出空间"))

        patch.setattr(write, "publish", full)
        change = served.edit(RECORDS, "437", "447")
        served.turn(engine, change)
        assert isinstance(served.heard[-1], Refused)

    served.turn(engine, change)

    assert served.output == made(served.root, tmp_path / "cold")


def test_saved_while_the_engine_begins(
    served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A table saved after the receipt was compared and before the project is loaded is built."""
    stock = Hand.do

    def later(hand: Hand, *rest: object) -> object:
        monkeypatch.setattr(Hand, "do", stock)
        served.edit(RECORDS, "437", "448")
        return stock(hand, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Hand, "do", later)
    project = Project(served.root, served.root / "output", 2)
    with Engine(project, served.heard.append, quiet) as begun:
        begun.begin()
        begun.turn(Change(frozenset({RECORDS})))

    assert served.output == made(served.root, tmp_path / "cold")


def test_nobody_listens(served: Served, engine: Engine) -> None:
    """Where what the engine tells cannot be told on, that is the trouble, and no lost hand."""

    def late(event: Event) -> None:
        served.heard.append(event)
        if isinstance(event, Page):
            raise BrokenPipeError

    engine.tell = late
    with pytest.raises(BrokenPipeError):
        served.turn(engine, served.edit(RECORDS, "437", "449"))
    assert len(served.told(Page)) == 1


def test_machine_that_refuses(
    served: Served, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told as such, as by a report, not as a fault of ours; then all goes on."""
    with monkeypatch.context() as patch:

        def full(**_: object) -> str:
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(worker, "mkdtemp", full)
        engine.close()
        change = served.edit(RECORDS, "437", "450")
        served.turn(engine, change)
        assert served.heard[-1] == Refused(*reason.machine(OSError(errno.ENOSPC, "")) or ())
    engine.close()

    served.turn(engine, change)

    assert len(served.told(Published)) == 1


def test_strict_begins_with_a_build(served: Served) -> None:
    """What a report let pass may not pass here: what it left is not taken for right."""
    with Engine(
        Project(served.root, served.root / "output", 2, strict=True), served.heard.append, quiet
    ) as begun:
        begun.begin()
    assert len(served.told(Found)) == 1
