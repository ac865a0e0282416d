"""The spool: finished files lie on the disk and come back as they were, or not at all."""

import errno
import pickle
from pathlib import Path
from typing import NoReturn

import pytest

from yearbook import spool
from yearbook.model import Artifact
from yearbook.spool import Lying, Spool

CONTENT = b"%PDF-1.7 \n" * 1000


def test_laid_and_read_again(tmp_path: Path) -> None:
    """Each under its name, in another process, too; none takes the place of another."""
    lying = Spool(tmp_path)
    one, two = (lying.laid(Artifact("a/en.pdf", CONTENT + end)) for end in (b"1", b"2"))
    assert isinstance(one.held, Lying)
    assert (one.name, one.content) == ("a/en.pdf", CONTENT + b"1")
    sent = pickle.dumps(two)
    assert len(sent) < 1000
    assert pickle.loads(sent).content == CONTENT + b"2"  # noqa: S301 - our own


@pytest.mark.parametrize("spoilt", [b"", CONTENT[:-1], CONTENT + b"x", CONTENT.lower()])
def test_what_was_spoilt_is_not_published(tmp_path: Path, spoilt: bytes) -> None:
    """A file that was cut off or altered is an error of the disk."""
    laid = Spool(tmp_path).laid(Artifact("a/en.pdf", CONTENT))
    (tmp_path / "0").write_bytes(spoilt)
    with pytest.raises(OSError, match="0"):
        len(laid.content)


def test_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written or removed, files stay in memory."""
    artifact = Artifact("a/en.pdf", CONTENT)
    assert Spool(tmp_path / "none").laid(artifact) is artifact
    assert Spool(None).laid(artifact) is artifact

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    assert Spool(tmp_path).laid(artifact) is artifact
    monkeypatch.setattr(spool, "mkdtemp", refuse)
    assert spool.opened().laid(artifact) is artifact


def test_nothing_is_left() -> None:
    """What lies there can be removed, and the folder goes with the spool."""
    with spool.spool() as lying:
        assert lying.folder
        lying.laid(Artifact("a", b"1"))
        lying.cleared()
        assert [*lying.folder.iterdir()] == []
        assert lying.laid(Artifact("a", b"2")).content == b"2"
    assert not lying.folder.exists()
    Spool(None).cleared()
    Spool(None).removed()
