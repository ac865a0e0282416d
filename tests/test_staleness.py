"""After any edit, what is built on the cache is what is built from nothing (a short form of
tools/torture_cache.py)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.staleness import EDITS, Bench, bench, compare, sequence, surrounded


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Bench]:
    """A small project to be edited."""
    made = bench(tmp_path, seed=6)
    back = surrounded(made)
    yield made
    back()


def test_after_many_edits(at: Bench) -> None:
    """All edits but one, then random ones: the cache is never believed more than it knows."""
    compare(at)
    for name in sorted(set(EDITS) - {"cache lost", "rule"}):
        EDITS[name](at)
    compare(at)
    assert len(sequence(at, 1)) == 1
