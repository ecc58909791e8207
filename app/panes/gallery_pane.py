"""Gallery: products and sides on the left, their references in the middle, adding on the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.references import (
    REFERENCE_ROLE,
    SIDE_ROLE,
    ReferenceListModel,
    ReferenceRow,
    SideListModel,
    SideRow,
    sides_of,
)
from app.panes.actions import ActionBook
from app.panes.check_page import CheckPage
from app.panes.delegates import SideDelegate
from app.panes.gallery_records import GalleryRecords
from app.panes.intake import SUFFIXES, Source, found_in, offer_from_mime
from app.panes.placeholder import Placeholder
from app.panes.reference_form import ReferenceForm
from app.panes.reference_removal import PutBack, Told
from app.panes.reference_view import ReferenceView
from app.panes.zone_editor import ZoneEditor
from app.side_words import product_and_side, side_word
from app.tasks import Lane, run

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.messages import Messages
    from app.panes.workbench import Added, Workbench
    from vision import Provenance, Reference

ENOUGH: Final = 3  # references of a side, before anything is stated about a suspect


class GalleryPane(QWidget):
    """`changed` tells that references came or went, `listed` every product and side there is."""

    changed = Signal()
    listed = Signal(object)

    def __init__(
        self, bench: Workbench, messages: Messages, demo: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bench, self._messages = bench, messages
        self._pasted = 0
        self._added: list[Added] = []
        self._wanted: tuple[str, str] | None = None
        self.sides, self.references = SideListModel(self), ReferenceListModel(self)
        self.actions_book = ActionBook(self)
        keys, add = QKeySequence.StandardKey, self.actions_book.add
        add("add_references", self.choose_files, icon_name="photo-add", keys=(keys.Open,))
        add("paste_reference", self.paste, icon_name="paste", keys=(keys.Paste,))
        add("remove_reference", self.remove_reference, icon_name="remove", keys=(keys.Delete,))
        add("edit_zones", self.edit_zones, icon_name="zones", keys=("Ctrl+E",))
        add("check_gallery", self.check_gallery, icon_name="looked-at", keys=("Ctrl+K",))
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self.side_list = QListView()
        self.reference_list = ReferenceView(self.references, bench.thumbnails, messages)
        self._title, self._note = QLabel(), QLabel()
        self._zones_button = self.actions_book.button("edit_zones")
        self._zones_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.form = ReferenceForm()
        self.empty = Placeholder((demo,))
        self.zone_editor = ZoneEditor(bench, messages)
        self.check_page = CheckPage(bench, messages)
        self.records = GalleryRecords(bench, messages, self.actions_book)
        self._check_button = self.actions_book.button("check_gallery")
        self._check_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._middle = QStackedWidget()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._refresh()

    def _lay_out(self) -> None:
        left = QFrame()
        left.setObjectName("strip")
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 10, 8, 6)
        column.addWidget(self._search)
        column.addWidget(self.side_list, 1)
        column.addWidget(self.records.button)
        self.side_list.setObjectName("filmstrip")
        self.side_list.setModel(self.sides)
        self.side_list.setItemDelegate(SideDelegate(self, ENOUGH))
        self.side_list.setMouseTracking(True)
        self.side_list.setUniformItemSizes(True)
        shown = QWidget()
        stack = QVBoxLayout(shown)
        stack.setContentsMargins(20, 16, 12, 0)
        self._title.setObjectName("title")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setObjectName("note")
        self._note.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._check_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._zones_button, 0, Qt.AlignmentFlag.AlignTop)
        stack.addLayout(head)
        stack.addWidget(self._note)
        stack.addWidget(self.reference_list, 1)
        self._shown = shown
        self._middle.addWidget(self.empty)
        self._middle.addWidget(shown)
        self._middle.addWidget(self.zone_editor)
        self._middle.addWidget(self.check_page)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for place, (widget, least) in enumerate(
            ((left, 220), (self._middle, 380), (self.form, 280))
        ):
            widget.setMinimumWidth(least)
            splitter.addWidget(widget)
            splitter.setStretchFactor(place, int(place == 1))
        splitter.setSizes([250, 760, 300])
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        outer.addWidget(self.records)
        self.records.lie_over(splitter)

    def _connect(self) -> None:
        self._search.textChanged.connect(self.sides.set_words)
        self.side_list.selectionModel().currentChanged.connect(self._on_side_moved)
        self.reference_list.selectionModel().currentChanged.connect(self._refresh_actions)
        self.sides.modelReset.connect(self._refresh)
        self.form.add_wished.connect(self.add_gathered)
        self.form.files_wished.connect(self.choose_files)
        self.zone_editor.closed.connect(self.show_references)
        self.zone_editor.changed.connect(self.changed)
        self.check_page.closed.connect(self.show_references)
        self.check_page.side_wished.connect(self.show_side)
        self.check_page.remove_wished.connect(self.drop_reference)
        self.changed.connect(self.check_page.set_stale)
        self.records.changed.connect(self.reload)
        self.records.changed.connect(self.changed)
        self.records.moved.connect(self._refresh_actions)

    def reload(self) -> None:
        """Read the gallery anew, in the background."""
        run(
            self._bench.references(),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_references,
            on_failed=self._messages.fail,
        )

    def _on_references(self, references: tuple[Reference, ...]) -> None:
        wanted = self._wanted or self.current_side
        self._wanted = None
        rows = sides_of(references)
        self.sides.set_rows(rows)
        self.form.offer_names(rows)
        self.listed.emit(tuple((row.product, row.side) for row in rows))
        place = self.sides.place_of(*wanted) if wanted else -1
        if self.sides.rowCount():
            self.side_list.setCurrentIndex(self.sides.index(max(place, 0)))
        self._refresh()

    @property
    def current_side(self) -> tuple[str, str] | None:
        """Product and side that are shown."""
        row = self.side_list.currentIndex().data(SIDE_ROLE)
        return (row.product, row.side) if isinstance(row, SideRow) else None

    def edit_zones(self) -> None:
        """Draw zones on the side that is shown."""
        side = self.current_side
        if side is not None:
            self._middle.setCurrentWidget(self.zone_editor)
            self.zone_editor.open(*side)
            self._refresh_actions()

    def check_gallery(self) -> None:
        """Show what should be put right in the gallery."""
        self.zone_editor.leave()
        self._middle.setCurrentWidget(self.check_page)
        self.check_page.open()
        self.check_page.setFocus()
        self._refresh_actions()

    def show_side(self, product: str, side: str) -> None:
        """Show the references of a side."""
        self._search.clear()
        place = self.sides.place_of(product, side)
        self.show_references()
        if place >= 0:
            self.side_list.setCurrentIndex(self.sides.index(place))

    def show_references(self) -> None:
        """Show the references of the side again, instead of its zones."""
        self.zone_editor.leave()
        self._middle.setCurrentWidget(self._shown)
        self._refresh()

    @property
    def is_drawing_zones(self) -> bool:
        """Whether the zones of a side are shown."""
        return self._middle.currentWidget() is self.zone_editor

    def take(self, mime: QMimeData) -> None:
        """Gather what was dropped or pasted; adding it needs product and side."""
        if self.records.take(mime):
            return
        name = self.tr("Pasted picture {number}").format(number=self._pasted + 1)
        offer = offer_from_mime(mime, name)
        self._pasted += len(offer.sources)
        self.form.gather(offer.sources)
        if offer.paths:
            self.add_paths(offer.paths)
        elif not offer.sources:
            self._messages.warn(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "There is no picture in what was dropped or pasted. Drop picture files or "
                    "folders, or copy a picture and paste it.",
                )
            )

    def add_paths(self, paths: tuple[Path, ...]) -> None:
        """Gather files and the pictures in folders."""
        run(
            found_in(paths),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_found,
            on_failed=self._messages.fail,
        )

    def _on_found(self, sources: tuple[Source, ...]) -> None:
        self.form.gather(sources)
        if not all(self.form.names):
            self.form.product.setFocus()

    def choose_files(self) -> None:
        """Let a person choose files."""
        endings = " ".join(f"*{ending}" for ending in sorted(SUFFIXES))
        kinds = f"{self.tr('Pictures')} ({endings});;{self.tr('All files')} (*)"
        title = self.tr("Choose photos of genuine items")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        if names:
            self.add_paths(tuple(Path(name) for name in names))

    def paste(self) -> None:
        """Gather what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def add_gathered(self) -> None:
        """Keep the gathered files as references."""
        product, side = self.form.names
        self.add_references(self.form.sources, product, side, self.form.provenance)
        self.form.clear()

    def add_references(
        self, sources: tuple[Source, ...], product: str, side: str, provenance: Provenance
    ) -> None:
        """Keep files as references of one side, then make them known to the search."""
        self._added = []
        self._wanted = product, side
        self._count = len(sources)
        self.form.set_progress(0, self._count)
        run(
            self._bench.add(sources, product, side, provenance),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_added,
            on_done=self._on_all_added,
            on_failed=self._on_adding_failed,
        )

    def _on_added(self, added: Added) -> None:
        self._added.append(added)
        self.form.set_progress(len(self._added), self._count)
        if added.error is not None:
            self._messages.fail(added.error)

    def _on_all_added(self, _result: None) -> None:
        kept = tuple(added.reference for added in self._added if added.reference is not None)
        self.form.set_progress(1, 1)
        if kept:
            self._messages.say(
                QT_TRANSLATE_NOOP("messages", "References added: {count}."), count=str(len(kept))
            )
        run(
            self._bench.take_up(kept),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_gallery_changed,
            on_failed=self._messages.fail,
        )
        self.reload()

    def _on_adding_failed(self, error: Exception) -> None:
        self.form.set_progress(1, 1)
        self._messages.fail(error)
        self.reload()

    def _on_gallery_changed(self, _result: None) -> None:
        self.changed.emit()

    def remove_reference(self) -> None:
        """Take the chosen reference out of the gallery; it can be undone."""
        row = self.reference_list.currentIndex().data(REFERENCE_ROLE)
        if isinstance(row, ReferenceRow):
            self.drop_reference(row.reference)

    def drop_reference(self, reference: Reference) -> None:
        """Take a reference out of the gallery; it can be undone."""
        run(
            self._bench.drop(reference.id),
            lane=Lane.MODEL,
            owner=self,
            on_done=Told(self.on_removed, reference),
            on_failed=self._messages.fail,
        )

    def on_removed(self, reference: Reference) -> None:
        """A reference is gone; offer to put it back."""
        self._messages.say(
            QT_TRANSLATE_NOOP("messages", "A reference of “{product}”, “{side}” was removed."),
            undo=PutBack(self.add_references, reference),
            product=reference.product,
            side=side_word(reference.side),
        )
        self.reload()
        self.changed.emit()
        if self._middle.currentWidget() is self.check_page:
            self.check_page.check()

    def _on_side_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(SIDE_ROLE) if current.isValid() else None
        if not isinstance(row, SideRow):
            self.reference_list.show_references(())
            return
        if self.is_drawing_zones:
            self.zone_editor.open(row.product, row.side)
        self.reference_list.show_references(row.references)
        self.form.set_names(row.product, row.side)
        self._refresh()

    def _refresh(self) -> None:
        row = self.side_list.currentIndex().data(SIDE_ROLE)
        if isinstance(row, SideRow):
            self._title.setText(product_and_side(row.product, row.side))
            note = self.sides.count_words(row)
            if len(row.references) < ENOUGH:
                more = self.tr("Add {count} more before anything can be stated about a suspect.")
                note = f"{note}. " + more.format(count=ENOUGH - len(row.references))
            self._note.setText(note)
        if not self.sides.all_rows:
            self._middle.setCurrentWidget(self.empty)
        elif self._middle.currentWidget() not in (self.zone_editor, self.check_page):
            self._middle.setCurrentWidget(self._shown)
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        chosen = self.reference_list.currentIndex().isValid()
        are_seen = self._middle.currentWidget() is self._shown and self.records.isHidden()
        self.actions_book["remove_reference"].setEnabled(chosen and are_seen)
        self.actions_book["check_gallery"].setEnabled(bool(self.sides.all_rows))
        self.actions_book["edit_zones"].setEnabled(self.current_side is not None)

    def _retranslate(self) -> None:
        self.actions_book.reword(
            {
                "add_references": self.tr("Add references…"),
                "paste_reference": self.tr("Paste a picture as reference"),
                "remove_reference": self.tr("Remove this reference"),
                "edit_zones": self.tr("Zones of this side"),
                "check_gallery": self.tr("Check the gallery"),
            }
        )
        self._search.setPlaceholderText(self.tr("Find a product or side"))
        self._search.setAccessibleName(self.tr("Find a product or side"))
        self.side_list.setAccessibleName(self.tr("Products and sides"))
        self.reference_list.setAccessibleName(self.tr("References"))
        self.empty.tell(
            "gallery",
            self.tr("The gallery is empty"),
            self.tr(
                "Drop photos of genuine items here, say product and side on the right, and add "
                "them. Or open the demo gallery to look around first."
            ),
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.sides.reword()
            self._refresh()
        elif event.type() == QEvent.Type.PaletteChange:
            self.actions_book.redraw()
        super().changeEvent(event)
