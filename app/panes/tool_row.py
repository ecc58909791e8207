"""Named buttons in a row above a page or an editor; icons follow the colours of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from app.views.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


class ToolRow(QWidget):
    """The buttons stand from the left.

    Args:
        icons: of each button, by its name, in their order.
        gap_after: names behind which some room is left.
        by_tab: a click leaves the focus where it is, for editors that listen to keys.
    """

    def __init__(
        self,
        icons: Mapping[str, str],
        *,
        gap_after: Collection[str] = (),
        by_tab: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self.buttons = {name: QToolButton() for name in icons}
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(4)
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            if by_tab:
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.line.addWidget(button)
            if name in gap_after:
                self.line.addSpacing(12)
        self.line.addStretch(1)
        self._draw_icons()

    def connect_to(self, acts: Mapping[str, Callable[[], object]]) -> None:
        """Say what each button does."""
        for name, act in acts.items():
            self.buttons[name].clicked.connect(act)

    def reword(
        self, words: Mapping[str, str], keys: Mapping[str, QKeySequence] | None = None
    ) -> None:
        """Word the buttons; a key stands in the tool tip."""
        for name, button in self.buttons.items():
            key = (keys or {}).get(name, QKeySequence())
            told = key.toString(QKeySequence.SequenceFormat.NativeText)
            button.setText(words[name])
            button.setToolTip(f"{words[name]} ({told})" if told else words[name])

    def _draw_icons(self) -> None:
        for name, button in self.buttons.items():
            button.setIcon(icon(self._icons[name]))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()
        super().changeEvent(event)
