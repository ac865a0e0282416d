"""The store: what it gives is what was put, or nothing."""

import os
from hashlib import sha256
from math import inf
from multiprocessing import get_context
from pathlib import Path

import pytest

from yearbook.store import Store

KEY = sha256(b"a").hexdigest()
OTHER = sha256(b"b").hexdigest()


def entry(store: Store, key: str = KEY) -> Path:
    """The file of an entry."""
    return store.folder / key[:2] / key


def test_put_and_get(tmp_path: Path) -> None:
    """What was put is found under its key and no other."""
    store = Store(tmp_path / "new")
    assert store.get(KEY) is None
    store.put(KEY, b"\n content \n")
    assert store.get(KEY) == b"\n content \n"
    assert store.get(OTHER) is None


@pytest.mark.parametrize("cut", [0, 1, 40, 82, -3, -1])
def test_half_written(tmp_path: Path, cut: int) -> None:
    """An entry that is cut off anywhere is absent, and can be put again."""
    store = Store(tmp_path)
    store.put(KEY, b"content")
    entry(store).write_bytes(entry(store).read_bytes()[:cut])
    assert store.get(KEY) is None
    store.put(KEY, b"content")
    assert store.get(KEY) == b"content"


def test_every_byte_counts(tmp_path: Path) -> None:
    """An entry in which any byte was altered is absent."""
    store = Store(tmp_path)
    store.put(KEY, b"content")
    whole = entry(store).read_bytes()
    for at in range(len(whole)):
        spoilt = bytearray(whole)
        spoilt[at] ^= 1
        entry(store).write_bytes(spoilt)
        assert store.get(KEY) is None, at


def test_foreign(tmp_path: Path) -> None:
    """An entry of another key or another format is absent."""
    store = Store(tmp_path)
    store.put(KEY, b"content")
    entry(store, OTHER).parent.mkdir()
    entry(store, OTHER).write_bytes(entry(store).read_bytes())
    assert store.get(OTHER) is None
    entry(store).write_bytes(entry(store).read_bytes().replace(b"store/1", b"store/2"))
    assert store.get(KEY) is None


def test_trim(tmp_path: Path) -> None:
    """What was used last stays; the rest goes until the limit is kept."""
    store = Store(tmp_path, 3 * 190)
    keys = [sha256(bytes([number])).hexdigest() for number in range(5)]
    for number, key in enumerate(keys):
        store.put(key, b"x" * 100)
        os.utime(entry(store, key), (number, number))
    store.get(keys[0])
    store.trim()
    assert [key for key in keys if store.get(key)] == [keys[0], keys[3], keys[4]]


def test_what_a_build_used_stays(tmp_path: Path) -> None:
    """However much it is, though another began; what was used before it goes."""
    store = Store(tmp_path, 190)
    keys = [sha256(bytes([number])).hexdigest() for number in range(4)]
    for number, key in enumerate(keys):
        store.put(key, b"x" * 100)
        os.utime(entry(store, key), (number, number))
    begun = store.now()
    store.now()  # another build begins
    assert store.get(keys[1])
    assert store.get(keys[3])
    store.trim(begun)
    assert [key for key in keys if store.get(key)] == [keys[1], keys[3]]


def test_unusable_folder(tmp_path: Path) -> None:
    """Where nothing can be written, nothing is kept, and nothing fails."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    store = Store(tmp_path / "file")
    assert store.now() == inf
    store.put(KEY, b"content")
    store.trim()
    assert store.get(KEY) is None


def _busy(folder: str) -> None:
    store = Store(Path(folder), 2000)
    for _ in range(100):
        store.put(KEY, b"content" * 50)
        assert store.get(KEY) in (None, b"content" * 50)
        store.trim()


def test_two_at_once(tmp_path: Path) -> None:
    """Two builds put, get and trim in the same folder without a word of trouble."""
    workers = [get_context("fork").Process(target=_busy, args=(str(tmp_path),)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert not list(tmp_path.rglob("*.tmp"))
