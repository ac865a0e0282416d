"""Accounting: what is typed is found, what is bound reads back, names are reviewed and used."""

import html
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from markupsafe import Markup

from tests.edits import SLUG, bilingual, edited, replaced, said, with_files
from yearbook import accounting, parity
from yearbook.accounting import literals, tables
from yearbook.accounting.visible import Sort, visible
from yearbook.binding import Medium, Numbering
from yearbook.book import Term
from yearbook.compose import Part, Passage, Teller, Telling
from yearbook.finding import Finding, failing
from yearbook.model import Edition, Language, Period, Place, Relation, Text
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.records import Records
from yearbook.report import Desk, lay_out
from yearbook.specimen import fact, part, records
from yearbook.table import Maker
from yearbook.words import WORDS

PLACE = Place("trial.md", 1, 1)
EN, ZH = Language


def _told(template: str, language: Language = EN, of: Records | None = None) -> list[Finding]:
    """What is wrong with a text."""
    known = of or records(fact("people", 437), fact("money", 44_050_000, "yuan"))
    teller = Teller(known, Numbering({}), Medium.PRINT)
    teller.told(template, teller.voice(language), PLACE)
    assert not teller.findings
    found = [f for told in teller.log for f in accounting.telling(accounting.ledger(known), told)]
    assert all(bilingual(f.what) and bilingual(f.hint) for f in found)
    return found


def _series(before: int, now: int) -> Records:
    earlier = replace(fact("people", before), period=Period("2009", "2009"))
    return records(earlier, fact("people", now))


def _desk(project: Snapshot) -> Desk:
    reading = read(project)
    assert not failing(reading.findings), said(reading.findings)
    return lay_out(reading.book, reading.book.chapters[0])


def _rules(project: Snapshot) -> list[str]:
    return [line for line in said(_desk(project).findings) if " stale: " not in line]


def test_visible_text() -> None:
    """Items and notes are texts of their own; what is bound in each is known."""
    markup = (
        '<ul><li>A <data class="figure" data-fact="a" data-period="2010">9&nbsp;b</data></li>'
        '<li><span class="period" data-span="c">2010</span><span class="footnote">N'
        '<a class="see" href="#x">Table&nbsp;1</a></span>d<wbr>e</li></ul>'
    )
    first, second, note = visible(markup)
    assert (first.text, second.text, note.text) == ("A 9 b", "2010\ufffcde", "NTable 1")
    assert [(b.sort, b.source, b.period) for b in first.bounds] == [(Sort.FIGURE, "a", "2010")]
    assert [(b.sort, b.source, b.form) for b in second.bounds] == [(Sort.PERIOD, "c", "span")]
    assert note.bounds[0].sort is Sort.SEE


@pytest.mark.parametrize(
    ("template", "language", "rules"),
    [
        ('It sent {{ fact("people") }}.', EN, []),
        ("It sent 437 people.", EN, ["unbound"]),
        ("It went twice.", EN, ["unbound"]),
        ("选派四百三十七人。", ZH, ["unbound"]),
        ('It sent 1{{ number("people") }} people.', EN, ["unbound", "misprint"]),
        ('It sent {{ number("people") }} million people.', EN, ["misprint"]),
        ('派出{{ fact("people", "万人") }}。', ZH, ["misprint"]),
        ('It sent {{ fact("people", "people to 9 towns") }}.', EN, ["unbound"]),
        ('It sent nearly {{ fact("people") }}.', EN, ["hedge"]),
        ('派出{{ fact("people") }}以上。', ZH, ["hedge"]),
        ('It gave {{ rounded("people", "hundreds") }}.', EN, []),
        ('派出{{ rounded("people", "百", "名") }}。', ZH, []),
        ('派出{{ rounded("people", 100, up=True) }}。', ZH, []),
    ],
)
def test_texts(template: str, language: Language, rules: list[str]) -> None:
    """A typed numeral, a scale word or a hedge beside a figure is found; figures alone are not."""
    assert [finding.rule for finding in _told(template, language)] == rules


