"""Findings go to the region that lies where theirs lay, whatever its number is now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.finding_words import opinion_name
from app.reports.examined import common_share, examined
from app.store import Opinion
from tests.app.store.test_findings import by_hand, finding
from vision import Channel, Region, Vertices


def square(x: float, y: float, side: float = 10.0) -> Vertices:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def region(number: int, place: Vertices, channel: Channel = Channel.COLOUR) -> Region:
    return Region(number, channel, place, place, 0.5, 0.25, 2.0, "f" * 64)


@pytest.mark.parametrize(
    ("other", "share"),
    [
        (square(0, 0), 1.0),
        (square(5, 0), 1 / 3),
        (square(20, 0), 0.0),
        (square(0, 0, 20), 0.25),
        ((), 0.0),
    ],
)
def test_share_of_two_squares(other: Vertices, share: float) -> None:
    assert common_share(square(0, 0), other) == pytest.approx(share, abs=0.02)
    assert common_share(other, square(0, 0)) == pytest.approx(share, abs=0.02)


def test_a_finding_follows_its_place_and_not_its_number() -> None:
    old = finding(polygon=square(100, 40))
    moved = (region(1, square(0, 0)), region(2, square(101, 41)))
    found = examined(moved, [old])
    assert found.by_number == {2: old}
    assert (found.added, found.left) == ((), ())


def test_what_was_said_of_a_region_that_is_gone_is_left() -> None:
    old = finding(polygon=square(100, 40))
    found = examined((region(1, square(0, 0)),), [old])
    assert found.by_number == {}
    assert found.left == (old,)


def test_two_regions_near_each_other_keep_their_findings() -> None:
    """Each takes the nearer one, though either would do."""
    left, right = finding("1", polygon=square(0, 0)), finding("2", polygon=square(4, 0))
    found = examined((region(1, square(4, 0)), region(2, square(1, 0))), [left, right])
    assert found.by_number == {1: right, 2: left}


def test_of_two_channels_at_one_place_each_keeps_its_own() -> None:
    text = finding("1", polygon=square(0, 0), channel="text")
    colour = finding("2", polygon=square(0, 0), channel="colour")
    regions = (region(1, square(0, 0)), region(2, square(0, 0), Channel.TEXT))
    assert examined(regions, [text, colour]).by_number == {1: colour, 2: text}


def test_a_region_drawn_by_hand_never_becomes_a_measured_one() -> None:
    drawn = replace(by_hand(), polygon=square(0, 0), opinion=Opinion.WEAR)
    found = examined((region(1, square(0, 0)),), [drawn])
    assert found.by_number == {}
    assert found.added == (drawn,)
    assert found.looked_at() == 0


def test_a_note_alone_is_no_look() -> None:
    noted = finding("1", polygon=square(0, 0), opinion=None)
    seen = finding("2", polygon=square(50, 0))
    regions = (region(1, square(0, 0)), region(2, square(50, 0)))
    assert examined(regions, [noted, seen]).looked_at() == 1


def test_every_opinion_has_its_words(qapp: object) -> None:
    assert len({opinion_name(opinion) for opinion in Opinion}) == len(Opinion)
