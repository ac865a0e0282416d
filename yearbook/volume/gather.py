"""Makes a finished PDF ready to be bound: its contents are taken out, its numbers of pages can be
set anew, its fonts are named by their masters, and its names are its own."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf

from yearbook.volume import outline, stamp, type
from yearbook.volume.gathering import Enclosure, Gathering, Leaf, Sewing, Type, digest
from yearbook.volume.letters import Letters
from yearbook.volume.objects import Objects, parent, reference
from yearbook.volume.stamp import Digits, spots
from yearbook.volume.tags import Tags

_POINTS = 0.75
"""Of a CSS pixel, in which WeasyPrint writes its pages."""
_ARTIFACT = "/Artifact\n<</Type /Pagination>>\nBDC\n"
_COMMON = (
    b"/AF \0associated\0 /Names << /Dests \0places\0 /EmbeddedFiles \0files\0 >> "
    b"/Outlines \0outline\0 /PageLabels \0labels\0 /Pages \0pages\0 "
    b"/StructTreeRoot \0tree\0 /Type /Catalog"
)
_OWN = ("facts.json", "proof.json")
"""Attachments that bear one name in every chapter and are not the same."""


class UnboundError(ValueError):
    """A PDF that cannot be bound: on which page, and why."""

    def __init__(self, page: int, why: str) -> None:
        super().__init__(why)
        self.page = page
        self.why = why


@dataclass
class Job:
    """A PDF being taken apart: its pages that stay, by the numbers of their objects, the number
    that each prints, and what is found in it."""

    pdf: pikepdf.Pdf
    slug: str
    objects: Objects
    tags: Tags
    parts: Sequence[int]
    pages: dict[int, pikepdf.Page]
    types: list[Type] = field(default_factory=list)
    digits: dict[str, Digits] = field(default_factory=dict)
    roots: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pdf: pikepdf.Pdf, slug: str, *, whole: bool) -> "Job":
        """Begin; what is not to be taken ``whole`` loses its contents. Raises `UnboundError`."""
        tags = Tags.of(pdf)
        contents = [] if whole else tags.contents()
        parts = [part for part in tags.parts if part not in contents]
        numbers = [page.obj.objgen[0] for page in pdf.pages]
        listed, told = tags.pages(contents), tags.pages(parts)
        for at, number in enumerate(numbers, 1):
            if number in listed & told:
                raise UnboundError(at, "contents stand beside text")
        pages = dict(zip(numbers, pdf.pages, strict=True))
        kept = {number: page for number, page in pages.items() if number not in listed}
        prefix = f"{slug}/".encode() if slug else b""
        return cls(pdf, slug, Objects(pdf, prefix), tags, parts, kept)


def chapter(content: bytes, slug: str, letters: Letters) -> Gathering:
    """Make a chapter ready. Raises `UnboundError`."""
    with pikepdf.open(BytesIO(content)) as pdf:
        numbers = {page.obj.objgen[0]: at for at, page in enumerate(pdf.pages, 1)}
        job = Job.of(pdf, slug, whole=False)
        _fonts(job, letters)
        leaves = [_footed(job, page, numbers[number]) for number, page in job.pages.items()]
        return _finished(job, leaves)


def front(content: bytes, holder: str, letters: Letters) -> Gathering:
    """Make the pages before the chapters ready: each text that is this ``holder`` and nothing else
    holds the place of a number that is known when the volume is bound."""
    with pikepdf.open(BytesIO(content)) as pdf:
        job = Job.of(pdf, "", whole=True)
        _fonts(job, letters)
        leaves = [_held(job, page, holder) for page in job.pages.values()]
        return _finished(job, leaves)


def _fonts(job: Job, letters: Letters) -> None:
    """Name the fonts whose masters are known."""
    seen: dict[int, int] = {}
    for page in job.pages.values():
        for name, font in page.resources.get("/Font", {}).items():
            number = font.objgen[0]
            if number not in seen:
                seen[number] = _typed(job, font, letters)
            if seen[number] >= 0:
                made = job.types[seen[number]]
                job.objects.named[number] = f"type {seen[number]}"
                said = {f"{code:04x}": type.said(text) for code, text in made.texts.items()}
                digits = (made.widths[code] for code, t in made.texts.items() if t == type.NOUGHT)
                job.digits[name[1:]] = Digits(said, float(next(digits, 0)))


def _typed(job: Job, font: Any, letters: Letters) -> int:
    """The place of a font among those with a master; -1 if it has none."""
    content = type.program(font)
    said = type.texts(font) if content else {}
    master = letters.master(content) if said else ""
    if not master:
        return -1
    job.types.append(Type(master, type.about(font), said, type.widths(font)))
    return len(job.types) - 1


def _footed(job: Job, page: pikepdf.Page, number: int) -> Leaf:
    """A page; where it prints its own number, a stream of its own is left for that."""
    leaf = Leaf(page.obj.objgen[0], float(page.mediabox[3]))
    owners = job.tags.owners.get(leaf.number, {})
    content = page.Contents.read_bytes()
    found = [s for s in spots(content, str(number), job.digits) if s.marked not in owners]
    if len(found) > 1:
        raise UnboundError(number, "its number stands there twice")
    if not found:
        return leaf
    spot, slot = found[0], job.objects.later()
    begin, end = spot.within
    before, after = (_stream(job, held) for held in (content[:begin], content[end:]))
    page.obj.Contents = pikepdf.Array([before, slot, after])
    colours = content[begin : spot.begin].partition(b"BDC\n")[2].decode("latin-1")
    share = stamp.side(spot.piece, float(page.mediabox[2]) / _POINTS)
    piece = replace(spot.piece, before=_ARTIFACT + colours, share=share)
    rest = content[spot.end : end].decode("latin-1")
    return replace(leaf, stream=slot.objgen[0], pieces=(piece,), rest=rest)


def _held(job: Job, page: pikepdf.Page, holder: str) -> Leaf:
    """A page whose numbers are known later."""
    leaf = Leaf(page.obj.objgen[0], float(page.mediabox[3]))
    content = page.Contents.read_bytes()
    pieces, at = [], 0
    for spot in spots(content, holder, job.digits):
        pieces.append(replace(spot.piece, before=content[at : spot.begin].decode("latin-1")))
        at = spot.end
    if not pieces:
        return leaf
    slot = page.obj.Contents = job.objects.later()
    rest = content[at:].decode("latin-1")
    return replace(leaf, stream=slot.objgen[0], pieces=tuple(pieces), rest=rest)


def _stream(job: Job, content: bytes) -> Any:
    made = job.pdf.make_stream(b"")
    made.write(zlib.compress(content, 9), filter=pikepdf.Name.FlateDecode)
    return made


def _finished(job: Job, leaves: Sequence[Leaf]) -> Gathering:
    """Everything, under numbers of its own."""
    objects = job.objects
    _tree(job)
    _parents(job)
    _names(job)
    bookmarks = outline.put(job.pdf, objects, job.pages, job.roots)
    enclosures = [*_enclosures(job)]
    if not job.slug:
        job.roots["catalog"] = objects.new(_catalog(job.pdf))
        job.roots["info"] = objects.new(job.pdf.docinfo.unparse(resolved=True))
    files = [job.pdf.get_object((one.number, 0)) for one in enclosures if one.number]
    numbers = objects.take([*job.roots.values(), *files])
    texts, streams = [*objects.written(numbers)], sorted(objects.bodies)
    plain = len(texts) - len(streams)
    title = job.pdf.docinfo.get("/Title", pikepdf.String(""))
    sewing = Sewing(
        len(objects.late),
        plain,
        len(streams),
        title.unparse().decode("latin-1"),
        tuple(
            replace(leaf, number=numbers[leaf.number], stream=numbers.get(leaf.stream, 0))
            for leaf in leaves
        ),
        {name: numbers[root.objgen[0]] for name, root in job.roots.items()},
        job.spans,
        digest(job.types),
        tuple(replace(one, number=numbers.get(one.number, 0)) for one in enclosures),
        bookmarks,
        _places(job),
    )
    bodies = [objects.bodies[number] for number in streams]
    held = list(zip(texts[plain:], bodies, strict=True))
    return Gathering(sewing, tuple(job.types), held, texts[:plain])


def _tree(job: Job) -> None:
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


def _parents(job: Job) -> None:
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


def _names(job: Job) -> None:
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
    told = list(job.pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", ()))
    for name, place in zip(told[::2], told[1::2], strict=True):
        if place[0].objgen[0] in job.pages:
            yield str(name), place


def _places(job: Job) -> dict[str, tuple[int, str]]:
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


def _enclosures(job: Job) -> Iterator[Enclosure]:
    """The files that the chapter encloses for itself, and the digests of the common ones, which a
    volume encloses once."""
    for name, file in job.pdf.attachments.items():
        content = file.get_file().read_bytes()
        own = name in _OWN or name.startswith(f"{job.slug}.")
        if name in _OWN:
            renamed = f"{job.slug}.{name}"
            file.obj.F = file.obj.UF = pikepdf.String(renamed)
            name = renamed
        number = file.obj.objgen[0] if own else 0
        yield Enclosure(name, number, sha256(content).hexdigest())


def _catalog(pdf: pikepdf.Pdf) -> bytes:
    """The catalogue of the volume: what the front's says of itself, and what is common to all."""
    keys = ("/Lang", "/MarkInfo", "/Metadata", "/OutputIntents", "/ViewerPreferences")
    own = (b"%s %s" % (k.encode(), pdf.Root[k].unparse()) for k in keys if k in pdf.Root)
    return b"<< %s %s >>" % (b" ".join(own), _COMMON)
