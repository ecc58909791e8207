"""The table under a product: its texture, what lies about, the shadow that the product casts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.simulate.scenes import cloud

if TYPE_CHECKING:
    from vision.terms import Pixels, Points

_WORK_SIDE = 1200  # textures are computed at most this large, then enlarged

SURFACES = ("wood", "cloth", "stone", "paper", "felt")


def surface(kind: str, size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    """Return a table top, (H, W, 3) uint8; `size` is (width, height), `kind` one of SURFACES."""
    factor = min(1.0, _WORK_SIDE / max(size))
    w, h = max(2, round(size[0] * factor)), max(2, round(size[1] * factor))
    low, high, field = _texture(kind, w, h, rng)
    field = np.clip(field, 0, 1)[..., None].astype(np.float32)
    painted = low + (high - low) * field
    pixels = np.clip(painted, 0, 255).astype(np.uint8)
    if factor == 1:
        return np.asarray(pixels, np.uint8)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def _texture(
    kind: str, w: int, h: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x = np.linspace(0, w / h, w, dtype=np.float32)[None]
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    tone = float(rng.uniform(0.8, 1.12))
    grain = rng.random((h, w), dtype=np.float32)
    if kind == "wood":
        streak = cv2.resize(
            rng.random((h, 14), dtype=np.float32), (w, h), interpolation=cv2.INTER_CUBIC
        )
        ring = np.sin(34 * (y + 0.12 * cloud(w, h, rng, first=2)) + 1.5 * streak)
        field = 0.5 + 0.2 * ring + 0.3 * (streak - 0.5) + 0.08 * (grain - 0.5)
        seam = np.abs((y * 3.3 + float(rng.uniform(0, 1))) % 1 - 0.5) < 0.006
        return _rgb(104, 70, 44, tone), _rgb(186, 140, 96, tone), np.where(seam, 0, field)
    if kind == "cloth":
        weave = np.sin(x * 620) * np.sin(y * 620)
        folds = cloud(w, h, rng, first=2)
        cool = float(rng.uniform(0.9, 1.1))
        field = 0.45 * folds + 0.35 + 0.12 * weave + 0.12 * (grain - 0.5)
        return _rgb(120 * cool, 126, 134, tone), _rgb(196 * cool, 198, 204, tone), field
    if kind == "stone":
        veins = 1 - np.abs(cloud(w, h, rng) - 0.5) * 9
        field = 0.62 + 0.2 * cloud(w, h, rng) - 0.35 * np.clip(veins, 0, 1) + 0.06 * (grain - 0.5)
        return _rgb(120, 120, 124, tone), _rgb(230, 228, 224, tone), field
    if kind == "paper":
        field = 0.6 + 0.25 * cloud(w, h, rng, first=2) + 0.06 * (grain - 0.5)
        return _rgb(150, 142, 130, tone), _rgb(226, 220, 208, tone), field
    if kind == "felt":
        field = 0.4 + 0.2 * cloud(w, h, rng, first=3) + 0.4 * (grain - 0.5)
        return _rgb(34, 52, 60, tone), _rgb(86, 108, 116, tone), field
    raise ValueError(f"expected one of {SURFACES}, found {kind!r}")


def _rgb(red: float, green: float, blue: float, tone: float) -> np.ndarray:
    return np.array([red, green, blue], np.float32) * tone


def scatter(scene: Pixels, product: Points, count: int, rng: np.random.Generator) -> None:
    """Lay `count` small things beside the product, in place; `product` (N, 2) is kept free."""
    height, width = scene.shape[:2]
    side = max(width, height)
    hull = cv2.convexHull(product.astype(np.float32))
    for _ in range(count):
        kind = ("coin", "card", "pen", "cup", "clip")[int(rng.integers(5))]
        radius = side * {"coin": 0.035, "card": 0.1, "pen": 0.13, "cup": 0.12, "clip": 0.03}[kind]
        at = rng.uniform((-0.05, -0.05), (1.05, 1.05)) * (width, height)
        turn, tint = float(rng.uniform(0, 180)), rng.integers(40, 235, 3).tolist()
        if cv2.pointPolygonTest(hull, (float(at[0]), float(at[1])), True) > -radius * 1.1:
            continue
        for offset, colour in ((side * 0.008, None), (0.0, tint)):
            _thing(scene, kind, at + offset, radius, turn, colour)


def _thing(
    scene: Pixels, kind: str, at: Points, radius: float, turn: float, colour: list[int] | None
) -> None:
    """Draw one thing, or (colour None) the dark place below it."""
    x, y = (round(float(v)) for v in at)
    dark = [38, 34, 32]
    r = round(radius)
    if kind in ("coin", "cup"):
        rings = (
            ((1.0, 1.0), (0.86, 0.8), (0.78, 1.05))
            if kind == "coin"
            else ((1.0, 1.0), (0.84, 0.55), (0.8, 0.4))
        )
        for share, shade in rings if colour else ((1.0, 1.0),):
            cv2.circle(
                scene, (x, y), round(r * share), _toned(colour or dark, shade), -1, cv2.LINE_AA
            )
        return
    if kind == "clip":
        for share in (1.0, 0.7):
            axes = (max(2, round(r * share)), max(1, round(r * share * 0.36)))
            cv2.ellipse(
                scene, (x, y), axes, turn, 0, 320, colour or dark, max(1, r // 9), cv2.LINE_AA
            )
        return
    long, wide = (radius, radius * 0.62) if kind == "card" else (radius, radius * 0.075)
    _slab(scene, (x, y), long, wide, turn, colour or dark)
    if colour and kind == "card":
        _slab(scene, (x, y), long * 0.8, wide * 0.12, turn, _toned(colour, 0.6))
    if colour and kind == "pen":
        _slab(scene, (x, y), long * 0.45, wide * 0.35, turn, _toned(colour, 1.4))


def _slab(
    scene: Pixels, at: tuple[int, int], long: float, wide: float, turn: float, colour: list[int]
) -> None:
    corners = cv2.boxPoints(((float(at[0]), float(at[1])), (2 * long, 2 * wide), turn))
    cv2.fillConvexPoly(scene, np.round(corners).astype(np.int32), colour, cv2.LINE_AA)


def _toned(colour: list[int], shade: float) -> list[int]:
    return [min(255, round(value * shade)) for value in colour]


def cast_shadow(scene: Pixels, product: Points, rng: np.random.Generator) -> None:
    """Darken the table around the product, more on one side, in place."""
    height, width = scene.shape[:2]
    side = max(width, height)
    step = max(1, side // 400)
    lean = rng.uniform(-0.016, 0.016, 2) * side + (0, 0.006 * side)
    hull = cv2.convexHull((product + lean).astype(np.float32))[:, 0] / step
    shape = (max(2, height // step), max(2, width // step))
    field = np.zeros(shape, np.float32)
    cv2.fillConvexPoly(field, np.round(hull).astype(np.int32), 1.0)
    near = cv2.GaussianBlur(field, (0, 0), side * 0.006 / step)
    far = cv2.GaussianBlur(field, (0, 0), side * 0.022 / step)
    dark = cv2.resize(1 - 0.34 * near - 0.3 * far, (width, height))
    np.multiply(scene, dark[..., None], out=scene, casting="unsafe")
