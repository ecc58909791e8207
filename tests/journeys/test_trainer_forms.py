"""A trainer puts references where they belong, prepares them, and says what is known of them."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

import vision
from app import tasks
from app.messages import Messages
from app.panes.application import speak
from app.panes.gallery_lists import carried
from app.panes.ghost_view import Ghost
from app.panes.intake import Source
from app.panes.trainer_bench import TraitSheet
from app.panes.workspace_bench import WorkspaceBench
from app.settings import Settings, window_state
from app.views import theme
from app.views.scene import picture_from_photo
from app.window import Window
from tests.journeys.fake_bench import compared, drawn
from vision import Flaw, FlawKind, Mend

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.panes.gallery_pane import GalleryPane
    from app.store import Workspace

CORNERS = ((10.0, 8.0), (140.0, 14.0), (150.0, 110.0), (6.0, 100.0))
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
    pane.reference_list.choose([pane.references.rows[row].reference.id for row in rows])
    assert len(pane.reference_list.chosen) == len(rows)


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


def test_a_reference_is_straightened_by_its_corners_and_used_like_that(
    qtbot: QtBot, window: Window, pane: GalleryPane, workspace: Workspace
) -> None:
    choose(pane, 0)
    one = pane.reference_list.chosen[0]
    before = Path(one.path).read_bytes()
    editor = pane.prepare_editor
    pane.actions_book["straighten"].trigger()
    qtbot.waitUntil(lambda: editor.buttons["crop"].isEnabled())
    editor.make_upright()
    for number, corner in enumerate(CORNERS):
        editor.canvas.pin_moved.emit(number, QPointF(*corner))
        editor.canvas.pin_let_go.emit()
    assert editor.corners == CORNERS
    assert not editor.preview.pixmap().isNull()
    editor.undo()
    assert editor.corners != CORNERS
    editor.canvas.pin_moved.emit(3, QPointF(*CORNERS[3]))
    editor.canvas.pin_let_go.emit()
    editor.keep()
    qtbot.waitUntil(lambda: any(each.corners == CORNERS for each in workspace.references()))
    qtbot.waitUntil(lambda: "straightened" in window.bar.text)
    assert pane.reference_list.isVisible()
    assert Path(one.path).read_bytes() == before
    window.bar.undo()
    qtbot.waitUntil(lambda: all(each.corners is None for each in workspace.references()))


def test_corners_that_cross_cannot_be_kept(qtbot: QtBot, pane: GalleryPane) -> None:
    choose(pane, 0)
    editor = pane.prepare_editor
    pane.actions_book["straighten"].trigger()
    qtbot.waitUntil(lambda: editor.buttons["crop"].isEnabled())
    editor.make_upright()
    editor.canvas.pin_moved.emit(0, QPointF(155, 115))
    editor.canvas.pin_let_go.emit()
    assert not editor.buttons["keep"].isEnabled()
    assert editor.preview.pixmap().isNull()


def test_what_is_known_of_product_and_reference_is_said_and_taken_back(
    qtbot: QtBot, window: Window, pane: GalleryPane, workspace: Workspace
) -> None:
    form = pane.forms.product
    qtbot.keyClicks(form.edits["brand"], "Qingshan")
    qtbot.keyClicks(form.edits["gtin"], "0012345678905")
    form.keep_button.click()
    qtbot.waitUntil(lambda: workspace.acts.product(TEA).gtin == "0012345678905")
    qtbot.waitUntil(lambda: not form.changed)
    choose(pane, 0, 1)
    qtbot.keyClicks(pane.forms.reference.edits["vouched_by"], "A. Lin")
    pane.forms.reference.keep_button.click()
    qtbot.waitUntil(
        lambda: (
            [r.provenance.vouched_by for r in workspace.references(product=TEA, side="front")]
            == ["A. Lin", "A. Lin"]
        )
    )
    qtbot.waitUntil(lambda: "reference was kept: 2" in window.bar.text)
    window.bar.undo()
    qtbot.waitUntil(lambda: not any(r.provenance.vouched_by for r in workspace.references()))


def test_a_wrong_gtin_is_refused_in_a_sentence_and_stays_to_be_mended(
    qtbot: QtBot, window: Window, pane: GalleryPane, workspace: Workspace
) -> None:
    form = pane.forms.product
    qtbot.keyClicks(form.edits["gtin"], "4006381333932")
    form.keep_button.click()
    qtbot.waitUntil(lambda: "4006381333932" in window.bar.text)
    assert form.edits["gtin"].text() == "4006381333932"
    assert workspace.acts.product(TEA).gtin == ""


def test_what_the_rules_ask_for_is_shown_until_it_is_there(
    qtbot: QtBot, pane: GalleryPane, workspace: Workspace
) -> None:
    rules = pane.forms.policy
    rules.of_product["brand"].setChecked(True)
    rules.required.setText("front, back")
    rules.required.textEdited.emit("front, back")
    rules.keep_button.click()
    qtbot.waitUntil(lambda: workspace.acts.policy().of_product == ("brand",))
    qtbot.waitUntil(lambda: pane.forms.product.missing == ("brand",))
    soap = next(row for row in pane.sides.all_rows if row.product == SOAP)
    assert pane.sides.missing_words(soap) == "Missing: brand, side back"
    tea = next(row for row in pane.sides.all_rows if row.product == TEA)
    assert pane.sides.missing_words(tea) == "Missing: brand"
    qtbot.keyClicks(pane.forms.product.edits["brand"], "Qingshan")
    pane.forms.product.keep_button.click()
    qtbot.waitUntil(lambda: pane.sides.missing_words(tea) == "")


def test_a_table_is_looked_through_imported_and_taken_back(
    qtbot: QtBot, window: Window, pane: GalleryPane, workspace: Workspace, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        Image.fromarray(drawn(80 + ord(name))).save(tmp_path / f"{name}.png")
    (tmp_path / "invoice.txt").write_text("paid")
    table = tmp_path / "table.csv"
    table.write_text(
        "file,product,side,brand,gtin,proof,obtained_on\n"
        "a.png,Runner,front,Fleet,96385074,invoice.txt,2026-01-02\n"
        "b.png,Runner,back,Fleet,96385075,,\n"
        "c.png,Runner,back,,,,\n"
        "b.png,Runner,back,,,,\n",
        encoding="utf-8",
    )
    before = workspace.snapshots.now()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(table))])
    pane.take(mime)
    page = pane.import_page
    qtbot.waitUntil(lambda: page.note == "Good lines: 2. With faults, left out: 2.")
    said = [page.lines.index(place).data() for place in range(4)]
    assert said[0].startswith("✗ Line 3: The gtin “96385075” cannot be kept")
    assert said[1].startswith("✗ Line 4:")
    assert said[2] == "✓ Line 2: a.png → Runner · front"
    assert workspace.snapshots.now() == before, "looking changes nothing"
    page.buttons["import"].click()
    qtbot.waitUntil(lambda: "Lines imported: 2. Left out: 2." in window.bar.text)
    assert counts(workspace)["Runner", "front"] == counts(workspace)["Runner", "back"] == 1
    (one,) = workspace.references(product="Runner", side="front")
    assert one.provenance.proof_name == "invoice.txt"
    assert workspace.acts.file(one.provenance.proof).read_text() == "paid"
    assert workspace.acts.product("Runner").gtin == "96385074"
    window.bar.undo()
    qtbot.waitUntil(lambda: workspace.snapshots.now() == before)


def test_a_table_that_is_none_is_told(
    qtbot: QtBot, window: Window, pane: GalleryPane, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("name;price\nTea;3\n")
    pane.import_page.open(table)
    qtbot.waitUntil(lambda: "table.csv" in window.bar.text)
    assert not pane.import_page.buttons["import"].isEnabled()


def test_what_to_look_at_is_drawn_said_shown_and_taken_back(
    qtbot: QtBot, window: Window, pane: GalleryPane, workspace: Workspace, tmp_path: Path
) -> None:
    reference = workspace.references(product=TEA, side="front")[0]
    picture = picture_from_photo(vision.read(reference.path))
    editor = pane.trait_editor

    def sheet(product: str, side: str) -> Generator[None, None, TraitSheet]:
        """Without the model, which finds the canonical reference."""
        yield
        traits = workspace.acts.traits(product, side)
        return TraitSheet(picture, reference.sha256, traits)

    window._bench.trainer.trait_sheet = sheet
    pane.actions_book["edit_traits"].trigger()
    qtbot.waitUntil(lambda: editor.buttons["draw"].isEnabled())
    editor.canvas.drawn.emit(((20.0, 20.0), (60.0, 20.0), (60.0, 50.0), (20.0, 50.0)))
    qtbot.keyClicks(editor.sentence, "the R closes here")
    qtbot.keyClick(editor.sentence, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(editor.traits) == 1)
    assert editor.canvas.captions == ("the R closes here",), "a feature is no zone"
    false = tmp_path / "false.png"
    Image.fromarray(drawn(99)).save(false)
    editor.choose(0)
    editor.set_picture("known_false", false)
    qtbot.waitUntil(lambda: bool(editor.traits) and bool(editor.traits[0].known_false))

    photo = vision.read(reference.path)
    comparison = replace(compared(photo, photo.pixels, 1), product=TEA, reference=reference)
    (shown,) = window._bench.trainer.seen_traits(comparison)
    assert shown.sentence == "the R closes here"
    assert shown.genuine is not None
    assert shown.known_false is not None
    panel = window.inspect.findings.traits
    panel.show_traits((shown,))
    panel.list.itemClicked.emit(panel.list.item(0))
    assert window.inspect.view.frame_viewport.centre == QPointF(40, 35)

    window.bar.undo()
    qtbot.waitUntil(lambda: not workspace.acts.traits(TEA, "front")[0].known_false)


def test_what_to_look_at_is_edited_by_keys(
    qtbot: QtBot, window: Window, pane: GalleryPane, workspace: Workspace
) -> None:
    reference = workspace.references(product=TEA, side="front")[0]
    picture = picture_from_photo(vision.read(reference.path))
    editor = pane.trait_editor

    def sheet(product: str, side: str) -> Generator[None, None, TraitSheet]:
        yield
        return TraitSheet(picture, reference.sha256, workspace.acts.traits(product, side))

    window._bench.trainer.trait_sheet = sheet
    pane.actions_book["edit_traits"].trigger()
    qtbot.waitUntil(lambda: editor.buttons["draw"].isEnabled())
    qtbot.keyClick(editor.canvas, Qt.Key.Key_D)
    assert editor.canvas.is_armed
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Escape)
    assert not editor.canvas.is_armed
    assert editor.isVisible(), "the first Esc gives up what is drawn"
    editor.canvas.drawn.emit(((20.0, 20.0), (60.0, 20.0), (60.0, 50.0), (20.0, 50.0)))
    qtbot.keyClicks(editor.sentence, "dd")
    assert editor.sentence.text() == "dd", "letters are words while words are written"
    qtbot.keyClick(editor.sentence, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(editor.traits) == 1)
    editor.choose(0)
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not workspace.acts.traits(TEA, "front"))
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not editor.isVisible())


def test_how_a_shot_is_taken_is_shown_while_references_are_gathered(
    qtbot: QtBot, window: Window, pane: GalleryPane, tmp_path: Path
) -> None:
    asked: list[tuple[str, str]] = []
    may_answer = threading.Event()

    def ghost(product: str, side: str) -> Generator[None, None, Ghost | None]:
        """Without the model, which finds the outline."""
        asked.append((product, side))
        while product == "New" and not may_answer.is_set():
            yield
        yield
        return Ghost(((0.1, 0.1), (0.9, 0.1), (0.9, 0.9)), 1.3) if product == TEA else None

    window._bench.trainer.ghost = ghost
    view = pane.form.ghost
    assert view.isHidden()
    assert not asked, "nothing is looked for before files are gathered"
    Image.fromarray(drawn(90)).save(tmp_path / "new.png")
    pane.form.gather((Source("new.png", tmp_path / "new.png"),))
    qtbot.waitUntil(lambda: view.field.image is not None and view.field.ghost is not None)
    assert asked == [(TEA, "front")]
    assert "dashed line" in view.note
    pane.form.set_names("New", "front")
    qtbot.waitUntil(lambda: view.field.ghost is None and ("New", "front") in asked)
    assert view.note == "", "it is not known yet whether there is one"
    may_answer.set()
    qtbot.waitUntil(lambda: view.note.startswith("No picture of this side"))
    pane.form.clear()
    qtbot.waitUntil(view.isHidden)
