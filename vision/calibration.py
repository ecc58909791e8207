"""Genuine-to-genuine comparisons -> the limit that keeps a promised rate of false alarms."""

from __future__ import annotations

import json
import math
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vision import weights
from vision.errors import WeightsMissing
from vision.score import FEWEST_REFERENCES

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = "genuine-comparisons.json"
PROMISED = 0.10  # share of genuine photos that may be said to differ
NOTICED = 0.25  # share of genuine photos that may be given a place worth a look
_SHRINKAGE = 4.0  # comparisons that the whole gallery weighs against those of one side
_TELLING = 4  # references from which a side can be seen to be unlike others
_ENOUGH = 60  # comparisons of its own from which a gallery needs no others


@dataclass(frozen=True, slots=True)
class Calibration:
    """What genuine comparisons show.

    `usual`: the middle of all peaks; `beyond`: how far each peak lay above what its own side led
    to expect, sorted; `width`: their standard deviation.
    """

    usual: float
    beyond: tuple[float, ...]
    width: float

    @property
    def comparisons(self) -> int:
        """How many genuine-to-genuine comparisons stand behind it."""
        return len(self.beyond)

    def expected(self, peaks: Sequence[float]) -> float:
        """Return the peak to expect of a side that showed `peaks`, drawn towards the usual one.

        The less, the clearer it is that the side is unlike the others: worn or written on, say,
        so that even its calmest reference shows more than is usual. Few references cannot tell
        that: judged by one or two others, any of them shows more.
        """
        away = 0.0
        if len(peaks) >= _TELLING:
            away = max(0.0, min(peaks) - self.usual) / max(self.width, 1e-6)
        say = _SHRINKAGE / (1.0 + away * away)
        return (say * self.usual + sum(peaks)) / (say + len(peaks))

    def limit(self, peaks: Sequence[float], *, promised: float = PROMISED) -> float:
        """Return the limit for a side, so that a genuine photo passes it with `promised` chance.

        Args:
            peaks: of the side's own references, each judged by the others; may be empty.
            promised: share of genuine photos that may be alarmed.

        Source: Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005: the
        quantile at rank ceil((n + 1)(1 - promised)); with fewer comparisons than that needs, the
        largest.
        """
        rank = math.ceil((self.comparisons + 1) * (1.0 - promised))
        return self.expected(peaks) + self.beyond[min(rank, self.comparisons) - 1]

    def joined(self, other: Calibration) -> Calibration:
        """Return both together; the middle is that of the one with more comparisons."""
        larger = self if self.comparisons >= other.comparisons else other
        return Calibration(larger.usual, tuple(sorted(self.beyond + other.beyond)), larger.width)


def calibrate(sides: Sequence[Sequence[float]]) -> Calibration | None:
    """Calibrate on the peaks of several sides; sides of fewer than three references are left out.

    Each peak is held against what the others of its side lead to expect, as a new photo will be.

    Returns:
        None where there is no side to learn from.
    """
    known = [list(peaks) for peaks in sides if len(peaks) >= FEWEST_REFERENCES]
    if not known:
        return None
    every = np.array([peak for peaks in known for peak in peaks])
    usual = float(np.median(every))
    width = float(every.std())
    first = Calibration(usual, (), width)
    beyond = [
        peak - first.expected(peaks[:place] + peaks[place + 1 :])
        for peaks in known
        for place, peak in enumerate(peaks)
    ]
    return Calibration(usual, tuple(sorted(beyond)), width)


def for_gallery(own: Calibration | None, shipped: Calibration) -> Calibration:
    """Return what a gallery goes by: its own comparisons where they are many enough."""
    if own is None:
        return shipped
    return own if own.comparisons >= _ENOUGH else own.joined(shipped)


def shipped() -> Calibration:
    """Return the calibration that comes with the program, of simulated genuine photos.

    Raises:
        WeightsMissing: it is not there; the installation is incomplete.
    """
    path = weights.manifest_path().with_name(FILE)
    found = read(path)
    if found is None:
        raise WeightsMissing("calibration", path, "it cannot be read", "Install the program again.")
    return found


def as_json(calibration: Calibration) -> dict[str, Any]:
    """Return it as plain values."""
    facts = {"usual": calibration.usual, "width": calibration.width}
    return facts | {"beyond": list(calibration.beyond)}


def keep(path: Path, calibration: Calibration) -> bool:
    """Write a calibration whole or not at all; say whether it could be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(as_json(calibration), file)
        Path(name).replace(path)
    except OSError:
        return False
    return True


def read(path: Path) -> Calibration | None:
    """Read a calibration that `as_json` wrote, None where the file is not one."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        beyond = tuple(sorted(float(value) for value in facts["beyond"]))
        return Calibration(float(facts["usual"]), beyond, float(facts["width"])) if beyond else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
