"""What editors in a page share: keys of their own, which go before those of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Mapping


class KeyedEditor(QWidget):
    """Undo, and the keys of `keys`, each by the name of what it asks for; see `obey`.

    `undoes`: whether undo is its own business; else it is the window's.
    """

    undoes = True

    def __init__(self, keys: Mapping[Qt.Key, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys

    def obey(self, wish: str) -> None:
        """Do what a key asked for."""
        raise NotImplementedError

    def sequences(self) -> dict[str, QKeySequence]:
        """The first key of each wish."""
        found = {name: QKeySequence(key) for key, name in reversed(tuple(self._keys.items()))}
        if self.undoes:
            found["undo"] = QKeySequence(QKeySequence.StandardKey.Undo)
        return found

    def wish(self, event: QKeyEvent) -> str:
        """What a key asks for, "" for nothing."""
        if self.undoes and event.matches(QKeySequence.StandardKey.Undo):
            return "undo"
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return ""
        return self._keys.get(Qt.Key(event.key()), "")

    def keeps(self, event: QKeyEvent) -> bool:
        """Whether a key is none of the window's business here."""
        return bool(self.wish(event))

    @override
    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self.keeps(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        wish = self.wish(event)
        if wish:
            self.obey(wish)
        else:
            super().keyPressEvent(event)
