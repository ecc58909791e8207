"""A whole piece of work in one go: five photos, their regions, another product, pins, a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from app.models.photos import State
from app.panes.search_pane import Searched
from app.store import Opinion
from tests.journeys.fake_bench import drawn
from tests.journeys.test_pins import FOUR, editor, is_laid_by, press, set_pin
from tests.journeys.test_regions import CTRL, SHIFT, kept, key, opinions, progress, settled
from tests.journeys.test_searching import is_compared, listed, pane, ranked
from vision import Outcome, Reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

NAMES = ("differs-4.png", "mixed-2.png", "agrees.png", "cannot_align.png", "photo_unfit.png")
MARKS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)


def look_at(qtbot: QtBot, window: Window, place: int) -> None:
    """Go to the photo at a place of the list by the keys that step through it."""
    rows = window.inspect.queue.model.rows
    while window.inspect.filmstrip.current_key != rows[place].key:
        before = window.inspect.filmstrip.current_key
        key(qtbot, window, Qt.Key.Key_PageDown)
        assert window.inspect.filmstrip.current_key != before, "the end was reached"


@pytest.fixture
def desk(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    bench: FakeBench,
) -> Window:
    """A window on five photos, all inspected, and a gallery of three sides."""
    for place, (product, side) in enumerate(
        (("Qingshan Tea", "front"), ("Qingshan Tea", "back"), ("Northwind Audio", "front"))
    ):
        file = bench.folder / f"reference-{place}.png"
        Image.fromarray(drawn(40 + place)).save(file)
        name = f"r-{product}-{side}"
        bench.kept[name] = Reference(name, product, side, f"{place}" * 64, str(file))
    bench.ranked = ranked()
    window.start()
    drop(*(photo(name) for name in NAMES))
    qtbot.waitUntil(lambda: settled(window, 5))
    return window


def test_five_photos_from_drop_to_restart(
    qtbot: QtBot,
    desk: Window,
    bench: FakeBench,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    rows = desk.inspect.queue.model.rows
    assert [row.outcome for row in rows] == [
        Outcome.DIFFERS,
        Outcome.MIXED,
        Outcome.AGREES,
        Outcome.CANNOT_ALIGN,
        Outcome.PHOTO_UNFIT,
    ]

    for pressed in MARKS:  # every region of the first photo
        key(qtbot, desk, Qt.Key.Key_N)
        key(qtbot, desk, pressed)
    assert opinions(desk) == [list(Opinion)[place] for place in range(4)]
    look_at(qtbot, desk, 1)
    for _ in range(2):  # and of the second
        key(qtbot, desk, Qt.Key.Key_N)
        key(qtbot, desk, Qt.Key.Key_1)
    assert progress(desk)[:2] == ["4 of 4 looked at", "2 of 2 looked at"]

    look_at(qtbot, desk, 2)  # another product for the third
    key(qtbot, desk, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: pane(desk).state is Searched.DONE)
    assert listed(desk)[0] == "Northwind Audio · front"
    desk.inspect.search.choose("Northwind Audio", "front")
    qtbot.waitUntil(is_compared(desk, "Northwind Audio", "front"))
    desk.inspect.search.close()

    look_at(qtbot, desk, 3)  # pins for the fourth
    key(qtbot, desk, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: editor(desk).buttons["fit"].isEnabled())
    qtbot.wait(20)
    for at in FOUR:
        set_pin(qtbot, desk, at)
    press(qtbot, desk, Qt.Key.Key_Return)
    qtbot.waitUntil(is_laid_by(desk, 4))
    assert desk.inspect.queue.model.rows[3].outcome is Outcome.AGREES
    choices = [desk.inspect.queue.choice(row.key) for row in desk.inspect.queue.model.rows]
    desk.close()

    again, fresh = opened_again()
    qtbot.waitUntil(lambda: len(again.inspect.queue.model.rows) == 5)
    qtbot.waitUntil(lambda: not again.inspect.queue.is_busy)
    rows = again.inspect.queue.model.rows
    assert [row.name for row in rows] == list(NAMES)
    assert {row.state for row in rows} == {State.DONE}
    assert [again.inspect.queue.choice(row.key) for row in rows] == choices
    assert [choice.is_automatic for choice in choices] == [True, True, False, False, True]
    assert progress(again)[:2] == ["4 of 4 looked at", "2 of 2 looked at"]
    again.inspect.filmstrip.choose(rows[0].key)
    qtbot.waitUntil(lambda: len(opinions(again)) == 4)
    assert opinions(again) == [list(Opinion)[place] for place in range(4)]
    assert len(kept(fresh, again)) == 4


def test_every_step_of_the_day_can_be_undone(qtbot: QtBot, desk: Window) -> None:
    key(qtbot, desk, Qt.Key.Key_N)
    key(qtbot, desk, Qt.Key.Key_1)
    desk.inspect.search.choose("Northwind Audio", "front")
    qtbot.waitUntil(is_compared(desk, "Northwind Audio", "front"))
    look_at(qtbot, desk, 3)
    key(qtbot, desk, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: editor(desk).buttons["fit"].isEnabled())
    qtbot.wait(20)
    for at in FOUR:
        set_pin(qtbot, desk, at)
    press(qtbot, desk, Qt.Key.Key_Return)
    qtbot.waitUntil(is_laid_by(desk, 4))

    key(qtbot, desk, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: settled(desk, 5))
    rows = desk.inspect.queue.model.rows
    assert rows[3].outcome is Outcome.CANNOT_ALIGN
    key(qtbot, desk, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(is_compared(desk, "Qingshan Tea", "front"))
    assert desk.inspect.filmstrip.current_key == rows[0].key, "what is undone is shown"
    key(qtbot, desk, Qt.Key.Key_Z, CTRL)
    assert opinions(desk) == [None] * 4
    assert not desk.inspect.undo_stack.canUndo()
