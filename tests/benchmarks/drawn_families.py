"""Draws a harder gallery than `drawn_gallery`: variants of one brand, photographed as in a shop.

Families of two or three products share most of their print. Photos, three to ten a product, show
the product small or large, askew, in any light, before a shelf of other products; one in two
products has its publisher's picture among them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tests.vision.samples import plain, saved, scene
from vision.simulate import paint, photograph, sample_camera
from vision.simulate.brands import PALETTES, invent_brand
from vision.simulate.layouts import front

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vision import Pixels
    from vision.simulate.brands import Brand
    from vision.simulate.camera import Camera
    from vision.terms import Box

FIRST_SEED = 21_000_000  # training, the simulated sets and drawn_gallery keep below
_PRINT_SIDE, _LONG, _SHORT = 1200, 1000, 750
_LARGE_FAMILY, _PUBLISHED, _CARELESS, _IN_SHOP = 0.3, 0.5, 0.3, 0.6
_FEWEST, _MOST = 3, 10  # photos of a product
_MOST_TURNED_DEG = 40.0
_ON_SHELVES = 12  # goods that stand behind


def drawn_families(folder: Path, families: int) -> Iterator[tuple[Path, str, str]]:
    """Give the file, product and side of every photo; those that are there are not drawn again.

    Raises:
        FileNotFoundError: a font is not on this machine.
    """
    for number in range(families):
        rng = np.random.default_rng(FIRST_SEED + number)
        brand = invent_brand(rng)
        size = 3 if rng.random() < _LARGE_FAMILY else 2
        for which, variant in enumerate(_variants(brand, size, rng)):
            product = f"family-{number:03d}-{which}"
            count = int(rng.integers(_FEWEST, _MOST + 1))
            is_published = rng.random() < _PUBLISHED
            files = [folder / f"{product}-{at}.jpg" for at in range(count)]
            if not all(file.exists() for file in files):
                printed = paint(front(variant), _PRINT_SIDE).pixels
                for at, file in enumerate(files):
                    own = np.random.default_rng((FIRST_SEED + number, which, at))
                    is_plain = at == 0 and is_published
                    saved(_published(printed) if is_plain else _taken(printed, own), file)
            yield from ((file, product, "front") for file in files)


def _variants(brand: Brand, count: int, rng: np.random.Generator) -> list[Brand]:
    """The brand, and more sorts of it: a line, the picture and mostly the colours differ."""
    found = [brand]
    while len(found) < count:
        other = invent_brand(rng)
        palette = PALETTES[int(rng.integers(len(PALETTES)))] if rng.random() < 0.7 else None
        found.append(
            replace(
                brand,
                kind_en=other.kind_en,
                kind_cn=other.kind_cn,
                scene=other.scene,
                code=other.code,
                palette=palette or brand.palette,
            )
        )
    return found


def _published(printed: Pixels) -> Pixels:
    """The print as its maker shows it: flat, on white."""
    height, width = printed.shape[:2]
    page = plain(255, width + 80, height + 80)
    page[40 : 40 + height, 40 : 40 + width] = printed
    return page


def _taken(printed: Pixels, rng: np.random.Generator) -> Pixels:
    width, height = (_SHORT, _LONG) if printed.shape[0] > printed.shape[1] else (_LONG, _SHORT)
    hardness = 2.0 if rng.random() < _CARELESS else 1.0
    camera = sample_camera(rng, width=width, height=height, hardness=hardness)
    if rng.random() >= _IN_SHOP:
        return photograph(printed, camera, rng).pixels
    return photograph(printed, _in_hand(camera, rng), rng, scene=_shelf(camera, rng)).pixels


def _in_hand(camera: Camera, rng: np.random.Generator) -> Camera:
    """Held before the shelf: smaller in the picture, turned so that another face is seen."""
    return replace(
        camera,
        fill=float(rng.uniform(0.4, 0.85)),
        turn_deg=float(rng.normal(0, 12)),
        tilt_y_deg=float(np.clip(rng.normal(0, 18), -_MOST_TURNED_DEG, _MOST_TURNED_DEG)),
        tilt_x_deg=float(rng.normal(0, 10)),
    )


def _shelf(camera: Camera, rng: np.random.Generator) -> Pixels:
    """Two rows of other goods, of which many photos show the same; each several times."""
    parts: list[tuple[Pixels, Box]] = []
    for row in range(2):
        left, top = -int(rng.integers(60)), row * camera.height // 2
        while left < camera.width:
            goods = _goods(int(rng.integers(_ON_SHELVES)))
            high = round(camera.height * float(rng.uniform(0.3, 0.42)))
            wide = high * goods.shape[1] // goods.shape[0]
            for _ in range(int(rng.integers(1, 4))):
                if left + wide > 0 and left < camera.width:
                    parts.append((goods, (left, top, left + wide, top + high)))
                left += wide + 8
    return scene(*parts, size=(camera.width, camera.height), seed=int(rng.integers(1 << 31)))


@cache
def _goods(number: int) -> Pixels:
    return paint(front(invent_brand(np.random.default_rng(FIRST_SEED - 1 - number))), 420).pixels
