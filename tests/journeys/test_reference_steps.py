"""Somebody looks at the same spot in one genuine reference after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel

from app.views.viewing import ViewKind
from tests.journeys.test_regions import SHIFT, key, settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.views.pixels import Picture
    from app.window import Window


@pytest.fixture
def compared(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> Window:
    drop(photo("differs-3.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    return window


def caption(window: Window) -> str:
    said = [one.text() for one in window.inspect.view.side_by_side.findChildren(QLabel)]
    return next(text for text in said if text.startswith("Genuine reference"))


def seen(window: Window) -> Picture:
    return window.inspect.view.reference._picture


def darkness(picture: Picture) -> int:
    """Grey of the upper right corner, which is the paper of the print."""
    return picture.levels[0].pixelColor(picture.levels[0].width() - 2, 1).red()


def test_steps_go_round_and_keep_the_spot(qtbot: QtBot, compared: Window) -> None:
    view = compared.inspect.view
    own, name = seen(compared), caption(compared)
    view.frame_viewport.show(QPointF(70, 40), 5.0)
    grey = [darkness(own)]
    for which in ("2/3", "3/3 · B2"):
        key(qtbot, compared, Qt.Key.Key_K)
        qtbot.waitUntil(lambda which=which: caption(compared) == f"Genuine reference {which}")
        grey.append(darkness(seen(compared)))
        assert view.frame_viewport.scale == 5.0
        assert view.frame_viewport.centre == QPointF(70, 40)
    assert grey == [grey[0], grey[0] - 30, grey[0] - 60]
    key(qtbot, compared, Qt.Key.Key_K)
    assert (seen(compared), caption(compared)) == (own, name)
    key(qtbot, compared, Qt.Key.Key_K, SHIFT)
    qtbot.waitUntil(lambda: caption(compared) == "Genuine reference 3/3 · B2")


def test_views_of_a_pair_follow_and_measured_views_stay(qtbot: QtBot, compared: Window) -> None:
    view = compared.inspect.view
    own = seen(compared)
    key(qtbot, compared, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: seen(compared) is not own)
    other = seen(compared)
    for kind, canvas in (
        (ViewKind.SWIPE, view.swipe.canvas),
        (ViewKind.BLINK, view.blink.canvas),
        (ViewKind.ONION_SKIN, view.onion_skin.canvas),
    ):
        view.choose(kind)
        assert canvas._pair.reference is other
        assert canvas._pair.which == "2/3"
        assert view.viewing.as_record()["reference"] == "1" * 64
    for kind, canvas in (
        (ViewKind.DIFFERENCE, view.difference.canvas),
        (ViewKind.HEAT_MAP, view.heat_map.canvas),
    ):
        view.choose(kind)
        assert canvas._pair.reference is own, "what was measured was measured on it"
        assert "reference" not in view.viewing.as_record()
    view.choose(ViewKind.SIDE_BY_SIDE)
    assert seen(compared) is other


def test_another_photo_begins_with_the_reference_it_was_compared_with(
    qtbot: QtBot, compared: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    key(qtbot, compared, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: "2/3" in caption(compared))
    drop(photo("agrees.png"))
    qtbot.waitUntil(lambda: settled(compared, 2))
    compared.inspect.filmstrip.choose(compared.inspect.queue.model.rows[1].key)
    assert caption(compared) == "Genuine reference: Qingshan Tea · front"
    book = compared.inspect.actions_book
    assert book["next_reference"].isEnabled()
    drop(photo("photo_unfit.png"))
    qtbot.waitUntil(lambda: settled(compared, 3))
    compared.inspect.filmstrip.choose(compared.inspect.queue.model.rows[2].key)
    assert not book["next_reference"].isEnabled()
