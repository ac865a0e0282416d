"""Make the files of one edition: charts, screen page, printed page. Runs in a worker process."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from yearbook import accounting, audit, heap, markup, pdf
from yearbook.audit import proof
from yearbook.audit.facts import Head
from yearbook.binding import Medium
from yearbook.cite import linked
from yearbook.codec import digest
from yearbook.doing import doing
from yearbook.finding import Finding
from yearbook.kit import Kit
from yearbook.model import Artifact, Edition, Place
from yearbook.node import Cache, Made, Node, digests
from yearbook.page import FontFace, Layout
from yearbook.records import Records
from yearbook.report import Desk, pages
from yearbook.studio import Studio
from yearbook.webfonts import digest as face_digest
from yearbook.webfonts import with_fonts


@dataclass(frozen=True, slots=True)
class Run:
    """What came off the press: the files of an edition and everything wrong with them."""

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]
    nodes: tuple[Node, ...] = ()


def run(desk: Desk, edition: Edition, kit: Kit) -> Run:
    """Make ``<edition>.html`` and ``<edition>.pdf`` of a chapter."""
    cache = replace(kit.cache, nodes=[])
    assets = {face.file: face.content for face in kit.faces}
    studio = Studio(kit, cache, assets, [])
    masters = tuple(FontFace(f.family, f.weight, f.style, f"asset:///{f.file}") for f in kit.faces)
    behind = proof.behind(kit.files, desk.chapter.slug)
    bare = Layout(kit.templates, kit.theme, (), proof.seal(behind))
    layouts = {Medium.SCREEN: bare, Medium.PRINT: replace(bare, faces=masters)}
    sheets = pages(desk, edition, layouts, studio.draw)
    heap.swept()  # charts that were drawn
    findings = [*studio.findings, *sheets.findings]
    if findings:
        return Run((), tuple(findings), tuple(cache.nodes))
    name = f"{desk.chapter.slug}/{edition}"
    records = Records(desk.book, desk.chapter)
    screen = with_fonts(linked(sheets.screen, records), kit.faces, cache)
    findings.extend(markup.check(f"{name}.html", screen))
    for medium, made in (("html", screen), ("pdf", sheets.printed)):
        findings.extend(markup.sealed(f"{name}.{medium}", made, bare.seal))
    sheet = audit.Sheet(
        Head(desk.chapter.slug, edition.value, desk.book.data_year),
        audit.items(sheets.printed, studio.labels),
        accounting.ledger(records),
    )
    known = audit.shelved(cache.shelf, cache.base)
    job = _Job(kit, cache, sheet, sheets.printed, assets, known)
    printed = cache.made(f"pdf {name}", job.parts(), job.printed)
    findings.extend(printed.findings)
    content = printed.contents[0]
    if content:
        shown = digests({"pdf": content, "html": screen.encode()})
        read = cache.made(
            f"audit {name}",
            {**job.texts(), **shown},
            lambda: Made((), tuple(audit.findings(sheet, content, screen, job.known))),
        )
        findings.extend(read.findings)
    artifacts = (Artifact(f"{name}.html", screen.encode()), Artifact(f"{name}.pdf", content))
    return Run(artifacts, tuple(findings), tuple(cache.nodes))


@dataclass(frozen=True, slots=True)
class _Job:
    """A page to print, with what travels in its PDF."""

    kit: Kit
    cache: Cache
    sheet: audit.Sheet
    html: str
    assets: Mapping[str, bytes]
    known: audit.Known

    def texts(self) -> dict[str, str]:
        """What a finished file is compared with: the texts and the records behind them."""
        behind = proof.behind(self.kit.files, self.sheet.head.chapter)
        return {"texts": digest((self.sheet.head, self.sheet.items)), **digests(behind)}

    def parts(self) -> dict[str, str]:
        """All that the PDF is made of."""
        means = self.means()
        drawn = {name: data for name, data in self.assets.items() if name not in means}
        return {
            **self.texts(),
            **means,
            **digests({**drawn, "page": self.html.encode()}),
            "date": self.kit.created.isoformat(),
        }

    def means(self) -> dict[str, str]:
        """What every page is made with: the faces and the libraries that lay out."""
        return {**{face.file: face_digest(face) for face in self.kit.faces}, **self.kit.system}

    def kept(self) -> pdf.Kept | None:
        """Where the pages of earlier prints are."""
        shelf = self.cache.shelf
        return pdf.Kept(shelf, {**self.cache.base, **self.means()}) if shelf is not None else None

    def printed(self) -> Made:
        """The PDF and what its printing said."""
        document = pdf.Document(self.html, self.assets, self.kit.created, enclose=self._enclosed)
        place = Place(f"{self.sheet.name}.pdf")
        with doing(place):
            done = pdf.render(document, self.kept())
        return Made((done.content,), tuple(replace(f, place=place) for f in done.findings))

    def _enclosed(self, draft: bytes) -> tuple[pdf.Attachment, ...]:
        carried = audit.enclosed(self.sheet, draft, self.kit.files, self.known)
        return tuple(_attachment(name, content) for name, content in carried.items())


def _attachment(name: str, content: bytes) -> pdf.Attachment:
    about = "Data behind this chapter 本章所据数据"
    return pdf.Attachment(name, content, proof.media_type(name), about)
