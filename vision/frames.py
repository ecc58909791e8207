"""The frame of a side, drawn around its product's outline, and pictures laid on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import polygons
from vision.align import Fit, transform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.spline import Ripple
    from vision.terms import Box, Map, Mask, Matrix, Pixels, Points, Vertices

FRAME_SIDE = 512  # pixels of the longer side
FINER_SIDE = 640  # of a side whose references all show the product that large
_LARGEST_ENLARGEMENT = 1.6
_STEPS = 6  # of the fixed point that follows a bow
_COARSE = 8  # frame pixels between places that are computed; between them they are interpolated
_BOW_STIFFNESS = 6 * (2.0,) + 4 * (6.0,)  # of constant to square terms, of cubic terms


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Where and how finely a side is compared.

    `matrix` (3, 3) maps full-size pixels of the canonical reference to frame pixels (a shift and
    a scale); `width` and `height` in frame pixels; `outline` the product's own area in reference
    pixels.
    """

    matrix: Matrix
    width: int
    height: int
    outline: Vertices

    @property
    def scale(self) -> float:
        """Full-size reference pixels for one frame pixel."""
        return float(1.0 / self.matrix[0, 0])

    @property
    def origin(self) -> tuple[float, float]:
        """The full-size reference pixel whose top-left corner is that of the frame."""
        x, y = (float((-self.matrix[axis, 2] - 0.5) / self.matrix[axis, axis]) for axis in (0, 1))
        return x + 0.5, y + 0.5

    def inside(self, *, margin: float = 0.0) -> Mask:
        """Return the mask of the outline, shrunk by `margin` frame pixels."""
        polygon = transform(self.matrix, np.array(self.outline, np.float64))
        mask = polygons.filled(polygon, (self.height, self.width)).astype(np.uint8)
        if margin > 0:
            framed = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
            distance = cv2.distanceTransform(framed, cv2.DIST_L2, 5)[1:-1, 1:-1]
            mask = (distance > margin).astype(np.uint8)
        return mask.astype(bool)


