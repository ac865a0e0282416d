"""The command line: what it says, in which form, and the exit code that tells what it came to."""

import errno
import json
import os
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import pytest

from tests.edits import ROOT, SLUG, edited, with_files, written
from yearbook import build, cli, doctor, gallery, write
from yearbook.build import Built
from yearbook.finding import Finding, Severity
from yearbook.fonts import FontError
from yearbook.manifest import FORMAT
from yearbook.model import Artifact, Place, Text
from yearbook.read.snapshot import Snapshot
from yearbook.reports import FORMATS

FIELDS = {
    *("rule", "severity", "file", "line", "column", "cell", "where"),
    *("what", "hint", "difference", "tolerance", "waived", "grant", "concern", "suspects"),
}
WARNING = Finding(
    *("trial", Severity.WARNING, Place("data/x.csv", 2, 3, "B2")),
    *(Text("odd", "异常"), Text("look", "请看"), "a"),
    difference=Decimal(1),
)
EDITION = (
    Artifact("manifest.json", json.dumps({"format": FORMAT, "inputs": {}}).encode()),
    Artifact("chapter/en.pdf", b"pdf"),
)

INTRODUCTION = """# Commands

`make` runs the commands one needs every day ([set-up.md](set-up.md)); these are all there are.
Each works on the project it stands in, or on another with `--root` (`verify` needs no project), and
ends with the exit code that [findings.md](findings.md) explains. A wrong command line is told in
both languages, too.

    python3 build.py COMMAND

This page is made from the commands' own help: `pytest tests/test_cli.py --golden` writes it anew.
"""


@dataclass(frozen=True)
class Done:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line as a person calls it."""

    def call(*words: object, root: Path | None = None) -> Done:
        monkeypatch.setattr(sys, "argv", ["yearbook", *map(str, words)])
        code = 0
        try:
            cli.run(root)
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return call


@pytest.fixture
def book(project: Snapshot, tmp_path: Path) -> Path:
    """The project without its charts, on the disk."""
    texts = {n: None for n in project.files if n.startswith(("figures/", "templates/fonts/"))}
    return written(with_files(project, **texts), tmp_path / "book")


@pytest.fixture
def broken(project: Snapshot, tmp_path: Path) -> Path:
    """A project with one wrong figure."""
    return written(
        edited(project, f"{SLUG}/dispatch.csv", "dispatched", "value", "439"), tmp_path / "broken"
    )


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A build that succeeds at once; what it was called with."""
    calls: list[Any] = []

    def fake(*arguments: Any) -> Built:
        calls.extend(arguments)
        return Built((WARNING,), (), EDITION)

    monkeypatch.setattr(build, "build", fake)
    return calls


def test_report(run: Run, made: list[Any], book: Path) -> None:
    """A report that succeeds publishes, names what it made, sums up and ends with 0."""
    done = run("report", root=book)
    assert done.code == 0
    assert (book / "output" / "chapter" / "en.pdf").read_bytes() == b"pdf"
    assert "output/chapter/en.pdf" in done.out
    assert "output/index.html" in done.out
    assert "0 errors, 1 warning, 0 waived" in done.out
    assert "0个错误，1个警告，0个已豁免" in done.out
    assert "data/x.csv:2:3 (B2): warning: odd" in done.out
    assert made[0] == book


def test_report_as_json(run: Run, made: list[Any], book: Path) -> None:
    """With --json the standard output is JSON and nothing else."""
    done = run("report", "--json", root=book)
    (found,) = json.loads(done.out)
    assert set(found) == FIELDS
    assert (done.code, done.err) == (0, "")


def test_output(run: Run, made: list[Any], book: Path, tmp_path: Path) -> None:
    """--output publishes elsewhere; a folder with other things in it is refused with 2."""
    assert run("report", "--output", tmp_path / "new", root=book).code == 0
    assert (tmp_path / "new" / "manifest.json").exists()
    assert not (book / "output").exists()
    done = run("report", "--output", book / "data", root=book)
    assert done.code == 2
    assert "not an edition" in done.err
    assert "其他内容" in done.err
    assert (book / "data" / "book.toml").exists()


def test_jobs(run: Run, made: list[Any], book: Path) -> None:
    """-j says how many editions are printed at the same time, at least one."""
    run("report", "-j", "3", root=book)
    assert made[2] == 3
    assert run("report", "-j", "0", root=book).code == 2


