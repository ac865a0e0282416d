"""book.toml: what is taken from it, and each fault at its line, word for word."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from yearbook.book import Floor, Limits
from yearbook.finding import error
from yearbook.model import Place, Text
from yearbook.read import configured
from yearbook.read.configured import CONFIGURATION, ConfigurationError, Given, given, setting
from yearbook.read.snapshot import Snapshot

CHAPTERS = '[[chapter]]\nslug = "a"\n\n[[chapter]]\nslug = "b-2"\n'
_KINDS = {"text": ("a text", "文字"), "number": ("a whole number", "整数")}


def book(text: str) -> Given:
    """The settings of a book.toml."""
    return given(Snapshot({CONFIGURATION: text.encode()}, ()))


def missing(kind: str, line: str, head: str = "") -> tuple[Text, Text]:
    """What is said of a setting that is not of its kind, with a line that is."""
    name, (en, zh) = line.partition(" ")[0], _KINDS[kind]
    what = Text(f'"{name}" must be given as {en}', f"须以{zh}填写“{name}”")
    if head:
        return what, Text(f"write a line below {head}: {line}", f"请在 {head} 之下写一行：{line}")
    return what, Text(f"write a line: {line}", f"请写一行：{line}")


SLUG = Text(
    "it is the name of the chapter's folder, such as science-and-technology",
    "它是该章文件夹的名称，例如 science-and-technology",
)
BRACKETS = (
    Text("a chapter begins with [[chapter]]", "每章须以 [[chapter]] 开头"),
    Text("write it with two brackets on each side", "两侧各用两个方括号"),
)
KNOWN = (
    Text(
        "[limits] may hold wall_seconds, cpu_seconds, memory_mb",
        "[limits] 只能含 wall_seconds、cpu_seconds、memory_mb",
    ),
    Text("delete the line, or correct its name", "请删除该行，或改正名称"),
)
ABOVE = (
    Text("a limit must be above 0", "上限须大于0"),
    Text("delete the line to have the usual limit", "删除该行即用默认上限"),
)
WHOLE = (
    Text('"whole" must be true or false', "“whole”须为 true 或 false"),
    Text("write whole = true, or delete the line", "请写 whole = true，或删除该行"),
)
BOOK = (
    Text(
        'no chapter can be called "book" in a book that is printed as a whole',
        "全书合为一个PDF时，任何一章不得名为“book”",
    ),
    Text("give the chapter another slug", "请为该章另取 slug"),
)
FLOOR = (
    Text("the floor must be above 0 and at most 1", "floor 须大于0且不超过1"),
    Text("write floor = 0.98 for 98 of 100 slips", "如须发现百分之九十八，请写 floor = 0.98"),
)


def slug(name: str) -> tuple[Text, Text]:
    """What is said of a slug that cannot be one."""
    en = f'the slug "{name}" must stand once, in small letters, digits and hyphens'
    return Text(en, f"slug“{name}”须唯一，且只用小写字母、数字和连字符"), SLUG


@pytest.mark.parametrize(
    ("of", "text", "place", "words"),
    [
        (configured.chapters, 'a = 1\n[chapter]\nslug = "x"\n', "2:1", BRACKETS),
        (configured.chapters, "a = 1\nchapter = 3\n", "2:1", BRACKETS),
        (configured.chapters, "chapter = [3]\n", "1:1", BRACKETS),
        (configured.chapters, f'{CHAPTERS}[[chapter]]\nslug = "../a"\n', "7:1", slug("../a")),
        (configured.chapters, f'{CHAPTERS}[[chapter]]\nslug = "b-2"\n', "5:1", slug("b-2")),
        (configured.chapters, '[[chapter]]\nslug = "B"\n', "2:1", slug("B")),
        (configured.chapters, '[[chapter]]\nslug = "a-"\n', "2:1", slug("a-")),
        (
            configured.chapters,
            f"{CHAPTERS}[[chapter]]\nslug = 3\n",
            "7:1",
            missing("text", 'slug = "…"', "[[chapter]]"),
        ),
        (
            configured.chapters,
            f"{CHAPTERS}[[chapter]]\n",
            "6:1",
            missing("text", 'slug = "…"', "[[chapter]]"),
        ),
        (
            lambda of: configured.pair(of, "title"),
            'title_en = "Y"\ntitle_zh = true\n',
            "2:1",
            missing("text", 'title_zh = "…"'),
        ),
        (
            lambda of: configured.setting(of, "year", int),
            "year = true\n",
            "1:1",
            missing("number", "year = 2010"),
        ),
        (
            configured.limits,
            "[limits]\ncpu_seconds = 1.5\n",
            "2:1",
            missing("number", "cpu_seconds = 100", "[limits]"),
        ),
        (configured.limits, "[limits]\ncpu_seconds = 9\nmemory = 1\n", "3:1", KNOWN),
        (configured.limits, "limits = 3\n", "1:1", KNOWN),
        (configured.limits, "a = 1\n[[limits]]\nmemory_mb = 1\n", "2:1", KNOWN),
        (configured.limits, "[limits]\ncpu_seconds = 1\nmemory_mb = 0\n", "3:1", ABOVE),
        (configured.whole, "a = 1\nwhole = 1\n", "2:1", WHOLE),
        (configured.whole, f'whole = "no"\n{CHAPTERS}', "1:1", WHOLE),
        (configured.whole, f'{CHAPTERS}[[chapter]]\nslug = "book"\n', "7:1", BOOK),
        (configured.whole, '[[chapter]]\nslug = "book"\nfor_each = "x"\n', "2:1", BOOK),
        (configured.whole, 'whole = true\n[[chapter]]\nslug = "book"\n', "3:1", BOOK),
        (configured.floor, "[guards]\nfloor = 0\n", "2:1", FLOOR),
        (configured.floor, "[guards]\nfloor = 1.01\n", "2:1", FLOOR),
        (configured.floor, "[guards]\nfloor = true\n", "2:1", FLOOR),
        (configured.floor, '[guards]\nfloor = "1"\n', "2:1", FLOOR),
    ],
)
def test_told(
    of: Callable[[Given], object], text: str, place: str, words: tuple[Text, Text]
) -> None:
    """What is wrong stops the reading at its line, with what to write, in both languages."""
    with pytest.raises(ConfigurationError) as raised:
        of(book(text))
    problem = raised.value
    assert str(problem.place) == f"{CONFIGURATION}:{place}"
    assert (problem.what, problem.hint) == words
    assert str(problem) == f"{problem.place}: {problem.what.en}"


def test_no_book() -> None:
    """A folder without book.toml, and a book.toml that is none, say so."""
    with pytest.raises(ConfigurationError) as raised:
        given(Snapshot({}, ()))
    assert raised.value.place == Place("data/book.toml")
    assert raised.value.what == Text("there is no such file in this folder", "此文件夹中没有该文件")
    assert raised.value.hint == Text(
        "name the folder of the yearbook with --root, or take the file from the history",
        "请用 --root 指定年鉴文件夹，或从历史版本中恢复该文件",
    )
    with pytest.raises(ConfigurationError) as raised:
        book("a = 1\nb = “年鉴”\n")
    assert str(raised.value.place) == "data/book.toml:2:5"
    assert raised.value.what.zh == "等号后须是加引号的文字、数字或 [列表]"
    assert raised.value.hint is not None
    assert "“" in raised.value.hint.en


@pytest.mark.parametrize("closed", ["data/book.toml", "data"])
def test_a_book_that_may_not_be_read(closed: str) -> None:
    """What cannot be read is not said to be missing."""
    why = error("file", Place(closed), Text("permission denied", "没有权限"), Text("allow", "请"))
    with pytest.raises(ConfigurationError) as raised:
        given(Snapshot({}, (why,)))
    assert (raised.value.place, raised.value.what) == (Place(closed), why.what)


def test_a_misspelt_setting() -> None:
    """A setting that is missing and nearly there is told at the line of what was written."""
    with pytest.raises(ConfigurationError) as raised:
        setting(book("edition_year = 2011\ndata_yaer = 2010\n"), "data_year", int)
    assert raised.value.place == Place("data/book.toml", 2, 1)
    assert raised.value.what == Text('"data_yaer" is no setting', "没有名为“data_yaer”的设置")
    assert raised.value.hint == Text('did you mean "data_year"?', "是不是“data_year”？")
    with pytest.raises(ConfigurationError, match="must be given"):
        setting(book('publisher_en = "A"\n'), "publisher_zh", str)


def test_pair() -> None:
    """A text is given in both languages."""
    assert configured.pair(book('t_zh = "年"\nt_en = "Y"\n'), "t") == Text("Y", "年")


def test_chapters() -> None:
    """The chapters in their order, each with its settings and the lines of its own table."""
    assert configured.chapters(book("a = 1\n")) == []
    one, other = configured.chapters(book(CHAPTERS))
    assert (one.values, other.values) == ({"slug": "a"}, {"slug": "b-2"})
    assert [str(each.place("slug")) for each in (one, other)] == [
        f"{CONFIGURATION}:2:1",
        f"{CONFIGURATION}:5:1",
    ]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", False),
        ('[[chapter]]\nslug = "book"\n', False),
        (CHAPTERS, True),
        ('[[chapter]]\nslug = "a"\nfor_each = "x"\n', True),
        (f"whole = false\n{CHAPTERS}", False),
        (f'whole = false\n{CHAPTERS}[[chapter]]\nslug = "book"\n', False),
        ('whole = true\n[[chapter]]\nslug = "a"\n', True),
    ],
)
def test_whole(text: str, whole: bool) -> None:
    """A book of several chapters is a whole, unless book.toml says otherwise."""
    assert configured.whole(book(text)) is whole


@pytest.mark.parametrize(
    ("text", "limits", "floor"),
    [
        ("", Limits(), None),
        ("[limits]\n[guards]\n", Limits(), None),
        ("[limits]\nmemory_mb = 1\nwall_seconds = 7\n", Limits(7, memory_mb=1), None),
        ("[guards]\nfloor = 1\n", Limits(), Decimal(1)),
        ("[guards]\nfloor = 0.98\n", Limits(), Decimal("0.98")),
    ],
)
def test_limits_and_floor(text: str, limits: Limits, floor: Decimal | None) -> None:
    """Limits and floor as they are given; what is not given has its default."""
    assert configured.limits(book(text)) == limits
    place = Place(CONFIGURATION, 2, 1)
    assert configured.floor(book(text)) == (None if floor is None else Floor(floor, place))
