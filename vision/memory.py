"""Giving memory back to the system in long work, where the C library would keep it (glibc)."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from functools import lru_cache
from typing import Any, Final

_MMAP_THRESHOLD: Final = -3  # mallopt(3)
_ARENA_MAX: Final = -8
_APART: Final = 4 << 20  # bytes from which memory is asked from the system for itself


@lru_cache(maxsize=1)
def _library() -> Any:
    """The C library, None where it knows nothing of this."""
    if not sys.platform.startswith("linux"):
        return None
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        if library.malloc_trim and library.mallopt:
            return library
    return None


def part_large_memory() -> None:
    """Let large pieces of memory go back to the system the moment they are free, from now on.

    Else each thread keeps what it once needed, up to 32 MiB a piece, and no other thread uses it;
    for the same reason threads that begin from now on share one heap.
    """
    if (library := _library()) is not None:
        library.mallopt(_MMAP_THRESHOLD, _APART)
        library.mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Return what is free to the system; takes some milliseconds."""
    if (library := _library()) is not None:
        library.malloc_trim(0)
