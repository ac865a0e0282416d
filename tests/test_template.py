"""Templates: closed in, escaped, without holes; every fault a finding where it stands."""

import sys
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest
from jinja2 import DictLoader, FunctionLoader
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from tests.edits import bilingual, said
from yearbook import doing
from yearbook.finding import Finding
from yearbook.model import Place, Text
from yearbook.records import UnknownError
from yearbook.template import environment, fill, know, plain, translated, unmarked

PLACE = Place("en.md", 10, 1)


def raises(fault: Exception) -> object:
    """A word of a template that fails."""

    def word(*_: object) -> str:
        raise fault

    return word


def refused(source: str, **names: object) -> Finding:
    """The finding of a template that cannot be filled."""
    found = fill(source, names, PLACE)
    assert isinstance(found, Finding), found
    assert bilingual(found.what)
    assert bilingual(found.hint)
    return found


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ fact.__globals__ }}",
        "{{ fact.__init__.__globals__['os'] }}",
        "{{ fact['__globals__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ self.__init__ }}",
        "{{ range(10000000) }}",
        "{{ lipsum() }}",
        "{{ cycler('a') }}",
        "{{ names.append('x') }}",
        "{% include 'secret.html' %}",
        "{% import 'secret.html' as s %}",
        "{% extends 'secret.html' %}",
    ],
)
def test_sandbox(source: str) -> None:
    """A template reaches nothing but its words: no attributes of Python, no files."""
    found = fill(source, {"fact": fill, "names": ()}, PLACE)
    assert isinstance(found, Finding) or "class" not in found


@pytest.mark.parametrize(
    ("source", "spot"),
    [
        ("a {{ b }}", "en.md:10:3"),
        ("one\ntwo {{ b }} three", "en.md:11:5"),
        ("{{ a }}\n\n{{ b }}", "en.md:12:1"),
    ],
)
def test_undefined(source: str, spot: str) -> None:
    """An undefined name is reported at its line, at the first call of the line."""
    assert str(refused(source, a="x").place) == spot


def test_undefined_for_a_macro() -> None:
    """A macro may be handed a name that is not defined, as Jinja has it, and ask whether it is."""
    macro = "{% macro said(word) %}{{ word if word is defined else 'none' }}{% endmacro %}"
    assert fill(macro + "{{ said(absent) }}", {}, Place("page.html", 1)) == "none"


def test_place_of_a_block() -> None:
    """A template that begins in the middle of a line counts from there."""
    found = fill("{{ b }}", {}, Place("x.csv", 3, 7))
    assert isinstance(found, Finding)
    assert str(found.place) == "x.csv:3:7"


def test_place_of_a_cell() -> None:
    """A template in a cell is reported at the cell."""
    cell = Place("x.csv", 3, 7, "C3")
    found = fill("a\n{{ b }}", {}, cell)
    assert isinstance(found, Finding)
    assert found.place == cell


@pytest.mark.parametrize("source", ["{{ a", "{% if %}", "{{ }}", "{% for %}", "{{ 1 + }}", "}} {{"])
def test_syntax(source: str) -> None:
    """Broken syntax is a finding at its line."""
    assert refused("x\n" + source).place.line == 11


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("{{ a", "花括号内的写法有误"),
        ("{{ ''.__class__.x }}", "模板中不允许此操作"),
        ("{{ loop() }}", "模板相互引用，没有尽头"),
        ("{{ 1 / 0 }}", "除数为零"),
        ("{{ nope }}", "“nope”未定义"),
        ("{{ ''.nope }}", "“nope”未定义"),
        ("{{ {}['x'].y }}", "“x”未定义"),
        (
            "{{ 1 + '' }}",
            "表达式有误，程序报告“unsupported operand type(s) for +: 'int' and 'str'”",
        ),
        ("{{ hole }}", "“None”既非文字，也非数据"),
        ("{{ 1e400 }}", "表达式有误，程序报告“name 'inf' is not defined”"),
    ],
)
def test_why(source: str, why: str) -> None:
    """Jinja gives its reasons in English; a Chinese editor gets them in Chinese."""
    found = refused(source, loop=raises(RecursionError()), hole=None)
    assert found.rule == "template"
    assert found.what.zh == f"模板无法填充：{why}"
    assert found.what.en.startswith("the template cannot be filled: ")
    assert found.hint == Text(
        'write figures as {{ fact("name") }}; see docs/prose.md',
        '数据请写作 {{ fact("name") }}，详见 docs/prose.md',
    )


