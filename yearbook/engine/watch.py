"""Notices that files of a project changed, in a process of its own: what it starts to listen to
the system (threads) must not be there when others are forked.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import util
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

from yearbook.receipt import ROOMS, ignored
from yearbook.worker import network

_TOGETHER = 200
"""Milliseconds for which changes are gathered at most while more of them come."""
_QUIET = 10
"""Milliseconds without a change after which those gathered are told."""
_LOOK = 500
"""Milliseconds after which the rooms are looked for again: one may have come, or been replaced."""
_MOUNTS = Path("/proc/self/mounts")
_FAR = ("nfs", "cifs", "smb", "fuse", "9p", "afs", "vboxsf", "prl_fs", "drvfs", "ceph", "gluster")
"""How the names of file systems begin whose changes the kernel may not tell of."""


@dataclass(frozen=True, slots=True)
class Change:
    """Files that may have changed, by their names in the project; whether the toolkit may have."""

    files: frozenset[str] = frozenset()
    toolkit: bool = False

    def __or__(self, other: "Change") -> "Change":
        """Both changes as one."""
        return Change(self.files | other.files, self.toolkit or other.toolkit)


def possible() -> bool:
    """Whether the package that listens to the system is installed."""
    return util.find_spec("watchfiles") is not None


def far(mounts: str, folder: str) -> bool:
    """Whether a folder lies where the kernel does not tell of what others change, by the text of
    /proc/mounts: its files must be looked at again and again.

    >>> mounts = "/dev/sda / ext4 rw 0 0\\nhost:/x /books nfs4 rw 0 0\\n"
    >>> far(mounts, "/books/2011"), far(mounts, "/bookshelf")
    (True, False)
    """
    found = ("", "")
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) > 2:
            at = parts[1].replace("\\040", " ").rstrip("/")
            if (folder == at or folder.startswith(f"{at}/")) and len(at) >= len(found[0]):
                found = (at, parts[2])
    return found[1].startswith(_FAR)


def named(root: Path, toolkit: Sequence[Path], paths: Sequence[str]) -> Change:
    """What changed, of all paths that the system tells of.

    >>> root = Path("/book")
    >>> paths = ["/book/data/a.csv", "/book/data/.a.csv.swp", "/yearbook/x.py"]
    >>> named(root, [Path("/yearbook")], paths)
    Change(files=frozenset({'data/a.csv'}), toolkit=True)
    """
    files, ours = set(), False
    for path in map(Path, paths):
        if path.is_relative_to(root) and path.relative_to(root).parts[:1] in {(r,) for r in ROOMS}:
            name = path.relative_to(root)
            if not any(map(ignored, name.parts)):
                files.add(name.as_posix())
        elif any(path.is_relative_to(one) for one in toolkit):
            ours = ours or not any(map(ignored, path.parts[1:]))
    return Change(frozenset(files), ours)


class Watcher:
    """Listens for changes below the rooms of a project and below folders of the toolkit."""

    def __init__(self, root: Path, toolkit: Sequence[Path]) -> None:
        self._pipe, theirs = Pipe()
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            self._pipe.close()
            _live(root, toolkit, theirs, parent)
        theirs.close()
        self._pipe.recv()

    def wait(self) -> Change:
        """The changes since the last time, when there are any. Raises EOFError if it ended."""
        found = Change()
        while found == Change() or self._pipe.poll():
            found |= self._pipe.recv()
        return found

    def end(self) -> None:
        """Listen no more."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        self._pipe.close()


def _live(root: Path, toolkit: Sequence[Path], told: Connection, parent: int) -> None:
    """The life of a watcher: it never returns."""
    try:
        os.setpgid(0, 0)
        network.die_with(parent)
        for change in _changes(root, toolkit):
            told.send(change)
    finally:
        os._exit(1)


def _changes(root: Path, toolkit: Sequence[Path]) -> Iterator[Change]:
    """All changes; the first is none and says that the listening has begun."""
    import watchfiles  # noqa: PLC0415 - only who watches needs it

    mounts = _MOUNTS.read_text("utf-8", "replace") if _MOUNTS.is_file() else ""
    polling = True if far(mounts, str(root)) else None  # None: as the environment says
    before: dict[Path, tuple[int, int]] = {}
    while True:
        rooms = _rooms(root)
        told = watchfiles.watch(
            *rooms,
            *(path for path in toolkit if path.exists()),
            watch_filter=None,
            debounce=_TOGETHER,
            step=_QUIET,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            force_polling=polling,
        )
        # Who begins to listen anew may have missed something.
        missed = Change(
            frozenset(path.name for path in {*rooms, *before}) if before else frozenset()
        )
        begun = False
        for found in told:
            change = named(root, toolkit, [path for _, path in found])
            if not begun:
                yield change | missed
            elif change != Change():
                yield change
            begun = True
            if _rooms(root) != rooms:
                break
        before = rooms


def _rooms(root: Path) -> dict[Path, tuple[int, int]]:
    """The rooms that are there, each with what tells it from another of the same name."""
    paths = [root / room for room in ROOMS if (root / room).is_dir()]
    return {path: ((about := path.stat()).st_dev, about.st_ino) for path in paths}
