"""Gives memory back to the system that Python has no more use for.

The C library keeps what was freed, and each process forked from ours begins with as much.
"""

import ctypes
import gc
from collections.abc import Callable


def swept() -> None:
    """Look for garbage, and give back what is free."""
    gc.collect()
    _trim(0)


def _found() -> Callable[[int], object]:
    """The function of the GNU C library that gives memory back; others do so by themselves."""
    try:
        found: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):
        return lambda _: None
    return found


_trim = _found()
