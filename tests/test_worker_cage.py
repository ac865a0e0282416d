"""The cage of a worker, seen from inside: what it may use, whom it hears, what it cannot do."""

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from yearbook.book import Limits
from yearbook.finding import Finding
from yearbook.worker import Task, cage, network, once

T = TypeVar("T")
MB = 1024 * 1024
ALLOWED, REFUSED = 0x7FFF0000, 0x00050000 | errno.EPERM
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""As linux/audit.h names them."""


def inside(work: Callable[[], T], **limits: int) -> T:
    """What a worker answers."""
    answer = once(Task("trial", work), Limits(**limits))
    assert not isinstance(answer, Finding), answer
    return answer


def test_limits() -> None:
    """Processor and memory are those of the book, the system kills five seconds later, and nothing
    is dumped; the clock rings again should a library swallow its first bell."""

    def work() -> tuple[object, ...]:
        kinds = (resource.RLIMIT_CPU, resource.RLIMIT_CORE)
        left, again = signal.getitimer(signal.ITIMER_REAL)
        return *map(resource.getrlimit, kinds), 40 < left <= 50, again

    assert inside(work, cpu_seconds=40, wall_seconds=50) == ((40, 45), (0, 0), True, 0.5)


def test_limits_within_those_of_the_system() -> None:
    """Where the system allows less, less is asked for."""

    def work() -> tuple[int, int]:
        cage._limit(Limits(cpu_seconds=1000))
        return resource.getrlimit(resource.RLIMIT_CPU)

    assert inside(work, cpu_seconds=40) == (45, 45)


def test_memory_beyond_what_is_shared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the worker shares with its supervisor is not counted, where the system tells it."""

    def work() -> tuple[int, int]:
        return resource.getrlimit(resource.RLIMIT_AS)

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    soft, hard = inside(work, memory_mb=700)
    assert abs(soft - 700 * MB - pages * resource.getpagesize()) < 64 * MB
    assert hard == resource.getrlimit(resource.RLIMIT_AS)[1]
    monkeypatch.setattr(cage, "Path", lambda _: tmp_path / "none")
    assert cage._memory(Limits(memory_mb=7)) == 7 * MB
    monkeypatch.setattr(resource, "getrlimit", lambda _: (5 * MB, 6 * MB))
    assert cage._memory(Limits(memory_mb=7)) == 6 * MB


def test_surroundings() -> None:
    """A worker leads a group of its own, writes its files where they are swept, says nothing on
    the standard output, and leaves the keyboard to its supervisor."""
    signals = (signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGINT)

    def work() -> tuple[object, ...]:
        places = {os.environ["TMPDIR"], tempfile.gettempdir(), str(tempfile.tempdir)}
        return (
            os.getpgid(0) == os.getpid(),
            sys.stdout is sys.stderr,
            [Path(place).name[:5] for place in places],
            [signal.getsignal(number) for number in signals],
        )

    default = signal.SIG_DFL
    heard = [signal.signal(number, lambda *_: None) for number in signals]
    try:
        told = inside(work)
    finally:
        for number, before in zip(signals, heard, strict=True):
            signal.signal(number, before)
    assert told == (True, True, ["work-"], [default, default, default, signal.SIG_IGN])


class Probe:
    """A result that says what limits hold when it is sent."""

    def __reduce__(self) -> tuple[object, ...]:
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        timer = signal.getitimer(signal.ITIMER_REAL)
        return tuple, ((soft == hard, timer, signal.getsignal(signal.SIGXCPU)),)


@pytest.mark.parametrize("fails", [False, True])
def test_the_answer_is_not_limited(fails: bool) -> None:
    """When the work is done its limits end: telling what came of it is ours."""

    def work() -> object:
        if fails:
            raise MemoryError
        return Probe()

    if not fails:
        assert inside(work) == (True, (0.0, 0.0), signal.SIG_IGN)
        return
    found = once(Task("trial", work), Limits(memory_mb=300))
    assert isinstance(found, Finding)
    assert found.what.en == "trial: stopped: it needs more than 300 MB of memory"


