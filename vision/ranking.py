"""Statistics of orderings: how far one group of numbers lies above another, and how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Interval = tuple[float, float]
Values = NDArray[np.float64]

_DRAWS = 2000
_SEED = 7


def middle_for_missing(values: Sequence[float | None]) -> Values:
    """Give missing values the middle rank: the median of the others (0 where all are missing).

    Returns:
        (N,) float64.
    """
    known = [value for value in values if value is not None]
    middle = float(np.median(known)) if known else 0.0
    return np.array([middle if value is None else value for value in values], np.float64)


def auroc(genuine: Values, other: Values) -> float | None:
    """Return the chance that one of `other` lies above one of `genuine`; ties count half.

    Returns:
        In [0, 1]; None where a group is empty.

    Source: Hanley and McNeil, The meaning and use of the area under a ROC curve, Radiology 1982.
    """
    if not len(genuine) or not len(other):
        return None
    return float(_wins(genuine, other).mean() / len(genuine))


def tpr_at(genuine: Values, other: Values, false_positives: float) -> float | None:
    """Return the largest share of `other` above a limit that at most this share of `genuine` tops.

    Args:
        genuine: (N,) should lie low.
        other: (M,) should lie high.
        false_positives: in [0, 1].

    Returns:
        In [0, 1]; None where a group is empty.
    """
    if not len(genuine) or not len(other):
        return None
    allowed = int(np.floor(false_positives * len(genuine) + 1e-9))
    if allowed >= len(genuine):
        return 1.0
    limit = np.sort(genuine)[::-1][allowed]
    return float((other > limit).mean())


def share_interval(hits: Sequence[bool], groups: Sequence[str]) -> Interval | None:
    """Return the 95 % interval of a share by a bootstrap over groups; None for fewer than two."""
    return ratio_interval(hits, [1] * len(hits), groups)


def ratio_interval(
    parts: Sequence[float], wholes: Sequence[float], groups: Sequence[str]
) -> Interval | None:
    """Return the 95 % interval of sum(parts) / sum(wholes) by a bootstrap over groups.

    Args:
        parts: (N,) such as the places found in each photo.
        wholes: (N,) such as the places there are in each photo.
        groups: (N,) what is drawn together, such as its product.

    Returns:
        None for fewer than two groups, or where all wholes are 0.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993 (percentile interval).
    """
    names, place = np.unique(np.array(groups, str), return_inverse=True)
    if len(names) < 2:
        return None
    above = np.bincount(place, weights=np.array(parts, np.float64), minlength=len(names))
    below = np.bincount(place, weights=np.array(wholes, np.float64), minlength=len(names))
    draws = _draws(len(names))
    return _interval(draws @ above, draws @ below)


def auroc_interval(
    genuine: Values,
    genuine_groups: Sequence[str],
    other: Values,
    other_groups: Sequence[str],
) -> Interval | None:
    """Return the 95 % interval of the AUROC by a bootstrap over groups; None for fewer than two.

    Args:
        genuine: (N,) should lie low.
        genuine_groups: the group of each, such as its product.
        other: (M,) should lie high.
        other_groups: the group of each.
    """
    names = np.unique(np.array([*genuine_groups, *other_groups], str))
    if len(names) < 2 or not len(genuine) or not len(other):
        return None
    low = np.searchsorted(names, np.array(genuine_groups, str))
    high = np.searchsorted(names, np.array(other_groups, str))
    wins = np.zeros((len(names), len(names)))
    for group in np.unique(low):
        wins[:, group] = np.bincount(
            high, weights=_wins(genuine[low == group], other), minlength=len(names)
        )
    draws = _draws(len(names))
    pairs = (draws @ np.bincount(low, minlength=len(names))) * (
        draws @ np.bincount(high, minlength=len(names))
    )
    return _interval(np.einsum("dh,hl,dl->d", draws, wins, draws, optimize=True), pairs)


def _wins(genuine: Values, other: Values) -> Values:
    """Return for each of `other` how many of `genuine` lie below, ties half."""
    ordered = np.sort(genuine)
    below = np.searchsorted(ordered, other, side="left")
    up_to = np.searchsorted(ordered, other, side="right")
    return np.asarray((below + up_to) / 2.0, np.float64)


def _draws(groups: int) -> Values:
    """Return how often each group is drawn, (_DRAWS, groups); the same each time."""
    rng = np.random.default_rng(_SEED)
    even = np.full(groups, 1.0 / groups)
    return np.asarray(rng.multinomial(groups, even, size=_DRAWS), np.float64)


def _interval(parts: Values, wholes: Values) -> Interval | None:
    usable = wholes > 0
    if not usable.any():
        return None
    low, high = np.percentile(parts[usable] / wholes[usable], (2.5, 97.5))
    return float(low), float(high)
