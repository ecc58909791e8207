"""Thresholds that a trainer has set, for single sides or for all: they replace the promised ones.

threshold   the value of the strongest evidence above which a place differs, where a person set it.
            Not: limit, which is what holds in the end, whoever it comes from.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vision.inspection import LimitBasis
from vision.limits import Limits, limits_of

if TYPE_CHECKING:
    from vision.calibration import Calibration
    from vision.limits import Compared


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What was set; nothing set is the promised rate of false alarms everywhere.

    `margin` holds for the whole gallery: how far the strongest evidence may lie above what the
    references of a side lead to expect. `sides` hold (product, side, threshold), in the unit of the
    evidence itself; a side of its own comes before the gallery.

    Raises:
        ValueError: a value is not finite, or a threshold not above 0.
    """

    margin: float | None = None
    sides: tuple[tuple[str, str, float], ...] = ()

    def __post_init__(self) -> None:
        """Sort the sides, so that equal settings are equal."""
        if self.margin is not None and not math.isfinite(self.margin):
            raise ValueError(f"expected a finite margin, found {self.margin}")
        for product, side, value in self.sides:
            if not math.isfinite(value) or value <= 0:
                raise ValueError(f"expected a threshold above 0 of {product}/{side}, found {value}")
        object.__setattr__(self, "sides", tuple(sorted(self.sides)))

    def of_side(self, product: str, side: str) -> float | None:
        """Return the threshold of a side of its own, None where it has none."""
        found = (value for p, s, value in self.sides if (p, s) == (product, side))
        return next(found, None)

    @property
    def is_set(self) -> bool:
        """Whether a person has set anything."""
        return self.margin is not None or bool(self.sides)


def expected_of(model: Compared, calibration: Calibration | None) -> float:
    """Return the strongest evidence to expect of a genuine photo of a side, as calibration has it.

    Without calibration the mean of what its own references show; 0 where nobody knows.
    """
    if calibration is not None:
        return calibration.expected(model.peaks)
    return sum(model.peaks) / len(model.peaks) if model.peaks else 0.0


def version_with(thresholds: Thresholds, version: str) -> str:
    """Return the version of limits with what was set; where nothing was, it is as it was."""
    if not thresholds.is_set:
        return version
    facts = f"{version} {thresholds}"
    return "sha256:" + hashlib.sha256(facts.encode()).hexdigest()


def limits_by(model: Compared, calibration: Calibration | None, thresholds: Thresholds) -> Limits:
    """Return the limits of a side; what a trainer set comes before what calibration promises.

    From where on a place is worth a look stays as it was, but never above the threshold.
    """
    promised = limits_of(model, calibration)
    own = thresholds.of_side(model.product, model.side)
    if own is not None:
        return _at(own, LimitBasis.SIDE, promised)
    if thresholds.margin is None:
        return promised
    set_for_all = max(expected_of(model, calibration) + thresholds.margin, 1e-6)
    return _at(set_for_all, LimitBasis.GALLERY, promised)


def _at(differs: float, basis: LimitBasis, promised: Limits) -> Limits:
    notice = min(promised.notice, differs)
    return replace(promised, differs=differs, notice=notice, basis=basis)
