"""Inspect: photos on the left, suspect and reference in the middle, findings on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.models.photos import OPEN, State
from app.panes.actions import ActionBook
from app.panes.comparing_desk import ComparingDesk
from app.panes.filmstrip import Filmstrip
from app.panes.finding_book import FindingBook
from app.panes.findings_panel import FindingsPanel
from app.panes.folder_watch import FolderWatch
from app.panes.intake import Source
from app.panes.item_work import ItemWork
from app.panes.kept_spot import KeptSpot
from app.panes.list_keeper import ListKeeper
from app.panes.measuring import Measuring
from app.panes.photo_intake import PhotoIntake
from app.panes.photo_queue import PhotoQueue
from app.panes.photo_removal import remove_photo
from app.panes.pin_work import PinWork
from app.panes.placeholder import Placeholder
from app.panes.reference_steps import ReferenceSteps
from app.panes.region_work import RegionWork
from app.panes.search_work import SearchWork
from app.panes.sight_bar import SightBar
from app.panes.state_notice import StateNotice
from app.panes.view_tools import ViewTools
from app.tasks import Lane, Ticket, run
from app.views.pixels import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QUndoStack

    from app.messages import Messages
    from app.panes.workbench import Inspected, Workbench
    from app.settings import Settings
    from app.views.picture_memory import PictureMemory
    from app.views.scene import Scene

_ZOOM_STEP: Final = 1.25
_SHARP: Final = "sharp"  # of the keys of pictures in memory: as sharp as the file is


class InspectPane(QWidget):
    """Where photos are dropped and looked at.

    `demo_wished` asks for the demo gallery, `gallery_wished` for the place of the gallery.
    """

    demo_wished = Signal()
    gallery_wished = Signal()

    def __init__(
        self,
        bench: Workbench,
        settings: Settings,
        messages: Messages,
        memory: PictureMemory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._messages, self._memory = bench, messages, memory
        self._is_unfilled = False
        self._sharpening: Ticket | None = None
        self._shown: Inspected | None = None
        self._sighted: Scene | None = None
        self.queue = PhotoQueue(bench, messages, memory, self)
        self.watch = FolderWatch(settings, bench.folder, messages, self)
        self.intake = PhotoIntake(self.watch, messages, self)
        self.keeper = ListKeeper(self.queue, bench.folder, messages, self)
        self.actions_book = ActionBook(self)
        self._make_actions()
        book = self.actions_book
        findings = FindingBook(bench, messages, self)
        self.regions = RegionWork(findings, book, self.queue, messages, self)
        self.measuring = Measuring(bench, book, messages, self)
        self.steps = ReferenceSteps(bench, book, messages, self)
        self.items = ItemWork(bench, self.queue, book, messages, self)
        self.search = SearchWork(bench, book, self.queue, findings.stack, messages, self)
        self.pins = PinWork(bench, book, self.queue, findings.stack, messages, self)
        self.filmstrip = Filmstrip(self.queue, self.watch, book)
        self.findings = FindingsPanel(book)
        self.view = ComparingDesk(bench.contact_sheet)
        self._spot = KeptSpot(self.view)
        self.tools = ViewTools(book, self.view)
        self.regions.attach(self.view, self.findings, self.filmstrip)
        self.measuring.attach(self.view, self.undo_stack)
        self.steps.attach(self.view)
        self.items.attach(self.filmstrip, self.undo_stack)
        self.search.attach(self.view, self.filmstrip)
        self.pins.attach(self.filmstrip)
        self.empty = Placeholder((book["add_photos"], book["add_folder"], book["demo"]))
        self.unfilled = Placeholder((book["demo"], book["fill_gallery"]))
        self.notice = StateNotice()
        self.sight_bar = SightBar()
        self._middle, self._right = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        self._retranslate()
        self.regions.refresh_actions()
        self._refresh()

    def _make_actions(self) -> None:
        keys, add = QKeySequence.StandardKey, self.actions_book.add
        add("add_photos", self.intake.choose_photos, icon_name="photo-add", keys=(keys.Open,))
        add("add_folder", self.intake.choose_folder, icon_name="folder", keys=("Ctrl+Shift+O",))
        add("watch_folder", self.intake.choose_watched, icon_name="watch", keys=("Ctrl+Shift+W",))
        add("unwatch_folder", self.intake.stop_watching, icon_name="close", keys=("Ctrl+Shift+U",))
        add("paste", self.intake.paste, icon_name="paste", keys=(keys.Paste,))
        add("demo", self.demo_wished.emit, icon_name="demo", keys=("Ctrl+D",))
        add("fill_gallery", self.gallery_wished.emit, icon_name="gallery", keys=("Ctrl+G",))
        add("again", self.inspect_again, icon_name="again", keys=("R",))
        add("stop", self._on_stop, icon_name="stop", keys=("Esc",))
        add("go_on", self.queue.go_on_with_stopped, icon_name="go-on", keys=("Shift+R",))
        add("remove", self.remove_photo, icon_name="remove", keys=(keys.Delete,))
        add("next_photo", self._next_photo, icon_name="next", keys=("PgDown",))
        add("previous_photo", self._previous_photo, icon_name="previous", keys=("PgUp",))
        add("as_taken", self._on_as_taken, icon_name="as-taken", keys=("T",), checked=False)
        add("unjudged", self._on_unjudged, icon_name="unjudged", keys=("H",), checked=True)
        add("outlines", self._on_outlines, icon_name="outlines", keys=("O",), checked=True)
        add("zoom_out", self._on_zoom_out, icon_name="zoom-out", keys=("-",))
        add("zoom_in", self._on_zoom_in, icon_name="zoom-in", keys=("+", "="))
        add("fit", self._on_fit, icon_name="fit", keys=("F",))
        add("real_pixels", self._on_real_pixels, icon_name="one-to-one", keys=("0",))

    def _lay_out(self) -> None:
        seen = QWidget()
        stack = QVBoxLayout(seen)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.sight_bar)
        stack.addWidget(self.tools)
        stack.addWidget(self.measuring.bar)
        stack.addWidget(self.view, 1)
        for page in (self.empty, self.unfilled, self.notice, seen, self.pins.editor):
            self._middle.addWidget(page)
        self._seen = seen
        for page in (self.findings, self.search.pane):
            self._right.addWidget(page)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for place, (widget, least) in enumerate(
            ((self.filmstrip, 200), (self._middle, 420), (self._right, 320))
        ):
            widget.setMinimumWidth(least)
            splitter.addWidget(widget)
            splitter.setStretchFactor(place, int(place == 1))
        splitter.setSizes([256, 764, 350])
        self.splitter = splitter
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    def _connect(self) -> None:
        self.intake.found.connect(self._add)
        self.watch.arrived.connect(self._on_arrived)
        self.watch.changed.connect(self._refresh_actions)
        self.keeper.ready.connect(self.watch.start)
        self.keeper.written.connect(self.watch.on_written)
        self.filmstrip.photo_chosen.connect(self._on_photo_chosen)
        self.filmstrip.photo_chosen.connect(self.keeper.choose)
        self.keeper.restored.connect(self._on_restored)
        self.queue.settled.connect(self._on_settled)
        self.queue.model.dataChanged.connect(self._refresh)
        self.queue.model.rowsInserted.connect(self._refresh)
        self.queue.model.rowsRemoved.connect(self._refresh)
        self.queue.progressed.connect(self._refresh_actions)
        self.findings.candidate_chosen.connect(self.search.choose)
        self.findings.traits.attach(self.view)
        self.search.changed.connect(self._refresh)
        self.pins.changed.connect(self._refresh)

    def set_sides(self, sides: tuple[tuple[str, str], ...]) -> None:
        """The gallery holds these products and sides."""
        self._is_unfilled = not sides
        self.findings.set_sides(sides)
        self.queue.model.set_sides(sides)
        self.search.set_sides(sides)
        self._refresh()

    def _on_restored(self, key: int) -> None:
        if not self.filmstrip.current_key:
            self.filmstrip.choose(key)

    def take(self, mime: QMimeData, *, as_one: bool = False) -> None:
        """Take what was dropped or pasted, as single photos or as the sides of one item."""
        self.intake.take(mime, as_one=as_one)

    def add_paths(self, paths: tuple[Path, ...]) -> None:
        """Add files and the pictures in folders; folders are looked through in the background."""
        self.intake.add_paths(paths)

    def show_file(self, file: Path) -> None:
        """Show the photo in a file, which is added where it is not in the list."""
        key = self.queue.key_of(file)
        if key:
            self.filmstrip.choose(key)
        else:
            self._add((Source(file.name, path=file),), "", is_held=False)

    def _add(self, sources: tuple[Source, ...], item: str, is_held: bool) -> None:
        had_none = not self.filmstrip.current_key
        keys = self.queue.add(sources, item=item, is_held=is_held)
        if keys and (had_none or len(sources) == 1):
            self.filmstrip.choose(keys[0])

    def _on_arrived(self, sources: tuple[Source, ...]) -> None:
        """New pictures of the watched folder; whoever looks at a photo goes on looking at it."""
        for source in sources:
            known = self.queue.key_of(source.path)
            if known:  # another picture under the same name
                self.queue.again(known)
        keys = self.queue.add(tuple(s for s in sources if not self.queue.key_of(s.path)))
        if keys and not self.filmstrip.current_key:
            self.filmstrip.choose(keys[0])

    def inspect_again(self) -> None:
        """Inspect the chosen photo once more."""
        self.queue.again(self.filmstrip.current_key)

    def remove_photo(self) -> None:
        """Take the chosen photo off the list; it can be undone."""
        remove_photo(self.queue, self.filmstrip.current_key, self.undo_stack, self._messages)

    @property
    def undo_stack(self) -> QUndoStack:
        """Everything done here that can be undone, in one line."""
        return self.regions.book.stack

    def finish(self) -> None:
        """Keep what there is to keep, before the program ends."""
        self.regions.finish()
        self.items.keep()
        self.keeper.finish()

    def _next_photo(self) -> None:
        self.filmstrip.step(1)

    def _previous_photo(self) -> None:
        self.filmstrip.step(-1)

    def _on_as_taken(self, wanted: bool) -> None:
        self.view.set_as_taken(wanted)

    def _on_unjudged(self, wanted: bool) -> None:
        self.view.set_hatch_shown(wanted)

    def _on_outlines(self, wanted: bool) -> None:
        self.view.set_marks_shown(wanted)

    def _on_zoom_in(self) -> None:
        self.view.zoom(_ZOOM_STEP)

    def _on_zoom_out(self) -> None:
        self.view.zoom(1 / _ZOOM_STEP)

    def _on_fit(self) -> None:
        self.view.fit()

    def _on_real_pixels(self) -> None:
        self.view.show_real_pixels()

    def _on_stop(self) -> None:
        """Stop what was asked for last: a search, else the inspections."""
        if not self.search.stop():
            self.intake.hold()
            self.queue.stop()

    def _on_photo_chosen(self, key: int) -> None:
        row = self.queue.row(key)
        if row is not None and row.state is State.DONE and self.queue.found(key) is None:
            self.queue.again(key)
        self.queue.sights.want(key)
        self._refresh()

    def _on_settled(self, key: int) -> None:
        if key == self.filmstrip.current_key:
            self._refresh()

    def _refresh(self) -> None:
        key = self.filmstrip.current_key
        self._memory.set_in_view(key, (_SHARP, key))
        row = self.queue.row(key)
        found = self.queue.found(key) if row is not None and row.state is State.DONE else None
        sight = self.queue.sights.scene(key) if row is not None and row.state in OPEN else None
        self.sight_bar.setVisible(sight is not None)
        if row is None:
            self._middle.setCurrentWidget(self.unfilled if self._is_unfilled else self.empty)
        elif sight is not None:
            words = self.queue.model.state_words(row)
            self.sight_bar.tell(words, row.faults, busy=row.state is not State.WAITING)
            self._middle.setCurrentWidget(self._seen)
        elif found is None:
            self.notice.tell_of(row, self.queue.model.state_words(row))
            self._middle.setCurrentWidget(self.notice)
        else:
            self._middle.setCurrentWidget(self._seen)
        if found is not self._shown or (sight is None and self._sighted is not None):
            self._show_found(found)
        if sight is not self._sighted:
            self._sighted = sight
            if sight is not None:
                self.view.show_scene(sight)
        self.search.take(key, found)
        self.pins.take(key, found)
        if self.pins.is_open:
            self._middle.setCurrentWidget(self.pins.editor)
        searches = self.search.is_open and row is not None
        self._right.setCurrentWidget(self.search.pane if searches else self.findings)
        self._right.setVisible((found is not None or searches) and not self.pins.is_open)
        self._refresh_actions()

    def _show_found(self, found: Inspected | None) -> None:
        self._shown = found
        if self._sharpening is not None:
            self._sharpening.cancel()
            self._sharpening = None
        self.findings.show_inspected(found)
        self.measuring.take(found)
        if found is None:
            self._spot.show(None)
            self.regions.take(0, None)
            self.steps.take(None)
            return
        self._spot.show(found)
        self.steps.take(found)
        self.regions.take(self.filmstrip.current_key, found)
        if found.inspection.photo.scale > 1:
            self._sharpen(self.filmstrip.current_key)

    def _sharpen(self, key: int) -> None:
        sharp, source = self._memory.get((_SHARP, key)), self.queue.source(key)
        if isinstance(sharp, Picture):
            self.view.sharpen(sharp)
        elif source is not None:
            self._sharpening = run(
                self._bench.sharp(source),
                lane=Lane.FILES,
                owner=self,
                on_done=self._on_sharp,
                on_failed=self._messages.fail,
            )

    def _on_sharp(self, picture: Picture) -> None:
        """Of the photo that is shown: it was cancelled for others."""
        self._memory.put((_SHARP, self.filmstrip.current_key), picture, (picture,))
        self.view.sharpen(picture)

    def _refresh_actions(self) -> None:
        book, row = self.actions_book, self.queue.row(self.filmstrip.current_key)
        under_way = row is not None and row.state in (State.READING, State.COMPARING)
        for name in ("remove", "next_photo", "previous_photo"):
            book[name].setEnabled(row is not None)
        book["again"].setEnabled(row is not None and not under_way)
        self.items.refresh_actions()
        book["unwatch_folder"].setEnabled(self.watch.folder is not None)
        book["go_on"].setEnabled(self.queue.has_stopped)
        book["stop"].setEnabled(self.queue.is_busy or self.search.is_busy)
        self.search.refresh_actions()

    def _retranslate(self) -> None:
        self.actions_book.reword(
            {
                "add_photos": self.tr("Add photos…"),
                "add_folder": self.tr("Add a folder…"),
                "watch_folder": self.tr("Watch a folder…"),
                "unwatch_folder": self.tr("Stop watching the folder"),
                "paste": self.tr("Paste a picture"),
                "demo": self.tr("Open the demo gallery"),
                "fill_gallery": self.tr("Add genuine items…"),
                "again": self.tr("Inspect again"),
                "stop": self.tr("Stop"),
                "go_on": self.tr("Go on with the rest"),
                "remove": self.tr("Take off the list"),
                "next_photo": self.tr("Next photo"),
                "previous_photo": self.tr("Previous photo"),
                **self.items.words(),
                **self.measuring.words(),
                **self.pins.words(),
                **self.steps.words(),
                **self.regions.words(),
                **self.search.words(),
                "as_taken": self.tr("Show the photo as taken"),
                "unjudged": self.tr("Hatch what could not be judged"),
                "outlines": self.tr("Show outlines and numbers"),
                "zoom_in": self.tr("Zoom in"),
                "zoom_out": self.tr("Zoom out"),
                "fit": self.tr("Fit the whole picture"),
                "real_pixels": self.tr("Actual pixels (1:1)"),
            }
        )
        self.actions_book.shorten(
            {
                "as_taken": self.tr("As taken"),
                "unjudged": self.tr("Not judged"),
                "outlines": self.tr("Outlines"),
                **self.regions.short_words(),
                **self.search.short_words(),
            }
        )
        self.unfilled.tell(
            "gallery",
            self.tr("Start with genuine items"),
            self.tr(
                "Touchstone compares photos of a suspect item with photos of genuine ones, and "
                "your gallery has none yet. Add some, three or more of each side, then drop photos "
                "of suspect items here. Or open the demo gallery to look around."
            ),
        )
        self.empty.tell(
            "drop",
            self.tr("Drop photos of a suspect item here"),
            self.tr(
                "Files, folders, or a picture copied from anywhere. Touchstone finds the genuine "
                "product in the gallery, lays the two on each other, and marks what differs."
            ),
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._refresh()
        elif event.type() == QEvent.Type.PaletteChange:
            self.actions_book.redraw()
        super().changeEvent(event)
