"""Whatever is remembered, a page is the one that is made without memory."""

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader
from markupsafe import Markup

from yearbook import templates
from yearbook.binding import Numbering
from yearbook.compose import Part, Passage
from yearbook.engine.leaflet import Leaflet, Traced
from yearbook.engine.quick import Quick
from yearbook.engine.recall import Recall, differing, hanging
from yearbook.inspection import created
from yearbook.kit import Kit
from yearbook.memo import Memo
from yearbook.model import Edition, Fact, Language, Period
from yearbook.page import Picture
from yearbook.read import Reading, read
from yearbook.read.snapshot import Snapshot
from yearbook.specimen import fact, records
from yearbook.template import environment


@pytest.fixture(scope="module")
def reading(project: Snapshot) -> Reading:
    """The book."""
    return read(project)


def pages(quick: Quick, made: Reading) -> Mapping[str, bytes]:
    """The screen pages of a book, without faces and charts; they are there or somebody is told."""
    kit = Kit(templates.texts(made.files), made.theme, (), {}, created(made.book), made.files)
    found = {}
    for easel in quick.easels(made, kit):
        for edition in Edition:
            sheet = easel.page(edition)
            assert sheet is not None
            found[sheet.name] = sheet.content
    return found


def edited(made: Reading, old: Fact, new: Fact) -> Reading:
    """The book with another figure; its files are not what they were either."""
    (chapter,) = made.book.chapters
    facts = tuple(new if each is old else each for each in chapter.facts)
    book = replace(made.book, chapters=(replace(chapter, facts=facts),))
    return replace(made, book=book, files={**made.files, "data/edit.csv": str(new.value).encode()})


def test_pages_after_edits(reading: Reading) -> None:
    """Values are changed one after the other, each page is as if it had never been made before."""
    quick, at = Quick(), random.Random(6)  # noqa: S311 - the same figures each time
    first = pages(quick, reading)
    assert set(first) == {f"science-and-technology/{edition}.html" for edition in Edition}
    known, held = reading, len(quick._recalls["science-and-technology"].macros)
    for number in range(8):
        (chapter,) = known.book.chapters
        old = at.choice([each for each in chapter.facts if each.value > 9])
        known = edited(known, old, replace(old, value=old.value + number + 1))
        assert pages(quick, known) == pages(Quick(), known)
    # What is no longer so gives way to what is.
    assert len(quick._recalls["science-and-technology"].macros) < 1.05 * held


def test_page_after_a_word(reading: Reading) -> None:
    """A word of the text is changed, a section put before others: pages are as without memory."""
    quick, known = Quick(), reading
    pages(quick, known)
    file = "templates/chapters/science-and-technology/en.md"
    for old, new in (("gave the work their", "lent the work their"), ("personal", "own")):
        text = known.files[file].decode().replace(old, new)
        known = read(Snapshot({**known.files, file: text.encode()}, ()))
        now = pages(quick, known)
        assert new in now["science-and-technology/en.html"].decode()
        assert now == pages(Quick(), known)


def test_nothing_is_made_twice(reading: Reading) -> None:
    """A chapter whose files are as they were is not made again."""
    quick = Quick()
    pages(quick, reading)
    assert pages(quick, reading) == {}


def test_derived(reading: Reading) -> None:
    """What is worked out of a figure is said anew with it: the rest of those dispatched."""
    quick, rest = Quick(), b'value="%d" data-fact="rest(dispatched)"'
    before = pages(quick, reading)
    (chapter,) = reading.book.chapters
    old = next(each for each in chapter.facts if each.id == "dispatched_departmental")

    now = pages(quick, edited(reading, old, replace(old, value=old.value - 7)))

    for name, page in now.items():
        assert rest % 132 in before[name]
        assert rest % 139 in page
        assert rest % 132 not in page


def test_quote(reading: Reading) -> None:
    """What the box beside a figure shows is said anew although its value is as it was."""
    quick = Quick()
    pages(quick, reading)
    (chapter,) = reading.book.chapters
    old = next(each for each in chapter.facts if each.id == "dispatched")
    new = replace(old, quote=replace(old.quote, text="in other words"))

    assert all(
        b"in other words" in page for page in pages(quick, edited(reading, old, new)).values()
    )


def differ(old: Fact, new: Fact) -> frozenset[str] | None:
    """Which indicators differ between two books of one figure beside another."""
    other = fact("other", 3)
    before, now = records(old, other), records(new, other)
    return differing((before.book, before.chapter), (now.book, now.chapter))


