"""The documentation says what is so: links, columns, words, commands, rules and modules exist."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import click
import pytest

from yearbook import checks
from yearbook.binding import Medium, Numbering
from yearbook.book import Prose, Waiver
from yearbook.cli import main
from yearbook.compose import Teller
from yearbook.model import (
    Entry,
    Fact,
    Language,
    Period,
    Place,
    Relation,
    Text,
)
from yearbook.prose import parse
from yearbook.read import lists
from yearbook.read.tables import LIST, OBSERVATION
from yearbook.records import Records
from yearbook.specimen import UNITS, entry, fact, part, records

ROOT = Path(__file__).parent.parent
PAGES = tuple(
    sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("templates/**/*.md")))
)
COLUMNS = {
    "Figures": OBSERVATION,
    "Lists": LIST,
    "codes.csv": lists.CODES,
    "units.csv": lists.UNITS,
    "places.csv": lists.PLACES,
    "sources.csv": lists.SOURCES,
    "literals.csv": lists.LITERALS,
    "rules.csv": lists.RULES,
    "exceptions.csv": lists.EXCEPTIONS,
    "tables.csv": lists.TABLES,
    "charts.csv": lists.CHARTS,
    "published.csv": lists.PUBLISHED,
}
WORD = re.compile(r"`([a-z]+)\(")


def page(name: str) -> str:
    """A page of the documentation."""
    return (ROOT / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a second-level heading."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def rows(text: str) -> Iterator[list[str]]:
    """The rows of the tables of a text, without their heads."""
    for block in re.findall(r"(?:^\|.*\n)+", text + "\n", re.MULTILINE):
        for line in block.splitlines()[2:]:
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def anchors(text: str) -> set[str]:
    """The addresses that GitHub gives to the headings of a page."""
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


def prose_of(text: str) -> str:
    """A page without its examples of code."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("file", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_resolve(file: Path) -> None:
    """Every link to a file or heading of the project leads somewhere."""
    for target in re.findall(r"\]\(([^)\s]+)\)", prose_of(file.read_text("utf-8"))):
        if not target.startswith("https://"):
            path, _, anchor = target.partition("#")
            linked = (file.parent / path).resolve() if path else file
            assert linked.is_relative_to(ROOT), target
            assert linked.exists(), target
            assert not anchor or anchor in anchors(linked.read_text("utf-8")), target


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_tools_exist(file: Path) -> None:
    """Every program of tools/ that a page names is there."""
    for name in re.findall(r"`(tools/\w+\.(?:py|sh))", file.read_text("utf-8")):
        assert (ROOT / name).is_file(), name


def test_every_page_can_be_reached() -> None:
    """The README or a page it links to leads to every page of docs/."""
    linked = {
        (file.parent / target.partition("#")[0]).resolve()
        for file in PAGES
        for target in re.findall(r"\]\(([^)\s]+\.md[^)\s]*)\)", file.read_text("utf-8"))
    }

    assert set(ROOT.glob("docs/*.md")) <= linked


def code_of(text: str) -> str:
    """The examples of code of a page: what stands indented or between backticks."""
    indented = re.findall(r"^ {4,}(.*)$", text, re.MULTILINE)
    return "\n".join((*indented, *re.findall(r"`([^`\n]+)`", text)))


