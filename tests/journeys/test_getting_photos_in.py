"""Photos come in by dropping and pasting, with real events on the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from app.models.photos import State
from app.views.scene import MarkKind
from tests.journeys.fake_bench import drawn
from vision import FaultKind, Outcome

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

_COPY = Qt.DropAction.CopyAction
_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def mime_of_files(*files: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return mime


def drag_over(window: Window, mime: QMimeData, at: QPoint) -> None:
    for kind in (QDragEnterEvent, QDragMoveEvent):
        QApplication.sendEvent(window, kind(at, _COPY, mime, _LEFT, _NO_KEY))


def let_go(window: Window, mime: QMimeData, at: QPoint) -> None:
    QApplication.sendEvent(window, QDropEvent(QPointF(at), _COPY, mime, _LEFT, _NO_KEY))


def drag_and_drop(window: Window, mime: QMimeData, *, field: int = 0) -> None:
    drag_over(window, mime, window.rect().center())
    veil = window.drops.veil
    at = veil.mapTo(window, veil.centre_of(field))
    drag_over(window, mime, at)
    let_go(window, mime, at)


def names(window: Window) -> list[str]:
    return [row.name for row in window.inspect.queue.model.rows]


def test_the_veil_says_what_a_drop_will_do_and_goes_again(
    window: Window, photo: Callable[[str], Path]
) -> None:
    veil = window.drops.veil
    one, two = photo("agrees.png"), photo("differs-1.png")
    drag_over(window, mime_of_files(one), window.rect().center())
    assert veil.isVisible()
    assert veil.fields == ("Inspect this photo",)
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not veil.isVisible()
    drag_over(window, mime_of_files(one, two), window.rect().center())
    assert veil.fields == ("Inspect as single photos", "Inspect as one item")
    drag_over(window, mime_of_files(one, two), veil.mapTo(window, veil.centre_of(1)))
    assert veil.chosen == 1
    QApplication.sendEvent(window, QDragLeaveEvent())
    window.go_to("gallery")
    drag_over(window, mime_of_files(one, two), window.rect().center())
    assert veil.fields == ("Add as genuine references",)


def test_good_missing_and_unreadable_files_of_one_drop(
    qtbot: QtBot, window: Window, photo: Callable[[str], Path]
) -> None:
    good = photo("differs-2.png")
    bad = good.with_name("agrees.jpg")
    bad.write_bytes(good.read_bytes()[:60])
    drag_and_drop(window, mime_of_files(good, good.with_name("gone.jpg"), bad))
    queue = window.inspect.queue
    qtbot.waitUntil(lambda: queue.counts() == (3, 3) and not queue.is_busy)
    assert [row.state for row in queue.model.rows] == [State.DONE, State.FAILED, State.FAILED]
    assert all(row.error is not None for row in queue.model.rows[1:])
    assert not window.drops.veil.isVisible()


def test_a_folder_gives_its_pictures_by_content_in_counting_order(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for name in ("agrees10.png", "agrees2.png", "agrees1"):
        Image.fromarray(drawn(1)).save(folder / name, "PNG")
    (folder / "notes.txt").write_text("nothing to see")
    drag_and_drop(window, mime_of_files(folder))
    qtbot.waitUntil(lambda: len(names(window)) == 3)
    assert names(window) == ["agrees1", "agrees2.png", "agrees10.png"]
    qtbot.waitUntil(lambda: "notes.txt" in window.bar.text)


def test_picture_data_from_a_browser_is_taken_though_an_address_comes_with_it(
    qtbot: QtBot, window: Window
) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    mime = QMimeData()
    mime.setImageData(image)
    mime.setHtml('<img src="https://shop.example/a.jpg">')
    mime.setUrls([QUrl("https://shop.example/a.jpg")])
    drag_and_drop(window, mime)
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (1, 1))
    assert names(window) == ["Pasted picture 1"]
    assert not window.bar.text


@pytest.mark.parametrize(
    "mime",
    [
        {"urls": "https://shop.example/a.jpg"},
        {"html": '<a href="x"><img src="https://shop.example/a.jpg"></a>'},
        {"text": "https://shop.example/a.jpg"},
    ],
)
def test_a_bare_web_address_gets_a_sentence(window: Window, mime: dict[str, str]) -> None:
    data = QMimeData()
    if "urls" in mime:
        data.setUrls([QUrl(mime["urls"])])
    if "html" in mime:
        data.setHtml(mime["html"])
    if "text" in mime:
        data.setText(mime["text"])
    drag_and_drop(window, data)
    assert "Save the picture first" in window.bar.text
    assert names(window) == []


def test_files_and_a_web_address_in_one_drop_are_both_answered(
    qtbot: QtBot, window: Window, photo: Callable[[str], Path]
) -> None:
    mime = mime_of_files(photo("agrees.png"))
    mime.setUrls([*mime.urls(), QUrl("https://shop.example/a.jpg")])
    drag_and_drop(window, mime)
    qtbot.waitUntil(lambda: names(window) == ["agrees.png"])
    assert "Save the picture first" in window.bar.text


def test_what_is_on_the_clipboard_is_pasted(qtbot: QtBot, window: Window) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkYellow)
    QApplication.clipboard().setImage(image)
    window.inspect.actions_book["paste"].trigger()
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (1, 1))
    assert window.inspect.queue.model.rows[0].state is State.DONE


def test_faults_are_told_and_drawn_before_any_comparison(
    qtbot: QtBot,
    window: Window,
    bench: FakeBench,
    gate: threading.Event,
    photo: Callable[[str], Path],
) -> None:
    """The first photo is held while it is compared, the second waits; both tell their faults."""
    gate.clear()
    drag_and_drop(window, mime_of_files(photo("photo_unfit.png"), photo("glare.png")))
    queue = window.inspect.queue
    qtbot.waitUntil(lambda: all(row.faults for row in queue.model.rows) and len(names(window)) == 2)
    assert bench.asked == [], "nothing has been compared"
    first, second = queue.model.rows
    assert (first.state, second.state) == (State.COMPARING, State.WAITING)
    assert second.thumbnail is not None
    assert queue.model.fault_words(second) == "glare"
    bar = window.inspect.sight_bar
    assert bar.isVisible()
    assert "Turn the item or the lamp" in bar.words
    window.inspect.filmstrip.choose(second.key)
    qtbot.waitUntil(bar.isVisible)
    assert bar.words.startswith("Waiting")
    (mark,) = [mark for mark in window.inspect.view.suspect._marks if mark.kind is MarkKind.FAULT]
    assert mark.fault.kind is FaultKind.GLARE
    assert mark.polygon[0] == (39.5, 29.5), "where the fault is: a quarter of 160 x 120"
    assert not window.inspect.findings.isVisible()
    gate.set()
    qtbot.waitUntil(lambda: queue.counts() == (2, 2))
    assert not bar.isVisible()
    assert window.inspect.findings.isVisible()
    assert queue.row(first.key).outcome is Outcome.PHOTO_UNFIT


def test_a_photo_that_waits_long_is_read_again_when_it_is_chosen(
    qtbot: QtBot,
    window: Window,
    bench: FakeBench,
    gate: threading.Event,
    photo: Callable[[str], Path],
) -> None:
    gate.clear()
    files = [photo(f"agrees{'x' * number}.png") for number in range(7)]
    drag_and_drop(window, mime_of_files(*files))
    queue = window.inspect.queue
    qtbot.waitUntil(lambda: len(bench.sighted) == 6)
    qtbot.waitUntil(lambda: sum(row.thumbnail is not None for row in queue.model.rows) == 7)
    waiting = queue.model.rows[1].key
    assert queue.sights.scene(waiting) is None, "few pictures are kept in memory"
    window.inspect.filmstrip.choose(waiting)
    qtbot.waitUntil(lambda: queue.sights.scene(waiting) is not None)
    qtbot.waitUntil(window.inspect.sight_bar.isVisible)
    gate.set()
    qtbot.waitUntil(lambda: queue.counts() == (7, 7))


def test_a_watched_folder_named_in_the_settings_fills_the_list(
    qtbot: QtBot, window: Window, photo: Callable[[str], Path], tmp_path: Path
) -> None:
    """New pictures come in by themselves; what is looked at stays in view."""
    folder = tmp_path / "camera"
    folder.mkdir()
    window.start()
    drag_and_drop(window, mime_of_files(photo("differs-1.png")))
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (1, 1))
    line = window.inspect.filmstrip.watch_line
    assert not line.isVisible()
    window._settings.set("watched_folder", str(folder))
    qtbot.waitUntil(line.isVisible)
    assert line.words == "Watched: camera"
    assert window.settings_pane.editor("watched_folder").path.text() == str(folder)
    qtbot.waitUntil(lambda: bool(window.inspect.watch._system.directories()))
    Image.fromarray(drawn(3)).save(folder / "agrees.png")
    qtbot.waitUntil(lambda: names(window) == ["differs-1.png", "agrees.png"])
    assert "New in the watched folder: 1" in window.bar.text
    assert window.inspect.queue.row(window.inspect.filmstrip.current_key).name == "differs-1.png"
    kept = window.inspect.keeper._folder / "watched.jsonl"
    qtbot.waitUntil(lambda: "agrees.png" in kept.read_text())
    window.inspect.actions_book["unwatch_folder"].trigger()
    assert not line.isVisible()
    assert window._settings.text("watched_folder") == ""


def test_another_picture_under_the_same_name_is_inspected_again(
    qtbot: QtBot, window: Window, bench: FakeBench, tmp_path: Path
) -> None:
    folder = tmp_path / "camera"
    folder.mkdir()
    window._settings.set("watched_folder", str(folder))
    window.start()
    qtbot.waitUntil(lambda: bool(window.inspect.watch._system.directories()))
    for seed in (3, 4):
        Image.fromarray(drawn(seed)).save(folder / "agrees.png")
        qtbot.waitUntil(lambda seed=seed: len(bench.asked) == seed - 2)
        qtbot.waitUntil(lambda: window.inspect.queue.counts() == (1, 1))
    assert names(window) == ["agrees.png"]
