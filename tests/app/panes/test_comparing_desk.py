"""All views of the desk see one spot; what is chosen stays chosen; nothing drifts."""

from __future__ import annotations

import weakref
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QWidget

from app import tasks
from app.panes.actions import ActionBook
from app.panes.comparing_desk import ComparingDesk
from app.panes.view_tools import ViewTools
from app.views.contact_sheet import sheet_picture
from app.views.pixels import picture_from_pixels
from app.views.viewing import PictureChannel, Viewing, ViewKind
from tests.app.views.pair_samples import BLUE, GREEN, comparison_of, filled, rgb, scene
from vision import LaidReference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.views.canvas import PictureCanvas
    from vision import Comparison

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("nothing_left_over"),
]

YELLOW = (220, 200, 20)
SINGLE = (
    ViewKind.SWIPE,
    ViewKind.BLINK,
    ViewKind.ONION_SKIN,
    ViewKind.DIFFERENCE,
    ViewKind.HEAT_MAP,
)


def sheet_of(comparison: Comparison):
    """The reference itself, and one that is yellow."""
    yield
    laid = [
        LaidReference(comparison.reference, pixels, comparison.judged)
        for pixels in (comparison.reference_pixels, filled(YELLOW))
    ]
    return tuple(sheet_picture(each, comparison) for each in laid)


def nothing_laid(_comparison: Comparison):
    yield
    return ()


def compared() -> Comparison:
    return comparison_of(filled(BLUE), filled(GREEN))


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[ComparingDesk]:
    made = ComparingDesk(sheet_of)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitExposed(made)
    made.show_scene(scene(compared()), ("Tea", "front"))
    yield made
    assert tasks.stop(20)


def place(desk: ComparingDesk) -> tuple[float, float, float]:
    viewport = desk.frame_viewport
    return viewport.centre.x(), viewport.centre.y(), viewport.scale


def canvas_of(desk: ComparingDesk, kind: ViewKind) -> PictureCanvas:
    desk.choose(kind)
    shown = desk.pages.shown
    assert shown.isVisible()
    return shown.canvases[0] if kind is not ViewKind.SIDE_BY_SIDE else desk.suspect


def test_switching_moves_nothing(qtbot: QtBot, desk: ComparingDesk) -> None:
    desk.frame_viewport.show(QPointF(31.25, 17.5), 3.7)
    before = place(desk)
    for kind in (*ViewKind, *reversed(ViewKind)):
        desk.choose(kind)
        qtbot.wait(1)
        assert place(desk) == before, kind


def test_switching_right_after_fitting_moves_nothing(qtbot: QtBot, desk: ComparingDesk) -> None:
    desk.fit()
    qtbot.wait(1)
    before = place(desk)
    for kind in (*ViewKind, ViewKind.SIDE_BY_SIDE):
        desk.choose(kind)
        qtbot.wait(1)
        assert place(desk) == before, kind


def test_a_window_resized_in_another_view_moves_nothing_when_coming_back(
    qtbot: QtBot, desk: ComparingDesk
) -> None:
    desk.choose(ViewKind.SWIPE)
    desk.frame_viewport.show(QPointF(31.25, 17.5), 3.7)
    desk.resize(700, 500)
    qtbot.wait(1)
    before = place(desk)
    desk.choose(ViewKind.SIDE_BY_SIDE)
    qtbot.wait(1)
    assert place(desk) == before == (31.25, 17.5, 3.7)


def test_every_single_view_paints_a_point_at_the_same_place(desk: ComparingDesk) -> None:
    desk.frame_viewport.show(QPointF(40, 20), 5.0)
    places = set()
    for kind in SINGLE:
        canvas = canvas_of(desk, kind)
        spot = canvas.mapTo(desk, canvas.to_screen(QPointF(33, 12)))
        places.add((spot.x(), spot.y()))
    assert len(places) == 1


