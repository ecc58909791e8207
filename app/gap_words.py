"""Sentences about what a gallery asks for and lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app import words
from app.field_words import field_name

if TYPE_CHECKING:
    from app.store import Gap

_OF_REFERENCES = QT_TRANSLATE_NOOP(
    "checking", "{side}: {count} references do not tell: {field}. The rules ask for it; say it."
)
_OF_PRODUCT = QT_TRANSLATE_NOOP(
    "checking", "“{product}” does not tell: {field}. The rules ask for it; say it."
)
_SHOT = QT_TRANSLATE_NOOP(
    "checking", "{side} has no references, though the rules ask for this side. Add some."
)


def gap_sentence(gap: Gap) -> str:
    """What is missing, and what to do."""
    source = _SHOT if not gap.field else _OF_REFERENCES if gap.references else _OF_PRODUCT
    return QCoreApplication.translate("checking", str(source)).format(
        product=gap.product,
        side=words.side_name(gap.product, gap.side),
        field=field_name(gap.field),
        count=len(gap.references),
    )
