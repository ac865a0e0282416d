"""Bounded work: what loops, hangs, bombs, crashes or reaches out is stopped and named."""

import ctypes
import errno
import faulthandler
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from tests.edits import ROOT, bilingual, replaced, said, with_files, written
from yearbook import build, doing
from yearbook.book import Limits
from yearbook.finding import Finding, failing
from yearbook.gallery import ChartsError, load_charts
from yearbook.model import Place
from yearbook.read import ConfigurationError, read
from yearbook.read.snapshot import Snapshot
from yearbook.template import fill
from yearbook.worker import Task, cage, each, network, note, once
from yearbook.worker.scratch import scratch

TIGHT = Limits(wall_seconds=1, cpu_seconds=1, memory_mb=200)
LOOP = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
TEXT = "templates/chapters/science-and-technology/en.md"


def stopped(work: Callable[[], object], limits: Limits = TIGHT) -> Finding:
    """The finding about work that meets a limit."""
    found = once(Task("book/en", work), limits)
    assert isinstance(found, Finding), found
    assert bilingual(found.what)
    assert bilingual(found.hint)
    assert failing([found])
    return found


@pytest.fixture(autouse=True)
def _no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary files of these tests lie in a folder of their own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_order() -> None:
    """Results come in the order of the tasks, however many work at the same time."""
    tasks = [Task(str(n), lambda n=n: n * n) for n in range(7)]  # type: ignore[misc]

    assert [list(each(tasks, Limits(), jobs)) for jobs in (1, 3, 9)] == [
        [0, 1, 4, 9, 16, 25, 36]
    ] * 3


def test_meanwhile() -> None:
    """What is to be done meanwhile is done once, here, when the first tasks are at work."""
    did: list[int] = []
    tasks = [Task(str(n), lambda: list(did)) for n in range(3)]

    assert list(each(tasks, Limits(), 1, lambda: did.append(os.getpid()))) == [
        [],
        [os.getpid()],
        [os.getpid()],
    ]
    assert not list(each([], Limits(), 1, lambda: did.append(0)))
    assert did == [os.getpid()]


def test_meanwhile_counts_for_no_task(monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that was done in time and waits to be heard is not stopped, however long what is
    done meanwhile takes."""
    clock, ahead = time.monotonic, [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock() + ahead[0])
    large = Task("large", lambda: b"x" * 9_000_000)

    def late() -> None:
        ahead[0] = 99

    assert list(each([large], Limits(wall_seconds=30), 1, late)) == [large.work()]


def test_large_result() -> None:
    """A result of any size comes through."""
    assert once(Task("large", lambda: b"x" * 9_000_000), Limits()) == b"x" * 9_000_000


def test_no_work() -> None:
    """Nothing to do is done at once."""
    assert list(each([], Limits(), 2)) == []


def test_raised() -> None:
    """What a task raises is raised here, and says where."""
    with pytest.raises(ZeroDivisionError) as raised:
        once(Task("fault", lambda: 1 // 0), Limits())
    (note,) = raised.value.__notes__
    assert note.startswith('Traceback (most recent call last):\n  File "')
    assert "test_worker.py" in note


def test_raised_but_not_sendable() -> None:
    """An exception that cannot travel is told in words."""

    class OwnError(Exception):
        pass

    def work() -> None:
        raise OwnError("mine")

    with pytest.raises(cage.FaultError, match="OwnError: mine") as raised:
        once(Task("fault", work), Limits())
    assert str(raised.value).startswith('Traceback (most recent call last):\n  File "')


def sleeping() -> None:
    """Wait for something that never comes."""
    with doing.doing(Place("data/charts.csv", 4)):
        signal.pause()


def test_wall() -> None:
    """What hangs is stopped by the clock, and named by what it was doing."""
    found = stopped(sleeping)

    assert said([found]) == ["data/charts.csv:4 - limit: book/en: stopped after 1 second"]


def test_deaf(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not listen to signals is killed, and named by what it said last."""
    monkeypatch.setattr("yearbook.worker._GRACE", 0.2)

    def deaf() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        sleeping()

    assert stopped(deaf).place == Place("data/charts.csv", 4)


def test_swallowed() -> None:
    """A library that swallows the first warning hears a second one."""

    def swallowing() -> None:
        with suppress(BaseException):
            signal.pause()
        signal.pause()

    assert stopped(swallowing).rule == "limit"


def test_processor() -> None:
    """A loop is stopped by the processor's clock even if the wall's is generous."""

    def looping() -> None:
        while True:
            pass

    found = stopped(looping, Limits(wall_seconds=60, cpu_seconds=1))
    assert "1 second of processor time" in found.what.en


def test_memory() -> None:
    """What asks for too much memory is stopped and named."""

    def bomb() -> None:
        with doing.doing(Place("a.md", 2)), doing.doing(Place("b.csv", 5)):
            bytearray(1 << 40)

    assert said([stopped(bomb)]) == [
        "b.csv:5 - limit: book/en: stopped: it needs more than 200 MB of memory"
    ]


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL])
def test_crash_is_tried_again(tmp_path: Path, number: int) -> None:
    """A worker that was killed gets a second chance; one that dies twice is reported."""
    mark = tmp_path / "mark"

    def once_only() -> str:
        if not mark.exists():
            mark.touch()
            faulthandler.disable()
            os.kill(os.getpid(), number)
        return "done"

    def always() -> None:
        faulthandler.disable()
        with doing.doing(Place("data/charts.csv", 7)):
            os.kill(os.getpid(), number)

    assert once(Task("book/en", once_only), Limits()) == "done"
    found = stopped(always)
    assert (found.rule, found.place) == ("worker", Place("data/charts.csv", 7))
    assert signal.Signals(number).name in found.what.en


