"""What must be seen in a window of 1366 by 768, where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt

from tests.journeys.test_regions import key, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window


def row_is_seen(window: Window, number: int) -> bool:
    """Whether the whole row of a region is within what the list's surroundings show."""
    panel = window.inspect.findings
    index = panel.regions.index(panel.regions.place_of(number))
    row = panel.region_list.visualRect(index)
    room = panel._scroll.viewport()
    corner = panel.region_list.viewport().mapTo(room, row.topLeft())
    return room.rect().contains(QRect(corner, row.size()))


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_the_row_of_the_region_that_is_looked_at_is_not_hidden_by_its_card(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    steps: int,
) -> None:
    drop(photo("differs-4.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    for _ in range(steps):
        key(qtbot, window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: row_is_seen(window, steps))
    assert window.inspect.findings.region_card.isVisible()