@pytest.mark.parametrize(
    ("html", "rules"),
    [
        ('<data class="figure" data-fact="people">437 people</data>', []),
        ('<data class="figure" data-fact="people">473 people</data>', ["misprint"]),
        ('<data class="figure" data-fact="people">nearly 437 people</data>', ["misprint"]),
        ('<data class="figure" data-fact="nobody">437 people</data>', ["misprint"]),
        ('<data class="figure" data-fact="people">people</data>', ["misprint"]),
        ('<span class="period" data-period="people">2010</span>', []),
        ('<span class="period" data-period="people">2001</span>', ["misprint"]),
    ],
)
def test_misprints(html: str, rules: list[str]) -> None:
    """Whatever a page prints for a figure or a period must read as the record has it."""
    told = Telling("", Markup(html), EN, PLACE)  # noqa: S704 - written here
    ledger = accounting.ledger(records(fact("people", 437)))
    assert [finding.rule for finding in accounting.telling(ledger, told)] == rules


def test_place_and_hint() -> None:
    """The typed token is found in the author's file, and named for what it probably is."""
    file = f"templates/chapters/{SLUG}/en.md"
    known = records(fact("people", 437))
    text = 'It sent\n{{ fact("people") }}, 437 in all.\n'
    book = replace(accounting.ledger(known), manuscripts={file: "## A\n\n" + text})
    teller = Teller(known, Numbering({}), Medium.PRINT)
    teller.told(text, teller.voice(EN), Place(file, 3, 1))
    (found,) = accounting.telling(book, teller.log[0])
    assert str(found.place) == f"{file}:4:23"
    assert found.hint.en == '437 is people: write {{ fact("people") }}'
    (year,) = _told("By 2010 it was done.")
    assert "{{ year() }}" in year.hint.en
    (name,) = _told("Project 863 began.")
    assert "literals.csv" in name.hint.en


@pytest.mark.parametrize(
    ("template", "language", "before", "now", "rules"),
    [
        ('It rose to {{ fact("people") }}.', EN, 400, 437, []),
        ('It rose to {{ fact("people") }}.', EN, 500, 437, ["trend"]),
        ('It fell{{ compared("people") }}.', EN, 500, 437, []),
        ('人数增至{{ fact("people") }}。', ZH, 500, 437, ["trend"]),
        ('人数减至{{ fact("people") }}。', ZH, 500, 437, []),
        ('It more than doubled, to {{ fact("people") }}.', EN, 200, 437, ["unbound"]),
        ('It more than doubled to {{ fact("people") }}.', EN, 200, 437, []),
        ('It doubled to {{ fact("people") }}.', EN, 300, 437, ["trend"]),
        ('翻番达{{ fact("people") }}。', ZH, 218, 437, []),
        ('They {{ fact("people") }} sat; the wind rose.', EN, 500, 437, []),
        ('The {{ fact("people", "men, women") }} rose.', EN, 500, 437, ["trend"]),
        ('It surged to {{ fact("people") }}.', EN, 500, 437, ["trend"]),
        ('It sent {{ fact("people") }}, up sharply.', EN, 500, 437, ["trend"]),
        ('It sent {{ fact("people") }}, up sharply.', EN, 400, 437, []),
        ('The number rose, namely to {{ fact("people") }}.', EN, 500, 437, ["trend"]),
        ('The growth to {{ fact("people") }} went on.', EN, 500, 437, ["trend"]),
        ('It is {{ fact("people") }}, unchanged.', EN, 436, 437, ["trend"]),
        ('It is {{ fact("people") }}, unchanged.', EN, 437, 437, []),
        ('It sent {{ fact("people") }}, a new record.', EN, 500, 437, ["trend"]),
        ('It sent {{ fact("people") }}, a new record.', EN, 400, 437, []),
        ('It kept a record of {{ fact("people") }}.', EN, 500, 437, []),
        ('A record low of {{ fact("people") }} came.', EN, 400, 437, ["trend"]),
        ('派出{{ fact("people") }}，创历史新高。', ZH, 500, 437, ["trend"]),
        ('派出{{ fact("people") }}，创历史新高。', ZH, 400, 437, []),
        ('派出{{ fact("people") }}，与上年持平。', ZH, 400, 437, ["trend"]),
        ('派出{{ fact("people") }}，为历年最少。', ZH, 400, 437, ["trend"]),
        ('派出{{ fact("people") }}，比上年多。', ZH, 500, 437, ["trend"]),
        ('派出{{ fact("people") }}，比上年少。', ZH, 500, 437, []),
    ],
)
def test_trends(template: str, language: Language, before: int, now: int, rules: list[str]) -> None:
    """A word of change is held against the year before, in its own clause."""
    assert [f.rule for f in _told(template, language, _series(before, now))] == rules


