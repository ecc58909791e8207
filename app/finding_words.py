"""The words for what an examiner takes a difference for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.store import Opinion

_OPINIONS: Final[dict[Opinion, object]] = {
    Opinion.REAL_DIFFERENCE: QT_TRANSLATE_NOOP("words", "Real difference"),
    Opinion.LIGHTING: QT_TRANSLATE_NOOP("words", "Lighting"),
    Opinion.WEAR: QT_TRANSLATE_NOOP("words", "Wear"),
    Opinion.GENUINE_VARIATION: QT_TRANSLATE_NOOP("words", "Genuine variation"),
    Opinion.CANNOT_SEE: QT_TRANSLATE_NOOP("words", "Cannot see"),
}


def opinion_name(opinion: Opinion) -> str:
    """What the examiner takes a difference for, in two words."""
    return QCoreApplication.translate("words", str(_OPINIONS[opinion]))
