"""False alarms and misses are counted as they are, with exact intervals."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from vision import (
    Gallery,
    KnownFalse,
    LimitBasis,
    ThresholdEvidence,
    Thresholds,
    UnknownSide,
    threshold_effect,
    threshold_evidence,
)
from vision.calibration import PROMISED, Calibration
from vision.threshold_counts import is_few, share_of

CALIBRATION = Calibration(0.4, tuple(value / 100 for value in range(-20, 20)), 0.1)
PEAKS = {"tea": (0.5, 0.5, 0.6), "soap": (0.2, 0.2, 0.3)}


def evidence(genuine: tuple[float, ...], false: tuple[float, ...] = ()) -> ThresholdEvidence:
    return ThresholdEvidence("tea", "front", genuine, genuine, false, 1, 1, LimitBasis.PROMISE)


class Known(SimpleNamespace):
    """A gallery whose sides are known by their peaks."""

    calibration = CALIBRATION
    thresholds = Thresholds()

    def of_side(self, product: str, side: str) -> tuple[str, ...]:
        if product not in PEAKS:
            raise UnknownSide(product, side)
        return ("r",)

    def side_model(self, product: str, side: str) -> SimpleNamespace:
        self.of_side(product, side)
        peaks = PEAKS[product]
        genuine = tuple((peak, 0.9) for peak in peaks)
        return SimpleNamespace(product=product, side=side, peaks=peaks, count=3, genuine=genuine)

    def limits(self, _model: SimpleNamespace) -> SimpleNamespace:
        return SimpleNamespace(differs=0.7, basis=LimitBasis.SIDE)


def test_intervals_are_those_of_clopper_and_pearson() -> None:
    some = share_of(3, 20)  # tables: 0.0321 to 0.3789
    assert (some.low, some.high) == pytest.approx((0.0321, 0.3789), abs=1e-4)
    none = share_of(0, 20)
    assert none.low == 0.0
    assert none.high == pytest.approx(1 - 0.025 ** (1 / 20))
    assert share_of(20, 20).high == 1.0
    assert (share_of(0, 0).low, share_of(0, 0).high) == (0.0, 1.0)
    with pytest.raises(ValueError, match="count"):
        share_of(3, 2)


def test_counts_at_a_threshold() -> None:
    found = threshold_effect(evidence((0.1, 0.2, 0.3, 0.4), (0.25, 0.35, 0.9)), 0.3)
    assert (found.false_alarms.count, found.false_alarms.total) == (1, 4), "0.3 is not above 0.3"
    assert (found.misses.count, found.misses.total) == (1, 3)
    assert found.promise == pytest.approx(2 / 5)


def test_what_few_means() -> None:
    assert is_few(35)
    assert not is_few(36)
    assert share_of(0, 36).high <= PROMISED
    assert threshold_effect(evidence((0.1,) * 10), 1.0).is_few
    assert not threshold_effect(evidence((0.1,) * 40), 1.0).is_few


def test_the_promised_limit_keeps_the_promise() -> None:
    found = threshold_evidence(cast("Gallery", Known()), product="tea", side="front")
    at_it = threshold_effect(found, found.promised)
    assert at_it.promise <= PROMISED
    assert found.current == 0.7
    assert found.own == PEAKS["tea"]
    assert len(found.genuine) == CALIBRATION.comparisons


def test_comparisons_move_to_where_the_side_is_expected() -> None:
    gallery = cast("Gallery", Known())
    tea = threshold_evidence(gallery, product="tea", side="front")
    soap = threshold_evidence(gallery, product="soap", side="front")
    away = CALIBRATION.expected(PEAKS["tea"]) - CALIBRATION.expected(PEAKS["soap"])
    moved = [a - b for a, b in zip(tea.genuine, soap.genuine, strict=True)]
    assert moved == pytest.approx([away] * len(moved))


def test_the_gallery_measures_from_what_each_side_leads_to_expect() -> None:
    false = (
        KnownFalse("tea", "front", 0.9),
        KnownFalse("soap", "front", 0.6),
        KnownFalse("gone", "front", 5.0),
    )
    found = threshold_evidence(cast("Gallery", Known()), known_false=false)
    assert found.is_of_gallery
    assert found.genuine == CALIBRATION.beyond
    expected = (0.9 - CALIBRATION.expected(PEAKS["tea"]), 0.6 - CALIBRATION.expected(PEAKS["soap"]))
    assert found.false == pytest.approx(sorted(expected))
    assert threshold_effect(found, found.promised).promise <= PROMISED


def test_only_photos_of_the_side_are_its_known_false_ones() -> None:
    false = KnownFalse("tea", "front", 0.9), KnownFalse("tea", "back", 0.6)
    gallery = cast("Gallery", Known())
    found = threshold_evidence(gallery, product="tea", side="front", known_false=false)
    assert found.false == (0.9,)


def test_a_side_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownSide):
        threshold_evidence(cast("Gallery", Known()), product="gone", side="front")
