"""A known length, rulers and distances, by mouse and keys on the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from app.panes.workbench import Choice
from app.views.viewing import ViewKind
from tests.journeys.test_getting_photos_in import drag_and_drop, mime_of_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.views.canvas import PictureCanvas
    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pair(qtbot: QtBot, window: Window, photo: Callable[[str], Path]) -> Window:
    """A photo that lies on its reference; both have 160 x 120 pixels."""
    window.start()
    drag_and_drop(window, mime_of_files(photo("differs-2.png"), photo("agrees.png")))
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (2, 2))
    return window


def on_screen(canvas: PictureCanvas, at: tuple[float, float]) -> QPoint:
    return canvas.to_screen(QPointF(*at)).toPoint()


def drag(canvas: PictureCanvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    QTest.mousePress(canvas, _LEFT, pos=on_screen(canvas, start))
    QTest.mouseMove(canvas, on_screen(canvas, end))
    QTest.mouseRelease(canvas, _LEFT, pos=on_screen(canvas, end))


def set_known(window: Window, millimetres: float) -> None:
    """100 pixels of the reference are so long."""
    QTest.keyClick(window, Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    drag(window.inspect.view.reference, (20, 60), (120, 60))
    bar = window.inspect.measuring.bar
    assert bar.length.isVisible()
    bar.length.lineEdit().selectAll()
    QTest.keyClicks(bar.length, f"{millimetres:.2f}")
    QTest.keyClick(bar.length, Qt.Key.Key_Return)


def millimetres(window: Window) -> float:
    return float(window.inspect.measuring.distance.removesuffix(" mm"))


def test_rulers_count_pixels_until_a_length_is_known(qtbot: QtBot, pair: Window) -> None:
    canvas = pair.inspect.view.reference
    assert canvas._ruler is None
    QTest.keyClick(pair, Qt.Key.Key_U)
    assert canvas._ruler.unit == "px"
    set_known(pair, 25.0)
    assert canvas._ruler.unit == "mm"
    assert canvas._ruler.px_per_mm == pytest.approx(4.0, rel=0.02)
    assert not pair.inspect.measuring.bar.isVisible()
    pair._book["undo"].trigger()
    assert canvas._ruler.unit == "px"
    pair._book["redo"].trigger()
    assert canvas._ruler.unit == "mm"
    QTest.keyClick(pair, Qt.Key.Key_U)
    assert canvas._ruler is None


def test_a_distance_is_the_same_at_every_zoom_and_in_every_view(qtbot: QtBot, pair: Window) -> None:
    set_known(pair, 25.0)
    pane = pair.inspect
    QTest.keyClick(pair, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    drag(pane.view.suspect, (40, 30), (80, 60))
    assert millimetres(pair) == pytest.approx(12.5, rel=0.03), "50 pixels, 4 of them a millimetre"
    before = pane.measuring.distance
    line = pane.view.reference._line
    for _ in range(3):
        QTest.keyClick(pair, Qt.Key.Key_Plus)
    pane.view.frame_viewport.pan_by(QPointF(37, -11))
    assert pane.measuring.distance == before
    assert pane.view.reference._line == line, "it lies on the same points of the picture"
    pane.view.choose(ViewKind.SWIPE)
    assert pane.view.swipe.canvas._line == line


def test_two_clicks_measure_too_and_escape_ends_it(qtbot: QtBot, pair: Window) -> None:
    pane = pair.inspect
    pane.actions_book["measure"].trigger()
    canvas = pane.view.reference
    for at in ((30, 20), (30, 90)):
        QTest.mouseClick(canvas, _LEFT, pos=on_screen(canvas, at))
    assert pane.measuring.distance == "70 px"
    assert pane.view.pointing.locked is None, "the clicks were not meant for the read-out"
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not pane.actions_book["measure"].isChecked()
    assert not pane.measuring.tool.is_in_hand
    QTest.mouseClick(canvas, _LEFT, pos=on_screen(canvas, (30, 20)))
    assert pane.measuring.distance == "", "nothing is measured any more"
    assert canvas._line is None


def test_the_length_holds_for_later_photos_of_the_side_and_after_a_restart(
    qtbot: QtBot, pair: Window, bench: FakeBench
) -> None:
    set_known(pair, 25.0)
    reference = pair.inspect.queue.found(
        pair.inspect.filmstrip.current_key
    ).inspection.comparison.reference.sha256
    qtbot.waitUntil(lambda: bench.workspace.known_length(reference) is not None)
    kept = bench.workspace.known_length(reference)
    assert kept.px_per_mm == pytest.approx(4.0, rel=0.02)
    pair.inspect.filmstrip.step(1)
    assert pair.inspect.view.suspect._ruler.px_per_mm == kept.px_per_mm
    again = pair.inspect
    again.measuring._known.clear()  # as when the program starts anew
    again.queue.again(again.filmstrip.current_key, Choice())
    qtbot.waitUntil(lambda: not again.queue.is_busy)
    assert again.view.suspect._ruler.px_per_mm == kept.px_per_mm


def test_a_photo_as_taken_is_ruled_in_its_own_pixels(qtbot: QtBot, pair: Window) -> None:
    set_known(pair, 25.0)
    pair.inspect.actions_book["as_taken"].setChecked(True)
    assert pair.inspect.view.suspect._ruler.unit == "px"
    assert pair.inspect.view.reference._ruler.unit == "mm"


def test_a_known_length_is_given_up_and_forgotten(qtbot: QtBot, pair: Window) -> None:
    set_known(pair, 25.0)
    pane = pair.inspect
    pane.actions_book["known_length"].trigger()
    pane.measuring.bar.leave_button.click()
    assert pane.measuring.ruler.unit == "mm"
    pane.actions_book["known_length"].trigger()
    assert pane.measuring.bar.forget_button.isVisible()
    pane.measuring.bar.forget_button.click()
    assert pane.measuring.ruler.unit == "px"
    assert not pane.actions_book["known_length"].isChecked()


def test_nothing_is_measured_where_nothing_is_laid_together(
    qtbot: QtBot, window: Window, photo: Callable[[str], Path]
) -> None:
    window.start()
    drag_and_drop(window, mime_of_files(photo("not_in_gallery.png")))
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (1, 1))
    book = window.inspect.actions_book
    assert not book["measure"].isEnabled()
    assert not book["known_length"].isEnabled()
    assert book["rulers"].isEnabled()
