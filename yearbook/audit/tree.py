"""What a PDF says beside its pages: the order of its tags, and words for programs and readers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf

from yearbook.audit.keys import Keys
from yearbook.memo import Memo

Path = tuple[tuple[str, int], ...]
"""The structure elements around a text, outermost first: their tags and serial numbers."""
Name = tuple[int, int]
"""The number and the generation of an object."""
_KNOWN = frozenset(
    "/AF /Lang /MarkInfo /Metadata /Names /Outlines /OutputIntents /Pages /StructTreeRoot /Type "
    "/ViewerPreferences /Version /Extensions".split()
)
_SILENT = ("/ActualText", "/E")
_WALKED = ("/K", "/Pg", "/S", "/MCID", "/Obj", "/Alt", "/Contents", *_SILENT)
_SAID = re.compile(r"<rdf:li[^>]*>([^<]*)</rdf:li>")


@dataclass
class Tree:
    """The tags: each marked content (page, number, elements) in order, the alternatives of the
    pictures, the words of the links by their serial number, and texts put in the place of others.
    """

    order: list[tuple[int, int, Path]] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    links: dict[int, str] = field(default_factory=dict)
    instead: list[tuple[int, str]] = field(default_factory=list)


_TREES: Memo[str, Tree] = Memo(8)


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF as it is without its pages being looked at: the digest of what each is made of, the
    tags, what can deceive, what the file says of itself, its bookmarks. It stays open as ``file``,
    with the digests of its ``parts``."""

    file: pikepdf.Pdf
    parts: Keys
    keys: tuple[str, ...]
    tags: Tree
    strange: tuple[tuple[int, str], ...]
    told: tuple[str, ...]
    bookmarks: tuple[str, ...]


@lru_cache(maxsize=4)
def opened(content: bytes) -> Opened:
    """Open a PDF. Raises `pikepdf.PdfError`."""
    pdf = pikepdf.open(BytesIO(content))
    done = set[Name]()
    for page in pdf.pages:
        endless(page.obj.get("/Resources"), (), done)
    parts = Keys()
    names = tuple(parts.page(page) for page in pdf.pages)
    deceiving = (*strange(pdf), *enclosed(pdf), *_after(content))
    return Opened(
        pdf, parts, names, _known(pdf), deceiving, tuple(told(pdf)), tuple(bookmarks(pdf))
    )


def _known(pdf: pikepdf.Pdf) -> Tree:
    """The tags, walked once for all files that differ in nothing but in what their streams hold."""
    held = sha256(repr(pdf.Root.objgen).encode())
    for thing in pdf.objects:
        held.update(repr(thing.objgen).encode())
        if isinstance(thing, pikepdf.Stream):
            held.update(repr(list(_walked(thing))).encode())
        else:
            held.update(thing.unparse(resolved=True))
    key = held.hexdigest()
    if key not in _TREES:
        _TREES[key] = tree(pdf)
    return _TREES[key]


def _walked(stream: Any) -> Iterator[tuple[str, object]]:
    """What a walk looks at if it meets a stream where an element belongs."""
    for name in _WALKED:
        if name in stream:
            value = stream[name]
            yield name, value.unparse() if isinstance(value, pikepdf.Object) else value


def tree(pdf: pikepdf.Pdf) -> Tree:
    """Walk the structure tree of a PDF."""
    found = Tree()
    root = pdf.Root.get("/StructTreeRoot")
    if root is not None and "/K" in root:
        pages: dict[Any, int] = {page.objgen: at for at, page in enumerate(pdf.pages, 1)}
        _Walk(pages, found).node(root["/K"], 0, ())
    return found


@dataclass
class _Walk:
    pages: dict[Any, int]
    found: Tree
    serial: int = 0

    def node(self, node: Any, page: int, path: Path) -> None:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                self.node(kid, page, path)
        elif isinstance(node, int):
            self.found.order.append((page, int(node), path))
        elif isinstance(node, pikepdf.Dictionary):
            page = self.pages.get(node["/Pg"].objgen, page) if "/Pg" in node else page
            self._element(node, page, path)

    def _element(self, node: Any, page: int, path: Path) -> None:
        if "/MCID" in node:
            self.found.order.append((page, int(node["/MCID"]), path))
        elif "/Obj" in node and path:
            self.found.links[path[-1][1]] = str(node["/Obj"].get("/Contents", ""))
        if "/Alt" in node:
            self.found.alternatives.append(str(node["/Alt"]))
        self.found.instead += [(page, str(node[name])) for name in _SILENT if name in node]
        if "/K" in node:
            self.serial += 1
            self.node(node["/K"], page, (*path, (str(node.get("/S", ""))[1:], self.serial)))


def strange(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """What can show a numeral that no reader of texts finds; page 0 is the whole file."""
    yield from ((0, name[1:]) for name in map(str, pdf.Root) if name not in _KNOWN)
    for number, page in enumerate(pdf.pages, 1):
        for note in page.obj.get("/Annots", ()):
            if note.get("/Subtype") != "/Link" or "/AP" in note:
                yield number, str(note.get("/Subtype", "/Annots"))[1:]


def enclosed(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """Files that some programs show in the place of the attachments, or beside them."""
    listed = {one.objgen for one in pdf.Root.get("/AF", ())}
    if listed != {one.obj.objgen for one in pdf.attachments.values()}:
        yield 0, "associated files that are not its attachments"
    for name, one in pdf.attachments.items():
        if len({stream.objgen for stream in one.obj["/EF"].values()}) != 1:
            yield 0, f"a second file within the attachment {name}"


def endless(resources: Any, around: tuple[Name, ...], done: set[Name]) -> None:
    """Raise `ValueError` of a drawing that draws itself: no reader would come to its end.

    ``around`` are the drawings that these resources are of, ``done`` those looked at before.
    """
    for form in (resources or {}).get("/XObject", {}).values():
        if form.objgen in around:
            raise ValueError("a drawing that draws itself")
        if form.objgen not in done:
            endless(form.get("/Resources"), (*around, form.objgen), done)
            done.add(form.objgen)


def _after(content: bytes) -> Iterator[tuple[int, str]]:
    if content.rpartition(b"%%EOF")[2].strip():
        yield 0, "bytes after its end"


def told(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What the file says of itself: its title, its author."""
    for name in ("/Title", "/Author", "/Subject", "/Keywords"):
        if name in pdf.docinfo:
            yield str(pdf.docinfo[name])
    if "/Metadata" in pdf.Root:
        yield from _SAID.findall(pdf.Root["/Metadata"].read_bytes().decode("utf-8", "replace"))


def bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The titles of the bookmarks."""
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            entry = waiting.pop(0)
            yield entry.title
            waiting = [*entry.children, *waiting]
