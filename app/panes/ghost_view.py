"""How a shot is taken: the new picture under the faint outline of a genuine one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.painting import painter_on
from app.views.theme import PICTURE_GREY

if TYPE_CHECKING:
    from vision import Vertices

_HEIGHT: Final = 170
_LIGHT, _DARK = QColor(255, 255, 255, 230), QColor(20, 20, 24, 200)


@dataclass(frozen=True, slots=True)
class Ghost:
    """An outline in shares of width and height, of a picture `aspect` times as wide as high."""

    outline: Vertices
    aspect: float


class GhostView(QWidget):
    """Hidden as long as there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = QLabel()
        self._note.setObjectName("note")
        self._note.setWordWrap(True)
        self._is_looked_for = False
        self.field = _Field()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 6, 0, 0)
        stack.addWidget(self.field)
        stack.addWidget(self._note)
        self._refresh()

    @property
    def note(self) -> str:
        """What the outline means."""
        return self._note.text()

    def show_picture(self, image: QImage | None) -> None:
        """Show the new picture, None where there is none."""
        self.field.image = image
        self._refresh()

    def look_for_ghost(self, *, is_looked_for: bool) -> None:
        """Show none; nothing is said of there being none while it is looked for."""
        self._is_looked_for, self.field.ghost = is_looked_for, None
        self._refresh()

    def show_ghost(self, ghost: Ghost | None) -> None:
        """Show how the shot is taken, None where nothing tells."""
        self._is_looked_for, self.field.ghost = False, ghost
        self._refresh()

    def _refresh(self) -> None:
        field = self.field
        if field.ghost is not None:
            said = self.tr("The dashed line shows how this side is taken. Let the product fill it.")
        elif self._is_looked_for:
            said = ""
        else:
            said = self.tr("No picture of this side is there yet to show how it is taken.")
        self._note.setText(said)
        self.setVisible(field.image is not None or field.ghost is not None)
        field.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
        super().changeEvent(event)


class _Field(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        self.ghost: Ghost | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(PICTURE_GREY)
            painter.drawRoundedRect(self.rect(), 4, 4)
            if self.image is not None:
                painter.drawImage(
                    self._placed(self.image.width() / self.image.height()), self.image
                )
            if self.ghost is not None:
                self._paint_ghost(painter, self.ghost)

    def _paint_ghost(self, painter: QPainter, ghost: Ghost) -> None:
        image = self.image
        area = self._placed(ghost.aspect if image is None else image.width() / image.height())
        outline = QPolygonF(
            [
                QPointF(area.left() + x * area.width(), area.top() + y * area.height())
                for x, y in ghost.outline
            ]
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width, style in (
            (_DARK, 3.2, Qt.PenStyle.SolidLine),
            (_LIGHT, 1.6, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(colour, width, style))
            painter.drawPolygon(outline)

    def _placed(self, aspect: float) -> QRectF:
        """Where a picture of this shape lies: whole, and in the middle."""
        room = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        width = min(room.width(), room.height() * aspect)
        area = QRectF(0, 0, width, width / aspect)
        area.moveCenter(room.center())
        return area
