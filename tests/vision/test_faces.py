"""A second face of a box is told from a part that was moved or stretched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, corners_of, frame_of, mask_of
from vision.align import fit_plane
from vision.bend import Bent, lay_bent
from vision.features import local_features

if TYPE_CHECKING:
    from vision.terms import Box, Pixels

WIDTH, HEIGHT = 560, 400
EDGE = 360  # where the second face begins
FRAME = frame_of(WIDTH, HEIGHT)
INSIDE = np.ones((HEIGHT, WIDTH), bool)
LEFT, RIGHT = np.s_[:, : EDGE - 40], np.s_[20:-20, EDGE + 30 : WIDTH - 20]


def _print() -> Pixels:
    return artwork(8, WIDTH, HEIGHT)


def _turned(pixels: Pixels, narrow: float) -> Pixels:
    """A photo in which what lies right of the edge turns away from the camera."""
    corners = corners_of(WIDTH - EDGE, HEIGHT).astype(np.float32)
    wide, high = (WIDTH - EDGE) * narrow, HEIGHT * (1 - narrow) * 0.12
    seen = np.array([(0, 0), (wide, high), (wide, HEIGHT - high), (0, HEIGHT)], np.float32) - 0.5
    face = cv2.warpPerspective(
        np.ascontiguousarray(pixels[:, EDGE:]),
        cv2.getPerspectiveTransform(corners, seen),
        (WIDTH - EDGE, HEIGHT),
        flags=cv2.INTER_AREA,
        borderValue=(90, 90, 90),
    )
    return np.hstack([pixels[:, :EDGE], face])


def _changed(pixels: Pixels, box: Box, matrix: list[list[float]]) -> Pixels:
    """A part of the print moved or stretched."""
    mask = mask_of(box, INSIDE.shape).astype(np.uint8)
    there = np.array(matrix, np.float64)
    moved = cv2.warpAffine(pixels, there, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC)
    return np.where(cv2.warpAffine(mask, there, (WIDTH, HEIGHT))[..., None] > 0, moved, pixels)


def _laid(photo: Pixels, reference: Pixels) -> Bent:
    fit = fit_plane(local_features(photo), local_features(reference))
    return lay_bent(photo, 1.0, fit, FRAME, reference, INSIDE)


def test_a_face_that_turns_away_is_not_seen() -> None:
    reference = _print()
    seen = _laid(_turned(reference, 0.7), reference).laid.seen
    assert seen[LEFT].mean() > 0.95
    assert seen[RIGHT].mean() < 0.15


def test_one_face_is_seen_whole() -> None:
    reference = _print()
    assert _laid(reference, reference).laid.seen[4:-4, 4:-4].all()


@pytest.mark.parametrize(
    "matrix",
    [[[1, 0, 13], [0, 1, 6]], [[1.12, 0, -0.12 * 210], [0, 1, 0]]],
    ids=["moved", "stretched"],
)
def test_a_part_that_was_changed_is_no_face(matrix: list[list[float]]) -> None:
    reference = _print()
    photo = _changed(reference, (120, 120, 300, 280), matrix)
    assert _laid(photo, reference).laid.seen[4:-4, 4:-4].all()
