"""Alterations of a finished page, pixel by pixel: what a copy of any picture may get wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from vision.terms import Box, Map, Pixels

_SEEN = 10  # grey levels by which a pixel must change to count as altered
_LEAST = 24  # altered pixels below which an edit does not count
_TRIES = 10
_FEATHER = 1.2  # sigma in pixels of the seam around what is pasted


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """An edited page (h, w, 3), the mask (h, w) float32 of what changed, and the kind."""

    pixels: Pixels
    mask: Map
    kind: str


def edit(
    page: Pixels,
    rng: np.random.Generator,
    *,
    within: Box,
    other: Pixels,
    kind: str | None = None,
) -> Edit | None:
    """Alter one place of a page.

    Args:
        page: (h, w, 3) uint8; it is not changed.
        rng: chooses kind, place and amount.
        within: where the middle of the altered place may lie.
        other: another page, from which foreign parts are taken.
        kind: one of EDIT_KINDS; default: any.

    Returns:
        The edit, or None where nothing suitable was found.
    """
    for _ in range(_TRIES):
        chosen = kind or EDIT_KINDS[_drawn(rng)]
        box = _structured_box(page, rng, within)
        if box is None:
            return None
        edited = _EDITS[chosen](page.copy(), box, rng, other)
        if edited is None:
            continue
        apart = cv2.absdiff(edited, page).max(axis=2) > _SEEN
        if int(apart.sum()) >= _LEAST:
            mask = cv2.dilate(apart.astype(np.uint8), np.ones((5, 5), np.uint8))
            return Edit(edited, mask.astype(np.float32), chosen)
    return None


def _drawn(rng: np.random.Generator) -> int:
    return int(rng.choice(len(EDIT_KINDS), p=np.array(_CHANCES) / sum(_CHANCES)))


def _structured_box(page: Pixels, rng: np.random.Generator, within: Box) -> Box | None:
    """Choose a box that has print in it; sizes are drawn evenly on a logarithmic scale."""
    height, width = page.shape[:2]
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    for _ in range(12):
        long = float(np.exp(rng.uniform(np.log(14), np.log(120))))
        flat = float(np.exp(rng.uniform(np.log(0.25), 0.0)))
        w, h = (
            (long, max(10.0, long * flat)) if rng.random() < 0.7 else (max(10.0, long * flat), long)
        )
        x = rng.uniform(within[0], within[2]) - w / 2
        y = rng.uniform(within[1], within[3]) - h / 2
        x0, y0 = max(1, round(x)), max(1, round(y))
        x1, y1 = min(width - 1, round(x + w)), min(height - 1, round(y + h))
        if x1 - x0 < 8 or y1 - y0 < 8:
            continue
        part = grey[y0:y1, x0:x1]
        if part.std() > 9:
            return x0, y0, x1, y1
    return None


def _seam(shape: tuple[int, int], box: Box) -> Map:
    mask = np.zeros(shape, np.float32)
    x0, y0, x1, y1 = box
    mask[y0:y1, x0:x1] = 1.0
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), _FEATHER), np.float32)[..., None]


def _pasted(page: Pixels, patch: Pixels, box: Box) -> Pixels:
    layer = page.copy()
    x0, y0, x1, y1 = box
    layer[y0:y1, x0:x1] = patch
    alpha = _seam(page.shape[:2], box)
    return np.asarray(np.rint(page * (1 - alpha) + layer * alpha), np.uint8)


def _clipped(box: Box, shape: tuple[int, ...]) -> Box:
    x0, y0, x1, y1 = box
    return max(0, x0), max(0, y0), min(shape[1], x1), min(shape[0], y1)


def _filled(page: Pixels, box: Box) -> Pixels:
    """Fill a box from what surrounds it."""
    x0, y0, x1, y1 = box
    pad = 6
    ax0, ay0, ax1, ay1 = _clipped((x0 - pad, y0 - pad, x1 + pad, y1 + pad), page.shape)
    part = page[ay0:ay1, ax0:ax1]
    hole = np.zeros(part.shape[:2], np.uint8)
    hole[y0 - ay0 : y1 - ay0, x0 - ax0 : x1 - ax0] = 1
    page[ay0:ay1, ax0:ax1] = cv2.inpaint(np.ascontiguousarray(part), hole, 3, cv2.INPAINT_TELEA)
    return page


def _erased(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels | None:
    del other
    if rng.random() < 0.3:
        x0, y0, x1, y1 = box
        ring = np.concatenate([page[y0, x0:x1], page[y1 - 1, x0:x1], page[y0:y1, x0]])
        flat = np.broadcast_to(np.median(ring, axis=0), (y1 - y0, x1 - x0, 3))
        return _pasted(page, flat.astype(np.uint8), box)
    return _filled(page, box)


def _moved(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels | None:
    del other
    angle, far = rng.uniform(0, 2 * np.pi), rng.uniform(3, 14)
    dx, dy = round(far * np.cos(angle)), round(far * np.sin(angle))
    x0, y0, x1, y1 = box
    to = (x0 + dx, y0 + dy, x1 + dx, y1 + dy)
    if to != _clipped(to, page.shape):
        return None
    patch = page[y0:y1, x0:x1].copy()
    return _pasted(_filled(page, box), patch, to)


def _stretched(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels | None:
    del other
    x0, y0, x1, y1 = box
    w, h = x1 - x0, y1 - y0
    more = 1 + rng.uniform(0.05, 0.22)
    if rng.random() < 0.4:
        more = 1 / more
    across, down = ((more, 1.0), (1.0, more), (more, more))[int(rng.integers(3))]
    new_w, new_h = max(6, round(w * across)), max(6, round(h * down))
    if max(abs(new_w - w), abs(new_h - h)) < 2:
        return None
    patch = cv2.resize(page[y0:y1, x0:x1], (new_w, new_h), interpolation=cv2.INTER_CUBIC)
    anchor_x = rng.random() if rng.random() < 0.5 else 0.5
    left, top = round(x0 - (new_w - w) * anchor_x), round(y0 - (new_h - h) * 0.5)
    to = (left, top, left + new_w, top + new_h)
    if to != _clipped(to, page.shape):
        return None
    under = _filled(page, box) if more < 1 else page
    return _pasted(under, np.asarray(patch, np.uint8), to)


def _hue(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels | None:
    del other
    x0, y0, x1, y1 = box
    hsv = cv2.cvtColor(page, cv2.COLOR_RGB2HSV)
    part = hsv[y0:y1, x0:x1].astype(np.int32)
    lively = (part[..., 1] > 50) & (part[..., 2] > 50)
    if lively.mean() < 0.12:
        return None
    turn = int(rng.uniform(7, 45)) * (1 if rng.random() < 0.5 else -1)
    part[..., 0] = (part[..., 0] + turn) % 180
    if rng.random() < 0.3:
        part[..., 1] = np.clip(part[..., 1] * rng.uniform(0.55, 1.3), 0, 255)
    hsv[y0:y1, x0:x1] = part.astype(np.uint8)
    turned = np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)
    return _pasted(page, turned[y0:y1, x0:x1], box)


def _weighted(page: Pixels, box: Box, rng: np.random.Generator, way: int) -> Pixels:
    """Thicken the dark (way 1) or the light (way -1) by 0.6 to 2 pixels."""
    x0, y0, x1, y1 = box
    amount = rng.uniform(0.6, 2.0)
    finer = 2
    part = cv2.resize(page[y0:y1, x0:x1], None, fx=finer, fy=finer, interpolation=cv2.INTER_CUBIC)
    reach = max(2, round(amount * finer))
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach + 1, reach + 1))
    turned = cv2.erode(part, element) if way > 0 else cv2.dilate(part, element)
    back = cv2.resize(turned, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
    return _pasted(page, np.asarray(back, np.uint8), box)


def _darker_strokes(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels:
    del other
    return _weighted(page, box, rng, 1)


def _lighter_strokes(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels:
    del other
    return _weighted(page, box, rng, -1)


def _mirrored(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels | None:
    del other
    x0, y0, x1, y1 = box
    patch = page[y0:y1, x0:x1]
    turned = patch[:, ::-1] if rng.random() < 0.6 else patch[::-1]
    return _pasted(page, turned.copy(), box)


def _swapped(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels | None:
    """Put another part of the same page here."""
    del other
    x0, y0, x1, y1 = box
    w, h = x1 - x0, y1 - y0
    x = int(rng.integers(0, max(1, page.shape[1] - w)))
    y = int(rng.integers(0, max(1, page.shape[0] - h)))
    if abs(x - x0) < w // 3 and abs(y - y0) < h // 3:
        return None
    return _pasted(page, _toned(page[y : y + h, x : x + w], page[y0:y1, x0:x1]), box)


def _foreign(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels | None:
    """Put a part of another page here, brought to the same mean and deviation."""
    x0, y0, x1, y1 = box
    w, h = x1 - x0, y1 - y0
    if other.shape[0] <= h or other.shape[1] <= w:
        return None
    x = int(rng.integers(0, other.shape[1] - w))
    y = int(rng.integers(0, other.shape[0] - h))
    return _pasted(page, _toned(other[y : y + h, x : x + w], page[y0:y1, x0:x1]), box)


def _toned(patch: Pixels, like: Pixels) -> Pixels:
    own, wanted = patch.astype(np.float32), like.astype(np.float32)
    spread = wanted.std(axis=(0, 1)) + 1
    gain = np.clip(spread / (own.std(axis=(0, 1)) + 1), 0.4, 2.5)
    moved = (own - own.mean(axis=(0, 1))) * gain + wanted.mean(axis=(0, 1))
    return np.asarray(np.clip(moved, 0, 255), np.uint8)


def _torn(page: Pixels, box: Box, rng: np.random.Generator, other: Pixels) -> Pixels | None:
    """Tear or cut a piece off: bare board or paper shows, with a pale fibrous edge."""
    x0, y0, x1, y1 = box
    height, width = page.shape[:2]
    centre = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    count = int(rng.integers(5, 11))
    angles = np.sort(rng.uniform(0, 2 * np.pi, count))
    reach = max(x1 - x0, y1 - y0) * rng.uniform(0.25, 0.6, count)
    hull = centre + np.stack([np.cos(angles) * reach, np.sin(angles) * reach], axis=1)
    hole = np.zeros((height, width), np.uint8)
    cv2.fillPoly(hole, [np.rint(hull).astype(np.int32)], 255, cv2.LINE_AA)
    tone = np.array(((222, 214, 200), (188, 150, 108), (236, 236, 234))[int(rng.integers(3))])
    grain: NDArray[Any] = rng.normal(0, 6, (height // 2 + 1, width // 2 + 1, 1)).astype(np.float32)
    grain = cv2.resize(grain, (width, height))[..., None]
    ground = np.clip(tone * rng.uniform(0.8, 1.08) + grain, 0, 255)
    if rng.random() < 0.25 and other.shape[0] >= height and other.shape[1] >= width:
        ground = other[:height, :width].astype(np.float32)
    edge = cv2.dilate(hole, np.ones((3, 3), np.uint8)).astype(np.float32)[..., None] / 255
    alpha = hole.astype(np.float32)[..., None] / 255
    shown = page * (1 - edge) + 244.0 * edge
    return np.asarray(np.clip(shown * (1 - alpha) + ground * alpha, 0, 255), np.uint8)


_EDITS: dict[str, Callable[[Pixels, Box, np.random.Generator, Pixels], Pixels | None]] = {
    "moved": _moved,
    "stretched": _stretched,
    "hue": _hue,
    "erased": _erased,
    "darker strokes": _darker_strokes,
    "lighter strokes": _lighter_strokes,
    "mirrored": _mirrored,
    "swapped": _swapped,
    "foreign": _foreign,
    "torn": _torn,
}
EDIT_KINDS = tuple(_EDITS)
_CHANCES = (1.0, 1.2, 2.2, 1.2, 1.8, 1.8, 0.7, 0.8, 1.2, 0.7)  # subtle kinds more often