def test_a_record_stands_above_all_years() -> None:
    """More than the year before is no record if an earlier year had more."""
    years = {"2008": 500, "2009": 400, "2010": 437}
    facts = [
        replace(fact("people", value), period=Period(year, year)) for year, value in years.items()
    ]
    (found,) = _told('It sent {{ fact("people") }}, a record.', EN, records(*facts))
    assert '"a record" is not true of people' in found.what.en
    assert not _told('It sent {{ fact("people") }}, a record.', EN, records(*facts[1:]))


@pytest.mark.parametrize(
    ("template", "language", "rules"),
    [
        ('It sent {{ fact("people", "lakh people") }}.', EN, ["noun"]),
        ('It sent {{ fact("people", "pairs of people") }}.', EN, ["noun"]),
        ('It sent {{ fact("people", "tonnes of grain") }}.', EN, ["noun"]),
        ('It sent {{ fact("people", "people fewer than planned") }}.', EN, ["noun"]),
        ('It sent {{ fact("people", "of more") }}.', EN, ["noun"]),
        ('It sent {{ fact("people", "teachers of middle schools") }}.', EN, []),
        ('It sent {{ fact("people", "cadres from the less developed west") }}.', EN, []),
        ('It sent {{ fact("people", "people in rural households") }}.', EN, []),
        ('派出{{ fact("people", "户") }}。', ZH, ["noun"]),
        ('派出{{ fact("people", "人次") }}。', ZH, ["noun"]),
        ('派出{{ fact("people", "成") }}。', ZH, ["noun"]),
        ('派出{{ fact("people", "名") }}。', ZH, []),
        ('派出{{ fact("people", "名成员") }}。', ZH, []),
        ('It gave {{ fact("money", "yuan of funds") }}.', EN, []),
        ('It gave {{ fact("money", "pigs") }}.', EN, ["noun"]),
        ('It gave {{ number("money") }} yuan.', EN, []),
        ('It gave {{ number("money") }} in all.', EN, ["noun"]),
        ('It sent {{ rest("people", "tonnes of grain") }}.', EN, ["noun"]),
    ],
)
def test_nouns(template: str, language: Language, rules: list[str]) -> None:
    """A noun may name the things counted more closely, but never turn them into others."""
    codes = (part("heads", "people", Relation.OF),)
    known = records(
        fact("people", 437), fact("heads", 5), fact("money", 44_050_000, "yuan"), codes=codes
    )
    assert [finding.rule for finding in _told(template, language, known)] == rules


@pytest.mark.parametrize(
    ("between", "language", "rules"),
    [
        (", including", EN, []),
        (", excluding", EN, ["apart"]),
        (" as well as", EN, ["apart"]),
        (". In addition to", EN, []),
        ("，其中", ZH, []),
        ("，不含", ZH, ["apart"]),
        ("以及", ZH, ["apart"]),
    ],
)
def test_parts_and_wholes(between: str, language: Language, rules: list[str]) -> None:
    """What codes.csv includes in a whole is not told as standing beside it."""
    codes = (part("heads", "people", Relation.OF),)
    known = records(fact("people", 437), fact("heads", 204), codes=codes)
    text = f'{{{{ fact("people") }}}}{between} {{{{ fact("heads") }}}}'
    assert [finding.rule for finding in _told(text, language, known)] == rules


