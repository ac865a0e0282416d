"""Acceptance: one figure changed, one year added, one failure, two machines."""

import base64
import difflib
import fcntl
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from markupsafe import Markup

from tests.editions import desk, extracted, kit, printed, visible
from tests.edits import CHAPTER, ROOT, SLUG, edited, rows, written
from tests.years import next_year
from yearbook.binding import Medium
from yearbook.cli import main
from yearbook.finding import failing
from yearbook.manifest import FORMAT, digest
from yearbook.model import Edition
from yearbook.page import Layout, Picture
from yearbook.press import run
from yearbook.read import read
from yearbook.read.snapshot import Snapshot
from yearbook.report import pages as sheets_of

Files = dict[str, bytes]
Shared = Callable[[str, Callable[[], Files]], Files]
ONE = {
    "value": ("dispatched_departmental", "103"),
    "quote": ("dispatched_departmental", "including 103 departmental leaders"),
}
MEANT = {("101", "103"), ("132", "130")}
"""The figure that is changed, and the rest that follows from it."""
SEAL = re.compile("[abfghjknpqrstwyz]{4}|-")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Files that are made once, by whichever worker comes first."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent

    def once(name: str, make: Callable[[], Files]) -> Files:
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            place = folder / f"edition-{name}"
            if not place.exists():
                files = make()
                place.mkdir()
                for file, content in files.items():
                    (place / file).write_bytes(content)
            return {path.name: path.read_bytes() for path in place.iterdir()}

    return once


def made(snapshot: Snapshot, edition: Edition) -> Files:
    """The page and the PDF of an edition."""
    done = printed(snapshot, edition)
    return {"page.html": done.html.encode(), "book.pdf": done.pdf}


@pytest.fixture(params=[Edition.EN, Edition.ZH])
def edition(request: pytest.FixtureRequest) -> Edition:
    """One language, then the other."""
    return Edition(request.param)


@pytest.fixture
def before(project: Snapshot, edition: Edition, shared: Shared) -> Files:
    """An edition of the records as they are."""
    return shared(f"before-{edition}", lambda: made(project, edition))


@pytest.fixture
def after(project: Snapshot, edition: Edition, shared: Shared) -> Files:
    """The same edition with one figure changed, its value and its quotation."""
    changed = project
    for column, (name, value) in ONE.items():
        changed = edited(changed, f"{SLUG}/dispatch.csv", name, column, value)
    return shared(f"after-{edition}", lambda: made(changed, edition))


