"""Which folders a scan watches, in a file of the workspace: a restart goes on with them."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal

from app.tasks import Lane, run

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from app.messages import Messages

_FILE: Final = "watched_scan.json"


class KeptWatch(QObject):
    """`found` tells the folders that were watched when the program ended."""

    found = Signal(object)

    def __init__(self, workspace: Path, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._file, self._messages = workspace / _FILE, messages
        self._wanted: tuple[str, ...] = ()
        self._lock = threading.Lock()

    def keep(self, folders: tuple[str, ...]) -> None:
        """These are watched from now on; () for none."""
        self._wanted = folders
        fail = self._messages.fail
        run(self._writing(), lane=Lane.FILES, owner=self, on_failed=fail)

    def look_up(self) -> None:
        """Find out what was watched when the program ended."""
        run(read_watched(self._file), lane=Lane.FILES, owner=self, on_done=self._on_read)

    def _on_read(self, folders: tuple[str, ...]) -> None:
        if folders:
            self.found.emit(folders)
            self._messages.say(
                QT_TRANSLATE_NOOP("messages", "Watched for new photos, as before: {folders}"),
                folders=", ".join(folders),
            )

    def _writing(self) -> Generator[None, None, None]:
        """FILES: write what is wanted by now; several at once write the same."""
        yield
        with self._lock:
            write_watched(self._file, self._wanted)


def read_watched(file: Path) -> Generator[None, None, tuple[str, ...]]:
    """FILES: the folders that a file names; none where it is not there or makes no sense."""
    yield
    try:
        said = json.loads(file.read_text(encoding="ascii"))["folders"]
    except (OSError, ValueError, TypeError, KeyError):
        return ()
    is_list = isinstance(said, list) and all(isinstance(one, str) and one for one in said)
    return tuple(said) if is_list else ()


def write_watched(file: Path, folders: tuple[str, ...]) -> None:
    """Write the file whole or not at all; without folders there is none.

    Raises:
        OSError: the workspace cannot be written.
    """
    if not folders:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".part")
    with partial.open("w", encoding="ascii") as stream:
        json.dump({"folders": folders}, stream)  # in ASCII: names need not be text
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)