@pytest.mark.parametrize(
    "event",
    [
        *("socket.connect", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"),
        *("os.spawn", "pty.spawn", "ftplib.connect", "http.client.connect", "urllib.Request"),
        *("smtplib.connect", "webbrowser.open"),
    ],
)
def test_what_python_refuses(event: str) -> None:
    """Whatever reaches out of the process is refused, with its name; the rest is not."""
    with pytest.raises(PermissionError) as refused:
        network._hook(event, ())
    assert refused.value.errno == errno.EPERM
    assert refused.value.strerror == f"{event}: a worker has no network and runs no program"
    for harmless in ("open", "os.listdir", "import"):
        network._hook(harmless, ())


@pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
def test_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker knows which walls stand: Python's everywhere, the kernel's where there is one."""
    walls = inside(network.shut)
    assert walls[0] == "hook"
    assert walls[-1] == "filter"
    assert set(walls) <= {"hook", "namespace", "filter"}
    apart = inside(lambda: ctypes.CDLL(None).unshare(0x40000000) == 0)
    assert ("namespace" in walls) == apart
    place = Path("/proc/self/ns/net")
    assert (inside(place.readlink) != place.readlink()) == apart, "where it may, it is elsewhere"
    monkeypatch.setattr(platform, "machine", lambda: "mips")
    assert "filter" not in inside(network.shut)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert inside(network.shut) == ("hook",)


def test_a_worker_that_lost_its_supervisor() -> None:
    """It ends at once if that is gone before it could ask to be told."""
    pid = os.fork()
    if pid == 0:
        try:
            network.die_with(os.getpid())
        finally:
            os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_ended_with_its_supervisor() -> None:
    """The system is told to end a worker when its supervisor ends, however that ends, to give
    it no more rights, and to look at its calls."""

    def work() -> int:
        number = ctypes.c_int()
        assert ctypes.CDLL(None).prctl(2, ctypes.byref(number)) == 0
        return number.value

    assert inside(work) == signal.SIGKILL
    status = Path("/proc/self/status")
    told = inside(lambda: status.read_text("ascii"))
    assert "NoNewPrivs:\t1\n" in told
    assert "Seccomp:\t2\n" in told


def filtered(machine: str, architecture: int, number: int) -> int:
    """What the kernel does with a call: the filter, run as linux/filter.h says."""
    code = network._program(*network._CALLS[machine])
    steps = [struct.unpack("HBBI", code[at : at + 8]) for at in range(0, len(code), 8)]
    data, at, held = {0: number, 4: architecture}, 0, 0
    while True:
        kind, yes, no, value = steps[at]
        at += 1
        if kind == 0x20:
            held = data[value]
        elif kind == 0x06:
            return int(value)
        else:
            assert kind in (0x15, 0x35)
            at += yes if (held == value if kind == 0x15 else held >= value) else no


@pytest.mark.parametrize(
    ("machine", "refused"),
    [("x86_64", {41, 59, 322, 425}), ("aarch64", {198, 221, 281, 425})],
)
def test_what_the_kernel_refuses(machine: str, refused: set[int]) -> None:
    """No socket, no program, no ring of calls, on either kind of machine; all else goes through,
    but for calls by another table of numbers."""
    architecture = ARCHITECTURES[machine]
    for number in range(500):
        wanted = REFUSED if number in refused else ALLOWED
        assert filtered(machine, architecture, number) == wanted, number
    for other in (architecture + 1, 0x40000003, 8):
        assert filtered(machine, other, 0) == REFUSED
    assert filtered(machine, architecture, 0x3FFFFFFF) == ALLOWED
    assert filtered(machine, architecture, 0x40000000) == REFUSED
    assert filtered(machine, architecture, 0x40000000 + 41) == REFUSED
