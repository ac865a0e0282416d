"""Makes the whole book in one edition: what is known of its chapters is found again, so that one
changed chapter is bound anew beside the others as they were."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from yearbook.volume import bind, check, enclose, gather, gathering
from yearbook.volume import block as blocks
from yearbook.volume.bind import Quire, Volume
from yearbook.volume.case import ROOM, Case, DisagreeingError, case
from yearbook.volume.front import excerpt, front, listed
from yearbook.volume.gathering import Sewing
from yearbook.volume.job import UnboundError
from yearbook.volume.letters import Letters
from yearbook.volume.order import NAME, Order, Printed
from yearbook.webfonts import digest as face_digest

_LOOKS = ("book.html", "common.css", "page.css")


@dataclass(frozen=True)
class Bindery:
    """An order at work; what is wrong is added to the findings."""

    order: Order
    cache: Cache
    findings: list[Finding]

    def bound(self) -> bytes:
        """The file, or nothing if it cannot be made."""
        before = self._front()
        parts = [before.contents[2:], *self._gatherings()]
        self.findings.extend(before.findings)
        if self.findings:
            return b""
        sewings = [gathering.sewing(contents[0]) for contents in parts]
        try:
            fonts = self._case([one.types for one in sewings], [one[1] for one in parts])
        except DisagreeingError as problem:
            self.findings.append(_apart(self.order.name, str(problem)))
            return b""
        entries = {n: (at, to) for n, (at, to) in json.loads(before.contents[1]).items()}
        quires = self._quires(parts, sewings, fonts, entries)
        first = bind.FONTS + ROOM * len(self._letters.masters)
        volume = Volume(
            quires,
            fonts.objects,
            tuple(enclose.written(self._common, first, self.order.kit.created)),
            enclose.named(self._common, first),
            entries,
        )
        content = bind.bound(volume)
        self.findings.extend(self._checked(content, before.contents[0], quires))
        return content

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
            **digests({slug: text.encode() for slug, text in excerpts.items()}),
            **digests({name: text.encode() for name, text in looks.items()}),
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

    def _laid_out(self, excerpts: Sequence[str]) -> Made:
        kit = self.order.kit
        masters = (FontFace(f.family, f.weight, f.style, f"asset:///{f.file}") for f in kit.faces)
        layout = Layout(kit.templates, kit.theme, tuple(masters))
        made = front(self.order.book, self.order.edition, [*map(listed, excerpts)], layout)
        if made.findings:
            return Made((), made.findings)
        place = Place(f"{self.order.name}.pdf")
        done = pdf.render(pdf.Document(made.html, self._letters.masters, kit.created))
        findings = tuple(replace(finding, place=place) for finding in done.findings)
        if findings:
            return Made((), findings)
        sewn = gather.front(done.content, self._letters)
        entries = json.dumps(made.entries).encode()
        return Made((done.content, entries, *gathering.packed(sewn)))

    def _gatherings(self) -> Iterator[Sequence[bytes]]:
        """The chapters, ready to be bound; of one that cannot be, a finding."""
        for one in self.order.chapters:
            parts = {"pdf": sha256(one.content).hexdigest(), "slug": one.slug, **self._faces}
            try:
                made = self.cache.made(
                    f"gathering {one.slug}/{self.order.edition}", parts, partial(self._sewn, one)
                )
            except UnboundError as problem:
                place = Place(f"{one.slug}/{self.order.edition}.pdf", problem.page)
                self.findings.append(error("book", place, problem.what, problem.hint))
            else:
                yield made.contents

    def _sewn(self, one: Printed) -> Made:
        return Made(gathering.packed(gather.chapter(one.content, one.slug, self._letters)))

    def _case(self, sewn: Sequence[str], told: Sequence[bytes]) -> Case:
        """The fonts of all parts."""
        parts = {**{f"types {at}": held for at, held in enumerate(sewn)}, **self._faces}

        def make() -> Made:
            done = case([*map(gathering.types, told)], self._letters, bind.FONTS)
            numbers = json.dumps(
                [done.numbers, [(n, t.decode("latin-1")) for n, t, _ in done.objects]]
            )
            return Made((numbers.encode(), *(body for _, _, body in done.objects)))

        numbers, *bodies = self.cache.made(f"case {self.order.name}", parts, make).contents
        told_numbers, texts = json.loads(numbers)
        objects = [
            (number, text.encode("latin-1"), body)
            for (number, text), body in zip(texts, bodies, strict=True)
        ]
        return Case(told_numbers, objects)

    def _quires(
        self,
        parts: Sequence[Sequence[bytes]],
        sewings: Sequence[Sewing],
        fonts: Case,
        entries: Mapping[str, tuple[int, str]],
    ) -> list[Quire]:
        """Every part in its place."""
        bases = bind.bases(sewings, bind.beginning(len(self._letters.masters), len(self._common)))
        slugs = ["", *(one.slug for one in self.order.chapters)]
        numbers = _numbers(sewings, entries)
        return [
            Quire(slug, sewing, self._block(slug, contents, base, types), base, told)
            for slug, sewing, contents, base, types, told in zip(
                slugs, sewings, parts, bases, fonts.numbers, numbers, strict=True
            )
        ]

    def _block(
        self, slug: str, contents: Sequence[bytes], base: int, types: Sequence[int]
    ) -> blocks.Block:
        parts = {
            **digests({str(at): held for at, held in enumerate(contents)}),
            "base": str(base),
            "fonts": digest(types),
        }

        def make() -> Made:
            done = blocks.block(gathering.unpacked(contents), base, bind.shared(types))
            return Made(blocks.packed(done))

        name = f"block {slug or NAME}/{self.order.edition}"
        return blocks.unpacked(self.cache.made(name, parts, make).contents)

    def _checked(self, content: bytes, before: bytes, quires: Sequence[Quire]) -> list[Finding]:
        """What is wrong with the finished file."""
        name, file = f"{self.order.name}.pdf", pypdfium2.PdfDocument(content)
        counts = [len(quire.sewing.leaves) for quire in quires]
        found = [*check.counted(name, file, sum(counts))]
        parts = [before, *(one.content for one in self.order.chapters)]
        for quire, begin, own in zip(quires, accumulate(counts, initial=0), parts, strict=False):
            if not found:
                found += self._read(check.Reading(name, file, own, quire, begin))
        file.close()
        return found

    def _read(self, reading: check.Reading) -> Sequence[Finding]:
        """What is wrong with the pages of one part."""
        quire = reading.quire
        parts = {
            "block": sha256(quire.block.content).hexdigest(),
            "numbers": digest(quire.set),
            "page": str(reading.begin),
            "pdf": sha256(reading.own).hexdigest(),
        }
        name = f"check {quire.slug or NAME}/{self.order.edition}"
        return self.cache.made(name, parts, lambda: Made((), tuple(reading.findings()))).findings


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
