"""How a command ends: its exit code, its message, no traceback, nothing tried again at the end."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.edits import ROOT
from yearbook import cli, reason
from yearbook.ending import Heeding, ended

SENTENCE = "from yearbook.ending import Heeding, ended\nimport os, signal, sys, time, click\n"


def run(program: str, stdout: int) -> subprocess.CompletedProcess[bytes]:
    """A Python of its own that ends a command."""
    return subprocess.run(
        [sys.executable, "-c", SENTENCE + program],
        cwd=ROOT,
        check=False,
        stderr=subprocess.PIPE,
        stdout=stdout,
    )


def raising(fault: BaseException) -> Callable[[], None]:
    """A command that fails."""

    def command() -> None:
        raise fault

    return command


@pytest.fixture
def heard() -> Iterator[None]:
    """Signals as a program in the foreground hears them; what starts it with nohup ignores some."""
    before = {
        signal.SIGTERM: signal.signal(signal.SIGTERM, signal.SIG_DFL),
        signal.SIGHUP: signal.signal(signal.SIGHUP, signal.SIG_DFL),
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
    }
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signals(number: signal.Signals, capfd: pytest.CaptureFixture[str]) -> None:
    """A signal ends a command through its own cleaning up, with the code a shell expects."""
    cleaned: list[bool] = []

    def command() -> None:
        try:
            os.kill(os.getpid(), number)
            signal.sigtimedwait([], 1)
        finally:
            cleaned.append(True)

    with pytest.raises(SystemExit) as raised:
        ended(command)
    assert raised.value.code == 128 + number
    assert cleaned == [True]
    assert "Traceback" not in capfd.readouterr().err
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_ignored_signal_stays_ignored() -> None:
    """A command started with nohup outlives its terminal."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        ended(lambda: os.kill(os.getpid(), signal.SIGHUP))
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("words", [1, 100_000])
@pytest.mark.parametrize("made", ["say", "Heeding(callback=say, invoke_without_command=True)"])
def test_nobody_reads_on(words: int, made: str) -> None:
    """A pipe that was closed ends a command quietly, at once or at the last flush, and not as click
    would end it."""
    reader, writer = os.pipe()
    os.close(reader)
    called = "made" if made == "say" else "lambda: made.main([], standalone_mode=False)"
    program = f"say = lambda: click.echo('word ' * {words}); made = {made}; ended({called})"
    done = run(program, stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


def test_all_commands_heed() -> None:
    """Every command tells of a reader who has gone."""
    assert isinstance(cli.main, Heeding)


def test_no_output_at_all() -> None:
    """A command without a standard output does its work all the same."""
    done = subprocess.run(
        [
            "sh",
            "-c",
            'exec "$0" -c "$1" >&-',
            sys.executable,
            SENTENCE + "ended(lambda: click.echo('a'))",
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EMFILE, errno.EAGAIN]
)
def test_machine_refuses(number: int, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What the machine refuses is told in both languages, without its folders, with code 2."""
    fault = OSError(number, os.strerror(number), str(tmp_path / "file.csv"))
    with pytest.raises(SystemExit) as raised:
        ended(raising(fault))
    said = capfd.readouterr().err
    assert raised.value.code == 2
    why = reason.of(fault)
    assert f"this machine refuses: {why.en}: file.csv\n" in said
    assert f"本机拒绝操作：{why.zh}：file.csv\n" in said
    assert str(tmp_path) not in said


@pytest.mark.parametrize("fault", [OSError(errno.ENOENT, "x"), KeyError("x")])
def test_fault_of_the_toolkit(fault: Exception, capfd: pytest.CaptureFixture[str]) -> None:
    """What nobody foresaw is told as a fault of the toolkit, with its traceback."""
    with pytest.raises(SystemExit) as raised:
        ended(raising(fault))
    said = capfd.readouterr().err
    assert raised.value.code == 3
    assert "Traceback" in said
    assert "这是工具本身的错误" in said
