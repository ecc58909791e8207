"""A bar and a button to stop, shown while something long is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget
from typing_extensions import override

if TYPE_CHECKING:
    from app.store import Progress

_STEPS: Final = 1000  # a bar counts in int32, bytes of a file may be more


class ProgressLine(QWidget):
    """Hidden while nothing goes on; `stop_wished` when the person has had enough."""

    stop_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.stop = QProgressBar(), QPushButton()
        self.bar.setTextVisible(False)
        self.stop.clicked.connect(self.stop_wished)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self._retranslate()
        self.hide()

    def begin(self) -> None:
        """Something begins; how long it will take is not known yet."""
        self.bar.setRange(0, 0)
        self.show()

    def tell(self, progress: Progress) -> None:
        """How far it is."""
        if progress.total > 0:
            self.bar.setRange(0, _STEPS)
            self.bar.setValue(progress.done * _STEPS // progress.total)

    def end(self) -> None:
        """It is over, whatever came out."""
        self.hide()

    def _retranslate(self) -> None:
        self.stop.setText(self.tr("Stop"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
