"""One photo saved again is known; another photo of the same item is not taken for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.vision.samples import artwork
from tests.vision.saved_again import AGAIN, half, saved
from vision import SamePhotos, read
from vision.scan.imprint import grey_of, imprint_of, signatures
from vision.simulate import Camera, photograph, sample_camera

if TYPE_CHECKING:
    from pathlib import Path

    from vision import Pixels


def _camera(seed: int, **moved: float) -> Camera:
    drawn = sample_camera(np.random.default_rng(seed), width=1000, height=750, hardness=0.4)
    still = {"turn_deg": 0.0, "tilt_x_deg": 0.0, "tilt_y_deg": 0.0, "shift_x": 0.0, "shift_y": 0.0}
    flat = {"fill": 0.9, "depth": 0.0, "bend": 0.0, "ground": "paper", "clutter": 0}
    return replace(drawn, **{**flat, **still, **moved})


def _photo(seed: int, **moved: float) -> Pixels:
    drawn = _camera(seed, **moved)
    return photograph(artwork(seed, 1000, 750), drawn, np.random.default_rng(seed)).pixels


@pytest.fixture(scope="module")
def photos() -> list[Pixels]:
    return [_photo(seed) for seed in range(4)]


def _met(photos: list[Pixels]) -> SamePhotos:
    imprints = {str(number): imprint_of(photo) for number, photo in enumerate(photos)}
    met = SamePhotos(imprints.__getitem__)
    assert [met.first(name, imprint) for name, imprint in imprints.items()] == list(imprints)
    return met


@pytest.mark.parametrize("how", AGAIN)
def test_a_photo_saved_again_is_known(how: str, photos: list[Pixels]) -> None:
    met = _met(photos)
    for number, photo in enumerate(photos):
        again = np.ascontiguousarray(AGAIN[how](photo))
        assert met.first("again", imprint_of(again)) == str(number)


@pytest.mark.parametrize(
    "moved",
    [
        {"turn_deg": 0.8},
        {"tilt_x_deg": 1.5},
        {"tilt_y_deg": -1.5, "shift_x": 0.01},
        {"turn_deg": -0.5, "tilt_x_deg": 1.0, "shift_y": 0.01},
    ],
    ids=["turned", "tilted", "tilted and moved", "held by hand"],
)
def test_another_photo_of_the_item_from_nearly_the_same_place_is_none(
    moved: dict[str, float], photos: list[Pixels]
) -> None:
    met = _met(photos)
    for seed in range(len(photos)):
        assert met.first("other", imprint_of(_photo(seed, **moved))) == "other"


def test_photos_of_covers_by_several_cameras_are_no_copies(shared: Path) -> None:
    files = sorted((shared / "eval" / "smvs_dvd_covers" / "images").glob("0*.jpg"))[:40]
    if not files:
        pytest.skip("shared/eval/smvs_dvd_covers is not here")
    met = _met([read(file, max_side=1024).pixels for file in files])
    again = saved(half(read(files[0], max_side=1024).pixels), 80)
    assert met.first("again", imprint_of(again)) == "0"


@pytest.mark.parametrize("shape", [(1, 1, 3), (30, 40, 3), (3, 900, 3), (400, 300, 3)])
def test_pictures_with_nothing_on_them_are_nobodys_copies(shape: tuple[int, int, int]) -> None:
    imprints = [imprint_of(np.full(shape, value, np.uint8)) for value in (0, 0, 128, 255)]
    met = SamePhotos(dict(zip("abcd", imprints, strict=True)).__getitem__)
    assert [met.first(name, imprint) for name, imprint in zip("abcd", imprints, strict=True)] == [
        *"abcd"
    ]


def test_a_photo_without_an_imprint_is_new() -> None:
    met = SamePhotos(lambda _name: b"")
    assert met.first("a", b"") == "a"
    assert met.first("b", b"no picture") == "b"


def test_a_photo_whose_imprint_is_lost_is_no_photos_first(photos: list[Pixels]) -> None:
    met = SamePhotos(lambda _name: b"")
    imprint = imprint_of(photos[0])
    assert met.first("a", imprint) == "a"
    met = SamePhotos({"a": b""}.__getitem__)
    assert [met.first(name, imprint) for name in "ab"] == ["a", "b"]


def test_many_photos_are_met(photos: list[Pixels]) -> None:
    chance = np.random.default_rng(1)
    blocks = [chance.integers(0, 255, (12, 16, 3), np.uint8) for _ in range(1100)]
    large = [np.repeat(np.repeat(block, 8, 0), 8, 1) for block in blocks]
    imprints = {f"noise {number}": imprint_of(one) for number, one in enumerate(large)}
    imprints["photo"] = imprint_of(photos[0])
    met = SamePhotos(imprints.__getitem__)
    assert all(met.first(name, imprint) == name for name, imprint in imprints.items())
    assert met.first("again", imprint_of(half(photos[0]))) == "photo"


def test_an_imprint_is_small_and_its_signatures_turn_with_it(photos: list[Pixels]) -> None:
    imprint = imprint_of(photos[0])
    grey = grey_of(imprint)
    assert max(grey.shape) == 256
    assert len(imprint) < 30_000
    upright, turned = signatures(grey), signatures(np.ascontiguousarray(np.rot90(grey)))
    assert np.bitwise_count(upright[1] ^ turned[0]) <= 2
