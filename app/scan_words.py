"""What a scan says of files that are no photos, and of photos that were not judged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.words import outcome_title
from vision import AsideKind, Outcome

_ASIDE: Final[dict[str, object]] = {
    AsideKind.SIDE_FILE: QT_TRANSLATE_NOOP("scan", "Side file"),
    AsideKind.NOT_A_PICTURE: QT_TRANSLATE_NOOP("scan", "Not a picture"),
    AsideKind.FOLDER_UNREADABLE: QT_TRANSLATE_NOOP("scan", "Folder cannot be opened"),
    AsideKind.FOLDER_UNREACHABLE: QT_TRANSLATE_NOOP("scan", "Folder not reachable"),
    AsideKind.FOLDER_AGAIN: QT_TRANSLATE_NOOP("scan", "Folder already scanned"),
}


def aside_title(kind: str) -> str:
    """Why something was left aside."""
    return QCoreApplication.translate("scan", str(_ASIDE[kind]))


def said_title(outcome: str) -> str:
    """The title of an outcome, or of a file that could not be read."""
    if outcome in set(Outcome):
        return outcome_title(Outcome(outcome))
    return QCoreApplication.translate("scan", "Unreadable")


def repeated_title() -> str:
    """What a file is whose bytes came earlier."""
    return QCoreApplication.translate("scan", "Same file as another")
