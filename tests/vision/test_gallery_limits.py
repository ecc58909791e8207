"""What a gallery has earned holds as long as it is as it was, and is told where it is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from vision.calibration import Calibration
from vision.gallery_limits import GalleryLimits
from vision.limits import limits_of
from vision.side_figures import SideFigures

if TYPE_CHECKING:
    from pathlib import Path

    from vision.sides import SideModel


@dataclass
class _Side:
    peaks: tuple[float, ...]
    is_split: bool = False


class _Changing:
    """A gallery that can be changed, and changed back."""

    state = "as it was"

    def __call__(self) -> str:
        return self.state


SIDES = [("tea", str(number)) for number in range(20)]


def _model(_product: str, side: str) -> SideModel:
    rng = np.random.default_rng(int(side))
    return cast("SideModel", _Side(tuple(rng.uniform(0.3, 0.6, 4).tolist())))


def _earned(folder: Path | None, state: _Changing) -> GalleryLimits:
    limits = GalleryLimits(folder, state)
    limits.earn(SIDES, _model, None)
    return limits


def test_what_was_earned_is_there_again_in_the_next_program(tmp_path: Path) -> None:
    first = _earned(tmp_path / "kept", _Changing())
    again = GalleryLimits(tmp_path / "kept", _Changing())
    assert first.is_kept
    assert again.is_earned
    assert again.used == first.used
    assert again.version == first.version


@pytest.mark.parametrize("folder", ["kept", None])
def test_it_holds_again_once_the_gallery_is_as_it_was(folder: str | None, tmp_path: Path) -> None:
    state = _Changing()
    limits = _earned(None if folder is None else tmp_path / folder, state)
    own = limits.used
    state.state = "one reference less"
    limits.forget()
    assert limits.used != own
    assert not limits.is_earned
    state.state = "as it was"
    limits.forget()
    assert limits.used == own
    assert limits.is_earned


def test_a_part_goes_by_what_the_whole_has_earned() -> None:
    whole, state = _earned(None, _Changing()), _Changing()
    part = GalleryLimits(None, state)
    shipped = part.used
    part.go_by(whole.used)
    assert part.used == whole.used != shipped
    state.state = "another"
    part.forget()
    assert part.used == shipped


def test_it_is_told_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    limits = _earned(tmp_path / "file", _Changing())
    assert not limits.is_kept
    assert limits.used.comparisons == 80
    assert GalleryLimits(tmp_path / "file", _Changing()).used != limits.used


def test_a_place_that_is_surely_the_same_never_differs_however_alike_the_references_are() -> None:
    """Photos that are even more alike would else put the limit below what tells anything."""
    alike = Calibration(0.43, (-0.01,) * 50 + (0.0,) * 50, 0.005)
    figures = SideFigures("tea", "front", ("a", "b", "c"), ((0.43, 0.99),) * 3, (0.43,) * 3)
    found = limits_of(figures, alike)
    assert (found.differs, found.notice) == (0.5, 0.46)
    uneven = Calibration(0.43, (0.0,) * 50 + (0.3,) * 50, 0.1)
    found = limits_of(figures, uneven)
    assert found.differs == pytest.approx(0.73)
    assert found.notice == pytest.approx(0.73)
