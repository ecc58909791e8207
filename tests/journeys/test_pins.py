"""Somebody lays a photo by hand: sets pins, moves them, sees it lie, undoes, comes back later."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel

from app.panes.pin_draft import On
from app.panes.workbench import Choice
from app.views.scene import MarkKind
from tests.journeys.test_regions import CTRL, SHIFT, key, settled
from vision import Outcome, Pin, Pinned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.panes.pin_editor import PinEditor
    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

FOUR = ((20.0, 15.0), (140.0, 18.0), (135.0, 100.0), (25.0, 105.0))
MOVED = (6.0, -3.0)  # how the reference lies to the photo


def editor(window: Window) -> PinEditor:
    return window.inspect.pins.editor


def click(qtbot: QtBot, window: Window, on: On, at: tuple[float, float]) -> None:
    """Click a place of one of the two pictures."""
    canvas = editor(window).canvases[on]
    place = canvas.to_screen(QPointF(*at)).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)


def press(qtbot: QtBot, window: Window, pressed: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key on the picture of the editor that has the focus, else on the photo."""
    canvases = editor(window).canvases
    on = On.REFERENCE if canvases[On.REFERENCE].hasFocus() else On.PHOTO
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(canvases[on], pressed, held)


def set_pin(qtbot: QtBot, window: Window, at: tuple[float, float], off: tuple = MOVED) -> None:
    click(qtbot, window, On.PHOTO, at)
    if editor(window).draft.waits_for is On.REFERENCE:
        click(qtbot, window, On.REFERENCE, (at[0] + off[0], at[1] + off[1]))


def opened(qtbot: QtBot, window: Window, drop: Callable, file: Path) -> None:
    """Drop a photo, wait for what is found, and press P."""
    window.start()
    drop(file)
    qtbot.waitUntil(lambda: settled(window, 1))
    key(qtbot, window, Qt.Key.Key_P)
    qtbot.waitUntil(editor(window).isVisible)
    qtbot.waitUntil(lambda: editor(window).buttons["fit"].isEnabled())
    qtbot.wait(20)


def found(window: Window):
    return window.inspect.queue.found(window.inspect.filmstrip.current_key)


def is_laid_by(window: Window, count: int) -> Callable[[], bool]:
    """Whether the photo has been compared anew and lies by so many pins."""

    def now() -> bool:
        seen = found(window)
        comparison = seen.inspection.comparison if seen is not None else None
        return comparison is not None and comparison.alignment.pins == count

    return now


@pytest.fixture
def doubted(qtbot: QtBot, window: Window, drop: Callable, photo: Callable[[str], Path]) -> Window:
    """A photo that could not be aligned, with the editor of pins open."""
    opened(qtbot, window, drop, photo("cannot_align.png"))
    return window


