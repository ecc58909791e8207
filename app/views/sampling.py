"""The colour of a picture at a place, and how far the two of a pair are apart there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF

from vision import ciede2000, lab_from_pixels

if TYPE_CHECKING:
    from app.views.pixels import Picture

_AROUND = (-1.0, 0.0, 1.0)  # times the coarser picture's pixel: nine places are averaged


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as it is shown and as it is measured: CIELAB under D65."""

    rgb: tuple[int, int, int]
    lab: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read out at a point of the reference; a side is None where it shows nothing."""

    x: float
    y: float
    suspect: Colour | None = None
    reference: Colour | None = None

    @property
    def delta_e(self) -> float | None:
        """The difference of the two colours in units of CIEDE2000."""
        if self.suspect is None or self.reference is None:
            return None
        one, other = np.array([self.suspect.lab]), np.array([self.reference.lab])
        return float(ciede2000(one, other)[0])


def read_out(point: QPointF, suspect: Picture | None, reference: Picture | None) -> Reading:
    """Average the same square of both pictures, three pixels of the coarser one wide."""
    step = max((each.pixel for each in (suspect, reference) if each is not None), default=1.0)
    return Reading(
        point.x(),
        point.y(),
        None if suspect is None else colour_at(suspect, point, step),
        None if reference is None else colour_at(reference, point, step),
    )


def colour_at(picture: Picture, point: QPointF, step: float = 1.0) -> Colour | None:
    """The mean colour of nine places `step` apart around a point; None outside the picture."""
    level = picture.levels[0]
    back, possible = picture.placing(level).inverted()
    if not possible:
        return None
    found: list[tuple[int, int, int]] = []
    for down in _AROUND:
        for across in _AROUND:
            at = back.map(point + QPointF(across * step, down * step))
            x, y = int(np.floor(at.x())), int(np.floor(at.y()))
            if level.valid(x, y):
                shown = level.pixelColor(x, y)
                found.append((shown.red(), shown.green(), shown.blue()))
            elif not (down or across):
                return None
    mean = np.rint(np.mean(found, axis=0)).astype(np.uint8)
    lab = lab_from_pixels(mean.reshape(1, 1, 3))[0, 0]
    red, green, blue = (int(value) for value in mean)
    return Colour((red, green, blue), (float(lab[0]), float(lab[1]), float(lab[2])))
