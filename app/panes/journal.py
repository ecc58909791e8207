"""What people have said, on its way to the workspace: written at once, and in order."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Any

from app.store import EntryRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Generator


class Journal:
    """Hands changes to `write` in the order in which they were made.

    One that could not be written stays, and is tried again with the next; one that the workspace
    refuses is told and dropped.
    """

    def __init__(self, write: Callable[..., None]) -> None:
        self._write = write
        self._waiting: deque[tuple[Any, ...]] = deque()
        self._lock = threading.Lock()

    def add(self, *change: object) -> None:
        """One more to be written, as the arguments of `write`."""
        self._waiting.append(change)

    def writing(self) -> Generator[None, None, None]:
        """FILES: write everything that waits."""
        with self._lock:
            while self._waiting:
                try:
                    self._write(*self._waiting[0])
                except EntryRefused:
                    self._waiting.popleft()  # it would be refused for ever
                    raise
                self._waiting.popleft()
        yield