def test_label_that_tells_another_figure(reading: Reading) -> None:
    """The box beside a figure is said anew with the figure that its label asks for."""
    (chapter,) = reading.book.chapters
    codes = tuple(
        replace(code, label=replace(code.label, en='Of {{ fact("dispatched_departmental") }}'))
        if code.code == "dispatched"
        else code
        for code in chapter.codes
    )
    labelled = replace(chapter, codes=codes)
    known = replace(reading, book=replace(reading.book, chapters=(labelled,)))
    quick = Quick()
    pages(quick, known)
    old = next(each for each in labelled.facts if each.id == "dispatched_departmental")
    known = edited(known, old, replace(old, value=old.value + 7))

    assert pages(quick, known) == pages(Quick(), known)


def test_written_precision(reading: Reading) -> None:
    """A figure that is equal and written more exactly is said anew, with its decimals."""
    quick = Quick()
    pages(quick, reading)
    (chapter,) = reading.book.chapters
    old = next(each for each in chapter.facts if each.id == "dispatched")
    known = edited(reading, old, replace(old, value=Decimal(f"{old.value}.0")))

    now = pages(quick, known)

    assert now == pages(Quick(), known)
    assert now


def test_difference() -> None:
    """Values differ by indicator; where more than values changed, that cannot be told."""
    old = fact("sent", 437)
    assert differ(old, old) == frozenset()
    assert differ(old, replace(old, value=Decimal(438))) == frozenset({"sent"})
    assert differ(old, replace(old, value=Decimal("437.0"))) == frozenset({"sent"})
    for new in (
        replace(old, id="led"),
        replace(old, period=Period("2009", "2009")),
        replace(old, table="posts"),
        replace(old, source="report"),
    ):
        assert differ(old, new) is None
    one, two = records(old), records(old, fact("other", 3))
    assert differing((one.book, one.chapter), (two.book, two.chapter)) is None
    titled = replace(one.book, data_year=2011)
    assert differing((one.book, one.chapter), (titled, one.chapter)) is None


def test_forgetting() -> None:
    """A chart that looked at a changed figure is forgotten and known to be stale, others stay."""
    old = fact("sent", 437)
    before, now = records(old), records(replace(old, value=Decimal(438)))
    recall, numbers = Recall(), Numbering({})
    recall.turn(before.book, before.chapter, numbers)
    picture = Picture(Markup(""), {})
    recall.pictures = {
        ("a", Edition.EN): (picture, frozenset({"sent"})),
        ("b", Edition.EN): (picture, frozenset({"led"})),
    }
    recall.turn(now.book, now.chapter, numbers)
    assert set(recall.pictures) == {("b", Edition.EN)}
    assert recall.stale == {("a", Edition.EN)}
    recall.turn(now.book, now.chapter, Numbering({("table", "a"): "1"}))
    assert recall.pictures == {}


def test_what_a_chart_hangs_on() -> None:
    """A look at a value counts, a look at what a figure is does not, a sum cannot be told."""
    value, unit = '["of", "sent", "2010", "value"]', '["of", "led", "2010", "unit"]'
    named, read_ = '["call", ["fact"], ["sent"], {}]', '["read", "chapter", "facts"]'
    assert hanging([value, unit, named, read_]) == frozenset({"sent"})
    assert hanging(['["call", ["rest"], ["sent"], {}]']) is None
    assert hanging(['["read", "book", "chapters"]']) is None


def test_macros(reading: Reading) -> None:
    """A macro is asked again when the page answers otherwise than when it was filled."""
    quick = Quick()
    kit = Kit(
        templates.texts(reading.files), reading.theme, (), {}, created(reading.book), reading.files
    )
    (easel,) = quick.easels(reading, kit)
    made: list[object] = []

    class Page:
        """A page that says one thing."""

        edition, words, recall = Edition.EN, "a", easel.recall
        filled = Leaflet.filled

        def said(self, more: str) -> str:
            """What it says."""
            return self.words + more

    def fill(page: object) -> Markup:
        made.append(page)
        return Markup(page.said("!"))  # type: ignore[attr-defined]  # noqa: S704

    page = Page()
    for words, count in (("a", 1), ("a", 1), ("b", 2)):
        page.words = words
        assert Leaflet.again(page, "head", (1,), fill) == f"{words}!"  # type: ignore[arg-type]
        assert len(made) == count
    for count in (3, 4):  # words that may change are not remembered
        assert Leaflet.again(page, "head", ({},), fill) == "b!"  # type: ignore[arg-type]
        assert len(made) == count
    assert all(isinstance(each, Traced) for each in made)


SHARED = "{% macro head(page) %}shared{{ page.x }}{% endmacro %}"
OWN = "{% macro head(page) %}own{{ page.x }}{% endmacro %}"
SEEN = "{% set seen = tables %}{% macro row(page) %}{{ seen }}{% endmacro %}"
WORD = "{% macro word(page, word) %}{{ word }}{% endmacro %}"


