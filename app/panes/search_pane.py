"""The gallery searched by hand: what was searched with, the ranked sides, and any other by name."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.models.found_sides import FOUND_ROLE, FoundSide, FoundSideModel
from app.panes.found_delegate import FoundDelegate
from app.panes.painting import paint_image
from app.views.icons import icon
from app.views.painting import painter_on

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.panes.actions import ActionBook
    from vision import Box, Candidate

_CROP: Final = 72


class Searched(Enum):
    """How far the search has come."""

    NOT_YET = "not yet"
    BUSY = "busy"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class SearchPane(QFrame):
    """`chosen` tells product and side, `closed` that the pane is not wanted any more."""

    chosen = Signal(str, str)
    closed = Signal()
    listed = Signal()

    def __init__(self, actions: ActionBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._state = Searched.NOT_YET
        self._box: Box | None = None
        self._found: tuple[Candidate, ...] = ()
        self._is_empty = False
        self.model = FoundSideModel(self)
        self._title, self._what, self._said = QLabel(), QLabel(), QLabel()
        self._close = QToolButton()
        self._crop = _Crop()
        self._progress = QWidget()
        self._bar = QProgressBar()
        self.filter = _FilterEdit()
        self.list = QListView()
        self._nothing = QLabel()
        self.compare = QPushButton()
        self._lay_out(actions)
        self._connect()
        self._retranslate()

    def _lay_out(self, actions: ActionBook) -> None:
        self._title.setObjectName("heading")
        for label in (self._said, self._nothing):
            label.setObjectName("note")
            label.setWordWrap(True)
        self._what.setWordWrap(True)
        self._close.setAutoRaise(True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        searched = QHBoxLayout()
        searched.setSpacing(10)
        searched.addWidget(self._crop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._what, 1)
        for name in ("search_region", "search_photo"):
            column.addWidget(_wide(actions.button(name)))
        searched.addLayout(column, 1)
        self._set_up_progress(actions)
        self._set_up_list()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(12, 10, 12, 12)
        stack.setSpacing(8)
        stack.addLayout(head)
        stack.addLayout(searched)
        for part in (self._said, self._progress, self.filter, self._nothing):
            stack.addWidget(part)
        stack.addWidget(self.list, 1)
        self._gap = QWidget()
        stack.addWidget(self._gap, 1)
        stack.addWidget(self.compare)
        stack.addWidget(_wide(actions.button("automatic")))

    def _set_up_progress(self, actions: ActionBook) -> None:
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        row.addWidget(self._bar, 1)
        stop = actions.button("stop")
        stop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row.addWidget(stop)

    def _set_up_list(self) -> None:
        view = self.list
        view.setModel(self.model)
        view.setItemDelegate(FoundDelegate(self))
        view.setMouseTracking(True)
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.filter.setClearButtonEnabled(True)
        self.compare.setProperty("accent", True)

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self.filter.left.connect(self.closed)
        self.filter.went_on.connect(self._on_went_on)
        self.filter.textChanged.connect(self._on_words)
        self.model.modelReset.connect(self._on_reset)
        self.list.activated.connect(self._on_activated)
        self.list.selectionModel().currentChanged.connect(self._on_moved)
        self.compare.clicked.connect(self._on_compare)

    @property
    def state(self) -> Searched:
        """How far the search has come."""
        return self._state

    @property
    def words(self) -> str:
        """What is said of the search."""
        return self._said.text()

    @property
    def searched_words(self) -> str:
        """What was searched with."""
        return self._what.text()

    def set_sides(self, sides: tuple[tuple[str, str], ...]) -> None:
        """The gallery holds these products and sides."""
        self._is_empty = not sides
        self.model.set_sides(sides)
        self._refresh()

    def show_state(self, state: Searched, found: tuple[Candidate, ...] = ()) -> None:
        """Tell how far the search has come, and what it named."""
        self._state, self._found = state, found
        has_begun = state in (Searched.BUSY, Searched.DONE)
        self.model.set_found(found if has_begun else None)
        self._refresh()
        if found and state is Searched.DONE:
            self.list.setCurrentIndex(self.model.index(0))

    def show_searched(self, picture: QImage | None, box: Box | None) -> None:
        """Show what is searched with; no box for the whole photo."""
        self._box = box
        self._crop.show_image(picture)
        self._refresh()

    def focus_words(self) -> None:
        """Put the cursor where a name is typed."""
        self.filter.setFocus()
        self.filter.selectAll()

    def _on_words(self, words: str) -> None:
        self.model.set_words(words)

    def _on_went_on(self) -> None:
        """From the words to the list, by a key."""
        if self.model.rows:
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus()

    def _on_reset(self) -> None:
        self._refresh()
        self.listed.emit()

    def _on_moved(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.compare.setEnabled(self.list.currentIndex().isValid())

    def _on_compare(self) -> None:
        self._on_activated(self.list.currentIndex())

    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(FOUND_ROLE)
        if isinstance(row, FoundSide):
            self.chosen.emit(row.product, row.side)

    def _refresh(self) -> None:
        is_busy = self._state is Searched.BUSY
        self._progress.setVisible(is_busy)
        self._said.setText(self._sentence())
        if self._box is None:
            self._what.setText(self.tr("The whole photo"))
        else:
            x0, y0, x1, y1 = self._box
            said = self.tr("A region of {width} × {height} pixels")
            self._what.setText(said.format(width=x1 - x0, height=y1 - y0))
        has_rows = bool(self.model.rows)
        self.list.setVisible(has_rows)
        self._gap.setVisible(not has_rows)
        is_unknown = not has_rows and bool(self.filter.text()) and not self._is_empty
        self._nothing.setVisible(is_unknown)
        self.filter.setEnabled(not self._is_empty)
        self.compare.setVisible(not self._is_empty)
        self.compare.setEnabled(self.list.currentIndex().isValid())

    def _sentence(self) -> str:
        if self._is_empty:
            return self.tr("The gallery has no references yet. Add photos of genuine items first.")
        if self._state is Searched.BUSY:
            return self.tr("Searching the gallery…")
        if self._state is Searched.STOPPED:
            return self.tr("The search was stopped.")
        if self._state is Searched.FAILED:
            return self.tr("The search could not be finished.")
        if self._state is Searched.NOT_YET:
            return self.tr(
                "Draw a box round the label in the photo, or type the name of a product."
            )
        confirmed = sum(candidate.verified for candidate in self._found)
        if confirmed:
            said = self.tr("Confirmed by geometry: {count} of {all}.")
            return said.format(count=confirmed, all=len(self._found))
        if self._box is None:
            return self.tr(
                "Nothing is confirmed. Draw a box round the label and search with that, or type "
                "the name of the product."
            )
        return self.tr(
            "Nothing is confirmed. Draw the box closer round the label, or type the name of the "
            "product."
        )

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Search the gallery"))
        self._close.setIcon(icon("close"))
        self._close.setToolTip(self.tr("Close the search"))
        self._close.setAccessibleName(self.tr("Close the search"))
        self._crop.setAccessibleName(self.tr("What is searched with"))
        self._bar.setAccessibleName(self.tr("Searching the gallery…"))
        self.filter.setPlaceholderText(self.tr("Product or side"))
        self.filter.setAccessibleName(self.tr("Product or side"))
        self.list.setAccessibleName(self.tr("Products and sides, the likeliest first"))
        self._nothing.setText(self.tr("No product or side has these words."))
        self.compare.setText(self.tr("Compare with this"))
        self.compare.setToolTip(self.tr("Compare with this (Enter)"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.model.reword()
        elif event.type() == QEvent.Type.PaletteChange:
            self._close.setIcon(icon("close"))
        super().changeEvent(event)


class _FilterEdit(QLineEdit):
    """Enter and Down go on to the list, Escape leaves; no letter is a key of the window here."""

    left = Signal()
    went_on = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~(
                Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
            )
            if not held and event.key() not in _PASSED_ON:
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.went_on.emit()
        else:
            super().keyPressEvent(event)


class _Crop(QWidget):
    """What is searched with, small, on neutral grey."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setFixedSize(_CROP, _CROP + 20)

    def show_image(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            paint_image(painter, self.rect(), self._image)


def _wide(button: QToolButton) -> QToolButton:
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setAutoRaise(False)
    button.setObjectName("mark")
    return button


_PASSED_ON: Final = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F1, Qt.Key.Key_Tab)
