"""The only module that writes: a whole edition appears at once, or nothing changes.

The new edition is written beside the old one, brought safely to the disk, and the two folders are
exchanged by one call of the system. Whatever interrupts it leaves the old edition or the new one.
"""

import ctypes
import errno
import json
import os
import shutil
import signal
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from yearbook import reason
from yearbook.finding import counted
from yearbook.manifest import FORMAT
from yearbook.model import Artifact, Text
from yearbook.spool import Lying

FAILED = ".yearbook/failed"
"""Where the findings of a build that failed are, in its project."""
_ALLOW = Text(
    "make room or allow writing there; the last edition is as it was",
    "请腾出空间或开放写入权限；上一版未受影响",
)
_DUST = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave behind without being asked."""
_ENDING = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
_SHOWN = 5
_EXCHANGE = 2
_HERE = -100


class PublishError(OSError):
    """The edition could not be published; ``what`` and ``hint`` say why in both languages."""

    def __init__(self, what: Text, hint: Text) -> None:
        super().__init__(what.en)
        self.what = what
        self.hint = hint


def refused(name: str, problem: OSError, hint: Text) -> PublishError:
    """The error that the system does not let us write something."""
    why = reason.of(problem)
    return PublishError(
        Text(f"{name} could not be written: {why.en}", f"无法写入 {name}：{why.zh}"), hint
    )


def guard(target: Path) -> None:
    """Before any work: finish or remove what an interruption left, and make sure that the edition
    can be put there, that it replaces nothing but an edition, and that no file of anyone else's is
    lost by it. Raises `PublishError`.
    """
    try:
        _recover(target)
        _ours(target)
        for what in ("new", "old"):
            _cleared(_beside(target, what))
        _room(target)
    except PublishError:
        raise
    except OSError as problem:
        raise refused(target.name, problem, _ALLOW) from problem


def _cleared(left: Path) -> None:
    """Remove what an earlier run left beside an edition. Raises `PublishError` if it stays."""
    discard(left)
    if os.path.lexists(left):
        en = f"{left.name} in {left.parent.name}, left by an earlier report, cannot be removed"
        zh = f"{left.parent.name} 中的 {left.name} 是此前生成时遗留的，无法删除"
        raise PublishError(Text(en, zh), Text("remove it by hand", "请手动删除"))


def _ours(target: Path) -> None:
    """Refuse a folder that is no edition, or that holds files which no edition brought."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    name, manifest = target.name, target / "manifest.json"
    if not manifest.is_file() or FORMAT not in manifest.read_text("utf-8", "replace"):
        raise PublishError(
            Text(f"{name} holds something that is not an edition", f"{name} 中有其他内容"),
            Text(
                "name an empty folder or a new one with --output",
                "请用 --output 指定空文件夹或新文件夹",
            ),
        )
    strangers = sorted(_strangers(target))
    if strangers:
        shown = ", ".join(strangers[:_SHOWN]) + (", …" if len(strangers) > _SHOWN else "")
        en = f"{target.name} holds {counted(len(strangers), 'file')} that no report made: {shown}"
        zh = f"{target.name} 中有{len(strangers)}个并非由本工具生成的文件：{shown}"
        raise PublishError(
            Text(en, zh),
            Text(
                "move them elsewhere: the next edition would remove them",
                "请移到别处，否则生成新版时会被删除",
            ),
        )


def _strangers(target: Path) -> Iterator[str]:
    """Files below the folder that its manifest does not list."""
    known = listed(target)
    for file in _files(target):
        path = file.relative_to(target).as_posix()
        if path not in known and path != "manifest.json" and file.name not in _DUST:
            yield path