def test_old_failure_is_cleared(run: Run, made: list[Any], book: Path) -> None:
    """After a report that succeeds the findings of an older failure are gone."""
    (book / ".yearbook" / "failed").mkdir(parents=True)
    assert run("report", root=book).code == 0
    assert not (book / ".yearbook" / "failed").exists()


def test_failing_report(run: Run, broken: Path) -> None:
    """A report that fails publishes nothing, says what is wrong and ends with 1."""
    done = run("report", root=broken)
    assert done.code == 1
    assert f"data/{SLUG}/dispatch.csv:5:" in done.out
    assert "[quote]" in done.out
    assert "1 error," in done.out
    assert "nothing was published" in done.err
    assert "未发布任何内容" in done.err
    assert not (broken / "output").exists()
    assert (broken / ".yearbook" / "failed" / "findings.json").exists()


def test_failing_report_as_json(run: Run, broken: Path) -> None:
    """The findings of a failure as JSON, in the same form as in the file."""
    done = run("report", "--json", root=broken)
    findings = json.loads(done.out)
    assert (done.code, done.err) == (1, "")
    assert all(set(found) == FIELDS for found in findings)
    file = broken / ".yearbook" / "failed" / "findings.json"
    assert json.loads(file.read_bytes()) == findings


def test_a_stopped_report_leaves_nothing_stale(run: Run, broken: Path) -> None:
    """A report that book.toml stops leaves that as the only finding, also as JSON, with 2."""
    failed = broken / ".yearbook" / "failed"
    assert run("report", root=broken).code == 1
    assert "[quote]" in (failed / "findings.txt").read_text(encoding="utf-8")
    settings = broken / "data" / "book.toml"
    right = settings.read_text(encoding="utf-8")
    settings.write_text(right + "\nx = [\n", encoding="utf-8")
    done = run("report", "--json", root=broken)
    (found,) = json.loads(done.out)
    assert (done.code, found["rule"], found["file"]) == (2, "stopped", "data/book.toml")
    assert set(found) == FIELDS
    assert found["line"] > right.count("\n")
    assert json.loads((failed / "findings.json").read_bytes()) == [found]
    assert {each.name for each in failed.iterdir()} == set(FORMATS)
    assert "[quote]" not in (failed / "findings.txt").read_text(encoding="utf-8")


def test_a_stopped_check_as_json(run: Run, book: Path) -> None:
    """What stops a check is told as JSON on the output, and in words beside it."""
    (book / "data" / "book.toml").write_text("x = [\n", encoding="utf-8")
    done = run("check", "--json", root=book)
    (found,) = json.loads(done.out)
    assert (done.code, found["rule"]) == (2, "stopped")
    assert found["what"]["zh"] in done.err
    assert run("check", root=book).out == ""


