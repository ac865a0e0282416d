"""How findings are told on the terminal."""

import json
from dataclasses import replace

import pytest

from yearbook.finding import Severity, error
from yearbook.model import Language, Place, Text
from yearbook.terminal import Manner

FOUND = error("sum", Place("x.csv", 2, 5, "B2"), Text("a is off", "甲有误"), Text("b", "乙"))
ODD = replace(FOUND, severity=Severity.WARNING)


def test_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """One language says each thing once; both say it twice."""
    Manner(languages=(Language.ZH,)).show([FOUND])
    assert capsys.readouterr().out == "x.csv:2:5 (B2): 错误：甲有误 [sum]\n    提示：乙\n"
    Manner().show([FOUND])
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """With JSON nothing else is said, neither beside it nor after it."""
    manner = Manner(as_json=True)
    manner.say(Text("working", "处理中"))
    manner.show([FOUND])
    manner.echo("done")
    said = capsys.readouterr()
    assert [each["rule"] for each in json.loads(said.out)] == ["sum"]
    assert said.err == ""


def test_strict() -> None:
    """A warning fails only if asked for."""
    assert (Manner().failing([ODD]), Manner(strict=True).failing([ODD])) == ((), (ODD,))


def test_github(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In GitHub Actions every finding is an annotation, too; nowhere else."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    Manner().show([FOUND])
    assert "::error file=x.csv,line=2,col=5,title=sum::a is off%0A甲有误" in capsys.readouterr().out
    monkeypatch.delenv("GITHUB_ACTIONS")
    Manner().show([FOUND])
    assert "::error" not in capsys.readouterr().out
