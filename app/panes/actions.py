"""Everything a person can do in a pane: one action each, with its key, for menus and tool bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.views.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class _Entry:
    action: QAction
    icon_name: str


class ActionBook:
    """The actions of one pane by name; words come from the pane's own `reword`."""

    def __init__(self, owner: QWidget) -> None:
        self._owner = owner
        self._entries: dict[str, _Entry] = {}

    def __getitem__(self, name: str) -> QAction:
        return self._entries[name].action

    def add(
        self,
        name: str,
        slot: Callable[..., object],
        *,
        icon_name: str,
        keys: tuple[str | QKeySequence.StandardKey, ...] = (),
        checked: bool | None = None,
    ) -> QAction:
        """Make an action; one that can be on or off gets `checked` and tells the new state."""
        action = QAction(self._owner)
        action.setObjectName(name)
        named = {QKeySequence(key).toString(): QKeySequence(key) for key in keys}
        action.setShortcuts(list(named.values()))  # one named twice would count as ambiguous
        action.setIcon(icon(icon_name))
        if checked is None:
            action.triggered.connect(slot)
        else:
            action.setCheckable(True)
            action.setChecked(checked)
            action.toggled.connect(slot)
        self._entries[name] = _Entry(action, icon_name)
        return action

    def add_menu(self, name: str, entries: tuple[str, ...], *, icon_name: str) -> None:
        """Put actions into a menu of their own, which is an entry of another menu."""
        menu = QMenu(self._owner)
        for entry in entries:
            menu.addAction(self[entry])
        action = menu.menuAction()
        action.setIcon(icon(icon_name))
        self._entries[name] = _Entry(action, icon_name)

    def reword(self, texts: dict[str, str]) -> None:
        """Give every action its words; the tool tip adds the key."""
        for name, text in texts.items():
            action = self[name]
            action.setText(text)
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            plain = text.replace("&", "").rstrip("…")
            action.setToolTip(f"{plain} ({key})" if key else plain)

    def shorten(self, texts: dict[str, str]) -> None:
        """Give actions the word or two that stand beside their icons in a tool bar."""
        for name, text in texts.items():
            self[name].setIconText(text)

    def redraw(self) -> None:
        """Draw the icons anew, in the colours of now."""
        for entry in self._entries.values():
            entry.action.setIcon(icon(entry.icon_name))

    def set_active(self, is_active: bool, *, except_for: tuple[str, ...] = ()) -> None:
        """Show the actions in menus and listen to their keys, or not, as the pane comes or goes."""
        for name, entry in self._entries.items():
            entry.action.setVisible(is_active or name in except_for)

    def button(self, name: str) -> QToolButton:
        """A tool button for an action."""
        button = QToolButton()
        button.setDefaultAction(self[name])
        button.setAutoRaise(True)
        button.setIconSize(button.iconSize().expandedTo(button.iconSize() * 1.15))
        return button
