"""The command that stays: what it prints, and how it ends."""

import json
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import IO, Any

import pytest

from tests.edits import ROOT
from tests.small import small
from yearbook import cli
from yearbook.engine.event import Page, Unchanged
from yearbook.engine.watch import DeafError
from yearbook.serving import _teller
from yearbook.terminal import Bilingual, Manner


def events(stream: IO[str], last: str) -> list[dict[str, Any]]:
    """The events that are told, up to one of a kind."""
    found: list[dict[str, Any]] = []
    for line in stream:
        found.append(json.loads(line))
        if found[-1]["event"] == last:
            break
    return found


def serve(root: Path) -> None:
    """The command as a part of all: called by itself it would remember another name of its help."""
    cli.main.main(["serve", "--root", str(root)], standalone_mode=False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve(tmp_path: Path, number: signal.Signals) -> None:
    """It builds, hears of a change, builds again, and leaves nothing behind when it is ended."""
    root = small(tmp_path / "book")
    command = [sys.executable, "build.py", "serve", "--no-browser", "--json", "--root", str(root)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        # Who runs the tests in the background has the keyboard's signal ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        assert process.stdout is not None
        first = events(process.stdout, "published")
        (shown,) = {e["path"] for e in first if e.get("name") == "people/en.html"}
        preview, published = root / shown, root / "output/people/en.html"
        assert preview.read_bytes() == published.read_bytes()
        assert [event["event"] for event in first if event["event"] == "printed"] == ["printed"] * 3
        path = root / "data/people/people.csv"
        path.write_text(path.read_text("utf-8").replace("437", "438"), "utf-8")
        then = events(process.stdout, "published")
        process.send_signal(number)
        rest = process.stdout.read()

    assert then[0] == {"event": "seen", "files": ["data/people/people.csv"]}
    assert "people/en.html" in then[-1]["changed"]
    assert b"438" in preview.read_bytes()
    assert preview.read_bytes() == published.read_bytes()
    assert rest == ""
    assert process.returncode == 128 + number
    assert list((root / ".yearbook/work").iterdir()) == []
    assert {path.name for path in root.iterdir()} == {
        *("data", "templates", "figures", "output", ".yearbook"),
    }


def test_nobody_can_listen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system lets nobody listen, it says so and what to do, in both languages."""
    (tmp_path / "data").mkdir()

    def full(*_: object) -> None:
        raise DeafError("limit reached")

    monkeypatch.setattr("yearbook.engine.Watcher", full)
    with pytest.raises(Bilingual, match=r"limit reached[^$]*监视文件"):
        serve(tmp_path)


def test_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can listen to the system, it says what to install."""
    (tmp_path / "data").mkdir()
    monkeypatch.setattr("yearbook.engine.watch.util.find_spec", lambda _: None)
    with pytest.raises(Bilingual, match="watchfiles"):
        serve(tmp_path)


def test_no_room_for_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that cannot be put where it can be looked at is told of as such; all else goes on."""
    tell = _teller(Manner(), tmp_path)
    (tmp_path / ".yearbook").write_text("", "utf-8")
    tell(Page("people/en.html", b"x"))
    tell(Unchanged())
    said = capsys.readouterr()
    assert "en.html could not be written" in said.err
    assert "无法写入 en.html" in said.err
    assert said.out == "nothing changed  没有变化\n"
