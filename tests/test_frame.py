"""Figures as columns: every check finds in them what it finds in the same figures one by one."""

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.twofold import told
from yearbook import checks
from yearbook.book import Book, Chapter, Rule
from yearbook.checks import count
from yearbook.frame import Facts, Frame, common, ids, keyed, parts
from yearbook.model import Code, Fact, Kind, Nature, Period, Place, Relation, Text
from yearbook.read.large import Large, opened
from yearbook.read.sheet import Sheet
from yearbook.read.tables import Gathered, Vocabulary, gather
from yearbook.records import Records
from yearbook.specimen import UNITS, records

HEADER = "id,period,rank,region,value,unit,qualifier,quote,source,note,checked"
P = Place("data/specimen/codes.csv")
SERIES = tuple(f"s{number}" for number in range(12))
PER_CENT = replace(UNITS["person"], id="percent", kind=Kind.MEASURE, zh="%")
YEAR = replace(UNITS["person"], id="year", kind=Kind.YEAR)
WORDS = {**UNITS, "percent": PER_CENT, "year": YEAR}


def _code(dimension: str, name: str, parent: str = "", nature: Nature | None = None) -> Code:
    relation = Relation.SUM if parent else None
    flow = "s1" if nature is Nature.CUMULATIVE else ""
    return Code(dimension, name, parent, relation, Text(name, name), P, nature, flow)


CODES = (
    _code("id", "s0", nature=Nature.CUMULATIVE),
    _code("id", "s1", nature=Nature.FLOW),
    _code("id", "s2", nature=Nature.STOCK),
    *(_code("id", name) for name in SERIES[3:]),
    *(_code("id", f"c{region}{rank}") for region in range(8) for rank in ("t", "h", "l")),
    _code("id", "s5a", "s5"),
    _code("id", "s5b", "s5"),
    _code("rank", "total"),
    _code("rank", "high", "total"),
    _code("rank", "low", "total"),
    *(_code("region", f"r{number}") for number in range(40)),
)
RULES = tuple(
    Rule(f"rule{number}", "error", text, Text("so it is", "应当如此"), Place("rules.csv", number))
    for number, text in enumerate(
        ("s1 >= s2", "s3 <= prev(s3) * 2", "s4 = s5", "s6 between 1 and 5000000", "gone = s1"), 2
    )
)


def _table(chance: random.Random) -> str:
    """Series of years, a margin of ranks, and what may be wrong with some figures of them."""
    rows = [HEADER]
    wrong = chance.choice((0.0, 0.02, 0.1))
    for name in (*SERIES, "s5a", "s5b"):
        value = chance.randrange(10, 100_000)
        for year in range(chance.choice((2005, 1999)), 2011):
            value = max(1, int(value * chance.uniform(0.9, 1.15)))
            shown = value * 10 if chance.random() < wrong else value
            rows.append(_row(chance, (name, str(year), "", "", str(shown)), wrong))
    for region in range(8):
        parts = [chance.randrange(1000), chance.randrange(1000)]
        total = sum(parts) + (9 if chance.random() < wrong else 0)
        for rank, value in zip(("total", "high", "low"), (total, *parts), strict=True):
            cells = (f"c{region}{rank[0]}", "2010", rank, f"r{region}", str(value))
            rows.append(_row(chance, cells, wrong))
    if chance.random() < 0.3:
        rows[1:] = chance.sample(rows[1:], len(rows) - 1)
    return "\n".join(rows) + "\n"


def _row(chance: random.Random, cells: Sequence[str], wrong: float) -> str:
    name, period, rank, region, value = cells
    unit, qualifier, quote = "person", "", ""
    if chance.random() < wrong:
        region = chance.choice((region, "r0", "r1"))
        rank = chance.choice((rank, "total"))
        period = chance.choice((period, f"{period}-05", "2011", f"{period}-03-01", "1986-2010"))
        value = chance.choice((value, f"-{value}", f"{value}.5", "0", "2010", "1" * 18))
        unit = chance.choice(("person", "yuan", "percent", "year"))
        qualifier = chance.choice(("", "about", "more_than"))
    if chance.random() < wrong:
        quote = chance.choice((f"{value} people", "12 people", "several", f"about {value}"))
    checked = "LW" if chance.random() < 0.1 else ""
    return ",".join(
        (name, period, rank, region, value, unit, qualifier, quote, "most", "", checked)
    )


