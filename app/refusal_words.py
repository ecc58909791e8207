"""Sentences about entries that cannot be kept: what was typed or drawn, why not, what is right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.field_words import field_name
from app.store import EntryRefused, GtinRefused, LineUnreadable, NoSuchProduct, Refusal

# Those with a class of their own, as app.error_words tells errors.
ENTRY_ERRORS: Final[tuple[tuple[type[Exception], object], ...]] = (
    (
        GtinRefused,
        QT_TRANSLATE_NOOP(
            "words",
            "“{found}” is no GTIN: 8, 12, 13 or 14 digits are needed, and the last one checks the "
            "others. Compare it with the package, digit by digit.",
        ),
    ),
    (
        LineUnreadable,
        QT_TRANSLATE_NOOP(
            "words",
            "Line {line} of the table cannot be read as a row. Mend it in the table, save that as "
            "CSV again, then import it again.",
        ),
    ),
    (
        NoSuchProduct,
        QT_TRANSLATE_NOOP(
            "words", "The gallery has no product “{found}”. “gallery list” names those it has."
        ),
    ),
)
# What is not a field of a reference, a product or the rules (see app.field_words).
_FIELDS: Final[dict[str, object]] = {
    "name": QT_TRANSLATE_NOOP("words", "name"),
    "product": QT_TRANSLATE_NOOP("words", "product"),
    "side": QT_TRANSLATE_NOOP("words", "side"),
    "author": QT_TRANSLATE_NOOP("words", "who is at work"),
    "snapshot": QT_TRANSLATE_NOOP("words", "name of the snapshot"),
    "note": QT_TRANSLATE_NOOP("words", "note"),
    "zone": QT_TRANSLATE_NOOP("words", "name of the zone"),
    "file": QT_TRANSLATE_NOOP("words", "file"),
}
REFUSALS: Final[dict[Refusal, object]] = {
    Refusal.EMPTY: QT_TRANSLATE_NOOP("words", "Nothing was given as {field}. Fill it in."),
    Refusal.TOO_LONG: QT_TRANSLATE_NOOP(
        "words",
        "“{found}” is too long as {field}: it has {count} characters, at most {limit} are "
        "possible.",
    ),
    Refusal.UNSHOWN: QT_TRANSLATE_NOOP(
        "words",
        "“{found}” cannot be kept as {field}: it holds line breaks or characters that cannot be "
        "shown.",
    ),
    Refusal.NO_DAY: QT_TRANSLATE_NOOP(
        "words", "“{found}” cannot be kept as {field}: a day is expected, as in 2026-01-31."
    ),
    Refusal.BEFORE_FIRST: QT_TRANSLATE_NOOP(
        "words", "“{found}” cannot be kept as {field}: it is before the first valid day, {first}."
    ),
    Refusal.FEW_CORNERS: QT_TRANSLATE_NOOP(
        "words", "This cannot be kept as {field}: it needs at least three corners in the picture."
    ),
    Refusal.NOWHERE: QT_TRANSLATE_NOOP(
        "words", "This cannot be kept as {field}: its corners must lie in the picture."
    ),
    Refusal.FOUR_CORNERS: QT_TRANSLATE_NOOP(
        "words",
        "The corners {found} cannot be used: four are expected, clockwise from the top left, in "
        "the picture.",
    ),
    Refusal.NO_REFERENCE: QT_TRANSLATE_NOOP(
        "words", "The zone “{found}” cannot be kept: it is drawn on no reference of this side."
    ),
    Refusal.NO_LENGTH: QT_TRANSLATE_NOOP(
        "words",
        "{found} cannot be kept: a line in the picture and a length above 0 are expected.",
    ),
    Refusal.NO_THRESHOLD: QT_TRANSLATE_NOOP(
        "words",
        "{found} cannot be kept as threshold: a number is expected, for a side one above 0.",
    ),
    Refusal.NO_FACT: QT_TRANSLATE_NOOP(
        "words", "“{found}” cannot be asked for: there is no such fact."
    ),
    Refusal.BYTES: QT_TRANSLATE_NOOP(
        "words",
        "“{found}” cannot be kept as {field}: it has {size} bytes, and 1 byte to {limit} MB are "
        "possible.",
    ),
    Refusal.NO_ADDRESS: QT_TRANSLATE_NOOP(
        "words",
        "“{found}” is no address of a server: it must be written as "
        "postgresql://user@server/database.",
    ),
}


def refusal_sentence(error: EntryRefused) -> str:
    """Why an entry cannot be kept; in English as the error tells it."""
    source = str(REFUSALS[error.refusal])
    said = _say(source)
    if said == source:
        return str(error)
    return said.format(found=error.shown, field=_field(error.field), **error.facts)


def _field(name: str) -> str:
    return _say(str(_FIELDS[name])) if name in _FIELDS else field_name(name)


def _say(source: str) -> str:
    return QCoreApplication.translate("words", source)


def limit_words(limit: float) -> str:
    """Limits in bytes are whole MiB, those in pixels are not."""
    if limit % (1 << 20) == 0:
        return f"{limit / (1 << 20):,.0f} MiB"
    megapixels = QCoreApplication.translate("words", "{count} megapixels")
    return megapixels.format(count=f"{limit / 1e6:,.0f}")
