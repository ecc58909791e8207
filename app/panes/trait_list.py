"""By what genuine items are told from others: a sentence and pictures each, and a jump there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from app.plain_text import tip_of
from app.views.painting import painter_on

if TYPE_CHECKING:
    from app.panes.comparing_desk import ComparingDesk
    from app.panes.shown_traits import ShownTrait

_SIDE: Final = 52
_GAP: Final = 4
_LEAST_AREA: Final = 40.0  # reference pixels around a point
_SHARE: Final = 0.4  # of a view that the place fills


class TraitList(QWidget):
    """Choosing one brings its place into the middle of every view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._traits: tuple[ShownTrait, ...] = ()
        self._desk: ComparingDesk | None = None
        self._title = QLabel()
        self._title.setObjectName("section")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setIconSize(QSize(2 * _SIDE + _GAP, _SIDE))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_chosen)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 4, 0, 0)
        stack.setSpacing(6)
        stack.addWidget(self._title)
        stack.addWidget(self.list)
        self._retranslate()
        self.hide()

    def attach(self, desk: ComparingDesk) -> None:
        """Show the places there from now on."""
        self._desk = desk

    def show_traits(self, traits: tuple[ShownTrait, ...]) -> None:
        """Show those of another side; without any this takes no room."""
        self._traits = traits
        self.list.clear()
        for trait in traits:
            item = QListWidgetItem(QPixmap.fromImage(_beside(trait)), trait.sentence)
            item.setSizeHint(QSize(100, _SIDE + 10))
            self.list.addItem(item)
        self.list.setFixedHeight(len(traits) * (_SIDE + 10) + 4)
        self.setVisible(bool(traits))
        self._retranslate()

    def _on_chosen(self, item: QListWidgetItem) -> None:
        if self._desk is None:
            return
        corners = self._traits[self.list.row(item)].polygon
        area = QPolygonF([QPointF(x, y) for x, y in corners]).boundingRect()
        side = max(area.width(), area.height(), _LEAST_AREA)
        scale = _SHARE * min(self._desk.width() / 2, self._desk.height()) / side
        viewport = self._desk.frame_viewport
        viewport.show(area.center(), max(scale, viewport.scale))

    def _retranslate(self) -> None:
        said = self.tr("What to look at: {count}").format(count=len(self._traits))
        self._title.setText(said)
        self.list.setAccessibleName(said)
        both = self.tr("Genuine on the left, known false on the right. Click to see the place.")
        one = self.tr("Genuine. Click to see the place.")
        for place, trait in enumerate(self._traits):
            hint = one if trait.known_false is None else both
            self.list.item(place).setToolTip(tip_of(f"{trait.sentence}\n{hint}"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _beside(trait: ShownTrait) -> QImage:
    """Both pictures in one, the genuine one on the left."""
    made = QImage(2 * _SIDE + _GAP, _SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    with painter_on(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, image in enumerate((trait.genuine, trait.known_false)):
            if image is None:
                continue
            size = image.size().scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio)
            left = place * (_SIDE + _GAP) + (_SIDE - size.width()) // 2
            shown = image.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)
            painter.drawImage(left, (_SIDE - size.height()) // 2, shown)
    return made
