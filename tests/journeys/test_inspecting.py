from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.models.photos import State
from app.panes.intake import may_hold_pictures
from app.panes.workbench import Choice
from tests.journeys.fake_bench import drawn
from tests.journeys.test_getting_photos_in import drag_and_drop
from vision import Outcome

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window
    from tests.journeys.fake_bench import FakeBench


def states(window: Window) -> list[State]:
    return [row.state for row in window.inspect.queue.model.rows]


def settled(window: Window, count: int) -> bool:
    return window.inspect.queue.counts() == (count, count)


def press(window: Window, keys: str) -> None:
    """Press a key as the window gets it: through the action that the menu shows it for."""
    found = [
        action
        for menu in window._menus.values()
        for action in menu.actions()
        if QKeySequence(keys) in action.shortcuts() and action.isVisible()
    ]
    assert len(found) == 1, keys
    assert found[0].isEnabled()
    found[0].trigger()


def test_drop_two_photos_and_step_through_regions(
    qtbot: QtBot, window: Window, photo: Callable[[str], Path]
) -> None:
    mime = QMimeData()
    files = [photo("differs-3.png"), photo("agrees.png")]
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    assert window.acceptDrops()
    assert may_hold_pictures(mime)
    drag_and_drop(window, mime)
    qtbot.waitUntil(lambda: settled(window, 2))
    pane = window.inspect
    assert [row.outcome for row in pane.queue.model.rows] == [Outcome.DIFFERS, Outcome.AGREES]
    assert pane.findings.card.title == "Differs"
    assert "numbered regions" in pane.findings.card.next_words
    assert pane.view.reference.isVisible()
    centres = []
    for _ in range(4):
        press(window, "N")
        centres.append(pane.view.frame_viewport.centre)
    assert centres[0] == centres[3]
    assert centres[0] != centres[1] != centres[2]
    press(window, "Shift+N")
    assert pane.view.frame_viewport.centre == centres[2]
    current = pane.findings.region_list.currentIndex()
    assert current.row() == 2
    press(window, "PgDown")
    assert pane.findings.card.title == "Agrees"
    assert pane.findings.regions.rowCount() == 0


