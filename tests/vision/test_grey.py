"""Photos in black and white: told from others, and judged by their lightness alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, layer, photo_of, plain, saved_side, seen_through, tilted
from vision import Channel, Gallery, Outcome, inspect
from vision.evidence.colour import is_grey
from vision.grey import grey_layers, lacks_colour

if TYPE_CHECKING:
    from vision import Pixels

LOGO = (slice(170, 290), slice(230, 410))  # rows, columns of the page


def _grey(pixels: Pixels) -> Pixels:
    level = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.cvtColor(level, cv2.COLOR_GRAY2RGB), np.uint8)


def _compressed(pixels: Pixels, kind: str) -> Pixels:
    _, data = cv2.imencode(kind, pixels[..., ::-1])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1], np.uint8)


def _page() -> Pixels:
    page = artwork(1)
    page[LOGO] = (200, 40, 30)
    cv2.circle(page, (320, 230), 45, (250, 230, 60), -1, cv2.LINE_AA)
    return page


def _taken(page: Pixels, seed: int) -> Pixels:
    return seen_through(page, tilted(640, 480, seed), noise=2.0)


@pytest.mark.parametrize("kind", [".png", ".jpg", ".webp"])
def test_black_and_white_is_told_however_it_was_saved(kind: str) -> None:
    assert is_grey(layer(_compressed(_grey(_page()), kind)))
    assert not is_grey(layer(_compressed(_page(), kind)))


def test_grey_print_in_a_colour_photo_is_not_black_and_white() -> None:
    noisy = plain(128) + np.random.default_rng(1).normal(0, 3, (120, 160, 3))
    assert not is_grey(layer(np.clip(noisy, 0, 255).astype(np.uint8)))
    assert not is_grey(layer(plain((128, 126, 120))))  # light that is a little warm
    assert not is_grey(layer(_grey(_page()), seen=np.zeros((480, 640), bool)))


def test_colour_is_lacking_only_where_references_have_some() -> None:
    coloured, grey = layer(_page()), layer(_grey(_page()))
    assert lacks_colour(grey, [coloured])
    assert lacks_colour(grey, [grey, coloured])
    assert not lacks_colour(grey, [grey])
    assert not lacks_colour(coloured, [grey])


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    photos = [_taken(_page(), seed) for seed in range(4)]
    return Gallery(saved_side(tmp_path_factory.mktemp("grey"), photos), embedder=None)


def test_a_genuine_photo_in_black_and_white_agrees_and_says_that_colour_is_open(
    gallery: Gallery,
) -> None:
    said = inspect(photo_of(_grey(_taken(_page(), 9))), gallery, text=False)
    assert said.outcome is Outcome.AGREES
    assert said.comparison is not None
    assert not said.comparison.regions
    assert said.comparison.colour_judged == 0.0


def test_a_missing_logo_differs_in_black_and_white_too(gallery: Gallery) -> None:
    bare = _page()
    bare[LOGO] = artwork(1).reshape(-1, 3).max(axis=0)
    said = inspect(photo_of(_grey(_taken(bare, 9))), gallery, text=False)
    assert said.outcome is Outcome.DIFFERS
    assert said.comparison is not None
    assert said.comparison.regions[0].channel is not Channel.COLOUR
    x, y = np.mean(said.comparison.regions[0].reference_polygon, axis=0)
    assert 230 - 14 < x < 410 + 14
    assert 170 - 14 < y < 290 + 14


def test_print_in_colour_against_black_and_white_references_still_differs(tmp_path) -> None:
    known = saved_side(tmp_path, [_grey(_taken(_page(), seed)) for seed in range(4)])
    said = inspect(photo_of(_taken(_page(), 9)), Gallery(known, embedder=None), text=False)
    assert said.comparison is not None
    assert said.comparison.colour_judged > 0.0


def test_references_in_grey_are_made_once_and_keep_what_they_show(gallery: Gallery) -> None:
    model = gallery.side_model("tea", "front")
    layers = tuple(placed.layer for placed in model.placed[:3])
    first = grey_layers(layers, None)
    assert grey_layers(layers, None) is first
    assert len(first) == 3
    for grey, placed in zip(first, model.placed, strict=False):
        assert is_grey(grey)
        assert (grey.seen == placed.layer.seen).all()
    assert not is_grey(model.placed[0].layer)
