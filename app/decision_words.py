"""The words for what an examiner decides of a photo."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.store import Decided

_DECIDED: Final[dict[Decided, object]] = {
    Decided.AGREES: QT_TRANSLATE_NOOP("triage", "Agrees"),
    Decided.DIFFERS: QT_TRANSLATE_NOOP("triage", "Differs"),
    Decided.LATER: QT_TRANSLATE_NOOP("triage", "Look later"),
}


def decided_name(decided: Decided) -> str:
    """What was decided, in a word or two."""
    return QCoreApplication.translate("triage", str(_DECIDED[decided]))
