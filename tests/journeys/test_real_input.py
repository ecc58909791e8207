"""One piece of work with a real keyboard and mouse: nothing is called, only keys and clicks sent.

`make screen` runs this on an X server of its own; elsewhere it is skipped.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton

from app.store import Opinion
from app.views.viewing import ViewKind
from tests.journeys.real_hands import WHEEL_UP, RealHands
from tests.journeys.test_regions import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.views.canvas import PictureCanvas
    from app.window import Window

_REQUIRED = "TOUCHSTONE_REAL_INPUT"  # set where a skip is to be a failure


def lacking(reason: str) -> None:
    if os.environ.get(_REQUIRED):
        pytest.fail(reason)
    pytest.skip(f"{reason}; `make screen` runs this on a screen of its own")


@pytest.fixture
def hands(qapp: QApplication) -> Iterator[RealHands]:
    if QGuiApplication.platformName() != "xcb":
        lacking(f"real input needs an X server, this is {QGuiApplication.platformName()}")
    try:
        made = RealHands()
    except OSError as error:
        lacking(f"real input cannot be sent: {error}")
    interval = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)  # these hands click here and there faster than any person
    yield made
    qapp.setDoubleClickInterval(interval)
    made.close()


def middle_of(button: QToolButton) -> QPoint:
    return button.mapToGlobal(button.rect().center())


def on_screen(canvas: PictureCanvas, x: float, y: float) -> QPoint:
    return canvas.mapToGlobal(canvas.to_screen(QPointF(x, y)).toPoint())


def button_of(window: Window, name: str, book: str = "inspect") -> QToolButton:
    action = window.inspect.actions_book[name] if book == "inspect" else window._book[name]
    found = [one for one in window.findChildren(QToolButton) if one.defaultAction() is action]
    return next(one for one in found if one.isVisible())


def give_focus(qtbot: QtBot, window: Window) -> None:
    """What a window manager does; a bare X server has none."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


class Typist:
    """Types a path into the dialog for files once it is there, and presses Enter."""

    def __init__(self, hands: RealHands, path: Path) -> None:
        self._hands, self._path = hands, path
        self.has_typed = False
        self._timer = QTimer()
        self._timer.setInterval(50)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def _on_time(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and dialog.isActiveWindow() and not self.has_typed:
            self.has_typed = True
            self._timer.stop()
            self._hands.type(str(self._path))
            self._hands.press("Return")


def test_a_piece_of_work_by_keyboard_and_mouse(
    qtbot: QtBot, hands: RealHands, window: Window, photo: Callable[[str], Path]
) -> None:
    pane, view = window.inspect, window.inspect.view
    file = photo("differs-4.png")
    window.move(0, 0)
    give_focus(qtbot, window)

    # a file is opened
    typist = Typist(hands, file)
    hands.press_control("o")
    qtbot.waitUntil(lambda: typist.has_typed and settled(window, 1))
    assert [row.name for row in pane.queue.model.rows] == [file.name]
    assert pane.findings.card.title == "Differs"
    give_focus(qtbot, window)

    # its regions are stepped through, marked and noted
    hands.press("n")
    qtbot.waitUntil(lambda: pane.regions.current == 1)
    hands.press("1")
    qtbot.waitUntil(lambda: pane.regions.rows[0].opinion is Opinion.REAL_DIFFERENCE)
    hands.press("e")
    qtbot.waitUntil(pane.findings.region_card.note.hasFocus)
    hands.type("Seal 2 mm low, n1")
    hands.press("Return")
    qtbot.waitUntil(lambda: pane.regions.rows[0].finding.note == "Seal 2 mm low, n1")
    hands.press("n")
    qtbot.waitUntil(lambda: pane.regions.current == 2)
    hands.click(middle_of(pane.findings.region_card.buttons[2]))
    qtbot.waitUntil(lambda: pane.regions.rows[1].opinion is Opinion.WEAR)

    # the wheel zooms at the pointer, dragging moves the picture
    hands.press("f")
    qtbot.waitUntil(lambda: view.is_fitted)
    scale, at = view.frame_viewport.scale, on_screen(view.reference, 60, 50)
    hands.click(at, WHEEL_UP)
    hands.click(at, WHEEL_UP)
    qtbot.waitUntil(lambda: view.frame_viewport.scale > scale * 1.2)
    after = on_screen(view.reference, 60, 50)
    assert (after - at).manhattanLength() <= 3
    centre = view.frame_viewport.centre
    hands.drag(at, at + QPoint(40, 25))
    qtbot.waitUntil(lambda: (on_screen(view.reference, 60, 50) - at).manhattanLength() >= 55)
    assert view.frame_viewport.centre != centre

    # a region is drawn, taken back by key and done again
    hands.press("f")
    hands.press("a")
    qtbot.waitUntil(lambda: view.reference.is_armed and view.is_fitted)
    hands.drag(on_screen(view.reference, 90, 70), on_screen(view.reference, 120, 90))
    qtbot.waitUntil(lambda: len(pane.regions.rows) == 5)
    corners = pane.regions.rows[-1].finding.reference_polygon
    assert [
        pytest.approx(corner, abs=1) for corner in ((90, 70), (120, 70), (120, 90), (90, 90))
    ] == (list(corners))
    hands.press_control("z")
    qtbot.waitUntil(lambda: len(pane.regions.rows) == 4)
    hands.press("z", "Control_L", "Shift_L")
    qtbot.waitUntil(lambda: len(pane.regions.rows) == 5)

    # other views and places, by key and by button
    hands.press("w")
    qtbot.waitUntil(lambda: view.kind is ViewKind.SWIPE and view.swipe.isVisible())
    hands.click(middle_of(button_of(window, "view_difference")))
    qtbot.waitUntil(lambda: view.kind is ViewKind.DIFFERENCE)
    hands.click(middle_of(button_of(window, "gallery", "window")))
    qtbot.waitUntil(window.gallery.isVisible)
    hands.press_control("1")
    qtbot.waitUntil(pane.isVisible)
    assert view.kind is ViewKind.DIFFERENCE

    hands.press_control("q")
    qtbot.waitUntil(lambda: not window.isVisible())
