"""Counts how often a photo saved again, and how often another photo, is called the same photo.

`python -m tests.benchmarks.saved_again [PRODUCTS]`, on drawn products. *copies*: one photo, saved
again by `planted_gallery.save_differently`. *copy stand*: two items of one product, laid one after
the other under a fixed camera. *bursts*: one item, two exposures, nothing moved; these may be
called the same photo, as they teach no more than one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from tests.benchmarks.drawn_gallery import FIRST_SEED
from tests.benchmarks.planted_gallery import save_differently
from tests.vision.samples import features_of, reference_of, saved
from vision.check.pairs import Pair, compare_references
from vision.check.same_photo import is_same_photo
from vision.simulate import Camera, paint, photograph, sample_camera
from vision.simulate.backs import back
from vision.simulate.brands import invent_brand
from vision.simulate.layouts import front

if TYPE_CHECKING:
    from vision import Pixels

_FIRST = FIRST_SEED + 500  # products that the drawn gallery has not
_LONG, _SHORT = 1000, 750
_PRINT_SIDE = 1200


def main() -> None:
    """Draw, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", type=int, nargs="?", default=40)
    parser.add_argument("--reduce", type=float, default=1.0, help="size of the photos, 1: 1000 px")
    options = parser.parse_args()
    products = options.products
    with tempfile.TemporaryDirectory(prefix="touchstone-copies-") as folder:
        rows = [_pairs(number, Path(folder), options.reduce) for number in range(products)]
    for kind in ("copies", "copy stand", "bursts"):
        pairs = [row[kind] for row in rows]
        same = sum(map(is_same_photo, pairs))
        strain = np.percentile([pair.strain for pair in pairs], (5, 50, 95))
        alike = np.percentile([pair.alike for pair in pairs], (5, 50, 95))
        sys.stdout.write(
            f"{kind:12}{same:4} of {products} called the same photo; strain (5, 50, 95 %) "
            f"{strain.round(4).tolist()}, alike {alike.round(2).tolist()}\n"
        )


def _pairs(number: int, folder: Path, factor: float) -> dict[str, Pair]:
    brand = invent_brand(np.random.default_rng(_FIRST + number))
    printed = paint(front(brand) if number % 2 else back(brand), _PRINT_SIDE).pixels
    first, second, again = (
        saved(
            _reduced(on_a_stand(printed, number, item, shot), factor),
            folder / f"{number}-{shot}.jpg",
        )
        for shot, item in enumerate((0, 1, 1))
    )
    copy = folder / f"{number}-copy.jpg"
    save_differently(first, copy, np.random.default_rng((11, number)))
    return {
        "copies": _compared(first, copy),
        "copy stand": _compared(first, second),
        "bursts": _compared(second, again),
    }


def on_a_stand(printed: Pixels, number: int, item: int, shot: int) -> Pixels:
    """Photograph flat print from above: an item lies as it was laid, the light differs by shot."""
    light = np.random.default_rng((7, number, shot))
    laid = np.random.default_rng((8, number, item))
    upright = printed.shape[0] > printed.shape[1]
    width, height = (_SHORT, _LONG) if upright else (_LONG, _SHORT)
    drawn = sample_camera(light, width=width, height=height, hardness=0.6)
    camera: Camera = replace(
        drawn,
        fill=0.9,
        turn_deg=float(laid.normal(0, 0.3)),
        tilt_x_deg=float(laid.normal(0, 0.3)),
        tilt_y_deg=float(laid.normal(0, 0.3)),
        shift_x=float(laid.normal(0, 0.01)),
        shift_y=float(laid.normal(0, 0.01)),
        depth=0.0,
        bend=0.0,
        ground="paper",
        clutter=0,
    )
    return photograph(printed, camera, np.random.default_rng((10, number, shot))).pixels


def _reduced(pixels: Pixels, factor: float) -> Pixels:
    size = (round(pixels.shape[1] * factor), round(pixels.shape[0] * factor))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _compared(one: Path, two: Path) -> Pair:
    return compare_references(features_of(reference_of(one)), features_of(reference_of(two)))


if __name__ == "__main__":
    main()
