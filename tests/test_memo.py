"""A mapping that forgets: what was put in first goes first, and only when there is no room."""

import pytest

from yearbook.memo import Memo


def test_holds_so_many() -> None:
    """What is known already takes no further room; what is new drives out the oldest."""
    memo = Memo[str, int](2)
    memo.update({"a": 1, "b": 2})
    memo["a"] = 3
    assert dict(memo) == {"a": 3, "b": 2}
    memo["c"] = 4
    assert dict(memo) == {"b": 2, "c": 4}
    assert len(memo) == 2


def test_forgets_on_demand() -> None:
    """An entry can be taken out; one that is not there is missed."""
    memo = Memo[str, int](2)
    memo["a"] = 1
    del memo["a"]
    with pytest.raises(KeyError):
        memo["a"]
