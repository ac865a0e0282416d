"""What is being done now: said, taken up again, kept where memory ran out."""

import pytest

from yearbook import doing
from yearbook.model import Place

ONE, TWO = Place("a.md", 1), Place("b.csv", 2)


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt])
def test_taken_up_again(fault: type[BaseException]) -> None:
    """After something has ended or failed, what was done before is done again."""
    with doing.doing(ONE):
        with doing.doing(TWO):
            assert doing.now() == TWO
        assert doing.now() == ONE
        with pytest.raises(fault), doing.doing(TWO):
            raise fault
        assert doing.now() == ONE
    assert doing.now() is None


def test_memory() -> None:
    """Where memory ran out stays said until something around it has ended."""
    with doing.doing(ONE):
        with pytest.raises(MemoryError), doing.doing(TWO):
            raise MemoryError
        assert doing.now() == TWO
    assert doing.now() is None


def test_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who listens hears each thing as it begins and as it is taken up again."""
    heard: list[Place] = []
    monkeypatch.setattr(doing, "_listeners", [])
    doing.tell(heard.append)
    with doing.doing(ONE), doing.doing(TWO):
        pass
    assert heard == [ONE, TWO, ONE]
