"""What is being done right now, so that who has to stop it can name it (`yearbook.worker`)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from yearbook.model import Place

_at: list[Place] = []
_listeners: list[Callable[[Place], None]] = []


def now() -> Place | None:
    """The innermost thing being done, if anybody said."""
    return _at[-1] if _at else None


def tell(listener: Callable[[Place], None]) -> None:
    """From now on, in this process, tell a listener whatever begins or is taken up again."""
    _listeners.append(listener)


@contextmanager
def doing(place: Place) -> Iterator[None]:
    """Say that something is worked on; what was worked on before is taken up again afterwards.

    Memory that runs out leaves it said: only then is it known where.

    >>> with doing(Place("a.md", 1)), doing(Place("b.csv", 2)):
    ...     now()
    Place(file='b.csv', line=2, column=0, cell=None)
    >>> now()
    """
    depth = len(_at)
    _at.append(place)
    _heard(place)
    try:
        yield
    except MemoryError:
        raise
    except BaseException:
        del _at[depth:]
        raise
    del _at[depth:]
    if _at:
        _heard(_at[-1])


def _heard(place: Place) -> None:
    for listener in _listeners:
        listener(place)
