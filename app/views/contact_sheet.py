"""Contact sheet: the same spot in the suspect and in every genuine reference of its side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.canvas import PictureCanvas
from app.views.painting import label_box, paint_label
from app.views.pair_view import CAPTION_HEIGHT
from app.views.pixels import picture_from_pixels
from app.views.viewport import Reduced, Viewport

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QResizeEvent

    from app.views.pixels import Picture
    from app.views.viewing import Pair
    from vision import Comparison, LaidReference

_GAP: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class SheetPicture:
    """A genuine reference laid on the frame of the comparison; `batch` empty where nobody said."""

    picture: Picture
    batch: str = ""


def sheet_picture(laid: LaidReference, comparison: Comparison) -> SheetPicture:
    """Prepare a laid reference; for a worker."""
    picture = picture_from_pixels(
        laid.pixels, scale=comparison.frame_scale, origin=comparison.frame_origin
    )
    return SheetPicture(picture, laid.reference.provenance.batch)


class _Cell(PictureCanvas):
    """One picture of the sheet with its name on it."""

    def __init__(self, viewport: Viewport, parent: QWidget) -> None:
        super().__init__(viewport, parent, fits_first=False)
        self._name = ""
        self._is_suspect = False
        self.setMinimumSize(40, 40)

    def tell(self, name: str, *, is_suspect: bool) -> None:
        self._name, self._is_suspect = name, is_suspect
        self.setAccessibleName(name)
        self.update()

    @override
    def _paint_above(self, painter: QPainter) -> None:
        font = self.font()
        font.setBold(self._is_suspect)
        painter.setFont(font)
        words = painter.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, max(20, self.width() - 28)
        )
        box = label_box(painter, words)
        box.moveTopLeft(QPointF(6, 6))
        paint_label(painter, box, words)
        if self._is_suspect:
            painter.setPen(QPen(QColor(255, 255, 255), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class _Field(QWidget):
    """Lays the cells out so that they are as large as can be, all alike."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cells: tuple[_Cell, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def cell_rects(self, count: int) -> list[QRect]:
        """The places of so many cells, nearest to squares."""
        if count == 0:
            return []
        best = max(range(1, count + 1), key=lambda columns: self._side(count, columns))
        rows = math.ceil(count / best)
        width = (self.width() - _GAP * (best - 1)) // best
        height = (self.height() - _GAP * (rows - 1)) // rows
        return [
            QRect((n % best) * (width + _GAP), (n // best) * (height + _GAP), width, height)
            for n in range(count)
        ]

    def _side(self, count: int, columns: int) -> float:
        return min(self.width() / columns, self.height() / math.ceil(count / columns))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class ContactSheetView(QWidget):
    """`region_chosen` tells the number of a clicked region.

    All cells see the spot that the other views see, and about as much of it: their common viewport
    is reduced as they are. `cells_made` tells the canvases that are new.
    """

    region_chosen = Signal(int)
    cells_made = Signal(object)
    dial = None

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole, self._small = viewport, Viewport(self)
        self._link = Reduced(viewport, self._small)
        self._pair: Pair | None = None
        self._genuine: tuple[SheetPicture, ...] | None = None
        self._as_fine: Picture | None = None
        self._current = 0
        self.caption = QLabel()
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._field = _Field()
        self._field.resized.connect(self._place_cells)
        bar = QWidget()
        bar.setObjectName("caption")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(CAPTION_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(self.caption)
        self.controls = row
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(bar)
        stack.addWidget(self._field, 1)
        self._reword()

    @property
    def can_turn(self) -> bool:
        """There is nothing to adjust."""
        return False

    def turn(self, by: int) -> None:
        """There is nothing to adjust."""

    @property
    def canvases(self) -> tuple[PictureCanvas, ...]:
        """The cells, the suspect's first."""
        return self._field.cells

    def show_pair(self, pair: Pair | None) -> None:
        """Show another suspect; the references come by `show_genuine`."""
        self._pair = pair
        self._fill()

    def show_genuine(
        self, pictures: tuple[SheetPicture, ...] | None, suspect: Picture | None = None
    ) -> None:
        """Show these references; None while they are being laid, none where they cannot be had.

        `suspect` is the suspect as finely as they are: a sharper one would look like another print.
        """
        self._genuine, self._as_fine = pictures, suspect
        self._fill()

    def set_current(self, number: int) -> None:
        """Bring one region out; 0 for none."""
        self._current = number
        for cell in self._field.cells:
            cell.set_current(number)

    def fit(self) -> None:
        """Show the whole pair, in every cell."""
        if self._pair is None or self._pair.reference is None:
            return
        cells = self._field.cells
        area = self._pair.focus or self._pair.reference.area
        if cells:
            self._small.fit(area, cells[0].size().toSizeF())

    def _fill(self) -> None:
        pair = self._pair
        shown: list[tuple[Picture, bool]] = []
        if pair is not None and pair.suspect is not None:
            shown.append((self._as_fine or pair.suspect, True))
            if self._genuine:
                shown.extend((each.picture, False) for each in self._genuine)
            elif pair.reference is not None:
                shown.append((pair.reference, False))
        self._set_count(len(shown))
        for cell, (picture, is_suspect) in zip(self._field.cells, shown, strict=True):
            if pair is not None:
                marks = pair.suspect_marks if is_suspect else pair.reference_marks
                cell.show_picture(picture, marks, focus=pair.focus)
            cell.set_current(self._current)
        self._reword()

    def _set_count(self, count: int) -> None:
        before = self._field.cells
        if len(before) == count:
            return
        kept = before[:count]
        for cell in before[count:]:
            cell.hide()
            cell.deleteLater()
        made = [_Cell(self._small, self._field) for _ in range(count - len(kept))]
        for cell in made:
            cell.mark_chosen.connect(self.region_chosen)
            cell.show()
        self._field.cells = (*kept, *made)
        if count:
            self.setFocusProxy(self._field.cells[0])
        self._place_cells()
        if made:
            self.cells_made.emit(tuple(made))

    def _place_cells(self) -> None:
        cells = self._field.cells
        rects = self._field.cell_rects(len(cells))
        for cell, rect in zip(cells, rects, strict=True):
            cell.setGeometry(rect)
        if rects and self._field.width() > 0 and self._field.height() > 0:
            across = rects[0].width() / self._field.width()
            down = rects[0].height() / self._field.height()
            self._link.set_factor(max(across, down))

    def _reword(self) -> None:
        self.caption.setText(self._said())
        names = [self.tr("Photo")]
        for number, each in enumerate(self._genuine or (), 1):
            name = self.tr("Reference {number}").format(number=number)
            names.append(f"{name} · {each.batch}" if each.batch else name)
        if not self._genuine:
            names.append(self.tr("Reference {number}").format(number=1))
        for place, cell in enumerate(self._field.cells):
            cell.tell(names[place], is_suspect=place == 0)

    def _said(self) -> str:
        if self._genuine is None:
            return self.tr("Laying the references on each other…")
        if not self._genuine:
            return self.tr("The references have changed since; press R to inspect again")
        said = self.tr("The same place in the photo and in {count} genuine references")
        return said.format(count=len(self._genuine))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._reword()
        super().changeEvent(event)