def differences(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """The words that are not the same, old and new; the digest of what is behind them aside."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return [
        (" ".join(old[a:b]), " ".join(new[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal" and not all(map(SEAL.fullmatch, (*old[a:b], *new[c:d])))
    ]


def test_one_figure_on_the_page(before: Files, after: Files) -> None:
    """A changed figure changes wherever it is printed or drawn, with what follows; nothing else."""
    old, new = (visible(files["page.html"].decode()) for files in (before, after))
    found = differences(old, new)
    assert set(found) == MEANT
    # Prose, table, drawing and its description; the rest in the notes, in table and drawing.
    assert found.count(("101", "103")) >= 4
    assert found.count(("132", "130")) >= 3


def test_one_figure_in_the_pdf(before: Files, after: Files) -> None:
    """The same on paper: in prose, in the table and in the drawing."""
    found = differences(*(extracted(files["book.pdf"]) for files in (before, after)))
    assert set(found) == MEANT
    assert found.count(("101", "103")) >= 3


def test_where_the_figure_stands(after: Files) -> None:
    """The new figure stands in a paragraph, in a cell, in a drawing and in its description."""
    page = after["page.html"].decode()
    cells = r'<data[^>]*value="103" data-fact="dispatched_departmental"[^>]*>([^<]|<span[^>]*>)*103'
    assert re.search(r"<p>(?:(?!</p>).)*" + cells, page, re.DOTALL)
    assert re.search(r'<td class="figure">' + cells, page)
    drawing = re.search(r'id="chart-dispatched".*?</svg>', page, re.DOTALL)
    assert drawing
    assert re.search(r"<text[^>]*>(<tspan[^>]*>)?[^<]*103", drawing[0])
    assert re.search(r"<desc[^>]*>[^<]*103", drawing[0])
    downloads = re.findall(r'download="dispatched.csv" href="data:text/csv;base64,([^"]+)"', page)
    (rows_behind,) = (rows(base64.b64decode(found)) for found in downloads)
    assert [row[4] for row in rows_behind if row[0] == "dispatched_departmental"] == ["103"]


def pages(snapshot: Snapshot, edition: Edition) -> str:
    """The screen page of an edition without its drawings."""
    bare = kit(snapshot)
    layout = Layout(bare.templates, bare.theme, ())
    sheets = sheets_of(
        desk(snapshot),
        edition,
        dict.fromkeys(Medium, layout),
        lambda *_: dict.fromkeys(Medium, Picture(Markup(""), {})),
    )
    assert not sheets.findings
    return sheets.screen


def text(html: str) -> str:
    """The words of a page in one line."""
    bare = re.sub(r"(?s)<style>.*?</style>", "", html)
    return re.sub(r"\s+", " ", re.sub(r"<wbr>|</?(span|data|a|em)\b[^>]*>", "", bare))


def test_another_year(project: Snapshot) -> None:
    """New rows make the chapter of 2011, with comparisons to 2010; no template is touched."""
    longer = next_year(project)
    assert {n for n in project.files if project.files[n] != longer.files[n]} <= {
        name for name in project.files if name.startswith("data/")
    }
    english = text(pages(longer, Edition.EN)).replace("\u00a0", " ")
    chinese = text(pages(longer, Edition.ZH))
    for said in (
        "5,091 people, up 5.4% on 2010,",
        ", down 4.7% on 2010",
        ", the same as in 2010",
        "1986 to 2011 the ministry sent 25 groups with 461 people",
        "the 25th group",
        ">Previous year</th>",
        "16 April 2011",
        "147 people",
        "26 years",
    ):
        assert said in english, said
    for said in (
        "5091人，比2010年增长5.4%",
        "1700万元，比2010年下降4.7%",
        "，与2010年持平",
        "1986—2011年，",
        "第25届",
        ">上年</th>",
        "147人",
    ):
        assert said in chinese, said
    assert "on 2009" not in english
    assert "比2009年" not in chinese


def test_another_year_in_tables(project: Snapshot) -> None:
    """A row of a table holds the figure of both years, each bound to its own cell."""
    page = pages(next_year(project), Edition.EN)
    row = re.search(r"<tr[^>]*><th[^>]*>(?:(?!</tr>).)*data-fact=\"aided_trained\".*?</tr>", page)
    assert row
    assert re.findall(r'data-fact="aided_trained" data-period="(\d+)">([\d,]+)', row[0]) == [
        *(("2010", "4,830"), ("2011", "5,091"))
    ]


def test_another_year_on_paper(project: Snapshot) -> None:
    """The chapter of 2011 is drawn and printed without a finding."""
    done = printed(next_year(project), Edition.EN)
    assert not failing(done.findings)
    words = " ".join(extracted(done.pdf))
    assert "up 5.4 % on 2010" in words
    assert "2012" in words


def test_without_a_row(project: Snapshot) -> None:
    """A new data year without new rows names what is missing instead of printing old figures."""
    name = "data/book.toml"
    book = project.files[name].replace(b"data_year = 2010", b"data_year = 2011")
    reading = read(Snapshot({**project.files, name: book}, ()))
    assert reading.book.data_year == 2011
    with pytest.raises(AssertionError):
        desk(Snapshot({**project.files, name: book}, ()))


def output(folder: Path) -> Files:
    """An edition of ours, as small as can be."""
    page = b"the last good edition"
    listed = {"format": FORMAT, "outputs": {"index.html": digest(page)}}
    last = {"manifest.json": json.dumps(listed).encode(), "index.html": page}
    (folder / "output").mkdir()
    for file, content in last.items():
        (folder / "output" / file).write_bytes(content)
    return last


def test_failure_leaves_the_last_edition(project: Snapshot, tmp_path: Path) -> None:
    """A failed report leaves output/ byte for byte and writes its findings where CI looks."""
    broken = edited(project, f"{SLUG}/dispatch.csv", "dispatched", "value", "439")
    folder = written(broken, tmp_path / "book")
    last = output(folder)
    done = CliRunner().invoke(main, ["--root", str(folder), "report"])
    assert done.exit_code == 1
    assert {path.name: path.read_bytes() for path in (folder / "output").iterdir()} == last
    findings = json.loads((folder / ".yearbook" / "failed" / "findings.json").read_bytes())
    (found,) = (each for each in findings if each["severity"] == "error" and not each["waived"])
    assert (found["rule"], found["file"], found["cell"]) == (
        *("quote", f"{CHAPTER}/dispatch.csv"),
        "E5",
    )
    said = (folder / ".yearbook" / "failed" / "findings.txt").read_text(encoding="utf-8")
    assert "dispatch.csv:5:" in said
    assert "dispatch.csv:5:" in done.output


ELSEWHERE = """
import sys
from pathlib import Path
from tests.editions import printed
from yearbook.model import Edition
from yearbook.read.snapshot import take
made = printed(take(Path(sys.argv[1])), Edition.EN)
Path("page.html").write_bytes(made.html.encode())
Path("book.pdf").write_bytes(made.pdf)
"""


@pytest.mark.parametrize("edition", [Edition.EN], indirect=True)
def test_same_bytes_elsewhere(project: Snapshot, before: Files, tmp_path: Path) -> None:
    """In another folder, time zone, language and process the same records give the same bytes."""
    folder = written(project, tmp_path / "copy")
    (tmp_path / "work").mkdir()
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
        "TZ": "Pacific/Kiritimati",
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(folder)],
        cwd=tmp_path / "work",
        env=environment,
        check=True,
    )
    for name in before:
        assert (tmp_path / "work" / name).read_bytes() == before[name], name


def test_chart_without_a_module(project: Snapshot) -> None:
    """A chart that figures/ does not have is named, with its row; nothing is printed."""
    whole = kit(project)
    without = {name: chart for name, chart in whole.charts.items() if name != "funds"}
    done = run(desk(project), Edition.EN, replace(whole, charts=without))
    assert done.artifacts == ()
    assert [(found.rule, found.place.file) for found in done.findings] == [
        ("chart", f"{CHAPTER}/charts.csv")
    ]
