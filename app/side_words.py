"""Sides of products as staff read them: well-known names in their language, others as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIDES: Final[dict[str, object]] = {
    "front": QT_TRANSLATE_NOOP("sides", "front"),
    "back": QT_TRANSLATE_NOOP("sides", "back"),
    "left": QT_TRANSLATE_NOOP("sides", "left"),
    "right": QT_TRANSLATE_NOOP("sides", "right"),
    "top": QT_TRANSLATE_NOOP("sides", "top"),
    "bottom": QT_TRANSLATE_NOOP("sides", "bottom"),
    "side": QT_TRANSLATE_NOOP("sides", "side"),
    "inside": QT_TRANSLATE_NOOP("sides", "inside"),
    "outside": QT_TRANSLATE_NOOP("sides", "outside"),
    "logo": QT_TRANSLATE_NOOP("sides", "logo"),
    "label": QT_TRANSLATE_NOOP("sides", "label"),
    "tag": QT_TRANSLATE_NOOP("sides", "tag"),
    "seal": QT_TRANSLATE_NOOP("sides", "seal"),
    "lid": QT_TRANSLATE_NOOP("sides", "lid"),
    "cover": QT_TRANSLATE_NOOP("sides", "cover"),
    "barcode": QT_TRANSLATE_NOOP("sides", "barcode"),
}


def side_word(side: str) -> str:
    """A side as it is shown; the stored name stays what JSON and files have."""
    known = _SIDES.get(side.strip().casefold())
    if known is None:
        return side
    said = QCoreApplication.translate("sides", str(known))
    return side if said == known else said  # as it was written, where nothing is translated


def product_and_side(product: str, side: str) -> str:
    """Both in one line, as a title; the product alone where the side is not known."""
    return f"{product} · {side_word(side)}" if side else product


def is_named(product: str, side: str, words: Iterable[str]) -> bool:
    """Whether all of these words (casefolded) occur in the names, as stored or as shown."""
    names = f"{product} {side} {side_word(side)}".casefold()
    return all(word in names for word in words)


def stored_side(words: str, known: Iterable[str]) -> str:
    """The name among `known` that somebody means who types or chooses what is shown.

    What is stored under just these words comes first; where nothing is meant, the words themselves.
    """
    names = tuple(known)
    if words in names:
        return words
    return next((name for name in names if side_word(name) == words), words)
