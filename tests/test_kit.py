"""The kit: what every edition is made with; without a shelf nothing is kept."""

from tests.editions import kit
from yearbook.read.snapshot import Snapshot


def test_no_shelf(project: Snapshot) -> None:
    """A kit made for a test keeps nothing."""
    assert kit(project).cache.shelf is None
