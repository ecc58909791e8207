"""What is seen while something is dragged over the window: where it may be let go, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.panes.intake import may_be_several, may_hold_pictures
from app.views.icons import paint_icon
from app.views.painting import painter_on
from app.views.theme import look_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData

_MARGIN: Final = 18
_SIGN: Final = 44


class DropVeil(QWidget):
    """Lies over the panes; one field, or two where the photos may be the sides of one item."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._fields: tuple[tuple[str, str, str], ...] = ()
        self._chosen = 0
        self.hide()

    @property
    def fields(self) -> tuple[str, ...]:
        """What can be dropped on, in words."""
        return tuple(title for _, title, _ in self._fields)

    @property
    def chosen(self) -> int:
        """The place of the field under the cursor."""
        return self._chosen

    def offer(self, fields: tuple[tuple[str, str, str], ...]) -> None:
        """Show fields: icon, title and line of each."""
        self._fields, self._chosen = fields, 0
        area = self.parentWidget()
        if area is not None:
            self.setGeometry(area.rect())
        self.setAccessibleName(" ".join(self.fields))
        self.raise_()
        self.show()

    def point_at(self, place: QPoint) -> None:
        """The cursor is here, in pixels of the veil."""
        chosen = next((n for n, area in enumerate(self._areas()) if area.contains(place)), 0)
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def centre_of(self, field: int) -> QPoint:
        """A place in a field."""
        return self._areas()[field].center()

    def _areas(self) -> list[QRect]:
        count = max(len(self._fields), 1)
        whole = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        width = (whole.width() - (count - 1) * _MARGIN) // count
        return [
            QRect(whole.left() + place * (width + _MARGIN), whole.top(), width, whole.height())
            for place in range(count)
        ]

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self.palette())
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(look.window))
            for place, (area, field) in enumerate(zip(self._areas(), self._fields, strict=True)):
                self._paint_field(painter, area, field, is_chosen=place == self._chosen)

    def _paint_field(
        self, painter: QPainter, area: QRect, field: tuple[str, str, str], *, is_chosen: bool
    ) -> None:
        look = look_of(self.palette())
        icon_name, title, line = field
        accent = QColor(look.accent)
        painter.setBrush(QColor(look.accent_soft if is_chosen else look.raised))
        style = Qt.PenStyle.SolidLine if is_chosen else Qt.PenStyle.DashLine
        painter.setPen(QPen(accent if is_chosen else QColor(look.line), 2.0, style))
        painter.drawRoundedRect(QRectF(area), 12, 12)
        middle = area.center()
        sign = QRectF(middle.x() - _SIGN / 2, middle.y() - 84, _SIGN, _SIGN)
        paint_icon(painter, icon_name, sign, accent)
        inside = area.adjusted(24, 0, -24, 0)
        heading = QFont(self.font())
        heading.setPointSizeF(heading.pointSizeF() * 1.5)
        heading.setBold(True)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.setFont(heading)
        painter.setPen(QColor(look.text))
        top = QRect(inside.left(), middle.y() - 26, inside.width(), 64)
        used = painter.boundingRect(top, flags, title)
        painter.drawText(top, flags, title)
        painter.setFont(self.font())
        painter.setPen(QColor(look.quiet))
        painter.drawText(QRect(inside.left(), used.bottom() + 10, inside.width(), 80), flags, line)


class DropCatcher(QObject):
    """Watches a window for what is dragged and dropped.

    `dropped` tells the data, and whether it is to be one item with several sides; the data is only
    good until the slot returns.

    Args:
        window: takes drops anywhere.
        over: the part of it that the veil covers.
        takes_references: whether what is dropped now becomes references.
        scans: whether it is scanned.
    """

    dropped = Signal(object, bool)

    def __init__(
        self,
        window: QWidget,
        over: QWidget,
        takes_references: Callable[[], bool],
        scans: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._takes_references, self._scans = takes_references, scans
        self._window = window
        self.veil = DropVeil(over)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):  # before the others: it is a move and a drop too
            if may_hold_pictures(event.mimeData()):
                self.veil.offer(self.fields(event.mimeData()))
                event.acceptProposedAction()
            return True
        if isinstance(event, QDragMoveEvent):
            self.veil.point_at(self._on_veil(event))
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent):
            self.veil.point_at(self._on_veil(event))
            self.veil.hide()
            event.acceptProposedAction()
            self.dropped.emit(event.mimeData(), self.veil.chosen == 1)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.veil.hide()
            return True
        return super().eventFilter(watched, event)

    def _on_veil(self, event: QDropEvent) -> QPoint:
        return self.veil.mapFrom(self._window, event.position().toPoint())

    def fields(self, mime: QMimeData) -> tuple[tuple[str, str, str], ...]:
        """What can be done with what is dragged: icon, title and line of each field."""
        if self._takes_references():
            line = self.tr("You say next which product and side they show.")
            return (("gallery", self.tr("Add as genuine references"), line),)
        if self._scans():
            line = self.tr("Every photo in it, also further below, is compared with the gallery.")
            return (("scan", self.tr("Scan the folder"), line),)
        line = self.tr("Each is compared with the genuine items in the gallery.")
        if not may_be_several(mime):
            return (("drop", self.tr("Inspect this photo"), line),)
        sides = self.tr("Front, back, label… of one thing, kept together in the list.")
        return (
            ("drop", self.tr("Inspect as single photos"), line),
            ("item", self.tr("Inspect as one item"), sides),
        )
