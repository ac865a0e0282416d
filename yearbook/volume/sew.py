"""What joins a chapter to the others: nodes and leaves of the trees that a volume has once."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pikepdf

from yearbook.volume.gathering import Enclosure
from yearbook.volume.job import Job
from yearbook.volume.objects import parent, reference

_COMMON = (
    b"/AF \0associated\0 /Names << /Dests \0places\0 /EmbeddedFiles \0files\0 >> "
    b"/Outlines \0outline\0 /PageLabels \0labels\0 /Pages \0pages\0 "
    b"/StructTreeRoot \0tree\0 /Type /Catalog"
)
_OWN = ("facts.json", "proof.json")
"""Attachments that bear one name in every chapter and are not the same."""


def tree(job: Job) -> None:
    """A node for the pages, a wrapper for the tags."""
    pages, wrapper = job.objects.new(), job.objects.new()
    for page in job.pages.values():
        page.obj.Parent = pages
    kids = b" ".join(reference(page.obj) for page in job.pages.values())
    node = b"<< /Count %d /Kids [ %s ] /Parent \0pages\0 /Type /Pages >>"
    job.objects.put(pages, node % (len(job.pages), kids))
    tops = [job.pdf.get_object((number, 0)) for number in job.parts]
    for top in tops:
        top.P = wrapper
    kids = b" ".join(map(reference, tops))
    tongue = job.pdf.Root.get("/Lang", pikepdf.String("")).unparse()
    node = b"<< /K [ %s ] /Lang %s /P \0document\0 /S /Part /Type /StructElem >>"
    job.objects.put(wrapper, node % (kids, tongue))
    job.roots |= {"pages": pages, "tags": wrapper}


def parents(job: Job) -> None:
    """The leaf of the tree of parents: which element each marked content, each link belongs to."""
    entries: dict[int, bytes] = {}
    links = _links(job)
    for number, page in job.pages.items():
        owners = job.tags.owners.get(number, {})
        marked = (owners.get(at) for at in range(max(owners, default=-1) + 1))
        told = (b"%d 0 R" % owner if owner else b"null" for owner in marked)
        if "/StructParents" in page.obj:
            entries[int(page.obj.StructParents)] = b"[ %s ]" % b" ".join(told)
        for note in page.obj.get("/Annots", ()):
            key = int(note.get("/StructParent", -1))
            if key in links:
                entries[key] = b"%d 0 R" % links[key]
    if not entries:
        return
    nums = b" ".join(parent(key) + b" " + value for key, value in sorted(entries.items()))
    limits = parent(min(entries)) + b" " + parent(max(entries))
    text = b"<< /Limits [ %s ] /Nums [ %s ] >>" % (limits, nums)
    job.roots["parents"] = job.objects.new(text)


def _links(job: Job) -> dict[int, int]:
    """The element of each link, by its key in the tree of parents."""
    told = list(job.pdf.Root.StructTreeRoot.ParentTree.get("/Nums", ()))
    found = zip(told[::2], told[1::2], strict=True)
    return {int(key): one.objgen[0] for key, one in found if isinstance(one, pikepdf.Dictionary)}


def names(job: Job) -> None:
    """The leaves of destinations and of identifiers, whose names are the chapter's own."""
    prefix = f"{job.slug}/" if job.slug else ""
    for page in job.pages.values():
        for note in page.obj.get("/Annots", ()):
            if isinstance(note.get("/Dest"), pikepdf.String):
                note.Dest = pikepdf.String(prefix + str(note.Dest))
    places = {prefix + name: place.unparse() for name, place in _destinations(job) if job.slug}
    things = (job.pdf.get_object((number, 0)) for number in job.tags.below(job.parts))
    ids = {prefix + str(thing.ID): reference(thing) for thing in things if "/ID" in thing}
    for name, held in (("places", places), ("ids", ids)):
        if held:
            job.roots[name] = job.objects.new(_leaf(held))
            job.spans[name] = (min(held, key=str.encode), max(held, key=str.encode))


def _destinations(job: Job) -> Iterator[tuple[str, Any]]:
    """The destinations on pages that stay, by name."""
    names: Any = job.pdf.Root.get("/Names", {})
    told = list(names.get("/Dests", {}).get("/Names", ()))
    for name, place in zip(told[::2], told[1::2], strict=True):
        if place[0].objgen[0] in job.pages:
            yield str(name), place


def places(job: Job) -> dict[str, tuple[int, str]]:
    """Each destination as the page it lies on, and where there."""
    at = {number: count for count, number in enumerate(job.pages)}
    return {
        name: (at[place[0].objgen[0]], " ".join(str(part) for part in list(place)[1:]))
        for name, place in _destinations(job)
    }


def _leaf(held: dict[str, bytes]) -> bytes:
    """A leaf of a tree of names."""
    order = sorted(held, key=str.encode)
    pairs = b" ".join(_string(name) + b" " + held[name] for name in order)
    limits = _string(order[0]) + b" " + _string(order[-1])
    return b"<< /Limits [ %s ] /Names [ %s ] >>" % (limits, pairs)


def _string(text: str) -> bytes:
    return pikepdf.String(text).unparse()


def enclosures(job: Job) -> Iterator[Enclosure]:
    """The files that the chapter encloses for itself, and the digests of the common ones, which a
    volume encloses once."""
    for name, file in job.pdf.attachments.items():
        content = file.get_file().read_bytes()
        proper = f"{job.slug}.{name}" if name in _OWN else name
        if name in _OWN:
            file.obj.F = file.obj.UF = pikepdf.String(proper)
        number = file.obj.objgen[0] if proper.startswith(f"{job.slug}.") else 0
        yield Enclosure(proper, number, sha256(content).hexdigest())


def catalog(pdf: pikepdf.Pdf) -> bytes:
    """The catalogue of the volume: what the front's says of itself, and what is common to all."""
    keys = ("/Lang", "/MarkInfo", "/Metadata", "/OutputIntents", "/ViewerPreferences")
    own = (b"%s %s" % (k.encode(), pdf.Root[k].unparse()) for k in keys if k in pdf.Root)
    return b"<< %s %s >>" % (b" ".join(own), _COMMON)
