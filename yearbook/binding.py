"""The words a template may use: each prints a figure of the records and notes that it did.

A `Voice` is one reading of a chapter: in one language, for one medium.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from markupsafe import Markup

from yearbook import numbers, rounding
from yearbook.comparison import comparison
from yearbook.model import Fact, Language, Period, Qualifier, Text
from yearbook.records import Records, UnknownError, percentage, suggestion
from yearbook.words import REFERENCES


class Medium(StrEnum):
    """Where a page is read."""

    SCREEN = "screen"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class Citation:
    """That a text printed something of the records: what kind, which one, of which period."""

    kind: str
    name: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers and titles of what can be referred to, by kind and id."""

    numbers: Mapping[tuple[str, str], str]


@dataclass
class Voice:
    """Prints figures in one language and remembers what it printed."""

    records: Records
    language: Language
    medium: Medium
    numbering: Numbering
    fill: Callable[[Text, Language], Markup]
    cited: list[Citation] = field(default_factory=list)
    notes: list[Markup] = field(default_factory=list)

    def names(self) -> dict[str, Callable[..., Markup]]:
        """What a template can call."""
        return {
            "fact": self.fact,
            "number": self.number,
            "words": self.words,
            "count": self.count,
            "list": self.listed,
            "rest": self.rest,
            "share": self.share,
            "rounded": self.rounded,
            "compared": self.compared,
            "year": self.year,
            "period": self.period,
            "start": self.start,
            "span": self.span,
            "literal": self.literal,
            "waiver": self.waiver,
            "see": self.see,
            "footnote": self.footnote,
        }

    def fact(self, name: str, noun: str | None = None, period: str | None = None) -> Markup:
        """A figure with its hedge and unit; ``noun`` takes the place of the unit's own word."""
        fact = self._cite(name, period)
        return self._figure(fact, numbers.form(fact, self.language, noun))

    def number(self, name: str, period: str | None = None) -> Markup:
        """A figure with its hedge, without a unit."""
        return self.fact(name, "", period)

    def words(self, name: str, noun: str = "", period: str | None = None) -> Markup:
        """A small figure in words: three, 三."""
        fact = self._cite(name, period)
        hedge = numbers.hedge(fact, self.language)
        return self._figure(fact, numbers.Form(hedge, self._worded(fact.value, noun), noun))

    def count(self, name: str, noun: str = "", words: bool = True) -> Markup:
        """How many rows a list has, in words or in digits."""
        value = Decimal(len(self.records.entries(name)))
        self.cited.append(Citation("count", name, str(self.records.year)))
        word = self._worded(value, noun) if words else numbers.text(value)
        return self._data(f"count({name})", value, numbers.Form("", word, noun))

    def _worded(self, value: Decimal, noun: str) -> str:
        """Before a measure word Chinese counts 两, not 二."""
        if self.language is Language.ZH and noun and value == 2:
            return "两"
        return numbers.words(value, self.language)

    def listed(self, name: str, column: str = "place", short: bool = False) -> Markup:
        """The names of a list, in its order: "A in B and C in D"; A、B、C.

        ``short`` drops 省 and 市 from Chinese names of provinces that a common 省 follows.
        """
        self.cited.append(Citation("list", f"{name}.{column}", str(self.records.year)))
        parts = []
        for entry in self.records.entries(name):
            if column == "place":
                parts.append(self._place(entry.code("place"), short))
            else:
                parts.append(entry.words(column).of(self.language))
        if not parts:
            raise UnknownError(
                Text(
                    f'the list "{name}" has no row for {self.records.year}',
                    f"名单“{name}”没有{self.records.year}年的数据行",
                ),
                Text(f"add rows to {name}.csv", f"请在 {name}.csv 中补充"),
            )
        if self.language is Language.ZH:
            said = "、".join(parts)
        else:
            said = ", ".join(parts[:-1]) + " and " + parts[-1] if parts[1:] else parts[0]
        return Markup('<span class="list" data-list="{}.{}">{}</span>').format(name, column, said)

    def _place(self, code: str, short: bool) -> str:
        name = self.records.place_name(code).of(self.language)
        division = self.records.book.divisions[code]
        if division.province == code:
            return name.removesuffix("省") if short else name
        of = self.records.place_name(division.province).of(self.language)
        return f"{of}{name}" if self.language is Language.ZH else f"{name} in {of}"

    def rest(self, name: str, noun: str | None = None) -> Markup:
        """What the parts included leave of a whole: derived by difference."""
        fact = self.records.fact(name)
        value = self.records.rest(fact)
        self.cited.append(Citation("rest", name, str(fact.period)))
        unit = self._unit(fact, value, noun)
        grouped = numbers.grouped(value, self.language)
        return self._data(f"rest({name})", value, numbers.Form("", grouped, unit))

    def share(self, part: str, whole: str) -> Markup:
        """One figure in percent of another, rounded to one decimal."""
        value = self.records.share(part, whole)
        period = str(self.records.fact(part).period)
        self.cited.append(Citation("share", f"{part}/{whole}", period))
        printed = numbers.Form("", numbers.percent(value), "")
        return self._data(f"share({part}, {whole})", value, printed)

    def rounded(
        self, name: str, to: int | str, noun: str | None = None, up: bool = False
    ) -> Markup:
        """An exact figure as a round bound: more than 3,200 for 3,214, or nearly 3,300 (``up``)."""
        fact, size = self.records.fact(name), rounding.step(to)
        bound = rounding.rounded(fact, size, up)
        derived = f"{name}, {size}" + (", up" if up else "")
        self.cited.append(Citation("rounded", derived, str(fact.period)))
        printed = numbers.form(bound, self.language, noun)
        return self._data(f"rounded({derived})", bound.value, printed)

    def compared(self, name: str) -> Markup:
        """How a figure changed on the year before; nothing if either is hedged or missing."""
        fact = self.records.fact(name)
        before = self.records.previous(fact)
        self.cited.append(Citation("change", name, str(fact.period)))
        exact = (Qualifier.EXACT,) * 2
        if before is None or (fact.qualifier, before.qualifier) != exact or before.value == 0:
            return Markup("")
        change = percentage(fact.value - before.value, before.value)
        by = self._data(
            f"change({name})", abs(change), numbers.Form("", numbers.percent(abs(change)), "")
        )
        year = numbers.period(Period(*[str(before.period.last_year)] * 2), self.language)
        on = self._data(
            f"year({name})", Decimal(before.period.last_year), numbers.Form("", year, "")
        )
        return comparison(change, by, on, self.language)

    def year(self) -> Markup:
        """The data year."""
        value = self.records.year
        self.cited.append(Citation("year", "", str(value)))
        printed = numbers.period(Period(str(value), str(value)), self.language)
        return self._data("year()", Decimal(value), numbers.Form("", printed, ""))

    def period(self, name: str, period: str | None = None) -> Markup:
        """The period of a figure in running text."""
        return self._period("period", name, period, numbers.period)

    def span(self, name: str) -> Markup:
        """The period of a figure, short, for a narrow head."""
        return self._period("span", name, None, numbers.span)

    def start(self, name: str, period: str | None = None) -> Markup:
        """The year in which the period of a figure begins."""
        first = self.records.fact(name, period).period.start[:4]
        return self._period(
            "start", name, period, lambda _, spoken: numbers.period(Period(first, first), spoken)
        )

    def _period(
        self,
        kind: str,
        name: str,
        period: str | None,
        write: Callable[[Period, Language], str],
    ) -> Markup:
        fact = self.records.fact(name, period)
        self.cited.append(Citation(kind, name, str(fact.period)))
        return Markup('<span class="period" data-{}="{}">{}</span>').format(
            kind, name, write(fact.period, self.language)
        )

    def literal(self, name: str) -> Markup:
        """A name that holds a number: a plan, a programme; reviewed in literals.csv."""
        if name not in self.records.book.literals:
            raise UnknownError(
                Text(f'literals.csv has no "{name}"', f"literals.csv 中没有“{name}”"),
                suggestion(name, self.records.book.literals),
            )
        self.cited.append(Citation("literal", name))
        written = self.fill(self.records.book.literals[name], self.language)
        return Markup('<span class="literal" data-literal="{}">{}</span>').format(name, written)

    def waiver(self, where: str) -> Markup:
        """The reason of a known discrepancy, from exceptions.csv."""
        for waiver in self.records.chapter.waivers:
            if waiver.where == where:
                self.cited.append(Citation("waiver", where))
                reason = self.fill(waiver.reason, self.language)
                return Markup('<span class="reason" data-reason="{}">{}</span>').format(
                    where, reason
                )
        raise UnknownError(
            Text(f'exceptions.csv has no "{where}"', f"exceptions.csv 中没有“{where}”"),
            suggestion(where, [waiver.where for waiver in self.records.chapter.waivers]),
        )

    def see(self, kind: str, name: str) -> Markup:
        """A reference to a table, a chart or a section, by its number."""
        number = self.numbering.numbers.get((kind, name))
        if number is None:
            raise UnknownError(
                Text(f'there is no {kind} "{name}" to refer to', f"没有可引用的“{name}”"),
                suggestion(name, [known for of, known in self.numbering.numbers if of == kind]),
            )
        self.cited.append(Citation("see", f"{kind}-{name}"))
        words = REFERENCES[kind].of(self.language).format(number)
        return Markup('<a class="see" href="#{}-{}">{}</a>').format(kind, name, words)

    def footnote(self, caller: Callable[[], Markup]) -> Markup:
        """A note: at the foot of the printed page, at the end of the screen's section."""
        text = caller()
        self.notes.append(text)
        if self.medium is Medium.PRINT:
            return Markup('<span class="footnote" role="doc-footnote" lang="{}">{}</span>').format(
                self.language.tag, text
            )
        number = len(self.notes)
        return Markup(
            '<sup class="call"><a id="call-{0}-{1}" href="#note-{0}-{1}">{1}</a></sup>'
        ).format(self.language, number)

    def _cite(self, name: str, period: str | None) -> Fact:
        fact = self.records.fact(name, period)
        self.cited.append(Citation("fact", name, str(fact.period)))
        return fact

    def _unit(self, fact: Fact, value: Decimal, noun: str | None) -> str:
        if noun is not None:
            return noun
        return fact.unit.zh if self.language is Language.ZH else numbers.plural(fact.unit, value)

    def _figure(self, fact: Fact, form: numbers.Form) -> Markup:
        return self._data(fact.id, fact.value, form, str(fact.period))

    def _data(self, source: str, value: Decimal, form: numbers.Form, period: str = "") -> Markup:
        """``<data>`` with the value for machines; figure and unit never part at a line end."""
        blank = "" if self.language is Language.ZH or not form.unit else numbers.NBSP
        hedge = form.before
        if hedge and self.language is Language.EN:
            hedge += " "
        at = Markup(' data-period="{}"').format(period) if period else Markup("")
        printed = Markup("{}{}{}").format(form.number, blank, form.unit)
        if self.language is Language.ZH:
            printed = Markup('<span class="n">{}</span>').format(printed)
        return Markup('<data class="figure" value="{}" data-fact="{}"{}>{}{}</data>').format(
            numbers.text(value), source, at, hedge, printed
        )
