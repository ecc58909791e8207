"""The key card: every action with its keys, as the actions themselves say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QAction, QKeyEvent

Lines = tuple[tuple[str, str], ...]
Groups = tuple[tuple[str, Lines], ...]
_COLUMNS: Final = 4
_MNEMONIC: Final = re.compile(r"\(&\w\)|&")
_ROOM: Final = 40  # pixels that stay of the window around the card


class KeyCard(QDialog):
    """Shown over the window; the same key, Escape or a click on the window closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._groups: tuple[tuple[str, Lines], ...] = ()
        self._inside = QWidget()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._inside)
        self._scroll = scroll
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 8, 8, 8)
        outer.addWidget(scroll)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Every action on the card with its keys, in words."""
        return [line for _, lines in self._groups for line in lines]

    def toggle(self, menus: Iterable[QMenu], zone_keys: Lines, pin_keys: Lines) -> None:
        """Show the actions of these menus and the keys of the editors; a second call closes."""
        if self.isVisible():
            self.close()
            return
        self._groups = (
            *_groups_of(menus),
            (self.tr("Drawing zones"), _merged(zone_keys)),
            (self.tr("Setting pins"), _merged(pin_keys)),
            (self.tr("In the picture"), self._mouse_lines()),
        )
        self._fill()
        self.show()
        self.activateWindow()

    def _mouse_lines(self) -> Lines:
        return (
            (self.tr("Zoom at the pointer"), self.tr("Wheel")),
            (self.tr("Move the picture"), self.tr("Drag, arrows")),
            (self.tr("Fit the whole picture"), self.tr("Double click")),
            (self.tr("Close what is being drawn"), self.tr("Enter")),
            (self.tr("Take the last corner back"), self.tr("Backspace")),
            (self.tr("Put the pencil down"), self.tr("Esc")),
        )

    def _fill(self) -> None:
        self.setWindowTitle(self.tr("Keys"))
        self._inside = QWidget()
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(28)
        for column in _in_columns(self._groups, _COLUMNS):
            stack = QVBoxLayout()
            stack.setSpacing(10)
            for title, lines in column:
                stack.addLayout(_group(title, lines))
            stack.addStretch(1)
            row.addLayout(stack, 1)
        self._scroll.setWidget(self._inside)
        wanted = self._inside.sizeHint()
        room = self._over.size()
        width = min(wanted.width() + 40, room.width() - _ROOM)
        self.resize(width, min(wanted.height() + 30, room.height() - _ROOM))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1 or event.text() == "?":
            self.close()
        else:
            super().keyPressEvent(event)


def _group(title: str, lines: Lines) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    head = QLabel(title)
    head.setObjectName("section")
    grid.addWidget(head, 0, 0, 1, 2)
    for place, (text, keys) in enumerate(lines, 1):
        shown, name = QLabel(keys), QLabel(text)
        shown.setObjectName("key")
        grid.addWidget(shown, place, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(name, place, 1)
    return grid


def _in_columns(groups: Groups, count: int) -> list[list[tuple[str, Lines]]]:
    """Groups over columns of about the same length, in their order within each.

    The longest is placed first, each in the column that is shortest so far.
    """
    columns: list[list[int]] = [[] for _ in range(count)]
    lengths = [2 + len(lines) for _, lines in groups]
    for place in sorted(range(len(groups)), key=lambda place: (-lengths[place], place)):
        min(columns, key=lambda column: sum(lengths[one] for one in column)).append(place)
    filled = sorted(sorted(column) for column in columns)
    return [[groups[place] for place in column] for column in filled]


def _groups_of(menus: Iterable[QMenu]) -> Groups:
    """A group for each menu; one that is an entry of another follows it."""
    found: Groups = ()
    for menu in menus:
        within = [inner for one in menu.actions() if isinstance(inner := one.menu(), QMenu)]
        own = (_plain(menu.title()), _lines_of(menu.actions()))
        found = (*found, *((own,) if own[1] else ()), *_groups_of(within))
    return found


def _lines_of(actions: Sequence[QAction]) -> Lines:
    """The keys that do something here; those of other places are told there."""
    here = (one for one in actions if one.isVisible() and one.shortcuts())
    return tuple((_plain(one.text()), _keys_of(one)) for one in here)


def _merged(lines: Lines) -> Lines:
    """One line for each text, with all of its keys."""
    keys: dict[str, list[str]] = {}
    for text, key in lines:
        keys.setdefault(text, []).append(key)
    return tuple((text, "  ".join(each)) for text, each in keys.items())


def _keys_of(action: QAction) -> str:
    shown = QKeySequence.SequenceFormat.NativeText
    return "  ".join(dict.fromkeys(key.toString(shown) for key in action.shortcuts()))


def _plain(text: str) -> str:
    return _MNEMONIC.sub("", text).rstrip("…")
