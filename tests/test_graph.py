"""What hangs on what: a whole small project, built, edited and built again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.small import FILES, small
from yearbook import build, graph
from yearbook.build import Built
from yearbook.finding import failing
from yearbook.gallery import load_charts
from yearbook.model import Text
from yearbook.specimen import records

EDITIONS = ("people/en", "people/zh", "people/en-zh")
Project = Callable[[], Path]


def made(root: Path) -> Built:
    """A build of a project, which nothing may fail."""
    said: list[Text] = []
    built = build.build(root, load_charts(root), 2, said.append)
    assert not failing(built.findings)
    return built


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """A small project and its first build."""
    root = small(tmp_path_factory.mktemp("small"))
    return root, made(root)


def redone(built: Built) -> set[str]:
    """The names of what was made anew."""
    return {node.name for node in built.nodes if not node.reused}


def edited(root: Path, file: str, old: str, new: str) -> Built:
    """A build with other words in one file, which is put back after."""
    path = root / file
    before = path.read_bytes()
    assert old.encode() in before
    try:
        path.write_bytes(before.replace(old.encode(), new.encode()))
        return made(root)
    finally:
        path.write_bytes(before)


def test_nothing_changed(built: tuple[Path, Built]) -> None:
    """What was built once is found again, files and warnings alike, and nothing else is done."""
    root, first = built
    again = made(root)
    assert redone(again) == set()
    assert {node.name for node in again.nodes} >= {f"edition {name}" for name in EDITIONS}
    assert again.artifacts == first.artifacts
    assert again.findings == first.findings
    assert [found.rule for found in again.findings] == ["stale"]


def test_one_cell(built: tuple[Path, Built]) -> None:
    """The chart that shows a figure is drawn again, in each edition, and the other is not."""
    root, first = built
    changed = edited(root, "data/people/people.csv", "2010,25,person,,25", "2010,26,person,,26")
    names = redone(changed)
    assert {name for name in names if name.startswith("chart ")} == {
        *(f"chart {name.replace('/', '/heads ')}" for name in EDITIONS)
    }
    assert {f"pdf {name}" for name in EDITIONS} <= names
    assert not any(name.startswith("font ") for name in names)
    assert changed.artifacts != first.artifacts
    assert made(root).artifacts == first.artifacts


def test_code_of_one_chart(built: tuple[Path, Built]) -> None:
    """A chart's own code redoes that chart only; what they share redoes both."""
    root, _ = built
    own = redone(edited(root, "figures/sent.py", "0.6", "0.7"))
    both = redone(edited(root, "figures/_axis.py", "0.5", "0.4"))
    assert {n.split()[1] for n in own if n.startswith("chart ")} == {"people/sent"}
    assert {n.split()[1] for n in both if n.startswith("chart ")} == {"people/sent", "people/heads"}


def test_comment_in_a_chart(built: tuple[Path, Built]) -> None:
    """Where the drawing comes out as it was, its PDF is not printed again."""
    root, first = built
    changed = edited(root, "figures/sent.py", "A bar as", "A strip as")
    assert {name.partition(" ")[0] for name in redone(changed)} == {"chart", "edition"}
    assert changed.artifacts[:6] == first.artifacts[:6]


def test_screen_only(built: tuple[Path, Built]) -> None:
    """The look of the screen is nothing to the printed page."""
    root, _ = built
    changed = edited(root, "templates/screen.css", "106%", "105%")
    assert not any(name.startswith(("pdf ", "chart ")) for name in redone(changed))


def test_page_template(built: tuple[Path, Built]) -> None:
    """The look of the printed page prints every PDF anew, and draws nothing."""
    root, _ = built
    names = redone(edited(root, "templates/macros.html", "<table", '<table data-x="y"'))
    assert {f"pdf {name}" for name in EDITIONS} <= names
    assert not any(name.startswith("chart ") for name in names)


def test_base() -> None:
    """The toolkit, the packages and the interpreter are told apart, without the environment."""
    one = graph.base(["code 1 a.py", "package x-1.dist-info", "environment A='1'"])
    other = graph.base(["code 1 a.py", "package x-2.dist-info", "environment A='2'"])
    assert set(one) == {"code", "package"}
    assert one["code"] == other["code"]
    assert one["package"] != other["package"]


def test_small_project() -> None:
    """The small project has every kind of thing there is an edit for."""
    assert {name.partition("/")[0] for name in FILES} == {"data", "templates", "figures"}


def test_holdings() -> None:
    """A chapter hangs on its own files and on those of all, and on no file of another chapter,
    whose name may begin as its own does; on all files if it may look at others."""
    given = records()
    one, other = given.chapter, replace(given.chapter, slug=f"{given.chapter.slug}-2")
    own, foreign, common = (
        {f"{room}/{name}": b"" for room in ("data", "templates/chapters")}
        for name in (f"{one.slug}/a/b.csv", f"{other.slug}/a.csv", "a.csv")
    )
    book, files = replace(given.book, chapters=(one, other)), {**own, **foreign, **common}
    held = graph.Holdings.of(files, book, alone=True)
    assert held.edition(one) == {**own, **common}
    assert held.edition(other) == {**foreign, **common}
    assert graph.Holdings.of(files, book, alone=False).edition(one) == files
