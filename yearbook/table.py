"""A printed table, made from the records by its row of tables.csv."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from markupsafe import Markup

from yearbook import numbers
from yearbook.book import TableKind, TableSpec
from yearbook.bound import size
from yearbook.download import crossed, dimensions, download, figures, listed, source
from yearbook.families import rounded
from yearbook.model import Edition, Entry, Fact, Kind, Language, Place, Relation, Text, Unit
from yearbook.records import Records, UnknownError
from yearbook.words import WORDS

Words = tuple[tuple[Language, Markup], ...]
"""What a cell says, language by language."""


class Say(Protocol):
    """Fills the figures into a text that stands at a place, in each language of an edition."""

    def __call__(self, text: Text, place: Place | None = None) -> Words: ...


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of the body: words, or a figure with the fact it prints."""

    words: Words
    figure: str = ""
    fact: str = ""
    value: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its head, how deep it stands, whether it is one of those included (# 其中)."""

    head: Words
    cells: tuple[TableCell, ...]
    depth: int = 0
    included: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to print. ``heads`` are those of all columns, the row head's first."""

    id: str
    title: Words
    unit: Words
    heads: tuple[Words, ...]
    rows: tuple[TableRow, ...]
    note: Words
    sources: tuple[Words, ...]
    csv: bytes

    def numeric(self, column: int) -> bool:
        """Whether a column holds figures; the row heads are column 0."""
        return column > 0 and any(row.cells[column - 1].figure for row in self.rows)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the tables of one edition."""

    records: Records
    edition: Edition
    say: Say

    def table(self, spec: TableSpec) -> Table:
        """One table. Raises `yearbook.records.UnknownError` for what the records do not have."""
        make = {
            TableKind.INDICATORS: self._indicators,
            TableKind.PIVOT: self._pivot,
            TableKind.LIST: self._list,
        }[spec.kind]
        return make(spec)

    def _indicators(self, spec: TableSpec) -> Table:
        facts = figures(spec, self.records)
        before = {fact.id: self.records.previous(fact) for fact in facts}
        compared = any(before.values())
        units = {fact.unit.id: fact.unit for fact in facts}
        shared = next(iter(units.values())) if len(units) == 1 else None
        heads = [self._word("item")]
        if shared is None:
            heads.append(self._word("item_unit"))
        heads.append(self._word("period"))
        if compared:
            heads.append(self._word("previous"))
        heads.append(self._word("figure"))
        ids = [fact.id for fact in facts]
        rows = []
        for fact in facts:
            cells = [] if shared else [TableCell(self._unit_words(fact.unit))]
            cells.append(
                TableCell(self._plain(numbers.span(fact.period, self.edition.languages[0])))
            )
            if compared:
                earlier = before[fact.id]
                cells.append(self._figure(earlier) if earlier else TableCell(()))
            cells.append(self._figure(fact))
            rows.append(self._row(fact.id, ids, tuple(cells)))
        unit = self._unit_words(shared) if shared else self._word("unit_shown")
        return self._finish(spec, (unit, tuple(heads)), rows, facts)

    def _row(self, name: str, shown: list[str], cells: tuple[TableCell, ...]) -> TableRow:
        code = self.records.code("id", name)
        part = code.parent in shown
        siblings = [s for s in shown if self.records.code("id", s).parent == code.parent]
        return TableRow(
            self.say(code.label, code.place),
            cells,
            depth=1 if part else 0,
            included=part and code.relation is Relation.OF,
            first=part and siblings[0] == name,
        )

    def _pivot(self, spec: TableSpec) -> Table:
        """Rows and columns are dimensions; a code with the relation ``rest`` is derived."""
        facts, (down, across) = crossed(spec, self.records), dimensions(spec)
        frame: dict[str, dict[str, Fact]] = {}
        for fact in facts:
            frame.setdefault(fact.dimensions[across], {})[fact.dimensions[down]] = fact
        columns = [code for code in self._codes(across) if code in frame]
        heads = (
            self._word("item"),
            *(self._label(across, code) for code in columns),
        )
        rows: list[TableRow] = []
        for name in self._codes(down):
            code = self.records.code(down, name)
            cells = tuple(
                self._rest(frame[column], code.parent)
                if code.relation is Relation.REST
                else self._pivoted(frame[column].get(name))
                for column in columns
            )
            if any(cell.figure for cell in cells):
                included = code.relation is not None
                first = included and not any(row.included for row in rows)
                rows.append(
                    TableRow(
                        self.say(code.label, code.place), cells, int(included), included, first
                    )
                )
        return self._finish(spec, (self._unit_words(facts[0].unit), heads), rows, facts)

    def _codes(self, dimension: str) -> list[str]:
        return [c.code for c in self.records.chapter.codes if c.dimension == dimension]

    def _pivoted(self, fact: Fact | None) -> TableCell:
        return self._figure(fact) if fact is not None else TableCell(())

    def _rest(self, column: Mapping[str, Fact], whole: str) -> TableCell:
        """What the parts of a column leave of its whole; nothing if they make it up."""
        total = column.get(whole)
        if total is None:
            return TableCell(())
        parts = self.records.parts(total.id, Relation.OF)
        try:
            value = self.records.rest(total) if parts else Decimal(0)
        except numbers.NumberError:  # hedged figures leave no exact rest
            return TableCell(())
        if not value:
            return TableCell(())
        printed = numbers.grouped(value, self.edition.languages[0])
        return TableCell((), printed, f"rest({total.id})", numbers.text(value), str(total.period))

    def _list(self, spec: TableSpec) -> Table:
        entries = listed(spec, self.records)
        heads = tuple(self._label("column", c) for c in spec.columns)
        rows = []
        for entry in entries:
            words = [self._named(entry, column) for column in spec.columns]
            rows.append(TableRow(words[0], tuple(TableCell(word) for word in words[1:])))
        return self._finish(spec, ((), heads), rows, entries)

    def _named(self, entry: Entry, column: str) -> Words:
        """``a/b`` is the first of two columns a list has; ``place.province`` a place's province."""
        for name in column.split("/"):
            if name == "place.province" and "place" in entry.cells:
                division = self.records.book.divisions[entry.code("place")]
                return self._plainly(self.records.place_name(division.province))
            if name in ("place", "province") and name in entry.cells:
                return self._plainly(self.records.place_name(entry.code(name)))
            if f"{name}_en" in entry.cells and f"{name}_zh" in entry.cells:
                return self._plainly(entry.words(name))
            if name in entry.cells:
                return self._label(name, entry.code(name))
        raise UnknownError(
            Text(f'the list has no column "{column}"', f"名单没有“{column}”列"),
            Text(f"known are: {', '.join(entry.cells)}", f"可用的列：{'、'.join(entry.cells)}"),
        )

    def _figure(self, fact: Fact) -> TableCell:
        """An edition in two languages takes the Chinese scale, named in both."""
        scale = self.edition.languages[-1]
        factor = fact.unit.factor(scale) if fact.unit.kind is Kind.MONEY else Decimal(1)
        language = self.edition.languages[0]
        printed = numbers.tabular(fact, factor, language)
        return TableCell((), printed, fact.id, numbers.text(fact.value), str(fact.period))

    def _unit_words(self, unit: Unit) -> Words:
        if self.edition is Edition.BOTH and unit.kind is Kind.MONEY:
            factor = numbers.grouped(unit.zh_factor, Language.EN)
            return self._plainly(Text(f"{factor} {unit.other}", unit.zh_name))
        if unit.kind in (Kind.YEAR, Kind.DATE, Kind.ORDINAL):
            return self._plain("–")
        return self._plainly(
            Text(unit.en_name, unit.zh_name if unit.kind is Kind.MONEY else unit.zh)
        )

    def _label(self, dimension: str, name: str) -> Words:
        code = self.records.code(dimension, name)
        return self.say(code.label, code.place)

    def _plainly(self, text: Text) -> Words:
        """Words that are no template: a name, a unit, a source."""
        return tuple((of, Markup.escape(text.of(of))) for of in self.edition.languages)

    def _plain(self, text: str) -> Words:
        return ((self.edition.languages[0], Markup.escape(text)),)

    def _word(self, name: str) -> Words:
        return self._plainly(WORDS[name])

    def _finish(
        self,
        spec: TableSpec,
        head: tuple[Words, tuple[Words, ...]],
        rows: Iterable[TableRow],
        behind: "list[Fact] | list[Entry]",
    ) -> Table:
        sources = dict.fromkeys(source(item) for item in behind)
        return Table(
            id=spec.id,
            title=self.say(spec.title, spec.place),
            unit=head[0],
            heads=head[1],
            rows=tuple(rows),
            note=self._note(spec, [item for item in behind if isinstance(item, Fact)]),
            sources=tuple(self._plainly(self.records.source(name)) for name in sources),
            csv=download(behind, self.records),
        )

    def _note(self, spec: TableSpec, printed: list[Fact]) -> Words:
        """What the editor wrote, and that rounded components may not add up, where they do not."""
        own = self.say(spec.note, spec.place) if spec.note.en else ()
        added = self._word("rounding") if rounded(self.records, printed) else ()
        gap = {Language.EN: Markup(" "), Language.ZH: Markup()}
        said = [words for words in (self._part(spec), own, added) if words]
        return tuple(
            (each[0][0], gap[each[0][0]].join(words for _, words in each))
            for each in zip(*said, strict=True)
        )

    def _part(self, spec: TableSpec) -> Words:
        """How many of how many rows are shown, if not all are."""
        if spec.limit is None:
            return ()
        shown, every = size(spec.id, self.records)
        if shown == every:
            return ()

        return tuple(
            (
                of,
                Markup.escape(WORDS["part"].of(of)).format(
                    _counted(f"shown({spec.id})", shown, of),
                    _counted(f"rows({spec.id})", every, of),
                ),
            )
            for of in self.edition.languages
        )


def _counted(source: str, value: int, language: Language) -> Markup:
    """A number of rows, bound to what it counts."""
    printed = Markup.escape(numbers.grouped(Decimal(value), language))
    if language is Language.ZH:
        printed = Markup('<span class="n">{}</span>').format(printed)
    return Markup('<data class="figure" value="{}" data-fact="{}">{}</data>').format(
        value, source, printed
    )
