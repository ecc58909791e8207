"""Looking at a photo in every view, by key: what an examiner does with ten fingers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider

from app.store import Opinion
from app.views.region_marks import Drawn, DrawnOn
from app.views.scene import NUMBERED, MarkKind
from app.views.viewing import PictureChannel, ViewKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window

KEYS = {
    "W": ViewKind.SWIPE,
    "B": ViewKind.BLINK,
    "V": ViewKind.ONION_SKIN,
    "D": ViewKind.DIFFERENCE,
    "I": ViewKind.HEAT_MAP,
    "G": ViewKind.CONTACT_SHEET,
    "S": ViewKind.SIDE_BY_SIDE,
}


def press(window: Window, key: str) -> None:
    """Trigger the one visible, enabled action that has the key (see test_inspecting)."""
    found = [
        action
        for action in window.findChildren(QAction)
        if action.isEnabled()
        and action.isVisible()
        and key in [sequence.toString() for sequence in action.shortcuts()]
    ]
    assert len(found) == 1, f"{key} belongs to {[action.objectName() for action in found]}"
    found[0].trigger()


@pytest.fixture
def compared(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> Window:
    drop(photo("differs-3.png"))
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (1, 1))
    return window


def test_every_view_by_its_key_at_the_same_spot(qtbot: QtBot, compared: Window) -> None:
    desk = compared.inspect.view
    press(compared, "N")
    viewport = desk.frame_viewport
    before = viewport.centre, viewport.scale
    for key, kind in KEYS.items():
        press(compared, key)
        assert desk.kind is kind
        qtbot.wait(1)
        assert (viewport.centre, viewport.scale) == before, kind
    press(compared, "G")
    qtbot.waitUntil(lambda: len(desk.sheet.canvases) == 4)
    press(compared, "N")
    assert viewport.centre != before[0], "regions are stepped through in any view"


def test_channels_by_key(compared: Window) -> None:
    desk = compared.inspect.view
    for number, channel in enumerate(PictureChannel, 1):
        press(compared, f"Alt+{number}")
        assert desk.channel is channel
    press(compared, "C")
    assert desk.channel is PictureChannel.COLOUR
    press(compared, "Shift+C")
    assert desk.channel is PictureChannel.EDGES


def test_the_amount_of_a_view_by_key(compared: Window) -> None:
    desk = compared.inspect.view
    for key, dial in (
        ("W", desk.swipe.dial),
        ("B", desk.blink.dial),
        ("V", desk.onion_skin.dial),
        ("D", desk.difference.dial),
    ):
        press(compared, key)
        assert dial is not None
        before = dial.amount
        press(compared, "]")
        assert dial.amount > before
        press(compared, "[")
        press(compared, ",")
        assert dial.amount < before
    press(compared, "W")
    press(compared, "X")
    assert not desk.swipe.canvas.is_upright


def test_another_photo_comes_in_the_view_that_was_chosen(
    qtbot: QtBot, compared: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    press(compared, "B")
    drop(photo("agrees.png"))
    qtbot.waitUntil(lambda: compared.inspect.queue.counts() == (2, 2))
    press(compared, "PgUp")
    press(compared, "PgDown")
    desk = compared.inspect.view
    assert desk.kind is ViewKind.BLINK
    assert desk.blink.isVisible()
    fitting = desk.blink.canvas.fitting_scale()
    qtbot.waitUntil(lambda: desk.frame_viewport.scale == pytest.approx(fitting))


def test_every_control_of_the_views_is_named_and_tells_its_key(compared: Window) -> None:
    pane = compared.inspect
    for kind in ViewKind:
        action = pane.actions_book[f"view_{kind}"]
        key = action.shortcut().toString()
        assert key
        assert f"({key})" in action.toolTip()
        assert not action.icon().isNull()
    for widget in (*pane.tools.findChildren(QComboBox), *pane.view.findChildren(QSlider)):
        assert widget.accessibleName(), widget
        assert widget.toolTip(), widget
    for button in pane.tools.findChildren(QAbstractButton):
        assert button.toolTip() or button.accessibleName(), button


def test_every_view_is_in_the_menu(compared: Window) -> None:
    entries = compared._menus["view"].actions()
    for kind in ViewKind:
        assert compared.inspect.actions_book[f"view_{kind}"] in entries
    inner = [entry.menu() for entry in entries if entry.menu() is not None]
    channels, measures = (len(menu.actions()) for menu in inner)
    assert (channels, measures) == (len(PictureChannel) + 2, 3)


def test_the_difference_marks_the_regions_and_nothing_else(qtbot: QtBot, compared: Window) -> None:
    """The fake reference is darker all over and has other colours where regions are."""
    press(compared, "D")
    canvas = compared.inspect.view.difference.canvas
    qtbot.waitUntil(lambda: canvas.is_measured)
    judged = 120 * 160 - 24 * 40
    assert canvas.share * judged == pytest.approx(3 * 19 * 19, rel=0.05)


def test_a_photo_that_agrees_shows_no_difference(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    drop(photo("agrees.png"))
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (1, 1))
    press(window, "D")
    canvas = window.inspect.view.difference.canvas
    qtbot.waitUntil(lambda: canvas.is_measured)
    assert canvas.anything_judged
    assert canvas.share == 0


@pytest.mark.parametrize("place", ["inspect", "gallery", "settings"])
def test_no_key_is_given_twice(compared: Window, place: str) -> None:
    compared.go_to(place)
    held: dict[str, set[str]] = {}
    for action in compared.findChildren(QAction):
        if action.isVisible():
            for key in action.shortcuts():
                held.setdefault(key.toString(), set()).add(action.objectName())
    assert {key: names for key, names in held.items() if len(names) > 1} == {}
    assert held["F1"] == {"keys"}
    if place == "inspect":
        assert held["0"] == {"real_pixels"}
        assert held["1"] == {"mark_real_difference"}
        assert held["I"] == {"view_heat_map"}


def test_the_view_menu_is_lower_than_a_small_screen(compared: Window) -> None:
    assert compared._menus["view"].sizeHint().height() < 700


def test_the_key_card_tells_the_channels(compared: Window) -> None:
    compared._book["keys"].trigger()
    told = dict(compared._card.lines)
    assert told["Edges"] == "Alt+8"
    assert told["Swipe"] == "W"
    assert compared._card._scroll.verticalScrollBar().maximum() == 0  # all of it is seen
    compared._card.close()


def test_the_pencil_works_side_by_side(compared: Window) -> None:
    desk, book = compared.inspect.view, compared.inspect.actions_book
    book["view_swipe"].trigger()
    book["add_region"].setChecked(True)
    assert desk.kind is ViewKind.SIDE_BY_SIDE
    assert desk.side_by_side.reference.is_armed
    book["view_difference"].trigger()
    assert not book["add_region"].isChecked()
    assert not desk.side_by_side.reference.is_armed


def test_opinions_and_added_regions_are_seen_in_every_view(qtbot: QtBot, compared: Window) -> None:
    pane = compared.inspect
    pane.regions.show_region(1)
    pane.actions_book["mark_wear"].trigger()
    scene = pane.queue.found(pane.filmstrip.current_key).scene
    middle = scene.reference.area.center()
    x, y = middle.x(), middle.y()
    corners = ((x, y), (x + 20, y), (x + 20, y + 20), (x, y + 20))
    pane.regions.add_region(Drawn(DrawnOn.REFERENCE, corners))
    number = pane.regions.current
    for kind in ViewKind:
        pane.view.choose(kind)
        if kind is ViewKind.CONTACT_SHEET:
            qtbot.waitUntil(lambda: len(pane.view.sheet.canvases) > 2)
        view = pane.view._views.get(kind)
        for canvas in view.canvases if view else (pane.view.suspect, pane.view.reference):
            marks = {mark.number: mark for mark in canvas._marks if mark.kind in NUMBERED}
            assert marks[1].opinion is Opinion.WEAR
            assert marks[number].kind is MarkKind.ADDED
            assert canvas.region_at(canvas.to_screen(QPointF(x + 10, y + 10))) == number