@dataclass(frozen=True, slots=True, eq=False)
class Bow:
    """A smooth displacement on top of a homography: lens distortion, a gently bent sheet.

    `coefficients` (10, 2) over (1, x, y, x², xy, y², x³, x²y, xy², y³) in units of `unit` reference
    pixels around `centre`. Too smooth to hide a part that was moved or stretched; the cubic terms
    are those of a lens (Brown, Close-range camera calibration, 1971). `ripple` adds folds.
    """

    coefficients: Matrix
    centre: Points
    unit: float
    ripple: Ripple | None = None

    def at(self, points: Points) -> Points:
        """Return the displacement (N, 2) in reference pixels at (N, 2) reference points.

        What the homography takes to `r - at(r)` belongs at r.
        """
        moved = _cubic((points - self.centre) / self.unit) @ self.coefficients
        return np.asarray(moved if self.ripple is None else moved + self.ripple.at(points))

    def laid(self, points: Points) -> Points:
        """Return where points belong that the homography took to `points` (N, 2)."""
        found = points
        for _ in range(_STEPS):
            found = points + self.at(found)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A picture laid on a frame.

    `pixels` (h, w, 3), `seen` (h, w) where the picture has it, `places` (h, w, 2) the full-size
    picture pixel shown at each frame pixel; `apart` counts the parts laid by themselves (see
    `parts`).
    """

    pixels: Pixels
    seen: Mask
    places: Map
    apart: int = 0


def frame_for(outline: Vertices, size: tuple[int, int], *, side: int = FRAME_SIDE) -> Frame:
    """Make the frame around an outline in a reference of `size` (full width, full height)."""
    x0, y0, x1, y1 = _bounds(outline, size)
    longer = max(x1 - x0, y1 - y0)
    factor = min(side / longer, _LARGEST_ENLARGEMENT)
    width = max(16, round((x1 - x0) * factor))
    height = max(16, round((y1 - y0) * factor))
    matrix: Matrix = np.array(
        [
            [factor, 0.0, 0.5 * factor - 0.5 - x0 * factor],
            [0.0, factor, 0.5 * factor - 0.5 - y0 * factor],
            [0.0, 0.0, 1.0],
        ]
    )
    return Frame(matrix, width, height, outline)


def fit_bow(fit: Fit, frame: Frame) -> Bow:
    """Fit the smooth displacement that the homography leaves, robustly and with a ridge."""
    return cubic(transform(fit.matrix, fit.photo_points), fit.reference_points, frame)


def cubic(
    expected: Points,
    target: Points,
    frame: Frame,
    *,
    start: Bow | None = None,
    odd: float | None = None,
    softness: float = 1.0,
) -> Bow:
    """Fit the cubic displacement that takes `expected` to `target`, both (N, 2) reference pixels.

    Args:
        expected: where a homography takes points of the picture.
        target: where they belong.
        frame: gives middle and size.
        start: a bow that tells which points are odd at first; default: none are.
        odd: frame pixels by which a point may miss before it counts less; default: twice the
            median.
        softness: how many times as easily as usual the bow may bend.
    """
    centre = np.array(frame.outline, np.float64).mean(axis=0)
    unit = 0.5 * frame.scale * max(frame.width, frame.height)
    miss = target - expected
    design = _cubic((target - centre) / unit)
    coefficients: Matrix = np.zeros((len(_BOW_STIFFNESS), 2))
    stiff = np.diag(_BOW_STIFFNESS) / softness
    weights = np.ones(len(design))
    if start is not None:
        weights = _unless_odd(miss - start.at(target), frame, odd)
    for _ in range(6):
        weighted = design * weights[:, None]
        normal = weighted.T @ design + stiff
        coefficients = np.linalg.solve(normal, weighted.T @ miss)
        weights = _unless_odd(miss - design @ coefficients, frame, odd)
    return Bow(coefficients, centre, unit)


def _unless_odd(left: Points, frame: Frame, odd: float | None) -> NDArray[np.float64]:
    away = np.linalg.norm(left, axis=1)
    usual = 2.0 * max(float(np.median(away)), 1e-3) if odd is None else odd * frame.scale
    weights: NDArray[np.float64] = 1.0 / (1.0 + (away / usual) ** 2)
    return weights


def lay(
    pixels: Pixels, scale: float, matrix: Matrix, frame: Frame, *, bow: Bow | None = None
) -> Laid:
    """Lay a picture on the frame.

    Args:
        pixels: (h, w, 3) uint8, decoded at 1/`scale` of its full size.
        scale: full-size pixels for one decoded pixel.
        matrix: (3, 3), full-size picture pixels to full-size canonical reference pixels.
        frame: where to.
        bow: smooth displacement to take out as well.
    """
    places = _places(matrix, frame, bow)
    decoded = (places + 0.5) / scale - 0.5
    step = _step(decoded)
    source: Pixels = pixels
    factor = (1.0, 1.0)
    if step > 1.3:
        size = (
            max(1, round(pixels.shape[1] / step)),
            max(1, round(pixels.shape[0] / step)),
        )
        source = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        factor = (size[0] / pixels.shape[1], size[1] / pixels.shape[0])
    at = ((decoded + 0.5) * factor - 0.5).astype(np.float32)
    laid = cv2.remap(
        source, at[..., 0], at[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    height, width = pixels.shape[:2]
    x, y = decoded[..., 0], decoded[..., 1]
    seen = (x > 0.5) & (y > 0.5) & (x < width - 1.5) & (y < height - 1.5)
    return Laid(np.asarray(laid, np.uint8), seen, places)


def _places(matrix: Matrix, frame: Frame, bow: Bow | None) -> Map:
    """Return the picture pixel of each frame pixel, (h, w, 2); computed coarsely, enlarged."""
    across, down = (math.ceil(length / _COARSE) + 1 for length in (frame.width, frame.height))
    columns, rows = np.meshgrid(np.arange(across), np.arange(down))
    grid: Points = _COARSE * np.stack([columns.ravel(), rows.ravel()], axis=1).astype(np.float64)
    reference: Points = transform(np.linalg.inv(frame.matrix), grid)
    if bow is not None:
        reference = reference - bow.at(reference)
    coarse = transform(np.linalg.inv(matrix), reference).reshape(down, across, 2)
    finer = cv2.warpAffine(
        coarse.astype(np.float32),
        np.diag([1 / _COARSE, 1 / _COARSE, 1.0])[:2],
        (frame.width, frame.height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(finer, np.float32)


def _step(decoded: Map) -> float:
    """Return how many decoded pixels one frame pixel spans, in the middle of the frame."""
    row, column = decoded.shape[0] // 2, decoded.shape[1] // 2
    across = np.linalg.norm(decoded[row, column] - decoded[row, column - 1])
    down = np.linalg.norm(decoded[row, column] - decoded[row - 1, column])
    return math.sqrt(max(float(across) * float(down), 1e-6))


def _cubic(points: Points) -> Matrix:
    x, y = points[:, 0], points[:, 1]
    squares = [x * x, x * y, y * y]
    cubes = [x * squares[0], x * squares[1], x * squares[2], y * squares[2]]
    return np.stack([np.ones_like(x), x, y, *squares, *cubes], axis=1)


def _bounds(outline: Vertices, size: tuple[int, int]) -> Box:
    polygon = np.array(outline, np.float64)
    low = np.floor(polygon.min(axis=0) + 0.5).astype(int)
    high = np.ceil(polygon.max(axis=0) + 0.5).astype(int)
    x0, y0 = max(0, int(low[0])), max(0, int(low[1]))
    x1, y1 = min(size[0], int(high[0])), min(size[1], int(high[1]))
    return x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)