def _read(tables: Sequence[str], columns: bool) -> Gathered:
    words = Vocabulary(WORDS, {"most": Text("M", "部")}, {}, CODES)
    read: dict[str, Sheet | Large] = {}
    for at, text in enumerate(tables):
        large = opened(f"data/specimen/t{at}.csv", text.encode(), 0)
        assert large is not None
        read[f"t{at}"] = large if columns else large.strict()
    return gather(read, words, {})


def _books(seed: str) -> tuple[Book, Book, Sequence[Fact]]:
    """The same records twice: figure by figure, and as columns."""
    chance = random.Random(seed)  # noqa: S311 - chance, no secret
    tables = [_table(chance)]
    if chance.random() < 0.3:
        tables.append(f"{HEADER}\ns1,1995,,,5,person,,,most,,\ns11,1994,,,7,person,,,most,,\n")
    chapter = replace(records(codes=CODES, rules=RULES).chapter, lists={})
    made: list[Book] = []
    for columns in (False, True):
        own = replace(chapter, facts=_read(tables, columns).all_facts())
        first = replace(own, slug="first", facts=own.facts[:40])
        published = tuple(replace(fact, checked="2010") for fact in own.facts[3:60:7])
        own = replace(own, published=published)
        made.append(replace(records(divisions={}).book, chapters=_slipped(first, own)))
    return made[0], made[1], made[1].chapters[-1].facts


def _slipped(first: Chapter, own: Chapter) -> tuple[Chapter, ...]:
    """The chapters, of which the first tells some figures otherwise."""
    facts = enumerate(first.facts)
    changed = [replace(fact, value=fact.value + (at % 5 == 0)) for at, fact in facts]
    return replace(first, facts=tuple(changed)), own


@pytest.mark.parametrize("seed", range(12))
def test_checks_find_the_same(seed: int) -> None:
    """All checks together, in their order, with suspects and hints."""
    one, other, columns = _books(f"checks/{seed}")
    assert isinstance(columns, Facts)
    assert any(isinstance(part, Frame) for part in columns.parts)
    assert told(checks.findings(one), one.chapters[-1].facts) == told(
        checks.findings(other), columns
    )


def test_each_check_finds_something() -> None:
    """Among these tables each check of figures has something to find, in columns as well."""
    rules: set[str] = set()
    for seed in range(12):
        rules |= {found.rule for found in checks.findings(_books(f"checks/{seed}")[1])}
    wanted = {"quote", "quote-missing", "value", "period", "dimension", "parts-sum", "cumulative"}
    assert wanted | {"twice", "implausible", "rule4", "rule"} <= rules


def test_asking_the_records() -> None:
    """Figures, series, the year before and what there is are the same in both."""
    one, other, _ = _books("records")
    first, second = (Records(book, book.chapters[-1]) for book in (one, other))
    for name in (*SERIES, "c0t"):
        assert first.series(name) == second.series(name)
        for fact in first.series(name):
            assert first.previous(fact) == second.previous(fact)
    assert first.current() == second.current()
    assert ids(first.chapter.facts) == ids(second.chapter.facts)


def test_sequence() -> None:
    """Figures in columns are a sequence like any other."""
    _, _, facts = _books("sequence")
    frame = next(part for part in parts(facts) if isinstance(part, Frame))
    everything = tuple(facts)
    assert len(facts) == len(everything)
    assert facts[-1] == everything[-1]
    assert facts[2:5] == everything[2:5]
    assert frame[0] == frame[-len(frame)]
    with pytest.raises(IndexError):
        facts[len(facts)]


