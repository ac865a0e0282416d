"""A process without a network and without other programs, as well as its system allows.

Three walls, each alone enough for our own code: a network namespace with no way out (Linux, where
root or user namespaces allow), a filter of system calls (Linux on x86-64 and ARM64), and a hook of
Python's own that works everywhere.
"""

import ctypes
import errno
import os
import platform
import signal
import struct
import sys
from typing import Any

_NEWNET, _PDEATHSIG, _NO_NEW_PRIVS, _SECCOMP, _FILTER = 0x40000000, 1, 38, 22, 2
# Architecture of audit.h; the numbers of socket, execve, execveat and io_uring_setup.
_CALLS = {
    "x86_64": (0xC000003E, (41, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 425)),
}
_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn",
    "ftplib.", "http.", "urllib.", "smtplib.", "webbrowser.",
)  # fmt: skip
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM


def shut() -> tuple[str, ...]:
    """Shut this process off, for good; says which walls stand."""
    walls = ["hook"]
    sys.addaudithook(_hook)
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if library.unshare(_NEWNET) == 0:
            walls.append("namespace")
        if _filtered(library):
            walls.append("filter")
    return tuple(walls)


def die_with(parent: int) -> None:
    """End this process when its parent ends, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _hook(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(errno.EPERM, f"{event}: a worker has no network and runs no program")


def _filtered(library: Any) -> bool:
    """Let the kernel refuse the calls that open a socket or start a program."""
    known = _CALLS.get(platform.machine())
    if known is None or library.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    code = _program(*known)
    memory = ctypes.create_string_buffer(code)
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(memory))
    return bool(library.prctl(_SECCOMP, _FILTER, ctypes.c_char_p(program)) == 0)


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """The filter in the kernel's own words (linux/filter.h): code, jumps, value."""
    many = len(calls)
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, many + 3, architecture),
        (_LOAD, 0, 0, 0),
        # The second set of numbers of x86-64 would go round the list.
        (_AT_LEAST, many + 1, 0, 0x40000000),
        *((_EQUAL, many - at, 0, call) for at, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