def test_captions_run_parallel(project: Snapshot) -> None:
    """A title gives the same figures and the year in both languages."""
    dated = "Milestones, {{ year() }}"
    assert _rules(edited(project, f"{SLUG}/charts.csv", "timeline", "title_en", dated)) != []
    file = f"{SLUG}/tables.csv"
    (found,) = _rules(edited(project, file, "training", "title_en", "Training"))
    assert "the English caption of training does not give the year" in found
    said_once = 'Training, {{ year() }}, {{ fact("aided_trained") }}'
    (found,) = _rules(edited(project, file, "training", "title_en", said_once))
    assert "aided_trained stands in the English paragraph" in found


def test_literals_are_equal_and_count_nothing(project: Snapshot) -> None:
    """A name holds the same numbers in both languages, and nothing that units.csv counts."""
    rows = project.files["data/literals.csv"].decode("utf-8-sig")
    added = [
        "plan_10,10th Five-Year Plan,“十一五”,name",
        "team,Team of 473 people,473人团队,name",
        "half,50% Growth Plan,增长50%计划,name",
        "talents,Thousand Talents Plan,千人计划,name",
    ]
    found = "\n".join(
        _rules(with_files(project, **{"data/literals.csv": (rows + "\r\n".join(added)).encode()}))
    )
    assert 'the literal "plan_10" holds other numbers in English than in Chinese' in found
    assert '"Team of 473 people" is a quantity' in found
    assert '"增长50%计划" is a quantity' in found
    assert 'Talents Plan" is a quantity' not in found


def test_nothing_to_compare_with() -> None:
    """A word of change needs a year before."""
    (found,) = _told('It rose to {{ fact("people") }}.')
    assert (found.rule, "nothing to compare with" in found.what.en) == ("trend", True)


def test_an_odd_character_in_chinese() -> None:
    """The Chinese message names the kind of a character in Chinese, too."""
    found = [each for each in _told("派出㉒人", ZH) if each.rule == "character"]
    assert [each.what.en.rpartition(": ")[2] for each in found] == ["circled"]
    assert [each.what.zh.rpartition("：")[2] for each in found] == ["带圈字符"]


def test_terms() -> None:
    """A forbidden variant is named with the term; a longer right term hides what it holds."""
    base = records()
    terms = (
        Term(Text("Spark Program", "星火计划"), {EN: ("Spark Plan",), ZH: ("火花计划",)}, PLACE),
        Term(Text("the Old Spark Plan Office", "x"), {EN: (), ZH: ()}, PLACE),
    )
    known = Records(replace(base.book, terms=terms), base.chapter)
    (found,) = _told("Under two kinds of\nspark plans.".replace("two", "some"), EN, known)
    assert found.what.en == '"spark plan" is not the term: it is "Spark Program"'
    assert found.hint == Text(
        'write "Spark Program" (星火计划), or change terms.csv',
        "请写作“Spark Program”（星火计划），或修改 terms.csv",
    )
    assert not _told("In the Old Spark Plan Office.", EN, known)
    (found,) = _told("按照火花计划", ZH, known)
    assert found.rule == "term"
    assert found.hint == Text(
        'write "星火计划" (Spark Program), or change terms.csv',
        "请写作“星火计划”（Spark Program），或修改 terms.csv",
    )


def test_words_are_judged_by_all_lists() -> None:
    """A text found right is looked at again when a list that it was judged by has changed; a wrong
    one is told each time."""
    base = records()
    term = Term(Text("Spark Program", "星火计划"), {EN: ("Spark Plan",), ZH: ()}, PLACE)
    known = Records(replace(base.book, terms=(term,)), base.chapter)
    text = "Under the Spark Plan a brace of cows came."
    for _ in range(2):
        assert [f.rule for f in _told(text, EN, base)] == ["unbound"]
        assert [f.rule for f in _told(text, EN, known)] == ["unbound", "term"]
    idioms = {EN: frozenset({"a brace of cows"}), ZH: frozenset[str]()}
    silent = Records(replace(base.book, idioms=idioms), base.chapter)
    for _ in range(2):
        assert not _told(text, EN, silent)
        assert [f.rule for f in _told(text, EN, base)] == ["unbound"]
        assert {f.rule for f in _told('hardly {{ fact("people") }} came')} == {"hedge"}


