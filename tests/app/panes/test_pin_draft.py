"""Drafts of pins: places find their pin, guesses, and what is wrong is told."""

from __future__ import annotations

import numpy as np
import pytest

from app.panes.pin_draft import Draft, On, Spot
from app.pin_words import fit_sentence, trouble_sentence
from vision import Pin, PinFit, PinTrouble

SHIFT = np.array([[1.0, 0.0, 10.0], [0.0, 1.0, -5.0], [0.0, 0.0, 1.0]])


def test_a_place_begins_a_pin_and_the_next_completes_it_from_either_side() -> None:
    for first, second in ((On.PHOTO, On.REFERENCE), (On.REFERENCE, On.PHOTO)):
        draft, number = Draft().with_place(first, (3.0, 4.0), None)
        assert (number, draft.waits_for, draft.pins) == (0, second, ())
        draft, number = draft.with_place(second, (30.0, 40.0), None)
        assert (number, draft.waits_for) == (0, None)
        assert draft.spots[0].on(first) == (3.0, 4.0)
        assert draft.spots[0].on(second) == (30.0, 40.0)


def test_a_second_click_in_the_same_picture_moves_the_pin_that_waits() -> None:
    draft, _ = Draft().with_place(On.PHOTO, (3.0, 4.0), None)
    draft, number = draft.with_place(On.PHOTO, (8.0, 9.0), None)
    assert (number, draft.spots) == (0, (Spot(photo=(8.0, 9.0)),))


def test_where_the_photo_lies_is_known_the_other_place_is_guessed() -> None:
    there, _ = Draft().with_place(On.PHOTO, (3.0, 4.0), SHIFT)
    back, _ = Draft().with_place(On.REFERENCE, (13.0, -1.0), SHIFT)
    assert there.pins == back.pins == (Pin((3.0, 4.0), (13.0, -1.0)),)


@pytest.mark.parametrize("matrix", [np.zeros((3, 3)), np.array([[1, 0, 0], [0, 1, 0], [1, 0, -3]])])
def test_nothing_is_guessed_beyond_the_horizon(matrix: np.ndarray) -> None:
    draft, _ = Draft().with_place(On.PHOTO, (3.0, 4.0), matrix.astype(float))
    assert draft.waits_for is On.REFERENCE


def test_a_draft_tells_its_fit_or_its_trouble() -> None:
    places = ((0.0, 0.0), (200.0, 0.0), (200.0, 100.0))
    draft = Draft.of(tuple(Pin(at, (at[0] + 10, at[1])) for at in places))
    assert isinstance(draft.fit(), PinFit)
    assert "One more" in fit_sentence(draft.fit())
    assert draft.without(1).without(1).fit() is PinTrouble.TOO_FEW


@pytest.mark.parametrize("trouble", PinTrouble)
def test_every_trouble_has_a_sentence_of_its_own(trouble: PinTrouble) -> None:
    others = {trouble_sentence(each) for each in PinTrouble if each is not trouble}
    assert trouble_sentence(trouble).endswith(".")
    assert trouble_sentence(trouble) not in others
