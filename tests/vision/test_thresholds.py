"""What a trainer sets is what a side is judged by, and tells in the version of the verdict."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from vision import Gallery, LimitBasis, Reference, Thresholds
from vision.calibration import Calibration
from vision.limits import limits_of
from vision.thresholds import limits_by, version_with

if TYPE_CHECKING:
    from vision.sides import SideModel

CALIBRATION = Calibration(0.4, tuple(value / 100 for value in range(-20, 20)), 0.1)


def side(peaks: tuple[float, ...] = (0.5, 0.5, 0.5, 0.6)) -> SideModel:
    genuine = tuple((peak, 0.9) for peak in peaks)
    made = SimpleNamespace(
        product="tea", side="front", peaks=peaks, count=len(peaks), genuine=genuine
    )
    return cast("SideModel", made)


def test_nothing_set_leaves_the_promised_limits() -> None:
    assert limits_by(side(), CALIBRATION, Thresholds()) == limits_of(side(), CALIBRATION)


def test_a_threshold_of_the_side_comes_before_that_of_the_gallery() -> None:
    both = Thresholds(0.3, (("tea", "front", 0.9), ("tea", "back", 0.1)))
    found = limits_by(side(), CALIBRATION, both)
    assert (found.differs, found.basis) == (0.9, LimitBasis.SIDE)
    assert found.notice == limits_of(side(), CALIBRATION).notice


def test_the_margin_of_the_gallery_starts_where_each_side_is_expected() -> None:
    found = limits_by(side(), CALIBRATION, Thresholds(0.3))
    assert found.differs == pytest.approx(CALIBRATION.expected(side().peaks) + 0.3)
    assert found.basis is LimitBasis.GALLERY
    other = limits_by(side((0.1, 0.1, 0.1)), CALIBRATION, Thresholds(0.3))
    assert other.differs < found.differs


def test_nothing_is_worth_a_look_only_above_the_threshold() -> None:
    strict = limits_by(side(), CALIBRATION, Thresholds(sides=(("tea", "front", 0.2),)))
    assert strict.notice == strict.differs == 0.2


def test_a_side_without_calibration_is_judged_by_its_threshold_too() -> None:
    found = limits_by(side(), None, Thresholds(sides=(("tea", "front", 0.7),)))
    assert found.differs == 0.7
    assert limits_by(side(), None, Thresholds(0.1)).differs == pytest.approx(0.625)


def test_the_version_of_a_gallery_tells_its_thresholds() -> None:
    gallery = Gallery([Reference("r", "tea", "front", "0" * 64, "nowhere.png")])
    before = gallery.thresholds_version
    seen = {before}
    for one in (Thresholds(0.1), Thresholds(0.2), Thresholds(sides=(("tea", "front", 0.1),))):
        gallery.thresholds = one
        seen.add(gallery.thresholds_version)
    assert len(seen) == 4
    gallery.thresholds = Thresholds()
    assert gallery.thresholds_version == before
    sides = ("a", "b", 0.5), ("c", "d", 0.6)
    assert version_with(Thresholds(sides=sides), "v") == version_with(
        Thresholds(sides=sides[::-1]), "v"
    )


@pytest.mark.parametrize("value", [math.nan, math.inf, 0.0, -1.0])
def test_a_threshold_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Thresholds(sides=(("tea", "front", value),))


def test_a_margin_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        Thresholds(math.nan)
