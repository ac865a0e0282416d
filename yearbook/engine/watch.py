"""Notices that files of a project changed, in a process of its own: what it starts to listen to
the system (threads) must not be there when others are forked.
"""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import util
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

from yearbook.model import Text
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


class DeafError(RuntimeError):
    """Changes cannot be listened to, or no longer; ``what`` and ``hint`` say so to a person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.what = Text(
            "changes of files cannot be noticed" + (f": {why}" if why else ""),
            "无法监视文件变动" + (f"，系统报告“{why}”" if why else ""),
        )
        self.hint = Text(
            "allow reading all folders of the project, close other programs that watch files or "
            "raise fs.inotify.max_user_watches, then start again; with WATCHFILES_FORCE_POLLING=1 "
            "files are looked at instead",
            "请开放项目中所有文件夹的读取权限，关闭其他监视文件的程序，或调高 "
            "fs.inotify.max_user_watches，然后重新启动；"
            "也可设置 WATCHFILES_FORCE_POLLING=1，改为定时查看文件",
        )


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
    """Listens for changes below the rooms of a project and below folders of the toolkit.

    Raises `DeafError` where the system does not let it.
    """

    def __init__(self, root: Path, toolkit: Sequence[Path]) -> None:
        self._pipe, theirs = Pipe()
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            self._pipe.close()
            _live(root, toolkit, theirs, parent)
        theirs.close()
        try:
            self._heard()
        except DeafError:
            self.end()
            raise

    def __enter__(self) -> "Watcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def wait(self) -> Change:
        """The changes since the last time, when there are any. Raises `DeafError`."""
        found = Change()
        while found == Change() or self._pipe.poll():
            found |= self._heard()
        return found

    def _heard(self) -> Change:
        try:
            told: Change | str = self._pipe.recv()
        except EOFError:
            told = ""
        if isinstance(told, str):
            raise DeafError(told)
        return told

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
    except Exception as problem:  # noqa: BLE001 - watchfiles has several kinds
        told.send(str(problem))
    finally:
        os._exit(1)


def _changes(root: Path, toolkit: Sequence[Path]) -> Iterator[Change]:
    """All changes; the first is none and says that the listening has begun."""
    import watchfiles  # noqa: PLC0415 - only who watches needs it

    mounts = _MOUNTS.read_text("utf-8", "replace") if _MOUNTS.is_file() else ""
    polling = True if far(mounts, str(root)) else None  # None: as the environment says
    before: dict[Path, tuple[int, int]] | None = None
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
            frozenset(path.name for path in {*rooms, *before})
            if before is not None
            else frozenset()
        )
        begun = False
        with suppress(FileNotFoundError):  # a room that went at this moment is looked for again
            for found in told:
                change = named(root, toolkit, [path for _, path in found])
                if not begun:
                    yield change | missed
                elif change != Change():
                    yield change
                begun = True
                if _rooms(root) != rooms:
                    break
        if not begun:
            time.sleep(_LOOK / 1000)
        before = rooms


def _rooms(root: Path) -> dict[Path, tuple[int, int]]:
    """The rooms that are there, each with what tells it from another of the same name."""
    paths = [root / room for room in ROOMS if (root / room).is_dir()]
    return {path: ((about := path.stat()).st_dev, about.st_ino) for path in paths}