def test_zooming_in_one_view_is_seen_in_all(desk: ComparingDesk) -> None:
    canvas = canvas_of(desk, ViewKind.BLINK)
    canvas.viewport.zoom_at(2.0, QPointF(10, 10))
    seen = place(desk)
    for kind in SINGLE:
        assert canvas_of(desk, kind).viewport is desk.frame_viewport
    assert place(desk) == seen


def test_stepping_through_regions_goes_to_the_same_spot_in_every_view(desk: ComparingDesk) -> None:
    for kind in ViewKind:
        desk.choose(kind)
        desk.show_region(1)
        assert desk.frame_viewport.centre == QPointF(15, 15)
        desk.show_region(2)
        assert desk.frame_viewport.centre == QPointF(75, 35)


def test_fit_fits_the_view_that_is_seen(desk: ComparingDesk) -> None:
    desk.choose(ViewKind.SWIPE)
    desk.fit()
    canvas = desk.swipe.canvas
    assert desk.frame_viewport.scale == pytest.approx(0.96 * canvas.width() / 100)
    desk.choose(ViewKind.SIDE_BY_SIDE)
    desk.fit()
    assert desk.frame_viewport.scale == pytest.approx(0.96 * desk.suspect.width() / 100)


def test_blink_stops_when_another_view_is_chosen(desk: ComparingDesk) -> None:
    desk.choose(ViewKind.BLINK)
    assert desk.blink.is_running
    desk.choose(ViewKind.SWIPE)
    assert not desk.blink.is_running


def test_a_photo_that_is_not_laid_is_shown_side_by_side_and_the_choice_is_kept(
    desk: ComparingDesk,
) -> None:
    desk.choose(ViewKind.ONION_SKIN)
    desk.show_scene(scene(is_laid=False))
    assert desk.kind is ViewKind.SIDE_BY_SIDE
    assert desk.side_by_side.isVisible()
    desk.show_scene(scene(compared()))
    assert desk.kind is ViewKind.ONION_SKIN
    assert desk.onion_skin.isVisible()
    assert not desk.side_by_side.isVisible()


def test_a_channel_is_seen_in_both_pictures(qtbot: QtBot, desk: ComparingDesk) -> None:
    desk.choose_channel(PictureChannel.BLUE)
    assert desk.viewing == Viewing(ViewKind.SIDE_BY_SIDE, PictureChannel.BLUE)

    def middle(canvas: PictureCanvas) -> tuple[int, int, int]:
        return rgb(canvas.grab().toImage(), canvas.width() / 2, canvas.height() / 2)

    qtbot.waitUntil(lambda: middle(desk.suspect) == (200, 200, 200))
    assert middle(desk.reference) == (0, 0, 0)
    desk.choose(ViewKind.SWIPE)
    image = desk.swipe.canvas.grab().toImage()
    assert rgb(image, desk.swipe.canvas.handle - 30, image.height() / 2) == (200, 200, 200)
    assert rgb(image, desk.swipe.canvas.handle + 30, image.height() / 2) == (0, 0, 0)
    desk.choose(ViewKind.HEAT_MAP)
    assert desk.channel is PictureChannel.COLOUR, "what is measured is measured on the colours"
    desk.choose(ViewKind.SIDE_BY_SIDE)
    assert middle(desk.suspect) == (200, 200, 200)


def test_the_sheet_shows_the_suspect_and_every_reference(qtbot: QtBot, desk: ComparingDesk) -> None:
    sharp = picture_from_pixels(filled(BLUE, 200, 400), scale=0.25)
    desk.show_scene(replace(scene(compared()), aligned=sharp))
    desk.frame_viewport.show(QPointF(50, 25), 2.0)
    desk.choose(ViewKind.CONTACT_SHEET)
    qtbot.waitUntil(lambda: len(desk.sheet.canvases) == 3)
    colours = []
    for cell in desk.sheet.canvases:
        image = cell.grab().toImage()
        colours.append(rgb(image, cell.width() / 2, cell.height() / 2))
    assert colours == [BLUE, GREEN, YELLOW]
    assert len({cell.size().toTuple() for cell in desk.sheet.canvases}) == 1
    assert len({cell.picture_width for cell in desk.sheet.canvases}) == 1, "as fine as each other"
    assert "2" in desk.sheet.caption.text()
    before = place(desk)
    cell = desk.sheet.canvases[2]
    cell.viewport.zoom_at(2.0, QPointF(50, 25))
    assert desk.frame_viewport.scale == pytest.approx(2 * before[2])
    assert desk.frame_viewport.centre == QPointF(50, 25)


