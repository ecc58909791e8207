"""What swipe, blink, onion skin, difference and heat map share: one canvas under one caption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.canvas import PictureCanvas
from app.views.painting import label_box, paint_label

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from app.views.dial import Dial
    from app.views.viewing import Pair
    from app.views.viewport import Viewport

CAPTION_HEIGHT: Final = 34
_EDGE: Final = 10  # pixels between a label and the edge of the canvas


class PairCanvas(PictureCanvas):
    """A canvas that shows both pictures of a pair, in a way that its kind decides.

    `_picture` of the base is the reference, which decides what fits.
    """

    def __init__(self, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(viewport, parent, fits_first=False)
        self._pair: Pair | None = None

    def show_pair(self, pair: Pair | None) -> None:
        """Show another pair; the viewport stays where it is."""
        self._pair = pair
        if pair is None:
            self.show_picture(None)
        else:
            self.show_picture(
                pair.reference, pair.reference_marks, hatch=pair.hatch, focus=pair.focus
            )

    def _named(self, reference: str) -> str:
        """The name of the reference, and which one it is where a person chose another."""
        which = self._pair.which if self._pair is not None else ""
        return f"{reference} {which}" if which else reference

    def _paint_corner(
        self,
        painter: QPainter,
        text: str,
        corner: Qt.Corner,
        *,
        swatch: QColor | None = None,
        below: int = 0,
    ) -> QRectF:
        """Paint words in a corner of the canvas, `below` pixels further in; where they went."""
        painter.setFont(self.font())
        box = label_box(painter, text)
        if swatch is not None:
            box.setWidth(box.width() + box.height() - 4)
        place = QPointF(_EDGE + self.ruler_room, _EDGE + self.ruler_room + below)
        if corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
            place.setX(self.width() - _EDGE - box.width())
        if corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
            place.setY(self.height() - _EDGE - below - box.height())
        box.moveTopLeft(place)
        paint_label(painter, box, text, swatch=swatch)
        return box

    def _paint_centred(self, painter: QPainter, text: str, *, from_top: float) -> None:
        """Paint a sentence across the middle, `from_top` pixels down."""
        painter.setFont(self.font())
        box = label_box(painter, text).adjusted(-8, -4, 8, 4)
        box.moveCenter(QPointF(self.width() / 2, from_top + self.ruler_room))
        paint_label(painter, box, text)


class PairView(QWidget):
    """A caption with the view's own controls, and the canvas below it.

    `region_chosen` tells the number of a clicked region. `dial` is the view's one amount, if any.
    """

    region_chosen = Signal(int)

    def __init__(
        self, canvas: PairCanvas, *, dial: Dial | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.canvas, self.dial = canvas, dial
        self.caption = QLabel()
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(8)
        bar = QWidget()
        bar.setObjectName("caption")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(CAPTION_HEIGHT)
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(self.caption, 1)
        row.addLayout(self.controls)
        if dial is not None:
            self.controls.addWidget(dial)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(bar)
        stack.addWidget(canvas, 1)
        self.setFocusProxy(canvas)
        canvas.mark_chosen.connect(self.region_chosen)

    @property
    def can_turn(self) -> bool:
        """Whether there is anything to adjust by keys."""
        return self.dial is not None

    def turn(self, by: int) -> None:
        """Adjust the view's own amount by so many steps."""
        if self.dial is not None:
            self.dial.turn(by)

    @property
    def canvases(self) -> tuple[PictureCanvas, ...]:
        """The canvases on which one can point, click and fit."""
        return (self.canvas,)

    def show_pair(self, pair: Pair | None) -> None:
        """Show another pair, or the same in another way; what is in view stays in view."""
        self.canvas.show_pair(pair)

    def set_current(self, number: int) -> None:
        """Bring one region out; 0 for none."""
        self.canvas.set_current(number)

    def fit(self) -> None:
        """Show the whole pair."""
        self.canvas.fit()

    def _reword(self) -> None:
        """Say everything in the present language; kinds of views do."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._reword()
        super().changeEvent(event)