def listed(target: Path) -> Mapping[str, str]:
    """The files of an edition with their digests, as its manifest lists them; none if it has no
    manifest that can be read."""
    try:
        return dict(json.loads((target / "manifest.json").read_bytes())["outputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _files(target: Path) -> Iterator[Path]:
    """All files below a folder, if it is there; one that cannot be looked into may hold any."""

    def stop(problem: OSError) -> None:
        raise problem

    if target.exists():
        for folder, _, names in os.walk(target, onerror=stop):
            yield from (Path(folder, name) for name in names)


def _room(target: Path) -> None:
    """Try to write beside the target, and ask for as much room as the last edition takes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    trial = _beside(target, "new")
    trial.mkdir()
    trial.rmdir()
    wanted = sum(file.stat().st_size for file in _files(target))
    disk = os.statvfs(target.parent)
    if disk.f_bavail * disk.f_frsize < wanted:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def publish(artifacts: Iterable[Artifact], target: Path) -> None:
    """Put all artifacts in place of the folder, in one step. Raises `PublishError`."""
    staging = _beside(target, "new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        discard(staging)
        _fill(staging, artifacts)
        if (target / "manifest.json").is_file():
            _ours(target)
        _switch(staging, target)
    except PublishError:
        discard(staging)
        raise
    except OSError as problem:
        discard(staging)
        raise refused(target.name, problem, _ALLOW) from problem
    discard(staging)
    discard(_beside(target, "old"))


def put(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Put one file in place of the old one, in one step; for one that may be lost with the machine
    nobody waits for the disk. Raises `PublishError`."""
    beside = _beside(path, "new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as new:
            new.write(content)
        _sync(beside, lasting)
        beside.replace(path)
        _sync(path.parent, lasting)
    except OSError as problem:
        with suppress(OSError):
            beside.unlink()
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
        en, zh = ("make room", "请腾出空间") if full else ("allow writing there", "请开放写入权限")
        hint = Text(f"{en}; the file is as it was", f"{zh}；原文件未受影响")
        raise refused(path.name, problem, hint) from problem


def _beside(target: Path, what: str) -> Path:
    return target.parent / f".{target.name}.{what}"


def _fill(folder: Path, artifacts: Iterable[Artifact]) -> None:
    folders = {folder}
    for artifact in artifacts:
        path = folder / artifact.name
        path.parent.mkdir(parents=True, exist_ok=True)
        folders.update(parent for parent in path.parents if parent.is_relative_to(folder))
        _filled(path, artifact)
    for made in sorted(folders, reverse=True):
        _sync(made)


def _filled(path: Path, artifact: Artifact) -> None:
    """Put a file where it is to be published: one that lies on this disk takes no room again."""
    content, linked = artifact.content, False
    if isinstance(artifact.held, Lying):
        with suppress(OSError):  # another disk, or one that knows no links
            path.hardlink_to(artifact.held.path)
            linked = True
    if not linked:
        with path.open("xb") as new:  # no other file has its name
            new.write(content)
    _sync(path)


def _sync(path: Path, wanted: bool = True) -> None:
    """Bring a file or a folder to the disk, if that is wanted."""
    if wanted:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _switch(staging: Path, target: Path) -> None:
    """Exchange the two folders and bring that to the disk; where it cannot be, exchange them back.

    No signal comes between: whoever wants to end us is heard afterwards.
    """
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    fresh = not target.exists()
    try:
        _swap(staging, target, fresh=fresh)
        try:
            _sync(target.parent)
        except OSError:
            _swap(target, staging, fresh=True) if fresh else _swap(staging, target, fresh=False)
            raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _swap(staging: Path, target: Path, *, fresh: bool) -> None:
    """Exchange two folders; where the system cannot, move one after the other."""
    if fresh:
        staging.rename(target)
        return
    try:
        _exchange(staging, target)
    except OSError as problem:
        if problem.errno not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
            raise
        old = _beside(target, "old")
        discard(old)
        target.rename(old)
        try:
            staging.rename(target)
        except OSError:
            old.rename(target)
            raise
        old.rename(staging)


def _exchange(one: Path, other: Path) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        failed = library.renamex_np(*paths, _EXCHANGE)
    elif hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE)
    else:
        raise OSError(errno.ENOSYS, "no exchange of folders")
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _recover(target: Path) -> None:
    """Finish what an interruption between two moves left behind."""
    old = _beside(target, "old")
    if old.exists() and not target.exists():
        old.rename(target)


def discard(folder: Path) -> None:
    """Remove a folder of ours, if it is there, also one that somebody made read-only."""
    with suppress(OSError):
        _allow(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _allow(folder: Path) -> None:
    """Allow removing what lies in a folder and in its folders."""
    if folder.is_dir() and not folder.is_symlink():
        folder.chmod(stat.S_IRWXU)
        for each in folder.iterdir():
            _allow(each)
