"""One adjustable amount of a view: a slider with its name before it and its value behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDTH: Final = 130


class Dial(QWidget):
    """`changed` tells the new amount.

    Args:
        least: the smallest amount.
        most: the largest.
        step: what a key adds or takes away.
        amount: at first.
        written: says an amount in words of the present language.
    """

    changed = Signal(float)

    def __init__(
        self,
        least: float,
        most: float,
        step: float,
        amount: float,
        written: Callable[[float], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._step, self._written = step, written
        self.name, self._value = QLabel(), QLabel()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(least / step), round(most / step))
        self.slider.setValue(round(amount / step))
        self.slider.setPageStep(5)
        self.slider.setFixedWidth(_WIDTH)
        self.slider.valueChanged.connect(self._on_moved)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.name, self.slider, self._value):
            row.addWidget(widget)
        self._retell()

    @property
    def amount(self) -> float:
        """The amount of now."""
        return self.slider.value() * self._step

    def set_amount(self, amount: float) -> None:
        """Set it, within its bounds."""
        self.slider.setValue(round(amount / self._step))

    def follow(self, amount: float) -> None:
        """Show an amount that was set elsewhere, without telling it."""
        self.slider.blockSignals(True)
        self.set_amount(amount)
        self.slider.blockSignals(False)
        self._retell()

    def turn(self, by: int) -> None:
        """Go so many steps up or down."""
        self.slider.setValue(self.slider.value() + by)

    def reword(self, name: str) -> None:
        """Say in the present language what is adjusted."""
        self.name.setText(name)
        self.slider.setAccessibleName(name)
        self._retell()

    def _on_moved(self, _value: int) -> None:
        self._retell()
        self.changed.emit(self.amount)

    def _retell(self) -> None:
        said = self._written(self.amount)
        self._value.setText(said)
        most = max(
            self._value.fontMetrics().horizontalAdvance(self._written(end * self._step))
            for end in (self.slider.minimum(), self.slider.maximum())
        )
        self._value.setMinimumWidth(most + 2)
        self.slider.setToolTip(f"{self.name.text()}: {said}  ([ ])")


def per_cent(share: float) -> str:
    """A share in [0, 1] as it is read."""
    return f"{round(100 * share)} %"
