"""Words from outside, which Qt is not to take for a page, whatever signs they hold."""

from __future__ import annotations

from PySide6.QtGui import Qt


def tip_of(text: str) -> str:
    """A tool tip that shows `text` letter by letter."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
