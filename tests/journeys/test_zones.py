"""A trainer draws zones on a side, names them, takes them back and accepts what is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from app.views.theme import AGREES
from vision import Zone, ZoneKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from app.panes.zone_editor import ZoneEditor
    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

SIDE = ("Tea", "front")


@pytest.fixture
def editor(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> ZoneEditor:
    """The editor of a side of one reference, with its proposal."""
    window.go_to("gallery")
    drop(photo("a.png"))
    window.gallery.form.set_names(*SIDE)
    qtbot.waitUntil(lambda: len(window.gallery.form.sources) == 1)
    window.gallery.form.add_button.click()
    qtbot.waitUntil(lambda: window.gallery.references.rowCount() == 1)
    window.gallery.actions_book["edit_zones"].trigger()
    editor = window.gallery.zone_editor
    qtbot.waitUntil(lambda: len(editor.proposed) == 1)
    return editor


def at(editor: ZoneEditor, x: float, y: float) -> QPoint:
    return editor.canvas.to_screen(QPointF(x, y)).toPoint()


def drag(qtbot: QtBot, editor: ZoneEditor, start: tuple, end: tuple) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(editor.canvas, left, pos=at(editor, *start))
    qtbot.mouseMove(editor.canvas, at(editor, *end))
    qtbot.mouseRelease(editor.canvas, left, pos=at(editor, *end))


def click(qtbot: QtBot, editor: ZoneEditor, *place: float) -> None:
    qtbot.mouseClick(editor.canvas, Qt.MouseButton.LeftButton, pos=at(editor, *place))


def press(qtbot: QtBot, editor: ZoneEditor, key: Qt.Key, **more) -> None:
    editor.canvas.setFocus()
    qtbot.keyClick(editor.canvas, key, **more)


def near(zone: Zone, corners: tuple) -> bool:
    return all(
        found == pytest.approx(true, abs=1.0)
        for found, true in zip(zone.polygon, corners, strict=True)
    )


def test_a_rectangle_is_drawn_by_dragging(
    qtbot: QtBot, editor: ZoneEditor, bench: FakeBench
) -> None:
    press(qtbot, editor, Qt.Key.Key_M)
    drag(qtbot, editor, (20, 30), (60, 50))
    (zone,) = editor.zones
    assert zone.kind is ZoneKind.MUST_MATCH
    assert near(zone, ((20, 30), (60, 30), (60, 50), (20, 50)))
    qtbot.waitUntil(lambda: bench.zones.get(SIDE) == (zone,))
    assert zone.reference == next(iter(bench.kept.values())).sha256


def test_a_polygon_is_drawn_by_clicks(qtbot: QtBot, editor: ZoneEditor, bench: FakeBench) -> None:
    press(qtbot, editor, Qt.Key.Key_V)
    for corner in ((20, 30), (80, 30), (60, 70)):
        click(qtbot, editor, *corner)
    assert editor.zones == ()
    press(qtbot, editor, Qt.Key.Key_Return)
    (zone,) = editor.zones
    assert zone.kind is ZoneKind.VARIABLE
    assert near(zone, ((20, 30), (80, 30), (60, 70)))
    qtbot.waitUntil(lambda: bench.zones.get(SIDE) == (zone,))


def test_a_click_on_the_first_corner_closes_a_polygon(qtbot: QtBot, editor: ZoneEditor) -> None:
    editor.buttons["variable"].click()
    for corner in ((20, 30), (80, 30), (60, 70), (20, 30)):
        click(qtbot, editor, *corner)
    (zone,) = editor.zones
    assert len(zone.polygon) == 3


def test_slips_are_no_zones_and_escape_gives_up(qtbot: QtBot, editor: ZoneEditor) -> None:
    press(qtbot, editor, Qt.Key.Key_M)
    for corner in ((20, 30), (80, 30)):
        click(qtbot, editor, *corner)
    press(qtbot, editor, Qt.Key.Key_Return)  # two corners are none
    click(qtbot, editor, 20, 30)
    press(qtbot, editor, Qt.Key.Key_Escape)
    assert not editor.canvas.is_drawing
    press(qtbot, editor, Qt.Key.Key_Escape)  # puts the tool down
    drag(qtbot, editor, (20, 30), (60, 50))  # pans
    assert editor.zones == ()


def test_what_is_drawn_beyond_the_picture_is_cut_off(qtbot: QtBot, editor: ZoneEditor) -> None:
    press(qtbot, editor, Qt.Key.Key_M)
    drag(qtbot, editor, (-5, -4), (60, 50))
    (zone,) = editor.zones
    assert near(zone, ((-0.5, -0.5), (60, -0.5), (60, 50), (-0.5, 50)))


def test_a_zone_that_can_never_be_judged_is_told(
    qtbot: QtBot, editor: ZoneEditor, window: Window
) -> None:
    press(qtbot, editor, Qt.Key.Key_M)
    drag(qtbot, editor, (20, 30), (60, 50))
    qtbot.waitUntil(lambda: not editor._saving)
    assert "edge" not in window.bar.text
    drag(qtbot, editor, (-5, 30), (9, 50))
    qtbot.waitUntil(lambda: "edge" in window.bar.text)


def test_a_zone_is_removed_and_brought_back(
    qtbot: QtBot, editor: ZoneEditor, bench: FakeBench
) -> None:
    press(qtbot, editor, Qt.Key.Key_M)
    drag(qtbot, editor, (20, 30), (60, 50))
    press(qtbot, editor, Qt.Key.Key_Escape)
    drawn = editor.zones
    click(qtbot, editor, 150, 110)  # beside it: nothing is chosen
    press(qtbot, editor, Qt.Key.Key_Delete)
    assert editor.zones == drawn
    click(qtbot, editor, 40, 40)
    press(qtbot, editor, Qt.Key.Key_Delete)
    assert editor.zones == ()
    qtbot.waitUntil(lambda: bench.zones.get(SIDE) == ())
    assert len(bench.kept) == 1  # Delete took no reference away
    press(qtbot, editor, Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert editor.zones == drawn
    press(qtbot, editor, Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert editor.zones == ()
    qtbot.waitUntil(lambda: bench.zones.get(SIDE) == ())
    assert not editor.buttons["undo"].isEnabled()


def test_a_proposal_is_accepted(qtbot: QtBot, editor: ZoneEditor, bench: FakeBench) -> None:
    (proposed,) = editor.proposed
    assert "dotted" in editor._hint.text()
    press(qtbot, editor, Qt.Key.Key_A)
    (zone,) = editor.zones
    assert (zone.polygon, zone.proposed) == (proposed.polygon, False)
    assert editor.proposed == ()
    qtbot.waitUntil(lambda: bench.zones.get(SIDE) == (zone,))
    editor.buttons["undo"].click()
    assert (editor.zones, editor.proposed) == ((), (proposed,))


def test_a_proposal_is_turned_down(qtbot: QtBot, editor: ZoneEditor, bench: FakeBench) -> None:
    click(qtbot, editor, 110, 80)
    assert not editor.label.isEnabled()
    press(qtbot, editor, Qt.Key.Key_Delete)
    assert (editor.zones, editor.proposed) == ((), ())
    assert SIDE not in bench.zones


def test_a_zone_gets_a_name(qtbot: QtBot, editor: ZoneEditor, bench: FakeBench) -> None:
    press(qtbot, editor, Qt.Key.Key_M)
    drag(qtbot, editor, (20, 30), (60, 50))
    editor.label.setFocus()
    qtbot.keyClicks(editor.label, "Seal vm")  # m and v are letters here
    qtbot.keyClick(editor.label, Qt.Key.Key_Return)
    assert [zone.label for zone in editor.zones] == ["Seal vm"]
    qtbot.waitUntil(lambda: [z.label for z in bench.zones.get(SIDE, ())] == ["Seal vm"])


def test_zones_are_there_when_the_editor_opens_again(
    qtbot: QtBot, window: Window, editor: ZoneEditor
) -> None:
    press(qtbot, editor, Qt.Key.Key_M)
    drag(qtbot, editor, (20, 30), (60, 50))
    drawn = editor.zones
    press(qtbot, editor, Qt.Key.Key_Escape)
    press(qtbot, editor, Qt.Key.Key_Escape)
    assert window.gallery.reference_list.isVisible()
    window.gallery.actions_book["edit_zones"].trigger()
    assert editor.zones == ()
    qtbot.waitUntil(lambda: editor.zones == drawn)
    editor.buttons["back"].click()
    assert not window.gallery.is_drawing_zones


def test_zones_look_different_without_colour(qtbot: QtBot, editor: ZoneEditor) -> None:
    """A must-match zone is a line in blue around clear print, a variable one is hatched."""
    editor.accept()
    press(qtbot, editor, Qt.Key.Key_M)
    drag(qtbot, editor, (20, 30), (60, 50))
    editor.choose(-1)
    plain = list(editor.zones)
    shown = editor.canvas.grab().toImage()
    editor.canvas.set_zones(())
    bare = editor.canvas.grab().toImage()
    changed = [changed_share(editor, zone, shown, bare) for zone in plain]
    assert changed[0] > 0.9  # variable: all of it
    assert changed[1] < 0.1  # must match: nothing but its line
    edge = shown.pixelColor(at(editor, 40, 30))
    assert edge.hue() == pytest.approx(AGREES.hue(), abs=12)


def changed_share(editor: ZoneEditor, zone: Zone, shown: QImage, bare: QImage) -> float:
    """The share of the lower right inner part of a zone that painting it has changed."""
    (x0, y0), _, (x1, y1), _ = zone.polygon
    start = at(editor, x0 + 0.5 * (x1 - x0), y0 + 0.5 * (y1 - y0))
    end = at(editor, x1, y1) - QPoint(8, 8)
    places = [(x, y) for x in range(start.x(), end.x()) for y in range(start.y(), end.y())]
    return sum(shown.pixel(*place) != bare.pixel(*place) for place in places) / len(places)
