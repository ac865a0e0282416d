"""Publishing: the whole edition or none of it, nothing foreign touched, no litter."""

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from tests.edits import bilingual
from yearbook import write
from yearbook.manifest import FORMAT
from yearbook.model import Artifact
from yearbook.write import PublishError, guard, locked, publish, put

MANIFEST = Artifact("manifest.json", f'{{"format": "{FORMAT}"}}'.encode())


def edition(word: str) -> tuple[Artifact, ...]:
    """A small edition that says a word."""
    return (
        MANIFEST,
        Artifact("index.html", word.encode()),
        Artifact("chapter/en.html", word.encode()),
    )


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
    publish((*edition("one"), Artifact("old.html", b"x")), tmp_path / "output")
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
    assert os.strerror(number) in raised.value.what.en
    assert bilingual(raised.value.hint)
    # The fifth call synchronises the folder around: the exchange is done, the new edition stands.
    assert tree(tmp_path) == published("one" if after < 5 else "two")
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


def test_lock(tmp_path: Path) -> None:
    """While one build works, another cannot take the lock; afterwards it can."""
    with locked(tmp_path / ".yearbook"):
        handle = os.open(tmp_path / ".yearbook" / "lock", os.O_RDWR)
        with pytest.raises(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)


def test_lock_that_cannot_be_made(tmp_path: Path) -> None:
    """Where nothing may be written the reason is told."""
    (tmp_path / ".yearbook").write_text("in the way", encoding="utf-8")
    with pytest.raises(PublishError) as raised, locked(tmp_path / ".yearbook"):
        pass
    assert bilingual(raised.value.what)


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
