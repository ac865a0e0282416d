"""Instances of a chapter as they are printed: each by itself, none with anything of another."""

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from tests.counties import BOOK, FILES
from tests.small import written
from tests.test_graph import made, redone
from yearbook.build import Built, Wish, build
from yearbook.choice import asked
from yearbook.cli import main
from yearbook.finding import failing
from yearbook.gallery import load_charts
from yearbook.model import Text
from yearbook.verify import verify

_HEAD, _, COUNTIES = BOOK.partition("[[chapter]]")
ALONE = f'{_HEAD}[[chapter]]{COUNTIES.partition("[[chapter]]")[2]}only = {{ region = "north" }}\n'
"""The book without the chapter in common, and of two of the three instances."""
SOUTH = b"c3"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """The book of two instances, and its first build."""
    files = {**FILES, "data/book.toml": ALONE}
    files = {name: text for name, text in files.items() if "/people/" not in name}
    root = written(tmp_path_factory.mktemp("counties"), files)
    return root, made(root)


def artifacts(given: Built) -> dict[str, bytes]:
    """What was made, by name."""
    return {artifact.name: artifact.content for artifact in given.artifacts}


def test_folders(built: tuple[Path, Built]) -> None:
    """Each instance has an output folder and an index entry under its own name."""
    files = artifacts(built[1])
    for slug, name in (("counties-a1", "Upper Area"), ("counties-b2", "Lower Area")):
        assert {
            f"{slug}/{e}.{kind}" for e in ("en", "zh", "en-zh") for kind in ("html", "pdf")
        } <= {*files}
        assert f"{slug}/data/people.csv" in files
        assert f'href="{slug}/en.html"'.encode() in files["index.html"]
        assert name.encode() in files["index.html"]
    assert not failing(built[1].findings)


def test_distinct_charts(built: tuple[Path, Built]) -> None:
    """Distinct figures are distinct drawings, whichever instance is drawn first."""
    files = artifacts(built[1])
    one, other = (files[f"counties-{key}/en.html"].decode() for key in ("a1", "b2"))
    drawn = [page[page.index("<svg") : page.index("</svg>")] for page in (one, other)]
    assert " 12</text>" in drawn[0]
    assert " 29</text>" in drawn[1]
    assert drawn[0] != drawn[1]


def test_nothing_of_another(built: tuple[Path, Built]) -> None:
    """No page and no table of an instance, published or attached, tells anything of another."""
    files = artifacts(built[1])
    for name, foreign in (("a1", "Lower"), ("b2", "Upper")):
        own = [n for n in files if n.startswith(f"counties-{name}/") and not n.endswith(".pdf")]
        assert not any(foreign.encode() in files[n] for n in own)
        with pikepdf.open(BytesIO(files[f"counties-{name}/zh.pdf"])) as pdf:
            carried = {
                n: s.get_file().read_bytes() for n, s in pdf.attachments.items() if ".csv" in n
            }
        assert f"counties-{name}.people.csv" in carried
        assert not any(foreign.encode() in c or SOUTH in c for c in carried.values())


def test_verified(built: tuple[Path, Built]) -> None:
    """The PDF of an instance verifies by what it carries alone."""
    told = verify("b2.pdf", artifacts(built[1])["counties-b2/en-zh.pdf"])
    assert failing(told.findings) == ()
    assert told.figures > 0


def test_manifest(built: tuple[Path, Built]) -> None:
    """The manifest lists the files that editors keep, not those that were cut from them."""
    inputs = json.loads(artifacts(built[1])["manifest.json"])["inputs"]
    assert "data/counties/people.csv" in inputs
    assert not any(name.startswith("data/counties-") for name in inputs)


def test_one_cell(built: tuple[Path, Built]) -> None:
    """A changed cell redoes the instance it belongs to, byte for byte as from nothing, and no
    other."""
    root, first = built
    path = root / "data/counties/people.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("b2,5,person,,5", "b2,6,person,,6"), "utf-8")
    try:
        again = made(root)
    finally:
        path.write_text(text, "utf-8")
    names = redone(again)
    assert any(name.startswith("chart counties-b2/heads") for name in names)
    assert not any("counties-a1" in name for name in names)
    before, after = artifacts(first), artifacts(again)
    kept = [name for name in before if name.startswith("counties-a1/")]
    assert [before[name] for name in kept] == [after[name] for name in kept]


def test_only(built: tuple[Path, Built]) -> None:
    """With a filter some instances are printed; all are checked all the same."""
    root, first = built
    heard: list[Text] = []
    some = build(root, load_charts(root), 1, heard.append, Wish(asked(["area=b2"])))
    assert not any(name.startswith("counties-a1/") for name in artifacts(some))
    assert artifacts(some)["counties-b2/en.pdf"] == artifacts(first)["counties-b2/en.pdf"]
    assert b"counties-a1" not in artifacts(some)["index.html"]
    assert some.findings == first.findings


def test_command(built: tuple[Path, Built], tmp_path: Path) -> None:
    """``report --only`` publishes the instances asked for and leaves no receipt of them."""
    target = tmp_path / "output"
    words = ["report", "--root", str(built[0]), "--output", str(target), "--only", "area=a1"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert (target / "counties-a1/en.pdf").is_file()
    assert not (target / "counties-b2").exists()
    assert not (built[0] / ".yearbook/receipts").exists()
