"""Colours as an instrument shows them: published CIELAB values, planted squares, known lights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.app.inspection_samples import comparison
from tests.vision.samples import artwork
from vision import colour_gap, lab_from_pixels

if TYPE_CHECKING:
    from vision.inspection import Comparison
    from vision.terms import Pixels


def _compared(suspect: Pixels, reference: Pixels) -> Comparison:
    judged = np.ones(suspect.shape[:2], bool)
    return replace(comparison(), aligned=suspect, reference_pixels=reference, judged=judged)


@pytest.mark.parametrize(
    ("rgb", "lab"),  # of the sRGB primaries under D65, as published
    [
        ((255, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 255, 0), (87.73, -86.18, 83.18)),
        ((0, 0, 255), (32.30, 79.19, -107.86)),
        ((255, 255, 255), (100.0, 0.0, 0.0)),
    ],
)
def test_lab_of_the_primaries(rgb, lab) -> None:
    found = lab_from_pixels(np.full((1, 1, 3), rgb, np.uint8))[0, 0]
    assert found == pytest.approx(lab, abs=0.15)


def test_lab_wants_colours() -> None:
    with pytest.raises(ValueError, match="uint8"):
        lab_from_pixels(np.zeros((2, 2), np.uint8))


@pytest.mark.parametrize("missing", [False, True])
def test_exactly_a_planted_square_differs(missing: bool) -> None:
    print_ = np.full((60, 80, 3), 200, np.uint8)
    altered = print_.copy()
    altered[20:30, 30:45] = (200, 40, 40)
    pair = (print_, altered) if missing else (altered, print_)
    gap = colour_gap(_compared(*pair))
    wanted = np.zeros((60, 80), bool)
    wanted[20:30, 30:45] = True
    assert ((gap > 20) == wanted).all()
    assert gap[~wanted].max() == 0


def test_a_print_that_lies_one_pixel_off_is_the_same() -> None:
    print_ = artwork(7, 120, 90)
    gap = colour_gap(_compared(print_[:-1, 1:], print_[:-1, :-1]), light_evened=False)
    assert gap[:, 1:-1].max() == 0


def test_another_light_is_taken_out_and_a_planted_mark_stays() -> None:
    print_ = np.random.default_rng(2).integers(60, 140, (50, 70, 3)).astype(np.uint8)
    linear = (print_ / 255.0) ** 2.2 * (1.4, 1.1, 0.8)
    lit = np.rint(255 * linear ** (1 / 2.2)).astype(np.uint8)
    lit[10:20, 10:20] = (20, 20, 230)
    even, raw = (colour_gap(_compared(lit, print_), light_evened=on) for on in (True, False))
    elsewhere = np.ones((50, 70), bool)
    elsewhere[8:22, 8:22] = False
    assert np.median(raw[elsewhere]) > 6
    assert even[elsewhere].max() < 3
    assert even[11:19, 11:19].min() > 10
