"""The gallery judged: what should be put right, with the pictures concerned beside each other.

What its rules ask for and is not there is listed last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.flaws import FLAW_ROLE, FlawListModel
from app.models.references import REFERENCE_ROLE, ReferenceListModel, ReferenceRow
from app.panes.check_mends import mending_of
from app.panes.delegates import REFERENCE_CELL, ReferenceDelegate
from app.panes.tool_row import ToolRow
from app.store import Gap, gaps
from app.tasks import Lane, Ticket, run
from vision import CheckStage, Flaw, Mend

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtGui import QImage

    from app.messages import Messages
    from app.panes.trainer_bench import Facts
    from app.panes.workbench import Workbench
    from vision import CheckStep, Reference

_ICONS: Final = {
    "back": "previous",
    "again": "again",
    "stop": "stop",
    "show": "gallery",
    "say": "pencil",
    "add": "photo-add",
    "move": "move",
    "remove": "remove",
}


class CheckPage(QWidget):
    """`side_wished` asks for the references of a product and side; `closed` to go back there.

    `remove_wished` asks to take a reference out of the gallery, `move_wished` to move some to a
    product and side, `mending_wished` to be led to the form where a Mending is done.
    """

    closed = Signal()
    side_wished = Signal(str, str)
    remove_wished = Signal(object)
    move_wished = Signal(object, str, str)
    mending_wished = Signal(object)

    def __init__(self, bench: Workbench, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._messages = bench, messages
        self._checking: Ticket | None = None
        self._picturing: Ticket | None = None
        self._step: CheckStep | None = None
        self._references: dict[str, Reference] = {}
        self._gaps: tuple[Gap, ...] = ()
        self._was_checked = False
        self.flaws, self.pictures = FlawListModel(self), ReferenceListModel(self)
        self.flaw_list, self.picture_list = QListView(), QListView()
        self.tools = ToolRow(_ICONS, gap_after=("stop",))
        self.buttons = self.tools.buttons
        self._title, self._note, self._bar = QLabel(), QLabel(), QProgressBar()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._refresh()

    def _lay_out(self) -> None:
        self._title.setObjectName("title")
        self._note.setObjectName("note")
        self._note.setWordWrap(True)
        self._bar.setTextVisible(False)
        self.flaw_list.setModel(self.flaws)
        self.flaw_list.setWordWrap(True)
        self.flaw_list.setResizeMode(QListView.ResizeMode.Adjust)
        self.flaw_list.setSpacing(3)
        self.flaw_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        pictures = self.picture_list
        pictures.setObjectName("filmstrip")
        pictures.setModel(self.pictures)
        pictures.setViewMode(QListView.ViewMode.IconMode)
        pictures.setResizeMode(QListView.ResizeMode.Adjust)
        pictures.setMovement(QListView.Movement.Static)
        pictures.setItemDelegate(ReferenceDelegate(self))
        pictures.setGridSize(REFERENCE_CELL)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 12, 0)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self.tools)
        whole.addWidget(self._note)
        whole.addWidget(self._bar)
        whole.addWidget(self.flaw_list, 3)
        whole.addWidget(self.picture_list, 2)
        self.setFocusProxy(self.flaw_list)

    def _connect(self) -> None:
        acts = {
            "back": self._on_back,
            "again": self.check,
            "stop": self.stop,
            "show": self._on_show,
            "say": self._on_mend,
            "add": self._on_mend,
            "move": self._on_move,
            "remove": self._on_remove,
        }
        self.tools.connect_to(acts)
        self.flaw_list.selectionModel().currentChanged.connect(self._on_flaw_moved)
        self.flaw_list.activated.connect(self._on_show)
        self.picture_list.selectionModel().currentChanged.connect(self._refresh)

    @property
    def note(self) -> str:
        """How far the check is, or what it found."""
        return self._note.text()

    def open(self) -> None:
        """Check the gallery, unless that has been done."""
        if not self._was_checked and self._checking is None:
            self.check()

    def check(self) -> None:
        """Check the gallery; what was found before is looked up, not computed again."""
        self.stop()
        self.flaws.set_flaws((), {})
        self.pictures.set_rows(())
        self._step = None
        self._checking = run(
            _known(self._bench),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_known,
            on_failed=self._on_failed,
        )
        self._refresh()

    def stop(self) -> None:
        """Stop checking; what was computed is kept for the next time."""
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
            self._refresh()

    def set_stale(self) -> None:
        """The gallery has changed: the next time it is opened, it is checked anew."""
        self._was_checked = False

    def _on_known(self, known: tuple[tuple[Reference, ...], Facts]) -> None:
        references, facts = known
        self._references = {one.id: one for one in references}
        self._gaps = gaps(facts.policy, facts.products, references)
        self._checking = run(
            self._bench.check_gallery(),
            lane=Lane.MODEL,
            owner=self,
            on_step=self._on_step,
            on_done=self._on_done,
            on_failed=self._on_failed,
        )

    def _on_step(self, step: CheckStep) -> None:
        self._step = step
        self._refresh()

    def _on_done(self, _result: None) -> None:
        self._checking, self._was_checked = None, True
        found = self._step.flaws if self._step is not None else ()
        known = tuple(one for one in found if all(r in self._references for r in one.references))
        self.flaws.set_flaws(known, self._references, self._gaps)
        if self.flaws.rowCount():
            self.flaw_list.setCurrentIndex(self.flaws.index(0))
        self._refresh()

    def _on_failed(self, error: Exception) -> None:
        self._checking = None
        self._messages.fail(error)
        self._refresh()

    def _current(self) -> Flaw | Gap | None:
        found = self.flaw_list.currentIndex().data(FLAW_ROLE)
        return found if isinstance(found, Flaw | Gap) else None

    def _on_flaw_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._picturing is not None:
            self._picturing.cancel()
        flaw = current.data(FLAW_ROLE) if current.isValid() else None
        ids = flaw.references if isinstance(flaw, Flaw | Gap) else ()
        ids += flaw.beside if isinstance(flaw, Flaw) else ()
        shown = tuple(
            self._references[one] for one in dict.fromkeys(ids) if one in self._references
        )
        self.pictures.set_rows(tuple(ReferenceRow(one, None) for one in shown))
        if shown:
            self.picture_list.setCurrentIndex(self.pictures.index(0))
        self._picturing = run(
            self._bench.thumbnails(shown),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_thumbnail,
            on_failed=self._messages.fail,
        )
        self._refresh()

    def _on_thumbnail(self, read: tuple[str, QImage]) -> None:
        self.pictures.set_thumbnail(*read)

    def _on_back(self) -> None:
        self.closed.emit()

    def _on_show(self) -> None:
        picture, flaw = self._picture(), self._current()
        if picture is not None:
            self.side_wished.emit(picture.product, picture.side)
        elif flaw is not None:
            self.side_wished.emit(flaw.product, flaw.side)

    def _on_remove(self) -> None:
        picture = self._picture()
        if picture is not None:
            self.remove_wished.emit(picture)

    def _on_mend(self) -> None:
        mending = mending_of(self._current())
        if mending is not None:
            self.mending_wished.emit(mending)

    def _on_move(self) -> None:
        flaw = self._current()
        if isinstance(flaw, Flaw) and flaw.elsewhere is not None:
            self.move_wished.emit(
                [self._references[one] for one in flaw.references], *flaw.elsewhere
            )

    def _picture(self) -> Reference | None:
        row = self.picture_list.currentIndex().data(REFERENCE_ROLE)
        return row.reference if isinstance(row, ReferenceRow) else None

    def _refresh(self) -> None:
        is_busy = self._checking is not None
        self._bar.setVisible(is_busy)
        self.picture_list.setVisible(self.pictures.rowCount() > 0)
        self.flaw_list.setVisible(self.flaws.rowCount() > 0 or is_busy)
        step = self._step
        self._bar.setRange(0, step.total if step is not None else 0)
        self._bar.setValue(step.done if step is not None else 0)
        self._note.setText(self._note_words())
        self.buttons["again"].setEnabled(not is_busy)
        self.buttons["stop"].setEnabled(is_busy)
        self.buttons["show"].setEnabled(self._current() is not None)
        flaw, mending = self._current(), mending_of(self._current())
        self.buttons["say"].setEnabled(mending is not None and bool(mending.field))
        self.buttons["add"].setEnabled(mending is not None and not mending.field)
        can_move = isinstance(flaw, Flaw) and flaw.mend is Mend.MOVE and flaw.elsewhere is not None
        self.buttons["move"].setEnabled(can_move and not is_busy)
        self.buttons["remove"].setEnabled(self._picture() is not None and not is_busy)

    def _note_words(self) -> str:
        step = self._step
        if self._checking is not None:
            if step is None:
                return self.tr("Opening the gallery…")
            said = self.tr("Comparing references: {done} of {total}")
            if step.stage is CheckStage.READING:
                said = self.tr("Reading references: {done} of {total}")
            return said.format(done=step.done, total=step.total)
        if not self._was_checked:
            return self.tr("Not checked yet.")
        count = self.flaws.rowCount()
        if not count:
            return self.tr("Nothing to put right was found.")
        return self.tr("To put right: {count}. The pictures concerned stand below.").format(
            count=count
        )

    def _retranslate(self) -> None:
        words = {
            "back": self.tr("References"),
            "again": self.tr("Check again"),
            "stop": self.tr("Stop"),
            "show": self.tr("Show this side"),
            "say": self.tr("Fill in the facts"),
            "add": self.tr("Add pictures"),
            "move": self.tr("Move it where it belongs"),
            "remove": self.tr("Remove the chosen picture"),
        }
        self.tools.reword(words)
        self._title.setText(self.tr("What should be put right"))
        self.flaw_list.setAccessibleName(self.tr("What should be put right"))
        self.picture_list.setAccessibleName(self.tr("Pictures concerned"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.flaws.reword()
            self._refresh()
        super().changeEvent(event)


def _known(
    bench: Workbench,
) -> Generator[None, None, tuple[tuple[Reference, ...], Facts]]:
    """FILES: every reference, what is known of products, and what is asked for."""
    references = yield from bench.references()
    facts = yield from bench.trainer.facts()
    return references, facts
