"""The bookmarks of a chapter, below one for the chapter itself."""

from collections.abc import Collection, Iterator
from typing import Any

import pikepdf

from yearbook.volume.objects import Objects, reference


def put(pdf: pikepdf.Pdf, objects: Objects, pages: Collection[int], roots: dict[str, Any]) -> int:
    """Write the bookmarks that lead to these pages; the chapter's own is made when the volume is
    bound. How many there are right below it."""
    top = roots["bookmark"] = objects.later()
    kids = _row(pdf.Root.get("/Outlines"), pages)
    if kids:
        roots |= {"first": kids[0], "last": kids[-1]}
    _write(objects, kids, top, pages)
    return len(kids)


def _row(parent: Any, pages: Collection[int]) -> list[Any]:
    return [one for one in _all(parent) if one.Dest[0].objgen[0] in pages]


def _all(parent: Any) -> Iterator[Any]:
    kid = parent.get("/First") if parent is not None else None
    while kid is not None:
        yield kid
        kid = kid.get("/Next")


def _write(objects: Objects, row: list[Any], parent: Any, pages: Collection[int]) -> None:
    for at, one in enumerate(row):
        kids = _row(one, pages)
        beside = {
            b"Prev": row[at - 1] if at else None,
            b"Next": row[at + 1] if at + 1 < len(row) else None,
            b"First": kids[0] if kids else None,
            b"Last": kids[-1] if kids else None,
        }
        said = [b"/%s %s" % (name, reference(o)) for name, o in beside.items() if o is not None]
        said += [b"/Count %d" % -len(kids)] if kids else []
        text = b"<< /Dest %s /Parent %s /Title %s %s >>"
        parts = (one.Dest.unparse(), reference(parent), one.Title.unparse(), b" ".join(said))
        _write(objects, kids, one, pages)
        objects.put(one, text % parts)
