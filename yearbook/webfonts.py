"""Puts into a page the faces it needs, cut to its characters; each cut is made once."""

from collections.abc import Sequence
from functools import cache as remembered
from hashlib import sha256

from yearbook.fonts import Face, coverage, subset, woff2
from yearbook.node import Cache, Made
from yearbook.page import FontFace, data_url, font_rules


def with_fonts(page: str, faces: Sequence[Face], cache: Cache) -> str:
    """Put into a page's style the faces it needs, cut to its characters."""
    characters = frozenset(map(ord, page))
    rules = []
    for face in faces:
        used = characters & shown(face)
        wanted = face.style == "normal" or (face.weight < 700 and "<em>" in page)
        if used and wanted:
            url = data_url(_cut(face, used, cache), "font/woff2")
            rules.append(FontFace(face.family, face.weight, face.style, url))
    return page.replace("<style>", "<style>" + "\n".join(font_rules(rules)), 1)


@remembered
def shown(face: Face) -> frozenset[int]:
    """As `yearbook.fonts.coverage`, asked once in a process."""
    return coverage(face)


@remembered
def digest(face: Face) -> str:
    """The sha256 of a face's file."""
    return sha256(face.content).hexdigest()


def _cut(face: Face, used: frozenset[int], cache: Cache) -> bytes:
    characters = "".join(map(chr, sorted(used))).encode("utf-8", "surrogatepass")
    parts = {"face": digest(face), "characters": sha256(characters).hexdigest()}

    def make() -> Made:
        return Made((woff2(subset(face, used)),))

    return cache.made(f"font {face.file}", parts, make).contents[0]
