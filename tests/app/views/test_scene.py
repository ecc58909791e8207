"""What is painted over a picture lies on the same detail in the photo and in the reference."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QImage

from app.views.pixels import picture_from_pixels
from app.views.scene import MarkKind, Scene, scene_from_inspection
from app.views.side_by_side import SideBySideView
from tests.app import laid_sample
from vision import Outcome, ReasonCode, Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.views.canvas import PictureCanvas

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def view(qtbot: QtBot) -> SideBySideView:
    made = SideBySideView()
    qtbot.addWidget(made)
    made.resize(1404, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


def scene(outcome: Outcome = Outcome.DIFFERS, *, sharp: bool = True) -> Scene:
    reference = picture_from_pixels(laid_sample.reference_pixels()) if sharp else None
    return scene_from_inspection(laid_sample.inspection(outcome), reference)


def painted(canvas: PictureCanvas) -> np.ndarray:
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)


def canvases(view: SideBySideView) -> Iterator[PictureCanvas]:
    """Photo laid on the reference, reference, photo as taken."""
    yield view.suspect
    yield view.reference
    view.set_as_taken(True)
    yield view.suspect


def share_in_common(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


@pytest.mark.parametrize("sharp", [True, False], ids=["own pixels", "pixels of the frame"])
def test_hatching_covers_the_unjudged_square_and_nothing_else(
    view: SideBySideView, sharp: bool
) -> None:
    view.show_scene(scene(sharp=sharp))
    view.set_marks_shown(False)
    for canvas in canvases(view):
        view.set_hatch_shown(False)
        bare = painted(canvas)
        black = bare.max(axis=2) < 100
        assert black.sum() > 1000
        view.set_hatch_shown(True)
        hatched = np.abs(painted(canvas) - bare).max(axis=2) > 20
        assert share_in_common(black, hatched) > 0.9


def test_outlines_run_round_the_square_that_differs(view: SideBySideView) -> None:
    view.show_scene(scene())
    view.set_hatch_shown(False)
    for canvas in canvases(view):
        view.set_marks_shown(False)
        bare = painted(canvas)
        blue = (bare[..., 2] > 200) & (bare[..., 0] < 60)
        view.set_marks_shown(True)
        changed = np.abs(painted(canvas) - bare).max(axis=2) > 20
        rows, columns = np.nonzero(blue)
        height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
        deep = blue.copy()
        for by in range(1, 7):
            for axis in (0, 1):
                deep &= np.roll(blue, by, axis) & np.roll(blue, -by, axis)
        about = np.zeros_like(blue)
        for by in range(-6, 7):
            about |= np.roll(blue, by, 0) | np.roll(blue, by, 1)
        ring = about & ~deep
        assert ring[changed].sum() > 3 * (height + width), "the line goes all the way round"
        badge = 30
        lower_right = np.s_[rows.min() + badge : rows.max() + 40, columns.min() + badge :]
        far = changed[lower_right] & ~about[lower_right]
        middle = changed[rows.min() + badge : rows.max() - 8, columns.min() + badge : -8]
        assert not (
            middle & deep[rows.min() + badge : rows.max() - 8, columns.min() + badge : -8]
        ).any()
        outline_of_product = 0.02 * far.size
        assert far.sum() < outline_of_product


def test_zones_are_marked_where_they_lie_in_every_picture() -> None:
    inspection = laid_sample.inspection(Outcome.DIFFERS)
    (x0, y0), (x1, y1) = (20.0, 30.0), (60.0, 50.0)
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    comparison = inspection.comparison
    zones = tuple(Zone(kind, corners, comparison.reference.sha256, "seal") for kind in ZoneKind)
    marked = replace(inspection, comparison=replace(comparison, zones=zones))
    made = scene_from_inspection(marked)
    back = np.linalg.inv(comparison.alignment.matrix)
    mapped = np.column_stack([corners, np.ones(4)]) @ back.T
    for marks, places in (
        (made.aligned_marks, np.array(corners)),
        (made.reference_marks, np.array(corners)),
        (made.photo_marks, mapped[:, :2] / mapped[:, 2:]),
    ):
        found = [mark for mark in marks if mark.kind is MarkKind.ZONE]
        assert [mark.zone for mark in found] == list(zones)
        for mark in found:
            assert np.array(mark.polygon) == pytest.approx(places, abs=1.0)
    reason = replace(inspection.reason, code=ReasonCode.ZONE_HIDDEN)
    unfit = scene_from_inspection(replace(marked, outcome=Outcome.PHOTO_UNFIT, reason=reason))
    assert [mark.zone.kind for mark in unfit.photo_marks if mark.zone] == [ZoneKind.MUST_MATCH]


def test_crops_show_the_same_square() -> None:
    (crops,) = scene().crops
    for crop in (crops.suspect, crops.reference):
        middle = crop.pixelColor(crop.width() // 2, crop.height() // 2)
        corner = crop.pixelColor(3, 3)
        assert (middle.blue(), middle.red() < 60) == (255, True)
        assert min(corner.getRgb()[:3]) > 200


def test_the_weakest_place_is_found_where_the_excess_is() -> None:
    found = scene(Outcome.AGREES)
    assert found.weakest >= 1
    for marks, square in (
        (found.reference_marks, laid_sample.corners(laid_sample.BLUE)),
        (found.aligned_marks, laid_sample.corners(laid_sample.BLUE)),
        (found.photo_marks, laid_sample.on_photo(laid_sample.corners(laid_sample.BLUE))),
    ):
        first = next(m for m in marks if m.kind is MarkKind.WEAKEST and m.number == 1)
        polygon = np.array(first.polygon)
        middle = square.mean(axis=0)
        assert (polygon.min(axis=0) < middle).all()
        assert (polygon.max(axis=0) > middle).all()


def test_nothing_is_marked_on_a_photo_that_could_not_be_laid_on() -> None:
    found = scene(Outcome.CANNOT_ALIGN)
    assert found.aligned is None
    assert found.reference is not None
    assert (found.hatch, found.photo_hatch, found.regions, found.matrix) == (None, None, (), None)
    assert not [m for m in found.photo_marks if m.kind is MarkKind.REGION]


def test_an_unfit_photo_is_shown_alone() -> None:
    found = scene(Outcome.PHOTO_UNFIT)
    assert (found.aligned, found.reference, found.regions, found.weakest) == (None, None, (), 0)


def test_photo_and_reference_apart_are_both_seen_whole(view: SideBySideView) -> None:
    view.show_scene(scene(Outcome.CANNOT_ALIGN))
    for canvas, width in ((view.suspect, 1000), (view.reference, 900)):
        assert canvas.isVisible()
        assert canvas.viewport.scale * width <= canvas.width()
        assert canvas.viewport.scale * width > canvas.width() / 2
    before = view.suspect.viewport.scale, view.reference.viewport.scale
    view.zoom(2.0)
    assert (view.suspect.viewport.scale, view.reference.viewport.scale) == pytest.approx(
        (2 * before[0], 2 * before[1])
    )


def test_a_sharper_photo_takes_the_place_of_the_first_and_nothing_moves(
    view: SideBySideView,
) -> None:
    view.show_scene(scene())
    view.set_marks_shown(False)
    view.zoom(2.0)
    place, before = view.frame_viewport.centre, painted(view.suspect)
    whole = laid_sample.photo().pixels
    view.sharpen(picture_from_pixels(whole[::2, ::2], scale=2.0))
    assert view.frame_viewport.centre == place
    after = painted(view.suspect)
    assert np.abs(after - before).max() > 60, "it is the other picture"
    dark = [image.max(axis=2) < 100 for image in (before, after)]
    assert share_in_common(*dark) > 0.85


def test_going_to_a_large_region_never_makes_the_picture_smaller(view: SideBySideView) -> None:
    view.show_scene(scene())
    whole = view.frame_viewport.scale
    view.resize(500, 400)
    view.fit()
    assert view.frame_viewport.scale < whole
    fitted = view.frame_viewport.scale
    view.show_region(1)
    assert view.frame_viewport.scale >= fitted
