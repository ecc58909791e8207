from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QWidget,
)

from app.places import assets_dir

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from app.window import Window
    from tests.journeys.fake_bench import FakeBench

_ROOT = Path(__file__).resolve().parents[2]


def choose(window: Window, key: str, value: str) -> None:
    """Choose a setting in the pane, as a person does."""
    combo = window.settings_pane.editor(key)
    assert isinstance(combo, QComboBox)
    place = combo.findData(value)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def words_of(window: Window) -> dict[str, str]:
    """Everything that can be read in the window, by the place where it stands."""
    found = {
        f"action {action.objectName()}": action.text() for action in window.findChildren(QAction)
    }
    for number, menu in enumerate(window.findChildren(QMenu)):
        found[f"menu {number}"] = menu.title()
    for number, button in enumerate(window.findChildren(QAbstractButton)):
        found[f"button {number}"] = button.text()
    return {place: text for place, text in found.items() if text.strip()}


def test_the_language_changes_at_once_in_the_middle_of_work(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    window.start()
    drop(photo("differs-2.png"))
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (1, 1))
    window.inspect.regions.next_region()
    scale = window.inspect.view.frame_viewport.scale
    english = words_of(window)
    choose(window, "language", "zh_CN")
    card = window.inspect.findings.card
    qtbot.waitUntil(lambda: card.title == "有差异" and window.bar.status.startswith("图库"))
    assert card.next_words.startswith("下一步：")
    chinese = words_of(window)
    same = {place for place in english if chinese.get(place) == english[place]}
    assert {english[place] for place in same} <= {"1:1"}
    assert window.inspect.view.frame_viewport.scale == scale, "the picture stays where it was"
    assert window.inspect.findings.region_list.currentIndex().row() == 0
    choose(window, "language", "en")
    qtbot.waitUntil(lambda: card.title == "Differs" and window.bar.status.startswith("Ref"))
    assert words_of(window) == english


def test_a_message_is_said_again_in_the_new_language(qtbot: QtBot, window: Window) -> None:
    mime = QMimeData()
    mime.setText("http://example.com/x.png")
    window.inspect.take(mime)
    choose(window, "language", "zh_CN")
    qtbot.waitUntil(lambda: "网址" in window.bar.text)


def test_qts_own_words_are_chinese_too(window: Window) -> None:
    choose(window, "language", "zh_CN")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_signs_are_set_as_each_language_wants_them(window: Window) -> None:
    """English quotation marks from a font with Chinese signs are set narrow, Chinese ones not."""
    label = window.inspect.empty.findChildren(QLabel)[1]
    for language, narrow in (("zh_CN", False), ("en", True), ("zh_CN", False), ("en", True)):
        choose(window, "language", language)
        tags = {bytes(tag.toString().data()).decode() for tag in label.font().featureTags()}
        assert ("palt" in tags) is narrow


def test_theme_changes_at_once(window: Window) -> None:
    choose(window, "theme", "dark")
    assert QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 60
    choose(window, "theme", "light")
    assert QApplication.palette().color(QPalette.ColorRole.Window).lightness() > 200


def test_every_action_has_a_key_and_no_two_share_one(window: Window) -> None:
    for place in ("inspect", "gallery", "settings"):
        window.go_to(place)
        keys: dict[str, str] = {}
        for action in window.findChildren(QAction):
            name = action.objectName()
            if not name or name.startswith("_") or not action.isVisible():
                continue
            assert action.shortcuts(), f"{action.objectName()} has no key"
            own = [key.toString() for key in action.shortcuts()]
            assert len(own) == len(set(own)), f"{name} has a key twice, which makes it ambiguous"
            for key in action.shortcuts():
                clash = keys.setdefault(key.toString(), action.objectName())
                assert clash == action.objectName(), f"{key.toString()} is used twice"


def test_every_action_is_in_a_menu(window: Window) -> None:
    listed = {action for menu in window._menus.values() for action in menu.actions()}
    inner = [action.menu() for action in listed if action.menu() is not None]
    listed |= {action for menu in inner for action in menu.actions()}
    named = {action for action in window.findChildren(QAction) if action.objectName()}
    own = {action for action in named if not action.objectName().startswith("_")}
    assert {a.objectName() for a in own - listed} == set()


def test_controls_have_accessible_names(window: Window) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QAbstractItemView)
    nameless = []
    for kind in kinds:
        for widget in window.findChildren(kind):
            if _is_inner(widget):
                continue
            named = widget.accessibleName() or getattr(widget, "text", str)()
            if not named and not (isinstance(widget, QAbstractButton) and widget.actions()):
                nameless.append(widget)
    assert not nameless


def _is_inner(widget: QWidget) -> bool:
    """Whether Qt made it as a part of another control."""
    parent = widget.parent()
    while parent is not None:
        if isinstance(parent, (QComboBox, QSpinBox, QLineEdit, QAbstractItemView)):
            return True
        parent = parent.parent()
    return widget.objectName().startswith("qt_")


