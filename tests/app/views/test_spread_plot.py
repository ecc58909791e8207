"""The plot puts rings and diamond where their values lie, and says the same in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.views.spread_plot import SpreadPlot
from app.views.theme import AGREES, DIFFERS
from vision import Channel, Region

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QImage
    from pytestqt.qtbot import QtBot

WIDTH = 320
SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0))


def region(values: tuple[float, ...], measured: float = 1.0, spread: float = 0.5) -> Region:
    ratio = measured / spread
    return Region(
        1, Channel.COLOUR, SQUARE, SQUARE, measured, spread, ratio, "f" * 64, genuine_values=values
    )


@pytest.fixture
def plot(qtbot: QtBot) -> SpreadPlot:
    made = SpreadPlot()
    qtbot.addWidget(made)
    made.resize(WIDTH, 62)
    return made


def columns(image: QImage, colour: QColor) -> list[int]:
    """Where on the axis a colour is seen."""
    return [
        x
        for x in range(image.width())
        if any(
            abs(image.pixelColor(x, y).hue() - colour.hue()) < 8
            and image.pixelColor(x, y).saturation() > 120
            for y in range(30, 43)
        )
    ]


def test_the_diamond_stands_at_the_photo_and_the_band_ends_at_the_spread(plot: SpreadPlot) -> None:
    plot.show_region(region(()))
    image = plot.grab().toImage()
    orange, blue = columns(image, DIFFERS), columns(image, AGREES)
    assert sum(orange) / len(orange) == pytest.approx(WIDTH - 10, abs=3)
    assert max(blue) == pytest.approx(10 + (WIDTH - 20) / 2, abs=3)


def test_a_photo_within_the_spread_stands_within_the_band(plot: SpreadPlot) -> None:
    plot.show_region(region((), measured=0.25))
    orange = columns(plot.grab().toImage(), DIFFERS)
    assert sum(orange) / len(orange) == pytest.approx(WIDTH / 2, abs=3)


def test_each_genuine_item_has_a_ring(plot: SpreadPlot) -> None:
    plot.show_region(region((), spread=0.1))
    without = plot.grab().toImage()
    plot.show_region(region((0.4, 0.8), spread=0.1))
    image = plot.grab().toImage()
    for value in (0.4, 0.8):
        x = round(10 + (WIDTH - 20) * value)
        assert image.pixelColor(x - 4, 36) != without.pixelColor(x - 4, 36)
    assert image.pixelColor(150 + 60, 30) == without.pixelColor(150 + 60, 30)


def test_words_say_what_the_plot_shows(plot: SpreadPlot) -> None:
    plot.show_region(region((0.3, 0.1)))
    assert plot.accessibleName() == (
        "Photo: 1. Genuine spread here: 0.5. Genuine items one by one: 0.1, 0.3."
    )
    plot.show_region(None)
    assert plot.accessibleName() == ""
