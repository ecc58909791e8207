from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from vision.pictures import read
from vision.quality import blur_of, cannot_judge, faults
from vision.terms import FaultKind, Photo

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared"
COVERS = Path(os.environ.get("TOUCHSTONE_SHARED", _BESIDE)) / "eval" / "smvs_dvd_covers" / "images"


def label(width=800, height=600, seed=0):
    """A printed label: many sharp strokes in all directions, and text, on a light ground."""
    rng = np.random.default_rng(seed)
    image = np.full((height, width, 3), 225, np.uint8)
    for _ in range(160):
        start, end = (tuple(int(v) for v in rng.integers(0, (width, height))) for _ in range(2))
        ink = tuple(int(v) for v in rng.integers(10, 200, 3))
        cv2.line(image, start, end, ink, int(rng.integers(1, 7)))
    for row in range(6):
        at = (20, 60 + 95 * row)
        cv2.putText(image, f"Lot {row}74 Genuine", at, cv2.FONT_HERSHEY_SIMPLEX, 2, (20, 20, 20), 4)
    return cv2.GaussianBlur(image, (0, 0), 0.6)


def photo(pixels, *, scale=1):
    height, width = pixels.shape[:2]
    return Photo("x.png", pixels, "0" * 64, width * scale, height * scale)


def kinds(found):
    return {fault.kind for fault in found}


def grey(pixels):
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)


