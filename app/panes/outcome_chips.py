"""How many photos have which outcome, as buttons that show only those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from app.panes.painting import paint_badge
from app.reports.scanning import PHOTO, REPEATED, UNREADABLE
from app.scan_words import said_title
from app.views.icons import OUTCOME_ICONS, icon
from app.views.theme import outcome_colour
from vision import Outcome

if TYPE_CHECKING:
    from app.models.scanned_rows import ScannedRows

EVERYTHING: Final = ""
ASIDE: Final = "aside"
_ORDER: Final = (
    EVERYTHING,
    Outcome.DIFFERS,
    Outcome.MIXED,
    Outcome.AGREES,
    Outcome.GALLERY_TOO_THIN,
    Outcome.CANNOT_ALIGN,
    Outcome.PHOTO_UNFIT,
    Outcome.NOT_IN_GALLERY,
    UNREADABLE,
    ASIDE,
)
_SIDE: Final = 18


class OutcomeChips(QWidget):
    """`picked` tells the outcome that is to be shown alone: EVERYTHING for all photos, or ASIDE."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for name in _ORDER:
            button = QToolButton()
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(_SIDE, _SIDE))
            self._group.addButton(button)
            self.buttons[str(name)] = button
            row.addWidget(button)
        row.addStretch(1)
        self.buttons[EVERYTHING].setChecked(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self._draw()
        self._refresh()

    @property
    def chosen(self) -> str:
        """The outcome that is shown alone."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def choose(self, name: str) -> None:
        """Show an outcome alone."""
        self.buttons[name].setChecked(True)
        self.picked.emit(name)

    def tell(self, rows: ScannedRows) -> None:
        """Show the counts of now."""
        photos = rows.kinds[PHOTO] + rows.kinds[REPEATED]
        counts = {name: rows.outcomes[name] for name in self.buttons}
        counts[EVERYTHING] = photos
        counts[ASIDE] = len(rows) - photos
        if counts != self._counts:
            self._counts = counts
            self._refresh()

    def _refresh(self) -> None:
        titles = {EVERYTHING: self.tr("All photos"), ASIDE: self.tr("Left aside")}
        for name, button in self.buttons.items():
            count = self._counts.get(name, 0)
            title = titles[name] if name in titles else said_title(name)
            button.setText(f"{title} {count:,}")
            button.setToolTip(self._tip(name, title))
            button.setVisible(name == EVERYTHING or count > 0 or button.isChecked())

    def _tip(self, name: str, title: str) -> str:
        if name == ASIDE:
            return self.tr("Side files and other files that are no photos, with the reason")
        if name == EVERYTHING:
            return self.tr("Show all photos")
        return self.tr("Show only: {outcome}").format(outcome=title)

    def _on_clicked(self) -> None:
        self.picked.emit(self.chosen)

    def _draw(self) -> None:
        for name, button in self.buttons.items():
            if name in set(Outcome):
                button.setIcon(_badge(Outcome(name), self.devicePixelRatioF()))
            elif name == UNREADABLE:
                button.setIcon(icon("failed"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
        elif event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)


def _badge(outcome: Outcome, ratio: float) -> QIcon:
    """The sign of an outcome on its colour."""
    pixmap = QPixmap(round(_SIDE * ratio), round(_SIDE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = pixmap.deviceIndependentSize()
    rect = pixmap.rect().toRectF()
    rect.setSize(area)
    paint_badge(painter, rect, OUTCOME_ICONS[outcome], outcome_colour(outcome))
    painter.end()
    return QIcon(pixmap)
