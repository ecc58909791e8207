"""The references behind a comparison lie on its frame, or are not shown at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vision import laid_references


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
