"""What `make bench` compares: every peer prints what our page says, and bars are judged rightly."""

import json
import os
import shutil
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

from tests.edits import ROOT
from tests.small import small

sys.path.insert(0, str(ROOT / "tools"))

import bookgen
from peers import as_html, as_markdown, as_rest, as_typst, bars, cases
from peers.bars import Judged
from peers.content import Content, content, joined
from peers.measure import FailedError, Spent, spent, summed

PAGE = """<header class="cover"><p class="book"><span class="line">Book</span></p>
<h1><span class="line">Title</span></h1><p class="publisher"><span class="line">Press</span></p>
</header><main><section id="section-a"><h2><span class="count">1</span> <span class="line">Head
</span></h2><p class="elsewhere">menu</p><p>Sent <data>437</data> people <em>there</em>.<sup
 class="call"><a id="call-en-1" href="#note-en-1">1</a></sup></p><ul><li>a # &lt; b</li></ul>
<figure class="table" id="table-sent"><table><caption><span class="line"><span
 class="number">Table 1</span><span class="title">Sent</span></span><span class="unit">Unit:
persons</span></caption><thead><tr><th><span class="line">Item</span></th><th class="figure">
2010</th></tr></thead><tbody><tr><th>Total</th><td>437</td></tr></tbody></table><figcaption>
<div class="source"><p>Source: report</p></div></figcaption></figure>
<figure class="chart" id="chart-heads"><p class="caption"><span class="line"><span>Chart 1</span>
<span>Heads</span></span></p><svg xmlns="http://www.w3.org/2000/svg"><desc>25 heads</desc></svg>
<figcaption><div class="note"><p>Note: few</p></div></figcaption></figure>
<aside class="notes"><ol><li id="note-en-1">A reason. ↑</li></ol></aside></section></main>"""
WORDS = ("Head", "Sent", "437", "people", "there", "Item", "Total", "Source: report", "A reason")


@pytest.fixture
def said() -> Content:
    """A small page of ours, taken apart."""
    return content("en", PAGE, "people")


def test_everything_said_is_taken(said: Content) -> None:
    """Blocks in their order, notes where they are called, tables and charts by name; no menus."""
    kinds = [block.kind for block in said.blocks]
    assert kinds == ["heading", "text", "list", "table", "chart"]
    assert said.blocks[1].items[0][-1] == ("note", "A reason.")
    assert ("em", "there") in said.blocks[1].items[0]
    assert said.tables["people.sent"].rows == (("Item", "2010"), ("Total", "437"))
    assert said.tables["people.sent"].figures == (1,)
    assert said.charts["people.heads"].said == "25 heads"
    assert "menu" not in str(said)


@pytest.mark.parametrize(
    "written",
    [
        as_typst.source,
        as_rest.source,
        lambda said: as_markdown.source(said, "fonts"),
        lambda said: as_html.page(said) + json.dumps([one.rows for one in said.tables.values()])
        + str([one.notes for one in said.tables.values()]),
    ],
    ids=["typst", "rest", "markdown", "html"],
)  # fmt: skip
def test_every_peer_says_it_all(said: Content, written: "type[str]") -> None:
    """No word of the page is missing in a source, and its signs cannot be taken for markup."""
    source = written(said)
    assert [word for word in WORDS if word not in source] == []
    assert "heads" in source


def test_chapters_become_one_document(said: Content) -> None:
    """A document of two chapters holds the tables of both."""
    both = joined([said, content("en", PAGE, "other")])
    assert len(both.blocks) == 2 * len(said.blocks)
    assert sorted(both.tables) == ["other.sent", "people.sent"]


def test_bars() -> None:
    """A ratio is judged by the processor's time; a bar without a limit is only stated."""
    taken = {
        "nothing changed": summed([Spent(0.03, 9, 10)]),
        "Typst, English": summed([Spent(0.3, 0.1, 10)]),
        "cold, two languages": summed([Spent(9, 9, 151)]),
        "naive, two languages": summed([Spent(3, 9, 10)]),
    }
    found = {one.what: one for one in bars.ratios(taken)}
    assert found["nothing changed : Typst, English"].verdict == "met"
    assert found["cold, two languages : naive, two languages"].verdict == "stated"
    memory = next(bars.others(taken, {}))
    assert (memory.value, memory.verdict) == (151, "not met")
    assert Judged("x", 0.03, None, 0.12, 0.04).verdict == "met, goal reached"
    sizes = {"en": 1, "zh": 1, "typst-en": 1, "typst-zh": 1}
    assert [one.value for one in bars.others({}, sizes)] == [1.0]


def test_every_bar_names_a_case() -> None:
    """A case that is renamed does not quietly lose its bar."""
    source = (ROOT / "tools/peers/cases.py").read_text("utf-8")
    for bar in bars.BARS:
        for name in (bar.ours, bar.other):
            stem = name.partition(", ")[0].removesuffix("10").removesuffix("50")
            assert stem in source, name


def test_an_absent_peer_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where nothing is installed every peer but the naive one is left out, with the reason."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(util, "find_spec", lambda _: None)
    found = dict(cases.peers(cases.Bench(tmp_path)))
    told = {name: reason for name, reason in found.items() if isinstance(reason, str)}
    assert {name.partition(",")[0] for name in found if name not in told} == {"naive"}
    assert set(told) >= {"Typst", "Sphinx", "bookdown, two languages", "Chromium, two languages"}
    assert all("not installed" in reason for reason in told.values())


def test_what_fails_says_so(tmp_path: Path) -> None:
    """A program that ends badly is no measurement; its last words are told."""
    with pytest.raises(FailedError, match="no such peer"):
        spent([sys.executable, "-c", "raise SystemExit('no such peer')"], tmp_path, os.environ)
    assert spent([sys.executable, "-c", "pass"], tmp_path, os.environ).memory > 1


def test_edits_meet_their_files() -> None:
    """The value that an edit begins with stands in the file that it edits."""
    for file, values in cases.EDITS.values():
        assert values[0] in (ROOT / file).read_text("utf-8")
        assert len(set(values)) == len(values) > 5


def test_step(tmp_path: Path) -> None:
    """Each edit puts a value there that was not there before."""
    path = tmp_path / "x"
    path.write_text("101,", "utf-8")
    cases.step(path, ["101", "103", "105"])
    cases.step(path, ["101", "103", "105"])
    assert path.read_text("utf-8") == "105,"


def test_generated_book(tmp_path: Path) -> None:
    """The same chapters each time, each with a figure of its own, and nothing wrong with them."""
    bookgen.generate(tmp_path / "a", 3)
    bookgen.generate(tmp_path / "b", 3)
    table = f"data/{bookgen.CHAPTER}/{bookgen.OWN}"
    first, second = ((tmp_path / name / table).read_text("utf-8") for name in "ab")
    assert first == second
    values = [row.split(",")[5] for row in first.splitlines() if row.startswith("dispatched,")]
    assert values == ["438", "439", "440"]
    command = [sys.executable, "build.py", "check", "--root", str(tmp_path / "a")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_two_languages_are_two(tmp_path: Path) -> None:
    """The report that is measured beside peers makes no edition in both languages."""
    root = small(tmp_path)
    command = [sys.executable, "-m", "peers.two", "report", "--root", str(root)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tools'}"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = sorted(path.name for path in (root / "output").rglob("*.pdf"))
    assert made == ["en.pdf", "zh.pdf"]
