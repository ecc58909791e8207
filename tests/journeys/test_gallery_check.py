"""A trainer has the gallery checked, looks at what is wrong, and puts it right."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from app.check_words import flaw_sentence
from tests.journeys.fake_bench import FakeBench, drawn
from vision import Reference

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.panes.check_page import CheckPage
    from app.window import Window

SIDES = (("Qingshan Tea", "front"), ("Qingshan Tea", "front"), ("Harbour Soap", "back"))


def page(window: Window) -> CheckPage:
    return window.gallery.check_page


@pytest.fixture
def filled(qtbot: QtBot, window: Window, bench: FakeBench) -> Window:
    """A window on a gallery of three references."""
    bench.folder.mkdir(exist_ok=True)
    for place, (product, side) in enumerate(SIDES):
        file = bench.folder / f"reference-{place}.png"
        Image.fromarray(drawn(40 + place)).save(file)
        bench.kept[f"r{place}"] = Reference(f"r{place}", product, side, f"{place}" * 64, str(file))
    window.go_to("gallery")
    window.gallery.reload()
    qtbot.waitUntil(lambda: window.gallery.sides.rowCount() == 2)
    return window


def opened(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window.gallery.side_list, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page(window).isVisible)


def checked(qtbot: QtBot, window: Window) -> None:
    opened(qtbot, window)
    qtbot.waitUntil(lambda: page(window).flaws.rowCount() == 2)


def test_what_is_wrong_is_listed_with_its_pictures(
    qtbot: QtBot, filled: Window, bench: FakeBench
) -> None:
    checked(qtbot, filled)
    said = [page(filled).flaws.index(n).data() for n in range(2)]
    assert said == [flaw_sentence(flaw, bench.kept) for flaw in page(filled).flaws.rows]
    assert "looks like none of its siblings" in said[0]
    assert "To put right: 2" in page(filled).note
    shown = [row.reference.id for row in page(filled).pictures.rows]
    assert shown == ["r2", "r0"], "the odd one first, beside one of its siblings"
    qtbot.waitUntil(lambda: all(row.thumbnail for row in page(filled).pictures.rows))


def test_the_odd_picture_is_removed_and_the_gallery_checked_again(
    qtbot: QtBot, filled: Window, bench: FakeBench
) -> None:
    checked(qtbot, filled)
    page(filled).buttons["remove"].click()
    qtbot.waitUntil(lambda: "was removed" in filled.bar.text)
    assert "r2" not in bench.kept
    qtbot.waitUntil(lambda: page(filled).flaws.rowCount() == 2)
    assert page(filled).isVisible()
    filled.bar.undo()
    qtbot.waitUntil(lambda: len(bench.kept) == 3)


def test_the_side_of_a_picture_is_one_click_away(qtbot: QtBot, filled: Window) -> None:
    checked(qtbot, filled)
    page(filled).buttons["show"].click()
    assert not page(filled).isVisible()
    assert filled.gallery.current_side == ("Harbour Soap", "back")
    opened(qtbot, filled)
    assert page(filled).flaws.rowCount() == 2, "nothing has changed: it is not checked again"


def test_a_check_can_be_stopped_and_begun_anew(
    qtbot: QtBot, filled: Window, bench: FakeBench
) -> None:
    bench.check_gate = threading.Event()
    opened(qtbot, filled)
    qtbot.waitUntil(lambda: page(filled).note == "Reading references: 1 of 3")
    page(filled).buttons["stop"].click()
    bench.check_gate.set()
    assert page(filled).note == "Not checked yet."
    assert page(filled).buttons["again"].isEnabled()
    page(filled).buttons["again"].click()
    qtbot.waitUntil(lambda: page(filled).flaws.rowCount() == 2)


def test_an_empty_gallery_offers_no_check(window: Window) -> None:
    window.go_to("gallery")
    assert not window.gallery.actions_book["check_gallery"].isEnabled()