def test_what_is_being_filled() -> None:
    """Whoever has to stop a template knows where it stands."""
    assert fill("{{ now() }}", {"now": lambda: str(doing.now())}, PLACE) == str(PLACE)


@pytest.mark.parametrize(
    ("source", "filled"),
    [("a\nb", "a\nb"), ("a\r\nb", "a\nb"), ("a\n", "a"), ("a\n\n", "a\n"), ("", ""), ("a}", "a}")],
)
def test_nothing_to_fill(source: str, filled: str) -> None:
    """A text without braces is itself, but for the ends of its lines."""
    made = fill(source, {}, PLACE)
    assert isinstance(made, Markup)
    assert made == filled


@pytest.mark.parametrize(
    ("source", "place", "spot"),
    [
        ("{{ b }}", Place("x.csv", 3), "x.csv:3:1"),
        ("a {{ b }}", Place("x.csv", 3, 7), "x.csv:3:9"),
        ("a\nb {{ b }}", Place("x.csv", 3, 7), "x.csv:4:3"),
        ("{{ 1 / 0 }} {{ b }}", Place("x.csv", 3, 7), "x.csv:3:7"),
        ("{% if c %}\n{{ 1 }} {{ b }}\n{% endif %}", Place("x.csv", 3, 7), "x.csv:4:1"),
        ('{{ d }} {{ e("b") }}', Place("x.csv", 3, 7), "x.csv:3:21"),
        ('{{ d }} {{ e("nowhere") }}', Place("x.csv", 3, 7), "x.csv:3:7"),
        ('{{ e("b") }} b', Place("x.csv", 3, 7), "x.csv:3:13"),
        ("{{ f", Place("x.csv", 3, 7), "x.csv:3:7"),
        ("a\n{{ f", Place("x.csv", 3, 7), "x.csv:4:1"),
    ],
)
def test_spot(source: str, place: Place, spot: str) -> None:
    """A fault is told at the name it quotes, else at the first call of its line, counted from
    where the template begins."""
    names = {"c": True, "d": 1, "e": raises(ValueError('"b" is none'))}
    found = fill(source, names, place)
    assert isinstance(found, Finding)
    assert str(found.place) == spot


def test_unknown_name() -> None:
    """What the records do not know comes with their own words and hint, at the name."""
    fault = UnknownError(Text('no figure is called "abc"', "没有"), Text("did you mean", "是不是"))
    found = refused('one {{ fact("abc") }}', fact=raises(fault))
    assert said([found]) == ['en.md:10:14 - template: no figure is called "abc"']


@pytest.mark.parametrize(
    "fault",
    [
        *(KeyError("x"), IndexError("x"), ZeroDivisionError(), OverflowError("x")),
        *(TypeError("x"), ValueError("x"), AttributeError("x"), RecursionError("x")),
    ],
)
def test_faults_of_words(fault: Exception) -> None:
    """Whatever a word of a template raises is a finding, not a fault of the toolkit."""
    assert refused("{{ fact() }}", fact=raises(fault)).rule == "template"


@pytest.mark.parametrize(
    "hole",
    [
        *(None, Decimal("NaN"), Decimal("sNaN"), float("nan"), float("inf")),
        *(True, [1], {"a": 1}, fill, range, object()),
    ],
)
def test_holes(hole: object) -> None:
    """Nothing, no-number and the inside of a program are refused instead of printed."""
    assert refused("{{ a }}", a=hole).rule == "template"


