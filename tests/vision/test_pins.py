"""Pins: the view they determine, what they miss, and what is wrong with those that tell nothing."""

from __future__ import annotations

import numpy as np
import pytest

from vision.align import transform
from vision.errors import PinsUnusable, PinTrouble
from vision.pins import Pin, PinView, fit_pins

TURN = np.array([[0.8, -0.6, 40.0], [0.6, 0.8, -25.0], [0.0, 0.0, 1.0]]) * [[1.5], [1.5], [1.0]]
SHEAR = np.array([[1.2, 0.3, 15.0], [-0.1, 0.9, 60.0], [0.0, 0.0, 1.0]])
TILT = np.array([[1.1, 0.1, 20.0], [0.05, 0.95, 30.0], [2e-4, -1e-4, 1.0]])
CORNERS = [(100.0, 80.0), (900.0, 120.0), (880.0, 640.0), (130.0, 600.0), (520.0, 300.0)]


def _pins(matrix: np.ndarray, places: list[tuple[float, float]]) -> list[Pin]:
    there = transform(matrix, np.array(places))
    return [Pin(place, (float(x), float(y))) for place, (x, y) in zip(places, there, strict=True)]


@pytest.mark.parametrize(
    ("matrix", "count", "view"),
    [
        (TURN, 2, PinView.SIMILARITY),
        (SHEAR, 3, PinView.AFFINE),
        (TILT, 4, PinView.PERSPECTIVE),
        (TILT, 5, PinView.PERSPECTIVE),
    ],
)
def test_each_number_of_pins_gives_its_view(matrix: np.ndarray, count: int, view: PinView) -> None:
    found = fit_pins(_pins(matrix, CORNERS[:count]))
    assert found.view is view
    elsewhere = np.array([(300.0, 200.0), (700.0, 500.0)])
    assert transform(found.matrix, elsewhere) == pytest.approx(transform(matrix, elsewhere))
    assert found.misses == pytest.approx(np.zeros(count), abs=1e-3)


@pytest.mark.parametrize(("count", "is_measured"), [(2, False), (3, False), (4, False), (5, True)])
def test_an_error_is_told_only_where_a_pin_is_left_over(count: int, is_measured: bool) -> None:
    pins = _pins(TILT, CORNERS[:count])
    pins[1] = Pin(pins[1].photo, (pins[1].reference[0] + 12.0, pins[1].reference[1]))
    found = fit_pins(pins)
    assert (found.error_px is not None) is is_measured
    assert bool(found.misses.max() > 1.0) is is_measured


def test_the_pin_that_is_wrong_misses_most() -> None:
    pins = _pins(TILT, [*CORNERS, (520.0, 90.0), (110.0, 340.0)])
    x, y = pins[4].reference
    pins[4] = Pin(pins[4].photo, (x + 40.0, y))
    found = fit_pins(pins)
    assert int(found.misses.argmax()) == 4
    assert found.misses[4] > 2 * np.median(found.misses)


def test_four_pins_of_which_three_are_in_line_give_an_affine_view() -> None:
    pins = _pins(SHEAR, [(100.0, 100.0), (400.0, 100.0), (700.0, 100.0), (300.0, 500.0)])
    found = fit_pins(pins)
    assert found.view is PinView.AFFINE
    assert found.error_px == pytest.approx(0.0, abs=1e-6)
    assert found.matrix == pytest.approx(SHEAR)


@pytest.mark.parametrize(
    ("places", "trouble"),
    [
        ([], PinTrouble.TOO_FEW),
        ([(100.0, 100.0)], PinTrouble.TOO_FEW),
        ([(100.0, 100.0), (float("nan"), 200.0)], PinTrouble.TOO_FEW),
        ([(100.0, 100.0), (108.0, 100.0)], PinTrouble.TOO_CLOSE),
        ([(100.0, 100.0), (500.0, 300.0), (101.0, 101.0)], PinTrouble.TOO_CLOSE),
        ([(100.0, 100.0), (300.0, 202.0), (500.0, 300.0)], PinTrouble.IN_LINE),
        ([(0.0, 9.0), (50.0, 9.0), (150.0, 9.0), (400.0, 9.0)], PinTrouble.IN_LINE),
    ],
)
def test_pins_that_tell_nothing_say_why(
    places: list[tuple[float, float]], trouble: PinTrouble
) -> None:
    with pytest.raises(PinsUnusable) as error:
        fit_pins(_pins(SHEAR, places) if places else [])
    assert error.value.trouble is trouble


def test_pins_that_only_one_picture_tells_apart_are_too_close() -> None:
    with pytest.raises(PinsUnusable) as error:
        fit_pins([Pin((0.0, 0.0), (5.0, 5.0)), Pin((300.0, 0.0), (6.0, 5.0))])
    assert error.value.trouble is PinTrouble.TOO_CLOSE


@pytest.mark.parametrize("count", [3, 4, 5])
def test_a_mirrored_view_is_refused(count: int) -> None:
    mirror = np.array([[-1.0, 0.0, 1000.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    with pytest.raises(PinsUnusable) as error:
        fit_pins(_pins(mirror, CORNERS[:count]))
    assert error.value.trouble is PinTrouble.FOLDED


def test_two_pins_that_were_swapped_are_refused() -> None:
    pins = _pins(TILT, CORNERS[:4])
    pins[0], pins[1] = (
        Pin(pins[0].photo, pins[1].reference),
        Pin(pins[1].photo, pins[0].reference),
    )
    with pytest.raises(PinsUnusable) as error:
        fit_pins(pins)
    assert error.value.trouble is PinTrouble.FOLDED
