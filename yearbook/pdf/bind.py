"""Binds leaves into one file: pages, tags, places, bookmarks; each leaf is only copied.

The frame of the file (metadata, colour, fonts, the root of the tags) is written by WeasyPrint as
the file of a document without pages.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String
from weasyprint.anchors import make_page_bookmark_tree
from weasyprint.matrix import Matrix

from yearbook.pdf.leaf import Leaf
from yearbook.pdf.streams import ended

_POINTS = 0.75  # of a CSS pixel
_FONTS = Name("/Fonts")


def remember(pdf: Any) -> None:
    """Let the frame's fonts be found: called on the frame before WeasyPrint writes it."""
    fonts = next(t["Font"] for t in pdf.objects if isinstance(t, dict) and "Font" in t)
    pdf.catalog["Fonts"] = fonts


def bind(frame: bytes, leaves: Sequence[Leaf]) -> Pdf:
    """The leaves in one file, in their order."""
    pdf = Pdf.open(BytesIO(frame))
    fonts = pdf.Root[_FONTS]
    del pdf.Root[_FONTS]
    tree = pdf.Root.StructTreeRoot
    whole, numbers = tree.K[0], list[Any]()
    links: list[Any] = []
    kids = list[Any]()
    for at, each in enumerate(leaves):
        one = Pdf.open(BytesIO(each.content))  # its streams are read when the file is written
        pdf.pages.append(one.pages[0])
        page = pdf.pages[-1].obj
        tags = pdf.copy_foreign(one.Root.StructTreeRoot)
        page.StructParents = at
        for name in page.Resources.Font.keys():  # noqa: SIM118 - pikepdf's dictionaries are no mappings
            page.Resources.Font[name] = fonts[name]
        top = tags.K[0]
        marked, *others = list(tags.ParentTree.Nums)[1::2]
        kids.extend(top.K)
        for part in (*top.K, *marked):  # what stands in the margins hangs on it and is none of its
            if part.P.objgen == top.objgen:
                part.P = whole
        numbers.extend([at, marked])
        links.extend((link, others[int(link.StructParent) - 1]) for link in page.get("/Annots", ()))
    for at, (link, owner) in enumerate(links, len(leaves)):
        link.StructParent = at
        numbers.extend([at, owner])
    whole.K = Array(kids)
    tree.ParentTree.Nums = Array(numbers)
    _name(pdf, leaves)
    _mark(pdf, leaves)
    return pdf


def _name(pdf: Pdf, leaves: Iterable[Leaf]) -> None:
    """The places that links lead to; of several of one name the first."""
    places: dict[str, Array] = {}
    for page, each in zip(pdf.pages, leaves, strict=True):
        for name, x, y in each.facts["places"]:
            places.setdefault(name, Array([page.obj, Name.XYZ, x, y, 0]))
    if places:
        listed = Array([part for n in sorted(places) for part in (String(n), places[n])])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=listed))


def _mark(pdf: Pdf, leaves: Iterable[Leaf]) -> None:
    """The bookmarks, headings below headings."""
    roots: list[Any] = []
    skipped, last, level = list[int](), [roots], 0
    for number, each in enumerate(leaves):
        height = each.facts["height"] * _POINTS
        page = SimpleNamespace(bookmarks=each.facts["bookmarks"])
        matrix = Matrix(a=_POINTS, d=-_POINTS, f=height)
        level = make_page_bookmark_tree(page, skipped, last, level, number, matrix)
    if roots:
        top = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        _hung(pdf, top, roots)
        pdf.Root.Outlines = top


def _hung(pdf: Pdf, parent: Any, marks: Sequence[Any]) -> int:
    """Hang bookmarks below another; gives how many there are."""
    items, count = [], 0
    for title, (page, x, y), below, _ in marks:
        at = Array([pdf.pages[page].obj, Name.XYZ, x, y, 0])
        item = pdf.make_indirect(Dictionary(Title=String(title), Dest=at, Parent=parent))
        count += 1 + (_hung(pdf, item, below) if below else 0)
        items.append(item)
    for item, following in pairwise(items):
        item.Next, following.Prev = following, item
    parent.First, parent.Last, parent.Count = items[0], items[-1], count
    return count


def written(pdf: Pdf, small: bool = True) -> bytes:
    """The file as bytes, the same each time; not ``small``: written fast, to be read at once."""
    output = BytesIO()
    mode = ObjectStreamMode.generate if small else ObjectStreamMode.disable
    pdf.save(
        output,
        deterministic_id=True,
        compress_streams=small,
        object_stream_mode=mode,
        force_version="1.7",
    )
    return ended(output.getvalue()) if small else output.getvalue()