def test_early_exit() -> None:
    """A library that ends the process is reported, too."""
    assert "exit 5" in stopped(lambda: os._exit(5)).what.en


def test_others_go_on() -> None:
    """One task that is stopped takes no other with it."""
    tasks = [Task("a", lambda: 1), Task("b", lambda: os._exit(1)), Task("c", lambda: 3)]

    first, second, third = each(tasks, TIGHT, 2)
    assert (first, third) == (1, 3)
    assert isinstance(second, Finding)


def test_nothing_is_left(tmp_path: Path) -> None:
    """However work ends, no process of it lives on and no file of it stays."""

    def littering() -> int:
        tempfile.mkdtemp(prefix="weasyprint-")
        return os.getpid()

    pid = once(Task("a", littering), Limits())
    assert isinstance(pid, int)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    running = each([Task("a", lambda: 1), Task("b", sleeping)], Limits(), 2)
    assert next(running) == 1
    assert isinstance(running, Generator)
    running.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_no_network() -> None:
    """A worker cannot open a socket or start a program, not even past Python."""
    assert sys.platform != "linux" or "filter" in once_or_fail(network.shut)
    for reach in (
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: subprocess.run(["true"], check=True),
        lambda: os.system("true"),  # noqa: S605
    ):
        with pytest.raises(PermissionError):
            once(Task("a", reach), Limits())


@pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")
def test_no_network_past_python() -> None:
    """The kernel refuses what does not come through Python."""

    def raw() -> tuple[int, ...]:
        library = ctypes.CDLL(None, use_errno=True)
        opened, why = library.socket(2, 1, 0), ctypes.get_errno()
        started = library.execl(b"/bin/true", b"true", None)
        return opened, why, started, ctypes.get_errno()

    assert once_or_fail(raw) == (-1, errno.EPERM, -1, errno.EPERM)


def once_or_fail(work: Callable[[], tuple[object, ...]]) -> tuple[object, ...]:
    """The result of one task."""
    done = once(Task("a", work), Limits())
    assert isinstance(done, tuple)
    return done


def test_here_nothing_changed() -> None:
    """The cage is the worker's: this process keeps its sockets and signals."""
    before = signal.getsignal(signal.SIGALRM)
    once(Task("a", lambda: None), Limits())

    socket.socket().close()
    assert signal.getsignal(signal.SIGALRM) is before


@pytest.mark.parametrize(
    "line", [LOOP, "{{ 'x' * (9 ** 12) }}", "{{ '%099999999999d'|format(1) }}"]
)
def test_template_line(line: str) -> None:
    """A bomb in a text is named by its line."""
    found = stopped(lambda: fill(f"a\n{line}\n", {}, Place("en.md", 7)))

    assert found.place.file == "en.md"
    assert found.place.line in (7, 8)


def test_line_of_a_loop() -> None:
    """A loop is named by the very line it is in."""
    assert stopped(lambda: fill(f"a\nb\n{LOOP}\n", {}, Place("en.md", 7))).place.line == 9


