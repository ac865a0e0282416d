"""The objects of a PDF as texts that can be moved: to other numbers, beside those of others."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>|(\d+) 0 R|(/StructParents?) (\d+)|\0([^\0]*)\0",
    re.DOTALL,
)
"""Strings, in which nothing is to be changed; references; keys of the tree of parents; names of
what is shared."""
_HEADERS = re.compile(rb"/Headers \[[^\]]*\]")
_LENGTH = re.compile(rb" ?/Length \d+(?: 0 R)?")
PARENTS = "+"
"""Begins the name of a key of the tree of parents."""

Mend = Callable[[bytes, bytes], bytes]
"""A reference, by the digits of its number; or (``b"\\0"`` before it) what a name stands for."""


def moved(text: bytes, reference: Callable[[int], bytes], name: Callable[[str], bytes]) -> bytes:
    """A text with each reference and each name of something shared replaced.

    >>> moved(b"[ (1 0 R) 1 0 R \\0+3\\0 ]", lambda n: b"%d 0 R" % (n + 6), lambda n: n.encode())
    b'[ (1 0 R) 7 0 R +3 ]'
    """

    def mended(found: re.Match[bytes]) -> bytes:
        if found[1]:
            return reference(int(found[1]))
        if found[2]:
            return b"%s %s" % (found[2], name(f"{PARENTS}{found[3].decode()}"))
        return name(found[4].decode()) if found[4] is not None else found[0]

    return _TOKEN.sub(mended, text)


def reference(thing: Any) -> bytes:
    """A reference to an object."""
    return b"%d 0 R" % thing.objgen[0]


def parent(key: int) -> bytes:
    """A key of the tree of parents, as it stands in a text."""
    return shared(f"{PARENTS}{key}")


def shared(name: str) -> bytes:
    """A name for something that is known when the volume is bound, as it stands in a text."""
    return b"\0%s\0" % name.encode()


@dataclass
class Objects:
    """Those objects of an open PDF that are taken over, and others put beside them.

    ``prefix`` makes the names of this PDF its own. ``late`` are made when the volume is bound, the
    others are ``named`` there.
    """

    pdf: pikepdf.Pdf
    prefix: bytes
    late: list[int] = field(default_factory=list)
    named: dict[int, str] = field(default_factory=dict)
    texts: dict[int, bytes] = field(default_factory=dict)
    bodies: dict[int, bytes] = field(default_factory=dict)

    def new(self, text: bytes = b"") -> Any:
        """Another object; without text, one to refer to, whose text is put later."""
        made = self.pdf.make_indirect(pikepdf.Dictionary())
        if text:
            self.put(made, text)
        return made

    def put(self, thing: Any, text: bytes) -> None:
        """Write an object otherwise than it is."""
        self.texts[thing.objgen[0]] = text

    def later(self) -> Any:
        """An object that is made when the volume is bound."""
        made = self.new()
        self.late.append(made.objgen[0])
        return made

    def take(self, roots: Iterable[Any]) -> Mapping[int, int]:
        """Read the objects that these lead to; the new number of each."""
        waiting = [root.objgen[0] for root in roots]
        seen = {*self.late, *self.named, *waiting}
        while waiting:
            number = waiting.pop()
            for other in _references(self._read(number)):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        plain = sorted(self.texts.keys() & seen - self.bodies.keys() - {*self.late})
        order = (*self.late, *plain, *sorted(self.bodies))
        return {number: at for at, number in enumerate(order, 1)}

    def _read(self, number: int) -> bytes:
        if number not in self.texts:
            thing: Any = self.pdf.get_object((number, 0))
            if isinstance(thing, pikepdf.Stream):
                self.bodies[number] = thing.read_raw_bytes()
                text = _LENGTH.sub(b"", thing.stream_dict.unparse())
            else:
                text = thing.unparse(resolved=True)
            self.texts[number] = self._own(text)
        return self.texts[number]

    def _own(self, text: bytes) -> bytes:
        """The text of an element with the identifiers of this PDF."""
        if b"/StructElem" not in text:
            return text
        text = text.replace(b"/ID (", b"/ID (" + self.prefix)
        return _HEADERS.sub(lambda m: re.sub(rb"(?<!\\)\(", b"(" + self.prefix, m[0]), text)

    def written(self, numbers: Mapping[int, int]) -> Iterator[bytes]:
        """The texts in the order of their new numbers, without those made later."""

        def other(number: int) -> bytes:
            if number in self.named:
                return shared(self.named[number])
            return b"%d 0 R" % numbers[number] if number in numbers else b"null"

        for number in numbers:
            if number not in self.late:
                yield moved(self.texts[number], other, shared)


def _references(text: bytes) -> Iterator[int]:
    return (int(found[1]) for found in _TOKEN.finditer(text) if found[1])
