"""One reference made straight: four corners on the original, and at once what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

import vision
from app.panes.keyed_editor import KeyedEditor
from app.panes.tool_row import ToolRow
from app.side_words import product_and_side
from app.tasks import Lane, Ticket, run
from app.views.corner_canvas import CornerCanvas
from app.views.pixels import thumbnail_from_pixels
from app.views.viewport import Viewport

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.gallery_changes import GalleryChanges
    from app.panes.trainer_bench import RawSheet, TrainerBench
    from vision import Reference, Vertices

_ICONS: Final = {
    "back": "previous",
    "propose": "automatic",
    "crop": "draw-region",
    "whole": "as-taken",
    "undo": "undo",
    "keep": "accept",
}
_KEYS: Final = {
    Qt.Key.Key_Escape: "back",
    Qt.Key.Key_A: "propose",
    Qt.Key.Key_R: "crop",
    Qt.Key.Key_W: "whole",
    Qt.Key.Key_Return: "keep",
    Qt.Key.Key_Enter: "keep",
}
_PREVIEW: Final = 230


class PrepareEditor(KeyedEditor):
    """`closed` asks to go back to the references."""

    closed = Signal()

    def __init__(
        self,
        bench: TrainerBench,
        changes: GalleryChanges,
        messages: Messages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_KEYS, parent)
        self._bench, self._changes, self._messages = bench, changes, messages
        self._reference: Reference | None = None
        self._sheet: RawSheet | None = None
        self._corners: Vertices = ()
        self._past: list[Vertices] = []
        self._chosen = -1
        self._is_dragging = False
        self._reading: Ticket | None = None
        self.canvas = CornerCanvas(Viewport(self))
        self.tools = ToolRow(_ICONS, gap_after=("back",), by_tab=True)
        self.buttons = self.tools.buttons
        self._title, self._hint, self.preview = QLabel(), QLabel(), QLabel()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._refresh()

    def _lay_out(self) -> None:
        self._title.setObjectName("title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setObjectName("note")
        self._hint.setWordWrap(True)
        self.preview.setFixedSize(_PREVIEW, _PREVIEW)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        below = QHBoxLayout()
        below.addWidget(self.canvas, 1)
        below.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self.tools)
        whole.addWidget(self._hint)
        whole.addLayout(below, 1)

    def _connect(self) -> None:
        acts = {
            "back": self.closed.emit,
            "propose": self.propose,
            "crop": self.make_upright,
            "whole": self.use_whole,
            "undo": self.undo,
            "keep": self.keep,
        }
        self.tools.connect_to(acts)
        self.canvas.pin_chosen.connect(self._on_chosen)
        self.canvas.pin_moved.connect(self._on_moved)
        self.canvas.pin_let_go.connect(self._on_let_go)
        self.canvas.fit_wished.connect(self.canvas.fit)

    @property
    def corners(self) -> Vertices:
        """The corners as they are now; empty where the whole picture is used."""
        return self._corners

    def open(self, reference: Reference) -> None:
        """Show the original of a reference with its corners, or those that are proposed."""
        self.leave()
        self._reference = reference
        self._past = []
        self._retranslate()
        self._reading = run(
            self._bench.raw_sheet(reference),
            lane=Lane.FILES,
            owner=self,
            on_done=self._on_sheet,
            on_failed=self._messages.fail,
        )
        self.canvas.setFocus()

    def leave(self) -> None:
        """Stop what is still being read."""
        if self._reading is not None:
            self._reading.cancel()
        self._sheet, self._corners, self._chosen = None, (), -1
        self.canvas.show_picture(None)
        self._refresh()

    def _on_sheet(self, sheet: RawSheet) -> None:
        self._sheet = sheet
        own = self._reference.corners if self._reference is not None else None
        self._corners = own or sheet.proposed or ()
        self.canvas.show_picture(sheet.picture)
        self.canvas.fit()
        QTimer.singleShot(0, self, self.canvas.fit)
        self._refresh()

    def propose(self) -> None:
        """Take the corners that the program finds."""
        if self._sheet is not None and self._sheet.proposed is not None:
            self._set(self._sheet.proposed)

    def make_upright(self) -> None:
        """Turn the corners into an upright rectangle around them: a crop, nothing is straightened.

        Without corners it is the middle of the picture.
        """
        if self._sheet is None:
            return
        width, height = self._sheet.size
        xs = [x for x, _ in self._corners] or [0.1 * width, 0.9 * width]
        ys = [y for _, y in self._corners] or [0.1 * height, 0.9 * height]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        self._set(((left, top), (right, top), (right, bottom), (left, bottom)))

    def use_whole(self) -> None:
        """Use the picture as it was taken."""
        self._set(())

    def undo(self) -> None:
        """Go back to the corners before the last change."""
        if self._past:
            self._corners, self._chosen = self._past.pop(), -1
            self._refresh()

    def keep(self) -> None:
        """Use the reference like this from now on; its file is not changed."""
        if self._reference is not None and self._sheet is not None and self._is_possible():
            wanted = self._corners or None
            self._changes.prepare(self._reference, wanted, size=self._sheet.size)
            self.closed.emit()

    def _set(self, corners: Vertices) -> None:
        if corners != self._corners:
            self._past.append(self._corners)
            self._corners, self._chosen = corners, -1
            self._refresh()

    def _on_chosen(self, number: int) -> None:
        self._chosen = number
        self.canvas.set_corners(self._corners, number)

    def _on_moved(self, number: int, point: QPointF) -> None:
        if self._sheet is None:
            return
        if not self._is_dragging:
            self._past.append(self._corners)
            self._is_dragging = True
        width, height = self._sheet.size
        at = min(max(point.x(), -0.5), width - 0.5), min(max(point.y(), -0.5), height - 0.5)
        self._corners = (*self._corners[:number], at, *self._corners[number + 1 :])
        self.canvas.set_corners(self._corners, self._chosen)

    def _on_let_go(self) -> None:
        self._is_dragging = False
        self._refresh()

    def _is_possible(self) -> bool:
        try:
            return not self._corners or min(vision.prepared_size(self._corners)) > 0
        except ValueError:
            return False

    def _refresh(self) -> None:
        self.canvas.set_corners(self._corners, self._chosen)
        sheet, is_possible = self._sheet, self._is_possible()
        own = self._reference.corners if self._reference is not None else None
        can = {
            "back": True,
            "propose": sheet is not None and sheet.proposed is not None,
            "crop": sheet is not None,
            "whole": bool(self._corners),
            "undo": bool(self._past),
            "keep": sheet is not None and is_possible and (self._corners or None) != own,
        }
        for name, button in self.buttons.items():
            button.setEnabled(can[name])
        self._hint.setText(self._hint_words(is_possible=is_possible))
        self._show_preview(is_possible=is_possible)

    def _show_preview(self, *, is_possible: bool) -> None:
        self.preview.clear()
        if self._sheet is None or not is_possible or not self._corners:
            return
        seen = self._sheet.small
        straight = vision.prepared_photo(seen, self._corners, max_side=_PREVIEW)
        image = thumbnail_from_pixels(straight.pixels, _PREVIEW)
        self.preview.setPixmap(QPixmap.fromImage(image))

    def _hint_words(self, *, is_possible: bool) -> str:
        if self._sheet is None:
            return ""
        if not is_possible:
            return self.tr("These corners make no area: put them clockwise around the flat side.")
        if not self._corners:
            return self.tr("The picture is used as it was taken.")
        return self.tr(
            "Drag the corners onto those of the flat side; arrow keys move the chosen one. What "
            "is kept is only where they are: the file stays as it is."
        )

    def _retranslate(self) -> None:
        words = {
            "back": self.tr("References"),
            "propose": self.tr("Find corners"),
            "crop": self.tr("Crop"),
            "whole": self.tr("Whole picture"),
            "undo": self.tr("Undo"),
            "keep": self.tr("Use it like this"),
        }
        self.tools.reword(words, self.sequences())
        self.canvas.setAccessibleName(self.tr("Original with corners"))
        self.preview.setAccessibleName(self.tr("The straightened side"))
        one = self._reference
        if one is not None:
            title = self.tr("Straighten or crop: {side}")
            self._title.setText(title.format(side=product_and_side(one.product, one.side)))

    @override
    def obey(self, wish: str) -> None:
        self.buttons[wish].click()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._refresh()
        super().changeEvent(event)
