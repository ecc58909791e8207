"""Gallery: products and sides on the left, their references in the middle, adding on the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
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
from app.panes.check_mends import CheckMends
from app.panes.check_page import CheckPage
from app.panes.gallery_changes import GalleryChanges
from app.panes.gallery_forms import GalleryForms
from app.panes.gallery_lists import SideList
from app.panes.gallery_records import GalleryRecords
from app.panes.ghost_work import GhostWork
from app.panes.import_page import ImportPage, table_in
from app.panes.move_bar import MoveBar
from app.panes.placeholder import Placeholder
from app.panes.prepare_editor import PrepareEditor
from app.panes.reference_acts import ReferenceActs
from app.panes.reference_adding import ReferenceAdding
from app.panes.reference_form import ReferenceForm
from app.panes.reference_view import ReferenceView
from app.panes.trait_editor import TraitEditor
from app.panes.zone_editor import ZoneEditor
from app.side_words import product_and_side, side_word
from app.store import gaps
from app.tasks import Lane, run

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.messages import Messages
    from app.panes.intake import Source
    from app.panes.trainer_bench import Facts
    from app.panes.workbench import Workbench
    from app.store import Changes
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
        self._wanted: tuple[str, str] | None = None
        self.form = ReferenceForm()
        self.forms = GalleryForms(self.form)
        GhostWork(bench.trainer, messages, self.form, self.form.ghost, self)
        self._adding = ReferenceAdding(bench, messages, self.form, self)
        self.sides, self.references = SideListModel(self), ReferenceListModel(self)
        self.actions_book = ActionBook(self)
        keys, add = QKeySequence.StandardKey, self.actions_book.add
        add("add_references", self._adding.choose_files, icon_name="photo-add", keys=(keys.Open,))
        add("paste_reference", self._adding.paste, icon_name="paste", keys=(keys.Paste,))
        add("import_table", self.import_table, icon_name="table", keys=("Ctrl+Shift+I",))
        add("remove_reference", self.remove_reference, icon_name="remove", keys=(keys.Delete,))
        add("edit_zones", self.edit_zones, icon_name="zones", keys=("Ctrl+E",))
        add("edit_traits", self.edit_traits, icon_name="trait", keys=("Ctrl+Shift+E",))
        add("check_gallery", self.check_gallery, icon_name="looked-at", keys=("Ctrl+K",))
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self.side_list = SideList(self.sides, ENOUGH)
        self.reference_list = ReferenceView(self.references, bench.thumbnails, messages)
        self.changes = GalleryChanges(bench.trainer, messages, self)
        self.move_bar = MoveBar()
        self._title, self._note = QLabel(), QLabel()
        self.chosen_acts = ReferenceActs(
            self.actions_book, self.reference_list, self.move_bar, self.changes, self
        )
        self._zones_button = self.actions_book.button("edit_zones")
        self._zones_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.empty = Placeholder((demo,))
        self.zone_editor = ZoneEditor(bench, messages)
        self.check_page = CheckPage(bench, messages)
        self._mends = CheckMends(self.sides, self.show_side, self.reference_list, self.forms, self)
        self.prepare_editor = PrepareEditor(bench.trainer, self.changes, messages)
        self.import_page = ImportPage(bench.trainer, self.changes, messages)
        self.trait_editor = TraitEditor(bench.trainer, self.changes, messages)
        self._editors = (self.prepare_editor, self.import_page, self.trait_editor)
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
        column.addWidget(self.records.entrance)
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
        stack.addWidget(self.move_bar)
        stack.addWidget(self.reference_list, 1)
        for name in ("first_reference", "straighten", "move_reference", "remove_reference"):
            self.reference_list.addAction(self.actions_book[name])
        self._shown = shown
        pages = (self.empty, shown, self.zone_editor, self.check_page, *self._editors)
        for page in pages:
            self._middle.addWidget(page)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for place, (widget, least) in enumerate(
            ((left, 220), (self._middle, 380), (self.forms, 300))
        ):
            widget.setMinimumWidth(least)
            splitter.addWidget(widget)
            splitter.setStretchFactor(place, int(place == 1))
        splitter.setSizes([250, 760, 300])
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)
        outer.addWidget(self.records)
        self.records.lie_over(splitter, self.side_list)

    def _connect(self) -> None:
        self._search.textChanged.connect(self.sides.set_words)
        self.side_list.selectionModel().currentChanged.connect(self._on_side_moved)
        self.reference_list.selectionModel().selectionChanged.connect(self._refresh_actions)
        self.side_list.references_dropped.connect(self.chosen_acts.take)
        self.reference_list.chosen_changed.connect(self.forms.show_references)
        self.forms.said.connect(self.changes.say)
        self.forms.product_said.connect(self.changes.set_product)
        self.forms.proof_chosen.connect(self.changes.add_proof)
        self.forms.policy.wished.connect(self.changes.set_policy)
        self.chosen_acts.straighten_wished.connect(self._on_straighten_wished)
        self.changes.changed.connect(self._on_changes_made)
        self.changes.went_to.connect(self._on_went_to)
        self._adding.kept.connect(self.reload)
        self._adding.known.connect(self.changed)
        self.sides.modelReset.connect(self._refresh)
        self.form.add_wished.connect(self.add_gathered)
        self.form.files_wished.connect(self._adding.choose_files)
        self.zone_editor.closed.connect(self.show_references)
        self.zone_editor.changed.connect(self.changed)
        for editor in self._editors:
            editor.closed.connect(self.show_references)
        self.changes.changed.connect(self.trait_editor.reload)
        self.import_page.imported.connect(self._on_changes_made)
        self.check_page.closed.connect(self.show_references)
        self.check_page.side_wished.connect(self.show_side)
        self.check_page.remove_wished.connect(self.drop_reference)
        self.check_page.move_wished.connect(self.changes.move)
        self.check_page.mending_wished.connect(self._mends.lead)
        self.changed.connect(self.check_page.set_stale)
        self.records.changed.connect(self.reload)
        self.records.changed.connect(self.changed)
        self.records.side_wished.connect(self.show_side)
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

    def _on_facts(self, facts: Facts) -> None:
        self.forms.set_facts(facts)
        self._show_gaps()

    def _show_gaps(self) -> None:
        every = [each for row in self.sides.all_rows for each in row.references]
        facts = self.forms.facts
        self.sides.set_gaps(gaps(facts.policy, facts.products, every))
        self._refresh()

    def _on_references(self, references: tuple[Reference, ...]) -> None:
        wanted = self._wanted or self.current_side
        self._wanted = None
        chosen = [each.id for each in self.reference_list.chosen]
        rows = sides_of(references)
        self.sides.set_rows(rows)
        self.form.offer_names(rows)
        self.move_bar.offer_names(rows)
        self._show_gaps()
        run(self._bench.trainer.facts(), lane=Lane.FILES, owner=self, on_done=self._on_facts)
        self.listed.emit(tuple((row.product, row.side) for row in rows))
        place = self.sides.place_of(*wanted) if wanted else -1
        if self.sides.rowCount():
            self.side_list.setCurrentIndex(self.sides.index(max(place, 0)))
            self.reference_list.choose(chosen)
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

    def edit_traits(self) -> None:
        """Say what to look at on the side that is shown."""
        side = self.current_side
        if side is not None:
            self._middle.setCurrentWidget(self.trait_editor)
            self.trait_editor.open(*side)
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
        table = table_in(mime)
        if self.records.take(mime):
            return
        if table is not None:
            self._middle.setCurrentWidget(self.import_page)
            self.import_page.open(table)
        else:
            self._adding.take(mime)

    def import_table(self) -> None:
        """Let a person choose a table of pictures, and show what it holds."""
        if self.import_page.choose():
            self._middle.setCurrentWidget(self.import_page)

    def add_gathered(self) -> None:
        """Keep the gathered files as references."""
        product, side = self.form.names
        self.add_references(self.form.sources, product, side, self.form.provenance)
        self.form.clear()

    def add_references(
        self, sources: tuple[Source, ...], product: str, side: str, provenance: Provenance
    ) -> None:
        """Keep files as references of one side, then make them known to the search."""
        self._wanted = product, side
        self._adding.add(sources, product, side, provenance)

    def remove_reference(self) -> None:
        """Take the chosen reference out of the gallery; it can be undone."""
        row = self.reference_list.currentIndex().data(REFERENCE_ROLE)
        if isinstance(row, ReferenceRow):
            self.drop_reference(row.reference)

    def _on_went_to(self, product: str, side: str) -> None:
        self._wanted = product, side

    def _on_straighten_wished(self, reference: Reference) -> None:
        self._middle.setCurrentWidget(self.prepare_editor)
        self.prepare_editor.open(reference)
        self._refresh_actions()

    def _on_changes_made(self) -> None:
        """References were moved, described or prepared: small pictures may be others now."""
        self.reference_list.forget()
        self.reload()
        self.changed.emit()
        if self._middle.currentWidget() is self.check_page:
            self.check_page.check()

    def drop_reference(self, reference: Reference) -> None:
        """Take a reference out of the gallery; it can be undone."""
        run(
            self._bench.drop(reference.id),
            lane=Lane.MODEL,
            owner=self,
            on_done=partial(self._on_removed, reference),
            on_failed=self._messages.fail,
        )

    def _on_removed(self, reference: Reference, changes: Changes) -> None:
        self._messages.say(
            QT_TRANSLATE_NOOP("messages", "A reference of “{product}”, “{side}” was removed."),
            undo=partial(self.changes.take_back, changes),
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
        if self._middle.currentWidget() is self.prepare_editor:
            self.show_references()
        self.reference_list.show_references(row.references)
        self.form.set_names(row.product, row.side)
        self.forms.show_side((row.product, row.side))
        self._refresh()

    def _refresh(self) -> None:
        row = self.side_list.currentIndex().data(SIDE_ROLE)
        if isinstance(row, SideRow):
            self._title.setText(product_and_side(row.product, row.side))
            note = self.sides.count_words(row)
            missing = self.sides.missing_words(row)
            if len(row.references) < ENOUGH:
                more = self.tr("Add {count} more before anything can be stated about a suspect.")
                note = f"{note}. " + more.format(count=ENOUGH - len(row.references))
            if missing:
                note = f"{note}\n{missing}"
            self._note.setText(note)
        if not self.sides.all_rows:
            self._middle.setCurrentWidget(self.empty)
        elif self._middle.currentWidget() in (self.empty, self._shown):
            self._middle.setCurrentWidget(self._shown)
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        chosen = self.reference_list.chosen
        are_seen = self._middle.currentWidget() is self._shown and self.records.isHidden()
        self.actions_book["remove_reference"].setEnabled(len(chosen) == 1 and are_seen)
        self.chosen_acts.refresh(is_possible=are_seen)
        self.actions_book["check_gallery"].setEnabled(bool(self.sides.all_rows))
        for name in ("edit_zones", "edit_traits"):
            self.actions_book[name].setEnabled(self.current_side is not None)

    def _retranslate(self) -> None:
        self.actions_book.reword(
            {
                "add_references": self.tr("Add references…"),
                "paste_reference": self.tr("Paste a picture as reference"),
                "remove_reference": self.tr("Remove this reference"),
                **self.chosen_acts.words(),
                "edit_traits": self.tr("What to look at on this side"),
                "import_table": self.tr("Import a table…"),
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
