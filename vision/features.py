"""Photo -> local features (RootSIFT): what search votes with and alignment is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.terms import Box, Pixels, Points

DESCRIPTOR_UNIT = 512.0  # stored descriptor = RootSIFT value times this, in uint8
WORKING_SIDE = 1024  # longer side, in pixels, at which features are found
_CELLS = 8
_VERSION = "rootsift-1024-4"


@dataclass(frozen=True, slots=True, eq=False)
class LocalFeatures:
    """Local features of one picture, the strongest and best spread first.

    `points` (N, 2) float64 in full-size pixels; `descriptors` (N, 128) uint8, RootSIFT in units of
    1/512; `scale` full-size pixels for one pixel of the picture on which they were found.
    """

    points: Points
    descriptors: NDArray[np.uint8]
    scale: float

    def __len__(self) -> int:
        return len(self.points)

    def within(self, box: Box) -> LocalFeatures:
        """Return only the features whose point lies in `box` (full-size pixels)."""
        x0, y0, x1, y1 = box
        x, y = self.points[:, 0], self.points[:, 1]
        keep = (x >= x0) & (x < x1) & (y >= y0) & (y < y1)
        return LocalFeatures(self.points[keep], self.descriptors[keep], self.scale)

    def first(self, count: int) -> LocalFeatures:
        """Return the `count` strongest features."""
        return LocalFeatures(self.points[:count], self.descriptors[:count], self.scale)


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceFeatures:
    """What search and alignment need of a reference.

    `size` is (width, height) of the full picture, `vectors` (V, D) the embeddings of the whole
    and of its middle, (0, 0) without an embedder; `small` (h, w) a small grey copy.
    """

    local: LocalFeatures
    size: tuple[int, int]
    vectors: NDArray[np.float32]
    small: NDArray[np.uint8]


def local_features(
    pixels: Pixels, *, full_width: int | None = None, limit: int = 1500, side: int = WORKING_SIDE
) -> LocalFeatures:
    """Find RootSIFT features.

    Args:
        pixels: (h, w, 3) uint8 RGB, perhaps decoded at a reduced scale.
        full_width: width of the full-size picture; points are given in its pixels. Default: w.
        limit: at most so many features, balanced over the picture so that a busy corner cannot
            take all.
        side: the picture is reduced to this longer side first; it is never enlarged.

    Returns:
        At most `limit` features, strongest of each cell first; none for a featureless picture.

    Source: Lowe, Distinctive Image Features from Scale-Invariant Keypoints, IJCV 2004;
    Arandjelović and Zisserman, Three things everyone should know to improve object retrieval,
    CVPR 2012 (the square root).
    """
    height, width = pixels.shape[:2]
    factor = min(1.0, side / max(height, width))
    grey = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY)
    if factor < 1.0:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    shrunk = np.array([width / grey.shape[1], height / grey.shape[0]])  # not quite the same
    scales = shrunk * (full_width or width) / width
    scale = float(scales[0])
    sift = cv2.SIFT_create(  # type: ignore[attr-defined]  # not in OpenCV 5 stubs
        nfeatures=2 * limit,
        contrastThreshold=0.02,
        edgeThreshold=12,
        enable_precise_upscale=True,  # without it, places lie half a pixel off on a turned photo
    )
    keypoints, raw = sift.detectAndCompute(grey, None)
    if raw is None or not keypoints:
        return LocalFeatures(np.empty((0, 2)), np.empty((0, 128), np.uint8), scale)
    points = np.array([k.pt for k in keypoints], np.float64)
    responses = np.array([k.response for k in keypoints])
    order = _balanced_order(points, responses, grey.shape[1], grey.shape[0])[:limit]
    full = (points[order] + 0.5) * scales - 0.5
    return LocalFeatures(full, _root(raw[order]), scale)


def feature_version() -> str:
    """Name the kind of local feature; a cache made by another version is of no use."""
    return _VERSION


def _root(raw: NDArray[np.float32]) -> NDArray[np.uint8]:
    total = np.maximum(raw.sum(axis=1, keepdims=True), 1e-6)
    rooted = np.sqrt(raw / total) * DESCRIPTOR_UNIT
    return np.asarray(np.clip(np.rint(rooted), 0, 255), np.uint8)


def _balanced_order(
    points: Points, responses: NDArray[np.float64], width: int, height: int
) -> NDArray[np.intp]:
    """Order by rank within a grid cell first, then by strength."""
    columns = np.clip(points[:, 0] * _CELLS / width, 0, _CELLS - 1).astype(int)
    rows = np.clip(points[:, 1] * _CELLS / height, 0, _CELLS - 1).astype(int)
    cell = rows * _CELLS + columns
    by_cell = np.lexsort((-responses, cell))
    starts = np.searchsorted(cell[by_cell], np.arange(_CELLS * _CELLS))
    rank = np.empty(len(points), int)
    rank[by_cell] = np.arange(len(points)) - starts[cell[by_cell]]
    return np.lexsort((-responses, rank // 8))
