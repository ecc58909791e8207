"""Make the demo gallery and its suspects: `python -m vision.simulate.demo_set OUT`.

The same pictures come out every time.
"""

from __future__ import annotations

import argparse
import csv
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.simulate.alter import Altered, alter
from vision.simulate.artwork import Artwork, paint
from vision.simulate.camera import Camera, Shot, photograph, sample_camera
from vision.simulate.demo_recipes import Recipe, product_name, references, suspects
from vision.simulate.layouts import front
from vision.simulate.optics import Optics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vision.terms import Box, Pixels

SEED = 20260
COLUMNS = ("file", "role", "product", "side", "expected", "done", "box")
_QUALITY = 80
_LONG, _SHORT = 1000, 750
_LARGE = 4


def make(out: Path, recipes: Iterable[Recipe]) -> None:
    """Write the pictures of `recipes` and manifest.csv below `out`.

    Raises:
        FileNotFoundError: a font is not on this machine.
    """
    rows = []
    for recipe in recipes:
        shot, planted = shoot(recipe)
        target = out / recipe.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_jpeg(shot.pixels))
        rows.append(_row(recipe, shot, planted))
    with (out / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def shoot(recipe: Recipe) -> tuple[Shot, Altered | None]:
    """Take the photo of one recipe; also what was planted, None for genuine ones."""
    rng = np.random.default_rng([SEED, zlib.crc32(recipe.file.encode())])
    long = _LONG * (_LARGE if recipe.look == "large" else 1)
    artwork = paint(recipe.sheet, round(long * 1.2))
    planted = _planted(artwork, recipe, rng)
    camera = _camera(recipe, artwork, rng)
    printed = planted.artwork.pixels if planted else artwork.pixels
    scene = None
    if recipe.beside is not None:
        camera, scene = _with_neighbour(recipe, camera, rng)
    return photograph(printed, camera, rng, scene=scene), planted


def _planted(artwork: Artwork, recipe: Recipe, rng: np.random.Generator) -> Altered | None:
    if recipe.kind is None:
        return None
    return alter(artwork, recipe.kind, rng, element=recipe.element)


def _camera(recipe: Recipe, artwork: Artwork, rng: np.random.Generator) -> Camera:
    upright = artwork.pixels.shape[0] > artwork.pixels.shape[1]
    size = (_SHORT, _LONG) if upright else (_LONG, _SHORT)
    camera = sample_camera(rng, width=size[0], height=size[1], hardness=0.6)
    camera = replace(
        camera, optics=replace(camera.optics, jpeg=0, sleeve=0.0, hard_glare=0, fingers=0, cables=0)
    )
    if recipe.look:
        camera = _LOOKS[recipe.look](camera)
    return camera


def _with_optics(camera: Camera, **knobs: float) -> Camera:
    return replace(camera, optics=replace(camera.optics, **knobs))  # type: ignore[arg-type] # numbers


def _glare(camera: Camera) -> Camera:
    return _with_optics(camera, soft_glare=0.34)


def _heavy(camera: Camera) -> Camera:
    return _with_optics(camera, light=0.42, stops=-0.3, warmth=0.09, shadow=0.22, noise=2.4)


def _large(camera: Camera) -> Camera:
    sized = replace(camera, width=camera.width * _LARGE, height=camera.height * _LARGE)
    return _with_optics(sized, noise=0.8, resample=0.6, motion=0.0)


def _turned(camera: Camera) -> Camera:
    wide = replace(camera, width=camera.height, height=camera.width, turn_deg=78.0, fill=0.9)
    return replace(wide, tilt_x_deg=4.0, tilt_y_deg=-5.0)


def _blurred(camera: Camera) -> Camera:
    return _with_optics(camera, defocus=9.0, motion=6.0)


def _dark(camera: Camera) -> Camera:
    return _with_optics(camera, stops=-3.4, noise=2.2, shadow=0.0, soft_glare=0.0, veil=0.0)


def _corner(camera: Camera) -> Camera:
    return replace(camera, fill=1.75, shift_x=-0.585, shift_y=-0.356, depth=0.0, clutter=0)


def _pair(camera: Camera) -> Camera:
    wide = replace(camera, width=_LONG, height=_SHORT, fill=0.84, shift_y=0.0, clutter=0, depth=0.1)
    return replace(wide, turn_deg=2.0, tilt_x_deg=2.0, tilt_y_deg=1.0, shift_x=-0.23, bend=0.0)


_LOOKS = {
    "glare": _glare, "heavy": _heavy, "large": _large, "turned": _turned, "blurred": _blurred,
    "dark": _dark, "corner": _corner, "pair": _pair,
}  # fmt: skip


def _with_neighbour(
    recipe: Recipe, camera: Camera, rng: np.random.Generator
) -> tuple[Camera, Pixels | None]:
    """Lay the second product on the right half first; the photo proper is then taken over it."""
    if recipe.beside is None:
        return camera, None
    other = paint(front(recipe.beside), round(_LONG * 1.2))
    right = replace(camera, shift_x=0.23, turn_deg=-2.5, optics=Optics())
    return camera, photograph(other.pixels, right, rng).pixels


def _row(recipe: Recipe, shot: Shot, planted: Altered | None) -> tuple[str, ...]:
    box: Box | None = shot.box_of(planted.mask) if planted else None
    return (
        recipe.file,
        recipe.role,
        product_name(recipe.brand),
        recipe.side,
        "" if recipe.expected is None else str(recipe.expected),
        recipe.done,
        " ".join(map(str, box)) if box else "",
    )


def _jpeg(pixels: Pixels) -> bytes:
    bgr = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()


def main() -> None:
    """Make the whole set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write to")
    make(parser.parse_args().out, (*references(), *suspects()))


if __name__ == "__main__":
    main()