def test_parity_by_value() -> None:
    """The same figure must read the same in both languages: value, hedge, money or number."""
    known = records(fact("money", 44_050_000, "yuan"))
    ledger = accounting.ledger(known)

    def compared(en: str, zh: str) -> list[Finding]:
        teller = Teller(known, Numbering({}), Medium.PRINT)
        words = {of: teller.told(t, teller.voice(of), PLACE) for of, t in ((EN, en), (ZH, zh))}
        passage = Passage("p", "", words, {EN: (), ZH: ()}, {EN: PLACE, ZH: PLACE})
        return list(parity.values((Part("a", "1", {}, (passage,), {}),), ledger))

    assert not compared('It gave {{ fact("money") }}.', '投入{{ fact("money") }}。')
    assert not compared('It gave {{ number("money") }} yuan.', '投入{{ fact("money") }}。')
    (found,) = compared('It gave {{ number("money") }} pigs.', '投入{{ fact("money") }}。')
    assert 'reads "44.05 million" in English but "4405万元" in Chinese' in found.what.en
    (found,) = compared('It gave nearly {{ fact("money") }}.', '投入{{ fact("money") }}。')
    assert found.rule == "parity"


def test_the_chapter(project: Snapshot) -> None:
    """Nothing of the chapter as it stands is unaccounted for."""
    assert _rules(project) == []


def test_literals(project: Snapshot) -> None:
    """A literal must be used, hold a number in both languages, and be no quantity."""
    from_file = project.files["data/literals.csv"].decode("utf-8-sig").splitlines()
    added = "\r\n".join(
        [
            *from_file,
            "idle,Project 863,863计划,name",
            "plain,A plan,计划,name",
            "many,9 cows,九头牛,x",
        ]
    )
    changed = with_files(project, **{"data/literals.csv": added.encode()})
    found = "\n".join(_rules(changed))
    unused = [each.what.en for each in literals.unused(read(changed).book)]
    assert unused == [f'the literal "{name}" is not used' for name in ("idle", "plain", "many")]
    assert '"A plan" holds no number' in found
    assert '"9 cows" is a quantity' in found
    unsaid = read(edited(project, "literals.csv", "plan_11", "reason", ""))
    assert [f.what.en for f in unsaid.findings] == ["the literal has no reason"]


@pytest.mark.parametrize(
    ("file", "name", "column", "value"),
    [
        (f"{SLUG}/codes.csv", "dispatched", "en", "People sent, 437"),
        (f"{SLUG}/tables.csv", "training", "note_zh", "共437人。"),
        (f"{SLUG}/charts.csv", "funds", "title_en", "Funds of 8 programmes"),
        (f"{SLUG}/exceptions.csv", "donations/guangrao", "reason_zh", "资料列有2处错误。"),
        (f"{SLUG}/partnerships.csv", "wei", "partner_en", "University No. 2"),
        ("sources.csv", "most-2010", "en", "Report of 12 pages"),
        ("units.csv", "person", "zh_name", "十人"),
    ],
)
def test_cells(project: Snapshot, file: str, name: str, column: str, value: str) -> None:
    """Whatever a CSV prints is accounted for, at its cell."""
    found = _rules(edited(project, file, name, column, value))[0]
    assert found.startswith(f"data/{file}:")
    assert " - " not in found
    assert " unbound: " in found


