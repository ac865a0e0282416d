"""Ask the records of a chapter: which observation is meant, which came before, its label."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from yearbook.book import Book, Chapter
from yearbook.frame import ids, sifted
from yearbook.model import Code, Entry, Fact, Period, Qualifier, Relation, Text
from yearbook.numbers import NumberError


class UnknownError(LookupError):
    """Nothing of that name is in the records; ``hint`` says what was probably meant."""

    def __init__(self, what: Text, hint: Text) -> None:
        super().__init__(what.en)
        self.what = what
        self.hint = hint


def suggestion(word: str, known: Iterable[str]) -> Text:
    """A hint with the nearest known name.

    >>> suggestion("dispached", ["dispatched", "group"]).en
    'did you mean "dispatched"?'
    >>> suggestion("zzz", ["b", "a"]).en
    'known are: a, b'
    """
    from difflib import get_close_matches

    names = sorted(set(known))
    near = get_close_matches(word, names, 1)
    if near:
        return Text(f'did you mean "{near[0]}"?', f"是不是“{near[0]}”？")
    listed = ", ".join(names[:20]) or "-"
    return Text(f"known are: {listed}", f"可用的有：{listed}")


@dataclass(frozen=True, slots=True)
class Records:
    """The facts and lists of one chapter as they stand for a data year."""

    book: Book
    chapter: Chapter

    @property
    def year(self) -> int:
        """The data year."""
        return self.book.data_year

    def fact(self, name: str, period: str | None = None) -> Fact:
        """The observation that ends in the data year, or the one of the period named.

        Raises `UnknownError` if there is none.
        """
        series = self.series(name)
        if not series:
            if any(("id", name) == (code.dimension, code.code) for code in self.chapter.codes):
                raise _rowless(name)
            names = ids(self.chapter.facts)
            raise UnknownError(
                Text(f'no figure is called "{name}"', f"没有名为“{name}”的数据"),
                suggestion(name, names),
            )
        meant = [
            fact
            for fact in series
            if str(fact.period) == period or (period is None and fact.period.last_year == self.year)
        ]
        if len(meant) > 1:
            raise _ambiguous(name, self.year, meant)
        if meant:
            return meant[0]
        wanted = period or str(self.year)
        have = ", ".join(map(_standing, series))
        raise UnknownError(
            Text(f'"{name}" has no figure for {wanted}', f"“{name}”没有{wanted}年的数据"),
            Text(
                f"add a row for {wanted}, or correct a period; the records have {have}",
                f"请补充{wanted}年的数据行，或改正时期；现有：{have}",
            ),
        )

    def series(self, name: str) -> tuple[Fact, ...]:
        """All observations of an indicator, oldest first."""
        likely = sifted(self.chapter.facts, lambda frame: frame.named((name,)))
        found = [fact for fact in likely if fact.id == name]
        return tuple(sorted(found, key=lambda fact: (fact.period.end, fact.period.start)))

    def previous(self, fact: Fact) -> Fact | None:
        """The same indicator a year before, over a period of the same kind."""
        for other in self.series(fact.id):
            if year_before(other.period, fact.period):
                return other
        return None

    def entries(self, name: str) -> tuple[Entry, ...]:
        """The rows of a list that stand for the data year. Raises `UnknownError`."""
        if name not in self.chapter.lists:
            raise UnknownError(
                Text(f'no list is called "{name}"', f"没有名为“{name}”的名单"),
                suggestion(name, self.chapter.lists),
            )
        return tuple(
            entry for entry in self.chapter.lists[name] if entry.period.last_year == self.year
        )

    def current(self) -> tuple[Fact, ...]:
        """Every fact whose period ends in the data year, in the order of the files."""
        likely = sifted(
            self.chapter.facts,
            lambda frame: frame.periods.where(lambda period: period.last_year == self.year),
        )
        return tuple(fact for fact in likely if fact.period.last_year == self.year)

    def code(self, dimension: str, code: str) -> Code:
        """A value of a dimension. Raises `UnknownError`."""
        for known in reversed(self.chapter.codes):
            if known.code == code and known.dimension == dimension:
                return known
        raise UnknownError(
            Text(
                f'codes.csv has no {dimension} "{code}"',
                f"codes.csv 的“{dimension}”中没有“{code}”",
            ),
            suggestion(code, (c.code for c in self.chapter.codes if c.dimension == dimension)),
        )

    def label(self, name: str) -> Text:
        """What an indicator is called. Raises `UnknownError`."""
        return self.code("id", name).label

    def parts(self, name: str, relation: Relation) -> tuple[str, ...]:
        """The indicators that stand in a relation to this one, in the order of codes.csv."""
        return tuple(
            code.code
            for code in self.chapter.codes
            if code.dimension == "id" and code.parent == name and code.relation is relation
        )

    def rest(self, whole: Fact) -> Decimal:
        """A whole less the parts that codes.csv says it includes.

        Raises `yearbook.numbers.NumberError` if one of them is hedged.
        """
        parts = [self.fact(part) for part in self.parts(whole.id, Relation.OF)]
        _all_exact(whole, *parts)
        return whole.value - sum((part.value for part in parts), Decimal(0))

    def share(self, part: str, whole: str) -> Decimal:
        """One figure in percent of another, rounded half to even to one decimal.

        Raises `yearbook.numbers.NumberError` if one of them is hedged or the whole is nothing.
        """
        first, second = self.fact(part), self.fact(whole)
        _all_exact(first, second)
        if not second.value:
            raise NumberError(f'"{whole}" is zero: it has no shares')
        return percentage(first.value, second.value)

    def source(self, name: str) -> Text:
        """The source of that id; the loader has checked that it exists."""
        return self.book.sources[name]

    def place_name(self, code: str) -> Text:
        """A place by its GB/T 2260 code. Raises `UnknownError`."""
        if code not in self.book.divisions:
            raise UnknownError(
                Text(f'places.csv has no place "{code}"', f"places.csv 中没有“{code}”"),
                Text(
                    "add it; a county needs its province there too",
                    "请补入；县级行政区划所在的省也须列入",
                ),
            )
        return self.book.divisions[code].name


def _standing(fact: Fact) -> str:
    """A period, and the cell of its figure."""
    return f"{fact.period} ({fact.place.file.rpartition('/')[2]} {fact.place.cell})"


def _rowless(name: str) -> UnknownError:
    """The name is right, its rows are gone: whoever deleted them did not know they were used."""
    return UnknownError(
        Text(f'"{name}" is in codes.csv and has no row', f"codes.csv 中有“{name}”，但没有数据行"),
        Text(
            "its row was in use: put it back (the history has it), or take the name out of the "
            "texts, tables and rules",
            "该行仍被引用：请从历史版本中恢复该行，或从正文、表格和规则中删去该名称",
        ),
    )


def _ambiguous(name: str, year: int, facts: Iterable[Fact]) -> UnknownError:
    periods = [str(fact.period) for fact in facts]
    return UnknownError(
        Text(
            f'"{name}" has {len(periods)} figures for {year}: {", ".join(periods)}',
            f"“{name}”在{year}年有{len(periods)}个数据：{'、'.join(periods)}",
        ),
        Text("say which period is meant, or give one another id", "请注明时期，或改用不同的 id"),
    )


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole in percent, rounded half to even to one decimal.

    >>> percentage(Decimal(101), Decimal(437))
    Decimal('23.1')
    """
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def _all_exact(*facts: Fact) -> None:
    """What followed from hedged figures would look exact."""
    for fact in facts:
        if fact.qualifier is not Qualifier.EXACT:
            raise NumberError(f'"{fact.id}" is hedged: nothing exact follows from it')


def year_before(earlier: Period, later: Period) -> bool:
    """Same kind of period, ending a year before, beginning a year before or at the same time."""
    if len(earlier.end) != len(later.end) or earlier.last_year != later.last_year - 1:
        return False
    if earlier.end[4:] != later.end[4:] and len(earlier.end) < 10:
        return False
    moved = later.years == earlier.years
    return moved or (earlier.start == later.start and later.years == earlier.years + 1)
