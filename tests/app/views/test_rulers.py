from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QImage, QPainter

from app.views.rulers import ROOM, Line, Ruler, paint_line, paint_rulers, step_of, ticks


@pytest.mark.parametrize(
    ("px_a_unit", "scale", "step"),
    [
        (1.0, 1.0, 100.0),
        (1.0, 64.0, 1.0),
        (10.0, 1.0, 10.0),
        (10.0, 10.0, 1.0),
        (12.0, 0.05, 200.0),
    ],
)
def test_figures_stand_apart_and_are_round(px_a_unit: float, scale: float, step: float) -> None:
    found, parts = step_of(px_a_unit, scale)
    assert found == pytest.approx(step)
    assert found * px_a_unit * scale >= 64.0 - 1e-6
    assert parts in (4, 5, 10)


def test_marks_are_counted_from_zero() -> None:
    found = ticks(-0.5, 1.6, 1.0, 5)
    assert [round(value, 6) for value, _ in found] == [
        *(-0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6),
    ]
    assert [value for value, has_figure in found if has_figure] == [0.0, 1.0]


def test_a_distance_is_told_in_millimetres_once_they_are_known() -> None:
    start, end = QPointF(10, 20), QPointF(310, 420)
    assert Ruler().length_words(start, end) == "500 px"
    assert Ruler(10.0).length_words(start, end) == "50.00 mm"
    assert Ruler(2.0).length_words(start, end) == "250.0 mm"


def painted(zero: QPointF, scale: float, ruler: Ruler) -> QImage:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(0xFF777777)
    painter = QPainter(image)
    paint_rulers(painter, QRectF(0, 0, 400, 300), ruler, zero, scale, QFont())
    painter.end()
    return image


def long_ticks(image: QImage) -> list[int]:
    """Where along the upper ruler a mark reaches nearly through it, beside the figures."""
    lowest = ROOM - 3
    light = [x for x in range(ROOM, 400) if image.pixelColor(x, lowest).lightness() > 220]
    return [x for x in light if image.pixelColor(x, 5).lightness() > 220]


def test_the_figures_stand_where_the_pixels_are(qapp: object) -> None:
    """At 8 screen pixels a millimetre, a figure stands every 10 mm, 80 screen pixels apart."""
    found = long_ticks(painted(QPointF(30.0, 40.0), 2.0, Ruler(4.0)))
    assert [x for x in (30, 110, 190, 270, 350) if any(abs(x - f) <= 1 for f in found)] == [
        *(30, 110, 190, 270, 350)
    ]


def test_zooming_moves_the_marks_with_the_picture(qapp: object) -> None:
    before = painted(QPointF(30.0, 40.0), 2.0, Ruler(4.0))
    after = painted(QPointF(50.0, 40.0), 2.0, Ruler(4.0))
    assert long_ticks(before)[0] + 20 in [x + d for x in long_ticks(after) for d in (-1, 0, 1)]


def test_a_measured_line_ends_where_it_was_drawn(qapp: object) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(0xFF000000)
    painter = QPainter(image)
    line = Line(QPointF(20, 50), QPointF(180, 50))
    paint_line(painter, line, lambda point: point, QFont())
    painter.end()
    row = [x for x in range(200) if image.pixelColor(x, 50).lightness() > 200]
    assert (row[0], row[-1]) == (pytest.approx(19, abs=1), pytest.approx(180, abs=1))
