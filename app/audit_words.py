"""What an entry of the audit says, in words: which act, and on what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app import words

if TYPE_CHECKING:
    from app.store import AuditEntry

_SHOWN: Final = 16

_ACTS: Final[dict[str, object]] = {
    "add": QT_TRANSLATE_NOOP("audit", "reference added"),
    "remove": QT_TRANSLATE_NOOP("audit", "reference removed"),
    "change": QT_TRANSLATE_NOOP("audit", "reference changed"),
    "move": QT_TRANSLATE_NOOP("audit", "reference moved"),
    "product": QT_TRANSLATE_NOOP("audit", "facts of a product"),
    "traits": QT_TRANSLATE_NOOP("audit", "distinguishing features"),
    "policy": QT_TRANSLATE_NOOP("audit", "requirements set"),
    "outline": QT_TRANSLATE_NOOP("audit", "outline drawn"),
    "zones": QT_TRANSLATE_NOOP("audit", "zones drawn"),
    "scale": QT_TRANSLATE_NOOP("audit", "known length"),
    "threshold": QT_TRANSLATE_NOOP("audit", "threshold set"),
    "finding": QT_TRANSLATE_NOOP("audit", "opinion on a region"),
    "decision": QT_TRANSLATE_NOOP("audit", "decision on a photo"),
    "item": QT_TRANSLATE_NOOP("audit", "photos of an item"),
    "snapshot": QT_TRANSLATE_NOOP("audit", "snapshot taken"),
    "restore": QT_TRANSLATE_NOOP("audit", "snapshot restored"),
    "export": QT_TRANSLATE_NOOP("audit", "gallery exported"),
    "load": QT_TRANSLATE_NOOP("audit", "gallery file loaded"),
    "rule": QT_TRANSLATE_NOOP("audit", "rule set"),
    "propose": QT_TRANSLATE_NOOP("audit", "changes proposed"),
    "approve": QT_TRANSLATE_NOOP("audit", "proposal approved"),
    "decline": QT_TRANSLATE_NOOP("audit", "proposal declined"),
}


def act_name(act: str) -> str:
    """What was done; an act of a later version stays as it is kept."""
    return QCoreApplication.translate("audit", str(_ACTS[act])) if act in _ACTS else act


def about(entry: AuditEntry) -> str:
    """On what it was done: side and file where they are known, else a name, else an id."""
    detail = json.loads(entry.detail)
    facts = detail if isinstance(detail, dict) else {}
    if facts.get("product"):
        side = words.side_name(str(facts["product"]), str(facts.get("side", "")))
        return f"{side} {facts.get('file_name', '')}".strip()
    return str(facts.get("name") or entry.subject[:_SHOWN])