def test_a_sheet_that_cannot_be_had_says_what_to_do(qtbot: QtBot) -> None:
    desk = ComparingDesk(nothing_laid)
    qtbot.addWidget(desk)
    desk.resize(900, 600)
    desk.show()
    desk.show_scene(scene(compared()))
    desk.choose(ViewKind.CONTACT_SHEET)
    waiting = desk.sheet.caption.text()
    qtbot.waitUntil(lambda: desk.sheet.caption.text() != waiting)
    assert "press R" in desk.sheet.caption.text()
    assert len(desk.sheet.canvases) == 2
    assert tasks.stop(20)


def test_pointing_reads_both_colours_and_a_click_locks_them(
    qtbot: QtBot, desk: ComparingDesk
) -> None:
    desk.choose(ViewKind.SWIPE)
    canvas, bar = desk.swipe.canvas, desk.pointing.bar
    desk.fit()
    spot = canvas.to_screen(QPointF(60, 25)).toPoint()
    canvas.pointed.emit(QPointF(60, 25))
    assert bar.reading is not None
    assert bar.reading.suspect.rgb == BLUE
    assert bar.reading.reference.rgb == GREEN
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot)
    assert desk.pointing.locked is not None
    assert (desk.pointing.locked - QPointF(60, 25)).manhattanLength() < 1
    locked = bar.reading
    canvas.pointed.emit(QPointF(5, 5))
    canvas.pointed.emit(None)
    assert bar.reading is locked or bar.reading == locked
    before = canvas.grab().toImage()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot)
    assert desk.pointing.locked is None
    assert canvas.grab().toImage() != before, "the ring is gone"


