"""Words printed as they stand, and the lists that say how words are read."""

import pytest

from yearbook.book import Inscription, Term
from yearbook.finding import error
from yearbook.model import Cell, Entry, Language, Period, Place, Text
from yearbook.read import printed
from yearbook.read.sheet import Row, parse
from yearbook.read.tables import Gathered

EN, ZH = Language.EN, Language.ZH


def rows(text: str) -> tuple[Row, ...]:
    """The rows of a small CSV."""
    return parse("x.csv", text.encode()).rows


def at(column: int, cell: str) -> Place:
    """A place in the row of a cell."""
    return Place("x.csv", int(cell[1:]), column, cell)


def test_columns() -> None:
    """The columns of the lists of words."""
    assert printed.IDIOMS == ("language", "phrase", "note")
    assert printed.TERMS == ("en", "zh", "forbidden_en", "forbidden_zh", "note")


def test_term() -> None:
    """A term with the variants that are not to be used, parted by bars."""
    (row,) = rows("zh,en,forbidden_en,forbidden_zh,note\n科技,science,tech | hi-tech||,科学,x\n")
    forbidden = {EN: ("tech", "hi-tech"), ZH: ("科学",)}
    assert printed.term(row) == Term(Text("science", "科技"), forbidden, at(4, "B2"))


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("", Text("the idiom is empty", "习用语为空")),
        ("top 10", Text("the idiom holds a digit", "习用语中含有数字")),
    ],
)
def test_idioms(phrase: str, what: Text) -> None:
    """Idioms by language; one that is no idiom is told in both languages, and the others count."""
    gathered = Gathered()
    text = f"language,phrase\nen,{phrase}\n,at once\nen,by far\nzh,十分\nfr,du tout\n"
    assert printed.idioms(rows(text), gathered) == {
        EN: frozenset({"at once", "by far"}),
        ZH: frozenset({"十分"}),
    }
    idiom, language = gathered.findings
    assert idiom == error(
        "value",
        at(4, "B2"),
        what,
        Text(
            "an idiom is a phrase in words that counts nothing; delete the row",
            "习用语是不表示数量的文字词组，请删除该行",
        ),
    )
    assert (language.rule, language.place) == ("unknown", at(1, "A6"))


def test_unreasoned() -> None:
    """A literal without a reason is told at its cell."""
    found = rows("id,reason\na,a name\nb,\n")
    assert list(printed.unreasoned(found)) == [
        error(
            "literal",
            at(3, "B3"),
            Text("the literal has no reason", "该固定用语没有注明理由"),
            Text("say what it is the name of", "请注明是何名称"),
        )
    ]


@pytest.mark.parametrize(
    ("name", "template", "literal"),
    [
        *((name, True, "") for name in ("codes", "tables", "charts", "exceptions")),
        ("literals", True, "a"),
        *((name, False, "") for name in ("units", "places", "sources", "rules")),
    ],
)
def test_inscriptions(name: str, template: bool, literal: str) -> None:
    """The cells of a list that are printed; of some lists they are templates."""
    columns = ("id", "one", "en_name", "en_factor", "note_zh", "title_en", "message_en", "zh")
    (row,) = rows(f"{','.join(columns)}\na,person,m,1,注,,no,人\n")
    inscribed = printed.inscriptions([row], columns, name)
    assert inscribed == [
        Inscription(Cell("person", at(3, "B2")), EN, template, literal),
        Inscription(Cell("m", at(10, "C2")), EN, template, literal),
        Inscription(Cell("注", at(14, "E2")), ZH, template, literal),
        Inscription(Cell("人", at(20, "H2")), ZH, template, literal),
    ]


@pytest.mark.parametrize(
    ("column", "language"),
    [
        *((name, EN) for name in ("en", "title_en", "one", "other", "en_name", "note_en")),
        *((name, ZH) for name in ("zh", "title_zh", "zh_name", "reason_zh")),
        *((name, None) for name in ("id", "en_factor", "one_x", "name", "kind", "enough")),
        *((name, None) for name in ("message_en", "message_zh", "forbidden_en", "forbidden_zh")),
    ],
)
def test_language(column: str, language: Language | None) -> None:
    """In which language a column is printed, if it is."""
    assert printed._language(column) == language


def test_entered_and_settled() -> None:
    """The words of lists and of settings in each language."""
    cells = {"id": Cell("a", at(1, "A2")), "post_en": Cell("Head", at(3, "B2"))}
    cells |= {"post_zh": Cell("", at(8, "C2"))}
    entry = Entry("a", Period("2010", "2010"), cells, at(1, "A2"))
    assert printed.entered([entry]) == [Inscription(cells["post_en"], EN)]
    place = Place("book.toml")
    for template in (False, True):
        assert printed.settled(Text("A", "甲"), place, template) == [
            Inscription(Cell("A", place), EN, template),
            Inscription(Cell("甲", place), ZH, template),
        ]
    assert [one.template for one in printed.settled(Text("A", "甲"), place)] == [False, False]
