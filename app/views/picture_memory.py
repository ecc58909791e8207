"""Decoded pictures that are kept to be looked at again, up to a limit of bytes."""

from __future__ import annotations

import ctypes
import os
import sys
from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QImage

from app.views.pixels import Picture

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from numpy.typing import NDArray

    Part = Picture | QImage | NDArray[Any] | None

_MB: Final = 1 << 20
_LEAST: Final = 512 * _MB
_MOST: Final = 4096 * _MB
_SHARE: Final = 4  # automatically, a quarter of the machine's memory
_UNKNOWN: Final = 4096 * _MB  # taken for the machine's memory where it cannot be told


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """`parts` are held so that no other memory takes their identity; `sizes` are their bytes."""

    value: object
    parts: tuple[Part, ...]
    sizes: dict[int, int]


class PictureMemory:
    """Lets go of what was not asked for the longest; what is in view is never let go.

    Pictures that look into the same memory count once.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._kept: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._uses: Counter[int] = Counter()
        self._held = 0
        self._in_view: frozenset[Hashable] = frozenset()

    @property
    def held_bytes(self) -> int:
        """What is kept at present."""
        return self._held

    @property
    def limit_bytes(self) -> int:
        """How much may be kept, besides what is in view."""
        return self._limit

    def set_limit(self, limit_bytes: int) -> None:
        """Keep so much from now on."""
        self._limit = limit_bytes
        self._shrink()

    def set_in_view(self, *keys: Hashable) -> None:
        """Never let go of these, until others are in view."""
        self._in_view = frozenset(keys)
        self._shrink()

    def put(self, key: Hashable, value: object, parts: Iterable[Part]) -> None:
        """Keep a value made of these parts, instead of what was kept under the key."""
        self.drop(key)
        held = tuple(parts)
        sizes = _sizes(held)
        self._kept[key] = _Entry(value, held, sizes)
        for each, size in sizes.items():
            self._uses[each] += 1
            if self._uses[each] == 1:
                self._held += size
        self._shrink(newest=key)

    def get(self, key: Hashable) -> object | None:
        """What is kept under a key; it was asked for last then."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key].value

    def drop(self, key: Hashable) -> None:
        """Let go of one value; nothing happens where there is none."""
        entry = self._kept.pop(key, None)
        for each, size in entry.sizes.items() if entry is not None else ():
            self._uses[each] -= 1
            if self._uses[each] == 0:
                del self._uses[each]
                self._held -= size

    def _shrink(self, newest: Hashable = None) -> None:
        for key in tuple(self._kept):
            if self._held <= self._limit:
                return
            if key not in self._in_view and key != newest:
                self.drop(key)


def limit_from_choice(choice: str) -> int:
    """The limit in bytes for a choice of the settings: megabytes, or "automatic"."""
    if choice.isdecimal():
        return int(choice) * _MB
    return min(max(_machine_bytes() // _SHARE, _LEAST), _MOST)


def _sizes(parts: Iterable[Part]) -> dict[int, int]:
    """The bytes of every piece of memory in these parts, by its identity."""
    sizes: dict[int, int] = {}
    for part in parts:
        if isinstance(part, Picture):
            sizes |= _sizes(part.buffers or part.levels)
        elif isinstance(part, QImage):
            sizes[part.cacheKey()] = part.sizeInBytes()
        elif part is not None:
            sizes[id(part)] = part.nbytes
    return sizes


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of Windows."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("others", ctypes.c_uint64 * 6),
    )


def _machine_bytes() -> int:
    if sys.platform == "win32":
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        done = ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.total) if done else _UNKNOWN
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return _UNKNOWN
