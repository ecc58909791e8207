"""What is painted of health: grades in colours, bars as long as their share, rings in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QListView

from app.models.health_rows import Bar, BarListModel, SpreadListModel
from app.panes.health_delegates import BarDelegate, SpreadDelegate, paint_grade, reference_at
from app.panes.heat_panel import HeatPanel
from app.views.painting import painter_on
from app.views.theme import AGREES, DIFFERS
from app.views.tile import Tile
from tests.app.models.test_health_models import gallery
from vision import Grade, Measure, SideFigures, SideHealth

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def alike(one: QColor, two: QColor) -> bool:
    return abs(one.hue() - two.hue()) < 12 and one.saturation() > 20


def patch(grade: Grade) -> QImage:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    with painter_on(image) as painter:
        paint_grade(painter, QRectF(0, 0, 40, 20), grade)
    return image


def test_good_is_blue_and_worse_is_a_stronger_orange() -> None:
    middles = {grade: patch(grade).pixelColor(12, 10) for grade in Grade}
    assert alike(middles[Grade.GOOD], AGREES)
    assert alike(middles[Grade.FAIR], DIFFERS)
    assert middles[Grade.POOR].saturation() > 2 * middles[Grade.FAIR].saturation()


def test_poor_has_a_corner_and_unknown_is_hatched() -> None:
    poor = patch(Grade.POOR)
    assert poor.pixelColor(37, 1).lightness() < poor.pixelColor(12, 10).lightness() - 20
    row = [patch(Grade.UNKNOWN).pixelColor(x, 10).lightness() for x in range(5, 35)]
    assert max(row) - min(row) > 30


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # of the offscreen screen
def test_cells_of_the_table_bear_the_colour_of_their_grade(qtbot: QtBot) -> None:
    panel = HeatPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 300)
    panel.show_sides(gallery(), None)
    panel.show_measure(Measure.REFERENCES)
    panel.show()
    image, table = panel.table.viewport().grab().toImage(), panel.table
    colours = {}
    for row in range(2):
        for column in range(2):
            index = panel.model.index(row, column)
            spot = table.visualRect(index).topLeft()
            colours[index.data()] = image.pixelColor(spot.x() + 8, spot.y() + 14)
    assert alike(colours["4"], AGREES)
    assert alike(colours["3"], DIFFERS)
    assert alike(colours["1"], DIFFERS)
    assert colours["1"].saturation() > colours["3"].saturation()
    assert colours[None].saturation() < 10, "a side that the product does not have"


@pytest.mark.parametrize(("count", "share"), [(5, 0.5), (10, 1.0), (0, 0.0)])
def test_a_bar_is_as_long_as_its_share(qtbot: QtBot, count: int, share: float) -> None:
    view, model = QListView(), BarListModel()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegate(BarDelegate(view))
    view.resize(500, 60)
    model.set_bars((Bar(count, 10, (), value="P60"), Bar(10, 10, (), value="all")))
    view.show()
    image = view.viewport().grab().toImage()

    def length(row: int) -> int:
        y = view.visualRect(model.index(row)).center().y() + 2
        return sum(
            alike(image.pixelColor(x, y), DIFFERS) and image.pixelColor(x, y).saturation() > 120
            for x in range(image.width())
        )

    assert length(0) == pytest.approx(share * length(1), abs=4)
    assert length(1) > 100


def spread_view(qtbot: QtBot) -> tuple[QListView, SpreadListModel, SideHealth]:
    side = next(each for each in gallery() if each.read(Measure.REFERENCES).value == 4)
    figures = SideFigures("Tea", "front", side.ids, (), (0.5, 2.0, 0.6, 0.4), limit=1.0)
    side = replace(side, figures=figures)
    view, model = QListView(), SpreadListModel()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegate(SpreadDelegate(view))
    view.resize(440, 80)
    model.set_sides([side])
    view.show()
    return view, model, side


def test_rings_beyond_the_limit_are_orange_at_their_place(qtbot: QtBot) -> None:
    view, model, _ = spread_view(qtbot)
    image, row = view.viewport().grab().toImage(), view.visualRect(model.index(0))
    orange = [
        x
        for x in range(row.width())
        for y in range(row.center().y() + 4, row.bottom())
        if alike(image.pixelColor(x, y), DIFFERS) and image.pixelColor(x, y).saturation() > 120
    ]
    left, right = row.left() + 20, row.right() - 20
    assert max(orange) == pytest.approx(right + 5, abs=3), "the ring at twice the limit"
    assert min(orange) == pytest.approx((left + right) / 2, abs=3), "the limit"


def test_the_nearest_ring_is_meant(qtbot: QtBot) -> None:
    view, model, side = spread_view(qtbot)
    row = QRectF(view.visualRect(model.index(0)))
    for share, place in ((2.0, 1), (0.0, 3), (0.52, 0), (0.58, 2)):
        x = row.left() + 20 + (row.width() - 40) * share / 2.0
        assert reference_at(row, x, model, side) == side.ids[place]


def test_a_tile_says_its_figure_and_whether_it_is_good(qtbot: QtBot) -> None:
    tile = Tile()
    qtbot.addWidget(tile)
    tile.tell("Expired", "3", is_good=False)
    tile.resize(tile.sizeHint())
    assert tile.accessibleName() == "Expired: 3"
    stripe = tile.grab().toImage().pixelColor(7, tile.height() // 2)
    assert alike(stripe, DIFFERS)
    tile.tell("Expired", "0", is_good=True)
    assert alike(tile.grab().toImage().pixelColor(7, tile.height() // 2), AGREES)
