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
    found = missing_print(_evidence(), photo, [genuine])
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
    assert (missing_print(_evidence(), photo, [genuine]).total == 0).all()


def test_one_reference_without_print_there_is_enough_to_say_nothing() -> None:
    photo, genuine = _layers(artwork(3, SHAPE[1], SHAPE[0]), HOLE)
    assert (missing_print(_evidence(), photo, [genuine, photo]).total == 0).all()
