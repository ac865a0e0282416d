"""Makes a finished PDF ready to be bound: its contents are taken out, its numbers of pages can be
set anew, its fonts are named by their masters, and its names are its own."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf

from yearbook.model import Text
from yearbook.volume import fount, outline, sew, stamp
from yearbook.volume.gathering import Gathering, Leaf, Sewing, Type, digest
from yearbook.volume.job import Job, UnboundError
from yearbook.volume.letters import Letters
from yearbook.volume.stamp import Digits, spots

HOLDER = "00000"
"""Stands for the number of a page until the volume is bound; all digits are of one width."""
_POINTS = 0.75
"""Of a CSS pixel, in which WeasyPrint writes its pages."""
_ARTIFACT = "/Artifact\n<</Type /Pagination>>\nBDC\n"
_TWICE = (
    Text("the number of the page stands there twice", "页码在该页出现两次"),
    Text(
        "let templates/page.css print it in one margin box",
        "请在 templates/page.css 中只用一个页边框印页码",
    ),
)


def chapter(content: bytes, slug: str, letters: Letters) -> Gathering:
    """Make a chapter ready. Raises `UnboundError`."""
    with pikepdf.open(BytesIO(content)) as pdf:
        numbers = {page.obj.objgen[0]: at for at, page in enumerate(pdf.pages, 1)}
        job = Job.of(pdf, slug, whole=False)
        _fonts(job, letters)
        leaves = [_footed(job, page, numbers[number]) for number, page in job.pages.items()]
        return _finished(job, leaves)


def front(content: bytes, letters: Letters) -> Gathering:
    """Make the pages before the chapters ready: each text that is `HOLDER` and nothing else holds
    the place of a number that is known when the volume is bound."""
    with pikepdf.open(BytesIO(content)) as pdf:
        job = Job.of(pdf, "", whole=True)
        _fonts(job, letters)
        leaves = [_held(job, page, at) for at, page in enumerate(job.pages.values(), 1)]
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
                said = {f"{code:04x}": fount.said(text) for code, text in made.texts.items()}
                digits = (made.widths[code] for code, t in made.texts.items() if t == fount.NOUGHT)
                job.digits[name[1:]] = Digits(said, float(next(digits, 0)))


def _typed(job: Job, font: Any, letters: Letters) -> int:
    """The place of a font among those with a master; -1 if it has none."""
    content = fount.program(font)
    said = fount.texts(font) if content else {}
    master = letters.master(content) if said else ""
    if not master:
        return -1
    job.types.append(Type(master, fount.about(font), said, fount.widths(font)))
    return len(job.types) - 1


def _footed(job: Job, page: pikepdf.Page, number: int) -> Leaf:
    """A page; where it prints its own number, a stream of its own is left for that."""
    leaf = Leaf(page.obj.objgen[0], number, float(page.mediabox[3]))
    owners = job.tags.owners.get(leaf.number, {})
    content = page.Contents.read_bytes()
    found = [s for s in spots(content, str(number), job.digits) if s.marked not in owners]
    if len(found) > 1:
        raise UnboundError(number, *_TWICE)
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


def _held(job: Job, page: pikepdf.Page, number: int) -> Leaf:
    """A page whose numbers are known later."""
    leaf = Leaf(page.obj.objgen[0], number, float(page.mediabox[3]))
    content = page.Contents.read_bytes()
    pieces, at = [], 0
    for spot in spots(content, HOLDER, job.digits):
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
    sew.tree(job)
    sew.parents(job)
    sew.names(job)
    bookmarks = outline.put(job.pdf, objects, job.pages, job.roots)
    enclosures = [*sew.enclosures(job)]
    if not job.slug:
        job.roots["catalog"] = objects.new(sew.catalog(job.pdf))
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
        sew.places(job),
    )
    bodies = [objects.bodies[number] for number in streams]
    held = list(zip(texts[plain:], bodies, strict=True))
    return Gathering(sewing, tuple(job.types), held, texts[:plain])
