"""A trainer drags a threshold, sees what it does, keeps it, and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from tests.journeys.fake_bench import FakeBench, drawn
from tests.journeys.fake_thresholds import FALSE, GENUINE, PROMISED
from vision import Reference, Thresholds

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.panes.thresholds_page import ThresholdsPage
    from app.window import Window

TEA = ("Qingshan Tea", "front")
SIDES = (TEA, ("Harbour Soap", "back"))


def page(window: Window) -> ThresholdsPage:
    return window.gallery.records.thresholds


@pytest.fixture
def opened(qtbot: QtBot, window: Window, bench: FakeBench) -> Window:
    """The page on thresholds, on the side that was shown."""
    bench.folder.mkdir(exist_ok=True)
    for place, (product, side) in enumerate(SIDES):
        file = bench.folder / f"reference-{place}.png"
        Image.fromarray(drawn(40 + place)).save(file)
        bench.workspace.add_reference(file, product=product, side=side)
        bench.kept[f"r{place}"] = Reference(f"r{place}", product, side, f"{place}" * 64, str(file))
    window.go_to("gallery")
    window.gallery.reload()
    qtbot.waitUntil(lambda: window.gallery.sides.rowCount() == 2)
    window.gallery.show_side(*TEA)
    window.gallery.actions_book["thresholds"].trigger()
    qtbot.waitUntil(lambda: page(window).use.isEnabled())
    return window


def said(window: Window, name: str) -> str:
    return page(window).said[name].text()


def test_the_side_that_was_shown_is_shown_with_what_is_known(opened: Window) -> None:
    assert page(opened).chosen == TEA
    assert page(opened).value.value() == PROMISED
    assert said(opened, "alarms").startswith("1 of 20 ")
    assert said(opened, "misses").startswith("1 of 3 ")
    assert page(opened).warning.isVisible(), "twenty comparisons are few"
    rows = page(opened).raw.toPlainText().splitlines()
    assert len(rows) == len(GENUINE) + len(FALSE) + 4
    assert not page(opened).reset.isEnabled()


def test_counts_change_while_the_line_is_dragged(qtbot: QtBot, opened: Window) -> None:
    plot = page(opened).plot
    for value in (0.405, 0.8, 0.35):
        qtbot.mousePress(
            plot, Qt.MouseButton.LeftButton, pos=QPoint(round(plot.at(value)), plot.height() // 2)
        )
        shown = page(opened).value.value()
        assert abs(shown - value) < 0.01
        alarms = int(np.sum(np.array(GENUINE) > shown))
        assert said(opened, "alarms").startswith(f"{alarms} of 20 ")
        assert said(opened, "misses").startswith(f"{sum(one <= shown for one in FALSE)} of 3 ")


def test_arrow_keys_move_the_line(qtbot: QtBot, opened: Window) -> None:
    plot = page(opened).plot
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert page(opened).value.value() == pytest.approx(PROMISED + 0.005)
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert page(opened).value.value() == pytest.approx(PROMISED - 0.045)


def test_a_threshold_is_kept_and_taken_back(qtbot: QtBot, opened: Window, bench: FakeBench) -> None:
    book = bench.workspace.thresholds
    page(opened).value.setValue(0.6)
    page(opened).use.click()
    qtbot.waitUntil(page(opened).reset.isEnabled)
    assert book.all() == Thresholds(sides=((*TEA, 0.6),))
    assert "set for this side" in said(opened, "current")
    opened.bar.undo()
    qtbot.waitUntil(lambda: book.all() == Thresholds())
    qtbot.waitUntil(lambda: "promised rate" in said(opened, "current").split(";")[0])
    acts = [entry.act for entry in bench.workspace.audit()]
    assert acts.count("threshold") == 2


def test_the_whole_gallery_has_its_own_and_goes_back_to_the_promise(
    qtbot: QtBot, opened: Window, bench: FakeBench
) -> None:
    book = bench.workspace.thresholds
    page(opened).of.setCurrentIndex(0)
    page(opened).open()
    qtbot.waitUntil(page(opened).use.isEnabled)
    assert page(opened).said["own"].isHidden()
    page(opened).value.setValue(0.25)
    page(opened).use.click()
    qtbot.waitUntil(page(opened).reset.isEnabled)
    assert book.all() == Thresholds(0.25)
    page(opened).reset.click()
    qtbot.waitUntil(lambda: book.all() == Thresholds())
    qtbot.waitUntil(lambda: page(opened).value.value() == PROMISED)


def test_raw_values_can_be_copied(opened: Window) -> None:
    page(opened).copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert f"{FALSE[-1]:.4f}\tknown to differ" in copied
