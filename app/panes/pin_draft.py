"""Pins while they are being set: a place in one picture waits for the same place in the other.

spot        a pin of a draft, whose place in one of the two pictures may be missing still.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from vision import Pin, PinFit, PinsUnusable, PinTrouble, fit_pins

if TYPE_CHECKING:
    from vision import Matrix

Place = tuple[float, float]


class On(Enum):
    """One of the two pictures."""

    PHOTO = "photo"
    REFERENCE = "reference"

    @property
    def other(self) -> On:
        """The other picture."""
        return On.REFERENCE if self is On.PHOTO else On.PHOTO


@dataclass(frozen=True, slots=True)
class Spot:
    """Full-size pixels of photo and reference; one of them may be None."""

    photo: Place | None = None
    reference: Place | None = None

    def on(self, picture: On) -> Place | None:
        """Its place in one of the pictures."""
        return self.photo if picture is On.PHOTO else self.reference

    def moved(self, picture: On, place: Place) -> Spot:
        """The same with another place in one of the pictures."""
        if picture is On.PHOTO:
            return replace(self, photo=place)
        return replace(self, reference=place)


@dataclass(frozen=True, slots=True)
class Draft:
    """Spots in the order in which they were set; at most one is incomplete."""

    spots: tuple[Spot, ...] = ()

    @classmethod
    def of(cls, pins: tuple[Pin, ...]) -> Draft:
        """A draft that begins with these pins."""
        return cls(tuple(Spot(pin.photo, pin.reference) for pin in pins))

    @property
    def pins(self) -> tuple[Pin, ...]:
        """The complete ones."""
        return tuple(
            Pin(spot.photo, spot.reference)
            for spot in self.spots
            if spot.photo is not None and spot.reference is not None
        )

    @property
    def waits_for(self) -> On | None:
        """The picture on which the place of a pin is missing."""
        for spot in self.spots:
            if spot.photo is None:
                return On.PHOTO
            if spot.reference is None:
                return On.REFERENCE
        return None

    def with_place(self, picture: On, place: Place, matrix: Matrix | None) -> tuple[Draft, int]:
        """Set a place: it completes the pin that waits for it, or begins another.

        Args:
            picture: where it was set.
            place: full-size pixels.
            matrix: photo to reference, if known: the other place is guessed by it.

        Returns:
            The draft, and which of its spots was set.
        """
        for number, spot in enumerate(self.spots):
            if spot.photo is None or spot.reference is None:
                return self.with_spot(number, spot.moved(picture, place)), number
        guess = None if matrix is None else _through(matrix, place, picture)
        new = Spot().moved(picture, place)
        if guess is not None:
            new = new.moved(picture.other, guess)
        return Draft((*self.spots, new)), len(self.spots)

    def with_spot(self, number: int, spot: Spot) -> Draft:
        """The same with one spot exchanged."""
        return Draft((*self.spots[:number], spot, *self.spots[number + 1 :]))

    def without(self, number: int) -> Draft:
        """The same without one spot."""
        return Draft((*self.spots[:number], *self.spots[number + 1 :]))

    def fit(self) -> PinFit | PinTrouble:
        """The view that the complete pins determine, or why they determine none."""
        try:
            return fit_pins(self.pins)
        except PinsUnusable as error:
            return error.trouble


def _through(matrix: Matrix, place: Place, picture: On) -> Place | None:
    """Where a place of one picture lies in the other; None beyond the horizon."""
    try:
        way = matrix if picture is On.PHOTO else np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        return None
    x, y, depth = way @ np.array([*place, 1.0])
    return (float(x / depth), float(y / depth)) if abs(depth) > 1e-9 else None
