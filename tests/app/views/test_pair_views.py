"""Swipe, blink and onion skin, painted on pictures of known colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from app.views.blink import FASTEST_S, BlinkView
from app.views.onion_skin import OnionSkinView
from app.views.swipe import SwipeView
from app.views.viewport import Viewport
from tests.app.views.pair_samples import BLUE, GREEN, near, pair, rgb

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.views.pair_view import PairView

# The offscreen screen says so of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SCALE = 4.0


@pytest.fixture
def viewport() -> Viewport:
    made = Viewport()
    made.show(QPointF(50, 25), SCALE)
    return made


def shown(qtbot: QtBot, view: PairView) -> PairView:
    qtbot.addWidget(view)
    view.resize(500, 334)
    view.show()
    qtbot.waitExposed(view)
    view.show_pair(pair())
    return view


@pytest.fixture
def swipe(qtbot: QtBot, viewport: Viewport) -> SwipeView:
    return shown(qtbot, SwipeView(viewport))


@pytest.fixture
def blink(qtbot: QtBot, viewport: Viewport) -> BlinkView:
    return shown(qtbot, BlinkView(viewport))


@pytest.fixture
def onion(qtbot: QtBot, viewport: Viewport) -> OnionSkinView:
    return shown(qtbot, OnionSkinView(viewport))


def test_left_of_the_handle_is_the_suspect(swipe: SwipeView) -> None:
    image = swipe.canvas.grab().toImage()
    assert swipe.canvas.handle == 250
    assert rgb(image, 230, 100) == BLUE
    assert rgb(image, 270, 100) == GREEN


def test_the_handle_is_seen(swipe: SwipeView) -> None:
    image = swipe.canvas.grab().toImage()
    assert near(rgb(image, 250, 100), (255, 255, 255), 60)
    assert near(rgb(image, 258, image.height() // 2 - 5), (255, 255, 255), 60), "the knob"


def test_the_handle_is_dragged_and_the_picture_stays(
    qtbot: QtBot, swipe: SwipeView, viewport: Viewport
) -> None:
    canvas, at = swipe.canvas, QPoint(250, 90)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(canvas, QPoint(150, 90))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 90))
    assert canvas.handle == pytest.approx(150)
    assert swipe.dial is not None
    assert swipe.dial.amount == pytest.approx(0.3)
    assert (viewport.centre, viewport.scale) == (QPointF(50, 25), SCALE)
    image = canvas.grab().toImage()
    assert rgb(image, 130, 100) == BLUE
    assert rgb(image, 170, 100) == GREEN


def test_beside_the_handle_dragging_pans(
    qtbot: QtBot, swipe: SwipeView, viewport: Viewport
) -> None:
    canvas = swipe.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 90))
    qtbot.mouseMove(canvas, QPoint(140, 90))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(140, 90))
    assert viewport.centre.x() == pytest.approx(40)
    assert canvas.handle == 250


def test_the_dial_moves_the_handle_step_by_step(swipe: SwipeView) -> None:
    assert swipe.dial is not None
    swipe.dial.turn(5)
    assert swipe.canvas.handle == pytest.approx(300)
    swipe.dial.turn(-100)
    assert swipe.canvas.handle == 0


def test_swiped_from_top_to_bottom_the_suspect_is_above(swipe: SwipeView) -> None:
    across = swipe.caption.text()
    swipe.set_upright(False)
    image = swipe.canvas.grab().toImage()
    assert rgb(image, 400, swipe.canvas.handle - 20) == BLUE
    assert rgb(image, 400, swipe.canvas.handle + 20) == GREEN
    assert swipe.caption.text() != across


def test_blink_alternates_and_says_which(blink: BlinkView) -> None:
    first = blink.canvas.grab().toImage()
    blink.canvas.flip()
    second = blink.canvas.grab().toImage()
    blink.canvas.flip()
    assert rgb(first, 250, 150) == BLUE
    assert rgb(second, 250, 150) == GREEN
    assert rgb(blink.canvas.grab().toImage(), 250, 150) == BLUE
    assert first.copy(0, 0, 200, 40) != second.copy(0, 0, 200, 40), "another name is shown"
    dark = [image.copy(10, 10, 30, 20) for image in (first, second)]
    assert not near(rgb(dark[0], 2, 10), rgb(dark[1], 2, 10), 20), "and in another corner"


def test_blink_runs_by_itself_only_while_it_is_seen(qtbot: QtBot, blink: BlinkView) -> None:
    assert blink.is_running
    assert blink.dial is not None
    blink.dial.set_amount(FASTEST_S)
    before = blink.canvas.shows_suspect
    qtbot.waitUntil(lambda: blink.canvas.shows_suspect is not before)
    blink.hide()
    assert not blink.is_running
    blink.show()
    assert blink.is_running


def test_the_space_bar_holds_the_picture(qtbot: QtBot, blink: BlinkView) -> None:
    told = blink.caption.text()
    qtbot.keyClick(blink.canvas, Qt.Key.Key_Space)
    assert not blink.is_running
    assert blink.caption.text() != told
    blink.hide()
    blink.show()
    assert not blink.is_running, "what was held stays held"
    qtbot.keyClick(blink.canvas, Qt.Key.Key_Space)
    assert blink.is_running


def test_blink_never_flashes_faster_than_is_safe(blink: BlinkView) -> None:
    assert blink.dial is not None
    blink.dial.turn(-1000)
    assert blink.dial.amount == pytest.approx(FASTEST_S)
    assert 1 / (2 * FASTEST_S) <= 3, "flashes a second, WCAG 2.3.1"


@pytest.mark.parametrize(("amount", "wanted"), [(0.0, GREEN), (1.0, BLUE), (0.5, (0, 60, 100))])
def test_onion_skin_mixes_by_its_opacity(
    onion: OnionSkinView, amount: float, wanted: tuple[int, int, int]
) -> None:
    assert onion.dial is not None
    onion.dial.set_amount(amount)
    assert near(rgb(onion.canvas.grab().toImage(), 250, 150), wanted)


def test_first_being_shown_leaves_the_viewport_alone(viewport: Viewport, swipe: SwipeView) -> None:
    swipe.resize(800, 600)
    assert (viewport.centre, viewport.scale) == (QPointF(50, 25), SCALE)


def test_every_control_can_be_read_aloud(
    swipe: SwipeView, blink: BlinkView, onion: OnionSkinView
) -> None:
    names = set()
    for view in (swipe, blink, onion):
        assert view.dial is not None
        assert view.dial.slider.accessibleName()
        assert view.dial.slider.toolTip()
        names.add(view.canvas.accessibleName())
    assert len(names) == 3
    assert all(names)
