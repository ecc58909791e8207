"""Ink at a place: bolder print has more of it, and neither blur nor light changes how much."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vision.ink import left_over

SIDE = 160
WORD = (slice(68, 96), slice(40, 120))  # rows and columns of the middle line
ELSEWHERE = (slice(16, 48), slice(24, 136))


def _print(*, bolder: bool = False) -> np.ndarray:
    """Five lines of strokes on white; the middle one with wider strokes where asked."""
    page = np.full((SIDE, SIDE), 235, np.uint8)
    for line in range(5):
        for at in range(20, 140, 9):
            wide = 5 if bolder and line == 2 and 40 <= at < 120 else 3
            cv2.line(page, (at, 18 + 28 * line), (at + 3, 34 + 28 * line), 40, wide, cv2.LINE_AA)
    return page


def _left(photo: np.ndarray, reference: np.ndarray, seen: np.ndarray | None = None) -> np.ndarray:
    import torch

    mine, theirs = (
        torch.from_numpy(each.astype(np.float32) / 127.5 - 1)[None, None]
        for each in (photo, reference)
    )
    mask = np.ones((SIDE, SIDE), np.float32) if seen is None else seen.astype(np.float32)
    return left_over(mine, theirs, torch.from_numpy(mask)[None, None])[0, 0].numpy()


def test_bolder_strokes_are_darker_than_the_rest_explains() -> None:
    left = _left(_print(bolder=True), _print())
    assert left[WORD].mean() < -0.12
    assert abs(left[ELSEWHERE].mean()) < 0.05


@pytest.mark.parametrize("sigma", [0.8, 1.5])
def test_blur_is_no_change_of_ink(sigma: float) -> None:
    soft = cv2.GaussianBlur(_print(), (0, 0), sigma)
    assert abs(_left(soft, _print())[WORD].mean()) < 0.05
    bolder = cv2.GaussianBlur(_print(bolder=True), (0, 0), sigma)
    assert _left(bolder, _print())[WORD].mean() < -0.12


def test_light_and_contrast_are_made_to_fit() -> None:
    ramp = np.linspace(0.55, 0.95, SIDE)[None] * np.ones((SIDE, 1))
    dim = np.rint(_print() * ramp + 12).astype(np.uint8)
    left = _left(dim, _print())
    assert abs(left[WORD].mean()) < 0.05
    assert np.abs(left).mean() < 0.2


def test_where_the_reference_shows_nothing_nothing_is_told() -> None:
    seen = np.ones((SIDE, SIDE), bool)
    seen[:, :60] = False
    other = _print()
    other[:, :60] = 0
    left = _left(_print(), other, seen)
    assert (left[:, :60] == 0).all()
    assert np.abs(left[:, 70:]).max() < 0.5
