"""Make the files of one edition: charts, screen page, printed page. Runs in a worker process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from markupsafe import Markup

from yearbook import accounting, audit, markup, pdf
from yearbook import draw as drawing
from yearbook.accounting import charts
from yearbook.audit import proof
from yearbook.audit.facts import Head
from yearbook.audit.items import Item
from yearbook.binding import Medium
from yearbook.book import ChartSpec
from yearbook.chart import Asked, Chart, Sketch
from yearbook.cite import linked
from yearbook.compose import Teller
from yearbook.doing import doing
from yearbook.finding import Finding, error
from yearbook.fonts import Face, coverage, subset, woff2
from yearbook.model import Artifact, Edition, Language, Place, Text
from yearbook.page import FontFace, Layout, Picture, data_url, font_rules
from yearbook.records import Records, suggestion
from yearbook.report import Desk, pages
from yearbook.svg import inline
from yearbook.template import plain
from yearbook.theme import Theme


@dataclass(frozen=True, slots=True)
class Kit:
    """What the printer has at hand, the same for every edition; ``files`` are those of the
    project, of which each PDF carries the data behind it."""

    templates: Mapping[str, str]
    theme: Theme
    faces: tuple[Face, ...]
    charts: Mapping[str, Chart]
    created: datetime
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """What came off the press: the files of an edition and everything wrong with them."""

    artifacts: tuple[Artifact, ...]
    findings: tuple[Finding, ...]


@dataclass
class _Studio:
    """Draws the charts of one edition and keeps what the printer needs of them."""

    kit: Kit
    assets: dict[str, bytes]
    findings: list[Finding]
    labels: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    def draw(self, spec: ChartSpec, edition: Edition, teller: Teller) -> Mapping[Medium, Picture]:
        """A chart as markup for each medium; without its module or with a fault, a finding."""
        chart = self.kit.charts.get(spec.id)
        if chart is None:
            self.findings.append(_no_module(spec, self.kit.charts))
            return {medium: Picture(Markup(""), {}) for medium in Medium}

        def say(language: Language, text: Text) -> str:
            return plain(teller.say(text, language, spec.place))

        asked = Asked(teller.records.book, teller.records.chapter)
        before = len(teller.log)
        sketch = Sketch(asked, self.kit.theme, edition, say)
        drawn = drawing.draw(chart, spec, sketch, self.kit.faces)
        self.findings.extend(drawn.findings)
        told = teller.log[before:]
        finished = charts.Drawn(spec, edition, drawn.svg, drawn.alt)
        ledger = accounting.ledger(asked)
        self.findings.extend(charts.check(ledger, asked, told, finished))
        name = f"chart-{spec.id}.svg"
        self.assets[name] = drawn.svg
        if drawn.svg:
            labels = audit.labels(drawn.svg, edition, drawn.alt)
            self.labels[name] = audit.bind(labels, asked, ledger)
        alt = " / ".join(drawn.alt.values())
        return {
            Medium.SCREEN: Picture(
                Markup(inline(drawn.svg, self.kit.theme)),  # noqa: S704 - our own drawing
                drawn.alt,
            ),
            Medium.PRINT: Picture(
                Markup('<img src="asset:///{}" alt="{}">').format(name, alt), drawn.alt
            ),
        }


def run(desk: Desk, edition: Edition, kit: Kit) -> Run:
    """Make ``<edition>.html`` and ``<edition>.pdf`` of a chapter."""
    assets = {face.file: face.content for face in kit.faces}
    studio = _Studio(kit, assets, [])
    masters = tuple(FontFace(f.family, f.weight, f.style, f"asset:///{f.file}") for f in kit.faces)
    bare = Layout(kit.templates, kit.theme, ())
    layouts = {Medium.SCREEN: bare, Medium.PRINT: replace(bare, faces=masters)}
    sheets = pages(desk, edition, layouts, studio.draw)
    findings = [*studio.findings, *sheets.findings]
    if findings:
        return Run((), tuple(findings))
    name = f"{desk.chapter.slug}/{edition}"
    records = Records(desk.book, desk.chapter)
    screen = with_fonts(linked(sheets.screen, records), kit.faces)
    findings.extend(markup.check(f"{name}.html", screen))
    sheet = audit.Sheet(
        Head(desk.chapter.slug, edition.value, desk.book.data_year),
        audit.items(sheets.printed, studio.labels),
        accounting.ledger(records),
    )

    def enclose(draft: bytes) -> tuple[pdf.Attachment, ...]:
        carried = audit.enclosed(sheet, draft, kit.files)
        return tuple(_attachment(name, content) for name, content in carried.items())

    document = pdf.Document(sheets.printed, assets, kit.created, enclose=enclose)
    with doing(Place(f"{name}.pdf")):
        printed = pdf.render(document)
    findings.extend(replace(f, place=Place(f"{name}.pdf")) for f in printed.findings)
    if printed.content:
        findings.extend(audit.findings(sheet, printed.content, screen))
    artifacts = (
        Artifact(f"{name}.html", screen.encode()),
        Artifact(f"{name}.pdf", printed.content),
    )
    return Run(artifacts, tuple(findings))


def _attachment(name: str, content: bytes) -> pdf.Attachment:
    about = "Data behind this chapter 本章所据数据"
    return pdf.Attachment(name, content, proof.media_type(name), about)


def with_fonts(page: str, faces: Sequence[Face]) -> str:
    """Put into a page's style the faces it needs, cut to its characters."""
    characters = frozenset(map(ord, page))
    rules = []
    for face in faces:
        used = characters & coverage(face)
        wanted = face.style == "normal" or (face.weight < 700 and "<em>" in page)
        if used and wanted:
            url = data_url(woff2(subset(face, used)), "font/woff2")
            rules.append(FontFace(face.family, face.weight, face.style, url))
    return page.replace("<style>", "<style>" + "\n".join(font_rules(rules)), 1)


def _no_module(spec: ChartSpec, charts: Mapping[str, Chart]) -> Finding:
    return error(
        "chart",
        spec.place,
        Text(f'figures/ has no chart "{spec.id}"', f"figures/ 中没有图“{spec.id}”"),
        suggestion(spec.id, charts),
    )
