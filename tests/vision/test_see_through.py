"""A transparent part of a picture is print that is missing, not light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.vision.samples import artwork
from vision.evidence.layer import layer_of
from vision.see_through import missing_print
from vision.spread import ChannelMaps, Evidence

if TYPE_CHECKING:
    from vision.evidence.layer import Layer
    from vision.terms import Pixels

SHAPE = (96, 128)
WHOLE = np.ones(SHAPE, bool)
HOLE = (slice(30, 60), slice(40, 80))


def _evidence() -> Evidence:
    blank = np.zeros(SHAPE, np.float32)
    return Evidence(ChannelMaps(blank, blank, blank, blank), np.full(SHAPE, 0.2, np.float32), blank)


def _layers(genuine: Pixels, hole: tuple[slice, slice]) -> tuple[Layer, Layer]:
    photo, seen = genuine.copy(), np.ones(SHAPE, bool)
    photo[hole] = 255
    return layer_of(photo, seen, None), layer_of(genuine, seen, None)


def test_print_that_is_missing_there_differs_for_sure() -> None:
    photo, genuine = _layers(artwork(3, SHAPE[1], SHAPE[0]), HOLE)
    found = missing_print(_evidence(), photo, [genuine], WHOLE)
    assert (found.total[HOLE] == 2.0).mean() > 0.95
    assert (found.seen[HOLE] == 1.0).mean() > 0.95
    outside = np.ones(SHAPE, bool)
    outside[HOLE] = False
    assert (found.total[outside] == 0).all()
    assert (found.seen[outside] == np.float32(0.2)).all()


def test_white_paper_may_be_transparent() -> None:
    paper = artwork(3, SHAPE[1], SHAPE[0])
    paper[HOLE] = 250
    photo, genuine = _layers(paper, HOLE)
    assert (missing_print(_evidence(), photo, [genuine], WHOLE).total == 0).all()


def test_one_reference_without_print_there_is_enough_to_say_nothing() -> None:
    photo, genuine = _layers(artwork(3, SHAPE[1], SHAPE[0]), HOLE)
    assert (missing_print(_evidence(), photo, [genuine, photo], WHOLE).total == 0).all()


def test_a_picture_that_was_cut_out_misses_no_print_around_the_product() -> None:
    """Its edge, laid a little beside the outline, is no more than the rest of what was cut away."""
    inside = np.zeros(SHAPE, bool)
    inside[12:84, 16:112] = True
    photo, genuine = _layers(artwork(3, SHAPE[1], SHAPE[0]), (slice(0, 18), slice(0, SHAPE[1])))
    found = missing_print(_evidence(), photo, [genuine], inside)
    assert (found.total == 0).all()
    assert (found.seen == np.float32(0.2)).all()