def test_a_doubtful_alignment_shows_no_map_and_offers_pins(
    qtbot: QtBot, window: Window, drop: Callable, photo: Callable[[str], Path]
) -> None:
    drop(photo("cannot_align.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    seen = found(window)
    assert seen.inspection.outcome is Outcome.CANNOT_ALIGN
    assert (seen.scene.aligned, seen.scene.hatch, seen.scene.regions) == (None, None, ())
    assert not [mark for mark in seen.scene.photo_marks if mark.kind is MarkKind.REGION]
    pins = window.inspect.findings.compared.pins
    assert pins.isVisible()
    assert "P" in pins.toolTip()
    pins.click()
    qtbot.waitUntil(editor(window).isVisible)


def test_four_pins_lay_the_photo(qtbot: QtBot, doubted: Window) -> None:
    said = [editor(doubted).hint]
    for at in FOUR:
        set_pin(qtbot, doubted, at)
        said.append(editor(doubted).hint)
    assert "both pictures show" in said[0]
    assert "another pin" in said[1]
    assert "Pins: 2" in said[2]
    assert len(editor(doubted).draft.pins) == 4
    for pin in editor(doubted).draft.pins:
        assert np.subtract(pin.reference, pin.photo) == pytest.approx(MOVED, abs=1.0)
    press(qtbot, doubted, Qt.Key.Key_Return)
    qtbot.waitUntil(is_laid_by(doubted, 4))
    assert not editor(doubted).isVisible()
    assert found(doubted).inspection.outcome is Outcome.AGREES
    matrix = found(doubted).inspection.comparison.alignment.matrix
    assert (matrix @ [80, 60, 1])[:2] == pytest.approx((86, 57), abs=1.5)


def test_what_is_seen_follows_every_pin_at_once(qtbot: QtBot, doubted: Window) -> None:
    def laid() -> object:
        return editor(doubted).preview.canvas._pair.suspect

    set_pin(qtbot, doubted, FOUR[0])
    assert laid() is None
    set_pin(qtbot, doubted, FOUR[1])
    first = laid()
    assert first.laid.transform.map(QPointF(0, 0)).x() == pytest.approx(6, abs=1.5)
    editor(doubted).canvases[On.PHOTO].setFocus()
    editor(doubted).choose(1)
    for _ in range(10):
        qtbot.keyClick(editor(doubted).canvases[On.PHOTO], Qt.Key.Key_Right, SHIFT)
    second = laid()
    assert second.laid.transform.m11() < first.laid.transform.m11() - 0.05


def test_the_third_place_is_guessed_by_the_first_two(qtbot: QtBot, doubted: Window) -> None:
    set_pin(qtbot, doubted, FOUR[0])
    set_pin(qtbot, doubted, FOUR[1])
    click(qtbot, doubted, On.PHOTO, FOUR[2])
    assert editor(doubted).draft.waits_for is None
    pin = editor(doubted).draft.pins[2]
    assert np.subtract(pin.reference, pin.photo) == pytest.approx(MOVED, abs=2.0)


def test_a_pin_is_dragged_in_one_step_that_can_be_undone(qtbot: QtBot, doubted: Window) -> None:
    set_pin(qtbot, doubted, FOUR[0])
    before = editor(doubted).draft
    canvas = editor(doubted).canvases[On.REFERENCE]
    start = canvas.to_screen(QPointF(*before.pins[0].reference)).toPoint()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(canvas, start + QPoint(6 * step, 2 * step))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 10))
    after = editor(doubted).draft
    moved = np.subtract(after.pins[0].reference, before.pins[0].reference)
    assert moved == pytest.approx(np.array([30, 10]) / canvas.viewport.scale, abs=0.5)
    assert after.pins[0].photo == before.pins[0].photo
    press(qtbot, doubted, Qt.Key.Key_Z, CTRL)
    assert editor(doubted).draft == before


def test_delete_takes_the_chosen_pin_and_never_the_photo(qtbot: QtBot, doubted: Window) -> None:
    for at in FOUR[:3]:
        set_pin(qtbot, doubted, at)
    first = editor(doubted).draft.pins
    qtbot.keyClick(editor(doubted).canvases[On.PHOTO], Qt.Key.Key_2)
    qtbot.keyClick(editor(doubted).canvases[On.PHOTO], Qt.Key.Key_Delete)
    assert editor(doubted).draft.pins == (first[0], first[2])
    assert len(doubted.inspect.queue.model.rows) == 1


def test_bad_pins_say_what_is_wrong_and_cannot_be_used(qtbot: QtBot, doubted: Window) -> None:
    for at in ((30.0, 30.0), (80.0, 30.0), (130.0, 30.0)):
        set_pin(qtbot, doubted, at)
    assert "on one line" in editor(doubted).hint
    assert not editor(doubted).buttons["use"].isEnabled()
    press(qtbot, doubted, Qt.Key.Key_Return)
    assert editor(doubted).isVisible()


def test_an_error_names_the_pin_that_is_off_most(qtbot: QtBot, doubted: Window) -> None:
    for at in FOUR:
        set_pin(qtbot, doubted, at)
    assert "One more" in editor(doubted).hint
    set_pin(qtbot, doubted, (80.0, 60.0))
    editor(doubted).choose(4)
    canvas = editor(doubted).canvases[On.REFERENCE]
    canvas.setFocus()
    for _ in range(6):
        qtbot.keyClick(canvas, Qt.Key.Key_Down, SHIFT)
    assert "pin 5 is off most" in editor(doubted).hint


