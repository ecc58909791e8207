"""In which view and channel something was marked goes into its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.views.viewing import PictureChannel, ViewKind
from tests.journeys.test_regions import draw, kept, key, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window
    from tests.journeys.fake_bench import FakeBench


def test_how_it_was_looked_at_is_kept_with_each_mark(
    qtbot: QtBot,
    window: Window,
    bench: FakeBench,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
) -> None:
    drop(photo("differs-4.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    desk = window.inspect.view
    desk.choose(ViewKind.BLINK)
    desk.choose_channel(PictureChannel.HUE)
    desk.turn_dial(2)
    amount = desk.viewing.amount
    key(qtbot, window, Qt.Key.Key_N)
    key(qtbot, window, Qt.Key.Key_1)
    desk.choose(ViewKind.HEAT_MAP)
    key(qtbot, window, Qt.Key.Key_N)
    key(qtbot, window, Qt.Key.Key_2)
    desk.choose(ViewKind.SIDE_BY_SIDE)
    draw(qtbot, window)
    qtbot.waitUntil(lambda: len(kept(bench, window)) == 3)
    said = [dict(one.viewing) for one in kept(bench, window)]
    assert said == [
        {"view": "blink", "channel": "hue", "amount": amount},
        {"view": "heat_map", "channel": "colour"},
        {"view": "side_by_side", "channel": "hue"},
    ]