def test_names_with_numbers_in_cells(project: Snapshot) -> None:
    """A plain cell may hold the phrase of a literal; that is a use of it."""
    rows = project.files["data/literals.csv"].decode("utf-8-sig")
    rows += "school,No. 2 Middle School,第二中学,name of a school\r\n"
    named = with_files(project, **{"data/literals.csv": rows.encode()})
    changed = edited(named, f"{SLUG}/partnerships.csv", "wei", "partner_en", "No. 2 Middle School")
    changed = edited(changed, f"{SLUG}/partnerships.csv", "wei", "partner_zh", "魏县第二中学")
    assert _rules(changed) == []


def test_every_told_text_is_accounted_for(project: Snapshot) -> None:
    """What the pages print besides the prose stands in the cells that were accounted for."""
    desk = _desk(project)
    teller = Teller(Records(desk.book, desk.chapter), Numbering({}), Medium.PRINT)

    def say(text: Text, place: Place | None = None) -> tuple[tuple[Language, Markup], ...]:
        return tuple((of, teller.say(text, of, place)) for of in Language)

    maker = Maker(teller.records, Edition.BOTH, say)
    for spec in desk.chapter.tables:
        maker.table(spec)
    known = {inscription.cell.text for inscription in desk.chapter.inscriptions}
    assert teller.log
    assert {html.unescape(told.source) for told in teller.log} <= known


def test_tables_read_back(project: Snapshot) -> None:
    """A table's figure with its unit is the record's value, in every edition; another is found."""
    desk = _desk(project)
    known = Records(desk.book, desk.chapter)
    spec = next(spec for spec in desk.chapter.tables if spec.id == "projects")
    for edition in Edition:
        table = Maker(known, edition, lambda text, place=None: ()).table(spec)
        ledger = accounting.ledger(known)
        assert not list(tables.check(ledger, edition, table, spec.place))
        row = next(row for row in table.rows if "000" in row.cells[-1].value)
        wrong = replace(row.cells[-1], figure="9" + row.cells[-1].figure)
        broken = replace(table, rows=(replace(row, cells=(*row.cells[:-1], wrong)),))
        (found,) = tables.check(ledger, edition, broken, spec.place)
        assert found.rule == "misprint"
        turned = replace(row.cells[-1], figure="≈" + row.cells[-1].figure.lstrip(">"))
        broken = replace(table, rows=(replace(row, cells=(*row.cells[:-1], turned)),))
        assert len(list(tables.check(ledger, edition, broken, spec.place))) == 1


def test_one_change_of_a_value(project: Snapshot) -> None:
    """72,000 becomes 75,000 by its cell and quote alone; Chinese then prints 7.5万."""
    file = f"data/{SLUG}/correspondents.csv"
    changed = edited(project, f"{SLUG}/correspondents.csv", "correspondents", "value", "75000")
    changed = replaced(changed, file, "72,000", "75,000")
    desk = _desk(changed)
    assert [line for line in said(desk.findings) if " stale: " not in line] == []
    words = [str(p.words[ZH]) for part in desk.parts[Medium.PRINT] for p in part.passages]
    assert any("7.5万" in text for text in words)


def test_toolkit_words_hold_no_numeral(project: Snapshot) -> None:
    """The toolkit's own words count nothing."""
    book = read(project).book

    def numerals() -> Iterator[object]:
        for words in WORDS.values():
            for of in Language:
                told = Telling("", Markup.escape(words.of(of)), of, PLACE)
                ledger = accounting.ledger(Records(book, book.chapters[0]))
                yield from accounting.telling(ledger, told)

    assert not list(numerals())


def test_rounded_is_derived() -> None:
    """The value in the markup is the bound, named by its derivation."""
    known = records(fact("people", 3214))
    teller = Teller(known, Numbering({}), Medium.PRINT)
    printed = teller.told('{{ rounded("people", "hundreds") }}', teller.voice(EN), PLACE)
    (seen,) = visible(printed)
    assert (seen.text, seen.bounds[0].source) == ("more than 3,200 people", "rounded(people, 100)")
    assert Decimal(printed.split('value="')[1].split('"')[0]) == 3200
