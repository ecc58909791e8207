"""A region drawn on one picture lies at the same print on the other; marks look like marks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.store import Opinion
from app.views.icons import paint_icon
from app.views.region_marks import (
    AddedRegion,
    Drawn,
    DrawnOn,
    both_places,
    crops_of,
    examined_scene,
    opinion_icon,
    photo_place,
    reference_place,
    region_line,
)
from app.views.scene import Mark, MarkKind, scene_from_inspection
from tests.app import laid_sample
from vision import Comparison, is_bent

CORNERS = tuple((float(x), float(y)) for x, y in laid_sample.corners(laid_sample.BLUE))
IN_PHOTO = tuple((float(x), float(y)) for x, y in laid_sample.on_photo(np.array(CORNERS)))


def compared() -> Comparison:
    comparison = laid_sample.inspection().comparison
    assert comparison is not None
    return comparison


def bowed() -> Comparison:
    """The same on a surface that bends: rows of the photo are pushed aside up to 30 pixels."""
    comparison = compared()
    height, width = comparison.judged.shape
    rows, columns = np.mgrid[0:height:8, 0:width:8].astype(np.float64)
    scale, (x0, y0) = comparison.frame_scale, comparison.frame_origin
    reference = np.stack(
        [x0 + (columns + 0.5) * scale - 0.5, y0 + (rows + 0.5) * scale - 0.5], axis=-1
    )
    photo = laid_sample.on_photo(reference.reshape(-1, 2)).reshape(reference.shape)
    photo[..., 0] += 30 * np.sin(np.pi * rows / height)
    return replace(comparison, places=photo.astype(np.float32))


def close(found: tuple, wanted: tuple, within: float = 0.3) -> bool:
    return np.abs(np.array(found) - np.array(wanted)).max() <= within


@pytest.mark.parametrize(
    ("on", "polygon"),
    [
        (DrawnOn.REFERENCE, CORNERS),
        (DrawnOn.ALIGNED, CORNERS),
        (DrawnOn.PHOTO, IN_PHOTO),
    ],
)
def test_what_is_drawn_on_one_picture_lies_on_the_other(on: DrawnOn, polygon: tuple) -> None:
    photo, reference = both_places(Drawn(on, polygon), compared(), is_laid=True)
    assert close(photo, IN_PHOTO)
    assert close(reference, CORNERS)


def test_bends_of_the_surface_are_followed_both_ways() -> None:
    comparison = bowed()
    assert is_bent(comparison)
    there = photo_place(comparison, CORNERS)
    assert not close(there, IN_PHOTO, 10)
    assert close(reference_place(comparison, there), CORNERS, 1.0)
    drawn = Drawn(DrawnOn.ALIGNED, CORNERS)
    assert close(both_places(drawn, comparison, is_laid=True)[0], there)


@pytest.mark.parametrize(
    ("on", "known"), [(DrawnOn.PHOTO, (True, False)), (DrawnOn.REFERENCE, (False, True))]
)
def test_without_an_alignment_a_region_lies_on_its_own_picture_alone(
    on: DrawnOn, known: tuple
) -> None:
    for comparison in (compared(), None):
        places = both_places(Drawn(on, CORNERS), comparison, is_laid=False)
        assert tuple(bool(place) for place in places) == known


def test_crops_show_the_place_in_both_pictures(qapp: object) -> None:
    """The square is blue on both sides of the sample."""
    crops = crops_of(compared(), CORNERS)
    assert crops is not None
    for image in (crops.suspect, crops.reference):
        middle = image.pixelColor(image.width() // 2, image.height() // 2)
        assert middle.blue() > 150
        assert middle.red() < 100
    assert crops_of(compared(), ()) is None


def test_a_scene_carries_opinions_and_added_regions(qapp: object) -> None:
    inspection = laid_sample.inspection()
    scene = scene_from_inspection(inspection)
    added = AddedRegion(1001, "+1", IN_PHOTO, CORNERS, Opinion.WEAR)
    seen = examined_scene(scene, inspection.comparison, {1: Opinion.LIGHTING}, [added])
    for marks, place in (
        (seen.photo_marks, IN_PHOTO),
        (seen.aligned_marks, CORNERS),
        (seen.reference_marks, CORNERS),
    ):
        (measured,) = [mark for mark in marks if mark.kind is MarkKind.REGION]
        (own,) = [mark for mark in marks if mark.kind is MarkKind.ADDED]
        assert measured.opinion is Opinion.LIGHTING
        assert (own.label, own.opinion) == ("+1", Opinion.WEAR)
        assert close(own.polygon, place)
    bare = examined_scene(seen, inspection.comparison, {}, [])
    assert bare.photo_marks == scene.photo_marks


def test_lines_tell_kinds_apart_without_colour() -> None:
    plain = Mark(MarkKind.REGION, CORNERS, 1)
    kinds = (
        plain,
        replace(plain, opinion=Opinion.WEAR),
        Mark(MarkKind.ADDED, CORNERS, 1001),
        Mark(MarkKind.WEAKEST, CORNERS, 1),
    )
    assert len({region_line(mark) for mark in kinds}) == len(kinds)


@pytest.mark.parametrize("opinion", list(Opinion))
def test_every_opinion_has_an_icon(qapp: object, opinion: Opinion) -> None:
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_icon(painter, opinion_icon(opinion), QRectF(0, 0, 24, 24), QColor("black"))
    painter.end()
    drawn = sum(image.pixelColor(x, y).alpha() > 100 for x in range(24) for y in range(24))
    assert drawn > 20
