"""Evidence -> suspicion and similarity, by which photos are ordered and described."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vision.evidence import visibility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision.spread import Evidence

LIMIT = 1.0  # of `Evidence.total`, above which a place becomes a region where nothing is known
_LOWEST_LIMIT = 0.45  # however alike the references are
_ABOVE_GENUINE = 1.6  # times what a genuine photo shows
FEWEST_REFERENCES = 3  # below this a side is too thin to say anything
_TAIL = 0.001  # share of the judged places whose mean is the suspicion


def score(evidence: Evidence) -> tuple[float, float]:
    """Return (suspicion, similarity) of judged evidence.

    Suspicion is the mean of `total` over the strongest thousandth of the judged places: 1 is
    the limit of what genuine items show. Similarity, in [0, 1], is 1 less the mean share of
    structure and features that differ; it falls with every difference, small or large. Both are 0
    where nothing could be judged.
    """
    judged = evidence.seen > visibility.JUDGED
    count = int(judged.sum())
    if count == 0:
        return 0.0, 0.0
    values = np.sort(evidence.total[judged])
    strongest = values[-max(1, round(_TAIL * count)) :]
    unlike = 0.5 * np.minimum(evidence.maps.structure[judged], 1.0) + 0.5 * np.minimum(
        evidence.maps.features[judged], 1.0
    )
    return float(strongest.mean()), float(1.0 - unlike.mean())


def limit_of(genuine: Sequence[tuple[float, float]]) -> float:
    """Return the value of `Evidence.total` above which a place of one side becomes a region.

    Args:
        genuine: (suspicion, similarity) of each reference judged by the others.

    Returns:
        A multiple of the second largest genuine suspicion (with fewer than four: the largest), so
        that one odd reference does not blind the side; never above LIMIT, which also holds where
        fewer than three references tell nothing.
    """
    if len(genuine) < FEWEST_REFERENCES:
        return LIMIT
    ordered = sorted(suspicion for suspicion, _ in genuine)
    usual = ordered[-2] if len(ordered) >= 4 else ordered[-1]
    return float(min(LIMIT, max(_LOWEST_LIMIT, _ABOVE_GENUINE * usual)))
