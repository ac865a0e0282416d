"""Draws the charts of one edition, or finds them as they were drawn before."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from yearbook import accounting, audit, witness
from yearbook.accounting import charts
from yearbook.audit.items import Item
from yearbook.binding import Medium
from yearbook.book import ChartSpec
from yearbook.chart import Asked, Chart, Drawing, Sketch
from yearbook.codec import digest
from yearbook.compose import Teller, Telling
from yearbook.finding import Finding, error
from yearbook.kit import Kit
from yearbook.lineage import lineage
from yearbook.model import Edition, Language, Text
from yearbook.node import Cache, Made, digests, key
from yearbook.page import Picture
from yearbook.records import suggestion
from yearbook.svg import inline
from yearbook.template import plain
from yearbook.webfonts import digest as face_digest
from yearbook.witness import Witness

_VARIANTS = 4
"""Of the questions of a chart, which may hang on the answers: so many lists are kept."""


def ready(charts: Mapping[str, Chart], files: Mapping[str, bytes], cache: Cache) -> None:
    """Get ready for drawing before workers are forked: find what the charts' code is made of, and
    load the drawing engine, unless charts were drawn by this toolkit before: then most are found
    again, and who draws one loads it."""
    for chart in charts.values():
        lineage(files, _module(chart))
    place = key("drawn", cache.base)
    if cache.shelf is None or cache.shelf.get(place) is None:
        from yearbook import draw as _  # noqa: F401, PLC0415 - see above

        if cache.shelf is not None:
            cache.shelf.put(place, b"")


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One chart being drawn for an edition: who fills its texts, and what it asked for."""

    chart: Chart
    spec: ChartSpec
    edition: Edition
    teller: Teller
    asked: Asked

    @property
    def name(self) -> str:
        """What it is called among all that is made of the book."""
        return f"chart {self.teller.records.chapter.slug}/{self.spec.id} {self.edition}"

    def say(self, language: Language, text: Text) -> str:
        """A text of the records, filled, as plain text."""
        return plain(self.teller.say(text, language, self.spec.place))

    def afresh(self) -> "_Sitting":
        """The same chart before anything was asked."""
        records = self.teller.records
        asked = Asked(records.book, records.chapter)
        return _Sitting(self.chart, self.spec, self.edition, self.teller, asked)


@dataclass(frozen=True, slots=True)
class Known:
    """A drawing found again, and the answers it hangs on by question."""

    drawing: Drawing
    answers: Mapping[str, str]


