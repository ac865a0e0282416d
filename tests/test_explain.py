"""Why something was made: the parts that are not as they were, told in both languages."""

import json
from pathlib import Path

from tests.edits import bilingual
from yearbook import replay
from yearbook.build import Built
from yearbook.explain import lines, plain, reasons
from yearbook.node import Node

BEFORE = {"pdf a/en": {"page": "1", "x.csv": "1"}, "page a/en": {str(n): "1" for n in range(9)}}


def said(*nodes: Node) -> list[str]:
    """The English lines."""
    return [line.en for line in lines(nodes, BEFORE)]


def test_reasons() -> None:
    """Changed, added and lost parts are named; what is new or was not kept is told as such."""
    assert said(
        Node("pdf a/en", {"page": "2", "x.csv": "1"}, False),
        Node("pdf a/zh", {"page": "2"}, False),
        Node("pdf a/en", {"page": "1", "x.csv": "1"}, False),
        Node("pdf a/en", {"page": "1", "y.csv": "1"}, False),
        Node("page a/en", {}, False),
        Node("chart a", {}, True),
    ) == [
        "made pdf a/en: page changed",
        "made pdf a/zh: it is new",
        "made pdf a/en: it was not kept, or the toolkit changed",
        "made pdf a/en: x.csv, y.csv changed",
        "made page a/en: 0, 1, 2, 3 and 5 more changed",
        "5 made, 1 found again",
    ]


def test_questions() -> None:
    """What a chart asked is told as a person would."""
    asked = ['["of", "sent", "2010", "value"]', '["call", ["label"], ["sent"], {}]']
    asked += ['["read", "year"]', '["say", "en", "Sent", "派出"]']
    (reason,) = reasons([Node("chart", dict.fromkeys(asked, "2"), False)], {"chart": {}})
    assert set(reason.changed) == {"sent 2010 value", "label(sent)", "year", '"Sent"'}


def test_both_languages() -> None:
    """Every line is Chinese, too."""
    assert all(map(bilingual, lines([Node("a", {}, False), Node("b", {}, True)], BEFORE)))


def test_kept(tmp_path: Path) -> None:
    """The reasons are kept as JSON; the next build compares with the parts told there."""
    (tmp_path / ".yearbook").mkdir()
    for digest, wanted in (("1", "it is new"), ("2", "x.csv changed")):
        told = replay.explained(tmp_path, Built((), (), (), (Node("a", {"x.csv": digest}, False),)))
        assert told[0].en == f"made a: {wanted}"
    kept = json.loads((tmp_path / ".yearbook" / "explain.json").read_bytes())
    assert kept["made"] == [{"name": "a", "new": False, "changed": ["x.csv"]}]
    assert kept["parts"] == {"a": {"x.csv": "2"}}


def test_spoilt(tmp_path: Path) -> None:
    """Reasons that cannot be read or written cost nothing but themselves."""
    (tmp_path / ".yearbook").mkdir()
    (tmp_path / ".yearbook" / "explain.json").write_text("[", encoding="utf-8")
    (told,) = replay.explained(tmp_path, Built((), ()))
    assert told.en == "0 made, 0 found again"
    assert plain((), {})["made"] == []
