"""Makes the whole book in one edition: what is known of its chapters is found again, so that one
changed chapter is bound anew beside the others as they were."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import sha256
from itertools import accumulate

import pypdfium2

from yearbook import pdf
from yearbook.audit import proof
from yearbook.codec import digest
from yearbook.finding import Finding, error
from yearbook.model import Place, Text
from yearbook.node import Cache, Made, digests
from yearbook.page import FontFace, Layout
from yearbook.volume import bind, block, check, enclose, gather, gathering
from yearbook.volume.bind import Quire, Volume
from yearbook.volume.block import Block
from yearbook.volume.case import ROOM, Case, DisagreeingError, case
from yearbook.volume.front import excerpt, front, listed
from yearbook.volume.gathering import Sewing
from yearbook.volume.job import UnboundError
from yearbook.volume.letters import Letters
from yearbook.volume.order import NAME, Order, Printed
from yearbook.webfonts import digest as face_digest

_LOOKS = ("book.html", "common.css", "page.css")


@dataclass(frozen=True)
class _Part:
    """The front or a chapter: its name, the digest of its PDF, the runs of its gathering that are
    always asked for, how the others are had, and how the PDF."""

    slug: str
    digest: str
    known: Sequence[bytes] = field(repr=False)
    held: Callable[[], Sequence[bytes]] = field(repr=False)
    content: Callable[[], bytes] = field(repr=False)

    @cached_property
    def sewing(self) -> Sewing:
        """How it is joined to others."""
        return gathering.sewing(self.known[0])


@dataclass(frozen=True)
class Bindery:
    """An order at work; what is wrong is added to the findings."""

    order: Order
    cache: Cache
    findings: list[Finding]

    def bound(self) -> bytes:
        """The file, or nothing if it cannot be made."""
        before = self._front()
        chapters = [*self._chapters()]
        self.findings.extend(before.findings)
        if self.findings:
            return b""
        content, told, *sewn = before.contents
        mark = sha256(content).hexdigest()
        parts = [_Part("", mark, sewn[:2], lambda: sewn[2:], lambda: content), *chapters]
        entries = {name: (at, to) for name, (at, to) in json.loads(told).items()}
        try:
            fonts = self._case(parts)
        except DisagreeingError as problem:
            self.findings.append(_apart(self.order.name, str(problem)))
            return b""
        quires = self._quires(parts, fonts, entries)
        first = bind.FONTS + ROOM * len(self._letters.masters)
        files = tuple(enclose.written(self._common, first, self.order.kit.created))
        named = enclose.named(self._common, first)
        made = bind.bound(Volume(quires, fonts.objects, files, named, entries))
        self.findings.extend(self._checked(made, parts, quires))
        return made

    @cached_property
    def _letters(self) -> Letters:
        return Letters({face.file: face.content for face in self.order.kit.faces})

    @cached_property
    def _faces(self) -> Mapping[str, str]:
        return {face.file: face_digest(face) for face in self.order.kit.faces}

    @cached_property
    def _common(self) -> Mapping[str, bytes]:
        """The files that every chapter encloses."""
        return proof.behind(self.order.kit.files, "")

    def _front(self) -> Made:
        """The pages before the chapters: their PDF, where their entries lead, their gathering."""
        kit, book = self.order.kit, self.order.book
        excerpts = {one.slug: excerpt(one.screen) for one in self.order.chapters}
        looks = {name: kit.templates.get(name, "") for name in _LOOKS}
        parts = {
            **digests({**excerpts, **{name: text.encode() for name, text in looks.items()}}),
            "chapters": digest(list(excerpts)),
            "book": digest((book.title, book.publisher, book.edition_year)),
            "theme": digest(kit.theme),
            "date": kit.created.isoformat(),
            **self._faces,
            **kit.system,
        }
        return self.cache.made(
            f"front {self.order.name}", parts, lambda: self._laid_out(list(excerpts.values()))
        )

    def _laid_out(self, excerpts: Sequence[bytes]) -> Made:
        kit = self.order.kit
        masters = (FontFace(f.family, f.weight, f.style, f"asset:///{f.file}") for f in kit.faces)
        layout = Layout(kit.templates, kit.theme, tuple(masters))
        told = [listed(each.decode()) for each in excerpts]
        made = front(self.order.book, self.order.edition, told, layout)
        if made.findings:
            return Made((), made.findings)
        place = Place(f"{self.order.name}.pdf")
        done = pdf.render(pdf.Document(made.html, self._letters.masters, kit.created))
        findings = tuple(replace(finding, place=place) for finding in done.findings)
        if findings:
            return Made((), findings)
        sewn = gather.front(done.content, self._letters)
        entries = json.dumps(made.entries).encode()
        known, held = gathering.packed(sewn)
        return Made((done.content, entries, *known, *held))

    def _chapters(self) -> Iterator[_Part]:
        """The chapters, ready to be bound; of one that cannot be, a finding."""
        for one in self.order.chapters:
            try:
                known = self._gathering(one, "gathering").contents
            except UnboundError as problem:
                place = Place(f"{one.slug}/{self.order.edition}.pdf", problem.page)
                self.findings.append(error("book", place, problem.what, problem.hint))
            else:
                held = partial(self._held, one)
                yield _Part(one.slug, one.digest, known, held, partial(getattr, one, "content"))

    def _held(self, one: Printed) -> Sequence[bytes]:
        return self._gathering(one, "objects").contents

    def _gathering(self, one: Printed, kind: str) -> Made:
        """A chapter made ready: its ``gathering`` is asked for each time, its ``objects`` only
        when they are moved, so they are kept apart."""
        parts, name = {"pdf": one.digest, **self._faces}, f"{one.slug}/{self.order.edition}"
        found = self.cache.find(f"{kind} {name}", parts)
        if found is None:
            runs = gathering.packed(gather.chapter(one.content, one.slug, self._letters))
            made = dict(zip(("gathering", "objects"), map(Made, runs), strict=True))
            for each, told in made.items():
                self.cache.keep(f"{each} {name}", parts, told)
            found = made[kind]
        return found

    def _case(self, parts: Sequence[_Part]) -> Case:
        """The fonts of all parts."""
        sewn = {f"types {at}": part.sewing.types for at, part in enumerate(parts)}

        def make() -> Made:
            done = case(
                [gathering.types(part.known[1]) for part in parts], self._letters, bind.FONTS
            )
            numbers = json.dumps(
                [done.numbers, [(n, t.decode("latin-1")) for n, t, _ in done.objects]]
            )
            return Made((numbers.encode(), *(body for _, _, body in done.objects)))

        name, keys = f"case {self.order.name}", {**sewn, **self._faces}
        told, *bodies = self.cache.made(name, keys, make).contents
        numbers, texts = json.loads(told)
        objects = [
            (number, text.encode("latin-1"), body)
            for (number, text), body in zip(texts, bodies, strict=True)
        ]
        return Case(numbers, objects)

    def _quires(
        self, parts: Sequence[_Part], fonts: Case, entries: Mapping[str, tuple[int, str]]
    ) -> list[Quire]:
        """Every part in its place."""
        sewings = [part.sewing for part in parts]
        bases = bind.bases(sewings, bind.beginning(len(self._letters.masters), len(self._common)))
        numbers = _numbers(sewings, entries)
        return [
            Quire(part.slug, part.sewing, self._block(part, base, types), base, told)
            for part, base, types, told in zip(parts, bases, fonts.numbers, numbers, strict=True)
        ]

    def _block(self, part: _Part, base: int, types: Sequence[int]) -> Block:
        keys = {"pdf": part.digest, "base": str(base), "fonts": digest(types), **self._faces}

        def make() -> Made:
            moved = gathering.unpacked(part.known, part.held())
            return Made(block.packed(block.block(moved, base, bind.shared(types))))

        name = f"block {part.slug or NAME}/{self.order.edition}"
        return block.unpacked(self.cache.made(name, keys, make).contents)

    def _checked(
        self, content: bytes, parts: Sequence[_Part], quires: Sequence[Quire]
    ) -> list[Finding]:
        """What is wrong with the finished file."""
        name, file = f"{self.order.name}.pdf", pypdfium2.PdfDocument(content)
        counts = [len(quire.sewing.leaves) for quire in quires]
        found = [*check.counted(name, file, sum(counts))]
        for part, quire, begin in zip(parts, quires, accumulate(counts, initial=0), strict=False):
            if not found:
                reading = check.Reading(name, file, part.content, quire, begin)
                found += self._read(part, reading)
        file.close()
        return found

    def _read(self, part: _Part, reading: check.Reading) -> Sequence[Finding]:
        """What is wrong with the pages of one part."""
        keys = {
            "block": reading.quire.block.digest,
            "numbers": digest(reading.quire.set),
            "page": str(reading.begin),
            "pdf": part.digest,
        }
        name = f"check {part.slug or NAME}/{self.order.edition}"
        return self.cache.made(name, keys, lambda: Made((), tuple(reading.findings()))).findings


def _numbers(
    sewings: Sequence[Sewing], entries: Mapping[str, tuple[int, str]]
) -> list[list[list[str]]]:
    """The numbers to be set on each page of each part: in the front those of its entries, in a
    chapter its own, from 1."""
    counts = [len(sewing.leaves) for sewing in sewings[1:]]
    begins = [0, *accumulate(counts, initial=1)]
    led = iter(
        str(begins[at] + (sewings[at].places[to][0] if to else 0)) for at, to in entries.values()
    )
    front = [[next(led) for _ in leaf.pieces] for leaf in sewings[0].leaves]
    own = [
        [[str(begin + at)] * len(leaf.pieces) for at, leaf in enumerate(sewing.leaves)]
        for sewing, begin in zip(sewings[1:], begins[1:], strict=False)
    ]
    return [front, *own]


def _apart(name: str, master: str) -> Finding:
    return error(
        "book",
        Place(f"{name}.pdf"),
        Text(
            f"the chapters use the font {master} in ways that one font cannot serve",
            f"各章对字体 {master} 的用法无法合为一个字体",
        ),
        Text(
            "the toolkit has a fault: report it, and set whole = false in book.toml meanwhile",
            "工具有误：请反馈，并暂在 book.toml 中写 whole = false",
        ),
    )