def with_glare(pixels, centre, radius):
    """Add a light that clips in its middle and fades away outside."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[:height, :width]
    far = np.maximum(np.hypot(x - centre[0], y - centre[1]) - radius, 0)
    light = 300 * np.exp(-((far / 25) ** 2))
    return np.clip(pixels + light[..., None], 0, 255).astype(np.uint8)


def test_a_good_photo_has_no_faults():
    assert faults(photo(label())) == ()


@pytest.mark.parametrize("sigma", [2.0, 3.0, 4.0])
def test_the_blur_that_was_put_in_is_found(sigma):
    """On edges that stand apart; where strokes lie close together, less is measured."""
    board = (np.indices((600, 800)) // 60).sum(axis=0) % 2 * 160 + 40
    blurred = cv2.GaussianBlur(board.astype(np.uint8), (0, 0), sigma)
    assert blur_of(blurred) == pytest.approx(sigma, rel=0.1)


def test_more_blur_measures_more():
    measured = [blur_of(cv2.GaussianBlur(grey(label()), (0, 0), s)) for s in (1, 2, 3, 5)]
    assert measured == sorted(measured)
    assert measured[0] < 1.2 < measured[-1]


def test_a_blurred_photo_is_named_and_a_badly_blurred_one_is_severe():
    soft = faults(photo(cv2.GaussianBlur(label(), (0, 0), 2.6)))
    assert [(fault.kind, fault.severe) for fault in soft] == [(FaultKind.BLUR, False)]
    lost = faults(photo(cv2.GaussianBlur(label(), (0, 0), 4.0)))
    assert [(fault.kind, fault.severe) for fault in lost] == [(FaultKind.BLUR, True)]
    assert lost[0].where == (0, 0, 800, 600)
    assert lost[0].measured > lost[0].limit


def test_a_shaken_photo_is_named():
    kernel = np.zeros((25, 25), np.float32)
    kernel[12] = 1 / 25
    assert FaultKind.BLUR in kinds(faults(photo(cv2.filter2D(label(), -1, kernel))))


def test_blur_is_found_through_noise():
    blurred = cv2.GaussianBlur(label(), (0, 0), 4.0).astype(float)
    noisy = blurred + np.random.default_rng(1).normal(0, 4, blurred.shape)
    assert FaultKind.BLUR in kinds(faults(photo(np.clip(noisy, 0, 255).astype(np.uint8))))


def test_a_smooth_product_is_not_called_blurred():
    y, x = np.mgrid[:600, :800]
    bottle = np.clip(80 + 120 * np.cos((x - 400) / 260), 0, 255)
    image = np.repeat(bottle[..., None], 3, axis=2).astype(np.uint8)
    assert FaultKind.BLUR not in kinds(faults(photo(image)))
    image[(np.abs(x - 400) > 250) | (np.abs(y - 300) > 220)] = 30  # a sharp outline
    assert FaultKind.BLUR not in kinds(faults(photo(image)))


def test_only_the_area_of_the_product_counts():
    image = label(1600, 600)
    image[:, 800:] = cv2.GaussianBlur(image, (0, 0), 5.0)[:, 800:]
    assert FaultKind.BLUR not in kinds(faults(photo(image), area=(0, 0, 780, 600)))
    found = faults(photo(image), area=(820, 0, 1600, 600))
    assert [fault.where for fault in found if fault.kind is FaultKind.BLUR] == [(820, 0, 1600, 600)]


def test_places_are_in_full_size_pixels_of_a_reduced_photo():
    dark = with_glare(label() // 2, (200, 300), 60)
    (fault,) = (f for f in faults(photo(dark, scale=4)) if f.kind is FaultKind.GLARE)
    x0, y0, x1, y1 = fault.where
    assert x0 < 800 < x1
    assert y0 < 1200 < y1
    assert x1 - x0 == pytest.approx(4 * 130, rel=0.3)


def test_glare_is_named_with_its_share():
    (fault,) = (
        f
        for f in faults(photo(with_glare(label() // 2, (400, 300), 60)))
        if f.kind is FaultKind.GLARE
    )
    assert fault.measured == pytest.approx(100 * np.pi * 70**2 / (800 * 600), rel=0.4)
    assert not fault.severe


def test_glare_over_a_large_part_is_severe():
    found = faults(photo(with_glare(label() // 2, (400, 300), 200)))
    assert any(f.kind is FaultKind.GLARE and f.severe for f in found)


def test_white_print_is_no_glare():
    image = label() // 2
    cv2.rectangle(image, (250, 200), (550, 400), (255, 255, 255), -1)
    cv2.circle(image, (120, 300), 60, (255, 255, 255), -1)
    assert FaultKind.GLARE not in kinds(faults(photo(image)))
    assert not cannot_judge(image).any()


def test_a_white_background_is_no_glare():
    image = np.full((600, 800, 3), 255, np.uint8)
    image[150:450, 200:600] = label()[150:450, 200:600] // 2
    soft = cv2.GaussianBlur(image, (0, 0), 6)
    assert FaultKind.GLARE not in kinds(faults(photo(soft)))


def test_glare_cannot_be_judged_and_the_rest_can():
    mask = cannot_judge(with_glare(label() // 2, (200, 300), 60))
    assert mask.shape == (600, 800)
    assert mask[300, 200]
    assert not mask[:, 400:].any()
    assert not cannot_judge(label()).any()


@pytest.mark.parametrize(
    ("brightness", "severe"), [(0.2, False), (0.05, True)], ids=["dim", "black"]
)
def test_a_dark_photo_is_named(brightness, severe):
    dark = (label() * brightness).astype(np.uint8)
    named = [f for f in faults(photo(dark)) if f.kind is FaultKind.TOO_DARK]
    assert [fault.severe for fault in named] == [severe]
    assert named[0].measured == pytest.approx(225 * brightness, abs=3)


def test_a_washed_out_photo_is_named():
    white = np.clip(label().astype(int) // 8 + 235, 0, 255).astype(np.uint8)
    named = [f for f in faults(photo(white)) if f.kind is FaultKind.TOO_BRIGHT]
    assert [fault.severe for fault in named] == [True]


def test_a_white_label_with_black_print_is_not_too_bright():
    image = np.full((400, 600, 3), 255, np.uint8)
    cv2.putText(image, "Genuine", (60, 220), cv2.FONT_HERSHEY_SIMPLEX, 3, (10, 10, 10), 8)
    assert FaultKind.TOO_BRIGHT not in kinds(faults(photo(image)))


@pytest.mark.parametrize(("side", "severe"), [(47, True), (48, False), (199, False)])
def test_too_few_pixels_are_named(side, severe):
    image = label()
    named = faults(photo(image), area=(100, 100, 500, 100 + side))
    small = [f for f in named if f.kind is FaultKind.TOO_SMALL]
    assert [(f.measured, f.severe, f.where) for f in small] == [
        (side, severe, (100, 100, 500, 100 + side))
    ]


def test_enough_pixels_are_not_named():
    assert FaultKind.TOO_SMALL not in kinds(faults(photo(label()), area=(0, 0, 200, 200)))


@pytest.mark.parametrize("size", [(1, 1), (1, 20), (20, 1), (3, 3), (9, 9)])
def test_tiny_pictures_are_answered(size):
    pixels = np.full((*size, 3), 128, np.uint8)
    assert FaultKind.TOO_SMALL in kinds(faults(photo(pixels)))
    assert cannot_judge(pixels).shape == size


def test_an_area_outside_the_photo_is_a_wrong_argument():
    with pytest.raises(ValueError, match="800 x 600"):
        faults(photo(label()), area=(900, 0, 1000, 100))


@pytest.mark.skipif(not COVERS.is_dir(), reason=f"no photos of covers at {COVERS}")
def test_of_real_phone_photos_only_the_defocused_one_is_severe():
    files = [file for file in sorted(COVERS.glob("0[0-3]?_*.jpg")) if "_ref" not in file.name]
    severe = [file.name for file in files if any(f.severe for f in faults(read(file)))]
    assert len(files) > 60
    assert severe == ["014_canon.jpg"]
