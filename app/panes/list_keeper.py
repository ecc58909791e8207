"""Keeps the list of photos in the workspace while it changes, and brings it back at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.panes.kept_list import (
    KeptList,
    ListFile,
    NewerList,
    glances,
    is_of_now,
    keeping_pasted,
    made_list,
    read_list,
)
from app.tasks import Lane, run

if TYPE_CHECKING:
    from pathlib import Path

    from app.messages import Messages
    from app.panes.photo_queue import PhotoQueue

_PAUSE_MS: Final = 500


class ListKeeper(QObject):
    """Nothing is written before `restore` has brought back what was there.

    `restored` tells the key of the photo that was looked at, 0 for none, `ready` that the list is
    there, and `written` a KeptList that lies on the disk now. The first change is
    written at once, so that a photo that brings the program down is known to have been under way;
    those that follow wait for a moment.
    """

    restored = Signal(int)
    ready = Signal()
    written = Signal(object)

    def __init__(
        self, queue: PhotoQueue, folder: Path, messages: Messages, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._queue, self._folder, self._messages = queue, folder, messages
        self._file = ListFile(folder)
        self._chosen = 0
        self._on_its_way = KeptList()
        self._armed = self._changed = self._writing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._save_if_changed)
        queue.model.dataChanged.connect(self._on_changed)
        queue.model.rowsInserted.connect(self._on_changed)
        queue.model.rowsRemoved.connect(self._on_changed)
        queue.pasted.connect(self._on_pasted)

    def restore(self) -> None:
        """Bring the list back; the window can be used meanwhile."""
        run(
            read_list(self._folder),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_read,
            on_failed=self._on_unreadable,
        )

    def choose(self, key: int) -> None:
        """Another photo is looked at."""
        self._chosen = key
        self._on_changed()

    def finish(self) -> None:
        """Write the last state before the program ends; photos under way go on next time."""
        if not self._armed:
            return
        self._armed = False
        try:
            self._file.write(self._list_of_now(ending=True))
        except OSError as error:
            self._messages.fail(error)

    def _on_read(self, kept: KeptList) -> None:
        keys = self._queue.restore(kept.photos, are_of_now=is_of_now(kept))
        self._armed = True
        if 0 <= kept.chosen < len(keys):
            self.restored.emit(keys[kept.chosen])
        paths = tuple(photo.path for photo in kept.photos)
        if paths:
            run(
                glances(paths),
                lane=Lane.FILES,
                owner=self,
                on_step=self._queue.take_glance,
                on_failed=self._messages.fail,
            )
        self._on_changed()
        self.ready.emit()

    def _on_unreadable(self, error: Exception) -> None:
        if not isinstance(error, NewerList):
            self._messages.fail(error)
        self.ready.emit()

    def _on_pasted(self, key: int) -> None:
        source = self._queue.source(key)
        if source is None:
            return
        run(
            keeping_pasted(self._folder, source),
            lane=Lane.FILES,
            owner=self,
            on_done=_Kept(self._queue, key),
            on_failed=self._messages.fail,
        )

    def _on_changed(self) -> None:
        if not self._armed:
            return
        self._changed = True
        if not self._pause.isActive():
            self._save_if_changed()

    def _save_if_changed(self) -> None:
        if not self._armed or not self._changed or self._writing:
            return
        self._changed, self._writing = False, True
        self._pause.start()
        self._on_its_way = self._list_of_now()
        run(
            self._file.writing(self._on_its_way),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_written,
            on_failed=self._on_unwritten,
        )

    def _list_of_now(self, *, ending: bool = False) -> KeptList:
        photos, chosen = self._queue.kept(self._chosen, ending=ending)
        return made_list(photos, chosen)

    def _on_written(self, _result: None) -> None:
        self._writing = False
        self.written.emit(self._on_its_way)
        if not self._pause.isActive():
            self._save_if_changed()

    def _on_unwritten(self, error: Exception) -> None:
        """Told once; the list is not kept from here on."""
        self._armed = self._writing = False
        self._messages.fail(error)


class _Kept:
    """Tells the queue where a pasted picture was kept."""

    def __init__(self, queue: PhotoQueue, key: int) -> None:
        self._queue, self._key = queue, key

    def __call__(self, file: Path) -> None:
        self._queue.set_kept_file(self._key, file)
