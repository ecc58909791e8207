"""Draws a gallery of invented products, fronts and backs, photographed by simulation.

It is the material on which the limits of the gallery check were set, so that real photos are left
to measure it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tests.vision.samples import saved, scene
from vision.simulate import paint, photograph, sample_camera
from vision.simulate.backs import back
from vision.simulate.brands import invent_brand
from vision.simulate.layouts import front

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vision import Pixels

FIRST_SEED = 20_000_000  # training and the simulated sets keep below
_LONG, _SHORT = 1000, 750
_PRINT_SIDE = 1200
_CARELESS, _BESIDE = 0.25, 0.2  # shares of photos: taken carelessly; with another product beside


def drawn(folder: Path, products: int, *, photos: int = 4) -> Iterator[tuple[Path, str, str]]:
    """Give the file, product and side of every photo; those that are there are not drawn again.

    Raises:
        FileNotFoundError: a font is not on this machine.
    """
    before: Pixels | None = None
    for number in range(products):
        brand = invent_brand(np.random.default_rng(FIRST_SEED + number))
        product = f"drawn-{number:03d}"
        for which, side in enumerate(("front", "back")):
            files = [folder / f"{product}-{side}-{at}.jpg" for at in range(photos)]
            if not all(file.exists() for file in files):
                sheet = front(brand) if side == "front" else back(brand)
                printed = paint(sheet, _PRINT_SIDE).pixels
                for at, file in enumerate(files):
                    rng = np.random.default_rng((FIRST_SEED + number, which, at))
                    saved(_taken(printed, before, rng), file)
                before = printed
            yield from ((file, product, side) for file in files)


def _taken(printed: Pixels, neighbour: Pixels | None, rng: np.random.Generator) -> Pixels:
    """Take one photo: mostly an ordinary one, now and then a careless one or a crowded one."""
    upright = printed.shape[0] > printed.shape[1]
    width, height = (_SHORT, _LONG) if upright else (_LONG, _SHORT)
    hardness = 2.0 if rng.random() < _CARELESS else 1.0
    camera = sample_camera(rng, width=width, height=height, hardness=hardness)
    if neighbour is None or rng.random() >= _BESIDE:
        return photograph(printed, camera, rng).pixels
    size = (neighbour.shape[1] * height // neighbour.shape[0], height)
    left = round(width * float(rng.uniform(0.5, 0.7)))
    where = (left, 0, left + size[0], height)
    crowd = scene((neighbour, where), size=(width, height), seed=int(rng.integers(1 << 31)))
    camera = replace(camera, fill=0.6, shift_x=-0.15)
    return photograph(printed, camera, rng, scene=crowd).pixels
