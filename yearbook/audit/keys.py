"""What a page of a PDF is made of, as a digest: a page that did not change is not read again.

It covers the page's own content, its size, and of its resources those whose names occur in that
content, with all that these lead to.
"""

import re
from hashlib import sha256
from typing import Any

import pikepdf

_NAMES = re.compile(rb"/([^\s/\[\]<>(){}%]+)")
_BACKWARDS = frozenset({"/Parent", "/P", "/StructParents", "/StructParent"})
_SIDES = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")


class Keys:
    """Digests of the parts of one open PDF, each part looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], str] = {}

    def page(self, page: pikepdf.Page) -> str:
        """The digest of what a page shows."""
        content = b"\n".join(part.read_bytes() for part in _parts(page.obj.get("/Contents")))
        names = {f"/{name.decode('latin-1')}" for name in _NAMES.findall(content)}
        parts = [sha256(content).hexdigest()]
        parts += [f"{side}{self.of(page.obj.get(side))}" for side in _SIDES]
        for kind, held in sorted(page.resources.items()):
            for name, thing in sorted(held.items()) if _named(held) else ():
                if name in names or "#" in name:
                    parts.append(f"{kind}{name}{self.of(thing)}")
        return _joined(parts)

    def of(self, thing: Any) -> str:
        """The digest of an object and of all that it leads to."""
        if not isinstance(thing, pikepdf.Object):
            return repr(thing)
        if thing.is_indirect:
            if thing.objgen not in self._known:
                self._known[thing.objgen] = ""  # what leads back to itself ends there
                self._known[thing.objgen] = self._inside(thing)
            return self._known[thing.objgen]
        return self._inside(thing)

    def _inside(self, thing: pikepdf.Object) -> str:
        if isinstance(thing, pikepdf.Array):
            return _joined(self.of(part) for part in thing)
        if _named(thing):
            parts = [f"{n}{self.of(v)}" for n, v in sorted(thing.items()) if n not in _BACKWARDS]
            if isinstance(thing, pikepdf.Stream):
                parts.append(sha256(thing.read_raw_bytes()).hexdigest())
            return _joined(parts)
        return thing.unparse().decode("latin-1")


def _named(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)


def _parts(content: Any) -> list[Any]:
    if content is None:
        return []
    return list(content) if isinstance(content, pikepdf.Array) else [content]


def _joined(parts: Any) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
