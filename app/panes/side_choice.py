"""Choosing product, side or alignment by hand, as one step that can be undone and done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QUndoCommand
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.panes.photo_queue import PhotoQueue
    from app.panes.workbench import Choice

_BY_HAND = QT_TRANSLATE_NOOP("acts", "product and side chosen by hand")
_PINS = QT_TRANSLATE_NOOP("acts", "alignment by hand")
_AUTOMATIC = QT_TRANSLATE_NOOP("acts", "back to the automatic choice")


class SideChoice(QUndoCommand):
    """The photo is compared anew at once, also when this is undone.

    Args:
        queue: inspects.
        key: of the photo.
        after: what to compare it with and how it lies; a blank choice leaves both to the program.
        show: brings the photo into view, for going back and forth.
    """

    def __init__(
        self, queue: PhotoQueue, key: int, after: Choice, show: Callable[[int], None]
    ) -> None:
        before = queue.choice(key)
        act = _BY_HAND if after.is_by_hand else _AUTOMATIC
        if after.pinned != before.pinned and after.pinned is not None:
            act = _PINS
        super().__init__(str(act))  # said in the language of the moment
        self._queue, self._key, self._show = queue, key, show
        self._before, self._after = before, after
        self._is_new = True

    @override
    def redo(self) -> None:
        self._queue.again(self._key, self._after)
        if not self._is_new:
            self._show(self._key)
        self._is_new = False

    @override
    def undo(self) -> None:
        self._queue.again(self._key, self._before)
        self._show(self._key)
