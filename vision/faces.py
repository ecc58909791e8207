"""Another face of the same box: where a photo shows it from another angle, nothing is judged.

The face whose point pairs lead the alignment is compared. A face beyond an edge obeys another
homography; laid by the first it would differ everywhere, and laid by its own it would be seen too
much aslant to be compared with references that were taken from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vision import polygons
from vision.align import is_possible_view, jacobian, transform

if TYPE_CHECKING:
    from vision.align import Fit
    from vision.frames import Bow, Frame
    from vision.terms import Mask, Matrix, Points

_FEWEST = 12  # point pairs that make a face
_OFF = 8.0  # frame pixels off the first face from which a pair may belong to another
_ON = 4.0  # frame pixels within which it belongs to the first
_TOLERANCE = 3.0  # frame pixels
_ASLANT = 1.3  # times as long in one direction as across: less may be print that was stretched
_LEAST_SHARE = 0.06  # of the frame that the pairs of a face must span, a line of text does not
_LEAST_SIDE = 48.0  # frame pixels: nor is a face narrower
_STRANGERS = 0.3  # pairs of the first face among those of another, at most, for each of these
_REACH = 60  # frame pixels by which a face goes beyond its pairs
_CELL = 8  # frame pixels between places that are told apart


def other_face(fit: Fit, matrix: Matrix, bow: Bow, frame: Frame) -> Mask | None:
    """Find the part of the frame that shows another face than the one laid on it.

    Args:
        fit: the picture onto the canonical reference, with its loose pairs.
        matrix: (3, 3) by which the picture was laid.
        bow: and what was taken out beyond it.
        frame: where to.

    Returns:
        (h, w) True on the other face; None where there is none. A part that was only moved, turned
        or stretched a little is no face.
    """
    if fit.loose is None or len(fit.loose[0]) < 2 * _FEWEST:
        return None
    photo, reference = fit.loose
    off = reference - transform(matrix, photo) - bow.at(reference)
    away = np.linalg.norm(off, axis=1) / frame.scale
    odd = np.flatnonzero(away > _OFF)
    if len(odd) < _FEWEST:
        return None
    cv2.setRNGSeed(7)
    found: tuple[Any, Any] = cv2.findHomography(
        photo[odd], reference[odd], cv2.USAC_MAGSAC, _TOLERANCE * frame.scale, maxIters=2000
    )
    turned, kept = found
    if turned is None or int(kept.sum()) < _FEWEST:
        return None
    there = odd[kept.ravel() > 0]
    own = transform(frame.matrix, reference[away < _ON])
    face = transform(frame.matrix, reference[there])
    if not is_possible_view(turned, photo[there]) or not _is_apart(face, own, frame):
        return None
    if not _is_aslant(matrix, np.asarray(turned, np.float64), photo[there].mean(axis=0)):
        return None
    return _nearer(face, own, frame)


def _is_apart(face: Points, own: Points, frame: Frame) -> bool:
    """Tell whether points span an area of their own, which neither a line of text nor chance do."""
    hull = polygons.hull(face)
    _, sides, _ = cv2.minAreaRect(hull.astype(np.float32))
    if min(sides) < _LEAST_SIDE:
        return False
    if polygons.area(hull) < _LEAST_SHARE * frame.width * frame.height:
        return False
    strangers = int(polygons.within(own, hull, with_edge=False).sum())
    return bool(strangers < _STRANGERS * len(face))


def _is_aslant(matrix: Matrix, turned: Matrix, point: Points) -> bool:
    """Tell whether one homography foreshortens what the other shows, beyond any stretched print."""
    between = jacobian(turned, point) @ np.linalg.inv(jacobian(matrix, point))
    longer, shorter = np.linalg.svd(between, compute_uv=False)
    return bool(longer > _ASLANT * shorter)


def _nearer(face: Points, own: Points, frame: Frame) -> Mask:
    """Return the frame's pixels around the pairs of `face` that are nearer to these than to own."""
    hull = polygons.filled_hull(face, (frame.height, frame.width)).astype(np.uint8)
    side = 2 * _REACH + 1
    hull = np.asarray(cv2.dilate(hull, np.ones((side, side), np.uint8)), np.uint8)
    rows, columns = np.mgrid[0 : frame.height : _CELL, 0 : frame.width : _CELL]
    cells = np.stack([columns.ravel(), rows.ravel()], axis=1).astype(np.float64)
    closer = (_distance(cells, face) < _distance(cells, own)).reshape(rows.shape)
    size = (columns.shape[1] * _CELL, rows.shape[0] * _CELL)
    wide = cv2.resize(closer.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    return np.asarray((hull > 0) & (wide[: frame.height, : frame.width] > 0), bool)


def _distance(cells: Points, points: Points) -> Points:
    if not len(points):
        return np.full(len(cells), np.inf)
    return np.asarray(
        np.sqrt(((cells[:, None] - points[None]) ** 2).sum(axis=2).min(axis=1)), np.float64
    )
