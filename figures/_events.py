"""What the records date: milestones of the years, and of the months of the data year."""

from dataclasses import dataclass

from yearbook.chart import Sketch
from yearbook.model import Fact, Kind, Language, Period, Text
from yearbook.numbers import period, text

YEARS = {
    "first_group": Text("Groups begin", "科技扶贫团开始派出"),
    "groups": None,
    "wenchuan_technicians": Text("Work after the Wenchuan Earthquake", "汶川地震灾后科技服务"),
    "launching_departments": Text(
        "Launch of the rural entrepreneurship action", "启动农村科技创业行动"
    ),
    "correspondents": None,
}
"""Indicators whose periods are milestones, and what they mark where it is not what they count."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that took place on a day or in a period, and its name."""

    when: Period
    name: Text

    def said(self, sketch: Sketch, language: Language) -> str:
        """What it is and when it was."""
        when = period(self.when, language).replace("\u00a0", " ")
        name = sketch.say(language, self.name)
        return f"{name}（{when}）" if language is Language.ZH else f"{name}, {when}"


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of time, in years, along the width of the sheet."""

    start: float
    end: float
    width: float

    def at(self, moment: float) -> float:
        """How far to the right a moment is."""
        return (moment - self.start) / (self.end - self.start) * self.width

    def reach(self, when: Period) -> tuple[float, float]:
        """From the beginning of the first day to the end of the last."""
        length = {4: 1.0, 7: 1 / 12, 10: 1 / 372}[len(when.end)]
        return self.at(_moment(when.start)), self.at(_moment(when.end) + length)


def _moment(iso: str) -> float:
    year, month, day = (int(part) for part in f"{iso}-01-01".split("-")[:3])
    return year + (month - 1) / 12 + (day - 1) / 372


def years(sketch: Sketch) -> list[Event]:
    """The milestones of the years up to the data year, the earliest first."""
    events = []
    for name, words in YEARS.items():
        known = [
            f for f in sketch.records.series(name) if f.period.last_year <= sketch.records.year
        ]
        if known:
            events.append(Event(_when(known[-1]), words or sketch.records.label(name)))
    return sorted(events, key=lambda event: (event.when.start, event.when.end))


def _when(fact: Fact) -> Period:
    if fact.unit.kind is Kind.YEAR:
        return Period(text(fact.value), text(fact.value))
    return fact.period


def months(sketch: Sketch) -> list[Event]:
    """What the data year's records date by day or month, the earliest first."""
    dated = {fact.period: fact.id for fact in reversed(sketch.records.current())}
    return [
        Event(when, sketch.records.label(name))
        for when, name in sorted(dated.items())
        if len(when.start) > 4
    ]
