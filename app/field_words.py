"""What the fields of references, products and rules are called in running text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.side_words import side_word

if TYPE_CHECKING:
    from app.store import Policy, Shots

_FIELDS: Final[dict[str, object]] = {
    "vouched_by": QT_TRANSLATE_NOOP("changes", "who vouches"),
    "obtained": QT_TRANSLATE_NOOP("changes", "how it was obtained"),
    "batch": QT_TRANSLATE_NOOP("changes", "batch"),
    "valid_from": QT_TRANSLATE_NOOP("changes", "first valid day"),
    "valid_to": QT_TRANSLATE_NOOP("changes", "last valid day"),
    "obtained_on": QT_TRANSLATE_NOOP("changes", "day it was obtained"),
    "camera": QT_TRANSLATE_NOOP("changes", "camera"),
    "proof": QT_TRANSLATE_NOOP("changes", "proof"),
    "proof_name": QT_TRANSLATE_NOOP("changes", "name of the proof"),
    "is_canonical": QT_TRANSLATE_NOOP("changes", "first reference of the side"),
    "corners": QT_TRANSLATE_NOOP("changes", "straightening"),
    "brand": QT_TRANSLATE_NOOP("changes", "brand"),
    "gtin": QT_TRANSLATE_NOOP("changes", "GTIN"),
    "packaging": QT_TRANSLATE_NOOP("changes", "packaging version"),
    "market": QT_TRANSLATE_NOOP("changes", "market"),
    "category": QT_TRANSLATE_NOOP("changes", "category"),
    "outline": QT_TRANSLATE_NOOP("changes", "outline"),
    "width": QT_TRANSLATE_NOOP("changes", "width"),
    "height": QT_TRANSLATE_NOOP("changes", "height"),
    "of_product": QT_TRANSLATE_NOOP("changes", "must be said of a product"),
    "of_reference": QT_TRANSLATE_NOOP("changes", "must be said of a reference"),
    "shots": QT_TRANSLATE_NOOP("changes", "sides to photograph"),
}
_NOTHING: Final = "–"


def field_name(field: str) -> str:
    """What a field of a reference, a product or the rules is called in running text."""
    return _said(_FIELDS[field]) if field in _FIELDS else field


def policy_value(policy: Policy, field: str) -> str:
    """What a gallery asks for in one field of its policy; a dash where it asks for nothing."""
    if field == "shots":
        return "; ".join(_shots(each) for each in policy.shots) or _NOTHING
    return ", ".join(field_name(name) for name in getattr(policy, field)) or _NOTHING


def _shots(shots: Shots) -> str:
    category = shots.category or _said(QT_TRANSLATE_NOOP("changes", "all other products"))
    required = ", ".join(side_word(each) for each in shots.required) or _NOTHING
    if not shots.optional:
        said = QCoreApplication.translate("changes", "{category}: {required}")
        return said.format(category=category, required=required)
    said = QCoreApplication.translate("changes", "{category}: {required}; optional: {optional}")
    optional = ", ".join(side_word(each) for each in shots.optional)
    return said.format(category=category, required=required, optional=optional)


def _said(source: object) -> str:
    return QCoreApplication.translate("changes", str(source))
