"""Pictures of the window in its states, to be looked at: `python screenshots.py FOLDER [--real]`.

Run it on a screen (or xvfb) of the wanted size; QT_SCALE_FACTOR=2 for a fine one. With --real the
comparisons are real, on the demo gallery; without it they are made up.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QMimeData,
    QPointF,
    Qt,
    QUrl,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

sys.path.append(str(Path(__file__).resolve().parents[2]))

from app import tasks
from app.messages import Messages
from app.models.triage_filter import Grouping
from app.panes.application import made_application, speak
from app.panes.health_plots import PLOTS
from app.panes.pin_draft import On
from app.panes.workspace_bench import WorkspaceBench
from app.places import assets_dir
from app.settings import Settings, window_state
from app.views import theme
from app.views.region_marks import Drawn, DrawnOn
from app.views.viewing import PictureChannel, ViewKind
from app.window import Window
from tests.journeys.fake_bench import FakeBench
from vision import Outcome

LOOKS = (("en", "light"), ("zh_CN", "dark"), ("zh_CN", "light"), ("en", "dark"))


class Camera:
    """Waits for the window to settle and takes its picture."""

    def __init__(self, window: Window, folder: Path, prefix: str) -> None:
        self._window, self._folder, self._prefix = window, folder, prefix

    def take(self, name: str) -> None:
        for _ in range(6):
            QCoreApplication.processEvents()
            time.sleep(0.03)
        file = self._folder / f"{self._prefix}-{name}.png"
        self._window.grab().save(str(file))

    def take_screen(self, name: str) -> None:
        """The whole screen, with menus that lie over the window."""
        for _ in range(6):
            QCoreApplication.processEvents()
            time.sleep(0.03)
        file = self._folder / f"{self._prefix}-{name}.png"
        QGuiApplication.primaryScreen().grabWindow(0).save(str(file))

    def take_card(self, card: QWidget) -> None:
        for _ in range(6):
            QCoreApplication.processEvents()
            time.sleep(0.03)
        card.grab().save(str(self._folder / f"{self._prefix}-keys.png"))

    def wait(self, until: object, seconds: float = 120.0) -> None:
        end = time.monotonic() + seconds
        while not until() and time.monotonic() < end:  # type: ignore[operator]
            QCoreApplication.processEvents()
            time.sleep(0.01)


def fake_photos(folder: Path) -> tuple[Path, ...]:
    """Demo photos under names that say what the fake is to find."""
    photos = sorted((assets_dir() / "demo" / "suspects").iterdir())
    files = []
    for place, outcome in enumerate(Outcome):
        count = {Outcome.DIFFERS: "-4", Outcome.MIXED: "-2"}.get(outcome, "")
        file = folder / f"{outcome}{count}.jpg"
        file.write_bytes(photos[place].read_bytes())
        files.append(file)
    bad = folder / "holiday notes.jpg"
    bad.write_text("not a picture")
    return (files[1], files[0], bad, *files[2:])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--looks", type=int, default=len(LOOKS))
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="touchstone-"))
    application = made_application()
    settings, messages = Settings(home / "settings.ini"), Messages()
    speak(application, settings)
    theme.apply(application, "light")
    photos = home / "photos"
    photos.mkdir()
    bench = WorkspaceBench(home / "workspace") if wanted.real else FakeBench(photos)
    window = Window(bench, settings, messages, window_state(home / "window.ini"))
    area = QGuiApplication.primaryScreen().availableGeometry()
    window.setGeometry(area)
    broken = photos / "scan of the label.jpg"
    broken.write_bytes(next(iter((assets_dir() / "demo" / "suspects").iterdir())).read_bytes()[:99])
    window.show()
    camera = Camera(window, wanted.folder, "start")
    camera.take("empty")
    window.inspect.set_sides(())
    camera.take("unfilled")
    if wanted.real:
        window.start(demo=True)
        camera.wait(lambda: window.inspect.queue.model.rowCount() > 0)
        window.inspect.add_paths((broken,))
    else:
        window.start()
        window.inspect.add_paths(fake_photos(photos))
    queue = window.inspect.queue
    camera.wait(lambda: queue.is_busy)
    camera.take("busy")
    camera.wait(lambda: queue.model.rowCount() and not queue.is_busy, 300)
    for language, look in LOOKS[: wanted.looks]:
        settings.set("language", language)
        settings.set("theme", look)
        tour(window, Camera(window, wanted.folder, f"{language}-{look}"))
    tasks.stop()
    window.close()
    del application


def tour(window: Window, camera: Camera) -> None:
    """Every state worth looking at, in the language and look of now."""
    pane = window.inspect
    window.go_to("inspect")
    seen: set[object] = set()
    for row in pane.queue.model.rows:
        kind = row.outcome or row.state
        if kind in seen:
            continue
        seen.add(kind)
        pane.filmstrip.choose(row.key)
        camera.wait(lambda: not pane.queue.is_busy)
        camera.take(str(row.outcome or row.state.value))
        if row.outcome is Outcome.AGREES:
            pane.regions.next_region()
            camera.take("weakest")
            pane.regions.show_region(0)
        if row.outcome is Outcome.CANNOT_ALIGN:
            pins_tour(window, camera)
        if row.outcome is Outcome.DIFFERS:
            regions_tour(window, camera)
            pane.actions_book["as_taken"].setChecked(True)
            camera.take("as-taken")
            pane.actions_book["as_taken"].setChecked(False)
            views_tour(window, camera)
            measuring_tour(window, camera)
            search_tour(window, camera)
    items_tour(window, camera)
    mime = QMimeData()
    mime.setText("https://example.com/picture.jpg")
    pane.take(mime)
    camera.take("web-address")
    window.go_to("gallery")
    window.gallery.reload()
    camera.wait(lambda: window.gallery.references.rowCount() > 0, 3)
    camera.wait(lambda: all(r.thumbnail for r in window.gallery.references.rows), 5)
    camera.take("gallery")
    if window.gallery.references.rowCount():
        zones_tour(window, camera)
    scan_tour(window, camera)
    health_tour(window, camera)
    window.go_to("settings")
    camera.take("settings")
    assert isinstance(QApplication.instance(), QApplication)


def scan_tour(window: Window, camera: Camera) -> None:
    """Where a scan begins, one that has come to its end, decisions, a filter and groups."""
    window.go_to("scan")
    pane = window.scan
    pane.show_earlier()
    camera.take("scan-start")
    paths = {str(Path(row.path).parent) for row in window.inspect.queue.model.rows if row.path}
    pane.start(tuple(sorted(paths)))
    camera.wait(lambda: not pane.scan.is_under_way and pane.view.is_fed, 300)
    for place, act in enumerate(("differ", "later", "agree")):
        pane.view.go_to(place)
        pane.actions_book[act].trigger()
    camera.wait(lambda: False, 1)  # the small pictures
    camera.take("scan")
    for place, grouping in enumerate(Grouping):
        pane.filters.grouping.setCurrentIndex(place)
        camera.take(f"scan-{grouping.value}")
    pane.filters.grouping.setCurrentIndex(0)
    while pane.decisions.stack.canUndo():
        pane.decisions.stack.undo()


def health_tour(window: Window, camera: Camera) -> None:
    """How the gallery stands: every plot, and one product."""
    window.gallery.actions_book["gallery_health"].trigger()
    page = window.gallery.records.health
    camera.wait(lambda: not page.buttons["stop"].isVisible(), 60)
    page.tiles.tiles["references"].click()
    for plot in PLOTS:
        page.plots.open(plot)
        camera.take(f"health-{plot}")
    names = page.heat.model.names
    page.show_product(names[0] if names else None)
    camera.take("health-product")
    window.gallery.records.leave()


def views_tour(window: Window, camera: Camera) -> None:
    """Every view of the pair, the channels, and what follows the cursor."""
    pane = window.inspect
    desk, book = pane.view, pane.actions_book
    desk.fit()
    for kind in ViewKind:
        desk.choose(kind)
        desk.fit()
        if kind is ViewKind.DIFFERENCE:
            camera.wait(lambda: desk.difference.canvas.is_measured, 60)
        if kind is ViewKind.CONTACT_SHEET:
            camera.wait(lambda: len(desk.sheet.canvases) > 2, 60)
        camera.take(f"view-{kind}")
    pane.regions.next_region()
    camera.take("sheet-region")
    desk.choose(ViewKind.SWIPE)
    book["turn_swipe"].setChecked(True)
    camera.take("swipe-down")
    book["turn_swipe"].setChecked(False)
    desk.fit()
    for channel in (PictureChannel.EDGES, PictureChannel.LOCAL_CONTRAST, PictureChannel.HUE):
        desk.choose_channel(channel)
        camera.wait(lambda: desk.channels_ready, 60)
        camera.take(f"channel-{channel}")
    desk.choose_channel(PictureChannel.COLOUR)
    book["loupe"].setChecked(True)
    canvas = desk.swipe.canvas
    canvas.pointed.emit(canvas.to_picture(QPointF(canvas.width() * 0.6, canvas.height() * 0.4)))
    book["lock_point"].trigger()
    camera.take("loupe-locked")
    canvas.pointed.emit(None)
    book["loupe"].setChecked(False)
    book["lock_point"].trigger()
    menu = window._menus["view"]
    menu.popup(window.mapToGlobal(window.menuBar().geometry().bottomLeft()))
    camera.take_screen("view-menu")
    menu.close()
    desk.choose(ViewKind.SIDE_BY_SIDE)


def measuring_tour(window: Window, camera: Camera) -> None:
    """Rulers in pixels, a line whose length is asked for, and a distance in millimetres."""
    pane, book = window.inspect, window.inspect.actions_book
    measuring, reference = pane.measuring, pane.view.reference
    focus = pane.queue.found(pane.filmstrip.current_key).scene.reference.area
    left, right = focus.center() - QPointF(focus.width() / 3, 0), focus.center()
    book["rulers"].setChecked(True)
    pane.view.fit()
    camera.take("rulers")
    book["known_length"].trigger()
    measuring.tool.drawn.emit(reference, left, right)
    camera.take("known-length")
    measuring.bar.given.emit(50.0)
    book["measure"].trigger()
    measuring.tool.drawn.emit(reference, left, right + QPointF(0, focus.height() / 4))
    camera.take("distance")
    book["measure"].trigger()
    book["rulers"].setChecked(False)
    pane.undo_stack.undo()


def items_tour(window: Window, camera: Camera) -> None:
    """What is seen while files are dragged over the window, and three photos as one item."""
    pane = window.inspect
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(row.path) for row in pane.queue.model.rows])
    veil = window.drops.veil
    veil.offer(window.drops.fields(mime))
    camera.take("dragging")
    veil.hide()
    pane.filmstrip.view.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select
    for place in range(3):
        pane.filmstrip.view.selectionModel().select(pane.queue.model.index(place), flags)
    pane.actions_book["join_item"].trigger()
    camera.take("item")
    pane.undo_stack.undo()


def search_tour(window: Window, camera: Camera) -> None:
    """The pencil for a search, the ranked sides, one chosen by its name, and back."""
    pane, search = window.inspect, window.inspect.search
    pane.actions_book["search_region"].setChecked(True)
    camera.take("search-pencil")
    pane.actions_book["search_region"].setChecked(False)
    area = pane.queue.found(pane.filmstrip.current_key).scene.photo.area
    x, y, wide, high = area.x(), area.y(), area.width() / 3, area.height() / 4
    search.search(((x, y), (x + wide, y), (x + wide, y + high), (x, y + high)))
    camera.wait(lambda: not search.is_busy, 60)
    camera.wait(lambda: all(row.thumbnail for row in search.pane.model.rows), 5)
    camera.take("search-ranked")
    rows = [row for row in search.pane.model.rows if not row.is_compared]
    if rows:
        search.choose(*rows[0].names)
        camera.wait(lambda: not pane.queue.is_busy, 60)
        search.close()
        camera.take("search-chosen")
        search.back_to_automatic()
        camera.wait(lambda: not pane.queue.is_busy, 60)
    search.pane.filter.setText("no such product")
    search.open()
    camera.take("search-no-words")
    search.pane.filter.clear()
    search.close()


def regions_tour(window: Window, camera: Camera) -> None:
    """A region looked at, marked, noted on; one added by hand; the pencil; the key card."""
    pane, book = window.inspect, window.inspect.actions_book
    book["next_region"].trigger()
    camera.take("region")
    book["mark_real_difference"].trigger()
    pane.findings.region_card.note.setText("The seal sits 2 mm lower than on any genuine item.")
    pane.findings.region_card.note.textEdited.emit("")
    for opinion in ("lighting", "genuine_variation"):
        book["next_region"].trigger()
        book[f"mark_{opinion}"].trigger()
    camera.take("regions-marked")
    scene = pane.queue.found(pane.filmstrip.current_key).scene
    middle, side = scene.reference.area.center(), scene.reference.area.width() / 9
    x, y = middle.x() + side, middle.y() - side
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    book["add_region"].setChecked(True)
    camera.take("region-pencil")
    pane.regions.add_region(Drawn(DrawnOn.REFERENCE, corners))
    book["mark_cannot_see"].trigger()
    camera.take("region-added")
    window._book["keys"].trigger()
    camera.take_card(window._card)
    window._book["keys"].trigger()
    window._card.close()
    while pane.undo_stack.canUndo():
        pane.undo_stack.undo()
    pane.regions.show_region(1)


def pins_tour(window: Window, camera: Camera) -> None:
    """Setting pins: none, a first one, four with a chosen one under the magnifier, one too many."""
    editor = window.inspect.pins.editor
    window.inspect.pins.open()
    camera.wait(lambda: editor.buttons["fit"].isEnabled(), 60)
    camera.take("pins")
    areas = {on: canvas._picture.area for on, canvas in editor.canvases.items()}
    for place, (x, y) in enumerate(
        ((0.2, 0.2), (0.8, 0.25), (0.75, 0.8), (0.25, 0.75), (0.5, 0.5))
    ):
        for on, area in areas.items():
            at = area.topLeft() + QPointF(area.width() * x, area.height() * y)
            if on is On.PHOTO or editor.draft.waits_for is not None:
                editor.set_place(on, at)
            if place == 0 and on is On.PHOTO:
                camera.take("pins-first")
    canvas = editor.canvases[On.REFERENCE]
    canvas.setFocus()
    editor.choose(2)
    for _ in range(5):
        canvas.keyPressEvent(
            QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        )
    camera.take("pins-five")
    editor.use()
    camera.wait(lambda: not window.inspect.queue.is_busy, 60)
    camera.take("pins-used")
    window.inspect.undo_stack.undo()
    camera.wait(lambda: not window.inspect.queue.is_busy, 60)


def zones_tour(window: Window, camera: Camera) -> None:
    """The zones of a side: as proposed, and with a tool in hand."""
    window.gallery.edit_zones()
    editor = window.gallery.zone_editor
    camera.wait(editor.buttons["accept"].isEnabled, 20)
    camera.take("zones")
    editor.accept()
    editor.choose(0)
    editor.pick_up("must_match")
    camera.take("zones-drawing")
    editor.pick_up("")
    editor.undo()
    window.gallery.show_references()


if __name__ == "__main__":
    main()
