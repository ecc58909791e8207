"""References as they are used: a flat side made straight, or cropped, by four corners.

Originals are never changed: the corners are kept beside them, and the prepared picture is made anew
whenever it is needed. Where there are corners, every other point on that reference is in pixels of
the prepared picture.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision import outline as outlines
from vision import pictures
from vision.align import transform

if TYPE_CHECKING:
    from vision.terms import Matrix, Photo, Pixels, Points, Reference, Vertices

LEAST_CORNER_SIDE = 32.0  # full-size pixels: a prepared side shorter than that was a slip


def read_reference(reference: Reference, *, max_side: int | None = None) -> Photo:
    """Read a reference as it is compared: upright, straight and cropped where it was prepared.

    Args:
        reference: with or without corners.
        max_side: decode so that the longer side of the prepared picture has about this many
            pixels; None decodes at full size.

    Returns:
        `width` and `height` are those of the prepared picture, `sha256` that of the original.

    Raises:
        PictureError: the original cannot be read.
        ValueError: the corners make no quadrilateral.
    """
    if reference.corners is None:
        return pictures.read(reference.path, max_side=max_side)
    return prepared_photo(pictures.read(reference.path), reference.corners, max_side=max_side)


def prepared_photo(photo: Photo, corners: Vertices, *, max_side: int | None = None) -> Photo:
    """Lay the quadrilateral of `corners` on a rectangle.

    Args:
        photo: the original picture.
        corners: four points (x, y) in full-size pixels of it, from the top left clockwise.
        max_side: longest side of the result in pixels, at most its full size.

    Raises:
        ValueError: the corners make no quadrilateral.

    Source: Hartley and Zisserman, Multiple View Geometry, 2nd ed., section 2.7.
    """
    width, height = prepared_size(corners)
    shrink = 1.0 if max_side is None else min(1.0, max_side / max(width, height))
    size = max(1, round(width * shrink)), max(1, round(height * shrink))
    source, scale = _shrunk(photo, size[0] / width)
    to_small = _scaling(1.0 / scale)
    to_result = np.diag([size[0] / width, size[1] / height, 1.0])
    to_result[:2, 2] = 0.5 * (np.diag(to_result)[:2] - 1.0)
    matrix = to_result @ corners_matrix(corners) @ np.linalg.inv(to_small)
    pixels = cv2.warpPerspective(
        source, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return replace(photo, pixels=np.asarray(pixels, np.uint8), width=width, height=height)


def corners_matrix(corners: Vertices) -> Matrix:
    """Return the (3, 3) matrix from full-size pixels of an original to those prepared.

    Raises:
        ValueError: the corners make no quadrilateral.
    """
    width, height = prepared_size(corners)
    whole = np.array(outlines.whole(width, height), np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(corners, np.float32), whole)
    return np.asarray(matrix, np.float64)


def prepared_size(corners: Vertices) -> tuple[int, int]:
    """Return width and height of the prepared picture: the longer of each two opposite sides.

    Raises:
        ValueError: the corners make no quadrilateral.
    """
    points = np.array(corners, np.float64)
    if points.shape != (4, 2) or not np.isfinite(points).all():
        raise ValueError(f"expected four corners, found {corners}")
    sides = np.roll(points, -1, axis=0) - points
    after = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0]
    lengths = np.hypot(*sides.T)
    if lengths.min() < LEAST_CORNER_SIDE or turns.min() <= 0:
        raise ValueError(f"expected four corners clockwise around an area, found {corners}")
    return round(max(lengths[0], lengths[2])), round(max(lengths[1], lengths[3]))


def carried_points(points: Vertices, before: Vertices | None, after: Vertices | None) -> Vertices:
    """Carry points on a reference over from one preparation of it to another.

    Args:
        points: (x, y) in pixels of the reference as prepared by `before`.
        before: corners, or None for the picture as it is.
        after: the same.
    """
    matrix: Matrix = np.eye(3)
    if before is not None:
        matrix = np.linalg.inv(corners_matrix(before))
    if after is not None:
        matrix = corners_matrix(after) @ matrix
    moved = transform(matrix, np.array(points, np.float64))
    return tuple((float(x), float(y)) for x, y in moved)


def propose_corners(photo: Photo, outline: Vertices | None = None) -> Vertices | None:
    """Propose the four corners of a flat side.

    Args:
        photo: the original picture.
        outline: the product's own area in full-size pixels of it, as far as it is known.

    Returns:
        From the top left clockwise, inside the picture; None where no outline can be found.
    """
    found = outline or outlines.margins_off(photo.pixels, photo.width)
    if found is None:
        return None
    hull = cv2.convexHull(np.array(found, np.float32)).reshape(-1, 2).astype(np.float64)
    corners = _clockwise(_four_of(hull))
    corners[:, 0] = np.clip(corners[:, 0], -0.5, photo.width - 0.5)
    corners[:, 1] = np.clip(corners[:, 1], -0.5, photo.height - 0.5)
    proposed = tuple((float(x), float(y)) for x, y in corners)
    try:
        prepared_size(proposed)
    except ValueError:
        return None
    return proposed


def reference_key(reference: Reference) -> str:
    """Name what is seen of a reference, for caches: its hash, and its corners where it has some."""
    if reference.corners is None:
        return reference.sha256
    told = json.dumps([reference.sha256, reference.corners])
    return hashlib.sha256(told.encode()).hexdigest()


def _four_of(hull: Points) -> Points:
    """The quadrilateral that fits a convex outline best: its own corners, or the least box."""
    contour = hull.astype(np.float32)
    length = cv2.arcLength(contour, True)
    for share in np.linspace(0.01, 0.12, 23):
        simple = cv2.approxPolyDP(contour, float(share * length), True).reshape(-1, 2)
        if len(simple) == 4:
            return np.asarray(simple, np.float64)
        if len(simple) < 4:
            break
    return np.asarray(cv2.boxPoints(cv2.minAreaRect(contour)), np.float64)


def _clockwise(points: Points) -> Points:
    """Clockwise on the screen, from the corner nearest to the top left."""
    away = points - points.mean(axis=0)
    ordered = points[np.argsort(np.arctan2(away[:, 1], away[:, 0]))]
    return np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0)


def _shrunk(photo: Photo, wanted: float) -> tuple[Pixels, float]:
    """The picture at about `wanted` pixels for a full-size one, so that nothing aliases."""
    own = 1.0 / photo.scale
    if wanted >= own * 0.75:
        return photo.pixels, photo.scale
    share = wanted / own
    height, width = photo.pixels.shape[:2]
    size = max(1, round(width * share)), max(1, round(height * share))
    small = cv2.resize(photo.pixels, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), photo.width / size[0]


def _scaling(factor: float) -> Matrix:
    """From full-size pixels to those of a picture `factor` times as large."""
    matrix = np.diag([factor, factor, 1.0])
    matrix[:2, 2] = 0.5 * (factor - 1.0)
    return matrix
