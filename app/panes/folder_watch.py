"""Watches a folder that a person has named; new pictures in it come into the list by themselves."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QFileSystemWatcher, QObject, QTimer, Signal

from app.panes.intake import Source
from app.panes.watched_files import Ledger, Look, Taken, Unfinished, look, remembering
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.messages import Messages
    from app.panes.kept_list import KeptList
    from app.settings import Settings

SETTING: Final = "watched_folder"
_PATIENCE_S: Final = 120.0  # so long an unreadable file may still be on its way
_SHARE: Final = 20  # looking takes at most one part in so many of the time


class FolderWatch(QObject):
    """`arrived` tells the sources of new pictures, `changed` that folder or reach are others.

    The system tells of changes where it can; folders on a network are looked into now and then as
    well. What has arrived counts as taken once the list that holds it is written: after a crash it
    arrives again.

    Args:
        settings: name the folder, "" for none.
        workspace: remembers what was taken.
        poll_ms: how often to look when nothing is told; a file under way is looked at more often.
    """

    arrived = Signal(object)
    changed = Signal()

    def __init__(
        self,
        settings: Settings,
        workspace: Path,
        messages: Messages,
        parent: QObject | None = None,
        *,
        poll_ms: int = 5000,
        soon_ms: int = 700,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        super().__init__(parent)
        self._settings, self._messages = settings, messages
        self._ledger = Ledger(workspace)
        self._poll_ms, self._soon_ms, self._patience_s = poll_ms, soon_ms, patience_s
        self._folder: Path | None = None
        self._reachable = True
        self._started = False
        self._looking: Ticket | None = None
        self._begun_at = 0.0
        self._unfinished: Mapping[str, Unfinished] = {}
        self._unwritten: dict[str, Taken] = {}
        self._system = QFileSystemWatcher(self)
        self._system.directoryChanged.connect(self._on_told)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        settings.changed.connect(self._on_setting_changed)

    @property
    def folder(self) -> Path | None:
        """The folder that is watched, None for none."""
        return self._folder

    @property
    def is_reachable(self) -> bool:
        """Whether the folder could be looked into the last time."""
        return self._reachable

    def start(self) -> None:
        """Begin, once the list of photos is there again."""
        self._started = True
        self._follow()

    def name(self, folder: Path | None) -> None:
        """Watch another folder from now on, or none."""
        self._settings.set(SETTING, str(folder) if folder is not None else "")

    def on_written(self, kept: KeptList) -> None:
        """The list of photos was written: what it holds need not arrive again."""
        paths = {photo.path for photo in kept.photos}
        done = tuple(one for path, one in self._unwritten.items() if path in paths)
        if done:
            for one in done:
                del self._unwritten[one.path]
            run(
                remembering(self._ledger, done),
                lane=Lane.FILES,
                owner=self,
                on_failed=self._messages.fail,
            )

    def _on_setting_changed(self, key: str) -> None:
        if key == SETTING and self._started:
            self._follow()

    def _follow(self) -> None:
        named = self._settings.text(SETTING)
        folder = Path(named) if named else None
        if folder == self._folder:
            return
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if told := self._system.directories():
            self._system.removePaths(told)
        self._folder, self._reachable, self._unfinished = folder, True, {}
        self._timer.stop()
        if folder is not None:
            self._look()
        self.changed.emit()

    def _on_told(self, _path: str) -> None:
        if self._looking is None:
            self._timer.start(min(self._soon_ms, 300))

    def _look(self) -> None:
        if self._folder is None or self._looking is not None:
            return
        self._begun_at = time.monotonic()
        self._looking = run(
            look(
                self._folder,
                self._ledger,
                self._unfinished,
                now=self._begun_at,
                patience_s=self._patience_s,
            ),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_looked,
            on_failed=self._on_failed,
        )

    def _on_looked(self, found: Look) -> None:
        self._looking = None
        self._tell_reach(found.is_reachable)
        self._unfinished = found.unfinished
        if found.is_reachable and self._folder is not None and not self._system.directories():
            self._system.addPath(str(self._folder))
        if found.there_before:
            self._messages.say(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "From now on new pictures in that folder are taken. Drop the folder here to "
                    "take those that are in it already: {count}",
                ),
                count=str(found.there_before),
            )
        fresh = [one for one in found.arrived if self._unwritten.get(one.path) != one]
        contents = {one.sha256 for one in self._unwritten.values() if one.sha256}
        fresh = [one for one in fresh if one.sha256 not in contents]
        self._unwritten.update({one.path: one for one in fresh})
        if fresh:
            paths = [Path(one.path) for one in fresh]
            self.arrived.emit(tuple(Source(path.name, path=path) for path in paths))
            self._messages.say(
                QT_TRANSLATE_NOOP("messages", "New in the watched folder: {count}"),
                count=str(len(fresh)),
            )
        took_ms = round((time.monotonic() - self._begun_at) * 1000)
        wanted = self._soon_ms if self._unfinished else self._poll_ms
        self._timer.start(max(wanted, took_ms * _SHARE))

    def _on_failed(self, error: Exception) -> None:
        """The workspace cannot be written: told once, and tried again."""
        self._looking = None
        self._messages.fail(error)
        self._timer.start(self._poll_ms * _SHARE)

    def _tell_reach(self, is_reachable: bool) -> None:
        if is_reachable == self._reachable:
            return
        self._reachable = is_reachable
        if not is_reachable:
            if told := self._system.directories():
                self._system.removePaths(told)
            self._messages.warn(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "The watched folder cannot be reached: {folder}. Nothing is lost; Touchstone "
                    "goes on when it is there again.",
                ),
                folder=str(self._folder),
            )
        else:
            self._messages.say(
                QT_TRANSLATE_NOOP("messages", "The watched folder can be reached again.")
            )
        self.changed.emit()