@pytest.mark.parametrize("file", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_exist(file: Path) -> None:
    """Every `make` target and every command of build.py that a page names exists."""
    code = code_of(file.read_text("utf-8"))
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    assert isinstance(main, click.Group)

    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", code)) <= targets
    assert set(re.findall(r"\bbuild\.py ([a-z]+)", code)) <= set(main.commands)


@pytest.mark.parametrize("file", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_options_exist(file: Path) -> None:
    """Every option of build.py that a page names exists."""
    assert isinstance(main, click.Group)
    options = {"--help"}.union(
        *(parameter.opts for command in main.commands.values() for parameter in command.params)
    )
    code = code_of(file.read_text("utf-8"))
    calls = re.findall(r"(?:build\.py|make (?:report|check))\b([^\n]*)", code)

    assert {option for call in calls for option in re.findall(r"--[a-z]+", call)} <= options


@pytest.mark.parametrize("heading", COLUMNS)
def test_columns_are_those_of_the_loader(heading: str) -> None:
    """docs/records.md gives the columns of every CSV as the loader wants them, in its order."""
    found = [cells[0].strip("`") for cells in rows(section(page("docs/records.md"), heading))]

    assert found == list(COLUMNS[heading])


def test_every_defining_csv_is_described() -> None:
    """Each set of columns that the loader knows is one this test compares."""
    known = {value for value in vars(lists).values() if isinstance(value, tuple)}

    assert known <= {*COLUMNS.values(), *lists.OPTIONAL.values()}


@pytest.mark.parametrize("name", lists.OPTIONAL)
def test_optional_columns_are_described(name: str) -> None:
    """docs/records.md explains every column that a defining CSV may have."""
    described = section(page("docs/records.md"), f"{name}.csv")

    assert all(f"- `{column}`" in described for column in lists.OPTIONAL[name])


def test_words_are_those_of_the_voice() -> None:
    """docs/prose.md explains every word a text may use, and no other."""
    voice = Teller(book(), Numbering({}), Medium.SCREEN).voice(Language.EN)
    examples, meanings = (
        {name for cells in table for name in WORD.findall(cells[0])}
        for table in halves(list(rows(section(page("docs/prose.md"), "Words"))))
    )

    assert meanings == set(voice.names())
    assert examples == meanings - {"footnote"}


def halves(found: list[list[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """The examples (three columns) and the meanings (two)."""
    return [c for c in found if len(c) == 3], [c for c in found if len(c) == 2]


EXAMPLES = halves(list(rows(section(page("docs/prose.md"), "Words"))))[0]


@pytest.mark.parametrize("cells", EXAMPLES, ids=lambda cells: cells[0])
def test_words_print_what_the_page_says(cells: list[str]) -> None:
    """Each example of docs/prose.md prints what stands beside it."""
    numbers = Numbering({("table", "glance"): "1"})
    for language, wanted in zip(Language, cells[1:], strict=True):
        teller = Teller(book(), numbers, Medium.SCREEN)
        told = teller.told(
            f"{{{{ {cells[0].strip('`')} }}}}", teller.voice(language), Place("docs/prose.md")
        )
        printed = unescape(re.sub("<[^>]*>", "", told)).replace("\u00a0", " ").strip()

        assert not teller.findings
        assert wanted in ("", printed)


def test_directives_are_understood() -> None:
    """Each directive of docs/prose.md is one that the text may hold."""
    text = section(page("docs/prose.md"), "Tables, charts, known discrepancies")
    directives = [cells[0].strip("`") for cells in rows(text)]
    manuscript = parse(Prose("en.md", "## A {#a}\n\n" + "\n\n".join(directives)), Language.EN)

    assert not manuscript.findings
    assert [b.kind for b in manuscript.sections[0].blocks] == ["table", "chart", "waivers"]


def test_the_form_shown_is_the_form_read() -> None:
    """The example of docs/prose.md, Form, is read without a finding."""
    shown = section(page("docs/prose.md"), "Form").split("\n\n- A heading")[0]
    text = "\n".join(line.removeprefix("    ") for line in shown.splitlines())

    assert not parse(Prose("en.md", text), Language.EN).findings


def test_rules_are_explained() -> None:
    """docs/findings.md explains every rule a finding may bear."""
    explained = set(
        re.findall(r"`([a-z-]+)`", section(page("docs/findings.md"), "What the rules mean"))
    )
    used = set()
    for file in sorted((ROOT / "yearbook").rglob("*.py")):
        code = re.sub(r">>> .*", "", file.read_text("utf-8"))
        used.update(re.findall(r'\b(?:error|Finding|_finding)\(\s*"([a-z-]+)"', code))

    assert used | {f"parts-{relation}" for relation in ("sum", "of")} <= explained


def test_modules_are_in_the_architecture() -> None:
    """ARCHITECTURE.md lists every module of the toolkit and every layer of the contract."""
    named = {cells[0].strip("`") for cells in rows(section(page("ARCHITECTURE.md"), "The modules"))}
    modules = set()
    for file in (ROOT / "yearbook").rglob("*.py"):
        path = file.relative_to(ROOT / "yearbook").with_suffix("").as_posix()
        modules.add(path.removesuffix("/__init__").replace("__init__", "yearbook"))

    assert named == modules


def test_layers_are_those_of_the_contract() -> None:
    """The diagram of ARCHITECTURE.md has the layers of pyproject.toml, in their order."""
    contract = page("pyproject.toml").partition("layers = [")[2].partition("]")[0]
    wanted = [re.findall(r"yearbook\.(\w+)", line) for line in contract.strip().splitlines()]
    diagram = section(page("ARCHITECTURE.md"), "The layers").replace("build.py  →", "")
    found = [re.split(r"[^\w\s]", line)[0].split() for line in diagram.splitlines()]

    assert [names for names in found if names in wanted] == wanted


def test_check_names_are_those_of_the_registry() -> None:
    """Every check of the registry has its line in ARCHITECTURE.md."""
    text = page("ARCHITECTURE.md")

    for check in checks.CHECKS:
        assert f"`checks/{check.__module__.rpartition('.')[2]}`" in text


def test_both_editor_pages_show_the_same_example() -> None:
    """The guides in both languages show the same message and the same columns."""
    examples = [
        re.findall(r"^ {4,}\S.*\.csv.*$", page(f"docs/editors{x}.md"), re.M) for x in ("", ".zh")
    ]

    assert examples[0] == examples[1] != []


def book() -> Records:
    """The records of which the examples of docs/prose.md speak."""
    institution = replace(UNITS["person"], id="institution", other="institutions", zh="家")
    department = replace(UNITS["person"], id="department", other="departments", zh="个")
    divisions = {
        "130000": Text("Hebei", "河北省"),
        "130434": Text("Wei County", "魏县"),
        "510000": Text("Sichuan", "四川省"),
        "610000": Text("Shaanxi", "陕西省"),
        "610828": Text("Jia County", "佳县"),
        "620000": Text("Gansu", "甘肃省"),
    }
    decades = Period("1986", "2010")
    facts: tuple[Fact, ...] = (
        replace(fact("dispatched", 437), period=decades),
        replace(fact("leaders", 101), period=decades),
        replace(fact("cadres", 204), period=decades),
        replace(fact("institutions", 3200, qualifier="more_than"), unit=institution),
        fact("donated", 44_050_000, "yuan"),
        fact("group_number", 24, "group"),
        replace(fact("departments", 8), unit=department, period=Period("2009", "2009")),
        fact("heads", 3),
        replace(fact("trained", 4600), period=Period("2009", "2009")),
        fact("trained", 4830),
    )
    posts = (
        entry("wei", place="130434", group_en="First Group", group_zh="一团"),
        entry("jia", place="610828", group_en="Second Group", group_zh="二团"),
    )
    supported = (entry("sichuan", place="510000"), entry("gansu", place="620000"))
    held: Mapping[str, tuple[Entry, ...]] = {"posts": posts, "supported": supported}
    reason = Text("The source counts twice.", "原始资料重复计算。")
    made = records(
        *facts,
        divisions=divisions,
        lists=held,
        codes=tuple(part(name, "dispatched", Relation.OF) for name in ("leaders", "cadres")),
        waivers=(Waiver("quote", "dispatched", "4", reason, 2011, Place("exceptions.csv")),),
    )
    literals = {"plan_11": Text("11th Five-Year Plan", "“十一五”")}
    return replace(made, book=replace(made.book, literals=literals))


def test_every_fault_is_shown_by_a_test_or_a_tool() -> None:
    """The thirty faults of docs/torture.md, in order; each test and each tool it names is there."""
    faults = list(rows(section(page("docs/torture.md"), "Faults and what becomes of them")))
    assert [int(fault[0].split()[0]) for fault in faults] == list(range(1, 31))
    for fault, *_, shown in faults:
        named = re.findall(r"`(\w+)(?:::(\w+))?`", shown)
        assert named or "there are none yet" in "".join(_), fault
        for module, test in named:
            folder = "tests" if test else "tools"
            text = page(f"{folder}/{module}.py")
            assert not test or f"def {test}(" in text, (fault, test)
