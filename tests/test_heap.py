"""The heap: what is free goes back to the system, and garbage is looked for first."""

import ctypes
import gc
import resource
import sys
import weakref
from pathlib import Path

import pytest

from yearbook import heap


class Ring:
    """An object that holds itself."""

    def __init__(self) -> None:
        self.own = self


def test_garbage_is_looked_for() -> None:
    """What holds only itself is gone, also where the collector is off."""
    gc.disable()
    try:
        lost = weakref.ref(Ring())
        assert lost() is not None
        heap.swept()
        assert lost() is None
    finally:
        gc.enable()


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="no GNU C library")
def test_memory_is_given_back() -> None:
    """Much that was freed below something that stays is no longer this process's."""
    library = ctypes.CDLL(None)
    library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    blocks = [library.malloc(60_000) for _ in range(1000)]
    for block in blocks:
        ctypes.memset(block, 1, 60_000)
    kept = blocks.pop()
    before = resident()
    for block in blocks:
        library.free(block)
    heap.swept()
    assert resident() < before - 40_000_000
    library.free(kept)


def resident() -> int:
    """Bytes of this process that are in memory."""
    assert sys.platform == "linux"
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


def test_other_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the C library has no such function, nothing fails."""

    def none(_: object) -> object:
        return object()

    monkeypatch.setattr(ctypes, "CDLL", none)
    assert heap._found()(0) is None