def test_a_refusal_of_the_machine_leaves_nothing_stale(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an earlier run found is gone when the machine, not the project, stops a report."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(write, "guard", full)
    (book / ".yearbook" / "failed").mkdir(parents=True)
    done = run("report", "--json", root=book)
    assert (done.code, done.out) == (2, "")
    assert not (book / ".yearbook" / "failed").exists()


def test_check(run: Run, book: Path, broken: Path) -> None:
    """A check ends with 0 or 1 and writes nothing."""
    done = run("check", root=book)
    assert (done.code, "0 errors" in done.out) == (0, True)
    assert not (book / ".yearbook").exists()
    assert run("check", root=broken).code == 1


def test_check_reports(run: Run, broken: Path, tmp_path: Path) -> None:
    """The reports of a check go where they are asked for, also when it fails."""
    folder = tmp_path / "a" / "b"
    assert run("check", "--reports", folder, root=broken).code == 1
    assert {each.name for each in folder.iterdir()} == set(FORMATS)


def test_check_as_json(run: Run, broken: Path) -> None:
    """Every field of a finding: place, cell, both languages, difference, waiver, suspects."""
    findings = json.loads(run("check", "--json", root=broken).out)
    assert all(set(found) == FIELDS for found in findings)
    (found,) = (each for each in findings if each["rule"] == "quote")
    assert (found["severity"], found["file"]) == ("error", f"data/{SLUG}/dispatch.csv")
    assert (found["line"], found["cell"], found["where"]) == (5, "E5", "dispatched")
    assert all(found[name][language] for name in ("what", "hint") for language in ("en", "zh"))
    assert (found["difference"], found["waived"]) == (2, None)
    assert found["suspects"][0]["proposed"] == "437"
    assert any(each["waived"] for each in findings)


def test_root(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The project is the folder given before or after the command, else the one we are in."""
    monkeypatch.chdir(tmp_path)
    assert run("check", "--root", book).code == 0
    assert run("--root", book, "check").code == 0
    assert run("check").code == 2
    monkeypatch.chdir(book)
    assert run("check").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("publish",),
        ("check", "--fast"),
        ("check", "extra"),
        ("report", "-j", "many"),
        ("report", "--root", "/nowhere"),
        (),
    ],
)
def test_wrong_use(run: Run, words: tuple[str, ...]) -> None:
    """Wrong use ends with 2 and says what is wrong, without a traceback."""
    done = run(*words, root=ROOT)
    assert done.code == 2
    assert "Usage" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["check", "report"])
def test_no_project(run: Run, tmp_path: Path, command: str) -> None:
    """A folder that is no project ends with 2, in both languages, and nothing is left in it."""
    done = run(command, root=tmp_path)
    assert done.code == 2
    assert "此文件夹中没有" in done.err
    assert "Traceback" not in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "problem",
    [
        FontError(Text("a font is damaged", "字体损坏"), Text("take it anew", "请重新获取")),
        write.PublishError(Text("a font is damaged", "字体损坏"), Text("x", "请重新获取")),
    ],
)
def test_configuration(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    """What is wrong with the project's set-up ends with 2, in both languages, with a hint."""

    def fail(*_: object) -> Built:
        raise problem

    monkeypatch.setattr(build, "build", fail)
    done = run("report", root=book)
    assert done.code == 2
    assert "a font is damaged" in done.err
    assert "字体损坏" in done.err
    assert "提示：请重新获取" in done.err
    assert "Traceback" not in done.err


def test_fault_of_the_toolkit(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of our own ends with 3, shows where, and asks to report it."""

    def fail(*_: object) -> Built:
        raise ZeroDivisionError("one of ours")

    monkeypatch.setattr(build, "build", fail)
    done = run("report", root=book)
    assert done.code == 3
    assert "one of ours" in done.err
    assert "Traceback" in done.err
    assert "工具本身的错误" in done.err


def test_interrupted(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with 130 and no traceback."""

    def stop(*_: object) -> Built:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "build", stop)
    done = run("report", root=book)
    assert (done.code, "Traceback" in done.err) == (130, False)


@pytest.mark.parametrize("program", ["1 / 0", "import nothing_at_all", "CHARTS = ", ""])
def test_broken_charts(run: Run, book: Path, made: list[Any], program: str) -> None:
    """Charts that cannot be loaded are their author's fault: 2, with the file."""
    (book / "figures").mkdir()
    (book / "figures" / "__init__.py").write_text(program, encoding="utf-8")
    done = run("report", root=book)
    assert done.code == 2
    assert "figures/__init__.py" in done.err
    assert "无法" in done.err
    assert "提示：" in done.err


def test_a_source_that_is_no_text(run: Run, book: Path, tmp_path: Path) -> None:
    """A manuscript that is no UTF-8 is named, with how to save it, in both languages."""
    (tmp_path / "gbk.txt").write_bytes("派出437人".encode("gb18030"))
    done = run("coverage", tmp_path / "gbk.txt", root=book)
    assert done.code == 2
    assert "gbk.txt is not UTF-8 text" in done.err
    assert "hint: save it as UTF-8" in done.err
    assert "提示：请另存为UTF-8编码" in done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("report", "--nope"), "没有选项 --nope"),
        (("nope",), "没有命令“nope”"),
        (("verify",), "缺少参数 FILE"),
        (("verify", "gone.pdf"), "FILE：“gone.pdf”不存在"),
        (("verify", "."), "FILE：“.”是文件夹，此处须为文件"),
        (("check", "--root", "gone"), "--root：“gone”不存在"),
        (("report", "--lang", "fr"), "--lang 不能是 fr，可用的有：en、zh、both"),
        (("report", "-j", "0"), "-j 的值 0 超出范围"),
        (("report", "-j", "x"), "-j 的值“x”不是数字"),
        (("report", "--output"), "选项 --output 后须给出值"),
        (("check", "--json=3"), "选项 --json 不带值"),
        (("keep", "x"), "多余的参数：x"),
    ],
)
def test_wrong_use_in_both_languages(
    run: Run, book: Path, words: tuple[str, ...], told: str
) -> None:
    """A wrong option, command or file is told in English and in Chinese; it ends with 2."""
    done = run(*words, root=book)
    assert (done.code, done.out) == (2, "")
    assert "Error: " in done.err
    assert done.err.endswith(f"错误：{told}\n")


