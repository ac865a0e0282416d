"""The manifest: what went in, what came out, in one order, told by digests."""

import json
from hashlib import sha256

from yearbook.manifest import FORMAT, digest, manifest, written
from yearbook.model import Artifact
from yearbook.specimen import records


def test_manifest() -> None:
    """Inputs and outputs by name with their digests; tools and system apart; the book named."""
    outputs = [Artifact("b.html", b"b"), Artifact("a.html", b"a")]
    made = manifest(records().book, {"z": b"1", "y": b"2"}, outputs, {"t": "1"}, {"python": "3"})
    content = json.loads(made.content)
    assert made.name == "manifest.json"
    assert content["format"] == FORMAT
    assert content["book"] == {
        "title": {"en": "Yearbook", "zh": "年鉴"},
        "edition_year": 2011,
        "data_year": 2010,
    }
    assert list(content["inputs"]) == ["y", "z"]
    assert content["outputs"] == {
        "a.html": sha256(b"a").hexdigest(),
        "b.html": sha256(b"b").hexdigest(),
    }
    assert (content["tools"], content["system"]) == ({"t": "1"}, {"python": "3"})


def test_order() -> None:
    """The order in which things come does not matter."""
    book = records().book
    one, two = Artifact("a", b"1"), Artifact("b", b"2")
    first = manifest(book, {"a": b"", "b": b""}, [one, two], {"x": "1", "y": "2"}, {})
    second = manifest(book, {"b": b"", "a": b""}, [two, one], {"y": "2", "x": "1"}, {})
    assert first == second


def test_written() -> None:
    """JSON that a person can read: Chinese as it is, one line end at its end."""
    assert written({"名": [1]}) == '{\n "名": [\n  1\n ]\n}\n'.encode()


def test_digest() -> None:
    """A digest tells any change."""
    assert len({digest(b""), digest(b"a"), digest(b"b")}) == 3
