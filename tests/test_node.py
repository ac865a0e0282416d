"""Nodes: made once, found again while their parts are the same, with all that was wrong."""

import pytest

from tests.test_codec import FULL
from yearbook.node import Cache, Made, digests, packed, unpacked


class Memory(dict[str, bytes]):
    """A shelf in memory."""

    def put(self, key: str, content: bytes) -> None:
        """Keep it."""
        self[key] = content


def test_made_once() -> None:
    """The same parts are not made twice; the finding comes back with the file."""
    shelf, calls = Memory(), []

    def make() -> Made:
        calls.append(1)
        return Made((b"a", b""), (FULL,))

    for reused in (False, True):
        cache = Cache(shelf, {"toolkit": "1"})
        assert cache.made("page en", {"x.csv": "2"}, make) == Made((b"a", b""), (FULL,))
        assert [(n.name, n.reused) for n in cache.nodes] == [("page en", reused)]
    assert calls == [1]


@pytest.mark.parametrize(
    ("name", "base", "parts"),
    [
        ("font en", {"toolkit": "1"}, {"x.csv": "2"}),
        ("page en", {"toolkit": "2"}, {"x.csv": "2"}),
        ("page en", {"toolkit": "1"}, {"x.csv": "3"}),
        ("page en", {"toolkit": "1"}, {"y.csv": "2"}),
        ("page en", {"toolkit": "1"}, {"x.csv": "2", "y.csv": "2"}),
    ],
)
def test_other_parts(name: str, base: dict[str, str], parts: dict[str, str]) -> None:
    """Another kind, another toolkit, another part: nothing is found."""
    shelf = Memory()
    Cache(shelf, {"toolkit": "1"}).keep("page en", {"x.csv": "2"}, Made((b"a",)))
    assert Cache(shelf, base).find(name, parts) is None


def test_same_thing_elsewhere() -> None:
    """The name says what it is for people; two chapters share what they have in common."""
    shelf = Memory()
    Cache(shelf).keep("font a/en", {"x": "2"}, Made((b"a",)))
    assert Cache(shelf).find("font b/zh", {"x": "2"}) == Made((b"a",))


def test_no_shelf() -> None:
    """Without a shelf everything is made each time."""
    cache = Cache()
    for content in (b"1", b"2"):
        assert cache.made("page en", {}, lambda c=content: Made((c,))).contents == (content,)  # type: ignore[misc]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"sizes": [3], "findings": []}\nab',
        b'{"sizes": ["x"], "findings": []}\n',
        b'{"sizes": [], "findings": [{"rule": "a"}]}\n',
    ],
)
def test_not_unpacked(content: bytes) -> None:
    """What is not whole is nothing."""
    assert unpacked(content) is None


def test_there_and_back() -> None:
    """Several files, some with line ends or empty, and a finding."""
    made = Made((b"", b"\n\n", b"{}"), (FULL, FULL))
    assert unpacked(packed(made)) == made


def test_digests() -> None:
    """A part has the digest of its content."""
    assert digests({"a": b"1"}) != digests({"a": b"2"})
