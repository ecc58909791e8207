"""The table, the bars and the spreads of health: what stands where, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.health_words import LACKS
from app.models.health_rows import (
    BarListModel,
    ConcernedModel,
    SpreadListModel,
    flaw_bars,
    lack_bars,
    shares,
    value_bars,
)
from app.models.health_table import CELL_ROLE, HealthCell, HealthTableModel
from app.models.references import ReferenceRow
from vision import (
    FlawKind,
    Grade,
    Lack,
    Measure,
    Provenance,
    Reference,
    Shot,
    SideFigures,
    SideHealth,
    side_healths,
)

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

TODAY = date(2026, 6, 15)


def references(product: str, side: str, count: int, **facts: str) -> tuple[Reference, ...]:
    provenance = replace(Provenance(vouched_by="Li"), **facts)
    names = [f"{product}/{side}/{number}" for number in range(count)]
    return tuple(Reference(name, product, side, name, "/x.jpg", None, provenance) for name in names)


def gallery() -> tuple[SideHealth, ...]:
    every = (
        *references("Tea", "front", 4, batch="B1"),
        *references("Tea", "back", 3),
        *references("Soap", "front", 1, valid_to="2020-01-01"),
    )
    shots = {each.id: Shot("P60", f"2026-0{1 + n}-09") for n, each in enumerate(every)}
    return side_healths(every, today=TODAY, shots=shots, checked=())


def table(product: str | None = None, measure: Measure = Measure.REFERENCES) -> HealthTableModel:
    made = HealthTableModel()
    sides = [side for side in gallery() if product in (None, side.product)]
    made.show(sides, product, measure)
    return made


def test_the_table_is_lawful_while_it_changes(qtmodeltester: ModelTester) -> None:
    model = HealthTableModel()
    qtmodeltester.check(model)
    model.show(gallery(), None, Measure.FLAWS)
    model.show(gallery()[1:], "Tea", Measure.FLAWS)
    model.reword()
    model.show((), None, Measure.SPREAD)


def test_products_stand_by_sides_with_the_worst_first() -> None:
    model = table()
    assert model.names == ("Soap", "Tea")
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["front", "back"], "the side that more products have comes first"
    said = [[model.index(row, column).data() for column in range(2)] for row in range(2)]
    assert said == [["1", None], ["4", "3"]]
    cell = model.index(1, 1).data(CELL_ROLE)
    assert isinstance(cell, HealthCell)
    assert (cell.side.side, cell.side.read(cell.measure).grade) == ("back", Grade.FAIR)
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Soap · front · References · 1 · Thin sides · poor"


def test_sides_of_a_product_stand_by_measures() -> None:
    model = table("Tea")
    assert model.names == ("back", "front")
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads[:2] == ["References", "To put right"]
    assert len(heads) == len(Measure)
    said = {m: model.index(1, n).data() for n, m in enumerate(Measure)}
    assert (said[Measure.BATCHES], said[Measure.DAYS], said[Measure.SPREAD]) == ("1", "4", "–")


def test_findings_are_counted_by_kind() -> None:
    thin, expired = flaw_bars(gallery())
    assert (thin.kind, thin.count, thin.references) == (FlawKind.THIN_SIDE, 1, ("Soap/front/0",))
    assert (expired.kind, expired.count) == (FlawKind.EXPIRED, 1)
    assert flaw_bars(()) == ()


def test_what_sides_lack_is_counted_in_sides() -> None:
    bars = {(bar.measure, bar.lack): bar for bar in lack_bars(gallery())}
    assert set(bars) == set(LACKS)
    thin = bars[Measure.REFERENCES, Lack.SOME]
    assert (thin.count, thin.total, thin.references) == (1, 3, ("Soap/front/0",))
    camera = bars[Measure.CAMERAS, Lack.VARIETY]
    assert camera.count == 2, "of one photo, one camera is no fault"
    assert bars[Measure.DAYS, Lack.VARIETY].count == 0


def test_cameras_months_and_batches_are_counted_in_references() -> None:
    said = [(bar.measure, bar.value, bar.count, bar.is_bad) for bar in value_bars(gallery())]
    assert (Measure.CAMERAS, "P60", 8, False) in said
    assert (Measure.DAYS, "2026-03", 1, False) in said
    assert (Measure.BATCHES, "", 4, True) in said


def test_bars_are_lawful_and_say_what_they_count(qtmodeltester: ModelTester) -> None:
    model = BarListModel()
    qtmodeltester.check(model)
    model.set_bars((*flaw_bars(gallery()), *lack_bars(gallery()), *value_bars(gallery())))
    said = [model.index(row).data() for row in range(model.rowCount())]
    assert {"Thin sides", "Expired", "One camera only", "Cameras: P60"} <= set(said)
    assert "Batches: not told" in said
    tip = model.index(said.index("Cameras: P60")).data(Qt.ItemDataRole.AccessibleTextRole)
    assert tip == "Cameras: P60: 8"


def test_spreads_stand_with_the_widest_first(qtmodeltester: ModelTester) -> None:
    sides = []
    for side, peaks in zip(gallery(), ((9.0,), (0.2, 0.3, 0.5), (0.4, 1.2, 0.3, 0.1)), strict=True):
        figures = SideFigures(side.product, side.side, side.ids, (), peaks, limit=1.0)
        sides.append(replace(side, figures=figures))
    model = SpreadListModel()
    qtmodeltester.check(model)
    assert model.largest == 1.0
    model.set_sides(sides)
    said = [model.index(row).data() for row in range(model.rowCount())]
    assert said == ["Tea · front", "Tea · back"], "one reference has no spread"
    assert model.largest == 1.2
    tip = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert tip.endswith("0.20, 0.30, 0.50")
    assert shares(None) == ()


def test_concerned_pictures_are_told_by_what_tells_them_apart(qtmodeltester: ModelTester) -> None:
    front, back = references("Tea", "front", 1, batch="B1"), references("Tea", "back", 1)
    soap = references("Soap", "back", 1)
    model = ConcernedModel()
    qtmodeltester.check(model)
    for shown, said in (
        ((*front, *back, *soap), ["Tea · front", "Tea · back", "Soap · back"]),
        ((*front, *back), ["front", "back"]),
        (front, ["B1"]),
    ):
        model.set_rows(tuple(ReferenceRow(each) for each in shown))
        assert [model.index(row).data() for row in range(model.rowCount())] == said
    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole).startswith("Tea · front\n")