@pytest.mark.parametrize(
    ("template", "first", "second"),
    [
        (
            f"{{% import 'm' as m %}}{OWN}{{{{ head(page) }}}} {{{{ m.head(page) }}}}",
            *["own1 shared1"] * 2,
        ),
        (f"{SEEN}{{{{ row(page) }}}}", "a", "b"),
        (
            f"{SEEN}{{% macro all(page) %}}{{{{ row(page) }}}}{{% endmacro %}}{{{{ all(page) }}}}",
            "a",
            "b",
        ),
        (f"{WORD}{{{{ word(page, 1) }}}} {{{{ word(page, 1.0) }}}}", *["1 1.0"] * 2),
        (f"{WORD}{{{{ word(page, number) }}}}", "1.0", "1.00"),
    ],
)
def test_macros_alike(template: str, first: str, second: str) -> None:
    """Macros of one name in two files, what their file set, words that are equal and print
    otherwise: each macro gives what it gives without memory."""

    class Page:
        """A page that knows macros."""

        edition, x, recall = Edition.EN, 1, Recall()
        again, filled = Leaflet.again, Leaflet.filled

    loader = DictLoader({"m": SHARED, "page": template})
    made = environment().overlay(loader=loader).get_template("page")
    assert made.render(page=Page(), tables="a", number=Decimal("1.0")) == first
    assert made.render(page=Page(), tables="b", number=Decimal("1.00")) == second


NESTED = """\
{% macro leaf(page, name) %}{{ page.said(name) }}{% endmacro %}
{% macro tree(page, names) %}
{% for name in names %}{{ leaf(page, name) }};{% endfor %}
{% endmacro %}
{% for names in all %}{{ tree(page, names) }}{% endfor %}"""


def test_macros_within_macros() -> None:
    """Of a macro whose page answers otherwise only those within it are filled again that asked
    what changed, also in loops."""
    answers, asked = {"a": "1", "b": "2", "c": "3"}, []

    class Page:
        """A page that counts what it is asked."""

        edition, recall = Edition.EN, Recall()
        again, filled = Leaflet.again, Leaflet.filled

        def said(self, name: str) -> str:
            """What it says of a name."""
            asked.append(name)
            return answers[name]

    made = environment().from_string(NESTED)
    names = {"page": Page(), "all": [("a", "b"), ("c",)]}
    assert made.render(names) == "1;2;3;"
    assert asked == ["a", "b", "c"]
    answers["b"] = "5"
    asked.clear()
    assert made.render(names) == "1;5;3;"
    # To know whether they are as they were, both trees and the leaves of the first are asked ...
    assert asked == ["a", "b", "a", "b", "b", "c"]  # ... and what changed once more, to be filled


def test_question_that_cannot_be_put_again() -> None:
    """A macro that asks its page with words that may change is filled each time, and so is the
    macro around it."""
    answers = ["1", "2", "3"]

    class Page:
        """A page that says something else each time."""

        edition, recall = Edition.EN, Recall()
        again, filled = Leaflet.again, Leaflet.filled

        def said(self, _: list[str]) -> str:
            """What it says."""
            return answers.pop(0)

    made = environment().from_string(
        "{% macro inner(page) %}{{ page.said([1]) }}{% endmacro %}"
        "{% macro outer(page) %}{{ inner(page) }}{% endmacro %}{{ outer(page) }}"
    )
    page = Page()
    assert [made.render(page=page) for _ in range(3)] == ["1", "2", "3"]


def test_what_is_met_again() -> None:
    """Sections that are equal are those of last time; of one that differs, the blocks that are as
    they were."""
    recall = Recall()
    passages = [
        Passage("p", "", {Language.EN: Markup(words)}, {}, {})  # noqa: S704
        for words in ("a", "b", "a", "c")
    ]
    first = Part("x", "1", {}, tuple(passages[:2]), {})
    (known,) = recall.met([first])
    (same,) = recall.met([Part("x", "1", {}, (replace(passages[0]), replace(passages[1])), {})])
    assert same is known
    (other,) = recall.met([Part("x", "1", {}, (replace(passages[2]), passages[3]), {})])
    assert other is not known
    assert [one is two for one, two in zip(known.passages, other.passages, strict=True)] == [
        True,
        False,
    ]


def test_macros_are_forgotten() -> None:
    """Only so many macros are remembered; the one asked for last is forgotten last."""
    recall = Recall(macros=Memo(2))
    made: list[object] = []
    page = SimpleNamespace(edition=Edition.EN, recall=recall)

    def filled(word: str) -> None:
        Leaflet.filled(page, "m", (word,), lambda _: made.append(word))  # type: ignore[arg-type]

    for word in ("a", "b", "a", "c", "a", "b"):
        filled(word)
    assert made == ["a", "b", "c", "b"]
