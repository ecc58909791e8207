"""Giving memory back to the system in long work, where the C library would keep it (glibc)."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from functools import lru_cache
from typing import Any, Final

_ARENA_MAX: Final = -8  # mallopt(3)
_HEAPS: Final = 2


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


def share_heaps() -> None:
    """Let threads share heaps from now on.

    Else each thread that ever needs memory gets one of its own, whose free parts no other uses:
    two threads that judge photos held 3.3 GiB instead of 2 (tests/benchmarks/scan_speed.py).
    """
    if (library := _library()) is not None:
        library.mallopt(_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Return what is free to the system; takes some milliseconds."""
    if (library := _library()) is not None:
        library.malloc_trim(0)
