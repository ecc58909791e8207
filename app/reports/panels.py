"""One picture on a sheet: which part of it is shown, how large, and what is drawn over it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw

from app.reports.fonts import font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision import Box, Mask, Matrix, Pixels, Points, Vertices

ORANGE: Final = "#D9731A"
BLUE: Final = "#2F6FB7"
GREY: Final = "#7A7F87"
WHITE: Final = "#FFFFFF"
_FINE = 2  # outlines are drawn so much larger, then made smaller: smooth edges
_LINE, _HALO = 4, 9  # pixels
_TAG_SIZE = 26
_GREATEST = 8.0  # a tiny crop is not blown up further
_HATCH_STEP, _HATCH_LINE = 12, 3


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A shown picture; `to_panel` (3, 3) maps edges-based full-size coordinates to panel ones.

    Edges-based: a pixel (x, y) covers x to x + 1, so its centre is (x + 0.5, y + 0.5).
    """

    picture: Image.Image
    to_panel: Matrix

    def place(self, vertices: Vertices | Points) -> Points:
        """Pixel coordinates in the panel of pixel coordinates in the full picture."""
        return mapped(self.to_panel, np.asarray(vertices, np.float64) + 0.5) - 0.5


def shown(
    pixels: Pixels, full: tuple[int, int], area: Box, room: tuple[int, int], *, turns: int = 0
) -> Panel:
    """Cut `area` out of a picture and fit it into `room`.

    Args:
        pixels: (h, w, 3) uint8, perhaps decoded at a reduced scale.
        full: width and height of the full-size picture, in whose pixels `area` is given.
        area: what to show.
        room: greatest width and height of the panel.
        turns: quarter turns, counterclockwise.
    """
    height, width = pixels.shape[:2]
    across, down = full[0] / width, full[1] / height
    x0, y0 = int(area[0] / across), int(area[1] / down)
    x1, y1 = max(x0 + 1, round(area[2] / across)), max(y0 + 1, round(area[3] / down))
    cut = Image.fromarray(np.ascontiguousarray(pixels[y0:y1, x0:x1]))
    matrix = _scaled(1 / across, 1 / down)
    matrix = moved(-x0, -y0) @ matrix
    if turns % 4:
        matrix = _turned(cut.width, cut.height, turns % 4) @ matrix
        cut = cut.transpose(_TURNS[turns % 4])
    scale = min(room[0] / cut.width, room[1] / cut.height, _GREATEST)
    size = max(1, round(cut.width * scale)), max(1, round(cut.height * scale))
    matrix = _scaled(size[0] / cut.width, size[1] / cut.height) @ matrix
    way = Image.Resampling.BILINEAR if scale > 1 else Image.Resampling.BICUBIC
    picture = cut.resize(size, way, reducing_gap=2.0)
    return Panel(picture=picture, to_panel=matrix)


def hatch(panel: Panel, mask: Mask, to_mask: Matrix) -> None:
    """Hatch in grey where `mask` (h, w) holds; `to_mask` maps the panel to it, edges-based."""
    flat = (to_mask / to_mask[2, 2]).ravel()
    there = Image.fromarray(mask.astype(np.uint8) * 255).transform(
        panel.picture.size,
        Image.Transform.PERSPECTIVE,
        [float(value) for value in flat[:8]],
        Image.Resampling.NEAREST,
    )
    box = there.getbbox()
    if box is None:
        return
    where = np.asarray(there.crop(box)) > 0
    phase = np.add.outer(np.arange(where.shape[0]), np.arange(where.shape[1])) % _HATCH_STEP
    for colour, stripe in ((GREY, phase < _HATCH_LINE), (WHITE, phase == _HATCH_LINE)):
        ink = Image.fromarray((where & stripe).astype(np.uint8) * 255)
        panel.picture.paste(colour, box, mask=ink)


def outline(panel: Panel, polygons: Sequence[Points], colour: str) -> None:
    """Draw closed outlines with a white halo, so that they stand out from any picture."""
    for thick, ink in ((_HALO, WHITE), (_LINE, colour)):
        for polygon in polygons:
            _stroke(panel.picture, polygon, thick, ink)


