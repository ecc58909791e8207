"""A figure with its name, to be pressed: what a page sums up at its head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from app.views.painting import painter_on
from app.views.theme import AGREES, CANNOT_JUDGE, DIFFERS, look_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_HEIGHT: Final = 56
_SIDE: Final = 12
_STRIPES: Final = {True: AGREES, False: DIFFERS, None: CANNOT_JUDGE}
_GROWN: Final = 1.5  # the figure, over the font of the window


class Tile(QAbstractButton):
    """`text` is the name; a stripe is orange where the figure is bad, blue where it is good."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = ""
        self._is_good: bool | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def figure(self) -> str:
        """The figure as it is shown."""
        return self._figure

    def tell(self, name: str, figure: str, *, is_good: bool | None = None) -> None:
        """Show another figure; `is_good` None colours nothing."""
        self._figure, self._is_good = figure, is_good
        self.setText(name)
        self.setAccessibleName(f"{name}: {figure}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        figure = QFontMetrics(self._large()).horizontalAdvance(self._figure)
        return QSize(max(words, figure) + 2 * _SIDE + 6, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        look = look_of(self.palette())
        with painter_on(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            is_lit = self.isChecked() or self.underMouse()
            edge = look.accent if self.hasFocus() or self.isChecked() else look.line
            painter.setPen(QPen(QColor(edge), 1.4 if self.hasFocus() else 1.0))
            painter.setBrush(QColor(look.accent_soft if is_lit else look.raised))
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_STRIPES[self._is_good])
            stripe = QRectF(box.left() + 5, box.top() + 8, 3, box.height() - 16)
            painter.drawRoundedRect(stripe, 1.5, 1.5)
            words = box.adjusted(_SIDE + 4, 4, -_SIDE + 6, -5)
            painter.setPen(QColor(look.text))
            painter.setFont(self._large())
            left = Qt.AlignmentFlag.AlignLeft
            painter.drawText(words, left | Qt.AlignmentFlag.AlignTop, self._figure)
            painter.setPen(QColor(look.quiet))
            painter.setFont(self.font())
            painter.drawText(words, left | Qt.AlignmentFlag.AlignBottom, self.text())

    def _large(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _GROWN)
        font.setBold(True)
        return font
