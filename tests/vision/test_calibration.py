"""The promised rate of false alarms is kept on sides that were not calibrated on."""

from __future__ import annotations

import numpy as np
import pytest

from vision.calibration import Calibration, calibrate, for_gallery


def _sides(count: int, references: int, seed: int) -> list[list[float]]:
    """Peaks of sides that differ among themselves, as real ones do."""
    rng = np.random.default_rng(seed)
    middles = rng.normal(0.5, 0.15, count)
    return [list(rng.gumbel(middle, 0.12, references)) for middle in middles]


def _alarmed(calibration: Calibration, promised: float, seed: int) -> float:
    alarms = [
        fresh > calibration.limit(known, promised=promised)
        for *known, fresh in _sides(4000, 5, seed)
    ]
    return float(np.mean(alarms))


@pytest.mark.parametrize("promised", [0.02, 0.05, 0.2])
def test_the_promised_rate_holds_on_other_sides(promised: float) -> None:
    calibration = calibrate(_sides(800, 5, 1))
    assert _alarmed(calibration, promised, 2) == pytest.approx(promised, abs=0.25 * promised)


def test_a_lower_promise_is_a_higher_limit() -> None:
    calibration = calibrate(_sides(100, 4, 1))
    limits = [calibration.limit([0.5] * 4, promised=share) for share in (0.2, 0.05, 0.01)]
    assert limits == sorted(limits)
    assert limits[0] < limits[-1]


def test_the_limit_is_the_conformal_quantile() -> None:
    calibration = Calibration(0.0, tuple(float(value) for value in range(1, 20)), 1.0)
    assert calibration.limit([], promised=0.05) == 19.0  # rank 19 of 19: ceil(20 x 0.95)
    assert calibration.limit([], promised=0.5) == 10.0
    assert calibration.limit([], promised=0.001) == 19.0  # more than 19 comparisons can tell


def test_a_side_with_few_references_is_drawn_to_the_whole_gallery() -> None:
    calibration = Calibration(0.4, (0.0,), 0.2)
    assert calibration.expected([]) == 0.4
    assert calibration.expected([0.4, 1.0, 1.0, 1.0]) == pytest.approx((4 * 0.4 + 3.4) / 8)
    assert calibration.expected([0.2] * 4) == pytest.approx(0.3)


def test_a_side_unlike_all_others_goes_by_itself() -> None:
    calibration = Calibration(0.4, (0.0,), 0.1)
    assert calibration.expected([0.9] * 4) > 0.85  # five deviations away: 4 / 26 of a say is left
    assert calibration.expected([0.9] * 3) == pytest.approx((4 * 0.4 + 2.7) / 7)  # too few to tell
    assert calibration.expected([0.4, 0.9, 0.9, 0.9]) == pytest.approx((4 * 0.4 + 3.1) / 8)


def test_each_peak_is_held_against_the_others_of_its_side() -> None:
    found = calibrate([[0.2, 0.2, 0.8]])
    assert found.usual == pytest.approx(0.2)
    assert found.beyond[-1] == pytest.approx(0.8 - 0.2)  # the others, and the usual, are all 0.2


def test_sides_of_two_references_tell_nothing() -> None:
    assert calibrate([[0.1, 0.9], []]) is None


def test_a_large_gallery_goes_by_its_own_comparisons() -> None:
    shipped = Calibration(0.0, (9.0,) * 100, 1.0)
    large = calibrate(_sides(20, 4, 3))
    assert for_gallery(large, shipped) is large
    assert for_gallery(None, shipped) is shipped
    small = calibrate(_sides(2, 4, 3))
    assert for_gallery(small, shipped).comparisons == 108
