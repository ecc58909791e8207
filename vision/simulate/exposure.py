"""Apply light, things in the way, lens, sensor and file to a picture, in that order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from vision.simulate.optics import Optics
    from vision.terms import Mask, Pixels, Points

_Field = NDArray[Any]  # float32
_COARSE = 8  # smooth fields are computed at one of so many pixels
_COVERED = 0.7  # share of glare or occluder above which print is gone


@dataclass(frozen=True, slots=True, eq=False)
class Exposed:
    """`pixels` (H, W, 3) uint8 and `hidden` (H, W), True where print cannot be seen any more."""

    pixels: Pixels
    hidden: Mask


def expose(
    scene: Pixels, optics: Optics, rng: np.random.Generator, *, corners: Points | None = None
) -> Exposed:
    """Expose a scene.

    Args:
        scene: (H, W, 3) uint8 as the eye sees it in even light.
        optics: what happens to it.
        rng: shapes of glare, shadow and occluders, and the noise; nothing depends on what the
            scene shows.
        corners: (4, 2) the product in the scene, for what lies on it; default: the whole scene.

    Returns:
        The picture as the file holds it, and where print is hidden.
    """
    height, width = scene.shape[:2]
    if corners is None:
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    light = scene.astype(np.float32)
    light *= _lighting(width, height, optics, rng)[..., None]
    glare = _glare(width, height, optics, corners, rng)
    if glare is not None:
        light += (255 - light) * glare[..., None]
    cover = _occlude(light, optics, corners, rng)
    hidden = np.zeros((height, width), bool)
    for share in (glare, cover):
        if share is not None:
            hidden |= share > _COVERED
    light = _through_lens(light, optics)
    return Exposed(_recorded(light, optics, rng), hidden)


def _lighting(width: int, height: int, optics: Optics, rng: np.random.Generator) -> _Field:
    x, y = _coarse_grid(width, height)
    angle = np.radians(optics.light_deg)
    along = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    field = (
        1 - optics.light * (along + 0.5) - 0.12 * optics.light * ((x - 0.5) ** 2 + (y - 0.5) ** 2)
    )
    field = field * 2.0**optics.stops
    at, lean = rng.uniform(0.1, 0.9), rng.uniform(-0.6, 0.6)
    wide, soft = rng.uniform(0.12, 0.4), rng.uniform(0.02, 0.12)
    if optics.shadow:
        off = np.abs(x - at + lean * (y - 0.5))
        field = field * (1 - optics.shadow * np.clip((wide - off) / soft + 0.5, 0, 1))
    return _grown(field, width, height)


def _coarse_grid(width: int, height: int) -> tuple[_Field, _Field]:
    x = np.linspace(0, 1, max(2, width // _COARSE), dtype=np.float32)
    y = np.linspace(0, 1, max(2, height // _COARSE), dtype=np.float32)
    grid = np.meshgrid(x, y)
    return grid[0], grid[1]


def _grown(field: NDArray[np.floating], width: int, height: int) -> _Field:
    return cv2.resize(field.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)


def _on_product(corners: Points, rng: np.random.Generator) -> tuple[float, float]:
    u, v = rng.uniform(0.12, 0.88, 2)
    top = corners[0] * (1 - u) + corners[1] * u
    bottom = corners[3] * (1 - u) + corners[2] * u
    x, y = top * (1 - v) + bottom * v
    return float(x), float(y)


def _glare(
    width: int, height: int, optics: Optics, corners: Points, rng: np.random.Generator
) -> _Field | None:
    """Return the share of pure white, (H, W) in [0, 1], or None where nothing shines."""
    total: _Field | None = None
    if optics.soft_glare:
        total = _soft_glare(width, height, optics.soft_glare, corners, rng)
    if optics.hard_glare:
        hard = _hard_glare(width, height, optics.hard_glare, corners, rng)
        total = hard if total is None else np.maximum(total, hard)
    if optics.sleeve:
        folds = _sleeve(width, height, optics.sleeve, rng)
        total = folds if total is None else np.maximum(total, folds)
    return total


def _soft_glare(
    width: int, height: int, strength: float, corners: Points, rng: np.random.Generator
) -> _Field:
    x, y = _coarse_grid(width, height)
    field = np.zeros_like(x)
    for _ in range(int(rng.integers(1, 3))):
        cx, cy = _on_product(corners, rng)
        angle = rng.uniform(0, np.pi)
        dx, dy = (x - cx / width), (y - cy / height) * height / width
        u, v = dx * np.cos(angle) + dy * np.sin(angle), dy * np.cos(angle) - dx * np.sin(angle)
        long, short = rng.uniform(0.12, 0.3), rng.uniform(0.05, 0.12)
        field = np.maximum(field, np.exp(-((u / long) ** 2) - (v / short) ** 2))
    return _grown(field * strength, width, height)


def _hard_glare(
    width: int, height: int, count: int, corners: Points, rng: np.random.Generator
) -> _Field:
    """Reflected lamps and windows: bright quadrilaterals with a narrow soft edge."""
    field = np.zeros((height, width), np.uint8)
    side = max(width, height)
    for _ in range(count):
        cx, cy = _on_product(corners, rng)
        angle = rng.uniform(0, np.pi)
        long, short = rng.uniform(0.05, 0.14) * side, rng.uniform(0.008, 0.035) * side
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-along[1], along[0]])
        quad = [
            along * long + across * short,
            along * long * 0.9 - across * short,
            -along * long - across * short * 0.7,
            -along * long * 1.05 + across * short,
        ]
        points = np.array(quad) + np.array([cx, cy])
        cv2.fillConvexPoly(field, np.round(points).astype(np.int32), float(rng.uniform(215, 255)))
    halo = _blurred(field.astype(np.float32) / 255, side * 0.016) * 0.6
    return np.maximum(_blurred(field.astype(np.float32) / 255, side * 0.0018), halo)


def _sleeve(width: int, height: int, strength: float, rng: np.random.Generator) -> _Field:
    """Streaks of a clear plastic sleeve: thin bright creases that run roughly one way."""
    step = 2
    w, h = max(2, width // step), max(2, height // step)
    field = np.zeros((h, w), np.uint8)
    heading = rng.uniform(0, np.pi)
    for _ in range(int(rng.integers(4, 10))):
        angle = heading + rng.normal(0, 0.25)
        t = np.linspace(-0.5, 0.5, 24)
        sag = rng.normal(0, 0.08) * (t**2 - 0.1) + 0.01 * np.sin(t * rng.uniform(8, 20))
        long = rng.uniform(0.25, 0.9) * max(w, h)
        x = rng.uniform(0, w) + long * (t * np.cos(angle) - sag * np.sin(angle))
        y = rng.uniform(0, h) + long * (t * np.sin(angle) + sag * np.cos(angle))
        line = np.round(np.stack([x, y], axis=1)).astype(np.int32)
        thick = max(1, round(float(rng.uniform(0.001, 0.007)) * max(w, h)))
        cv2.polylines(field, [line], False, float(rng.uniform(90, 255)), thick, cv2.LINE_AA)
    share = _blurred(field.astype(np.float32) / 255, max(w, h) * 0.0018)
    share = np.maximum(share, _blurred(share, max(w, h) * 0.012) * 1.2)
    return _grown(np.clip(share * strength, 0, 1), width, height)


def _occlude(
    light: _Field, optics: Optics, corners: Points, rng: np.random.Generator
) -> _Field | None:
    """Draw fingers and cables over the picture, in place; return how opaque they are."""
    cover: _Field | None = None
    for _ in range(optics.fingers):
        cover = _finger(light, corners, rng, cover)
    for _ in range(optics.cables):
        cover = _cable(light, corners, rng, cover)
    return cover


def _finger(
    light: _Field, corners: Points, rng: np.random.Generator, cover: _Field | None
) -> _Field:
    height, width = light.shape[:2]
    side = max(width, height)
    centre = corners.mean(axis=0)
    edge = int(rng.integers(4))
    tip = corners[edge] * 0.5 + corners[(edge + 1) % 4] * 0.5
    tip = tip + (corners[(edge + 1) % 4] - corners[edge]) * rng.uniform(-0.36, 0.36)
    inward = (centre - tip) / max(1.0, float(np.hypot(*(centre - tip))))
    tip = tip + inward * rng.uniform(0.03, 0.09) * side
    root = tip - inward * side * 0.7 + rng.normal(0, 0.1 * side, 2)
    radius = rng.uniform(0.032, 0.048) * side
    step = 2
    y, x = np.mgrid[0:height:step, 0:width:step].astype(np.float32)
    ax, ay = root - tip
    t = np.clip(((x - tip[0]) * ax + (y - tip[1]) * ay) / (ax * ax + ay * ay), 0, 1)
    off = np.hypot(x - tip[0] - t * ax, y - tip[1] - t * ay) / (radius * (1 + 0.5 * t))
    skin = np.array((226, 172, 142), np.float32) * rng.uniform(0.55, 1.05)
    round_ = np.sqrt(np.clip(1 - off**2, 0, 1))
    tone = (skin * (0.42 + 0.58 * round_[..., None])).astype(np.float32)
    alpha = np.clip((1 - off) * radius / 3 + 0.5, 0, 1).astype(np.float32)
    shade = np.clip(1.35 - off, 0, 1) * 0.5
    light *= (1 - _grown(shade, width, height))[..., None]
    return _over(light, _grown(tone, width, height), _grown(alpha, width, height), cover)


def _cable(
    light: _Field, corners: Points, rng: np.random.Generator, cover: _Field | None
) -> _Field:
    height, width = light.shape[:2]
    side = max(width, height)
    start = corners[int(rng.integers(4))] + rng.normal(0, 0.1 * side, 2)
    t = np.linspace(0, 1, 60)[:, None]
    ends = np.array(
        [start, *(_on_product(corners, rng) for _ in range(2)), start + rng.normal(0, side, 2)]
    )
    curve = (1 - t) ** 3 * ends[0] + 3 * t * (1 - t) ** 2 * ends[1]
    curve = curve + 3 * t**2 * (1 - t) * ends[2] + t**3 * ends[3]
    drawn = np.zeros((height, width), np.uint8)
    thick = max(2, round(float(rng.uniform(0.006, 0.012)) * side))
    cv2.polylines(drawn, [np.round(curve).astype(np.int32)], False, 255, thick, cv2.LINE_AA)
    alpha = drawn.astype(np.float32) / 255
    light *= (1 - 0.4 * _blurred(np.roll(alpha, thick // 2, 0), thick))[..., None]
    tone = np.full_like(light, float(rng.choice([28, 60, 215])))
    return _over(light, tone, alpha, cover)


def _over(light: _Field, tone: _Field, alpha: _Field, cover: _Field | None) -> _Field:
    light += (tone - light) * alpha[..., None]
    return alpha if cover is None else np.maximum(cover, alpha)


def _blurred(field: _Field, sigma: float) -> _Field:
    """Gaussian blur; a wide one is done on a reduced picture, where it costs little."""
    if sigma < 0.2:
        return field
    factor = max(1, int(sigma / 4))
    if factor == 1:
        return cv2.GaussianBlur(field, (0, 0), sigma)
    height, width = field.shape[:2]
    small = cv2.resize(
        field, (max(2, width // factor), max(2, height // factor)), interpolation=cv2.INTER_AREA
    )
    small = cv2.GaussianBlur(small, (0, 0), sigma / factor)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def _through_lens(light: _Field, optics: Optics) -> _Field:
    height, width = light.shape[:2]
    unit = max(width, height) / 1000
    light = _blurred(light, optics.defocus * unit)
    if optics.motion * unit >= 1:
        light = cv2.filter2D(light, -1, _trail(optics.motion * unit, optics.motion_deg))
    if optics.resample < 0.98:
        size = (max(2, round(width * optics.resample)), max(2, round(height * optics.resample)))
        small = cv2.resize(light, size, interpolation=cv2.INTER_AREA)
        light = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return light


def _trail(length: float, degrees: float) -> _Field:
    """Return the kernel of a straight movement of `length` pixels."""
    reach = int(np.ceil(length / 2)) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    half = length / 2 * np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    ends = [tuple(np.round((reach + s * half) * 16).astype(int).tolist()) for s in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_AA, 4)
    if not kernel.any():
        kernel[reach, reach] = 1
    trail: _Field = kernel / kernel.sum()
    return trail


def _recorded(light: _Field, optics: Optics, rng: np.random.Generator) -> Pixels:
    """Sensor and file: white balance, gamma, noise, sharpening, JPEG."""
    gain = np.array([1 + optics.warmth, 1 + optics.tint, 1 - optics.warmth], np.float32)
    light = light * (gain * (1 - optics.veil))
    if optics.veil:
        light += 255 * optics.veil
    if optics.noise:
        _add_noise(light, optics.noise, rng)
    if optics.sharpen:
        soft = cv2.GaussianBlur(light, (0, 0), 1.2)
        light += (light - soft) * optics.sharpen
    pixels = np.clip(light, 0, 255).astype(np.uint8)
    if optics.gamma != 1.0:
        curve = np.round(255 * (np.arange(256) / 255) ** optics.gamma).astype(np.uint8)
        pixels = np.asarray(cv2.LUT(pixels, curve), np.uint8)
    for quality in (optics.jpeg_before, optics.jpeg):
        if quality:
            pixels = _saved(pixels, quality)
    return pixels


def _add_noise(light: _Field, sigma: float, rng: np.random.Generator) -> None:
    """Grey noise on every pixel, and half as much blotchy colour noise."""
    height, width = light.shape[:2]
    side = 512
    tile = rng.standard_normal((side + 64, side + 64), dtype=np.float32) * sigma
    rows, columns = -(-height // side), -(-width // side)
    for row in range(rows):
        for column in range(columns):
            a, b = rng.integers(0, 64, 2)
            part = light[row * side : (row + 1) * side, column * side : (column + 1) * side]
            part += tile[a : a + part.shape[0], b : b + part.shape[1], None]
    blotch = rng.standard_normal((max(2, height // 6), max(2, width // 6), 3), dtype=np.float32)
    light += cv2.resize(blotch * (sigma * 0.5), (width, height), interpolation=cv2.INTER_LINEAR)


def _saved(pixels: Pixels, quality: int) -> Pixels:
    bgr = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)
