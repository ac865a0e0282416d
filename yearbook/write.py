"""The only module that writes: a whole edition appears at once, or nothing changes.

The new edition is written beside the old one, brought safely to the disk, and the two folders are
exchanged by one call of the system. Whatever interrupts it leaves the old edition or the new one.
"""

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from yearbook.manifest import FORMAT
from yearbook.model import Artifact, Text

_EXCHANGE = 2
_HERE = -100


class PublishError(OSError):
    """The edition could not be published; ``what`` and ``hint`` say why in both languages."""

    def __init__(self, what: Text, hint: Text) -> None:
        super().__init__(what.en)
        self.what = what
        self.hint = hint


def guard(target: Path) -> None:
    """Refuse to replace a folder that is not ours. Raises `PublishError`."""
    _recover(target)
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    manifest = target / "manifest.json"
    if manifest.is_file() and FORMAT in manifest.read_text("utf-8", "replace"):
        return
    raise PublishError(
        Text(
            f"{target.name} holds something that is not an edition", f"{target.name} 中有其他内容"
        ),
        Text(
            "name an empty folder or a new one with --output",
            "请用 --output 指定空文件夹或新文件夹",
        ),
    )


def publish(artifacts: Iterable[Artifact], target: Path) -> None:
    """Put all artifacts in place of the folder, in one step. Raises `PublishError`."""
    staging = _beside(target, "new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        discard(staging)
        _fill(staging, artifacts)
        _switch(staging, target)
        _sync(target.parent)
    except OSError as problem:
        discard(staging)
        raise PublishError(
            Text(
                f"{target.name} could not be written: {problem.strerror or problem}",
                f"无法写入 {target.name}：{problem.strerror or problem}",
            ),
            Text(
                "make room or allow writing there; the last edition is as it was",
                "请腾出空间或开放写入权限；上一版未受影响",
            ),
        ) from problem
    discard(staging)
    discard(_beside(target, "old"))


def put(path: Path, content: bytes) -> None:
    """Put one file in place of the old one, in one step. Raises `PublishError`."""
    beside = _beside(path, "new")
    try:
        with beside.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        beside.replace(path)
        _sync(path.parent)
    except OSError as problem:
        beside.unlink(missing_ok=True)
        raise PublishError(
            Text(
                f"{path.name} could not be written: {problem.strerror or problem}",
                f"无法写入 {path.name}：{problem.strerror or problem}",
            ),
            Text("allow writing there; the file is as it was", "请开放写入权限；原文件未受影响"),
        ) from problem


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the project for one build; a second one waits. The system frees it if we die.

    Raises `PublishError` where nothing may be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("w")
    except OSError as problem:
        raise PublishError(
            Text(
                f"{folder.name} could not be written: {problem.strerror or problem}",
                f"无法写入 {folder.name}：{problem.strerror or problem}",
            ),
            Text("allow writing in the project's folder", "请开放项目文件夹的写入权限"),
        ) from problem
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _beside(target: Path, what: str) -> Path:
    return target.parent / f".{target.name}.{what}"


def _fill(folder: Path, artifacts: Iterable[Artifact]) -> None:
    folders = {folder}
    for artifact in artifacts:
        path = folder / artifact.name
        path.parent.mkdir(parents=True, exist_ok=True)
        folders.update(parent for parent in path.parents if parent.is_relative_to(folder))
        with path.open("wb") as handle:
            handle.write(artifact.content)
            handle.flush()
            os.fsync(handle.fileno())
    for made in sorted(folders, key=lambda p: len(p.parts), reverse=True):
        _sync(made)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _switch(staging: Path, target: Path) -> None:
    """Exchange the two folders; where the system cannot, move one after the other."""
    if not target.exists():
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
        discard(old)


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
    """Remove a folder of ours, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)