@pytest.mark.parametrize("words", [("--help",), ()])
def test_commands_are_listed_in_both_languages(run: Run, words: tuple[str, ...]) -> None:
    """The list of commands is whole, and says in Chinese, too, what each is for."""
    done = run(*words)
    assert "错误" not in done.err
    done = Done(done.code, done.out + done.err, "")
    for command in cli.main.commands.values():
        first, _, chinese = " ".join((command.help or "").split()).rpartition(" ")
        assert chinese in "".join(done.out.split())
        assert first.replace(" ", "") in "".join(done.out.split())
    assert "..." not in done.out.partition("Commands:")[2]


def test_coverage_of_another_project(run: Run, book: Path, tmp_path: Path) -> None:
    """--root names the project also for a manuscript to be compared with it."""
    (tmp_path / "new.txt").write_text("It sent 437 people.", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run("coverage", "--root", book, tmp_path / "new.txt", root=elsewhere)
    assert "new.txt" in done.out


def test_no_charts(book: Path) -> None:
    """A project may have no charts of its own."""
    assert gallery.load_charts(book) == {}


def test_doctor(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor names each thing in both languages; something amiss ends with 2."""
    good = doctor.Diagnosis(Text("Python", "解释器"), True, "3.11", Text("-", "-"))
    bad = doctor.Diagnosis(Text("Pango", "排版库"), False, "missing", Text("install", "请安装"))
    monkeypatch.setattr(doctor, "diagnose", lambda *_: (good,))
    done = run("doctor", root=ROOT)
    assert (done.code, done.out) == (0, "ok   Python / 解释器: 3.11\n")
    monkeypatch.setattr(doctor, "diagnose", lambda *_: (good, bad))
    done = run("doctor", root=ROOT)
    assert done.code == 2
    assert "FAIL Pango / 排版库: missing" in done.out
    assert "请安装" in done.out


def test_version(run: Run) -> None:
    """The version is that of the package, installed or not."""
    done = run("--version")
    assert done.code == 0
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert done.out.strip() == settings["project"]["version"]


def commands() -> list[tuple[str, click.Command]]:
    """Every command there is."""
    assert isinstance(cli.main, click.Group)
    return sorted(cli.main.commands.items())


@pytest.mark.parametrize(("name", "command"), commands())
def test_help(run: Run, name: str, command: click.Command) -> None:
    """Every command and every option of it says what it is for, in both languages."""
    assert run(name, "--help").code == 0
    texts = [command.help, *(o.help for o in command.params if isinstance(o, click.Option))]
    for text in texts:
        assert text
        assert text[0].isupper()
        assert any("一" <= letter <= "鿿" for letter in text), text


def documented() -> str:
    """The page of the documentation on the commands, as their own help has it."""
    helps = []
    main = click.Context(cli.main, info_name="build.py", **cli.main.context_settings)
    for name, command in commands():
        context = click.Context(command, main, info_name=name, terminal_width=96)
        told = "\n".join(f"    {line}".rstrip() for line in command.get_help(context).splitlines())
        helps.append(f"## {name}\n\n{told}\n")
    return INTRODUCTION + "\n" + "\n".join(helps)


def test_documented(golden: bool) -> None:
    """docs/cli.md has every command and option as its help says it; --golden writes it anew."""
    page = ROOT / "docs" / "cli.md"
    if golden:
        page.write_text(documented(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == documented()


def test_build_py() -> None:
    """build.py hands its own folder to the command line, and does no more."""
    lines = (ROOT / "build.py").read_text(encoding="utf-8").splitlines()
    assert "    start(root)" in lines
    assert len(lines) <= 13


def test_relative_paths(run: Run, made: list[Any], book: Path) -> None:
    """What was made is named as one would open it from here."""
    done = run("report", root=book)
    name = next(line for line in done.out.splitlines() if line.endswith("en.pdf"))
    assert Path(os.getcwd(), name).resolve() == book / "output" / "chapter" / "en.pdf"  # noqa: PTH109
