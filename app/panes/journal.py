"""What people have said, on its way to the workspace: written at once, and in order."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Any

from app.store import EntryRefused
from app.tasks import Lane, run

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from PySide6.QtCore import QObject

    from app.messages import Messages


class Journal:
    """Hands changes to `write` in the order in which they were made.

    One that could not be written stays, and is tried again with the next; one that the workspace
    refuses is told and dropped.
    """

    def __init__(self, write: Callable[..., None], messages: Messages) -> None:
        self._write, self._messages = write, messages
        self._waiting: deque[tuple[Any, ...]] = deque()
        self._lock = threading.Lock()

    def add(self, *change: object) -> None:
        """One more to be written, as the arguments of `write`."""
        self._waiting.append(change)

    def write_soon(self, owner: QObject) -> None:
        """Write everything that waits, off the GUI thread."""
        run(
            self.writing(),
            lane=Lane.FILES,
            owner=owner,
            on_failed=self._messages.fail,
            urgent=True,
        )

    def finish(self) -> None:
        """Write what is not yet written, before the program ends."""
        try:
            for _ in self.writing():
                pass
        except Exception as error:  # noqa: BLE001 - the last thing done: it must not stop the end
            self._messages.fail(error)

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
