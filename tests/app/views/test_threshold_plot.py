"""The line goes where it is dragged or sent by keys; what it gets wrong stands out; words agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from app.views.theme import AGREES, DIFFERS
from app.views.threshold_plot import ThresholdPlot

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QImage
    from pytestqt.qtbot import QtBot

GENUINE = (0.1, 0.2, 0.2, 0.3, 0.9)
FALSE = (0.4, 1.0, 1.1)


@pytest.fixture
def plot(qtbot: QtBot) -> ThresholdPlot:
    made = ThresholdPlot()
    qtbot.addWidget(made)
    made.resize(600, 260)
    made.show_values(GENUINE, FALSE, promised=0.8, threshold=0.5)
    made.show()
    return made


def told(plot: ThresholdPlot) -> list[float]:
    heard: list[float] = []
    plot.threshold_moved.connect(heard.append)
    return heard


def full_share(image: QImage, colour: QColor, x: float) -> float:
    """Of the pixels in one hue around a place, the share in its full strength."""
    ratio = image.devicePixelRatio()
    seen = [
        image.pixelColor(column, row)
        for column in range(int((x - 5) * ratio), int((x + 5) * ratio))
        for row in range(int(60 * ratio), int(210 * ratio))
    ]
    tinted = [
        each for each in seen if each.saturation() > 30 and abs(each.hue() - colour.hue()) < 8
    ]
    full = [each for each in tinted if each.saturation() >= colour.saturation() - 8]
    return len(full) / len(tinted)


def test_places_and_values_are_each_others_inverse(plot: ThresholdPlot) -> None:
    for value in (*GENUINE, *FALSE):
        assert plot.value_at(plot.x_of(value)) == pytest.approx(value)
    assert plot.value_at(-100.0) == pytest.approx(plot.span[0])
    assert plot.value_at(9_000.0) == pytest.approx(plot.span[1])


def test_every_value_and_both_lines_lie_on_the_axis(plot: ThresholdPlot) -> None:
    low, high = plot.span
    assert all(low < value < high for value in (*GENUINE, *FALSE, 0.8, 0.5))


def test_equal_values_and_none_at_all_make_an_axis(plot: ThresholdPlot) -> None:
    for genuine in ((), (0.0,), (2.0, 2.0)):
        plot.show_values(genuine, (), promised=0.0, threshold=0.0)
        low, high = plot.span
        assert low < high
        plot.grab()


def test_the_line_follows_the_mouse_and_tells_on_the_way(qtbot: QtBot, plot: ThresholdPlot) -> None:
    heard = told(plot)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(plot, left, pos=QPoint(round(plot.x_of(0.5)), 120))
    for value in (0.6, 0.7):
        qtbot.mouseMove(plot, QPoint(round(plot.x_of(value)), 120))
        qtbot.waitUntil(lambda value=value: plot.threshold == pytest.approx(value, abs=0.003))
    qtbot.mouseRelease(plot, left, pos=QPoint(round(plot.x_of(0.7)), 120))
    assert heard[-1] == plot.threshold
    assert len(heard) >= 2


def test_arrows_move_the_line_a_little_and_pages_more(qtbot: QtBot, plot: ThresholdPlot) -> None:
    heard = told(plot)
    low, high = plot.span
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.threshold == pytest.approx(0.5 + (high - low) / 200)
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert plot.threshold == pytest.approx(0.5 - 9 * (high - low) / 200)
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert plot.threshold == high
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.threshold == high, "it does not leave the axis"
    assert len(heard) == 3, "what does not move is not told"


def test_a_line_that_is_put_elsewhere_is_not_told_as_moved(plot: ThresholdPlot) -> None:
    heard = told(plot)
    plot.set_threshold(0.7)
    assert plot.threshold == 0.7
    assert heard == []


def test_what_the_line_gets_wrong_is_said(plot: ThresholdPlot) -> None:
    assert "1 of 5 genuine" in plot.accessibleName()
    assert "1 of 3 values known to differ" in plot.accessibleName()
    plot.set_threshold(0.95)
    assert "0 of 5 genuine" in plot.accessibleName()


def test_a_value_at_the_line_is_no_alarm(plot: ThresholdPlot) -> None:
    plot.set_threshold(0.9)
    assert "0 of 5 genuine" in plot.accessibleName()


@pytest.mark.parametrize(("value", "colour"), [(0.9, AGREES), (0.4, DIFFERS)])
def test_what_the_line_gets_wrong_is_stronger_in_colour(
    plot: ThresholdPlot, value: float, colour: QColor
) -> None:
    wrong = full_share(plot.grab().toImage(), colour, plot.x_of(value))
    plot.set_threshold(plot.span[1] if colour is AGREES else plot.span[0])
    right = full_share(plot.grab().toImage(), colour, plot.x_of(value))
    assert right < 0.5 < wrong
