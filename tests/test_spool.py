"""The spool: finished files lie on the disk and come back as they were, or not at all."""

import pickle
from pathlib import Path

import pytest

from yearbook.model import Artifact
from yearbook.spool import Lying, Spool, spool

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


def test_no_room(tmp_path: Path) -> None:
    """Where nothing can be written, files stay in memory."""
    artifact = Artifact("a/en.pdf", CONTENT)
    assert Spool(tmp_path / "none").laid(artifact) is artifact


def test_nothing_is_left() -> None:
    """The folder goes with the spool."""
    with spool() as lying:
        assert lying.laid(Artifact("a", b"1")).content == b"1"
        assert [path.name for path in lying.folder.iterdir()] == ["0"]
    assert not lying.folder.exists()
