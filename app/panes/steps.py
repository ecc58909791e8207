"""Undo and redo that say what they did; commands bear their names untranslated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.messages import Marked

if TYPE_CHECKING:
    from PySide6.QtGui import QUndoStack

    from app.messages import Messages


class Steps:
    """Goes back and forth on a stack of what was done."""

    def __init__(self, stack: QUndoStack, messages: Messages) -> None:
        self._stack, self._messages = stack, messages

    def undo(self) -> bool:
        """Take back what was done last; False where there is nothing."""
        if not self._stack.canUndo():
            return False
        said = Marked("acts", self._stack.undoText())
        self._stack.undo()
        self._messages.say(QT_TRANSLATE_NOOP("messages", "Undone: {act}"), act=said)
        return True

    def redo(self) -> bool:
        """Do again what was undone last; False where there is nothing."""
        if not self._stack.canRedo():
            return False
        said = Marked("acts", self._stack.redoText())
        self._stack.redo()
        self._messages.say(QT_TRANSLATE_NOOP("messages", "Redone: {act}"), act=said)
        return True
