"""The read-out names the colour that is there, and the published difference of two colours."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from app.views.pixels import laid_on, picture_from_pixels
from app.views.read_out import ReadOutBar
from app.views.sampling import colour_at, read_out
from tests.app.views.pair_samples import filled


def test_the_colour_at_a_place() -> None:
    pixels = filled((10, 10, 10))
    pixels[20:30, 40:60] = (255, 0, 0)
    picture = picture_from_pixels(pixels)
    found = colour_at(picture, QPointF(50, 25))
    assert found is not None
    assert found.rgb == (255, 0, 0)
    assert found.lab == pytest.approx((53.24, 80.09, 67.20), abs=0.15)
    assert colour_at(picture, QPointF(10, 10)).rgb == (10, 10, 10)
    assert colour_at(picture, QPointF(-3, 10)) is None
    assert colour_at(picture, QPointF(10, 50.6)) is None


def test_nine_places_are_averaged() -> None:
    pixels = filled((0, 0, 0))
    pixels[:, 50:] = (90, 90, 90)
    assert colour_at(picture_from_pixels(pixels), QPointF(50, 25)).rgb == (60, 60, 60)


def test_a_laid_picture_is_read_where_it_is_seen() -> None:
    pixels = filled((0, 0, 0))
    pixels[10:20, 10:20] = (0, 200, 0)
    picture = picture_from_pixels(pixels)
    laid = laid_on(picture, np.array([[2.0, 0, 100], [0, 2.0, 50], [0, 0, 1]]), picture.area)
    assert colour_at(laid, QPointF(2 * 15 + 100, 2 * 15 + 50)).rgb == (0, 200, 0)
    assert colour_at(laid, QPointF(15, 15)) is None


def test_a_reading_tells_both_sides_and_their_difference() -> None:
    suspect, reference = (picture_from_pixels(filled(grey)) for grey in ((0,) * 3, (255,) * 3))
    reading = read_out(QPointF(50, 25), suspect, reference)
    assert reading.delta_e == pytest.approx(100.0, abs=0.1), "black to white"
    assert read_out(QPointF(50, 25), suspect, suspect).delta_e == 0
    assert read_out(QPointF(50, 25), None, reference).delta_e is None
    assert read_out(QPointF(500, 25), suspect, reference).suspect is None


def test_the_bar_says_place_colours_and_difference(qtbot) -> None:
    bar = ReadOutBar()
    qtbot.addWidget(bar)
    idle = bar.place.text()
    suspect, reference = (picture_from_pixels(filled(grey)) for grey in ((0,) * 3, (255,) * 3))
    bar.show_reading(read_out(QPointF(50.4, 25), suspect, reference))
    assert bar.place.text() == "x 50  y 25"
    assert "L 0.0" in bar.suspect.text()
    assert "L 100.0" in bar.reference.text()
    assert bar.delta.text().endswith("100.0")
    assert "100.0" in bar.accessibleDescription()
    bar.show_reading(read_out(QPointF(50.4, 25), suspect, reference), is_locked=True)
    assert bar.place.text() != "x 50  y 25"
    bar.show_reading(None)
    assert bar.place.text() == idle
    assert not bar.delta.text()
