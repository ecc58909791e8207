"""Invented logos and ornaments, drawn as vector shapes in a square from -1 to 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from vision.simulate.fonts import Face, font

if TYPE_CHECKING:
    from collections.abc import Callable

Colour = tuple[int, int, int]
_Curve = NDArray[np.float64]
_CLEAR: Colour | None = None
_FINER = 3  # drawn so many times larger, then reduced
_TURN = 2 * np.pi


class _Pen:
    """Draws closed shapes in unit coordinates on a finer canvas."""

    def __init__(self, width: int, height: int) -> None:
        self._size = (width, height)
        self._canvas = Image.new("RGBA", (width * _FINER, height * _FINER))
        self._draw = ImageDraw.Draw(self._canvas)
        self._half = np.array([width, height]) * _FINER / 2

    def fill(self, curve: _Curve, colour: Colour | None) -> None:
        points = [tuple(p) for p in (curve + 1) * self._half]
        self._draw.polygon(points, fill=(0, 0, 0, 0) if colour is None else (*colour, 255))

    def disc(
        self, radius: float, colour: Colour | None, *, at: tuple[float, float] = (0, 0)
    ) -> None:
        self.fill(_polar(lambda t: np.full_like(t, radius)) + np.array(at), colour)

    def stroke(self, curve: _Curve, width: float, colour: Colour) -> None:
        points = [tuple(p) for p in (curve + 1) * self._half]
        pixels = max(1, round(width * float(self._half.min())))
        self._draw.line(points, fill=(*colour, 255), width=pixels, joint="curve")

    def letter(self, text: str, face: Face, size: float, colour: Colour) -> None:
        drawn = font(face, max(4, round(size * float(self._half.min()))))
        self._draw.text(tuple(self._half), text, fill=(*colour, 255), font=drawn, anchor="mm")

    def picture(self) -> Image.Image:
        return self._canvas.reduce(_FINER)


def _polar(radius: Callable[[_Curve], _Curve], count: int = 160) -> _Curve:
    t = np.linspace(0, _TURN, count, endpoint=False)
    r = radius(t)
    return np.stack([r * np.sin(t), -r * np.cos(t)], axis=1)


def _turned(curve: _Curve, angle: float, *, at: tuple[float, float] = (0, 0)) -> _Curve:
    c, s = np.cos(angle), np.sin(angle)
    turned: _Curve = curve @ np.array([[c, s], [-s, c]]) + np.array(at)
    return turned


def _leaf(length: float, width: float) -> _Curve:
    t = np.linspace(0, 1, 30)
    side = width * np.sin(np.pi * t**0.8)
    right = np.stack([side, -length * t], axis=1)
    left = np.stack([-side, -length * t], axis=1)[::-1]
    return np.concatenate([right, left])


def _petals(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    count = int(rng.integers(5, 10))
    leaf = _leaf(0.95, float(rng.uniform(0.2, 0.34)))
    for i in range(count):
        pen.fill(_turned(leaf, _TURN * i / count), a if i % 2 else b)
    pen.disc(0.22, _CLEAR)
    pen.disc(0.13, a)


def _mountain(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    pen.disc(0.98, a)
    pen.disc(0.9, _CLEAR)
    pen.disc(0.24, b, at=(float(rng.uniform(-0.4, 0.4)), -0.42))
    peak = float(rng.uniform(-0.25, 0.25))
    pen.fill(np.array([[-0.78, 0.4], [peak - 0.25, -0.3], [0.1 + peak, 0.4]]), a)
    pen.fill(np.array([[-0.35, 0.4], [peak + 0.3, -0.12], [0.8, 0.4]]), b)
    t = np.linspace(-0.74, 0.74, 60)
    for y in (0.5, 0.66):
        wave = np.stack([t * (1.25 - y / 2), y + 0.04 * np.sin(9 * t)], axis=1)
        pen.stroke(wave, 0.07, a)


def _shield(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    t = np.linspace(0, np.pi / 2, 30)
    right = np.stack([0.8 * np.cos(t), -0.1 + 1.05 * np.sin(t)], axis=1)
    outline = np.concatenate(
        [[[-0.8, -0.9], [0, -0.72], [0.8, -0.9]], right, right[::-1] * [-1, 1]]
    )
    pen.fill(outline, a)
    pen.fill(outline * 0.88, b)
    pen.fill(outline * 0.8, a)
    pen.letter(letter, Face.SERIF_BOLD, float(rng.uniform(0.85, 1.0)), b)


def _waves(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    pen.disc(0.97, a)
    t = np.linspace(-1, 1, 80)
    beat = float(rng.uniform(4, 7))
    for i, y in enumerate((-0.45, -0.1, 0.25, 0.6)):
        half = np.sqrt(max(0.0, 0.8 - y * y))
        wave = np.stack([t * half, y + 0.1 * np.sin(beat * t + i)], axis=1)
        pen.stroke(wave, 0.13, b)


def _star(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    points = int(rng.integers(8, 17))
    t = np.arange(points * 2) * _TURN / (points * 2)
    radius = np.where(np.arange(points * 2) % 2, 0.72, 0.98)
    pen.fill(np.stack([radius * np.sin(t), -radius * np.cos(t)], axis=1), a)
    pen.disc(0.6, b)
    pen.disc(0.54, a)
    pen.letter(letter, Face.SANS_BOLD, 0.78, b)


def _drop(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    t = np.linspace(0, _TURN, 120)
    drop = np.stack([0.72 * np.sin(t) * np.sin(t / 2) ** 1.4, -0.95 * np.cos(t)], axis=1) * [1, -1]
    pen.fill(drop * [1, -1], a)
    lean = float(rng.uniform(-0.5, 0.5))
    pen.fill(_turned(_leaf(1.1, 0.24), lean, at=(0, 0.72)), b)
    pen.stroke(_turned(np.array([[0.0, 0.1], [0.0, -0.95]]), lean, at=(0, 0.72)), 0.05, a)


def _rings(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    count = int(rng.integers(3, 6))
    t = np.linspace(0, _TURN, 120)
    for i in range(count):
        centre = 0.42 * np.array([np.sin(_TURN * i / count), -np.cos(_TURN * i / count)])
        ring = np.stack([0.48 * np.sin(t), 0.48 * np.cos(t)], axis=1) + centre
        pen.stroke(ring, 0.11, a if i % 2 else b)


def _bolt(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    soft = _polar(lambda t: 0.95 / (np.abs(np.cos(t)) ** 5 + np.abs(np.sin(t)) ** 5) ** 0.2)
    pen.fill(soft, a)
    lean = float(rng.uniform(0.0, 0.16))
    bolt = [[0.22 + lean, -0.75], [-0.42, 0.12], [-0.03, 0.12],
            [-0.24 - lean, 0.76], [0.44, -0.16], [0.05, -0.16]]  # fmt: skip
    pen.fill(np.array(bolt), b)


def _knot(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    t = np.linspace(0, _TURN, 400)
    p, q = ((2, 3), (3, 4), (3, 2), (4, 3))[int(rng.integers(4))]
    curve = np.stack([0.82 * np.sin(p * t), 0.82 * np.sin(q * t + 0.4)], axis=1)
    pen.stroke(curve, 0.17, a)
    pen.stroke(curve, 0.06, b)


def _seal(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    soft = _polar(lambda t: 0.95 / (np.abs(np.cos(t)) ** 14 + np.abs(np.sin(t)) ** 14) ** (1 / 14))
    pen.fill(soft, a)
    pen.fill(soft * 0.9, b)
    pen.fill(soft * 0.84, a)
    pen.letter(letter, Face.SERIF_BOLD, 1.3, b)


def _crown(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    tips = int(rng.integers(3, 6))
    x = np.linspace(-0.9, 0.9, 2 * tips - 1)
    y = np.where(np.arange(len(x)) % 2, 0.05, -0.6 - 0.15 * np.cos(x * 1.7))
    pen.fill(np.concatenate([np.stack([x, y], axis=1), [[0.72, 0.5], [-0.72, 0.5]]]), a)
    for tip in range(0, len(x), 2):
        pen.disc(0.1, b, at=(float(x[tip]), float(y[tip]) - 0.06))
    pen.fill(np.array([[-0.72, 0.58], [0.72, 0.58], [0.68, 0.76], [-0.68, 0.76]]), b)


def _bloom(pen: _Pen, rng: np.random.Generator, a: Colour, b: Colour, letter: str) -> None:
    lobes, depth = int(rng.integers(3, 9)), float(rng.uniform(0.12, 0.3))
    for scale, colour in ((1.0, a), (0.74, b), (0.5, a)):
        phase = float(rng.uniform(0, 3))
        curve = _polar(lambda t, p=phase: 0.95 - depth + depth * np.cos(lobes * t + p))  # type: ignore[misc]
        pen.fill(curve * scale, colour)
    pen.disc(0.16, b)


_MARKS = {
    "petals": _petals, "mountain": _mountain, "shield": _shield, "waves": _waves, "star": _star,
    "drop": _drop, "rings": _rings, "bolt": _bolt, "knot": _knot, "seal": _seal, "crown": _crown,
    "bloom": _bloom,
}  # fmt: skip

MARK_KINDS = tuple(_MARKS)


def mark_picture(
    kind: str, width: int, height: int, *, seed: int, main: Colour, second: Colour, letter: str
) -> Image.Image:
    """Draw one logo as an RGBA picture of `width` by `height` pixels.

    Args:
        kind: one of MARK_KINDS.
        width: pixels.
        height: pixels.
        seed: chooses among the variants of the kind.
        main: RGB of the body.
        second: RGB of the detail.
        letter: what the kinds with a letter carry; ignored by the others.
    """
    pen = _Pen(width, height)
    _MARKS[kind](pen, np.random.default_rng(seed), main, second, letter)
    return pen.picture()


def rosette_picture(width: int, height: int, *, seed: int, colour: Colour) -> Image.Image:
    """Draw a guilloche: the interlaced fine lines of a certificate, RGBA."""
    pen, rng = _Pen(width, height), np.random.default_rng(seed)
    t = np.linspace(0, _TURN, 1200)
    lobes = int(rng.integers(7, 15))
    for shift in np.linspace(0, _TURN / lobes, 4, endpoint=False):
        r = 0.68 + 0.28 * np.cos(lobes * t + shift * lobes)
        pen.stroke(np.stack([r * np.sin(t), r * np.cos(t)], axis=1), 0.014, colour)
    pen.stroke(np.stack([0.97 * np.sin(t), 0.97 * np.cos(t)], axis=1), 0.02, colour)
    return pen.picture()