def test_the_empty_window_says_what_to_do(qtbot: QtBot, window: Window) -> None:
    assert window.inspect.empty.isVisible()
    assert "Drop photos" in window.inspect.empty.heading
    window.start()
    qtbot.waitUntil(lambda: "References in the gallery: 0" in window.bar.status)


def test_with_an_empty_gallery_the_first_step_is_said(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
) -> None:
    window.start()
    qtbot.waitUntil(window.inspect.unfilled.isVisible)
    assert "genuine" in window.inspect.unfilled.heading
    window.inspect.actions_book["fill_gallery"].trigger()
    assert window.gallery.isVisible()
    drop(photo("a.png"))
    window.gallery.form.set_names("Tea", "front")
    qtbot.waitUntil(lambda: len(window.gallery.form.sources) == 1)
    window.gallery.form.add_button.click()
    qtbot.waitUntil(lambda: window.gallery.sides.rowCount() == 1)
    window.go_to("inspect")
    qtbot.waitUntil(window.inspect.empty.isVisible)


@pytest.mark.parametrize("width", [1366, 1920, 2560])
def test_no_words_are_cut_off_in_the_empty_window(qtbot: QtBot, window: Window, width: int) -> None:
    window.resize(width, 768)
    for language in ("en", "zh_CN"):
        choose(window, "language", language)
        window.go_to("inspect")
        for sides, page in (
            ((("Tea", "front"),), window.inspect.empty),
            ((), window.inspect.unfilled),
        ):
            window.inspect.set_sides(sides)
            assert page.isVisible()
            labels = [one for one in page.findChildren(QLabel) if one.text()]
            assert len(labels) == 2
            for label in labels:
                qtbot.waitUntil(
                    lambda label=label: label.height() >= label.heightForWidth(label.width())
                )


def test_the_demo_is_opened_by_a_button(
    qtbot: QtBot, window: Window, photo: Callable[[str], Path]
) -> None:
    photo("differs-1.png")
    window.inspect.actions_book["demo"].trigger()
    qtbot.waitUntil(lambda: window.inspect.queue.counts() == (1, 1))
    assert window.inspect.findings.card.title == "Differs"


def test_references_are_added_and_a_bad_one_is_told(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    bench: FakeBench,
) -> None:
    window.go_to("gallery")
    bad = photo("a.png").with_name("bad.png")
    bad.write_text("no")
    drop(photo("a.png"), bad, photo("bb.png"))
    form = window.gallery.form
    qtbot.waitUntil(lambda: len(form.sources) == 3)
    assert not form.add_button.isEnabled(), "product and side are not said yet"
    form.set_names("Qingshan Tea", "front")
    form.vouched_by.setText("Ms Li")
    form.add_button.click()
    qtbot.waitUntil(lambda: len(bench.known) == 2)
    qtbot.waitUntil(lambda: window.gallery.references.rowCount() == 2)
    qtbot.waitUntil(lambda: all(row.thumbnail for row in window.gallery.references.rows))
    assert {one.provenance.vouched_by for one in bench.kept.values()} == {"Ms Li"}
    assert "bad.png" in window.bar.text
    assert form.sources == ()
    assert window.gallery.current_side == ("Qingshan Tea", "front")


def test_a_reference_is_removed_and_put_back(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    bench: FakeBench,
) -> None:
    window.go_to("gallery")
    drop(photo("a.png"))
    qtbot.waitUntil(lambda: len(window.gallery.form.sources) == 1)
    window.gallery.form.set_names("Tea", "back")
    window.gallery.form.add_button.click()
    qtbot.waitUntil(lambda: window.gallery.references.rowCount() == 1)
    window.gallery.reference_list.setCurrentIndex(window.gallery.references.index(0))
    window.gallery.actions_book["remove_reference"].trigger()
    qtbot.waitUntil(lambda: not bench.kept and "removed" in window.bar.text)
    window.bar.undo()
    qtbot.waitUntil(lambda: len(bench.kept) == 1)
    qtbot.waitUntil(lambda: window.gallery.references.rowCount() == 1)


def test_the_place_of_the_window_is_kept(window: Window) -> None:
    window.close()
    assert window._state.contains("geometry")


def test_all_icons_can_be_drawn_and_take_a_colour() -> None:
    for file in (assets_dir() / "icons").glob("*.svg"):
        text = file.read_text(encoding="utf-8")
        assert "viewBox" in text
        fixed = file.stem.startswith("chevron") or file.stem == "touchstone"
        assert fixed or "currentColor" in text


@pytest.mark.parametrize("package", ["torch", "openvino", "timm"])
def test_importing_the_window_is_light(package: str) -> None:
    code = f"import sys, app.window; sys.exit({package!r} in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=_ROOT, check=True, timeout=60)


def test_urls_of_files_are_files(window: Window) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/nowhere/x.jpg")])
    window.inspect.take(mime)
    assert not window.bar.text
