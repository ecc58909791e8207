from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage

from app.views.pixels import picture_from_pixels
from app.views.scene import Mark, MarkKind, Scene
from app.views.side_by_side import SideBySideView
from app.views.theme import DIFFERS, PICTURE_GREY

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

# The offscreen screen says so of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def square(x: float, y: float, side: float) -> tuple[tuple[float, float], ...]:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def scene(*, compared: bool = True) -> Scene:
    """A blue photo of 200 x 100; the reference is green and half its size."""
    photo = picture_from_pixels(np.full((100, 200, 3), (0, 0, 200), np.uint8))
    thumbnail = QImage(2, 2, QImage.Format.Format_RGB32)
    if not compared:
        return Scene(photo, (), thumbnail)
    frame = picture_from_pixels(np.full((50, 100, 3), (0, 120, 0), np.uint8))
    return Scene(
        photo,
        (Mark(MarkKind.REGION, square(40, 40, 20), 1),),
        thumbnail,
        aligned=picture_from_pixels(np.full((50, 100, 3), (0, 0, 200), np.uint8)),
        reference=frame,
        reference_marks=(
            Mark(MarkKind.REGION, square(20, 20, 10), 1),
            Mark(MarkKind.REGION, square(70, 5, 10), 2),
        ),
        matrix=np.diag([0.5, 0.5, 1.0]),
    )


@pytest.fixture
def view(qtbot: QtBot) -> SideBySideView:
    made = SideBySideView()
    qtbot.addWidget(made)
    made.resize(804, 440)
    made.show()
    qtbot.waitExposed(made)
    return made


def painted(view: SideBySideView) -> tuple[QImage, QImage]:
    return view.suspect.grab().toImage(), view.reference.grab().toImage()


def middle(image: QImage) -> QColor:
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_empty_canvas_is_neutral_grey(view: SideBySideView) -> None:
    suspect, _ = painted(view)
    assert middle(suspect) == PICTURE_GREY
    assert PICTURE_GREY.red() == PICTURE_GREY.green() == PICTURE_GREY.blue()


def test_both_pictures_are_seen_whole_at_the_same_scale(view: SideBySideView) -> None:
    view.show_scene(scene(), ("Tea", "front"))
    suspect, reference = painted(view)
    assert middle(suspect).getRgb()[:3] == (0, 0, 200)
    assert middle(reference).getRgb()[:3] == (0, 120, 0)
    assert reference.pixelColor(2, 2) == PICTURE_GREY
    assert view.suspect.viewport is view.reference.viewport


def test_zoom_moves_both(view: SideBySideView) -> None:
    view.show_scene(scene())
    before = view.frame_viewport.scale
    view.zoom(2.0)
    assert view.frame_viewport.scale == pytest.approx(2 * before)
    point = QPointF(30, 20)
    assert view.suspect.to_screen(point) == view.reference.to_screen(point)


def test_a_region_comes_to_the_middle_of_both(view: SideBySideView) -> None:
    view.show_scene(scene())
    view.show_region(2)
    assert view.frame_viewport.centre == QPointF(75, 10)
    for canvas in (view.suspect, view.reference):
        place = canvas.to_screen(QPointF(75, 10))
        assert (place.x(), place.y()) == pytest.approx((canvas.width() / 2, canvas.height() / 2))


def test_outlines_are_painted_and_can_be_hidden(view: SideBySideView) -> None:
    view.show_scene(scene())
    spot = view.reference.to_screen(QPointF(25, 30)).toPoint()
    across = [spot + QPoint(0, by) for by in range(-2, 3)]  # the line may fall between two pixels
    shown = [painted(view)[1].pixelColor(at).getRgb()[:3] for at in across]
    view.set_marks_shown(False)
    assert painted(view)[1].pixelColor(spot).getRgb()[:3] == (0, 120, 0)
    wanted = DIFFERS.getRgb()[:3]
    assert min(max(abs(a - b) for a, b in zip(one, wanted, strict=True)) for one in shown) < 40


def test_as_taken_follows_through_the_alignment(view: SideBySideView) -> None:
    view.show_scene(scene())
    view.set_as_taken(True)
    assert view.is_as_taken
    assert view.suspect.viewport is not view.reference.viewport
    view.show_region(1)
    assert view.reference.viewport.centre == QPointF(25, 25)
    assert view.suspect.viewport.centre == QPointF(50, 50)
    view.set_as_taken(False)
    assert view.suspect.viewport is view.reference.viewport


def test_a_photo_alone_has_no_second_canvas(view: SideBySideView) -> None:
    view.show_scene(scene(compared=False))
    assert not view.reference.isVisible()
    assert view.is_as_taken
    view.show_scene(scene())
    assert view.reference.isVisible()


def test_clicking_a_region_tells_its_number(view: SideBySideView, qtbot: QtBot) -> None:
    view.show_scene(scene())
    spot = view.reference.to_screen(QPointF(25, 26)).toPoint()
    with qtbot.waitSignal(view.region_chosen) as told:
        qtbot.mouseClick(view.reference, Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == [1]
    assert view.reference.region_at(QPointF(2, 2)) == 0


def test_dragging_pans_and_double_click_fits(view: SideBySideView, qtbot: QtBot) -> None:
    view.show_scene(scene())
    fitted, scale = view.frame_viewport.centre, view.frame_viewport.scale
    start = QPoint(200, 200)
    qtbot.mousePress(view.suspect, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.suspect, start + QPoint(40, 0))
    qtbot.mouseRelease(view.suspect, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 0))
    assert view.frame_viewport.centre.x() == pytest.approx(fitted.x() - 40 / scale)
    qtbot.mouseDClick(view.reference, Qt.MouseButton.LeftButton)
    assert view.frame_viewport.centre == fitted


def test_arrow_keys_pan(view: SideBySideView, qtbot: QtBot) -> None:
    view.show_scene(scene())
    before = view.frame_viewport.centre.x()
    qtbot.keyClick(view.suspect, Qt.Key.Key_Right)
    assert view.frame_viewport.centre.x() > before


def test_the_pointer_is_shown_in_the_other_picture(view: SideBySideView, qtbot: QtBot) -> None:
    view.show_scene(scene())
    spot = view.suspect.to_screen(QPointF(50, 40)).toPoint()
    before = painted(view)[1].pixelColor(spot)
    qtbot.mouseMove(view.suspect, spot)
    view.suspect.pointed.emit(QPointF(50, 40))
    assert painted(view)[1].pixelColor(spot) != before


def test_canvases_have_accessible_names(view: SideBySideView) -> None:
    assert view.suspect.accessibleName()
    assert view.reference.accessibleName()
    assert view.suspect.accessibleName() != view.reference.accessibleName()
