"""Which photos were in work when a scan broke off: a line as each begins, and another as it ends.

Lines reach the system at once, so that a process that goes down leaves them behind.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_BEGUN, _ENDED = "+", "-"


class InWork:
    """The photos in work of one scan, by SHA-256 (hex); calls may come from any thread.

    A file that cannot be written costs only that nobody knows after a crash.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.left_over = _left_over(file)
        self._lines: int | None = None
        self._guard = threading.Lock()
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._lines = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def begin(self, sha256: str) -> bool:
        """One begins. Whether it was in work before, when the scan broke off."""
        self._write(_BEGUN + sha256)
        return sha256 in self.left_over

    def finish(self, sha256: str) -> None:
        """One has an answer."""
        self._write(_ENDED + sha256)

    def close(self) -> None:
        """Write no more: the scan is over, and leaves nothing behind."""
        with self._guard:
            if self._lines is not None:
                os.close(self._lines)
                self._lines = None
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _write(self, line: str) -> None:
        with self._guard, contextlib.suppress(OSError):
            if self._lines is not None:
                os.write(self._lines, (line + "\n").encode())


def _left_over(file: Path) -> frozenset[str]:
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return frozenset()
    left: set[str] = set()
    for line in lines:
        if line.startswith(_BEGUN):
            left.add(line[1:])
        elif line.startswith(_ENDED):
            left.discard(line[1:])
    return frozenset(left)
