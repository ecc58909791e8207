"""What others are measured on is what `inspect` itself compares."""

from __future__ import annotations

import numpy as np
import pytest

from tests.vision.samples import photo_of
from vision import UnknownSide
from vision.compare import laid_pair


def test_the_pair_is_what_inspect_compares(bench, gallery, tea):
    comparison = bench.say(tea.photo).comparison
    pair = laid_pair(tea.photo, gallery, product="tea", side="front")
    assert np.array_equal(pair.photo.pixels, comparison.aligned)
    assert np.array_equal(pair.references[0].pixels, comparison.reference_pixels)
    assert len(pair.references) == 4
    assert pair.inside.shape == pair.photo.seen.shape == comparison.judged.shape


def test_places_name_the_photo_pixel_that_is_shown(gallery, tea):
    pair = laid_pair(tea.photo, gallery, product="tea", side="front")
    height, width = pair.inside.shape
    rows, columns = np.mgrid[20 : height - 20 : 9, 20 : width - 20 : 9].reshape(2, -1)
    at = np.rint(pair.photo.places[rows, columns]).astype(int)
    shown = pair.photo.pixels[rows, columns].astype(float)
    apart = np.abs(shown - tea.photo.pixels[at[:, 1], at[:, 0]]).mean(axis=1)
    assert np.median(apart) < 5
    elsewhere = np.abs(shown - tea.photo.pixels[at[::-1, 1], at[::-1, 0]]).mean(axis=1)
    assert np.median(elsewhere) > 5 * np.median(apart)


def test_what_cannot_be_laid_is_none(gallery):
    blank = photo_of(np.full((600, 800, 3), 128, np.uint8))
    assert laid_pair(blank, gallery, product="tea") is None
    with pytest.raises(UnknownSide):
        laid_pair(blank, gallery, product="none")
