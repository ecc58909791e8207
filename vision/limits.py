"""The limits of one side: from where on a place is worth a look, and from where on it differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from vision.calibration import NOTICED
from vision.inspection import LimitBasis
from vision.score import FEWEST_REFERENCES, LIMIT, limit_of

if TYPE_CHECKING:
    from vision.calibration import Calibration

# However alike the references are: a place of which the head is sure that it is the same (odds of
# e^-3, or e^-3.2) stands out from photos that are even more alike, and yet tells nothing.
_LEAST_DIFFERS, _LEAST_NOTICE = 0.5, 0.46


class Compared(Protocol):
    """A side whose references have been judged by each other: a `SideModel`, or its figures."""

    @property
    def product(self) -> str:
        """Whose side it is."""

    @property
    def side(self) -> str:
        """Its name."""

    @property
    def genuine(self) -> tuple[tuple[float, float], ...]:
        """The (suspicion, similarity) of each reference."""

    @property
    def peaks(self) -> tuple[float, ...]:
        """The strongest evidence of each reference."""

    @property
    def count(self) -> int:
        """How many references stand behind the spread."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of `Evidence.total`: above `differs` a place differs, above `notice` it is worth a look.

    `usual`: what a genuine photo reaches, 0 where nobody knows; `comparisons`: how many
    genuine-to-genuine comparisons stand behind them; `basis`: whom they come from.
    """

    differs: float
    notice: float
    usual: float
    comparisons: int
    basis: LimitBasis = LimitBasis.PROMISE


def limits_of(model: Compared, calibration: Calibration | None) -> Limits:
    """Return the limits of a side; without calibration, by a rule of thumb on its references."""
    if calibration is None:
        limit = limit_of(model.genuine)
        return Limits(limit, limit, 0.0, len(model.genuine))
    differs = max(calibration.limit(model.peaks), _LEAST_DIFFERS)
    notice = max(calibration.limit(model.peaks, promised=NOTICED), _LEAST_NOTICE)
    if model.count < FEWEST_REFERENCES:  # what was calibrated were sides that know how they vary
        differs, notice = max(differs, LIMIT), max(notice, LIMIT)
    usual = calibration.expected(model.peaks)
    return Limits(differs, notice, usual, calibration.comparisons)