def test_line_of_a_chart() -> None:
    """A chart that loops is named by the line of its module."""
    module = ModuleType("figures.trial")
    code = compile("def draw():\n    while True:\n        pass\n", "/x/figures/trial.py", "exec")
    exec(code, vars(module))  # noqa: S102 - a chart of this test

    place = stopped(module.draw).place
    assert (place.file, place.line in (2, 3)) == ("figures/trial.py", True)


def test_prose_in_a_build(project: Snapshot, tmp_path: Path) -> None:
    """A loop in a chapter's text is refused before it could run, and the line is named."""
    text = project.files[TEXT].decode()
    paragraph = next(line for line in text.split("\n") if line[:1].isalpha())
    wrong = replaced(project, TEXT, paragraph, f"{paragraph} {LOOP}")

    found = failing(build.check(written(wrong, tmp_path)).findings)

    assert {(each.rule, each.place.file) for each in found} == {("call", TEXT)}
    assert found[0].place.line == text.split("\n").index(paragraph) + 1


def test_charts_that_never_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of figures/ that loops while it is loaded is stopped and named."""
    folder = tmp_path / "figures"
    folder.mkdir()
    (folder / "__init__.py").write_text("CHARTS = {}\nwhile True:\n    pass\n", encoding="utf-8")
    monkeypatch.setattr("yearbook.gallery.LIMITS", TIGHT)

    with pytest.raises(
        ChartsError, match=re.compile(r"figures/__init__.py:[23]: figures: stopped")
    ):
        load_charts(tmp_path)


@pytest.mark.parametrize(
    ("table", "wrong"),
    [("wall_seconds = 0", "above 0"), ("cpu = 3", "may hold"), ('memory_mb = "9"', "whole number")],
)
def test_limits_are_read(project: Snapshot, table: str, wrong: str) -> None:
    """The limits of book.toml are whole numbers with known names; others have their defaults."""
    toml = project.files["data/book.toml"]

    def reading(lines: str) -> Limits:
        changed = toml.replace(b"[[chapter]]", f"[limits]\n{lines}\n[[chapter]]".encode(), 1)
        return read(with_files(project, **{"data/book.toml": changed})).book.limits

    assert reading("cpu_seconds = 7") == Limits(cpu_seconds=7)
    with pytest.raises(ConfigurationError, match=wrong):
        reading(table)


def test_limits_are_documented() -> None:
    """The defaults are those of docs/limits.md."""
    page = (ROOT / "docs" / "limits.md").read_text("utf-8")
    defaults = Limits()

    for name in ("wall_seconds", "cpu_seconds", "memory_mb"):
        assert f"{name} = {getattr(defaults, name)}" in page


def test_board_too_small() -> None:
    """A name longer than the board is not written; what stood there stays."""
    board = note.Board()
    board.write(Place("a.md", 1))
    board.write(Place("x" * 5000, 1))

    assert board.read() == Place("a.md", 1)


def test_scratch(tmp_path: Path) -> None:
    """Temporary files lie in the folder and are gone afterwards; rooms of dead builds are swept."""
    folder = tmp_path / "work"
    (folder / "dead").mkdir(parents=True)
    (folder / "dead" / "file").touch()
    before = tempfile.gettempdir()
    with scratch(folder):
        room = Path(tempfile.gettempdir())
        assert room.parent == folder
        assert os.environ["TMPDIR"] == str(room)
        with scratch(folder):
            assert room.exists(), "it is held"
        assert list(folder.iterdir()) == [room]
        assert tempfile.gettempdir() == str(room)
    assert tempfile.gettempdir() == before
    assert list(folder.iterdir()) == []


def test_scratch_that_cannot_be_made(tmp_path: Path) -> None:
    """Where nothing may be written, the system's own folder serves."""
    (tmp_path / "file").touch()
    before = tempfile.gettempdir()
    with scratch(tmp_path / "file" / "work"):
        assert tempfile.gettempdir() == before


def test_orphan() -> None:
    """A worker ends when its supervisor is killed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        once(Task("a", lambda: os.write(writer, b"x") and signal.sigwait([])), Limits())
        os._exit(0)
    os.close(writer)
    assert os.read(reader, 1) == b"x"
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    started = time.monotonic()
    # The end of the pipe comes when the last process that could write to it is gone.
    assert os.read(reader, 1) == b""
    assert time.monotonic() - started < 60
    os.close(reader)
