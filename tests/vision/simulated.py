"""A small gallery of simulated photographs, and more photos of the same and of other products."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tests.vision.samples import photo_of, saved_side
from vision import Gallery, Inspection, inspect
from vision.simulate import Altered, Camera, Kind, Shot, alter, paint, photograph, sample_camera
from vision.simulate.backs import back
from vision.simulate.brands import CATALOGUE
from vision.simulate.demo_recipes import reprinted
from vision.simulate.layouts import front

if TYPE_CHECKING:
    from pathlib import Path

    from vision import Box, Comparison, Embedder, Photo, Pixels, Points, Reference
    from vision.simulate import Artwork, Sheet

LONG, SHORT = 800, 600
PRINT_SIDE = 900
# Product, side, and what is printed on each of its references.
_SIDES = (
    ("tea", "front", ("tea",) * 4),
    ("tea", "back", ("tea back",) * 3),
    ("serum", "front", ("serum",) * 4),
    ("thin", "front", ("thin",) * 2),
    ("reprinted", "front", ("reprinted",) * 3 + ("second printing",) * 2),
)


def _sheet(name: str) -> Sheet:
    return {
        "tea": lambda: front(CATALOGUE[0]),
        "tea back": lambda: back(CATALOGUE[0]),
        "serum": lambda: front(CATALOGUE[1]),
        "thin": lambda: front(CATALOGUE[8]),
        "reprinted": lambda: front(CATALOGUE[9]),
        "second printing": lambda: reprinted(front(CATALOGUE[9])),
        "stranger": lambda: front(CATALOGUE[10]),
    }[name]()


@dataclass(frozen=True)
class Taken:
    """A photo with its truth: the shot it is, and the box of what was planted (None: nothing)."""

    photo: Photo
    shot: Shot
    box: Box | None = None


@dataclass
class Bench:
    """Takes photos of invented products and inspects them; what was inspected is remembered."""

    folder: Path
    embedder: Embedder
    prints: dict[str, Artwork] = field(default_factory=dict)
    shots: dict[str, Shot] = field(default_factory=dict)
    _said: dict[str, Inspection] = field(default_factory=dict)

    def print_of(self, name: str) -> Artwork:
        if name not in self.prints:
            self.prints[name] = paint(_sheet(name), PRINT_SIDE)
        return self.prints[name]

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        found: list[Reference] = []
        for product, side, prints in _SIDES:
            shots = [self.shoot(name, 10 + number).shot for number, name in enumerate(prints)]
            known = saved_side(self.folder / "gallery", [s.pixels for s in shots], product, side)
            self.shots.update({r.id: s for r, s in zip(known, shots, strict=True)})
            found += known
        return tuple(found)

    @cached_property
    def gallery(self) -> Gallery:
        return self.gallery_of(self.references)

    def gallery_of(self, references: tuple[Reference, ...]) -> Gallery:
        return Gallery(references, embedder=self.embedder, cache=self.folder / "cache")

    def camera(self, upright: bool, seed: int, **knobs) -> Camera:
        """An ordinary camera without opaque things in the way; knobs of Camera and of Optics."""
        size = {"width": SHORT, "height": LONG} if upright else {"width": LONG, "height": SHORT}
        drawn = sample_camera(np.random.default_rng(seed), **size, hardness=0.4)
        clear = {"sleeve": 0.0, "hard_glare": 0, "fingers": 0, "cables": 0}
        optics = {k: v for k, v in knobs.items() if k in drawn.optics.__dataclass_fields__}
        rest = {k: v for k, v in knobs.items() if k not in optics}
        return replace(drawn, optics=replace(drawn.optics, **(clear | optics)), **rest)

    def shoot(self, name: str, seed: int, *, scene: Pixels | None = None, **knobs) -> Taken:
        """Photograph a genuine print."""
        return self._taken(self.print_of(name), seed, scene, knobs)

    def shoot_altered(self, name: str, kind: Kind, element: str, seed: int, **knobs) -> Taken:
        """Photograph a print with one planted difference."""
        changed = self.altered(name, kind, element)
        taken = self._taken(changed.artwork, seed, None, knobs)
        return replace(taken, box=taken.shot.box_of(changed.mask))

    def altered(self, name: str, kind: Kind, element: str) -> Altered:
        return alter(self.print_of(name), kind, np.random.default_rng(1), element=element)

    def _taken(self, art: Artwork, seed: int, scene: Pixels | None, knobs: dict) -> Taken:
        upright = art.pixels.shape[0] > art.pixels.shape[1]
        camera = self.camera(upright, seed, **knobs)
        shot = photograph(art.pixels, camera, np.random.default_rng(seed), scene=scene)
        return Taken(photo_of(shot.pixels), shot)

    def say(self, photo: Photo) -> Inspection:
        """Inspect by the whole gallery; asked again, answer the same object."""
        if photo.sha256 not in self._said:
            self._said[photo.sha256] = inspect(photo, self.gallery)
        return self._said[photo.sha256]


def print_points(art: Artwork) -> Points:
    """Nine places well within a print, in its pixels."""
    height, width = art.pixels.shape[:2]
    return np.array([(width * x, height * y) for x in (0.15, 0.5, 0.85) for y in (0.15, 0.5, 0.85)])


def verified(inspection: Inspection) -> list[str]:
    """The products that an inspection claims to see, the best first."""
    return [each.product for each in inspection.candidates if each.verified]


def compared(inspection: Inspection) -> Comparison:
    """The comparison of an inspection, which must have one."""
    assert inspection.comparison is not None, (inspection.outcome, inspection.reason)
    return inspection.comparison
