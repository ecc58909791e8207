"""A trainer looks how the gallery stands, and opens the pictures concerned from every figure."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt

from tests.journeys.fake_bench import FakeBench, drawn
from vision import Measure, Provenance, Reference

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QAbstractItemView
    from pytestqt.qtbot import QtBot

    from app.panes.health_page import HealthPage
    from app.window import Window

TEA, SOAP = ("Qingshan Tea", "front"), ("Harbour Soap", "back")
OLD = "2020-01-01"


def page(window: Window) -> HealthPage:
    return window.gallery.records.health


def saved(folder: Path, place: int, camera: str) -> Path:
    file = folder / f"reference-{place}.jpg"
    exif = Image.Exif()
    exif[0x0110] = camera
    pixels = np.clip(drawn(40 + place).astype(int) - 25 * place, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(file, exif=exif)
    return file


@pytest.fixture
def filled(qtbot: QtBot, window: Window, bench: FakeBench) -> Window:
    """A window on six photos of tea by one camera, two of them expired, and one of soap."""
    bench.folder.mkdir(exist_ok=True)
    for place, side in enumerate((TEA,) * 6 + (SOAP,)):
        file = saved(bench.folder, place, "P60" if side is TEA else "EOS R5")
        facts = Provenance("Li", batch=f"B{place % 2}", valid_to=OLD if place < 2 else "")
        bench.kept[f"r{place}"] = Reference(
            f"r{place}", *side, f"{place}" * 64, str(file), provenance=facts
        )
    window.go_to("gallery")
    window.gallery.reload()
    qtbot.waitUntil(lambda: window.gallery.sides.rowCount() == 2)
    return window


def opened(qtbot: QtBot, window: Window) -> HealthPage:
    window.gallery.actions_book["gallery_health"].trigger()
    found = page(window)
    qtbot.waitUntil(found.isVisible)
    qtbot.waitUntil(lambda: found.tiles.tiles["references"].figure == str(7))
    qtbot.waitUntil(lambda: not found.buttons["stop"].isVisible())
    return found


def click(qtbot: QtBot, view: QAbstractItemView, index: QModelIndex) -> None:
    view.scrollTo(index)
    spot = view.visualRect(index).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def bar(found: HealthPage, plot: str, name: str) -> QModelIndex:
    model = found.plots.bars[plot]
    return next(
        model.index(row) for row in range(model.rowCount()) if model.index(row).data() == name
    )


def test_the_tiles_count_and_open_what_they_count(qtbot: QtBot, filled: Window) -> None:
    found = opened(qtbot, filled)
    figures = {name: tile.figure for name, tile in found.tiles.tiles.items()}
    assert figures == {
        "references": "7",
        "thin": "1",
        "flaws": "2",
        "unfit": "–",
        "expired": "2",
        "beyond": "–",
    }
    qtbot.mouseClick(found.tiles.tiles["expired"], Qt.MouseButton.LeftButton)
    assert found.pictures.ids == ("r0", "r1")
    assert found.pictures.words == "Expired · pictures: 2"
    qtbot.waitUntil(lambda: all(row.thumbnail for row in found.pictures.pictures.rows))
    qtbot.mouseClick(found.tiles.tiles["thin"], Qt.MouseButton.LeftButton)
    assert found.pictures.ids == ("r6",)


def test_a_cell_opens_its_pictures_and_a_double_click_its_side(
    qtbot: QtBot, filled: Window
) -> None:
    found = opened(qtbot, filled)
    assert found.heat.model.names == ("Harbour Soap", "Qingshan Tea"), "the worst first"
    row = found.heat.model.names.index("Qingshan Tea")
    cell = next(
        found.heat.model.index(row, column)
        for column in range(2)
        if found.heat.model.index(row, column).data()
    )
    assert cell.data() == "6"
    click(qtbot, found.heat.table, cell)
    assert len(found.pictures.ids) == 6
    assert found.pictures.words.startswith("Qingshan Tea · front · References · 6 · good")
    found.heat.table.setFocus()
    qtbot.keyClick(found.heat.table, Qt.Key.Key_Return)
    assert not found.isVisible()
    assert filled.gallery.current_side == TEA


def test_the_page_of_a_product_shows_every_measure(qtbot: QtBot, filled: Window) -> None:
    found = opened(qtbot, filled)
    qtbot.mouseClick(found.tiles.tiles["expired"], Qt.MouseButton.LeftButton)
    header = found.heat.table.verticalHeader()
    row = found.heat.model.names.index("Qingshan Tea")
    spot = QPoint(20, header.sectionViewportPosition(row) + 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert found.product == "Qingshan Tea"
    assert not found.tiles.tiles["expired"].isChecked(), "its pictures are no longer shown"
    said = {
        measure: found.heat.model.index(0, column).data() for column, measure in enumerate(Measure)
    }
    assert said[Measure.REFERENCES] == "6"
    assert said[Measure.BATCHES] == "2"
    assert said[Measure.CAMERAS] == "1"
    assert said[Measure.DAYS] == "–"
    assert said[Measure.EXPIRED] == "2"
    assert float(said[Measure.LIGHT]) > 5
    assert found.tiles.tiles["references"].figure == "6"
    expired = list(Measure).index(Measure.EXPIRED)
    click(qtbot, found.heat.table, found.heat.model.index(0, expired))
    assert found.pictures.ids == ("r0", "r1")
    qtbot.mouseClick(found.buttons["whole"], Qt.MouseButton.LeftButton)
    assert found.product is None
    assert found.tiles.tiles["references"].figure == "7"


def test_what_is_missing_opens_its_pictures(qtbot: QtBot, filled: Window) -> None:
    found = opened(qtbot, filled)
    qtbot.mouseClick(found.plots.buttons["lacks"], Qt.MouseButton.LeftButton)
    click(qtbot, found.plots.lists["lacks"], bar(found, "lacks", "One camera only"))
    assert found.pictures.ids == tuple(f"r{n}" for n in range(6))
    click(qtbot, found.plots.lists["lacks"], bar(found, "lacks", "Thin sides"))
    assert found.pictures.ids == ("r6",)
    qtbot.mouseClick(found.plots.buttons["shots"], Qt.MouseButton.LeftButton)
    click(qtbot, found.plots.lists["shots"], bar(found, "shots", "Cameras: EOS R5"))
    assert found.pictures.ids == ("r6",)


def test_findings_of_the_last_check_by_kind(qtbot: QtBot, filled: Window, bench: FakeBench) -> None:
    found = opened(qtbot, filled)
    assert found.note == "Not checked yet."
    assert [one.kind for one in found.plots.bars["flaws"].rows] == ["thin_side", "expired"]
    qtbot.mouseClick(found.buttons["check"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: found.note.startswith("Last check: "))
    assert "changed since" not in found.note
    click(qtbot, found.plots.lists["flaws"], bar(found, "flaws", "Unlike their siblings"))
    assert found.pictures.ids == ("r6",)
    assert found.tiles.tiles["unfit"].figure == "0"
    del bench.kept["r5"]
    found.open()
    qtbot.waitUntil(lambda: "The gallery has changed since." in found.note)
    assert found.tiles.tiles["references"].figure == "6"


def test_the_spread_is_measured_and_each_ring_opens_its_picture(
    qtbot: QtBot, filled: Window
) -> None:
    found = opened(qtbot, filled)
    qtbot.mouseClick(found.plots.buttons["spread"], Qt.MouseButton.LeftButton)
    assert "Sides not measured yet: 2." in found.plots.note.text()
    qtbot.mouseClick(found.plots.measure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: found.tiles.tiles["beyond"].figure == "2")
    assert found.plots.spreads.rowCount() == 1, "one reference alone has no spread"
    view = found.plots.spread_list
    row = view.visualRect(found.plots.spreads.index(0))
    spot = QPoint(row.right() - 22, row.center().y())
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert found.pictures.ids == tuple(f"r{n}" for n in range(6))
    chosen = found.pictures.view.currentIndex().row()
    assert found.pictures.ids[chosen] == "r5", "the outermost ring"


def test_reading_can_be_stopped(qtbot: QtBot, filled: Window, bench: FakeBench) -> None:
    found = opened(qtbot, filled)
    bench.check_gate = threading.Event()
    found.buttons["check"].click()
    qtbot.waitUntil(lambda: found.note == "Working: 1 of 7")
    found.buttons["stop"].click()
    bench.check_gate.set()
    assert found.note == "Not checked yet."
    assert found.buttons["check"].isEnabled()


def test_an_empty_gallery_says_so(qtbot: QtBot, window: Window) -> None:
    window.go_to("gallery")
    window.gallery.actions_book["gallery_health"].trigger()
    qtbot.waitUntil(lambda: page(window).note == "The gallery is empty.")
    assert not page(window).buttons["check"].isEnabled()


def test_the_way_back_leads_to_the_references(qtbot: QtBot, filled: Window) -> None:
    found = opened(qtbot, filled)
    filled.gallery.records.buttons["back"].click()
    assert not found.isVisible()
    filled.gallery.actions_book["records"].trigger()
    assert filled.gallery.records.versions.isVisible(), "the past, not the health"
