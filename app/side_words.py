"""Sides of products as staff read them: well-known names in their language, others as typed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QTranslator

from app.places import assets_dir

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
STANDARD_SIDES: Final = tuple(_SIDES)


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

    A well-known side may be called as in any language that the program speaks. What is stored
    under just these words comes first; where nothing is meant, the words themselves.
    """
    names = tuple(known)
    if words in names:
        return words
    meant = _standard(words)
    same = (name for name in names if side_word(name) == words or meant == _standard(name) != "")
    return next(same, words)


def named_side(words: str, own: Iterable[str] = ()) -> str:
    """The name under which a side is stored that somebody types: of `own`, else a well-known one.

    Args:
        words: what is typed.
        own: the sides that the product has already.
    """
    typed, names = words.strip(), tuple(own)
    found = stored_side(typed, names)
    return found if found in names else stored_side(typed, STANDARD_SIDES)


def _standard(words: str) -> str:
    """The well-known side that is called so in some language; "" where none is."""
    name = words.strip().casefold()
    if name in _SIDES:
        return name
    here = next((each for each in _SIDES if side_word(each).casefold() == name), "")
    return here or _in_all_languages().get(name, "")


@cache
def _in_all_languages() -> dict[str, str]:
    """The well-known sides by what they are called, whichever language is spoken now."""
    found = {}
    for file in sorted((assets_dir() / "translations").glob("touchstone_*.qm")):
        translator = QTranslator()
        translator.load(str(file))
        for name, source in _SIDES.items():
            called = translator.translate("sides", str(source))
            if called:
                found[called.casefold()] = name
    return found
