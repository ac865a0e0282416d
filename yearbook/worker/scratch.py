"""A folder for temporary files that is gone afterwards, even after a kill: the next run sweeps."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

SCRATCH = ".yearbook/work"
"""Where temporary files lie, in a project."""


@contextmanager
def scratch(folder: Path) -> Iterator[None]:
    """Let everything temporary of this process and its workers lie below a folder, for the while.

    A room is held by a lock of the kernel as long as its process lives; rooms that nobody holds
    are removed. Where the folder cannot be made, the system's own is used.
    """
    before = os.environ.get("TMPDIR"), tempfile.tempdir
    try:
        room, held = _room(folder)
    except OSError:
        room = None
    if room is None:
        yield
        return
    os.environ["TMPDIR"] = tempfile.tempdir = str(room)
    try:
        yield
    finally:
        tempfile.tempdir = before[1]
        os.environ.pop("TMPDIR")
        if before[0] is not None:
            os.environ["TMPDIR"] = before[0]
        rmtree(room, ignore_errors=True)
        os.close(held)


def _room(folder: Path) -> tuple[Path, int]:
    folder.mkdir(exist_ok=True)
    door = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        for room in folder.iterdir():
            _swept(room)
        room = Path(tempfile.mkdtemp(dir=folder))
        held = os.open(room, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
    finally:
        os.close(door)
    return room, held


def _swept(room: Path) -> None:
    """Remove a room if nobody holds it."""
    with suppress(OSError):
        handle = os.open(room, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            rmtree(room, ignore_errors=True)
        finally:
            os.close(handle)
