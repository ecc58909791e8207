from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.views.viewport import LEAST_SCALE, MOST_SCALE, Bridge, Viewport, mapped


@pytest.fixture
def viewport(qapp: object) -> Viewport:
    return Viewport()


def on_screen(viewport: Viewport, point: QPointF) -> QPointF:
    return (point - viewport.centre) * viewport.scale


def test_zoom_keeps_the_anchor_where_it_is(viewport: Viewport) -> None:
    viewport.show(QPointF(100, 50), 2.0)
    anchor = QPointF(130, 20)
    before = on_screen(viewport, anchor)
    viewport.zoom_at(1.7, anchor)
    after = on_screen(viewport, anchor)
    assert viewport.scale == pytest.approx(3.4)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_zoom_is_bounded(viewport: Viewport) -> None:
    viewport.zoom_at(1e9, QPointF(5, 5))
    assert viewport.scale == MOST_SCALE
    viewport.zoom_at(1e-9, QPointF(5, 5))
    assert viewport.scale == LEAST_SCALE


def test_pan_moves_by_screen_pixels(viewport: Viewport) -> None:
    viewport.show(QPointF(0, 0), 4.0)
    viewport.pan_by(QPointF(8, -20))
    assert viewport.centre == QPointF(-2, 5)


def test_fit_shows_all_of_the_area(viewport: Viewport) -> None:
    viewport.fit(QRectF(-0.5, -0.5, 200, 100), QSizeF(100, 100))
    assert viewport.centre == QPointF(99.5, 49.5)
    assert 0.45 < viewport.scale < 0.5
    viewport.fit(QRectF(), QSizeF(10, 10))
    assert viewport.centre == QPointF(99.5, 49.5)


def test_changes_are_told_once(viewport: Viewport) -> None:
    told: list[int] = []
    viewport.changed.connect(lambda: told.append(1))
    viewport.show(QPointF(3, 4), 2.0)
    viewport.show(QPointF(3, 4), 2.0)
    assert told == [1]


def test_mapped_by_a_similarity(qapp: object) -> None:
    doubled = np.array([[2.0, 0, 5], [0, 2, 7], [0, 0, 1]])
    point, stretch = mapped(doubled, QPointF(10, 20))
    assert point == QPointF(25, 47)
    assert stretch == pytest.approx(2.0)


def test_mapped_stretch_is_that_of_small_steps(qapp: object) -> None:
    tilted = np.array([[1.1, 0.1, 5], [-0.05, 0.9, 7], [0.0004, -0.0002, 1]])
    at, step = QPointF(120, 80), 1e-3
    here, stretch = mapped(tilted, at)
    right, _ = mapped(tilted, at + QPointF(step, 0))
    down, _ = mapped(tilted, at + QPointF(0, step))
    across = (right - here) / step
    along = (down - here) / step
    area = abs(across.x() * along.y() - across.y() * along.x())
    assert stretch**2 == pytest.approx(area, rel=1e-3)


def test_bridge_keeps_both_on_the_same_place(qapp: object) -> None:
    photo, frame = Viewport(), Viewport()
    matrix = np.array([[0.5, 0, 10], [0, 0.5, -4], [0, 0, 1.0]])
    bridge = Bridge(photo, frame, matrix)
    photo.show(QPointF(100, 40), 1.0)
    assert frame.centre == QPointF(60, 16)
    assert frame.scale == pytest.approx(2.0)
    frame.show(QPointF(110, 46), 4.0)
    assert photo.centre == QPointF(200, 100)
    assert photo.scale == pytest.approx(2.0)
    bridge.end()
    photo.show(QPointF(0, 0), 1.0)
    assert frame.centre == QPointF(110, 46)
