"""What a threshold would do: false alarms and misses at any value, with how sure one can be."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy.special import betaincinv

from vision.calibration import PROMISED
from vision.errors import PictureError, UnknownSide
from vision.inspection import LimitBasis
from vision.thresholds import Thresholds, expected_of, limits_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vision.gallery import Gallery

CONFIDENCE = 0.95  # of the intervals


@dataclass(frozen=True, slots=True)
class KnownFalse:
    """A photo that a person decided differs from a side, and the strongest evidence against it."""

    product: str
    side: str
    peak: float


@dataclass(frozen=True, slots=True)
class CountedShare:
    """`count` of `total`; the true share lies between `low` and `high`, as surely as CONFIDENCE."""

    count: int
    total: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ThresholdEvidence:
    """All that is known for setting the threshold of a side, or of the whole gallery; sorted.

    `product` and `side` are empty for the gallery, whose values are margins above what each side
    leads to expect. `genuine` are all genuine-to-genuine comparisons that the limits rest on, moved
    to where this side is expected to lie; `own` the comparisons of this side's references, as they
    were measured; `false` photos known to differ. `promised` is the limit that keeps the promised
    rate, `current` the one in use, `basis` whom it comes from.
    """

    product: str
    side: str
    genuine: tuple[float, ...]
    own: tuple[float, ...]
    false: tuple[float, ...]
    promised: float
    current: float
    basis: LimitBasis

    @property
    def is_of_gallery(self) -> bool:
        """Whether it is about the whole gallery."""
        return not self.product


@dataclass(frozen=True, slots=True)
class ThresholdEffect:
    """What a threshold does.

    `false_alarms` are of `genuine`, `own_alarms` of `own`, `misses` of `false`. `promise` is the
    chance that one more genuine photo is alarmed is at most this; 1 where nothing is known. The
    numbers are few where even no false alarm at all could not show the promised rate.
    """

    threshold: float
    false_alarms: CountedShare
    own_alarms: CountedShare
    misses: CountedShare
    promise: float
    is_few: bool


def share_of(count: int, total: int) -> CountedShare:
    """Return a share with its exact interval; of nothing, anything from 0 to 1 is possible.

    Args:
        count: how often it happened.
        total: of how many.

    Raises:
        ValueError: `count` is not within 0 and `total`.

    Source: Clopper and Pearson, The use of confidence or fiducial limits illustrated in the case
    of the binomial, Biometrika 26, 1934.
    """
    if not 0 <= count <= total:
        raise ValueError(f"expected a count from 0 to {total}, found {count}")
    tail = (1.0 - CONFIDENCE) / 2
    low = float(betaincinv(count, total - count + 1, tail)) if count else 0.0
    high = float(betaincinv(count + 1, total - count, 1.0 - tail)) if count < total else 1.0
    return CountedShare(count, total, low, high)


def threshold_effect(evidence: ThresholdEvidence, threshold: float) -> ThresholdEffect:
    """Count what a threshold would have alarmed and missed.

    Args:
        evidence: of one side, or of the gallery.
        threshold: in the unit of `evidence`; what lies above it differs.

    Source: the promise is that of conformal prediction, (k + 1) / (n + 1) with k of n genuine
    comparisons above (Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005).
    """
    alarms = _above(evidence.genuine, threshold)
    total = len(evidence.genuine)
    missed = len(evidence.false) - _above(evidence.false, threshold)
    return ThresholdEffect(
        threshold=threshold,
        false_alarms=share_of(alarms, total),
        own_alarms=share_of(_above(evidence.own, threshold), len(evidence.own)),
        misses=share_of(missed, len(evidence.false)),
        promise=(alarms + 1) / (total + 1),
        is_few=is_few(total),
    )


def is_few(total: int) -> bool:
    """Tell whether so few comparisons could not show the promised rate even without any alarm."""
    return share_of(0, total).high > PROMISED


def threshold_evidence(
    gallery: Gallery,
    *,
    product: str = "",
    side: str = "",
    known_false: Iterable[KnownFalse] = (),
) -> ThresholdEvidence:
    """Gather what is known for setting the threshold of a side, or of the whole gallery.

    Args:
        gallery: its limits tell what they rest on.
        product: with `side`, the side asked for; without, the whole gallery.
        side: see `product`.
        known_false: photos decided to differ, of any side.

    Raises:
        UnknownSide: the gallery has no such side.
        PictureError: none of its references can be read.
    """
    if not product:
        return _of_gallery(gallery, known_false)
    if not gallery.of_side(product, side):
        raise UnknownSide(product, side)
    model = gallery.side_model(product, side)
    calibration = gallery.calibration
    limits = gallery.limits(model)
    expected = expected_of(model, calibration)
    beyond = calibration.beyond if calibration is not None else ()
    own = tuple(sorted(model.peaks))
    here = (each.peak for each in known_false if (each.product, each.side) == (product, side))
    return ThresholdEvidence(
        product=product,
        side=side,
        genuine=tuple(expected + value for value in beyond) or own,
        own=own,
        false=tuple(sorted(here)),
        promised=limits_by(model, calibration, Thresholds()).differs,
        current=limits.differs,
        basis=limits.basis,
    )


def _of_gallery(gallery: Gallery, known_false: Iterable[KnownFalse]) -> ThresholdEvidence:
    """Measure everything from where its own side is expected; sides that are gone are left out."""
    calibration = gallery.calibration
    genuine = calibration.beyond if calibration is not None else ()
    false = []
    for each in known_false:
        try:
            model = gallery.side_model(each.product, each.side)
        except (UnknownSide, PictureError):  # gone since, or its files are
            continue
        false.append(each.peak - expected_of(model, calibration))
    promised = calibration.limit(()) - calibration.usual if calibration is not None else 0.0
    margin = gallery.thresholds.margin
    return ThresholdEvidence(
        product="",
        side="",
        genuine=tuple(genuine),
        own=(),
        false=tuple(sorted(false)),
        promised=promised,
        current=promised if margin is None else margin,
        basis=LimitBasis.PROMISE if margin is None else LimitBasis.GALLERY,
    )


def _above(values: Sequence[float], threshold: float) -> int:
    return len(values) - bisect_right(values, threshold)
