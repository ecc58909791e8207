"""What each reference shows at a place, on maps whose values are known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.vision.samples import artwork, channel_maps, mask_of, printed
from vision.genuine import MEASURED, genuine_maps, genuine_values
from vision.spread import Spread
from vision.terms import Channel

SHAPE = (41, 62)  # no multiple of the step
WHOLE = np.ones(SHAPE, bool)
PLACE = mask_of((10, 8, 30, 24), SHAPE)
UNSEEN = 49.5


STRUCTURE, COLOUR = MEASURED.index(Channel.STRUCTURE), MEASURED.index(Channel.COLOUR)


def maps_of(*structure: float) -> list[list[np.ndarray]]:
    made = [channel_maps(SHAPE, structure=value, colour=10 * value) for value in structure]
    return [[maps.of(channel) for channel in MEASURED] for maps in made]


def test_each_reference_has_its_own_value() -> None:
    maps = genuine_maps(maps_of(0.1, 0.3, 0.2), [WHOLE] * 3, unseen=UNSEEN)
    assert genuine_values(maps, Channel.STRUCTURE, PLACE) == pytest.approx((0.1, 0.3, 0.2))
    assert genuine_values(maps, Channel.COLOUR, PLACE) == pytest.approx((1.0, 3.0, 2.0))


def test_a_value_is_that_of_the_place_alone() -> None:
    (first,) = maps_of(0.1)
    first[STRUCTURE][PLACE] = 0.7
    maps = genuine_maps([first], [WHOLE], unseen=UNSEEN)
    inner = mask_of((12, 12, 28, 20), SHAPE)
    elsewhere = mask_of((40, 28, 56, 40), SHAPE)
    assert genuine_values(maps, Channel.STRUCTURE, inner) == pytest.approx((0.7,), abs=0.02)
    assert genuine_values(maps, Channel.STRUCTURE, elsewhere) == pytest.approx((0.1,))


def test_a_reference_that_does_not_show_the_place_has_no_value() -> None:
    maps = genuine_maps(maps_of(0.1, 0.3), [WHOLE, ~PLACE], unseen=UNSEEN)
    assert genuine_values(maps, Channel.STRUCTURE, PLACE) == pytest.approx((0.1,))


def test_what_was_not_measured_is_no_value() -> None:
    first, second = maps_of(0.1, 0.3)
    second[COLOUR][:] = 99.0  # no light to judge colour by
    maps = genuine_maps([first, second], [WHOLE, WHOLE], unseen=UNSEEN)
    assert genuine_values(maps, Channel.COLOUR, PLACE) == pytest.approx((1.0,))
    assert genuine_values(maps, Channel.STRUCTURE, PLACE) == pytest.approx((0.1, 0.3))


@pytest.mark.parametrize("channel", sorted(set(Channel) - set(MEASURED)))
def test_other_channels_have_no_values(channel: Channel) -> None:
    maps = genuine_maps(maps_of(0.1, 0.3), [WHOLE, WHOLE], unseen=UNSEEN)
    assert genuine_values(maps, channel, PLACE) == ()


def test_nothing_known_is_no_value() -> None:
    assert genuine_values(None, Channel.STRUCTURE, PLACE) == ()
    maps = genuine_maps(maps_of(0.1), [WHOLE], unseen=UNSEEN)
    assert genuine_values(maps, Channel.STRUCTURE, np.zeros(SHAPE, bool)) == ()


def test_one_layer_alone_has_nothing_to_be_compared_with() -> None:

    layer = printed(artwork(1, 96, 64))
    assert Spread([layer], np.ones((64, 96), bool)).each is None
    two = Spread([layer, layer], np.ones((64, 96), bool)).each
    assert two is not None
    assert two.shape == (2, len(MEASURED), 16, 24)
