"""Publishing: the whole edition or none of it, nothing foreign touched, no litter."""

import errno
import json
import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from tests.edits import bilingual
from yearbook import reason, write
from yearbook.manifest import FORMAT
from yearbook.model import Artifact
from yearbook.write import PublishError, guard, publish, put


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
    assert bilingual(raised.value.what)
    assert bilingual(raised.value.hint)
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
    assert reason.of(OSError(number, "")).en in raised.value.what.en
    assert bilingual(raised.value.hint)
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
            PublishError, match=r"1 files that no report made: chapter/notes\.txt"
        ) as raised:
            attempt()
        assert bilingual(raised.value.what)
        assert bilingual(raised.value.hint)
        assert tree(tmp_path) == before
    mine.rename(mine.with_name("Thumbs.db"))
    publish(edition("two"), tmp_path / "output")
    assert tree(tmp_path) == published("two")


def test_many_files_of_others(tmp_path: Path) -> None:
    """Of many such files the first few are named."""
    publish(edition("one"), tmp_path / "output")
    for name in "abcdefgh":
        (tmp_path / "output" / name).touch()
    with pytest.raises(PublishError, match="8 files that no report made: a, b, c, d, e, …"):
        guard(tmp_path / "output")


def test_damaged_manifest(tmp_path: Path) -> None:
    """Where the manifest does not say what is ours, nothing is taken for ours."""
    publish((Artifact("manifest.json", FORMAT.encode()), Artifact("a", b"")), tmp_path / "output")
    with pytest.raises(PublishError, match="1 files that no report made: a"):
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
    full = os.statvfs_result((4096, 4096, 10, 1, 1, 9, 9, 9, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: full)
    with pytest.raises(PublishError, match="the disk is full"):
        guard(tmp_path / "output")


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
    with pytest.raises(PublishError):
        put(path, b"three")
    assert tree(tmp_path) == {"wording.csv": b"two"}