def _stroke(picture: Image.Image, polygon: Points, thick: int, colour: str) -> None:
    """A smooth closed line: drawn larger, then made smaller, in a box just large enough."""
    edge = thick + 2
    left, top = (int(value) for value in np.floor(polygon.min(axis=0)) - edge)
    right, bottom = (int(value) for value in np.ceil(polygon.max(axis=0)) + edge)
    left, top = max(left, 0), max(top, 0)
    right, bottom = min(right, picture.width), min(bottom, picture.height)
    if left >= right or top >= bottom:
        return
    mask = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE), 0)
    closed = np.vstack([polygon, polygon[:2]])  # the second point again: its joint is rounded too
    corners = (closed - (left, top) + 0.5) * _FINE - 0.5
    ImageDraw.Draw(mask).line(
        [(float(x), float(y)) for x, y in corners], fill=255, width=thick * _FINE, joint="curve"
    )
    picture.paste(colour, (left, top, right, bottom), mask=mask.reduce(_FINE))


def dashed(panel: Panel, polygon: Points, colour: str = GREY) -> None:
    """Draw a thin dashed outline, dark on light and light on dark."""
    draw = ImageDraw.Draw(panel.picture)
    closed = np.vstack([polygon, polygon[:1]])
    gone = 0.0  # along the outline: dashes go on round its corners
    for start, end in pairwise(closed):
        length = float(np.hypot(*(end - start)))
        begins = np.arange(-(gone % 18.0), length, 18.0)
        gone += length
        for low, high in ((max(at, 0.0), min(at + 10, length)) for at in begins):
            if low >= high:
                continue
            points = [
                tuple(map(float, start + (end - start) * (at / length))) for at in (low, high)
            ]
            draw.line(points, fill=WHITE, width=4)
            draw.line(points, fill=colour, width=2)


def tags(panel: Panel, polygons: Sequence[Points], texts: Sequence[str], colour: str) -> None:
    """Put a label at the upper left corner of each polygon, elsewhere where one is already."""
    draw = ImageDraw.Draw(panel.picture)
    face = font(_TAG_SIZE, bold=True)
    taken: list[tuple[float, float, float, float]] = []
    for polygon, text in zip(polygons, texts, strict=True):
        width, height = max(36.0, face.getlength(text) + 20), 36.0
        box = _free_place(polygon, (width, height), panel.picture.size, taken)
        taken.append(box)
        draw.rounded_rectangle(box, radius=8, fill=colour, outline=WHITE, width=3)
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        draw.text(middle, text, font=face, fill=WHITE, anchor="mm")


def mapped(matrix: Matrix, points: Points) -> Points:
    """Points through a homography."""
    lifted = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    result: Points = lifted[:, :2] / lifted[:, 2:]
    return result


def edges_based(matrix: Matrix) -> Matrix:
    """A mapping between centres-based coordinates, told between edges-based ones."""
    return moved(0.5, 0.5) @ matrix @ moved(-0.5, -0.5)


def moved(x: float, y: float) -> Matrix:
    """A mapping that moves points by (x, y)."""
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], np.float64)


def _free_place(
    polygon: Points,
    size: tuple[float, float],
    room: tuple[int, int],
    taken: list[tuple[float, float, float, float]],
) -> tuple[float, float, float, float]:
    width, height = size
    along, across = polygon.sum(axis=1), polygon[:, 0] - polygon[:, 1]
    corners = polygon[[along.argmin(), across.argmax(), across.argmin(), along.argmax()]]
    shifts = ((-0.5, -1.0), (-0.5, -1.0), (-0.5, 0.0), (-0.5, 0.0))
    boxes = [
        _clamped(x + right * width, y + down * height, size, room)
        for (x, y), (right, down) in zip(corners, shifts, strict=True)
    ]
    free = [box for box in boxes if not any(_overlap(box, other) for other in taken)]
    return free[0] if free else boxes[0]


def _clamped(
    x: float, y: float, size: tuple[float, float], room: tuple[int, int]
) -> tuple[float, float, float, float]:
    left = float(min(max(2.0, x), max(2.0, room[0] - size[0] - 2)))
    top = float(min(max(2.0, y), max(2.0, room[1] - size[1] - 2)))
    return left, top, left + size[0], top + size[1]


def _overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart


_TURNS: Final = {
    1: Image.Transpose.ROTATE_90,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_270,
}


def _turned(width: int, height: int, turns: int) -> Matrix:
    """Edges-based coordinates of a picture turned counterclockwise by quarter turns."""
    table = {
        1: [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
        2: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        3: [[0, -1, height], [1, 0, 0], [0, 0, 1]],
    }
    return np.array(table[turns], np.float64)


def _scaled(across: float, down: float) -> Matrix:
    return np.diag([across, down, 1.0])
