"""What is said of pins while they are being set."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from vision import PinFit, PinTrouble

_TROUBLES: Final[dict[PinTrouble, object]] = {
    PinTrouble.TOO_FEW: QT_TRANSLATE_NOOP(
        "pins",
        "Set another pin. Two give place, turn and size, three also a slant, four also a tilt.",
    ),
    PinTrouble.TOO_CLOSE: QT_TRANSLATE_NOOP(
        "pins", "These pins lie too close together. Set them far apart, best near the corners."
    ),
    PinTrouble.IN_LINE: QT_TRANSLATE_NOOP(
        "pins", "These pins lie on one line. Set one away from it."
    ),
    PinTrouble.FOLDED: QT_TRANSLATE_NOOP(
        "pins",
        "With these pins the photo would be mirrored or folded: two of them are swapped, or one "
        "lies on a wrong place.",
    ),
    PinTrouble.REFERENCE_GONE: QT_TRANSLATE_NOOP(
        "pins", "The reference of these pins is no longer in the gallery."
    ),
}


def trouble_sentence(trouble: PinTrouble) -> str:
    """Why pins do not tell how the photo lies, and what to do about it."""
    return QCoreApplication.translate("pins", str(_TROUBLES[trouble]))


def fit_sentence(fit: PinFit) -> str:
    """How well pins agree with each other."""
    count = len(fit.misses)
    if fit.error_px is None:
        said = QCoreApplication.translate(
            "pins", "Pins: {count}. One more would show how exactly they agree."
        )
        return said.format(count=count)
    said = QCoreApplication.translate(
        "pins", "Pins: {count}. Error: {error} px; pin {number} is off most, by {most} px."
    )
    worst = int(fit.misses.argmax())
    most = f"{float(fit.misses[worst]):.1f}"
    return said.format(count=count, error=f"{fit.error_px:.1f}", number=worst + 1, most=most)
