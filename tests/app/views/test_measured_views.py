"""Difference and heat map mark exactly what was planted, on scales that no picture changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from app import tasks
from app.views.classes import classified, faint_print, heated, important_places
from app.views.difference import DifferenceView
from app.views.heat_map import HeatMapView
from app.views.pixels import Picture, hatched
from app.views.theme import AGREES, DIFFERS
from app.views.viewport import Viewport
from tests.app.views.pair_samples import comparison_of, filled, near, pair, rgb
from vision import Channel, ChannelExcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from app.views.pair_view import PairView
    from vision import Comparison

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("nothing_left_over"),
]

SCALE = 8.0
PAPER = (200, 200, 200)
ORANGE = DIFFERS.getRgb()[:3]


def planted(x: int = 40, y: int = 20, side: int = 8) -> Comparison:
    """Grey paper; the suspect has a red square."""
    suspect, reference = filled(PAPER), filled(PAPER)
    suspect[y : y + side, x : x + side] = (200, 60, 60)
    return comparison_of(suspect, reference)


@pytest.fixture
def viewport() -> Viewport:
    made = Viewport()
    made.show(QPointF(49.5, 24.5), SCALE)
    return made


@pytest.fixture
def difference(qtbot: QtBot, viewport: Viewport) -> Iterator[DifferenceView]:
    view = DifferenceView(viewport)
    qtbot.addWidget(view)
    view.resize(800, 434)
    view.show()
    qtbot.waitExposed(view)
    yield view
    assert tasks.stop(20)


def measured(qtbot: QtBot, view: DifferenceView, comparison: Comparison) -> QImage:
    view.show_pair(pair(comparison))
    qtbot.waitUntil(lambda: view.canvas.is_measured)
    return view.canvas.grab().toImage()


def at(view: PairView, image: QImage, x: float, y: float) -> tuple[int, int, int]:
    place = view.canvas.to_screen(QPointF(x, y))
    return rgb(image, place.x(), place.y())


def test_exactly_the_planted_square_is_marked(qtbot: QtBot, difference: DifferenceView) -> None:
    image = measured(qtbot, difference, planted())
    for x, y in ((42, 22), (45, 25), (43, 24)):
        assert at(difference, image, x, y) == ORANGE
    for x, y in ((39, 24), (48, 24), (44, 19), (44, 28)):
        red, green, blue = at(difference, image, x, y)
        assert red == green == blue, "one pixel outside there is the pale print only"
    edge = at(difference, image, 40, 20)
    assert edge[0] < ORANGE[0] - 60, "a dark edge tells it without hue"
    assert difference.canvas.share == pytest.approx(64 / 5000)


def test_the_tolerance_makes_it_unimportant(qtbot: QtBot, difference: DifferenceView) -> None:
    suspect, reference = filled(PAPER), filled(PAPER)
    suspect[20:28, 40:48] = (200, 190, 190)
    measured(qtbot, difference, comparison_of(suspect, reference))
    assert difference.dial is not None
    difference.dial.set_amount(2.0)
    assert at(difference, difference.canvas.grab().toImage(), 44, 24) == ORANGE
    difference.dial.set_amount(20.0)
    red, _, blue = at(difference, difference.canvas.grab().toImage(), 44, 24)
    assert blue > red + 20
    assert difference.canvas.share == 0


def test_the_scale_is_fixed(qtbot: QtBot, difference: DifferenceView) -> None:
    """A strong difference elsewhere does not make a weak one look weaker."""
    suspect, reference = filled(PAPER), filled(PAPER)
    suspect[20:28, 40:48] = (200, 170, 170)
    alone = at(difference, measured(qtbot, difference, comparison_of(suspect, reference)), 44, 24)
    louder = suspect.copy()
    louder[5:15, 5:15] = (0, 0, 255)
    beside = at(difference, measured(qtbot, difference, comparison_of(louder, reference)), 44, 24)
    assert alone == beside == ORANGE


def _sentence_is_shown(image: QImage) -> bool:
    """White words on the dark label in the middle of the upper edge, however high its font is."""
    rows = ([rgb(image, x, y) for x in range(300, 500)] for y in range(20, 44, 4))
    return any(sum(max(colour) < 90 for colour in row) > 50 for row in rows)


def test_nothing_above_the_threshold_is_said(qtbot: QtBot, difference: DifferenceView) -> None:
    same = comparison_of(filled(PAPER), filled(PAPER))
    assert _sentence_is_shown(measured(qtbot, difference, same))
    assert not _sentence_is_shown(measured(qtbot, difference, planted()))


def test_what_cannot_be_judged_is_hatched_and_not_marked(
    qtbot: QtBot, difference: DifferenceView
) -> None:
    judged = np.ones((50, 100), bool)
    judged[:, 30:60] = False
    comparison = replace(planted(), judged=judged)
    hatch = Picture((hatched(~judged),), 1.0, 100, 50)
    difference.show_pair(replace(pair(comparison), hatch=hatch))
    qtbot.waitUntil(lambda: difference.canvas.is_measured)
    assert difference.canvas.share == 0
    image = difference.canvas.grab().toImage()
    seen = {at(difference, image, 44 + step, 24) for step in range(8)}
    assert len(seen) > 1, "lines and gaps"
    assert not any(red > blue + 20 for red, _, blue in seen)


def test_where_nothing_could_be_judged_nothing_is_claimed(
    qtbot: QtBot, difference: DifferenceView
) -> None:
    measured(qtbot, difference, replace(planted(), judged=np.zeros((50, 100), bool)))
    assert not difference.canvas.anything_judged


def test_classes_by_hand() -> None:
    ground = faint_print(filled(PAPER, 1, 4))
    gap = np.array([[0.5, 3.0, 9.0, 9.0]], np.float32)
    judged = np.array([[True, True, True, False]])
    assert important_places(gap, judged, 6.0).tolist() == [[False, False, True, False]]
    painted = classified(ground, gap, judged, 6.0)[0].tolist()
    assert painted[0] == painted[3] == ground[0, 0].tolist()
    assert tuple(painted[2]) == ORANGE
    assert painted[1][2] > painted[1][0]


def test_heat_by_hand() -> None:
    ground = faint_print(filled(PAPER, 1, 5))
    excess = np.array([[0.0, 0.5, 1.0, 2.0, 9.0]], np.float32)
    painted = heated(ground, excess, np.ones((1, 5), bool))[0].astype(int)
    assert painted[0].tolist() == ground[0, 0].tolist()
    blueness = painted[:, 2] - painted[:, 0]
    assert 0 < blueness[1] < blueness[2]
    assert tuple(painted[3]) == tuple(painted[4]) == ORANGE
    unjudged = heated(ground, excess, np.zeros((1, 5), bool))
    assert (unjudged == ground).all()


def test_the_heat_map_shows_where_the_evidence_is(qtbot: QtBot, viewport: Viewport) -> None:
    excess = np.zeros((50, 100), np.float32)
    excess[20:28, 40:48] = 2.0
    excess[20:28, 60:68] = 0.9
    view = HeatMapView(viewport)
    qtbot.addWidget(view)
    view.resize(800, 434)
    view.show()
    qtbot.waitExposed(view)
    paper = filled(PAPER)
    view.show_pair(pair(comparison_of(paper, paper, excess=excess)))
    image = view.canvas.grab().toImage()
    assert at(view, image, 44, 24) == ORANGE
    within = at(view, image, 64, 24)
    wanted = faint_print(paper)[0, 0] * 0.46 + np.array(AGREES.getRgb()[:3]) * 0.54
    assert near(within, tuple(int(value) for value in wanted), 3)
    assert not _sentence_is_shown(image)
    view.show_pair(pair(comparison_of(paper, paper)))
    assert _sentence_is_shown(view.canvas.grab().toImage())


def test_the_heat_map_shows_one_channel_at_a_time(qtbot: QtBot, viewport: Viewport) -> None:
    colour = np.zeros((50, 100), np.float16)
    colour[20:28, 60:68] = 2.0
    paper = filled(PAPER)
    known = (
        ChannelExcess(Channel.STRUCTURE, np.zeros((50, 100), np.float16)),
        ChannelExcess(Channel.COLOUR, colour),
    )
    excess = np.zeros((50, 100), np.float32)
    excess[20:28, 40:48] = 2.0
    comparison = replace(comparison_of(paper, paper, excess=excess), by_channel=known)
    view = HeatMapView(viewport)
    qtbot.addWidget(view)
    view.resize(800, 434)
    view.show()
    view.show_pair(pair(comparison))
    assert view.channel is None
    assert at(view, view.canvas.grab().toImage(), 44, 24) == ORANGE
    view.turn(1)
    assert view.channel is Channel.STRUCTURE
    assert _sentence_is_shown(view.canvas.grab().toImage())
    with qtbot.waitSignal(view.channel_changed):
        view.turn(1)
    assert view.channel is Channel.COLOUR
    image = view.canvas.grab().toImage()
    assert at(view, image, 64, 24) == ORANGE
    assert at(view, image, 44, 24) != ORANGE
    view.show_pair(pair(replace(comparison)))
    assert view.channel is Channel.COLOUR, "the next photo is looked at in the same way"
    view.turn(9)
    view.turn(-9)
    assert view.channel is None
