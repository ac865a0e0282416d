"""The receipt of a report: it answers only if nothing changed, and says again all that was said."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edits import ROOT
from yearbook import __main__, cli, listing, pdf, receipt, replay
from yearbook.build import Built
from yearbook.finding import Finding, Severity
from yearbook.manifest import manifest
from yearbook.model import Artifact, Language, Place, Text
from yearbook.read.snapshot import Snapshot, take
from yearbook.specimen import records

WARNING = Finding(
    "trial", Severity.WARNING, Place("data/x.csv", 2), Text("odd", "异常"), Text("look", "请看")
)
Edit = Callable[[Path], object]


@pytest.fixture
def reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project of which a report was published, with its toolkit and a library beside it."""
    root = tmp_path / "book"
    for name, content in {
        "data/x.csv": "id",
        "templates/fonts/a.ttf": "font",
        "figures/map.py": "SIZE = 1",
        "output/chapter/en.pdf": "pdf",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for folder, file in (
        ("code", "a.py"),
        ("lib", "libpango-1.0.so.0"),
        ("site/a-1.dist-info", ""),
    ):
        (tmp_path / folder).mkdir(parents=True)
        if file:
            (tmp_path / folder / file).write_text("", encoding="utf-8")
    monkeypatch.setattr(receipt, "_CODE", str(tmp_path / "code"))
    monkeypatch.setattr(receipt, "loaded", lambda: [str(tmp_path / "lib")])
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site")])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    report(root)
    return root


def report(root: Path) -> None:
    """Do what a successful report does at its end."""
    files = take(root).files
    pdf = Artifact("chapter/en.pdf", b"pdf")
    proof = manifest(records().book, files, [pdf], {}, {})
    (root / "output" / "manifest.json").write_bytes(proof.content)
    replay.keep(root, root / "output", receipt.surroundings(), Built((WARNING,), (), (pdf, proof)))


def answered(root: Path, *options: str) -> bool:
    """Whether a report is answered at once."""
    return receipt.answer(["report", *options], str(root))


def test_said_again(reported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning, the files and the summary are said again, word for word."""
    assert answered(reported)
    said = capsys.readouterr()
    assert "data/x.csv:2: warning: odd [trial]" in said.out
    assert "output/chapter/en.pdf\n" in said.out
    assert re.search(r"output/index\.html  \(\d+\.\d s\)  0 errors, 1 warning, 0 waived", said.out)
    assert "nothing changed" in said.err
    assert "没有变化" in said.err


def test_said_again_as_json(reported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the findings are JSON again and nothing else is said."""
    assert answered(reported, "--json", "-j", "2")
    said = capsys.readouterr()
    assert said.out.startswith('[\n {\n  "rule": "trial"')
    assert said.err == ""


@pytest.mark.parametrize(
    ("language", "wanted", "other"),
    [
        ("en", ("warning: odd", "1 warning", "nothing changed"), ("警告", "没有变化")),
        ("zh", ("警告：异常", "1个警告", "没有变化"), ("odd", "nothing changed")),
    ],
)
def test_said_again_in_one_language(
    reported: Path,
    capsys: pytest.CaptureFixture[str],
    language: str,
    wanted: tuple[str, ...],
    other: tuple[str, ...],
) -> None:
    """With --lang it is said again in that language alone, in the words of the report itself."""
    assert answered(reported, "--lang", language)
    told = "".join(capsys.readouterr())
    assert all(words in told for words in wanted)
    assert not any(words in told for words in other)
    assert listing.text((WARNING,), [Language(language)]) in told
    assert answered(reported, f"--lang={language}")
    assert not answered(reported, "--lang", "fr")


EDITS: dict[str, Edit] = {
    "cell": lambda root: (root / "data/x.csv").write_text("ID", encoding="utf-8"),
    "new input": lambda root: (root / "data/y.csv").write_text("", encoding="utf-8"),
    "lost input": lambda root: (root / "figures/map.py").unlink(),
    "font": lambda root: (root / "templates/fonts/a.ttf").write_text("FONT", encoding="utf-8"),
    "output spoilt": lambda root: (root / "output/chapter/en.pdf").write_bytes(b"pdF"),
    "output lost": lambda root: (root / "output/chapter/en.pdf").unlink(),
    "manifest lost": lambda root: (root / "output/manifest.json").unlink(),
    "output added": lambda root: (root / "output/chapter/zh.pdf").write_bytes(b""),
    "code": lambda root: (root.parent / "code/a.py").write_text("x = 1", encoding="utf-8"),
    "package": lambda root: (root.parent / "site/a-1.dist-info").rename(
        root.parent / "site/a-2.dist-info"
    ),
    "library": lambda root: (root.parent / "lib/libpango-1.0.so.0").write_bytes(b"2"),
    "library added": lambda root: (root.parent / "lib/libharfbuzz.so.0").write_bytes(b""),
    "failure": lambda root: (root / ".yearbook/failed").mkdir(),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_any_change_is_seen(reported: Path, edit: Edit) -> None:
    """Whatever a report depends on or made: if it differs, there is no answer."""
    assert answered(reported)
    edit(reported)
    assert not answered(reported)


STRANGE: dict[str, Edit] = {
    "pipe": lambda root: os.mkfifo(root / "data/pipe.csv"),
    "pipe that looks like a copy": lambda root: os.mkfifo(root / "data/x (2).csv"),
    "pipe in output/": lambda root: os.mkfifo(root / "output/chapter/pipe"),
    "link to an equal file elsewhere": lambda root: _linked(root, "data/x.csv"),
    "link to an equal folder elsewhere": lambda root: _linked(root, "data"),
    "folder instead of a table": lambda root: (root / "data/y.csv").mkdir(),
    "link to a font": lambda root: _linked(root, "templates/fonts/a.ttf"),
}


def _linked(root: Path, name: str) -> None:
    (root / name).rename(root.parent / "elsewhere")
    (root / name).symlink_to(root.parent / "elsewhere")


@pytest.mark.parametrize("edit", STRANGE.values(), ids=STRANGE.keys())
def test_only_plain_files_are_opened(
    reported: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe or a link in the rooms or in output/ is never opened: the full report names it."""
    assert answered(reported)
    edit(reported)
    opened: list[str] = []
    real = os.open

    def plainly(path: str, flags: int) -> int:
        opened.append(path)
        return real(path, flags | os.O_NONBLOCK)

    monkeypatch.setattr(os, "open", plainly)
    assert not answered(reported)
    assert not [path for path in opened if Path(path).is_relative_to(reported)]


def test_environment(reported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another date to bear is another report."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert not answered(reported)
    report(reported)
    assert answered(reported)


def test_another_output(reported: Path, tmp_path: Path) -> None:
    """Each output folder has its own receipt."""
    assert answered(reported, "--output", str(reported / "output"))
    assert not answered(reported, f"--output={tmp_path / 'other'}")


@pytest.mark.parametrize("kept", [0, 10, 100, -1])
def test_spoilt_receipt(reported: Path, kept: int) -> None:
    """A receipt that is cut off or altered is none."""
    (path,) = (reported / ".yearbook" / "receipts").iterdir()
    content = path.read_bytes()
    path.write_bytes(content[:kept])
    assert not answered(reported)
    path.write_bytes(content.replace(b"odd", b"ODD"))
    assert not answered(reported)


@pytest.mark.parametrize(
    "words", [[], ["check"], ["report", "--explain"], ["report", "-j", "0"], ["report", "x"]]
)
def test_other_commands(reported: Path, words: list[str]) -> None:
    """Everything but a plain report is left to the command line."""
    assert not receipt.answer(words, str(reported))


def test_unknown_libraries(reported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the loaded libraries are unknown, there is no receipt."""
    (path,) = (reported / ".yearbook" / "receipts").iterdir()
    path.unlink()
    monkeypatch.setattr(receipt, "loaded", list)
    report(reported)
    assert not answered(reported)


def test_input_changed_while_building(reported: Path) -> None:
    """What was edited after it was read is not what the report says: no receipt covers it."""
    files = take(reported).files
    pdf = Artifact("chapter/en.pdf", b"pdf")
    proof = manifest(records().book, files, [pdf], {}, {})
    (reported / "data/x.csv").write_text("edited", encoding="utf-8")
    (reported / "output" / "manifest.json").write_bytes(proof.content)
    built = Built((WARNING,), (), (pdf, proof))
    replay.keep(reported, reported / "output", receipt.surroundings(), built)
    assert not answered(reported)
    (reported / "data/x.csv").unlink()
    replay.keep(reported, reported / "output", receipt.surroundings(), built)
    assert not answered(reported)


@pytest.mark.parametrize("size", [0, 1, 2**18 - 1, 2**18, 2**18 + 1, 2**19, 2**19 + 7])
def test_a_file_is_read_to_its_end(tmp_path: Path, size: int) -> None:
    """However long it is, all of a file counts."""
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    (tmp_path / "a").write_bytes(content)
    assert receipt.digests([str(tmp_path / "a")]) == [receipt.digest(content)]
    assert receipt.digest(content) != receipt.digest(content + b"x")


def test_full_disk(reported: Path) -> None:
    """A receipt that cannot be written is no fault of the report."""
    folder = reported / ".yearbook" / "receipts"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("in the way", encoding="utf-8")
    report(reported)
    assert not answered(reported)


def test_same_files_as_the_snapshot(project: Snapshot) -> None:
    """The receipt looks at the very files that a build reads."""
    assert [name for name, _ in receipt.inputs(str(ROOT))] == sorted(project.files)


def test_loaded() -> None:
    """The folders of the system's libraries are known once the printing engine is loaded."""
    assert pdf.VERSION
    if Path("/proc/self/maps").exists():
        found = receipt.libraries(receipt.loaded())
        assert any("libpango-1.0.so.0" in line for line in found)


def test_nothing_is_loaded(reported: Path) -> None:
    """The answer needs neither the command line nor any library."""
    heavy = "click pandas matplotlib weasyprint jinja2 babel yearbook.model yearbook.cli"
    code = (
        "import sys; from yearbook import __main__ as m; m.receipt.answer = lambda *_: True\n"
        f"m.run('.'); assert not set(sys.modules) & set('{heavy}'.split())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_answered_at_the_start(reported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The start of the program gives the answer and ends."""
    calls: list[Path | None] = []
    monkeypatch.setattr(cli, "run", calls.append)
    monkeypatch.setattr(sys, "argv", ["build.py", "report"])
    __main__.run(str(reported))
    assert calls == []
    (reported / "output" / "manifest.json").unlink()
    __main__.run(str(reported))
    assert calls == [reported]


def test_finding_kept_as_it_is(reported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a waiver covers is said again as waived."""
    files = take(reported).files
    pdf = Artifact("chapter/en.pdf", b"pdf")
    waived = replace(WARNING, waived=Text("known", "已知"))
    proof = manifest(records().book, files, [pdf], {}, {})
    built = Built((waived,), (), (pdf, proof))
    replay.keep(reported, reported / "output", receipt.surroundings(), built)
    assert answered(reported)
    assert "1 waived" in capsys.readouterr().out
