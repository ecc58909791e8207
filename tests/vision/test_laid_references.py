"""The references behind a comparison lie on its frame, or are not shown at all."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from vision import laid_references, sharp_reference


def test_every_reference_lies_on_the_pixels_of_the_comparison(bench, gallery, tea) -> None:
    comparison = bench.say(tea.photo).comparison
    laid = laid_references(comparison, gallery)
    assert len(laid) == len(gallery.of_side("tea", "front")) == 4
    assert laid[0].reference == comparison.reference
    assert np.array_equal(laid[0].pixels, comparison.reference_pixels)
    for each in laid[1:]:
        there = each.seen & comparison.judged
        moved = np.roll(comparison.reference_pixels, 9, axis=1)
        here, elsewhere = (
            np.corrcoef(each.pixels[there].ravel(), other[there].ravel())[0, 1]
            for other in (comparison.reference_pixels, moved)
        )
        assert here > elsewhere + 0.2


def test_a_side_that_has_changed_gives_none(bench, gallery, tea) -> None:
    comparison = bench.say(tea.photo).comparison
    moved = replace(comparison, frame_origin=(comparison.frame_origin[0] + 5, 0.0))
    assert laid_references(moved, gallery) == ()
    other = replace(comparison, reference=replace(comparison.reference, sha256="0" * 64))
    assert laid_references(other, gallery) == ()


def test_a_reference_is_laid_sharply_where_it_belongs(bench, gallery, tea) -> None:
    comparison = bench.say(tea.photo).comparison
    coarse = laid_references(comparison, gallery)
    for number in (1, 3, 5, -1):
        sharp = sharp_reference(comparison, gallery, number)
        assert (sharp.number, sharp.count) == (number % 4, 4)
        assert sharp.reference == coarse[number % 4].reference
        assert sharp.scale < 0.8 * comparison.frame_scale
        height, width = comparison.aligned.shape[:2]
        size = width, height
        span = np.array(sharp.pixels.shape[1::-1]) * sharp.scale
        assert span == pytest.approx(np.array(size) * comparison.frame_scale, rel=0.01)
        assert sharp.origin == pytest.approx(comparison.frame_origin, abs=1.0)
        small = cv2.resize(sharp.pixels, size, interpolation=cv2.INTER_AREA)
        there = coarse[number % 4].seen & comparison.judged
        assert np.abs(small[there].astype(int) - coarse[number % 4].pixels[there]).mean() < 6


def test_no_reference_is_laid_on_a_side_that_has_changed(bench, gallery, tea) -> None:
    comparison = bench.say(tea.photo).comparison
    other = replace(comparison, reference=replace(comparison.reference, sha256="0" * 64))
    assert sharp_reference(other, gallery, 1) is None
