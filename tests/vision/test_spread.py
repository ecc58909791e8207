"""Genuine spread: what always differs stops alarming, what never differs does not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, channel_maps, mask_of, printed
from vision.evidence.visibility import JUDGED
from vision.spread import (
    CHANNELS,
    LIMITS,
    PRIOR_REFERENCES,
    Spread,
    allowed,
    compare_layers,
    excess_by_channel,
    judge,
    least_of,
)
from vision.terms import Channel

WIDTH, HEIGHT = 240, 160
SERIAL = (140, 60, 200, 100)  # where a number is printed that no two items share
ELSEWHERE = (40, 60, 100, 100)
WHOLE = np.ones((HEIGHT, WIDTH), bool)


def _inner(box: tuple[int, int, int, int]) -> np.ndarray:
    return mask_of((box[0] + 8, box[1] + 8, box[2] - 8, box[3] - 8), (HEIGHT, WIDTH))


def _around(box: tuple[int, int, int, int]) -> np.ndarray:
    return mask_of((box[0] - 20, box[1] - 20, box[2] + 20, box[3] + 20), (HEIGHT, WIDTH))


def _item(word: str = "", box: tuple[int, int, int, int] = SERIAL) -> np.ndarray:
    """A print with a white field, and a word in it."""
    pixels = artwork(1, WIDTH, HEIGHT)
    for x0, y0, x1, y1 in (SERIAL, ELSEWHERE):
        pixels[y0:y1, x0:x1] = 190
    x, y = box[0] + 4, box[3] - 8
    cv2.putText(pixels, word, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.75, (20, 20, 20), 2)
    return pixels


def _layers(*words: str):
    return [printed(_item(word)) for word in words]


# comparing two layers


def test_equal_layers_differ_nowhere() -> None:
    found = compare_layers(printed(_item("A1")), printed(_item("A1")))
    clear = np.s_[20:-20, 20:-20]  # of the edge of the frame
    for channel in CHANNELS:
        assert found.of(channel)[clear].max() < 0.6 * LIMITS[channel].least, channel


def test_places_that_one_layer_does_not_show_are_marked() -> None:
    half = mask_of((0, 0, 120, HEIGHT), (HEIGHT, WIDTH))
    found = compare_layers(printed(_item(), seen=half), printed(_item()))
    for channel in CHANNELS:
        assert (found.of(channel)[~half] == 99.0).all()
        assert (found.of(channel)[half] < 99.0).all()


def test_geometry_can_be_left_out() -> None:
    one, two = printed(_item("A1")), printed(np.roll(_item("A1"), 8, axis=1))
    shifts = compare_layers(one, two).geometry[30:-30, 30:-30]
    assert np.median(shifts[shifts > 0]) == pytest.approx(8.0)
    assert compare_layers(one, two, with_geometry=False).geometry.max() == 0.0


def test_least_of_takes_each_place_and_channel_for_itself() -> None:
    one = channel_maps((2, 3), structure=0.4, colour=9.0)
    two = channel_maps((2, 3), structure=0.1, colour=11.0, geometry=2.0)
    two.structure[0, 0] = 0.7
    found = least_of([one, two])
    assert found.structure.tolist() == pytest.approx(np.array([[0.4, 0.1, 0.1], [0.1] * 3]))
    assert found.colour.max() == 9.0
    assert found.geometry.max() == 0.0


# what a channel may show


@pytest.mark.parametrize("channel", CHANNELS)
def test_where_nothing_varies_the_least_value_is_allowed(channel: Channel) -> None:
    found = allowed(channel, channel_maps((4, 5)), 1000)
    assert found.shape == (4, 5)
    assert found == pytest.approx(LIMITS[channel].least)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_large_spread_that_many_references_show_is_allowed(channel: Channel) -> None:
    shown = 10 * LIMITS[channel].usual
    known = channel_maps((4, 5), **{channel.value: shown})
    assert allowed(channel, known, 10_000) == pytest.approx(
        LIMITS[channel].factor * shown, rel=0.01
    )


@pytest.mark.parametrize("channel", CHANNELS)
def test_few_references_are_drawn_towards_the_usual_spread(channel: Channel) -> None:
    limit = LIMITS[channel]
    known = channel_maps((4, 5), **{channel.value: 3 * limit.usual})
    few = int(PRIOR_REFERENCES)  # as many as the usual spread weighs: the mean of both
    assert allowed(channel, known, few) == pytest.approx(limit.factor * 2 * limit.usual)
    for alone in (0, 1):  # what one reference shows is no spread
        expected = max(limit.least, limit.factor * limit.usual)
        assert allowed(channel, known, alone) == pytest.approx(expected)


# the spread of a side


def test_spread_is_large_where_references_differ_and_nowhere_else() -> None:
    spread = Spread(_layers("4852", "9637", "1743", "6514"), WHOLE).maps
    assert np.median(spread.structure[_inner(SERIAL)]) > LIMITS[Channel.STRUCTURE].least
    assert spread.structure[~_around(SERIAL)].max() < 0.7 * LIMITS[Channel.STRUCTURE].least


def test_one_reference_has_no_spread() -> None:
    spread = Spread(_layers("A1"), WHOLE)
    assert all(spread.maps.of(channel).max() == 0.0 for channel in CHANNELS)
    assert spread.genuine() == ()
    assert not spread.contradiction().any()


def test_two_references_tell_their_spread_but_not_how_genuine_photos_fare() -> None:
    spread = Spread(_layers("A1", "B7"), WHOLE)
    assert spread.maps.structure[_inner(SERIAL)].max() > LIMITS[Channel.STRUCTURE].least
    assert spread.genuine() == ()


def _judged(suspect: np.ndarray, references: list, spread: Spread) -> np.ndarray:
    own = printed(suspect)
    maps = least_of([compare_layers(own, each) for each in references])
    return judge(maps, WHOLE.astype(np.float32), spread.maps, len(references)).total


def test_a_place_that_always_differs_stops_alarming() -> None:
    references = _layers("3852", "8235", "5283", "2538", "8523")
    own = printed(_item("5832"))
    maps = least_of([compare_layers(own, each, with_geometry=False) for each in references])
    seen = WHOLE.astype(np.float32)
    known = judge(maps, seen, Spread(references, WHOLE).maps, 5).total
    unknown = judge(maps, seen, channel_maps((HEIGHT, WIDTH)), 5).total
    assert known[_inner(SERIAL)].max() < 0.75 * unknown[_inner(SERIAL)].max()
    assert known[_inner(SERIAL)].max() < 1.0
    assert known[~_around(SERIAL)] == pytest.approx(unknown[~_around(SERIAL)], abs=0.02)


def test_a_place_that_never_differs_still_alarms_beside_it() -> None:
    varied = _layers("A1", "B7", "X4", "K9")
    suspect = _item("M3", box=ELSEWHERE)
    total = _judged(suspect, varied, Spread(varied, WHOLE))
    peak = np.unravel_index(total.argmax(), total.shape)
    assert _around(ELSEWHERE)[peak]
    assert total[_inner(ELSEWHERE)].max() > 2 * total[_inner(SERIAL)].max()


def test_genuine_references_are_judged_without_themselves() -> None:
    found = Spread(_layers("A1", "A1", "A1", "Z8"), WHOLE).genuine()
    assert len(found) == 4
    loudest = [float(each.total.max()) for each in found]
    assert loudest[3] > 3 * max(loudest[:3])  # the odd one
    peak = np.unravel_index(found[3].total.argmax(), (HEIGHT, WIDTH))
    assert _around(SERIAL)[peak]


def test_what_is_hidden_in_one_reference_is_no_spread() -> None:
    layers = _layers("A1", "A1", "A1")
    seen = ~mask_of(SERIAL, (HEIGHT, WIDTH))
    hidden = _item("B7")
    hidden[~seen] = 128
    spread = Spread([*layers, printed(hidden, seen=seen)], WHOLE)
    assert spread.maps.structure[_inner(SERIAL)].max() < 0.5 * LIMITS[Channel.STRUCTURE].least


def test_outside_the_product_there_is_no_spread() -> None:
    inside = mask_of((20, 20, 120, 140), (HEIGHT, WIDTH))
    spread = Spread(_layers("A1", "B7", "X4"), inside)
    assert spread.maps.structure[:, 160:].max() < 1e-6
    assert max(float(each.total[:, 160:].max()) for each in spread.genuine()) < 1e-6


# two printings


def test_two_groups_contradict_each_other_where_they_differ() -> None:
    split = Spread(_layers("A1", "A1", "W8", "W8"), WHOLE).contradiction()
    assert split[_inner(SERIAL)].mean() > 0.2
    assert not split[~_around(SERIAL)].any()


@pytest.mark.parametrize(
    "words",
    [("A1", "A1", "A1", "A1"), ("A1", "A1", "A1", "W8"), ("A1", "B7", "X4", "K9"), ("A1", "W8")],
    ids=["all alike", "one odd", "all differ", "only two"],
)
def test_without_two_groups_nothing_is_contradicted(words: tuple[str, ...]) -> None:
    assert not Spread(_layers(*words), WHOLE).contradiction().any()


def test_groups_need_not_be_of_one_size() -> None:
    split = Spread(_layers("W8", "A1", "A1", "W8", "A1"), WHOLE).contradiction()
    assert split[_inner(SERIAL)].mean() > 0.2


# judging


def test_what_cannot_be_seen_is_never_counted() -> None:
    loud = channel_maps((HEIGHT, WIDTH), structure=2.0, features=1.0, colour=90.0, geometry=9.0)
    seen = mask_of((0, 0, 120, HEIGHT), (HEIGHT, WIDTH)).astype(np.float32)
    found = judge(loud, seen, channel_maps((HEIGHT, WIDTH)), 5)
    assert found.total[:, 120:].max() == 0.0
    assert found.total[:, :100].min() > 1.0


def test_places_that_no_reference_shows_are_not_judged() -> None:
    maps = channel_maps((HEIGHT, WIDTH), structure=2.0)
    for channel in CHANNELS:
        maps.of(channel)[:, 120:] = 99.0
    found = judge(maps, WHOLE.astype(np.float32), channel_maps((HEIGHT, WIDTH)), 5)
    assert found.seen[:, 120:].max() == 0.0
    assert found.seen[:, :120].min() == 1.0
    assert found.total[:, 120:].max() == 0.0


def test_at_the_limit_of_every_channel_the_sum_is_the_sum_of_weights() -> None:
    nothing = channel_maps((20, 30))
    limits = {c.value: float(allowed(c, nothing, 5)[0, 0]) for c in CHANNELS}
    found = judge(channel_maps((20, 30), **limits), np.ones((20, 30), np.float32), nothing, 5)
    assert found.total == pytest.approx(sum(limit.weight for limit in LIMITS.values()), rel=1e-4)


def test_one_channel_alone_cannot_cry_without_end() -> None:
    nothing, seen = channel_maps((20, 30)), np.ones((20, 30), np.float32)
    loud = judge(channel_maps((20, 30), colour=60.0), seen, nothing, 5).total.max()
    louder = judge(channel_maps((20, 30), colour=6000.0), seen, nothing, 5).total.max()
    assert louder == loud < 1.0


def test_partly_visible_places_count_in_part() -> None:
    nothing, maps = channel_maps((20, 30)), channel_maps((20, 30), structure=0.5, features=0.5)
    full = judge(maps, np.ones((20, 30), np.float32), nothing, 5)
    part = judge(maps, np.full((20, 30), JUDGED, np.float32), nothing, 5)
    assert part.total == pytest.approx(JUDGED * full.total)


def test_each_channel_is_told_over_what_it_may_show() -> None:
    nothing = channel_maps((60, 80))
    maps = channel_maps((60, 80))
    of_structure = allowed(Channel.STRUCTURE, nothing, 5)
    maps.structure[20:40, 30:60] = 1.5 * of_structure[20:40, 30:60]
    seen = np.ones((60, 80), np.float32)
    seen[:, :10] = 0.0
    evidence = judge(maps, seen, nothing, 5)
    found = excess_by_channel(evidence, nothing, 5)
    assert [each.channel for each in found] == list(CHANNELS)
    structure = found[0].excess.astype(float)
    assert structure[30, 45] == pytest.approx(1.5, abs=0.02)
    assert structure[5, 70] == structure[30, 5] == 0
    assert all(each.excess.max() == 0 for each in found[1:])