def test_pins_can_be_set_by_keys_alone(qtbot: QtBot, doubted: Window) -> None:
    canvas = editor(doubted).canvases[On.PHOTO]
    assert canvas.hasFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    assert editor(doubted).canvases[On.REFERENCE].hasFocus()
    qtbot.keyClick(editor(doubted).canvases[On.REFERENCE], Qt.Key.Key_N)
    assert len(editor(doubted).draft.pins) == 1
    qtbot.keyClick(editor(doubted).canvases[On.REFERENCE], Qt.Key.Key_Left)
    moved = 1 / canvas.viewport.scale
    first = editor(doubted).draft.pins[0]
    assert first.reference[0] == pytest.approx(first.photo[0] - moved, abs=0.02)


def test_using_pins_can_be_undone_and_done_again(qtbot: QtBot, doubted: Window) -> None:
    for at in FOUR:
        set_pin(qtbot, doubted, at)
    editor(doubted).use()
    qtbot.waitUntil(is_laid_by(doubted, 4))
    assert "Aligned by hand with 4 pins" in " ".join(
        label.text() for label in doubted.inspect.findings.card.findChildren(QLabel)
    )
    key(qtbot, doubted, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: found(doubted) is not None)
    assert found(doubted).inspection.outcome is Outcome.CANNOT_ALIGN
    assert found(doubted).choice == Choice()
    key(qtbot, doubted, Qt.Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(is_laid_by(doubted, 4))


def test_pins_of_a_photo_that_was_left_are_there_when_one_comes_back(
    qtbot: QtBot, doubted: Window
) -> None:
    set_pin(qtbot, doubted, FOUR[0])
    set_pin(qtbot, doubted, FOUR[1])
    before = editor(doubted).draft
    press(qtbot, doubted, Qt.Key.Key_Escape)
    assert not editor(doubted).isVisible()
    key(qtbot, doubted, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: editor(doubted).buttons["fit"].isEnabled())
    assert editor(doubted).draft == before


def test_automatic_alignment_comes_back(qtbot: QtBot, doubted: Window) -> None:
    for at in FOUR:
        set_pin(qtbot, doubted, at)
    editor(doubted).use()
    qtbot.waitUntil(is_laid_by(doubted, 4))
    key(qtbot, doubted, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: editor(doubted).buttons["forget"].isEnabled())
    assert len(editor(doubted).draft.pins) == 4
    editor(doubted).buttons["forget"].click()
    qtbot.waitUntil(lambda: found(doubted) is not None)
    assert found(doubted).inspection.outcome is Outcome.CANNOT_ALIGN
    assert found(doubted).choice == Choice()


def test_pins_outlive_the_program(
    qtbot: QtBot,
    doubted: Window,
    bench: FakeBench,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    for at in FOUR:
        set_pin(qtbot, doubted, at)
    editor(doubted).use()
    qtbot.waitUntil(is_laid_by(doubted, 4))
    laid = found(doubted).choice
    assert (laid.is_by_hand, laid.is_automatic) == (False, False)
    doubted.close()
    again, _ = opened_again()
    qtbot.waitUntil(lambda: len(again.inspect.queue.model.rows) == 1)
    assert again.inspect.queue.choice(again.inspect.filmstrip.current_key) == laid
    kept = json.loads((bench.folder / "photos.json").read_text(encoding="utf-8"))
    assert len(kept["photos"][0]["pins"]) == 4


def test_pins_on_a_product_chosen_by_hand_keep_it(
    qtbot: QtBot, window: Window, drop: Callable, photo: Callable[[str], Path]
) -> None:
    drop(photo("agrees.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    window.inspect.search.choose("Harbour Soap", "front")
    qtbot.waitUntil(lambda: found(window) is not None)
    pins = tuple(Pin(at, (at[0] + 1, at[1])) for at in FOUR)
    chosen = Choice("Harbour Soap", "front", Pinned(pins, "a1b2c3d4" * 8))
    key(qtbot, window, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: editor(window).buttons["fit"].isEnabled())
    window.inspect.pins._on_used(chosen.pinned)
    qtbot.waitUntil(is_laid_by(window, 4))
    assert found(window).choice == chosen
    assert chosen.without_pins() == Choice("Harbour Soap", "front")