def test_a_photo_that_agrees_shows_its_weakest_places_one_by_one(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    drop(photo("agrees.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    pane = window.inspect
    found = pane.queue.found(pane.filmstrip.current_key)
    assert found is not None
    count = found.scene.weakest
    assert count > 1
    assert "weakest" in pane.findings.card.next_words
    centres = []
    for _ in range(count + 1):
        press(window, "N")
        centres.append(pane.view.frame_viewport.centre)
    assert centres[0] == centres[count]
    assert len({(point.x(), point.y()) for point in centres}) == count
    assert centres[0].x() > 80, "the excess of the fake grows to the right"


@pytest.mark.parametrize("outcome", [Outcome.PHOTO_UNFIT, Outcome.CANNOT_ALIGN])
def test_where_nothing_is_stated_no_figure_and_no_region_is_shown(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    outcome: Outcome,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.journeys.fake_bench.COMPARED", tuple(Outcome))
    drop(photo(f"{outcome}-3.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    pane = window.inspect
    found = pane.queue.found(pane.filmstrip.current_key)
    assert found is not None
    assert found.inspection.comparison is not None
    assert len(found.inspection.comparison.regions) == 3
    assert pane.findings.regions.rowCount() == 0
    assert not pane.actions_book["next_region"].isEnabled()
    said = [label.text() for label in pane.findings.card.findChildren(QLabel) if label.isVisible()]
    assert not [text for text in said if "Agreement" in text]


def test_a_photo_read_at_a_reduced_size_is_shown_at_its_full_sharpness(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    large = photo("agrees.png").with_name("not_in_gallery.jpg")
    Image.fromarray(drawn(3, 2600, 3600)).save(large)
    drop(large)
    qtbot.waitUntil(lambda: settled(window, 1))
    pane = window.inspect
    found = pane.queue.found(pane.filmstrip.current_key)
    assert found is not None
    assert found.inspection.photo.pixels.shape[1] < 3600
    qtbot.waitUntil(lambda: pane.view.suspect.picture_width == 3600)
    assert window._bench.sharpened == ["not_in_gallery.jpg"]


def test_a_region_clicked_in_the_list_is_shown_in_the_picture(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    drop(photo("differs-3.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    pane = window.inspect
    second = pane.findings.regions.index(1)
    place = pane.findings.region_list.visualRect(second).center()
    qtbot.mouseClick(pane.findings.region_list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    region = pane.findings.regions.rows[1].region
    middle = sum(x for x, _ in region.reference_polygon) / 4
    assert pane.view.frame_viewport.centre.x() == pytest.approx(middle)


def test_a_bad_file_among_good_ones(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    good, later = photo("agrees.png"), photo("differs-1.png")
    bad = good.with_name("letter.png")
    bad.write_text("Dear Sir")
    gone = good.with_name("gone.png")
    drop(good, bad, gone, later)
    qtbot.waitUntil(lambda: settled(window, 4))
    assert states(window) == [State.DONE, State.FAILED, State.FAILED, State.DONE]
    pane = window.inspect
    press(window, "PgDown")
    assert pane.notice.isVisible()
    assert pane.notice.heading == "letter.png"
    assert "letter.png" in pane.notice.lines
    assert not window.bar.text, "a bad file is a row, not a message"


def test_a_mistake_of_ours_is_told_and_the_next_photo_goes_on(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    drop(photo("bug.png"), photo("agrees.png"))
    qtbot.waitUntil(lambda: settled(window, 2))
    assert states(window) == [State.FAILED, State.DONE]
    assert "Copy the details" in window.bar.text
    copy = next(b for b in window.bar.findChildren(QAbstractButton) if b.text() == "Copy details")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()


def test_stop_keeps_the_rows_and_again_goes_on(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    gate: threading.Event,
) -> None:
    gate.clear()
    drop(photo("agrees.png"), photo("differs-1.png"), photo("mixed-1.png"))
    qtbot.waitUntil(lambda: State.COMPARING in states(window))
    press(window, "Esc")
    assert states(window) == [State.STOPPED] * 3
    assert not window.inspect.queue.is_busy
    assert "3" in window.bar.text
    gate.set()
    press(window, "R")
    qtbot.waitUntil(lambda: not window.inspect.queue.is_busy)
    assert states(window) == [State.DONE, State.STOPPED, State.STOPPED]


def test_photos_are_inspected_one_after_another_and_the_bar_counts(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    gate: threading.Event,
) -> None:
    gate.clear()
    drop(photo("agrees.png"), photo("differs-1.png"))
    qtbot.waitUntil(lambda: State.COMPARING in states(window))
    assert states(window) == [State.COMPARING, State.WAITING]
    assert window.inspect.sight_bar.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: settled(window, 2))


def test_remove_and_undo(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    drop(photo("differs-2.png"), photo("agrees.png"))
    qtbot.waitUntil(lambda: settled(window, 2))
    press(window, "Del")
    assert [row.name for row in window.inspect.queue.model.rows] == ["agrees.png"]
    assert "differs-2.png" in window.bar.text
    press(window, "Ctrl+Z")
    assert [row.name for row in window.inspect.queue.model.rows] == ["differs-2.png", "agrees.png"]
    assert states(window) == [State.DONE, State.DONE]


def test_the_same_file_twice_is_one_row(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    file = photo("agrees.png")
    drop(file)
    qtbot.waitUntil(lambda: settled(window, 1))
    drop(file)
    qtbot.waitUntil(lambda: "already" in window.bar.text)
    assert window.inspect.queue.model.rowCount() == 1


def test_a_folder_gives_its_pictures_in_order(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    folder = photo("b.png").parent
    photo("a.png")
    (folder / "notes.txt").write_text("no picture")
    (folder / "sub").mkdir()
    Image.fromarray(drawn()).save(folder / "sub" / "c.JPG", "JPEG")
    drop(folder)
    qtbot.waitUntil(lambda: window.inspect.queue.model.rowCount() == 3)
    assert [row.name for row in window.inspect.queue.model.rows] == ["a.png", "b.png", "c.JPG"]


def test_an_empty_folder_is_said(
    qtbot: QtBot, window: Window, drop: Callable[..., None], tmp_path: Path
) -> None:
    drop(tmp_path)
    qtbot.waitUntil(lambda: "No pictures" in window.bar.text)


def test_a_web_address_alone_gets_a_sentence(window: Window) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.com/cat.jpg")])
    window.inspect.take(mime)
    assert "Save the picture first" in window.bar.text
    assert window.inspect.queue.model.rowCount() == 0


def test_a_picture_pasted_from_the_clipboard(qtbot: QtBot, window: Window) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    press(window, QKeySequence(QKeySequence.StandardKey.Paste).toString())
    qtbot.waitUntil(lambda: settled(window, 1))
    found = window.inspect.queue.found(window.inspect.filmstrip.current_key)
    assert found is not None
    assert found.inspection.photo.pixels.shape == (48, 64, 3)
    assert tuple(found.inspection.photo.pixels[20, 20]) == (0, 128, 128)


def test_a_candidate_is_compared_when_chosen(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    bench: FakeBench,
) -> None:
    drop(photo("not_in_gallery.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    assert not window.inspect.view.reference.isVisible()
    window.inspect.findings.candidate_list.activated.emit(
        window.inspect.findings.candidates.index(1)
    )
    qtbot.waitUntil(lambda: len(bench.asked) == 2)
    assert bench.asked[1] == ("not_in_gallery.png", Choice("Northwind Audio", "back"))
    qtbot.waitUntil(lambda: settled(window, 1))


def test_pictures_let_go_are_made_again_when_looked_at(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    bench: FakeBench,
) -> None:
    window.memory.set_limit(1)
    drop(photo("agrees.png"), photo("differs-2.png"))
    qtbot.waitUntil(lambda: settled(window, 2))
    press(window, "PgDown")
    qtbot.waitUntil(lambda: len(bench.asked) == 3 and settled(window, 2))
    press(window, "PgUp")
    qtbot.waitUntil(lambda: len(bench.asked) == 4 and settled(window, 2))
    assert window.inspect.findings.card.title == "Agrees"
    assert window.inspect.view.isVisible()


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_card(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    outcome: Outcome,
) -> None:
    drop(photo(f"{outcome}.png"))
    qtbot.waitUntil(lambda: settled(window, 1))
    card = window.inspect.findings.card
    assert card.isVisible()
    assert card.title
    assert card.next_words.startswith("Next: ")
    window.inspect.grab()
