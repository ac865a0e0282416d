"""Draws the charts of one edition, or finds them as they were drawn before."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
from yearbook.records import Records, suggestion
from yearbook.svg import inline
from yearbook.template import plain
from yearbook.webfonts import digest as face_digest
from yearbook.witness import Witness

_VARIANTS = 4
"""Of the questions of a chart, which may hang on the answers, and of the values it shows: so many
lists are kept."""


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
        return _name(self.teller.records.chapter.slug, self.spec, self.edition)

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

    def sketched(self, spec: ChartSpec, edition: Edition, teller: Teller) -> Drawing | None:
        """A chart drawn and kept, unchecked; None without its module."""
        chart = self.kit.charts.get(spec.id)
        if chart is None:
            return None
        asked = Asked(teller.records.book, teller.records.chapter)
        return self._drawn(_Sitting(chart, spec, edition, teller, asked))[0]

    def _drawn(self, sitting: _Sitting) -> tuple[Drawing, Asked, Sequence[Telling]]:
        """A drawing, found or made; what it asked for; the texts it had filled."""
        parts, name = _parts(self.kit, sitting.chart, sitting.spec, sitting.edition), sitting.name
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
            self._remember(name, parts, answers)
        return drawn, again.asked, log[before[0] :]

    def known(self, spec: ChartSpec, edition: Edition, teller: Teller) -> Known | None:
        """A chart as it was drawn before of the same answers, unchecked; None if it never was."""
        chart = self.kit.charts.get(spec.id)
        if chart is None:
            return None
        asked = Asked(teller.records.book, teller.records.chapter)
        sitting = _Sitting(chart, spec, edition, teller, asked)
        found = self._found(sitting, _parts(self.kit, chart, spec, edition))
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

    def _questions(self, parts: Mapping[str, str]) -> Iterator[Sequence[str]]:
        """The lists of questions that this chart has asked, the latest first."""
        yield from _noted(self.cache, _asked(self.cache, parts)) if parts else ()

    def _remember(self, name: str, parts: Mapping[str, str], answers: Mapping[str, str]) -> None:
        """Note what a chart asked, and what the facts said."""
        _note(self.cache, _asked(self.cache, parts), list(answers))
        _note(self.cache, _values(self.cache, name, parts), witness.values(answers))


def redrawn(kit: Kit, records: Records, edition: Edition) -> Iterator[Chart]:
    """The charts of an edition that will be drawn anew, as far as that can be told without filling
    their texts: their code or the theme is new, or a value is another than when they were drawn."""
    for spec in records.chapter.charts:
        chart = kit.charts.get(spec.id)
        if chart is None:
            continue
        parts, name = _parts(kit, chart, spec, edition), _name(records.chapter.slug, spec, edition)
        known = _noted(kit.cache, _values(kit.cache, name, parts)) if parts else ()
        if not any(witness.unmoved(values, records.chapter) for values in known):
            yield chart


def _parts(kit: Kit, chart: Chart, spec: ChartSpec, edition: Edition) -> dict[str, str]:
    """What a drawing is made of besides answers; nothing if that cannot be told."""
    files = lineage(kit.files, module(chart))
    if files is None or getattr(chart.alt, "__module__", "") != module(chart):
        return {}
    faces = (face for face in kit.faces if face.family in kit.theme.sans)
    return {
        **digests({name: kit.files[name] for name in files}),
        "row of charts.csv": digest((spec, edition, chart.size)),
        "theme": digest(kit.theme),
        **{f"font {number}": face_digest(face) for number, face in enumerate(faces)},
    }


def _asked(cache: Cache, parts: Mapping[str, str]) -> str:
    """Where it stands what a chart of such parts asked."""
    return key("questions", {**cache.base, **parts})


def _values(cache: Cache, name: str, parts: Mapping[str, str]) -> str:
    """Where the values stand of which a chart was drawn."""
    return key(f"values of {name}", {**cache.base, **parts})


def _noted(cache: Cache, place: str) -> list[Any]:
    """What was noted at a place, the latest first."""
    content = cache.shelf.get(place) if cache.shelf is not None else None
    return json.loads(content) if content is not None else []


def _note(cache: Cache, place: str, what: object) -> None:
    if cache.shelf is not None:
        older = [each for each in _noted(cache, place) if each != what]
        cache.shelf.put(place, json.dumps([what, *older[: _VARIANTS - 1]]).encode())


def _name(chapter: str, spec: ChartSpec, edition: Edition) -> str:
    """What a chart is called among all that is made of the book."""
    return f"chart {chapter}/{spec.id} {edition}"


def module(chart: Chart) -> str:
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
