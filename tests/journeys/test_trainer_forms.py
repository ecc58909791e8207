"""A trainer puts references where they belong, prepares them, and says what is known of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent

from app import tasks
from app.messages import Messages
from app.panes.application import speak
from app.panes.gallery_lists import carried
from app.panes.workspace_bench import WorkspaceBench
from app.settings import Settings, window_state
from app.views import theme
from app.window import Window
from tests.journeys.fake_bench import drawn
from vision import Flaw, FlawKind, Mend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.panes.gallery_pane import GalleryPane
    from app.store import Workspace

TEA, SOAP = "Qingshan Tea", "Harbour Soap"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[WorkspaceBench]:
    """A real workspace of four references; the search is not opened for what is done here."""
    made = WorkspaceBench(tmp_path / "workspace")
    workspace = made._opened_workspace()
    for place, (product, side) in enumerate(
        ((TEA, "front"), (TEA, "front"), (TEA, "back"), (SOAP, "front"))
    ):
        file = tmp_path / f"picture-{place}.png"
        Image.fromarray(drawn(60 + place)).save(file)
        workspace.add_reference(file, product=product, side=side)
    yield made
    made.close()


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, bench: WorkspaceBench
) -> Iterator[Window]:
    settings = Settings(tmp_path / "settings.ini")
    settings.set("language", "en")
    speak(qapp, settings)
    theme.apply(qapp, "light")
    made = Window(bench, settings, Messages(), window_state(tmp_path / "window.ini"))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    made.go_to("gallery")
    made.gallery.reload()
    qtbot.waitUntil(lambda: made.gallery.sides.rowCount() == 3)
    made.gallery.show_side(TEA, "front")
    yield made
    assert tasks.stop(20)


@pytest.fixture
def pane(window: Window) -> GalleryPane:
    return window.gallery


@pytest.fixture
def workspace(bench: WorkspaceBench) -> Workspace:
    return bench._opened_workspace()


def counts(workspace: Workspace) -> Counter[tuple[str, str]]:
    return Counter((each.product, each.side) for each in workspace.references())


def choose(pane: GalleryPane, *rows: int) -> None:
    pane.reference_list.clearSelection()
    for row in rows:
        index = pane.references.index(row)
        pane.reference_list.setCurrentIndex(index)
        pane.reference_list.selectionModel().select(
            index, pane.reference_list.selectionModel().SelectionFlag.Select
        )


def test_several_references_are_moved_by_the_bar_and_come_back(
    qtbot: QtBot, window: Window, pane: GalleryPane, workspace: Workspace
) -> None:
    pane.reference_list.selectAll()
    pane.actions_book["move_reference"].trigger()
    assert pane.move_bar.isVisible()
    assert pane.move_bar.product.currentText() == TEA
    pane.move_bar.side.setCurrentText("back")
    qtbot.mouseClick(pane.move_bar.move_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counts(workspace) == {(TEA, "back"): 3, (SOAP, "front"): 1})
    qtbot.waitUntil(lambda: pane.current_side == (TEA, "back"))
    assert not pane.move_bar.isVisible()
    window.bar.undo()
    qtbot.waitUntil(lambda: counts(workspace)[TEA, "front"] == 2)
    qtbot.waitUntil(lambda: pane.sides.rowCount() == 3)


def test_a_reference_is_dragged_onto_a_side(
    qtbot: QtBot, pane: GalleryPane, workspace: Workspace
) -> None:
    choose(pane, 0)
    place = pane.sides.place_of(SOAP, "front")
    at = pane.side_list.visualRect(pane.sides.index(place)).center()
    mime = carried(pane.reference_list.chosen)  # the event does not keep it
    event = QDropEvent(
        QPointF(at),
        Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    pane.side_list.dropEvent(event)
    assert event.isAccepted()
    qtbot.waitUntil(lambda: counts(workspace)[SOAP, "front"] == 2)


def test_a_reference_let_go_beside_the_sides_stays(pane: GalleryPane, workspace: Workspace) -> None:
    before = counts(workspace)
    choose(pane, 0)
    mime = carried(pane.reference_list.chosen)  # the event does not keep it
    event = QDropEvent(
        QPointF(QPoint(10, pane.side_list.height() - 4)),
        Qt.DropAction.MoveAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    pane.side_list.dropEvent(event)
    assert not event.isAccepted()
    assert counts(workspace) == before


def test_a_misplaced_reference_is_moved_from_the_check(
    qtbot: QtBot, window: Window, pane: GalleryPane, workspace: Workspace
) -> None:
    page = pane.check_page
    one = workspace.references(product=SOAP)[0]
    flaw = Flaw(
        FlawKind.WRONG_PRODUCT, SOAP, "front", (one.id,), Mend.MOVE, elsewhere=(TEA, "front")
    )
    page._references = {one.id: one}
    page.flaws.set_flaws((flaw,), page._references)
    page.flaw_list.setCurrentIndex(page.flaws.index(0))
    assert page.buttons["move"].isEnabled()
    page.buttons["move"].click()
    qtbot.waitUntil(lambda: counts(workspace)[TEA, "front"] == 3)
    qtbot.waitUntil(lambda: "References moved" in window.bar.text)
    window.bar.undo()
    qtbot.waitUntil(lambda: counts(workspace)[SOAP, "front"] == 1)


def test_the_first_reference_of_a_side_is_chosen_and_left_open_again(
    qtbot: QtBot, pane: GalleryPane, workspace: Workspace
) -> None:
    choose(pane, 1)
    wanted = pane.reference_list.chosen[0].id
    pane.actions_book["first_reference"].trigger()
    qtbot.waitUntil(
        lambda: [each.id for each in workspace.references() if each.is_canonical] == [wanted]
    )
    qtbot.waitUntil(lambda: any(row.reference.is_canonical for row in pane.references.rows))
    choose(pane, 1)
    assert pane.actions_book["first_reference"].text().startswith("Let the program choose")
    pane.actions_book["first_reference"].trigger()
    qtbot.waitUntil(lambda: not any(each.is_canonical for each in workspace.references()))
