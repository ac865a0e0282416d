"""Publishing: the whole edition or none of it, nothing foreign touched, no litter."""

import ctypes
import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from tests.edits import bilingual
from yearbook import reason, write
from yearbook.manifest import FORMAT
from yearbook.model import Artifact, Text
from yearbook.spool import Lying, spool
from yearbook.write import PublishError, guard, publish, put

ALLOW = Text(
    "make room or allow writing there; the last edition is as it was",
    "请腾出空间或开放写入权限；上一版未受影响",
)


def listed(*artifacts: Artifact) -> tuple[Artifact, ...]:
    """An edition: its files and a manifest that lists them."""
    outputs = {artifact.name: "" for artifact in artifacts}
    content = json.dumps({"format": FORMAT, "outputs": outputs}).encode()
    return (Artifact("manifest.json", content), *artifacts)


def edition(word: str) -> tuple[Artifact, ...]:
    """A small edition that says a word."""
    return listed(Artifact("index.html", word.encode()), Artifact("chapter/en.html", word.encode()))


def tree(folder: Path) -> dict[str, bytes]:
    """Everything below a folder, hidden files too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def published(word: str) -> dict[str, bytes]:
    """What a folder holds in which only that edition stands."""
    return {f"output/{artifact.name}": artifact.content for artifact in edition(word)}


def failing(number: int) -> Callable[..., NoReturn]:
    """A call of the system that fails."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def test_fresh(tmp_path: Path) -> None:
    """The first edition makes the folder, and those above it."""
    publish(edition("one"), tmp_path / "a" / "output")
    assert tree(tmp_path / "a") == published("one")


def test_replace(tmp_path: Path) -> None:
    """The next edition takes its place; files that it no longer has are gone."""
    publish(listed(Artifact("old.html", b"x")), tmp_path / "output")
    publish(edition("two"), tmp_path / "output")
    assert tree(tmp_path) == published("two")


def test_empty_folder(tmp_path: Path) -> None:
    """An empty folder may be replaced."""
    (tmp_path / "output").mkdir()
    guard(tmp_path / "output")
    publish(edition("one"), tmp_path / "output")
    assert tree(tmp_path) == published("one")


def test_foreign_folder(tmp_path: Path) -> None:
    """A folder with something else in it is refused and left alone."""
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "manifest.json").write_text('{"name": "an app"}', encoding="utf-8")
    (tmp_path / ".thesis.old").mkdir()
    (tmp_path / ".thesis.old" / "draft.txt").write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(PublishError, match="not an edition") as raised:
        guard(target)
    assert raised.value.what == Text(
        "thesis holds something that is not an edition", "thesis 中有其他内容"
    )
    assert raised.value.hint == Text(
        "name an empty folder or a new one with --output", "请用 --output 指定空文件夹或新文件夹"
    )
    assert tree(tmp_path) == before


def test_file_in_place_of_a_folder(tmp_path: Path) -> None:
    """A file where the folder should be is refused."""
    (tmp_path / "output").write_text("x", encoding="utf-8")
    with pytest.raises(PublishError):
        guard(tmp_path / "output")


def test_our_own_folder(tmp_path: Path) -> None:
    """An edition of ours may be replaced, and a folder that is not there be made."""
    guard(tmp_path / "output")
    publish(edition("one"), tmp_path / "output")
    guard(tmp_path / "output")


