"""Dot products of bytes are exact, however they are computed."""

from __future__ import annotations

import numpy as np
import pytest

from vision import dots as module
from vision.dots import dots


def _vectors(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, 128), dtype=np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (500, 1), (333, 257)])
def test_products_are_those_of_whole_numbers(size: tuple[int, int]) -> None:
    left, right = _vectors(size[0], 1), _vectors(size[1], 2)

    found = dots(left, right)

    assert found.dtype == np.int32
    assert np.array_equal(found, left.astype(np.int64) @ right.astype(np.int64).T)


def test_the_largest_vectors_do_not_overflow() -> None:
    full = np.full((40, 128), 255, np.uint8)

    assert (dots(full, full) == 128 * 255 * 255).all()


@pytest.mark.parametrize("kind", [module._INT8, module._UINT8])
def test_ways_that_count_wrong_would_be_noticed(kind: int) -> None:
    product = module._by_onnxruntime(kind)
    assert product is not None

    def saturating(left: np.ndarray, right: np.ndarray) -> np.ndarray:
        return np.minimum(product(left, right), 6_000_000)

    assert not module._counts_right(saturating)


def test_without_onnxruntime_floats_count_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = _vectors(60, 3), _vectors(50, 4)
    expected = dots(left, right)
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    module._product.cache_clear()
    try:
        assert module._product() is module._by_floats
        assert np.array_equal(dots(left, right), expected)
    finally:
        module._product.cache_clear()


def test_nothing_times_anything_is_nothing() -> None:
    assert dots(np.empty((0, 128), np.uint8), _vectors(5, 1)).shape == (0, 5)


def test_vectors_of_two_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="128 and 64"):
        dots(_vectors(2, 1), _vectors(2, 2)[:, :64])