def test_a_double_click_fits_and_locks_nothing(qtbot: QtBot, desk: ComparingDesk) -> None:
    desk.choose(ViewKind.ONION_SKIN)
    canvas = desk.onion_skin.canvas
    desk.zoom(3.0)
    at = QPoint(canvas.width() // 2, canvas.height() // 2)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert desk.pointing.locked is None
    assert desk.frame_viewport.scale == pytest.approx(canvas.fitting_scale())


def test_a_point_of_the_photo_as_taken_is_told_in_reference_pixels(desk: ComparingDesk) -> None:
    desk.set_as_taken(True)
    desk.suspect.pointed.emit(QPointF(120, 60))
    assert desk.pointing.bar.reading is not None
    assert (desk.pointing.bar.reading.x, desk.pointing.bar.reading.y) == (60, 30)


def test_a_photo_alone_is_read_in_its_own_pixels(desk: ComparingDesk) -> None:
    desk.show_scene(scene(is_laid=False))
    desk.suspect.pointed.emit(QPointF(150, 60))
    reading = desk.pointing.bar.reading
    assert reading is not None
    assert (reading.x, reading.y) == (150, 60)
    assert reading.suspect.rgb == BLUE
    assert reading.reference is None
    desk.suspect.place_clicked.emit(QPointF(150, 60))
    desk.pointing.toggle_lock()
    assert desk.pointing.locked is None


def test_the_loupe_shows_both_pictures_beside_the_cursor(desk: ComparingDesk) -> None:
    desk.choose(ViewKind.DIFFERENCE)
    canvas, loupe = desk.difference.canvas, desk.pointing.loupe
    canvas.pointed.emit(QPointF(60, 25))
    assert not loupe.isVisible()
    desk.pointing.set_loupe_wanted(True)
    canvas.pointed.emit(QPointF(60, 25))
    assert loupe.isVisible()
    image = loupe.grab().toImage()
    assert rgb(image, loupe.width() * 0.25 + 20, loupe.height() / 2 + 20) == BLUE
    assert rgb(image, loupe.width() * 0.75 + 20, loupe.height() / 2 + 20) == GREEN
    assert desk.pages.rect().contains(loupe.geometry())
    canvas.pointed.emit(None)
    assert not loupe.isVisible()


def test_the_loupe_never_leaves_the_pictures(desk: ComparingDesk) -> None:
    desk.pointing.set_loupe_wanted(True)
    canvas = canvas_of(desk, ViewKind.SWIPE)
    for x, y in ((1, 1), (canvas.width() - 2, 1), (canvas.width() - 2, canvas.height() - 2)):
        canvas.pointed.emit(canvas.to_picture(QPointF(x, y)))
        loupe = desk.pointing.loupe.geometry()
        assert desk.pages.rect().contains(loupe)
        assert not loupe.contains(canvas.mapTo(desk.pages, QPoint(x, y)))


def test_a_sharper_photo_replaces_the_picture_and_nothing_moves(desk: ComparingDesk) -> None:
    desk.choose(ViewKind.SWIPE)
    desk.frame_viewport.show(QPointF(40, 20), 5.0)
    before = place(desk)
    sharp = scene(comparison_of(filled((0, 0, 90)), filled(GREEN))).aligned
    assert sharp is not None
    desk.sharpen(replace(sharp, width=200.0, height=100.0, scale=2.0))
    assert place(desk) == before


def test_the_tools_offer_what_can_be_done(qtbot: QtBot, desk: ComparingDesk) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    book = ActionBook(owner)
    for name in (
        *("previous_region", "next_region", "as_taken", "unjudged", "outlines"),
        *("add_region", "zoom_out", "zoom_in", "fit", "real_pixels", "rulers", "measure"),
        "search_region",
    ):
        book.add(name, print, icon_name="fit")
    tools = ViewTools(book, desk)
    qtbot.addWidget(tools)
    book["view_swipe"].trigger()
    assert desk.kind is ViewKind.SWIPE
    assert book["view_swipe"].isChecked()
    assert book["turn_swipe"].isEnabled()
    before = desk.swipe.canvas.handle
    book["more"].trigger()
    assert desk.swipe.canvas.handle > before
    book["view_contact_sheet"].trigger()
    assert not book["more"].isEnabled()
    book["view_heat_map"].trigger()
    assert not tools.channel_box.isEnabled()
    desk.choose(ViewKind.BLINK)
    assert book["view_blink"].isChecked()
    book["next_channel"].trigger()
    assert desk.channel is PictureChannel.RED
    assert tools.channel_box.currentIndex() == 1
    book["previous_channel"].trigger()
    book["previous_channel"].trigger()
    assert desk.channel is PictureChannel.EDGES
    book["lock_point"].trigger()
    assert desk.pointing.locked is not None
    assert book["lock_point"].isChecked()
    book["lock_point"].trigger()
    assert desk.pointing.locked is None
    assert not book["lock_point"].isChecked()
    desk.show_scene(scene(is_laid=False))
    assert not book["view_blink"].isEnabled()
    assert book["view_side_by_side"].isChecked()
    desk.show_scene(None)
    assert not book["view_side_by_side"].isEnabled()


def test_views_that_are_not_seen_let_go_of_the_photo_before(
    qtbot: QtBot, desk: ComparingDesk
) -> None:
    """Memory for pictures is bounded: a hidden view must not hold one that was let go."""
    for kind in ViewKind:
        desk.choose(kind)
    before = desk.swipe.canvas._picture
    assert before is not None
    desk.choose(ViewKind.BLINK)
    desk.show_scene(scene(comparison_of(filled(BLUE), filled(GREEN))))
    for view in (desk.swipe, desk.onion_skin, desk.difference, desk.heat_map):
        assert view.canvas._picture is None
        assert view.canvas._pair is None
    gone = weakref.ref(before)
    del before
    qtbot.waitUntil(lambda: gone() is None)