def test_files_that_lie_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They take no room again; where they cannot be linked, they are copied; what was spoilt is
    not published."""
    target = tmp_path / "output"
    with spool() as lying:
        laid = tuple(map(lying.laid, edition("first")))
        publish(laid, target)
        assert tree(tmp_path) == published("first")
        assert {path.stat().st_nlink for path in target.rglob("*") if path.is_file()} == {2}
        monkeypatch.setattr(Path, "hardlink_to", failing(errno.EXDEV))
        publish(laid, target)
        assert tree(tmp_path) == published("first")
        assert {path.stat().st_nlink for path in target.rglob("*") if path.is_file()} == {1}
        laid = tuple(map(lying.laid, edition("second")))
        held = laid[0].held
        assert isinstance(held, Lying)
        held.path.write_bytes(b"spoilt")
        with pytest.raises(PublishError):
            publish(laid, target)
    assert tree(tmp_path) == published("first")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("after", [0, 2, 4, 5])
def test_failure_while_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, number: int
) -> None:
    """A full disk, at any point before the exchange, leaves the last edition and no litter."""
    publish(edition("one"), tmp_path / "output")
    fsync, calls = os.fsync, iter(range(100))

    def fails_later(handle: int) -> None:
        if next(calls) >= after:
            raise OSError(number, os.strerror(number))
        fsync(handle)

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fails_later)
        with pytest.raises(PublishError) as raised:
            publish(edition("two"), tmp_path / "output")
    why = reason.of(OSError(number, ""))
    assert raised.value.what == Text(
        f"output could not be written: {why.en}", f"无法写入 output：{why.zh}"
    )
    assert raised.value.hint == ALLOW
    # The fifth call synchronises the folder around: the exchange is done and is taken back.
    assert tree(tmp_path) == published("one")
    publish(edition("two"), tmp_path / "output")
    assert tree(tmp_path) == published("two")


def test_every_file_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file and each folder is synchronised before the exchange."""
    synced: list[str] = []
    fsync, switch = os.fsync, write._switch

    def note(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        fsync(handle)

    def noted(staging: Path, target: Path) -> None:
        synced.append("exchange")
        switch(staging, target)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(write, "_switch", noted)
    publish(edition("one"), tmp_path / "output")
    at = synced.index("exchange")
    assert sorted(synced[:at]) == sorted(
        [".output.new", "chapter", "en.html", "index.html", "manifest.json"]
    )
    assert synced[at + 1 :] == [tmp_path.name]


@pytest.fixture(params=[errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
def no_exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that cannot exchange two folders."""
    monkeypatch.setattr(write, "_exchange", failing(request.param))


@pytest.mark.usefixtures("no_exchange")
def test_fallback(tmp_path: Path) -> None:
    """Without an exchange one folder is moved after the other."""
    publish(edition("one"), tmp_path / "output")
    publish(edition("two"), tmp_path / "output")
    assert tree(tmp_path) == published("two")


@pytest.mark.usefixtures("no_exchange")
def test_failure_between_two_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the second move fails, the first is taken back."""
    publish(edition("one"), tmp_path / "output")
    rename = Path.rename

    def second_fails(path: Path, target: Path) -> Path:
        if path.name == ".output.new":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(PublishError):
        publish(edition("two"), tmp_path / "output")
    assert tree(tmp_path) == published("one")


def test_exchange_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exchange that fails for another reason is no reason to move folders."""
    publish(edition("one"), tmp_path / "output")
    monkeypatch.setattr(write, "_exchange", failing(errno.EACCES))
    with pytest.raises(PublishError):
        publish(edition("two"), tmp_path / "output")
    assert tree(tmp_path) == published("one")


def test_recovery(tmp_path: Path) -> None:
    """What an interruption between two moves left behind is put back by the next report."""
    publish(edition("one"), tmp_path / "output")
    (tmp_path / "output").rename(tmp_path / ".output.old")
    guard(tmp_path / "output")
    assert tree(tmp_path) == published("one")


def test_litter_of_an_interruption(tmp_path: Path) -> None:
    """Half an edition and an old one beside the folder are gone after the next report."""
    publish(edition("one"), tmp_path / "output")
    for name in (".output.new", ".output.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half.html").write_text("x", encoding="utf-8")
    guard(tmp_path / "output")
    publish(edition("two"), tmp_path / "output")
    assert tree(tmp_path) == published("two")


@pytest.mark.parametrize("exchanging", [True, False])
def test_first_edition_that_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanging: bool
) -> None:
    """Where the very first edition does not reach the disk, there is none."""
    if not exchanging:
        monkeypatch.setattr(write, "_exchange", failing(errno.ENOSYS))
    sync = write._sync

    def fails_above(folder: Path) -> None:
        if folder == tmp_path:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(folder)

    monkeypatch.setattr(write, "_sync", fails_above)
    with pytest.raises(PublishError):
        publish(edition("one"), tmp_path / "output")
    assert tree(tmp_path) == {}


def test_somebody_elses_files(tmp_path: Path) -> None:
    """A file that no report made is named and kept, before the work and after it."""
    publish(edition("one"), tmp_path / "output")
    mine = tmp_path / "output" / "chapter" / "notes.txt"
    mine.write_text("mine", encoding="utf-8")
    before = tree(tmp_path)
    attempts: tuple[Callable[[], None], ...] = (
        partial(guard, tmp_path / "output"),
        partial(publish, edition("two"), tmp_path / "output"),
    )
    for attempt in attempts:
        with pytest.raises(
            PublishError, match=r"1 file that no report made: chapter/notes\.txt"
        ) as raised:
            attempt()
        assert bilingual(raised.value.what)
        assert raised.value.hint == Text(
            "move them elsewhere: the next edition would remove them",
            "请移到别处，否则生成新版时会被删除",
        )
        assert tree(tmp_path) == before


@pytest.mark.parametrize("dust", [".DS_Store", "Thumbs.db", "desktop.ini"])
def test_what_file_managers_leave(tmp_path: Path, dust: str) -> None:
    """What a file manager leaves behind is nobody's: it goes with the old edition."""
    publish(edition("one"), tmp_path / "output")
    (tmp_path / "output" / "chapter" / dust).touch()
    publish(edition("two"), tmp_path / "output")
    assert tree(tmp_path) == published("two")


def test_many_files_of_others(tmp_path: Path) -> None:
    """Of many such files the first few are named, and that there are more."""
    publish(edition("one"), tmp_path / "output")
    for name in "abcde":
        (tmp_path / "output" / name).touch()
    with pytest.raises(PublishError, match=r"5 files that no report made: a, b, c, d, e$"):
        guard(tmp_path / "output")
    for name in "fgh":
        (tmp_path / "output" / name).touch()
    with pytest.raises(PublishError, match=r"8 files that no report made: a, b, c, d, e, …$"):
        guard(tmp_path / "output")


def test_manifest_in_another_encoding(tmp_path: Path) -> None:
    """A manifest that is no UTF-8 is nobody's of ours, and no reason to end in an error of ours."""
    target = tmp_path / "output"
    target.mkdir()
    (target / "manifest.json").write_bytes("年鉴".encode("gb18030"))
    with pytest.raises(PublishError, match="not an edition"):
        guard(target)


def test_damaged_manifest(tmp_path: Path) -> None:
    """Where the manifest does not say what is ours, nothing is taken for ours."""
    publish((Artifact("manifest.json", FORMAT.encode()), Artifact("a", b"")), tmp_path / "output")
    with pytest.raises(PublishError, match="1 file that no report made: a"):
        guard(tmp_path / "output")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(tmp_path: Path) -> None:
    """Where nothing may be written the guard says so, before any work."""
    tmp_path.chmod(0o500)
    with pytest.raises(PublishError, match="could not be written"):
        guard(tmp_path / "output")
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("call", ["mkdir", "rmdir"])
def test_guard_tries_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """A folder that cannot be made there is told before any work, and nothing has changed."""
    publish(edition("one"), tmp_path / "output")
    with monkeypatch.context() as broken:
        broken.setattr(Path, call, failing(errno.EROFS))
        with pytest.raises(PublishError, match="the disk is read-only"):
            guard(tmp_path / "output")
    guard(tmp_path / "output")
    assert tree(tmp_path) == published("one")


def test_guard_asks_for_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with less room than the last edition takes is told before any work."""
    publish(listed(Artifact("large", b"x" * 5000)), tmp_path / "output")
    wanted = sum(map(len, tree(tmp_path).values()))
    for free in (wanted - 1, 1):
        full = os.statvfs_result((1, 1, free, free, free, 9, 9, 9, 0, 255))
        monkeypatch.setattr(os, "statvfs", lambda _, full=full: full)
        with pytest.raises(PublishError) as raised:
            guard(tmp_path / "output")
        assert raised.value.what == Text(
            "output could not be written: the disk is full", "无法写入 output：磁盘已满"
        )
        assert raised.value.hint == ALLOW
    for size, free in ((2, wanted // 2 + 1), (1, wanted)):
        enough = os.statvfs_result((size, size, wanted, free, free, 9, 9, 9, 0, 255))
        monkeypatch.setattr(os, "statvfs", lambda _, enough=enough: enough)
        guard(tmp_path / "output")


def test_folder_that_cannot_be_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may hold somebody's files: nothing is replaced that was not seen."""
    target = tmp_path / "output"
    publish(edition("old"), target)
    before, look = tree(target), os.scandir

    def scandir(path: str | int = ".") -> object:
        if Path(str(path)).name == "chapter":
            raise PermissionError(errno.EACCES, "no", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)
    for step in (partial(guard, target), partial(publish, edition("new"), target)):
        with pytest.raises(PublishError, match="could not be written"):
            step()
    monkeypatch.undo()
    assert tree(target) == before


def test_guard_makes_the_folders_above(tmp_path: Path) -> None:
    """An edition may be put into a folder that is not there yet."""
    guard(tmp_path / "a" / "b" / "output")
    publish(edition("one"), tmp_path / "c" / "d" / "output")
    assert tree(tmp_path / "c" / "d") == published("one")
    publish(listed(Artifact("x/y/z.csv", b"1")), tmp_path / "deep")
    assert (tmp_path / "deep/x/y/z.csv").read_bytes() == b"1"


def test_folders_are_synchronised_from_the_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder reaches the disk after what lies in it, files first."""
    synced: list[str] = []
    sync = write._sync

    def note(path: Path) -> None:
        synced.append(path.name)
        sync(path)

    monkeypatch.setattr(write, "_sync", note)
    publish(listed(Artifact("a/b/c.csv", b"1"), Artifact("z.csv", b"2")), tmp_path / "output")
    assert sorted(synced[:3]) == ["c.csv", "manifest.json", "z.csv"]
    assert synced[3:] == ["b", "a", ".output.new", tmp_path.name]


@pytest.mark.skipif(sys.platform != "linux", reason="the call is that of Linux")
def test_exchange(tmp_path: Path) -> None:
    """Where the system can, the two folders change places in one call."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    write._exchange(tmp_path / "one", tmp_path / "other")
    assert sorted(tree(tmp_path)) == ["one/other", "other/one"]
    with pytest.raises(FileNotFoundError) as raised:
        write._exchange(tmp_path / "one", tmp_path / "none")
    assert (raised.value.errno, raised.value.strerror) == (
        errno.ENOENT,
        os.strerror(errno.ENOENT),
    )


def test_exchange_of_names_relative_to_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are taken from the folder we are in."""
    monkeypatch.chdir(tmp_path)
    publish(edition("one"), Path("output"))
    monkeypatch.setattr(Path, "rename", failing(errno.EACCES))
    publish(edition("two"), Path("output"))
    assert tree(tmp_path) == published("two")


class OldLibrary:
    """A system without a call that exchanges."""


def test_system_without_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that has no such call says so as one that cannot, and folders are moved."""
    publish(edition("one"), tmp_path / "output")
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: OldLibrary())
    with pytest.raises(OSError, match=r"\] no exchange of folders$") as raised:
        write._exchange(tmp_path, tmp_path)
    assert raised.value.errno == errno.ENOSYS
    publish(edition("two"), tmp_path / "output")
    assert tree(tmp_path) == published("two")


def test_exchange_of_a_mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system of a Mac has a call of its own."""
    asked: list[tuple[object, ...]] = []

    class Library:
        def renamex_np(self, *names: object) -> int:
            asked.append(names)
            return 0

    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Library())
    monkeypatch.setattr(sys, "platform", "darwin")
    write._exchange(Path("one"), Path("other"))
    assert asked == [(b"one", b"other", 2)]


@pytest.mark.usefixtures("no_exchange")
def test_moves_leave_the_old_edition_beside_for_recovery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two moves the last edition lies where the next report looks for it."""
    publish(edition("one"), tmp_path / "output")
    (tmp_path / ".output.old").mkdir()
    (tmp_path / ".output.old" / "half.html").touch()
    rename = Path.rename

    def killed(path: Path, target: Path) -> Path:
        if path.name == ".output.new":
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(edition("two"), tmp_path / "output")
    guard(tmp_path / "output")
    assert tree(tmp_path) == published("one")


def test_publish_sweeps(tmp_path: Path) -> None:
    """What stood half made or old beside the edition is gone afterwards."""
    for name in (".output.new", ".output.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half.html").touch()
    publish(edition("one"), tmp_path / "output")
    assert tree(tmp_path) == published("one")
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_guard_sweeps(tmp_path: Path) -> None:
    """What a kill left beside the edition is gone before the next work begins."""
    publish(edition("one"), tmp_path / "output")
    (tmp_path / ".output.new" / "chapter").mkdir(parents=True)
    (tmp_path / ".output.old").mkdir()
    guard(tmp_path / "output")
    assert tree(tmp_path) == published("one")
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_signals_wait_for_the_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wants to end a report is heard before or after the exchange, never in it."""
    swap, blocked = write._swap, []

    def noted(staging: Path, target: Path, *, fresh: bool) -> None:
        blocked.append(signal.pthread_sigmask(signal.SIG_BLOCK, []))
        swap(staging, target, fresh=fresh)

    monkeypatch.setattr(write, "_swap", noted)
    publish(edition("one"), tmp_path / "output")
    assert {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} <= blocked[0]
    assert not {signal.SIGINT, signal.SIGTERM} & signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file is replaced whole, or stays as it was."""
    path = tmp_path / "wording.csv"
    put(path, b"one")
    put(path, b"two")
    assert tree(tmp_path) == {"wording.csv": b"two"}
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    with pytest.raises(PublishError) as raised:
        put(path, b"three")
    assert raised.value.what == Text(
        "wording.csv could not be written: the disk is full", "无法写入 wording.csv：磁盘已满"
    )
    assert raised.value.hint == Text(
        "make room; the file is as it was", "请腾出空间；原文件未受影响"
    )
    monkeypatch.setattr(os, "fsync", failing(errno.EACCES))
    with pytest.raises(PublishError) as raised:
        put(path, b"three")
    assert raised.value.hint == Text(
        "allow writing there; the file is as it was", "请开放写入权限；原文件未受影响"
    )
    assert tree(tmp_path) == {"wording.csv": b"two"}


def test_put_where_nothing_may_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not even the file beside can be made, that is said; it has the name of the other."""
    opened: list[str] = []

    def refused(path: Path, *_: object) -> NoReturn:
        opened.append(path.name)
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(PublishError, match=r"^wording\.csv could not be written"):
        put(tmp_path / "wording.csv", b"one")
    assert opened == [".wording.csv.new"]


def test_a_read_only_edition_is_replaced_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody made output/ read-only: its folders are opened before the old edition is removed,
    and nothing stays beside the new one."""
    target, remove = tmp_path / "output", shutil.rmtree
    publish(edition("old"), target)
    for folder in (target / "chapter", target):
        folder.chmod(0o555)

    def strictly(folder: Path, ignore_errors: bool = False) -> None:
        """As the system does it for anyone but root."""
        folders = [folder, *folder.rglob("*/")] if folder.exists() else []
        if all(each.stat().st_mode & 0o700 == 0o700 for each in folders if each.is_dir()):
            remove(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", strictly)
    publish(edition("new"), target)
    assert tree(tmp_path) == published("new")
    assert [each.name for each in tmp_path.iterdir()] == ["output"]


@pytest.mark.parametrize("name", [".output.new", ".output.old"])
def test_what_cannot_be_removed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What stays beside output/ is named before any work, not "it exists already"."""
    (tmp_path / "output").mkdir()
    (tmp_path / name).mkdir()
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    with pytest.raises(PublishError) as caught:
        guard(tmp_path / "output")
    assert name in caught.value.what.en
    assert name in caught.value.what.zh
    assert tmp_path.name in caught.value.what.zh


def test_two_files_of_one_name(tmp_path: Path) -> None:
    """Nothing is published that would hold one of two files only."""
    target = tmp_path / "output"
    twice = [Artifact("a.csv", b"1"), Artifact("a.csv", b"2")]
    with pytest.raises(PublishError) as refused:
        publish([*twice, Artifact("manifest.json", FORMAT.encode())], target)
    assert bilingual(refused.value.what)
    assert not target.exists()


def test_file_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is brought to the disk before it takes the place of the old one, but for one that may
    be lost; its folder is made."""
    synced: list[Path] = []
    monkeypatch.setattr(write, "_sync", lambda path, wanted: synced.extend([path] * wanted))
    for lasting, count in ((False, 0), (True, 2)):
        put(tmp_path / "a/b.html", b"x", lasting=lasting)
        assert (tmp_path / "a/b.html").read_bytes() == b"x"
        assert len(synced) == count
    (tmp_path / "file").touch()
    with pytest.raises(PublishError):
        put(tmp_path / "file/b.html", b"x")
