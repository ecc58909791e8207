"""The one window: a rail of places on the left, the place itself, one message bar below."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app import tasks
from app.messages import Messages
from app.panes.actions import ActionBook
from app.panes.application import made_application, report_mistakes, speak
from app.panes.drop_veil import DropCatcher
from app.panes.gallery_pane import GalleryPane
from app.panes.inspect_pane import InspectPane
from app.panes.key_card import KeyCard
from app.panes.menus import MENUS, filled_menus, menu_titles
from app.panes.message_bar import MessageBar
from app.panes.opening import Opening
from app.panes.rail import Rail
from app.panes.scan_pane import ScanPane
from app.panes.settings_pane import SettingsPane
from app.panes.steps import Steps
from app.panes.window_memory import WindowMemory
from app.panes.workspace_bench import WorkspaceBench
from app.settings import Settings, window_state
from app.views import theme
from app.views.icons import icon
from app.views.picture_memory import PictureMemory, limit_from_choice

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from app.panes.workbench import Workbench
    from app.words import Language

_PLACES: Final = ("inspect", "gallery", "scan", "settings")


class Window(QMainWindow):
    """Puts the panes together and hands drops, language and theme to them."""

    def __init__(
        self, bench: Workbench, settings: Settings, messages: Messages, state: QSettings
    ) -> None:
        super().__init__()
        self._bench, self._settings, self._messages, self._state = bench, settings, messages, state
        self.memory = PictureMemory(limit_from_choice(settings.text("picture_memory")))
        self.inspect = InspectPane(bench, settings, messages, self.memory)
        demo = self.inspect.actions_book["demo"]
        self.gallery = GalleryPane(bench, messages, demo)
        self.scan = ScanPane(bench, messages)
        self.settings_pane = SettingsPane(settings, bench, messages)
        self.bar = MessageBar(messages)
        self.opening = Opening(bench, self.bar, messages, demo, self)
        self._book = ActionBook(self)
        self._pages = QStackedWidget()
        self._card = KeyCard(self)
        self._came_from_scan = False
        self._steps = Steps(self.inspect.undo_stack, messages)
        self._make_actions()
        self._lay_out()
        books = {"i": self.inspect.actions_book, "g": self.gallery.actions_book, "w": self._book}
        books["s"] = self.scan.actions_book
        self._menus = filled_menus(self.menuBar(), MENUS, books)
        self._retranslate()
        self.drops = DropCatcher(self, self._pages, self._takes_references, self._scans)
        self.drops.dropped.connect(self._on_dropped)
        self.opening.demo_filled.connect(self._on_demo_filled)
        self.scan.photo_wished.connect(self._on_photo_wished)
        self.inspect.demo_wished.connect(self.open_demo)
        self.inspect.gallery_wished.connect(self._on_gallery)
        self.gallery.listed.connect(self.inspect.set_sides)
        self.settings_pane.team.gallery_changed.connect(self.gallery.records.take_up)
        settings.changed.connect(self._on_setting_changed)
        self.resize(1280, 760)
        self._memory = WindowMemory(self, self.inspect, state, self._place)
        self.go_to(self._memory.restore(_PLACES))

    def start(self, *, demo: bool = False) -> None:
        """Open workspace, model and gallery in the background; the window can be used meanwhile."""
        self.inspect.keeper.restore()
        if demo:
            self.open_demo()
            return
        self.opening.open()
        self.gallery.reload()
        self.scan.reload()

    def open_demo(self) -> None:
        """Put the demo gallery into the workspace and inspect its suspects."""
        self.opening.open_demo()

    def go_to(self, place: str) -> None:
        """Show one of the places."""
        pane = {
            "inspect": self.inspect,
            "gallery": self.gallery,
            "scan": self.scan,
            "settings": self.settings_pane,
        }[place]
        self._pages.setCurrentWidget(pane)
        self._book[place].setChecked(True)
        self.inspect.actions_book.set_active(pane is self.inspect, except_for=("demo",))
        self.gallery.actions_book.set_active(pane is self.gallery)
        self.scan.actions_book.set_active(pane is self.scan)
        self._menus["scan"].menuAction().setVisible(pane is self.scan)
        self._book["back_to_scan"].setEnabled(pane is self.inspect and self._came_from_scan)
        pane.setFocus()
        self._memory.note()

    def _place(self) -> str:
        return next(place for place in _PLACES if self._book[place].isChecked())

    def _on_demo_filled(self, suspects: tuple[Path, ...]) -> None:
        self.gallery.reload()
        self.scan.reload()
        self.go_to("inspect")
        self.inspect.add_paths(suspects)

    def _make_actions(self) -> None:
        group = QActionGroup(self)
        slots = (self._on_inspect, self._on_gallery, self._on_scan, self._on_settings)
        for number, (place, slot) in enumerate(zip(_PLACES, slots, strict=True), 1):
            action = self._book.add(place, slot, icon_name=place, keys=(f"Ctrl+{number}",))
            action.setCheckable(True)
            group.addAction(action)
        keys = QKeySequence.StandardKey
        back_keys = ("Alt+Left", "Back")
        self._book.add("back_to_scan", self._on_scan, icon_name="scan", keys=back_keys)
        self._book.add("undo", self._on_undo, icon_name="undo", keys=(keys.Undo,))
        self._book.add("redo", self._on_redo, icon_name="redo", keys=("Ctrl+Shift+Z", keys.Redo))
        self._book.add("keys", self._on_keys, icon_name="keys", keys=("F1", "?"))
        quit_keys = (QKeySequence("Ctrl+Q").toString(),)
        self._book.add("quit", self.close, icon_name="quit", keys=quit_keys)

    def _steps_here(self) -> Steps | None:
        if self._scans():
            return self.scan.steps
        return self._steps if self._pages.currentWidget() is self.inspect else None

    def _on_undo(self) -> None:
        steps = self._steps_here()
        if steps is None or not steps.undo():
            self.bar.undo()

    def _on_redo(self) -> None:
        steps = self._steps_here()
        if steps is not None:
            steps.redo()

    def _on_keys(self) -> None:
        pins, zones = self.inspect.pins.editor.keys(), self.gallery.zone_editor.keys()
        others = ("region", "view") if self._scans() else ("scan",)
        menus = [menu for name, menu in self._menus.items() if name not in others]
        self._card.toggle(menus, zones, pins)

    def _on_inspect(self) -> None:
        self.go_to("inspect")

    def _on_gallery(self) -> None:
        self.go_to("gallery")

    def _on_scan(self) -> None:
        self._came_from_scan = False
        self.go_to("scan")

    def _on_photo_wished(self, file: Path) -> None:
        self._came_from_scan = True
        self.go_to("inspect")
        self.inspect.show_file(file)

    def _on_settings(self) -> None:
        self.go_to("settings")

    def _lay_out(self) -> None:
        for pane in (self.inspect, self.gallery, self.scan, self.settings_pane):
            self._pages.addWidget(pane)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Rail(self._book, _PLACES))
        row.addWidget(self._pages, 1)
        whole = QWidget()
        stack = QVBoxLayout(whole)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(middle, 1)
        stack.addWidget(self.bar)
        self.setCentralWidget(whole)
        self.setWindowIcon(icon("touchstone"))

    def _on_setting_changed(self, key: str) -> None:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        if key == "language":
            speak(application, self._settings)
        elif key == "theme":
            theme.apply(application, self._settings.text("theme"))
        elif key == "picture_memory":
            self.memory.set_limit(limit_from_choice(self._settings.text(key)))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Touchstone"))
        self._book.reword(
            {
                "inspect": self.tr("Inspect"),
                "gallery": self.tr("Gallery"),
                "scan": self.tr("Scan"),
                "back_to_scan": self.tr("Back to the scan"),
                "settings": self.tr("Settings"),
                "undo": self.tr("Undo"),
                "redo": self.tr("Redo"),
                "keys": self.tr("Keys"),
                "quit": self.tr("Quit"),
            }
        )
        for name, title in menu_titles().items():
            self._menus[name].setTitle(title)
        self.opening.say_again()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._book.redraw()
        super().changeEvent(event)

    def _on_dropped(self, mime: QMimeData, as_one: bool) -> None:
        if self._takes_references():
            self.gallery.take(mime)
            return
        if self._scans():
            self.scan.take(mime)
            return
        self.go_to("inspect")
        self.inspect.take(mime, as_one=as_one)

    def _takes_references(self) -> bool:
        return self._pages.currentWidget() is self.gallery

    def _scans(self) -> bool:
        return self._pages.currentWidget() is self.scan

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = self._book["back_to_scan"]
        if event.key() == Qt.Key.Key_Escape and back.isEnabled():  # nothing is to be stopped
            back.trigger()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._memory.keep()
        self.scan.finish()
        self.inspect.finish()
        super().closeEvent(event)


def run(workspace_folder: Path, *, demo: bool = False, language: Language | None = None) -> int:
    """Show the window until it is closed; the exit status for the shell.

    Workspace, model and gallery are opened in the background, once the window is there.
    `language` goes before that of the settings, for this time only.
    """
    application = made_application()
    settings, messages = Settings(), Messages()
    if language is not None:
        settings.use("language", language)
    speak(application, settings)
    theme.apply(application, settings.text("theme"))
    report_mistakes(messages)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    bench = WorkspaceBench(workspace_folder, threads=settings.count("threads") or None)
    window = Window(bench, settings, messages, window_state())
    window.show()
    QTimer.singleShot(0, window, lambda: window.start(demo=demo))
    status = application.exec()
    if tasks.stop():
        bench.close()
    return status
