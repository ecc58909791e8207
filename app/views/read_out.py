"""The line below the pictures: where one points, both colours there, and how far they are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from app.views.painting import painter_on

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from app.views.sampling import Colour, Reading

_SWATCH: Final = 14


class _Swatch(QWidget):
    """A square of the colour that was read."""

    def __init__(self) -> None:
        super().__init__()
        self._colour: QColor | None = None
        self.setFixedSize(QSize(_SWATCH, _SWATCH))

    def set_colour(self, colour: Colour | None) -> None:
        self._colour = QColor(*colour.rgb) if colour is not None else None
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._colour is None:
            return
        with painter_on(self) as painter:
            painter.setPen(self.palette().mid().color())
            painter.setBrush(self._colour)
            painter.drawRect(QRectF(0.5, 0.5, _SWATCH - 1, _SWATCH - 1))


class ReadOutBar(QFrame):
    """Shows one reading; its words can be selected and copied once the point is locked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readout")
        self._reading: Reading | None = None
        self._is_locked = False
        self.place, self.suspect, self.reference, self.delta = (QLabel() for _ in range(4))
        self._swatches = _Swatch(), _Swatch()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 10, 3)
        row.setSpacing(6)
        for widget in (
            self.place,
            self._swatches[0],
            self.suspect,
            self._swatches[1],
            self.reference,
            self.delta,
        ):
            row.addWidget(widget)
            if widget in (self.place, self.suspect, self.reference):
                row.addSpacing(8)
        row.addStretch(1)
        for label in (self.place, self.suspect, self.reference, self.delta):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._retell()

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self._reading

    def show_reading(self, reading: Reading | None, *, is_locked: bool = False) -> None:
        """Show another reading, or none."""
        self._reading, self._is_locked = reading, is_locked
        self._retell()

    def _retell(self) -> None:
        reading = self._reading
        if reading is None:
            self._say(self.tr("Point at a place to read its colours; click to lock it"))
            return
        template = self.tr("Locked  x {x}  y {y}") if self._is_locked else self.tr("x {x}  y {y}")
        delta = reading.delta_e
        self._say(
            template.format(x=f"{reading.x:.0f}", y=f"{reading.y:.0f}"),
            self._colour_words(self.tr("Photo {lab}"), reading.suspect),
            self._colour_words(self.tr("Reference {lab}"), reading.reference),
            "" if delta is None else f"ΔE₀₀ {delta:.1f}",
        )

    def _say(self, place: str, suspect: str = "", reference: str = "", delta: str = "") -> None:
        texts = place, suspect, reference, delta
        labels = self.place, self.suspect, self.reference, self.delta
        for label, text in zip(labels, texts, strict=True):
            label.setText(text)
        reading = self._reading
        for swatch, colour in zip(
            self._swatches,
            (None, None) if reading is None else (reading.suspect, reading.reference),
            strict=True,
        ):
            swatch.set_colour(colour)
            swatch.setVisible(reading is not None)
        self.setAccessibleDescription("  ".join(text for text in texts if text))
        self.setAccessibleName(self.tr("Colours at the point"))

    def _colour_words(self, template: str, colour: Colour | None) -> str:
        if colour is None:
            return template.format(lab="–")
        lightness, a, b = colour.lab
        lab = f"L {lightness:.1f} a {a:.1f} b {b:.1f}".replace("-", "−")
        return template.format(lab=lab)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retell()
        super().changeEvent(event)
