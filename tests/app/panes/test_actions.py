from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from app.panes.actions import ActionBook

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_key_that_is_also_the_standard_one_is_taken_once(qtbot: QtBot) -> None:
    """Twice in one action, Qt finds it ambiguous, and neither does anything."""
    owner = QWidget()
    qtbot.addWidget(owner)
    standard = QKeySequence.StandardKey.Copy
    same = QKeySequence(standard).toString()
    action = ActionBook(owner).add("copy", print, icon_name="copy", keys=(same, standard, "C"))
    assert [key.toString() for key in action.shortcuts()] == [same, "C"]