@dataclass
class Studio:
    """Draws the charts of one edition and keeps what the printer needs of them."""

    kit: Kit
    cache: Cache
    assets: dict[str, bytes]
    findings: list[Finding]
    labels: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    def draw(self, spec: ChartSpec, edition: Edition, teller: Teller) -> Mapping[Medium, Picture]:
        """A chart as markup for each medium; without its module or with a fault, a finding."""
        chart = self.kit.charts.get(spec.id)
        if chart is None:
            self.findings.append(_no_module(spec, self.kit.charts))
            return {medium: Picture(Markup(""), {}) for medium in Medium}
        asked = Asked(teller.records.book, teller.records.chapter)
        drawn, asked, told = self._drawn(_Sitting(chart, spec, edition, teller, asked))
        self.findings.extend(drawn.findings)
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

    def _drawn(self, sitting: _Sitting) -> tuple[Drawing, Asked, Sequence[Telling]]:
        """A drawing, found or made; what it asked for; the texts it had filled."""
        parts, name = self._parts(sitting), sitting.name
        log, findings = sitting.teller.log, sitting.teller.findings
        before = len(log), len(findings)
        found = self._found(sitting, parts)
        if found is not None:
            return found[0], found[1], log[before[0] :]
        from yearbook import draw as drawing  # noqa: PLC0415 - charts are seldom drawn anew

        seen = Witness(sitting.asked, sitting.say)
        sketch = Sketch(seen.records, self.kit.theme, sitting.edition, seen.say)
        drawn = drawing.draw(sitting.chart, sitting.spec, sketch, self.kit.faces)
        again = sitting.afresh()
        if drawn.findings or not parts or not seen.traceable:
            return drawn, sitting.asked, log[before[0] :]
        # What is checked hangs on the answers alone, whether the chart was drawn now or before.
        del log[before[0] :], findings[before[1] :]
        answers = witness.again(tuple(seen.answers), again.asked, again.say)
        if answers == seen.answers:
            self.cache.keep(name, {**parts, **answers}, _packed(drawn))
            self._remember(parts, tuple(answers))
        return drawn, again.asked, log[before[0] :]

    def known(self, spec: ChartSpec, edition: Edition, teller: Teller) -> Known | None:
        """A chart as it was drawn before of the same answers, unchecked; None if it never was."""
        chart = self.kit.charts.get(spec.id)
        if chart is None:
            return None
        asked = Asked(teller.records.book, teller.records.chapter)
        sitting = _Sitting(chart, spec, edition, teller, asked)
        found = self._found(sitting, self._parts(sitting))
        return None if found is None else Known(found[0], found[2])

    def _found(
        self, sitting: _Sitting, parts: Mapping[str, str]
    ) -> tuple[Drawing, Asked, Mapping[str, str]] | None:
        """A drawing on the shelf, what it asked for and was answered."""
        log, findings = sitting.teller.log, sitting.teller.findings
        before = len(log), len(findings)
        for questions in self._questions(parts):
            again = sitting.afresh()
            answers = witness.again(questions, again.asked, again.say)
            kept = {**parts, **answers} if answers is not None else None
            found = None if kept is None else self.cache.find(sitting.name, kept)
            if answers is not None and found is not None:
                return _unpacked(found), again.asked, answers
            del log[before[0] :], findings[before[1] :]
        return None

    def _parts(self, sitting: _Sitting) -> dict[str, str]:
        """What a drawing is made of besides answers; nothing if that cannot be told."""
        module = _module(sitting.chart)
        files = lineage(self.kit.files, module)
        if files is None or getattr(sitting.chart.alt, "__module__", "") != module:
            return {}
        theme = self.kit.theme
        faces = (face for face in self.kit.faces if face.family in theme.sans)
        return {
            **digests({name: self.kit.files[name] for name in files}),
            "row of charts.csv": digest((sitting.spec, sitting.edition, sitting.chart.size)),
            "theme": digest(theme),
            **{f"font {number}": face_digest(face) for number, face in enumerate(faces)},
        }

    def _questions(self, parts: Mapping[str, str]) -> Iterator[Sequence[str]]:
        """The lists of questions that this chart has asked, the latest first."""
        shelf = self.cache.shelf
        content = shelf.get(self._place(parts)) if shelf is not None and parts else None
        yield from json.loads(content) if content is not None else ()

    def _remember(self, parts: Mapping[str, str], questions: Sequence[str]) -> None:
        if self.cache.shelf is not None:
            older = [kept for kept in self._questions(parts) if list(kept) != list(questions)]
            content = json.dumps([list(questions), *older[: _VARIANTS - 1]]).encode()
            self.cache.shelf.put(self._place(parts), content)

    def _place(self, parts: Mapping[str, str]) -> str:
        return key("questions", {**self.cache.base, **parts})


def _module(chart: Chart) -> str:
    """Where the code that draws it stands."""
    return str(getattr(chart.draw, "__module__", ""))


def _packed(drawn: Drawing) -> Made:
    alt = {language.value: text for language, text in drawn.alt.items()}
    return Made((drawn.svg, json.dumps(alt, ensure_ascii=False).encode()))


def _unpacked(made: Made) -> Drawing:
    svg, alt = made.contents
    return Drawing(svg, {Language(name): text for name, text in json.loads(alt).items()}, ())


def _no_module(spec: ChartSpec, known: Mapping[str, Chart]) -> Finding:
    return error(
        "chart",
        spec.place,
        Text(f'figures/ has no chart "{spec.id}"', f"figures/ 中没有图“{spec.id}”"),
        suggestion(spec.id, known),
    )
