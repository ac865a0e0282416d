"""Lengths that hang on no other box."""

from sys import modules

import pytest

from tests.plain import everything, mended
from yearbook.pdf import lengths, render


def test_the_same_bytes_as_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lengths from memory are those that WeasyPrint finds, in every kind of box."""
    expected = mended()
    users = [
        module
        for name, module in modules.items()
        if name.startswith("weasyprint.")
        and vars(module).get("resolve_percentages") is lengths.resolve_percentages
    ]
    assert len(users) > 5
    for module in users:
        monkeypatch.setattr(module, "resolve_percentages", lengths._stock)
    assert render(everything()) == expected


def test_what_is_remembered_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """When there is too much of it, it is forgotten, and the page is the same."""
    expected = mended()
    monkeypatch.setattr(lengths, "_ENOUGH", 2)
    assert render(everything()) == expected
    assert len(lengths._known) <= 3
