"""Photo-like pictures for artwork (mountains, fruit, silk), computed from gradients and noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from vision.simulate.marks import Colour
    from vision.terms import Pixels

_Field = NDArray[Any]  # float32
_WORK_SIDE = 420  # computed at most this large, then enlarged: these pictures are soft


def scene_picture(
    kind: str, width: int, height: int, *, seed: int, colours: tuple[Colour, Colour, Colour]
) -> Pixels:
    """Compute one picture, (height, width, 3) uint8.

    Args:
        kind: one of SCENE_KINDS.
        width: pixels.
        height: pixels.
        seed: chooses among the variants of the kind.
        colours: deep, middle and light RGB; the picture is made of these.
    """
    factor = min(1.0, _WORK_SIDE / max(width, height))
    small = (max(2, round(width * factor)), max(2, round(height * factor)))
    rng = np.random.default_rng(seed)
    painted = _SCENES[kind](*small, rng, [np.array(c, np.float32) for c in colours])
    shown: Pixels = np.clip(painted, 0, 255).astype(np.uint8)
    if small == (width, height):
        return shown
    grown = cv2.resize(shown, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(grown, np.uint8)


def cloud(width: int, height: int, rng: np.random.Generator, *, first: int = 3) -> _Field:
    """Return smooth noise in [0, 1], (height, width): octaves of enlarged random grids."""
    total: _Field = np.zeros((height, width), np.float32)
    for octave in range(5):
        cells = first * 2**octave
        grid = rng.random((cells + 1, cells + 1), dtype=np.float32)
        grown: _Field = cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
        total += grown / 2.0**octave
    low, high = float(total.min()), float(total.max())
    return (total - low) / max(high - low, 1e-6)


def _grid(width: int, height: int) -> tuple[_Field, _Field]:
    x = np.linspace(0, width / height, width, dtype=np.float32)
    y = np.linspace(0, 1, height, dtype=np.float32)
    return np.meshgrid(x, y)


def _blend(low: _Field, high: _Field, t: _Field) -> _Field:
    part = np.clip(t, 0, 1)[..., None]
    mixed: _Field = low * (1 - part) + high * part
    return mixed


def _smooth(field: _Field, at: float, width: float) -> _Field:
    return np.clip((field - at) / width + 0.5, 0, 1)


def _hills(width: int, height: int, rng: np.random.Generator, colours: list[_Field]) -> _Field:
    deep, middle, light = colours
    x, y = _grid(width, height)
    out = _blend(light, light * 0.5 + 127, y * 1.6)
    sun = np.hypot(x - rng.uniform(0.2, 0.8) * width / height, y - 0.24)
    out = _blend(out, np.array([255, 250, 235], np.float32), 1 - _smooth(sun, 0.1, 0.02))
    for layer in range(5):
        line = 0.34 + 0.14 * layer + np.zeros(width, np.float32)
        for beat in (2, 5, 11, 23):
            swing = float(rng.uniform(0.3, 1)) * 0.22 / beat
            line += swing * np.sin(beat * x[0] * 2.2 + float(rng.uniform(0, 6)))
        tone = _blend(middle * 0.35 + light * 0.65, deep, np.array(layer / 4, np.float32))
        mist = np.clip((y - line[None]) * 2.2, 0, 0.5)
        body = _blend(np.broadcast_to(tone, (height, width, 3)), light, mist)
        out = _blend(out, body, _smooth(y - line[None], 0, 0.008))
    return out


def _silk(width: int, height: int, rng: np.random.Generator, colours: list[_Field]) -> _Field:
    deep, middle, light = colours
    x, y = _grid(width, height)
    warp = cloud(width, height, rng) * 3
    fold = np.sin(6 * (x * rng.uniform(0.6, 1.2) + y) + 3 * warp) * 0.5 + 0.5
    out = _blend(deep, middle, fold)
    return _blend(out, light, _smooth(fold, 0.95, 0.35) * 0.8)


def _citrus(width: int, height: int, rng: np.random.Generator, colours: list[_Field]) -> _Field:
    deep, middle, light = colours
    x, y = _grid(width, height)
    out = _blend(light, light * 0.75 + middle * 0.25, y)
    aspect = width / height
    for _ in range(int(rng.integers(4, 7))):
        cx, cy = rng.uniform(0.1, aspect - 0.1), rng.uniform(0.15, 0.9)
        radius, phase = rng.uniform(0.2, 0.36), rng.uniform(0, 6)
        dx, dy = (x - cx) / radius, (y - cy) / radius
        r = np.hypot(dx, dy)
        shadow = 1 - _smooth(np.hypot(dx - 0.08, dy - 0.12), 1.02, 0.25)
        out = _blend(out, deep * 0.5, shadow * 0.35)
        out = _blend(out, deep, 1 - _smooth(r, 1, 0.02))
        out = _blend(out, light * 0.4 + 153, 1 - _smooth(r, 0.91, 0.02))
        ray = np.abs(np.sin((np.arctan2(dy, dx) + phase) * 4.5))
        flesh = _smooth(ray, 0.16, 0.12) * (1 - _smooth(r, 0.83, 0.04)) * _smooth(r, 0.1, 0.05)
        pulp = _blend(middle, light, 0.5 * np.sin(r * 30 + ray * 9) ** 2 * r)
        out = _blend(out, pulp, flesh)
    return out


def _cup(width: int, height: int, rng: np.random.Generator, colours: list[_Field]) -> _Field:
    deep, middle, light = colours
    x, y = _grid(width, height)
    grain = cloud(width, height, rng, first=2)
    out = _blend(middle * 0.8, middle * 1.1, np.sin(30 * y + 6 * grain) * 0.5 + 0.5)
    cx, cy = width / height * rng.uniform(0.4, 0.6), rng.uniform(0.45, 0.58)
    r = np.hypot(x - cx, (y - cy) * 1.06)
    out = _blend(
        out, deep * 0.3, (1 - _smooth(np.hypot(x - cx - 0.05, y - cy - 0.07), 0.44, 0.2)) * 0.6
    )
    rings = ((0.44, 235.0), (0.3, 250.0), (0.285, 205.0))
    for radius, tone in rings:
        out = _blend(out, np.full(3, tone, np.float32), 1 - _smooth(r, radius, 0.008))
    drink = _blend(deep, middle, _smooth(r, 0.22, 0.1) * 0.6)
    out = _blend(out, drink, 1 - _smooth(r, 0.265, 0.008))
    swirl = np.sin(np.arctan2(y - cy, x - cx) * 3 + r * 42)
    out = _blend(out, light, _smooth(swirl, 0.3, 0.5) * (1 - _smooth(r, 0.2, 0.06)))
    shine = np.hypot((x - cx + 0.3) * 1.2, (y - cy + 0.2) * 2.6)
    return _blend(out, np.full(3, 255, np.float32), (1 - _smooth(shine, 0.1, 0.14)) * 0.5)


def _bokeh(width: int, height: int, rng: np.random.Generator, colours: list[_Field]) -> _Field:
    deep, middle, light = colours
    x, y = _grid(width, height)
    out = _blend(deep, middle, y * 0.8 + 0.2 * cloud(width, height, rng))
    for _ in range(26):
        cx, cy = rng.uniform(0, width / height), rng.uniform(0, 1)
        radius = float(rng.uniform(0.03, 0.13))
        disc = 1 - _smooth(np.hypot(x - cx, y - cy), radius, 0.02)
        out = _blend(out, light, disc * float(rng.uniform(0.15, 0.5)))
    return out


def _leaves(width: int, height: int, rng: np.random.Generator, colours: list[_Field]) -> _Field:
    deep, middle, light = colours
    x, y = _grid(width, height)
    out = _blend(light, light * 0.8 + middle * 0.2, cloud(width, height, rng))
    for _ in range(16):
        cx, cy = rng.uniform(0, width / height), rng.uniform(0, 1)
        angle, length = rng.uniform(0, 6.3), rng.uniform(0.2, 0.4)
        c, s = np.cos(angle), np.sin(angle)
        u = ((x - cx) * c + (y - cy) * s) / length
        v = ((y - cy) * c - (x - cx) * s) / length
        half = 0.3 * np.sin(np.pi * np.clip(u, 0, 1)) ** 0.8
        inside = _smooth(half - np.abs(v), 0, 0.02) * (u > 0) * (u < 1)
        out = _blend(out, deep * 0.4, np.roll(inside, (4, 4), (0, 1)) * 0.25)
        tone = _blend(deep, middle, 0.5 + 1.6 * v + 0.12 * np.sin(40 * (u - np.abs(v))))
        tone = _blend(tone, light, (1 - _smooth(np.abs(v), 0.012, 0.02)) * 0.7)
        out = _blend(out, tone, inside)
    return out


def _bottle(width: int, height: int, rng: np.random.Generator, colours: list[_Field]) -> _Field:
    deep, middle, light = colours
    x, y = _grid(width, height)
    out = _blend(light, middle * 0.4 + light * 0.6, np.hypot(x - width / height / 2, y - 0.4))
    cx = width / height / 2
    shoulder = np.clip((y - 0.24) / 0.1, 0, 1)
    half = np.where(y < 0.24, 0.062, 0.062 + 0.13 * np.sin(shoulder * np.pi / 2))
    body = (
        _smooth(half - np.abs(x - cx), 0, 0.008)
        * _smooth(y, 0.14, 0.006)
        * (1 - _smooth(y, 0.9, 0.006))
    )
    floor = np.hypot((x - cx) * 0.9, (y - 0.91) * 7)
    out = _blend(out, deep * 0.4, (1 - _smooth(floor, 0.2, 0.2)) * 0.5)
    across = (x - cx) / np.maximum(half, 1e-3)
    glass = _blend(deep, middle, 1 - np.abs(across) ** 1.5)
    glass = _blend(glass, light, np.exp(-(((across + 0.5) / 0.16) ** 2)) * 0.85)
    glass = _blend(glass, light, np.exp(-(((across - 0.75) / 0.08) ** 2)) * 0.5)
    cap = (
        _smooth(0.072 - np.abs(x - cx), 0, 0.006)
        * _smooth(y, 0.06, 0.006)
        * (1 - _smooth(y, 0.16, 0.006))
    )
    out = _blend(out, glass, body)
    return _blend(out, _blend(deep * 0.5, light, np.exp(-(((across + 0.4) / 0.2) ** 2))), cap)


_SCENES = {
    "hills": _hills, "silk": _silk, "citrus": _citrus, "cup": _cup, "bokeh": _bokeh,
    "leaves": _leaves, "bottle": _bottle,
}  # fmt: skip

SCENE_KINDS = tuple(_SCENES)