@pytest.mark.parametrize("source", ["{{ none }}", "{{ true }}", "{{ [none] }}", "{{ range }}"])
def test_constant_holes(source: str) -> None:
    """What a template says in so many words is weighed like any other value."""
    assert str(refused("x\n" + source).place) == "en.md:11:1"


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.tex", "x.j2", "x.html.j2", "x.txt", "x"])
def test_every_name_is_escaped(name: str) -> None:
    """Values are escaped in every template, whatever its name."""
    loaded = environment().overlay(loader=DictLoader({name: "{{ a }}"}))
    assert loaded.get_template(name).render(a="<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    included = fill(f"{{% include '{name}' %}}", {"a": "<b>"}, PLACE, loaded)
    assert included == Markup("&lt;b&gt;")


def test_escaped() -> None:
    """A value is never markup unless it was made as markup; it is never a template."""
    assert fill("{{ a }}", {"a": "<script>{{ 7*7 }} *x*"}, PLACE) == Markup(
        "&lt;script&gt;{{ 7*7 }} *x*"
    )
    assert fill("{{ a }}", {"a": Markup("<b>x</b>")}, PLACE) == Markup("<b>x</b>")


def test_unmarked() -> None:
    """The words of a record are text; only what stands between braces is filled."""
    assert unmarked("<b> & {{ a < b }} {% if x %}'{% endif %}") == (
        "&lt;b&gt; &amp; {{ a < b }} {% if x %}&#39;{% endif %}"
    )
    assert fill(unmarked("<i>{{ a }}"), {"a": "&"}, PLACE) == Markup("&lt;i&gt;&amp;")
    assert unmarked("{{ a <\n b }} {# <\n #} <") == "{{ a <\n b }} {# <\n #} &lt;"


def test_plain() -> None:
    """Tags go, characters come back."""
    assert plain(Markup('<data value="1">1 &lt; 2</data> &amp; 3')) == "1 < 2 & 3"


def test_lines_of_blocks() -> None:
    """A line that holds nothing but a block leaves no line, and no blank, on the page."""
    source = "a\n  {% if yes %}\nb\n  {% endif %}\nc\n"
    assert fill(source, {"yes": True}, PLACE) == Markup("a\nb\nc")


def test_globals() -> None:
    """The environment offers no more than the words a page needs."""
    assert set(environment().globals) <= {"range", "dict"}


def test_no_text_is_markup_by_its_own_word() -> None:
    """A label cannot switch the escaping off."""
    found = fill("{{ '<b>'|safe }}", {}, Place("data/x.csv", 2, 1, "A2"))

    assert isinstance(found, Finding)


def test_translations() -> None:
    """A translation that is known is used instead of another; a template with a fault has none."""
    loaded = environment()
    found = translated(loaded, [(None, "translated {{ 1 + 1 }}"), (None, "{% if %}")])
    assert [source for _, source in found] == ["translated {{ 1 + 1 }}"]
    (code,) = found.values()
    know({(None, "the text of a test"): code})
    assert loaded.from_string("the text of a test").render() == "translated 2"
    assert loaded.from_string("another text").render() == "another text"


def test_translated_with_its_name() -> None:
    """A template is translated and compiled under its name and its file."""
    loader = FunctionLoader(lambda name: (f"I am {name}", f"pages/{name}", lambda: True))
    loaded = environment().overlay(loader=loader)
    made = loaded.get_template("a.html")
    assert (made.name, made.filename) == ("a.html", "pages/a.html")
    (code,) = translated(environment(), [("a.html", "x")]).values()
    assert "name = 'a.html'" in code


def test_fault_of_a_translation() -> None:
    """A fault of a template that was translated before is told at its line, too."""
    source = "first\nsecond\nthird {{ gone }}"
    know(translated(environment(), [(None, source)]))
    found = fill(source, {}, PLACE, environment())
    assert isinstance(found, Finding)
    assert (found.place.line, found.place.column) == (12, 7)


class Odd:
    """A thing with all sorts of attributes."""

    plain, _hidden, __inner = 1, 2, 3

    def method(self) -> None:
        """Nothing."""


def test_attributes_are_those_of_the_sandbox() -> None:
    """Which attributes are safe is what Jinja says, for things of every kind and attribute."""

    async def coroutine() -> None:
        """Nothing."""

    async def flow() -> AsyncIterator[int]:
        yield 1

    waiting, frame = coroutine(), sys._getframe()
    things: tuple[object, ...] = (
        *(
            Odd(),
            Odd,
            Odd.method,
            Odd().method,
            "text",
            1,
            {},
            [],
            len,
            Markup("x"),
            (i for i in ""),
        ),
        *(waiting, flow(), frame, frame.f_code),
    )
    names = {name for thing in things for name in dir(thing)} | {"mro", "gi_code", "cr_frame"}
    stock = SandboxedEnvironment()
    for _ in range(2):
        for thing in things:
            for name in names:
                wanted = stock.is_safe_attribute(thing, name, None)
                assert environment().is_safe_attribute(thing, name, None) is wanted, (thing, name)
    waiting.close()
