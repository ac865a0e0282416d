"""Makes each thing once: under the digest of all it is made from, it is found again.

A node is a drawing, a font, a page, a PDF. Its key is the digest of its parts, each told by name,
so that a report can say why something was made again (``--explain``).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from yearbook.codec import plain, revived
from yearbook.finding import Finding


class Shelf(Protocol):
    """Where contents are kept by key: `yearbook.store.Store`."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, content: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that was made or found again: its name, and its parts by name with their digests."""

    name: str
    parts: Mapping[str, str]
    reused: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What comes of a node: some files, and what is wrong with them."""

    contents: tuple[bytes, ...]
    findings: tuple[Finding, ...] = ()


@dataclass
class Cache:
    """Finds nodes on a shelf or makes them; ``nodes`` tells in order what came of each.

    ``base`` is what every node is made with: the toolkit, the packages, the interpreter.
    """

    shelf: Shelf | None = None
    base: Mapping[str, str] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)

    def find(self, name: str, parts: Mapping[str, str]) -> Made | None:
        """What was made of these parts before, or None."""
        content = self.shelf.get(self.key(name, parts)) if self.shelf is not None else None
        made = unpacked(content) if content is not None else None
        if made is not None:
            self.nodes.append(Node(name, parts, True))
        return made

    def keep(self, name: str, parts: Mapping[str, str], made: Made) -> None:
        """Keep what was made."""
        self.nodes.append(Node(name, parts, False))
        if self.shelf is not None:
            self.shelf.put(self.key(name, parts), packed(made))

    def made(self, name: str, parts: Mapping[str, str], make: Callable[[], Made]) -> Made:
        """What these parts make, found or made now."""
        found = self.find(name, parts)
        if found is None:
            found = make()
            self.keep(name, parts, found)
        return found

    def key(self, name: str, parts: Mapping[str, str]) -> str:
        """The digest of a node's kind, its parts and what everything is made with."""
        kind = name.partition(" ")[0]
        return key(kind, {**self.base, **parts})


def key(kind: str, parts: Mapping[str, str]) -> str:
    """The digest of the kind of a node and its parts; their order does not matter.

    >>> key("page", {"a": "1", "b": "2"}) == key("page", {"b": "2", "a": "1"})
    True
    >>> key("page", {"a": "1"}) == key("font", {"a": "1"})
    False
    """
    return sha256(json.dumps([kind, sorted(parts.items())]).encode()).hexdigest()


def packed(made: Made) -> bytes:
    """Contents and findings as one run of bytes: a line of JSON, then the contents."""
    sizes = [len(content) for content in made.contents]
    head = {"sizes": sizes, "findings": plain(made.findings)}
    return b"\n".join([json.dumps(head, ensure_ascii=False).encode(), b"".join(made.contents)])


def unpacked(content: bytes) -> Made | None:
    """What `packed` made into bytes, or None if it was something else.

    >>> unpacked(packed(Made((b"a", b"bc"))))
    Made(contents=(b'a', b'bc'), findings=())
    >>> unpacked(b"{}")
    """
    head, _, rest = content.partition(b"\n")
    try:
        told = json.loads(head)
        sizes = [int(size) for size in told["sizes"]]
        findings = revived(tuple[Finding, ...], told["findings"])
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        return None
    if sum(sizes) != len(rest):
        return None
    return Made(tuple(_cut(rest, sizes)), findings)


def _cut(content: bytes, sizes: Sequence[int]) -> Sequence[bytes]:
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [content[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    """The parts that some files make: their digests by name."""
    return {name: sha256(content).hexdigest() for name, content in contents.items()}
