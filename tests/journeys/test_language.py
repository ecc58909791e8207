"""The language is switched in the middle of work: every word changes, and nothing else does."""

from __future__ import annotations

import getpass
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDragLeaveEvent, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from app.models.photos import State
from app.panes.search_pane import Searched
from app.store import Opinion
from app.views.viewing import ViewKind
from tests.journeys.test_getting_photos_in import drag_over, mime_of_files
from tests.journeys.test_inspecting import press, states
from tests.journeys.test_regions import SHIFT, draw, key, settled
from tests.journeys.test_searching import SIDES, ranked
from tests.journeys.test_window import choose
from vision import Outcome

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

NOTE = "seal 2 mm low"
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
# What stays as it is in any language: names that people gave, keys, units and formats.
_SAME = re.compile(
    r"\S*/\S*|[\w.-]+\.(?:png|jpg|db)\b|Qingshan Tea|Northwind Audio|Harbour Soap|Nothing like it"
    r"|seal 2 mm low|HB-2O|HB-20|Touchstone|made up"
    r"|(?:Ctrl|Shift|Alt)\+(?:\w+|\.)|PgUp|PgDown|Del\b|Esc\b|Space|Backspace|Return|Enter|Tab\b"
    r"|\bmm\b|\bpx\b|JPEG|PNG|CSV|\bLab\b|ΔE00|\bMB|\bGB|\bMiB|English|EXIF|\bRGB\b|SHA-256|\b[0-9a-f]{8,}\b"
    r"|--workspace|PostgreSQL"
    rf"|“{re.escape(getpass.getuser())}”"  # whose computer it is
)
_ENGLISH = re.compile(r"[A-Za-z]{2,}")


def texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Everything in a window that can be read or heard, with the place where it stands."""
    for number, child in enumerate([widget, *widget.findChildren(QWidget)]):
        place = f"{number} {type(child).__name__} {child.objectName()}"
        if child.isVisible():
            yield f"{place} name", child.accessibleName()
            yield f"{place} description", child.accessibleDescription()
            yield f"{place} tip", child.toolTip()
        if isinstance(child, QMenu):
            yield f"{place} title", child.title()
        if not child.isVisible():
            continue
        if isinstance(child, (QLabel, QAbstractButton)):
            yield f"{place} text", child.text()
        elif isinstance(child, QLineEdit):
            yield f"{place} hint", child.placeholderText()
        elif isinstance(child, QComboBox):
            for row in range(child.count()):
                yield f"{place} choice {row}", child.itemText(row)
        elif isinstance(child, QAbstractItemView) and child.model() is not None:
            for row in range(child.model().rowCount()):
                for role in _ROLES:
                    said = child.model().index(row, 0).data(role)
                    yield f"{place} row {row} {role.name}", said if isinstance(said, str) else ""
    for number, action in enumerate(widget.findChildren(QAction)):
        for kind, said in (
            ("text", action.text()),
            ("short", action.iconText()),
            ("tip", action.toolTip()),
        ):
            yield f"action {number} {action.objectName()} {kind}", said


def read(widget: QWidget) -> dict[str, str]:
    return {place: plain(said) for place, said in texts(widget) if said.strip()}


def plain(said: str) -> str:
    if is_page(said):
        document = QTextDocument()
        document.setHtml(said)
        return document.toPlainText()
    return said


def is_page(said: str) -> bool:
    return "<b>" in said or "<br" in said or "<p" in said


def english_in(said: str) -> list[str]:
    return _ENGLISH.findall(_SAME.sub(" ", said))


def left_over(widget: QWidget) -> dict[str, str]:
    return {place: said for place, said in read(widget).items() if english_in(said)}


def unchanged(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """What has words of English in it and is the same in both."""
    return {
        place: said
        for place, said in before.items()
        if after.get(place) == said and english_in(said)
    }


def speak(qtbot: QtBot, window: Window, language: str) -> None:
    """Choose a language in the settings and wait until the window has heard of it."""
    choose(window, "language", language)
    title = {"en": "Inspect", "zh_CN": "检验"}[language]
    qtbot.waitUntil(lambda: window._book["inspect"].text() == title)


@pytest.fixture
def busy(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    bench: FakeBench,
    gate: threading.Event,
) -> Iterator[Window]:
    """A window in the middle of work: results of each kind, marks, a card open, one under way."""
    window.start()
    qtbot.waitUntil(lambda: window.bar.status != "")
    window.inspect.set_sides(SIDES)
    bad = photo("agrees.png").with_name("letter.png")
    bad.write_text("Dear Sir")
    outcomes = [photo(f"{one}-0.png") for one in Outcome if one is not Outcome.DIFFERS]
    done = [photo("differs-6.png"), *outcomes, bad]
    drop(*done)
    qtbot.waitUntil(lambda: settled(window, len(done)))
    gate.clear()
    drop(photo("agrees1.png"), photo("agrees2.png"))
    qtbot.waitUntil(lambda: State.COMPARING in states(window))
    key(qtbot, window, Qt.Key.Key_N)
    key(qtbot, window, Qt.Key.Key_2)
    draw(qtbot, window)
    key(qtbot, window, Qt.Key.Key_1)
    key(qtbot, window, Qt.Key.Key_N)
    window.inspect.findings.region_card.note.setFocus()
    qtbot.keyClicks(window.inspect.findings.region_card.note, NOTE)
    yield window
    gate.set()


def test_every_word_changes_and_back_again(qtbot: QtBot, busy: Window) -> None:
    assert busy.inspect.findings.region_card.isVisible()
    qtbot.waitUntil(lambda: NOTE in (row.finding.note for row in busy.inspect.regions.rows[:1]))
    english = read(busy)
    assert len(english) > 300
    speak(qtbot, busy, "zh_CN")
    assert left_over(busy) == {}
    assert unchanged(english, read(busy)) == {}
    speak(qtbot, busy, "en")
    assert read(busy) == english


def test_nothing_that_was_done_or_chosen_is_lost(
    qtbot: QtBot, busy: Window, gate: threading.Event, bench: FakeBench
) -> None:
    pane = busy.inspect
    pane.view.choose(ViewKind.SWIPE)
    key(qtbot, busy, Qt.Key.Key_Plus)
    pane.findings.region_card.note.setFocus()

    def kept() -> tuple:
        viewport = pane.view.frame_viewport
        return (
            pane.filmstrip.current_key,
            pane.filmstrip.chosen_keys,
            pane.regions.current,
            [(row.label, row.opinion) for row in pane.regions.rows],
            pane.findings.region_list.currentIndex().row(),
            pane.findings.region_card.note.text(),
            pane.findings.region_card.note.hasFocus(),
            pane.undo_stack.index(),
            pane.view.kind,
            (viewport.scale, viewport.centre.x(), viewport.centre.y()),
            states(busy),
            busy.bar.text == "",
        )

    before = kept()
    assert NOTE in before
    assert Opinion.LIGHTING in [opinion for _, opinion in before[3]]
    asked = len(bench.asked)
    for language in ("zh_CN", "en", "zh_CN"):
        speak(qtbot, busy, language)
        assert kept() == before
    qtbot.keyClicks(pane.findings.region_card.note, "!")
    qtbot.keyClick(pane.findings.region_card.note, Qt.Key.Key_Return)
    row = next(row for row in pane.regions.rows if row.number == pane.regions.current)
    assert row.finding.note == f"{NOTE}!"
    gate.set()
    qtbot.waitUntil(lambda: settled(busy, len(states(busy))))
    assert len(bench.asked) == asked + 2, "nothing was begun anew"
    press(busy, "Ctrl+Z")
    assert "已撤销" in busy.bar.text
    assert not english_in(busy.bar.text)
    speak(qtbot, busy, "en")
    assert busy.bar.text == "Undone: note"


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.DIFFERS])
def test_each_outcome_is_told_in_chinese(qtbot: QtBot, busy: Window, outcome: Outcome) -> None:
    speak(qtbot, busy, "zh_CN")
    row = next(row for row in busy.inspect.queue.model.rows if row.outcome is outcome)
    busy.inspect.filmstrip.choose(row.key)
    assert busy.inspect.findings.isVisible()
    assert left_over(busy) == {}


@pytest.mark.parametrize("state", [State.FAILED, State.WAITING, State.COMPARING, State.STOPPED])
def test_each_state_is_told_in_chinese(qtbot: QtBot, busy: Window, state: State) -> None:
    if state is State.STOPPED:
        press(busy, "Esc")
    row = next(row for row in busy.inspect.queue.model.rows if row.state is state)
    busy.inspect.filmstrip.choose(row.key)
    speak(qtbot, busy, "zh_CN")
    assert left_over(busy) == {}


@pytest.mark.parametrize("kind", list(ViewKind))
def test_each_view_is_worded_in_chinese(qtbot: QtBot, busy: Window, kind: ViewKind) -> None:
    view = busy.inspect.view
    view.choose(kind)
    assert view.kind is kind
    english, painted = read(busy), view.grab().toImage()
    speak(qtbot, busy, "zh_CN")
    assert left_over(busy) == {}
    assert unchanged(english, read(busy)) == {}
    assert view.grab().toImage() != painted, "captions at least"


def test_a_search_keeps_its_list_and_tells_it_in_chinese(
    qtbot: QtBot, busy: Window, bench: FakeBench, gate: threading.Event
) -> None:
    gate.set()
    qtbot.waitUntil(lambda: settled(busy, len(states(busy))))
    bench.ranked = ranked()
    search = busy.inspect.search.pane
    key(qtbot, busy, Qt.Key.Key_Q, SHIFT)
    qtbot.waitUntil(lambda: search.state is Searched.DONE)
    english = read(busy)
    rows, current = search.model.rows, search.list.currentIndex().row()
    speak(qtbot, busy, "zh_CN")
    assert (search.model.rows, search.list.currentIndex().row()) == (rows, current)
    assert left_over(busy) == {}
    assert unchanged(english, read(busy)) == {}
    search.filter.setText("zzz")
    assert left_over(busy) == {}


@pytest.mark.parametrize("place", ["gallery", "settings"])
def test_the_other_places_are_worded_in_chinese(
    qtbot: QtBot,
    busy: Window,
    bench: FakeBench,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    place: str,
) -> None:
    if place == "gallery":
        busy.go_to("gallery")
        drop(photo("a.png"), photo("bb.png"))
        qtbot.waitUntil(lambda: len(busy.gallery.form.sources) == 2)
        busy.gallery.form.set_names("Qingshan Tea", "front")
        busy.gallery.form.add_button.click()
        qtbot.waitUntil(lambda: busy.gallery.references.rowCount() == 2)
        drop(photo("c.png"))
        qtbot.waitUntil(lambda: len(busy.gallery.form.sources) == 1)
    busy.go_to(place)
    english = read(busy)
    speak(qtbot, busy, "zh_CN")
    assert left_over(busy) == {}
    assert unchanged(english, read(busy)) == {}
    assert busy._place() == place
    if place == "gallery":
        assert len(busy.gallery.form.sources) == 1
        busy.gallery.edit_zones()
        qtbot.waitUntil(lambda: busy.gallery.zone_editor.isVisible())
        assert left_over(busy) == {}


def test_the_empty_window_and_the_key_card_are_worded_in_chinese(
    qtbot: QtBot, window: Window
) -> None:
    speak(qtbot, window, "zh_CN")
    for sides in ((("青山", "正面"),), ()):
        window.inspect.set_sides(sides)
        assert left_over(window) == {}
    press(window, "F1")
    assert window._card.isVisible()
    assert left_over(window._card) == {}


def test_tools_in_the_hand_and_the_veil_of_a_drop_are_worded_in_chinese(
    qtbot: QtBot, busy: Window, tmp_path: Path, photo: Callable[[str], Path]
) -> None:
    (tmp_path / "相机").mkdir()
    busy._settings.set("watched_folder", str(tmp_path / "相机"))
    qtbot.waitUntil(busy.inspect.filmstrip.watch_line.isVisible)
    speak(qtbot, busy, "zh_CN")
    for tool in ("rulers", "measure", "loupe", "add_region", "search_region"):
        busy.inspect.actions_book[tool].trigger()
        assert busy.inspect.actions_book[tool].isChecked(), tool
        assert left_over(busy) == {}
    files = mime_of_files(photo("x.png"), photo("yy.png"))
    for place in ("inspect", "gallery"):
        busy.go_to(place)
        drag_over(busy, files, busy.rect().center())
        assert busy.drops.veil.isVisible()
        assert [english_in(field) for field in busy.drops.veil.fields if english_in(field)] == []
        QApplication.sendEvent(busy, QDragLeaveEvent())
