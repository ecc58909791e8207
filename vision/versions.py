"""What decides in this installation, as one hash; equal hashes decide alike on equal galleries."""

from __future__ import annotations

import hashlib

from vision import calibration, weights
from vision.score import THRESHOLDS_VERSION


def judging_version() -> str:
    """“sha256:” and a hash of every threshold, of the learned head and of its calibration.

    Raises:
        WeightsError: the product's own manifest cannot be read.
    """
    facts = [THRESHOLDS_VERSION]
    head = weights.difference_head()
    if head is not None:
        facts += [head.sha256, str(calibration.FACTS), str(calibration.shipped())]
    return "sha256:" + hashlib.sha256("|".join(facts).encode()).hexdigest()
