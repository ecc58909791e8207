"""Sheets of elements become pixels: the printed artwork of one side of an invented product."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from vision.simulate.elements import Element, layer

if TYPE_CHECKING:
    from vision.simulate.marks import Colour
    from vision.terms import Box, Pixels

DESIGN_SIDE = 1200  # pixels of the longer side at which words are set


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed side; `width` and `height` in sheet units, the longer of which is 1000."""

    name: str
    width: float
    height: float
    ground: Colour
    elements: tuple[Element, ...]

    def named(self, name: str) -> Element:
        """Return the element called `name`."""
        for element in self.elements:
            if element.name == name:
                return element
        raise ValueError(f"expected one of {[e.name for e in self.elements]}, found {name!r}")

    def with_changed(self, index: int, element: Element | None) -> Sheet:
        """Return a sheet whose element `index` is replaced, or taken out (None)."""
        new = () if element is None else (element,)
        return replace(self, elements=self.elements[:index] + new + self.elements[index + 1 :])


@dataclass(frozen=True, slots=True)
class Placed:
    """An element and the box of its ink in artwork pixels; empty for one that is off the sheet."""

    element: Element
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class Artwork:
    """A painted sheet: `pixels` (H, W, 3), `elements` in painting order, `scale` pixels a unit."""

    pixels: Pixels
    sheet: Sheet
    elements: tuple[Placed, ...]
    scale: float


def paint(sheet: Sheet, size: int) -> Artwork:
    """Paint a sheet.

    It is always set at DESIGN_SIDE and then brought to size: fonts are fitted to whole pixels, so
    words set at another size would end at another place, as if another printer had made them.

    Args:
        sheet: what to paint.
        size: longer side of the artwork in pixels.

    Returns:
        The artwork; the same sheet and size give the same pixels.

    Raises:
        FileNotFoundError: a font is not on this machine.
    """
    scale = DESIGN_SIDE / max(sheet.width, sheet.height)
    extent = (max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale)))
    canvas = Image.new("RGB", extent, sheet.ground)
    placed = []
    for element in sheet.elements:
        picture, left, top = layer(element, scale)
        canvas.paste(picture, (left, top), picture)
        placed.append(Placed(element, _ink_box(picture, left, top, extent)))
    artwork = Artwork(np.asarray(canvas).copy(), sheet, tuple(placed), scale)
    return artwork if size == DESIGN_SIDE else _resized(artwork, size)


def _resized(artwork: Artwork, size: int) -> Artwork:
    height, width = artwork.pixels.shape[:2]
    factor = size / max(height, width)
    wide, high = max(1, round(width * factor)), max(1, round(height * factor))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    pixels = np.asarray(cv2.resize(artwork.pixels, (wide, high), interpolation=way), np.uint8)
    placed = tuple(Placed(p.element, _scaled(p.box, wide / width)) for p in artwork.elements)
    return Artwork(pixels, artwork.sheet, placed, artwork.scale * factor)


def _scaled(box: Box, factor: float) -> Box:
    x0, y0, x1, y1 = (v * factor for v in box)
    return math.floor(x0), math.floor(y0), math.ceil(x1), math.ceil(y1)


def _ink_box(picture: Image.Image, left: int, top: int, extent: tuple[int, int]) -> Box:
    ink = picture.getchannel("A").getbbox() or (0, 0, 0, 0)
    x0, x1 = (min(max(v + left, 0), extent[0]) for v in (ink[0], ink[2]))
    y0, y1 = (min(max(v + top, 0), extent[1]) for v in (ink[1], ink[3]))
    return x0, y0, x1, y1
