"""Watches the folders of a scan once it has come to its end; tells when new photos are complete."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer, Signal

from app.panes.intake import SUFFIXES
from app.panes.watched_files import Stamp, Unfinished, content_of, is_on_its_way
from app.tasks import Lane, Ticket, run
from vision import Aside, AsideKind, FolderUnreachable, check_folder, files_below, seems_picture

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from app.messages import Messages

_PATIENCE_S: Final = 120.0  # so long an unreadable file may still be on its way
_SHARE: Final = 20  # looking takes at most one part in so many of the time
_PAUSE_EVERY: Final = 200  # files between two places to stop


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look has found: `away` are folders that cannot be reached, `arrived` new photos.

    `stamps` are those of the files that the scan has met; one with another stamp is new again.
    """

    away: tuple[str, ...] = ()
    arrived: tuple[str, ...] = ()
    unfinished: Mapping[str, Unfinished] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


class ScanWatch(QObject):
    """`arrived` tells how many new photos are there, whole; then it is off until started again.

    `changed` tells that reach or state are others.

    Args:
        poll_ms: how often to look; while a file is on its way, more often.
    """

    arrived = Signal(int)
    changed = Signal()

    def __init__(
        self,
        messages: Messages,
        parent: QObject | None = None,
        *,
        poll_ms: int = 5000,
        soon_ms: int = 700,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        super().__init__(parent)
        self._messages = messages
        self._poll_ms, self._soon_ms, self._patience_s = poll_ms, soon_ms, patience_s
        self._folders: tuple[str, ...] = ()
        self._known: frozenset[str] = frozenset()
        self._seen = Seen()
        self._watched: tuple[str, ...] = ()
        self._stamps: Mapping[str, Stamp] = {}  # of `_watched`, also while the scan runs again
        self._ready_at: float | None = None  # since when there is something to scan
        self._looking: Ticket | None = None
        self._begun_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    @property
    def is_on(self) -> bool:
        """Whether folders are watched."""
        return bool(self._folders)

    @property
    def away(self) -> tuple[str, ...]:
        """Folders that could not be reached the last time."""
        return self._seen.away

    def start(self, folders: tuple[str, ...], known: frozenset[str]) -> None:
        """Watch folders, in which the files of the paths `known` are nothing new."""
        stamps = self._stamps if folders == self._watched else {}
        self.stop()
        self._folders, self._known, self._watched = folders, known, folders
        self._seen = Seen(stamps=stamps)
        self._look()
        self.changed.emit()

    def stop(self) -> None:
        """Watch nothing any more."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._timer.stop()
        was_on, self._folders, self._seen = self.is_on, (), Seen()
        self._ready_at = None
        if was_on:
            self.changed.emit()

    def _look(self) -> None:
        self._begun_at = time.monotonic()
        self._looking = run(
            seen_in(
                self._folders,
                self._known,
                self._seen,
                now=self._begun_at,
                patience_s=self._patience_s,
            ),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_seen,
            on_failed=self._on_failed,
        )

    def _on_seen(self, seen: Seen) -> None:
        self._looking = None
        before, self._seen = self._seen, seen
        for folder in set(seen.away) - set(before.away):
            self._messages.warn(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "The watched folder cannot be reached: {folder}. Nothing is lost; Touchstone "
                    "goes on when it is there again.",
                ),
                folder=folder,
            )
        if before.away and not seen.away:
            self._messages.say(
                QT_TRANSLATE_NOOP("messages", "The watched folder can be reached again.")
            )
        if seen.away != before.away:
            self.changed.emit()
        self._stamps = seen.stamps
        if self._is_time(seen):
            self.stop()
            self.arrived.emit(len(seen.arrived))
            return
        took_ms = round((time.monotonic() - self._begun_at) * 1000)
        wanted = self._soon_ms if seen.unfinished else self._poll_ms
        self._timer.start(max(wanted, took_ms * _SHARE))

    def _is_time(self, seen: Seen) -> bool:
        """Whether to scan: all that is new is there, or the rest takes too long."""
        if not seen.arrived:
            return False
        now = time.monotonic()
        self._ready_at = self._ready_at or now
        return not seen.unfinished or now - self._ready_at > self._patience_s / 2

    def _on_failed(self, error: Exception) -> None:
        self._looking = None
        self._messages.fail(error)
        self._timer.start(self._poll_ms * _SHARE)


def seen_in(
    folders: tuple[str, ...],
    known: frozenset[str],
    before: Seen,
    *,
    now: float,
    patience_s: float,
) -> Generator[None, None, Seen]:
    """FILES: look for photos that the scan has not met, or that have changed since.

    A photo is complete when it has not changed since the look before and can be read whole; one
    that stays unreadable for `patience_s` is taken as it is, so that somebody hears of it. The
    scan itself looks into every file, so no more than one complete photo need be found.
    """
    yield
    away: list[str] = []
    arrived: list[str] = []
    unfinished: dict[str, Unfinished] = {}
    stamps: dict[str, Stamp] = dict(before.stamps)
    for number, found in enumerate(files_below(folders)):
        if number % _PAUSE_EVERY == 0:
            yield
        path = found.path
        if isinstance(found, Aside):
            away += [path] if found.kind is AsideKind.FOLDER_UNREACHABLE else []
            continue
        stamp = Stamp(found.size, found.modified_ns)
        is_met = path in known or path in before.arrived
        if is_met and stamps.setdefault(path, stamp) == stamp:
            arrived += [path] if path in before.arrived else []
            continue
        file = Path(path)
        if not _may_be_photo(file):
            continue
        waits = before.unfinished.get(path)
        if waits is None or waits.stamp != stamp:
            unfinished[path] = Unfinished(stamp, now)
            continue
        yield
        if content_of(file) is None and now - waits.since < patience_s:
            unfinished[path] = waits
        else:
            arrived.append(path)
            stamps[path] = stamp
    away += [folder for folder in folders if folder not in away and not _is_reachable(folder)]
    return Seen(tuple(away), tuple(arrived), unfinished, stamps)


def _may_be_photo(file: Path) -> bool:
    """Whether a new file is worth a scan, and its name does not say that it is on its way."""
    if file.name.startswith(".") or is_on_its_way(file):
        return False
    return file.suffix.lower() in SUFFIXES or seems_picture(file)


def _is_reachable(folder: str) -> bool:
    """Whether it is still there: else what was found in it is not all."""
    try:
        check_folder(folder)
    except FolderUnreachable:
        return False
    return True
