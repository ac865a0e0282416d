"""Puts into a page the faces it needs, cut to its characters; each cut is made once."""

from collections.abc import Sequence
from functools import cache as remembered
from functools import lru_cache
from hashlib import sha256

from yearbook.fonts import Face, coverage, subset, woff2
from yearbook.node import Cache, Made
from yearbook.page import FontFace, data_url, font_rules

Needs = tuple[frozenset[str], bool]
"""The characters of a page, and whether some of it is slanted."""


def with_fonts(page: str, faces: Sequence[Face], cache: Cache) -> str:
    """Put into a page's style the faces it needs, cut to its characters."""
    content = page.encode("utf-8", "surrogatepass")
    made = placed(content, rules(needs(content), faces, cache))
    return made.decode("utf-8", "surrogatepass")


def placed(page: bytes, made: str) -> bytes:
    """A page with rules at the beginning of its style."""
    return page.replace(b"<style>", b"<style>" + made.encode(), 1)


def needs(content: bytes) -> Needs:
    """What a page needs of its faces."""
    foreign = content.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    plain = (chr(byte) for byte in _ASCII if byte in content)
    return frozenset(foreign).union(plain), b"<em>" in content


_ASCII = bytes(range(128))


def rules(wanted: Needs, faces: Sequence[Face], cache: Cache) -> str:
    """The rules that bring the faces for a page."""
    characters = frozenset(map(ord, wanted[0]))
    found = []
    for face in faces:
        used = characters & shown(face)
        asked = face.style == "normal" or (face.weight < 700 and wanted[1])
        if used and asked:
            url = _url(_cut(face, used, cache))
            found.append(FontFace(face.family, face.weight, face.style, url))
    return "\n".join(font_rules(found))


@remembered
def shown(face: Face) -> frozenset[int]:
    """As `yearbook.fonts.coverage`, asked once in a process."""
    return coverage(face)


@remembered
def digest(face: Face) -> str:
    """The sha256 of a face's file."""
    return sha256(face.content).hexdigest()


@lru_cache(32)
def _url(content: bytes) -> str:
    """A face as an address; the pages of a chapter mostly take the same."""
    return data_url(content, "font/woff2")


def _cut(face: Face, used: frozenset[int], cache: Cache) -> bytes:
    characters = "".join(map(chr, sorted(used))).encode("utf-8", "surrogatepass")
    parts = {"face": digest(face), "characters": sha256(characters).hexdigest()}

    def make() -> Made:
        return Made((woff2(subset(face, used)),))

    return cache.made(f"font {face.file}", parts, make).contents[0]
