"""Taking a photo off the list, as one step that can be undone and done again."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QUndoCommand
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from app.messages import Messages
    from app.models.photos import PhotoRow
    from app.panes.photo_queue import PhotoQueue

_ACT = QT_TRANSLATE_NOOP("acts", "photo taken off the list")


class PhotoRemoval(QUndoCommand):
    """Calling it takes this one removal back, also when others were done since."""

    def __init__(self, queue: PhotoQueue, key: int, stack: QUndoStack) -> None:
        super().__init__(str(_ACT))  # said in the language of the moment
        # Weakly: the stack keeps this, and a circle of them is destroyed twice.
        self._queue, self._key, self._stack = queue, key, weakref.proxy(stack)
        self._taken: tuple[int, PhotoRow] | None = None
        self._at = stack.index() + 1

    @override
    def redo(self) -> None:
        self._taken = self._queue.take_off(self._key)

    @override
    def undo(self) -> None:
        if self._taken is not None:
            self._queue.put_back(*self._taken)
            self._taken = None

    def __call__(self) -> None:
        """Take it back; over the stack where it is the last step there."""
        if self._taken is not None and self._stack.index() == self._at:
            self._stack.undo()
        else:
            self.undo()


def remove_photo(queue: PhotoQueue, key: int, stack: QUndoStack, messages: Messages) -> None:
    """Take a photo out of the list; the file stays where it is, and it can be undone."""
    row = queue.row(key)
    if row is None:
        return
    removal = PhotoRemoval(queue, key, stack)
    stack.push(removal)
    messages.say(
        QT_TRANSLATE_NOOP("messages", "“{name}” was taken off the list; the file is untouched."),
        undo=removal,
        name=row.name,
    )
