"""The press: an edition whose printed page is as it was is not printed again."""

from dataclasses import replace

import pytest

from tests.editions import desk, kit
from tests.test_node import Memory
from yearbook import pdf
from yearbook.model import Edition
from yearbook.node import Cache
from yearbook.press import run
from yearbook.read.snapshot import Snapshot


def test_not_printed_again(project: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is drawn, laid out or audited, and the files are the same."""
    shelf = Memory()
    tools = replace(kit(project), cache=Cache(shelf))
    first = run(desk(project), Edition.EN, tools)
    monkeypatch.setattr(pdf, "render", None)
    again = run(desk(project), Edition.EN, tools)
    assert again.artifacts == first.artifacts
    assert again.findings == first.findings
    assert not any(node.reused for node in first.nodes)
    assert all(node.reused for node in again.nodes)
    assert {node.name.partition(" ")[0] for node in again.nodes} == {
        "chart",
        "font",
        "pdf",
        "audit",
    }
