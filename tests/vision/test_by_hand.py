"""Photos laid by pins: exact where pictures match, as the pins say where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import vision
from tests.vision.samples import photo_of, plain
from tests.vision.simulated import Bench, Taken, compared, print_points
from vision import Outcome, Pin, Pinned, PinsUnusable, PinTrouble, ReasonCode
from vision.align import transform

if TYPE_CHECKING:
    from vision import Gallery, Inspection, Photo, Points

FOUR = (0, 2, 6, 8)  # of print_points: those nearest the corners


def _places(bench: Bench, taken: Taken, reference: str, name: str = "tea") -> tuple[Points, Points]:
    points = print_points(bench.print_of(name))
    return taken.shot.to_photo(points), bench.shots[reference].to_photo(points)


def _pinned(
    bench: Bench, taken: Taken, number: int, which: tuple[int, ...], *, off: float = 0.0
) -> Pinned:
    """Pins on a reference of the tea, each off its true place by a random way."""
    reference = bench.gallery.of_side("tea", "front")[number]
    photo, known = _places(bench, taken, reference.id)
    wobble = np.random.default_rng(5).normal(0, 1, photo.shape)
    photo = photo + off * wobble / np.linalg.norm(wobble, axis=1, keepdims=True)
    pins = tuple(
        Pin((float(a), float(b)), (float(x), float(y)))
        for (a, b), (x, y) in zip(photo[list(which)], known[list(which)], strict=True)
    )
    return Pinned(pins, reference.sha256)


def _say(photo: Photo, gallery: Gallery, pinned: Pinned) -> Inspection:
    return vision.inspect(photo, gallery, product="tea", side="front", pinned=pinned, text=False)


@pytest.mark.parametrize("number", [0, 2])
def test_pins_set_roughly_lay_a_photo_exactly_where_it_matches(bench: Bench, number: int) -> None:
    taken = bench.shoot("tea", 44, bend=0.0)
    found = _say(taken.photo, bench.gallery, _pinned(bench, taken, number, FOUR, off=6.0))
    assert found.outcome is Outcome.AGREES
    comparison = compared(found)
    photo, known = _places(bench, taken, comparison.reference.id)
    assert transform(comparison.alignment.matrix, photo) == pytest.approx(known, abs=3.0)
    assert comparison.alignment.pins == 4
    assert comparison.alignment.inliers > 50
    assert 0.0 < comparison.alignment.error_px < 2.0


def test_a_photo_that_matches_nowhere_lies_as_its_pins_say(bench: Bench) -> None:
    taken = bench.shoot("tea", 44, bend=0.0)
    blank = photo_of(plain(120, *taken.photo.pixels.shape[1::-1]))
    pinned = _pinned(bench, taken, 0, FOUR)
    alignment = compared(_say(blank, bench.gallery, pinned)).alignment
    photo, known = _places(bench, taken, bench.gallery.of_side("tea", "front")[0].id)
    canonical = compared(_say(blank, bench.gallery, pinned)).reference.sha256
    if canonical == pinned.reference:
        assert transform(alignment.matrix, photo) == pytest.approx(known, abs=1.0)
    assert (alignment.inliers, alignment.pins, alignment.error_px) == (4, 4, 0.0)


def test_pins_that_contradict_each_other_are_doubted(bench: Bench) -> None:
    taken = bench.shoot("tea", 44, bend=0.0)
    blank = photo_of(plain(120, *taken.photo.pixels.shape[1::-1]))
    pinned = _pinned(bench, taken, 0, tuple(range(9)), off=60.0)
    said = _say(blank, bench.gallery, pinned)
    assert said.outcome in {Outcome.CANNOT_ALIGN, Outcome.PHOTO_UNFIT}
    assert compared(said).alignment.error_px > 10.0
    if said.outcome is Outcome.CANNOT_ALIGN:
        assert said.reason.code is ReasonCode.LARGE_ERROR


def test_pins_do_not_talk_a_changed_print_into_agreeing(bench: Bench, without_logo: Taken) -> None:
    said = _say(without_logo.photo, bench.gallery, _pinned(bench, without_logo, 1, FOUR, off=3.0))
    assert said.outcome is Outcome.DIFFERS


def test_pins_on_a_reference_that_is_gone_say_so(bench: Bench, tea: Taken) -> None:
    pinned = _pinned(bench, tea, 0, FOUR)
    with pytest.raises(PinsUnusable) as error:
        _say(tea.photo, bench.gallery, Pinned(pinned.pins, "ab" * 32))
    assert error.value.trouble is PinTrouble.REFERENCE_GONE


def test_pins_need_to_know_their_side(bench: Bench, tea: Taken) -> None:
    pinned = _pinned(bench, tea, 0, FOUR)
    with pytest.raises(ValueError, match="product and the side"):
        vision.inspect(tea.photo, bench.gallery, product="tea", pinned=pinned)