def test_keys_that_stand_twice() -> None:
    """Two rows of one key are among the figures to be compared, wherever they stand."""
    row = "s1,2010,,,5,person,,,most,,\n"
    other = "s2,2010,,,5,person,,,most,,\n"
    facts = _read([f"{HEADER}\n{row}{other}", f"{HEADER}\n{row.replace(',5,', ',6,')}"], True)
    assert [fact.value for fact in keyed(facts.all_facts())] == [Decimal(5), Decimal(6)]
    assert [found.rule for found in facts.findings] == ["key"]


def test_common_indicators() -> None:
    """Of a large table only the indicators count that the other figures have, too."""
    rows = "s1,2010,,,5,person,,,most,,\ns2,2010,,,5,person,,,most,,\n"
    facts = _read([f"{HEADER}\n{rows}"], True).all_facts()
    alone = tuple(fact for fact in facts if fact.id == "s2")
    assert list(common(facts, alone)) == list(alone)


def test_periods() -> None:
    """A period keeps what it says, however it was written."""
    rows = "s1,2010-2010,,,5,person,,,most,,\ns2,2010,,,5,person,,,most,,\n"
    facts = _read([f"{HEADER}\n{rows}"], True).all_facts()
    assert {fact.period for fact in facts} == {Period("2010", "2010")}


def test_counts() -> None:
    """Half a person and a number below nought are found among whole ones; so is 5.0 as whole."""
    values = ("5", "5.5", "-5", "5.0", "0")
    rows = "".join(f"s{at},2010,,,{value},person,,,most,,\n" for at, value in enumerate(values))
    made = records(*_read([f"{HEADER}\n{rows}"], False).all_facts())
    chapter = replace(made.chapter, facts=_read([f"{HEADER}\n{rows}"], True).all_facts())
    found = [list(count.check(Records(made.book, one))) for one in (made.chapter, chapter)]
    assert found[0] == found[1]
    assert [one.where for one in found[1]] == ["s1", "s2"]


def _same_findings(rows: str, codes: tuple[Code, ...]) -> list[str]:
    """The rules of what is found in a table, after comparing both ways."""
    text, made = f"{HEADER}\n{rows}", []
    for columns in (False, True):
        large = opened("data/specimen/t.csv", text.encode(), 0)
        assert large is not None
        words = Vocabulary(WORDS, {"most": Text("M", "部")}, {}, codes)
        facts = gather({"t": large if columns else large.strict()}, words, {}).all_facts()
        book = records(codes=codes).book
        chapter = replace(book.chapters[0], facts=facts)
        made.append(checks.findings(replace(book, chapters=(chapter,))))
    assert told(made[0], ()) == told(made[1], ())
    return [found.rule for found in made[1]]


def test_a_leap_among_small_steps() -> None:
    """A change of two fifths is out of the ordinary where others are of a fiftieth."""
    values = [round(1000 * 1.02**year * (1.4 if year > 6 else 1)) for year in range(14)]
    rows = "".join(
        f"s3,{1997 + year},,,{value},person,,,most,,\n" for year, value in enumerate(values)
    )
    assert "implausible" in _same_findings(rows, CODES)


def test_rules_that_hold_help_to_find_the_cell() -> None:
    """Of a table with two margins the rules that hold say which cell is wrong, in columns too."""
    ranks, regions = ("total", "high", "low"), ("all", "r0", "r1", "r2")
    cells = {(a, b): 10 * x + 7 * y for x, a in enumerate(ranks) for y, b in enumerate(regions)}
    for b in regions[1:]:
        cells["total", b] = cells["high", b] + cells["low", b]
    for a in ranks:
        cells[a, "all"] = sum(cells[a, b] for b in regions[1:])
    cells["high", "r1"] += 9
    codes = (
        *(_code("id", f"{a}_{b}") for a, b in cells),
        _code("rank", "total"),
        *(_code("rank", a, "total") for a in ranks[1:]),
        _code("region", "all"),
        *(_code("region", b, "all") for b in regions[1:]),
    )
    rows = "".join(
        f"{a}_{b},2010,{a},{b},{value},person,,,most,,\n" for (a, b), value in cells.items()
    )
    assert _same_findings(rows, codes).count("parts-sum") == 2
