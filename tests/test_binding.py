"""What a text may ask for: each word in both languages, and what it notes as cited."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup, escape

from yearbook.binding import Citation, Medium, Numbering, Voice
from yearbook.book import Waiver
from yearbook.model import Fact, Language, Period, Place, Qualifier, Relation, Text
from yearbook.numbers import NBSP, NumberError
from yearbook.records import Records, UnknownError
from yearbook.specimen import entry, fact, part, records

EN, ZH = Language.EN, Language.ZH
DIVISIONS = {
    "370000": Text("Shandong", "山东省"),
    "370523": Text("Guangrao County", "广饶县"),
    "510000": Text("Sichuan", "四川省"),
    "610000": Text("Shaanxi", "陕西省"),
    "610828": Text("Jia <County>", "佳县"),
}


def voice(of: Records, language: Language = EN, medium: Medium = Medium.SCREEN) -> Voice:
    """A reading of some records."""
    numbering = Numbering({("table", "glance"): "1", ("chart", "funds"): "2"})
    return Voice(of, language, medium, numbering, lambda text, spoken: escape(text.of(spoken)))


def said(markup: Markup) -> str:
    """What is read, blanks that do not break as plain ones."""
    return markup.striptags().replace(NBSP, " ")


def both(of: Records, word: str, *arguments: Any, **named: Any) -> tuple[str, str]:
    """A word in English and in Chinese."""
    en, zh = (said(voice(of, language).names()[word](*arguments, **named)) for language in Language)
    return en, zh


def on(figure: Fact, start: str, end: str | None = None, **changes: Any) -> Fact:
    """A figure of another period."""
    return replace(figure, period=Period(start, end or start), **changes)


PEOPLE = on(fact("dispatched", 437), "1986", "2010")
CODES = (part("leaders", "dispatched", Relation.OF), part("cadres", "dispatched", Relation.OF))
BOOK = records(
    PEOPLE,
    fact("leaders", 101),
    fact("cadres", 204),
    fact("heads", 3),
    fact("one", 1),
    fact("institutes", 3200, qualifier="more_than"),
    fact("funds", 44_050_000, "yuan"),
    fact("group", 24, "group"),
    fact("first", 1986, "year"),
    fact("day", 20100416, "date"),
    codes=CODES,
    lists={
        "posts": (entry("a", place="370523"), entry("b", place="610828")),
        "aided": tuple(entry(code, place=code) for code in ("510000", "610000")),
        "heads": (entry("a", group_en="First Group", group_zh="一团"),),
        "none": (),
    },
    divisions=DIVISIONS,
)


@pytest.mark.parametrize(
    ("word", "arguments", "en", "zh"),
    [
        ("fact", ("dispatched",), "437 people", "437人"),
        ("fact", ("one",), "1 person", "1人"),
        ("fact", ("funds",), "44.05 million yuan", "4405万元"),
        ("fact", ("institutes",), "more than 3,200 people", "3200多人"),
        ("fact", ("group",), "24th", "第24届"),
        ("fact", ("first",), "1986", "1986年"),
        ("fact", ("day",), "16 April 2010", "2010年4月16日"),
        ("fact", ("dispatched", "名"), "437 名", "437名"),
        ("number", ("institutes",), "more than 3,200", "3200多"),
        ("words", ("heads",), "three", "三"),
        ("words", ("heads", "级"), "three 级", "三级"),
        ("count", ("posts",), "two", "二"),
        ("count", ("posts", "县"), "two 县", "两县"),
        ("count", ("none", "县"), "zero 县", "零县"),
        ("list", ("aided",), "Sichuan and Shaanxi", "四川省、陕西省"),
        ("list", ("heads", "group"), "First Group", "一团"),
        ("rest", ("dispatched",), "132 people", "132人"),
        ("rest", ("dispatched", "名"), "132 名", "132名"),
        ("share", ("leaders", "dispatched"), "23.1%", "23.1%"),
        ("year", (), "2010", "2010年"),
        ("period", ("dispatched",), "1986 to 2010", "1986—2010年"),
        ("start", ("dispatched",), "1986", "1986年"),
        ("span", ("dispatched",), "1986–2010", "1986—2010"),
        ("see", ("table", "glance"), "Table 1", "表1"),
        ("see", ("chart", "funds"), "Chart 2", "图2"),
    ],
)
def test_word(word: str, arguments: tuple[str, ...], en: str, zh: str) -> None:
    """Every word prints what each language says."""
    assert both(BOOK, word, *arguments) == (en, zh)


def test_list_of_places() -> None:
    """Counties come with their province, in the order of the list; names are never markup."""
    assert both(BOOK, "list", "posts") == (
        *("Guangrao County in Shandong and Jia <County> in Shaanxi", "山东省广饶县、陕西省佳县"),
    )
    assert "&lt;County&gt;" in voice(BOOK).listed("posts")


def test_short_list() -> None:
    """A common 省 may follow: provinces lose their own."""
    assert both(BOOK, "list", "aided", short=True)[1] == "四川、陕西"


def test_braces_in_data() -> None:
    """A name, a quotation or a noun that looks like a template is printed, never filled."""
    odd = records(
        fact("a", 3, quote="{{ 7*7 }}"),
        lists={"l": (entry("x", post_en="{{ 7*7 }} <b>", post_zh="甲"),)},
    )
    assert both(odd, "list", "l", "post")[0] == "{{ 7*7 }} <b>"
    assert both(odd, "fact", "a", "{{ 7*7 }}")[0] == "3 {{ 7*7 }}"


def test_count_in_digits() -> None:
    """A count may be printed in digits."""
    assert both(BOOK, "count", "posts", "县", words=False)[1] == "2县"


def test_hedge_is_kept_in_words() -> None:
    """A hedged figure keeps its hedge when it is put in words."""
    few = records(fact("a", 50, qualifier="nearly"))
    assert both(few, "words", "a", "名") == ("nearly fifty 名", "近五十名")


def test_no_rest_of_hedged() -> None:
    """A rest or a share of hedged figures is refused."""
    for word, arguments in (("rest", ("institutes",)), ("share", ("leaders", "institutes"))):
        with pytest.raises(NumberError):
            both(BOOK, word, *arguments)


def test_empty_list() -> None:
    """A list without a row for the year cannot be named."""
    with pytest.raises(UnknownError, match="has no row for 2010"):
        both(BOOK, "list", "none")


def test_figure_and_unit_stay_together() -> None:
    """Chinese figures stand in a span that does not break, English ones have hard blanks."""
    chinese = voice(BOOK, ZH)
    for printed in (chinese.fact("dispatched"), chinese.count("posts", "县"), chinese.year()):
        assert re.search(r'<span class="n">[^<]+</span></data>$', printed)
    english = voice(BOOK)
    assert '<span class="n">' not in english.fact("dispatched")
    assert f"437{NBSP}people" in english.fact("dispatched")
    assert f"44.05{NBSP}million{NBSP}yuan" in english.fact("funds")
    assert f"16{NBSP}April{NBSP}2010" in english.fact("day")
    assert f"Table{NBSP}1" in english.see("table", "glance")


def test_data() -> None:
    """A figure carries its value, its id and its period for machines."""
    printed = voice(BOOK, ZH).fact("funds")
    assert printed.startswith(
        '<data class="figure" value="44050000" data-fact="funds" data-period="2010">'
    )
    assert 'value="132" data-fact="rest(dispatched)"' in voice(BOOK).rest("dispatched")


def test_citations() -> None:
    """Every word notes what it printed, alike in both languages."""
    calls: Mapping[str, tuple[str, ...]] = {
        "fact": ("dispatched",),
        "words": ("heads",),
        "count": ("posts",),
        "list": ("posts",),
        "rest": ("dispatched",),
        "share": ("leaders", "dispatched"),
        "compared": ("dispatched",),
        "year": (),
        "period": ("dispatched",),
        "see": ("table", "glance"),
    }
    cited = []
    for language in Language:
        spoken = voice(BOOK, language)
        for word, arguments in calls.items():
            spoken.names()[word](*arguments)
        cited.append(spoken.cited)
    assert cited[0] == cited[1]
    assert [(each.kind, each.name) for each in cited[0]] == [
        ("fact", "dispatched"),
        ("fact", "heads"),
        ("count", "posts"),
        ("list", "posts.place"),
        ("rest", "dispatched"),
        ("share", "leaders/dispatched"),
        ("change", "dispatched"),
        ("year", ""),
        ("period", "dispatched"),
        ("see", "table-glance"),
    ]
    assert cited[0][0] == Citation("fact", "dispatched", "1986-2010")


@pytest.mark.parametrize(
    ("now", "before", "en", "zh"),
    [
        ("4830", "4600", ", up 5.0% on 2009", "，比2009年增长5.0%"),
        ("4600", "4830", ", down 4.8% on 2009", "，比2009年下降4.8%"),
        ("4830", "4830", ", the same as in 2009", "，与2009年持平"),
        ("4830", "0", "", ""),
    ],
)
def test_compared(now: str, before: str, en: str, zh: str) -> None:
    """The change on the year before follows the figures: up, down, the same, or nothing."""
    of = records(fact("a", now), on(fact("a", before), "2009"))
    assert both(of, "compared", "a") == (en, zh)


@pytest.mark.parametrize("hedged", ["2009", "2010"])
def test_compared_with_a_hedge(hedged: str) -> None:
    """Between hedged figures nothing is said."""
    figures = [
        on(fact("a", 5), year, qualifier=Qualifier.ABOUT if year == hedged else Qualifier.EXACT)
        for year in ("2009", "2010")
    ]
    assert both(records(*figures), "compared", "a") == ("", "")


def test_compared_with_nothing() -> None:
    """Without a figure of the year before nothing is said, but the wish is noted."""
    spoken = voice(records(fact("a", 5), on(fact("a", 4), "2008")))
    assert spoken.compared("a") == ""
    assert spoken.cited == [Citation("change", "a", "2010")]


def test_another_period() -> None:
    """A text may name another period."""
    of = records(fact("a", 5), on(fact("a", 4), "2009"))
    assert both(of, "fact", "a", period="2009") == ("4 people", "4人")
    assert both(of, "period", "a", "2009") == ("2009", "2009年")


@pytest.mark.parametrize(
    ("word", "arguments", "hint"),
    [
        ("fact", ("dispached",), 'did you mean "dispatched"?'),
        ("words", ("head",), 'did you mean "heads"?'),
        ("count", ("post",), 'did you mean "posts"?'),
        ("list", ("post",), 'did you mean "posts"?'),
        ("rest", ("dispach",), 'did you mean "dispatched"?'),
        ("literal", ("plan_1",), 'did you mean "plan_11"?'),
        ("waiver", ("posts/jai",), 'did you mean "posts/jia"?'),
        ("see", ("table", "glanc"), 'did you mean "glance"?'),
        ("see", ("table", "funds"), "known are: glance"),
    ],
)
def test_unknown(word: str, arguments: tuple[str, ...], hint: str) -> None:
    """An unknown name is answered with what was probably meant."""
    with pytest.raises(UnknownError) as raised:
        both(defined(), word, *arguments)
    assert raised.value.hint.en == hint
    assert raised.value.what.zh


def defined() -> Records:
    """The same records with a literal and a waiver."""
    reason = Text("Counted twice & more.", "重复计算。")
    waiver = Waiver("place", "posts/jia", "1", reason, 2011, Place("x.csv"))
    book = replace(BOOK.book, literals={"plan_11": Text("11th Plan", "“十一五”")})
    return Records(book, replace(BOOK.chapter, waivers=(waiver,)))


def test_literal_and_waiver() -> None:
    """Reviewed names and reasons come from the records, in both languages."""
    assert both(defined(), "literal", "plan_11") == ("11th Plan", "“十一五”")
    assert 'data-literal="plan_11"' in voice(defined()).literal("plan_11")
    assert both(defined(), "waiver", "posts/jia") == ("Counted twice & more.", "重复计算。")


def test_footnotes() -> None:
    """A note stands in the text where it is printed, and behind a number on the screen."""
    page = voice(BOOK, ZH, Medium.PRINT)
    printed = page.footnote(lambda: Markup("<em>x</em>"))
    assert printed.startswith('<span class="footnote"')
    assert printed.endswith('lang="zh-CN"><em>x</em></span>')
    screen = voice(BOOK, ZH)
    first, second = (screen.footnote(lambda: Markup("x")) for _ in range(2))
    assert 'id="call-zh-1" href="#note-zh-1"' in first
    assert 'id="call-zh-2" href="#note-zh-2"' in second
    assert screen.notes == [Markup("x")] * 2
