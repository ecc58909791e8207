"""The sentences about what a check of the gallery found: what is wrong, and what mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app import words
from vision import FlawKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vision import Flaw, Reference

_SENTENCES: Final[dict[FlawKind, object]] = {
    FlawKind.UNREADABLE: QT_TRANSLATE_NOOP(
        "checking",
        "{side}: the files of {count} references can no longer be read. Add the pictures again.",
    ),
    FlawKind.ORIGINAL_CHANGED: QT_TRANSLATE_NOOP(
        "checking",
        "{side}: the files of {count} references are no longer the pictures that were added. "
        "Add the pictures again.",
    ),
    FlawKind.ORIGINAL_MISSING: QT_TRANSLATE_NOOP(
        "checking", "{side}: the files of {count} references are gone. Add the pictures again."
    ),
    FlawKind.UNFIT: QT_TRANSLATE_NOOP(
        "checking", "{side}: a reference cannot be judged by: {faults}. Replace or remove it."
    ),
    FlawKind.WRONG_PRODUCT: QT_TRANSLATE_NOOP(
        "checking",
        "{side}: a reference looks like {elsewhere}; it matches {share} % of the references "
        "there. Move it there, or remove it.",
    ),
    FlawKind.WRONG_SIDE: QT_TRANSLATE_NOOP(
        "checking",
        "{side}: a reference seems to show another side, {elsewhere}; it matches {share} % of the "
        "references there. Move it there, or remove it.",
    ),
    FlawKind.OUTLIER: QT_TRANSLATE_NOOP(
        "checking",
        "{side}: a reference looks like none of its siblings. Look at them side by side, then "
        "move or remove it.",
    ),
    FlawKind.DUPLICATE: QT_TRANSLATE_NOOP(
        "checking", "One picture stands under several sides: {sides}. Keep it under the right one."
    ),
    FlawKind.NEAR_DUPLICATE: QT_TRANSLATE_NOOP(
        "checking",
        "{sides}: {count} references are one and the same photo, saved differently. Keep one.",
    ),
    FlawKind.CONFLICT: QT_TRANSLATE_NOOP(
        "checking",
        "{side} and {elsewhere} can be taken for each other: {share} % of their references "
        "match. Join them, or draw must-match zones where they differ.",
    ),
    FlawKind.THIN_SIDE: QT_TRANSLATE_NOOP(
        "checking", "{side} has {count} references, {enough} are needed. Add more."
    ),
    FlawKind.MISSING_SIDE: QT_TRANSLATE_NOOP(
        "checking",
        "{side} has no references, though {share} % of the products have this side. Add some.",
    ),
    FlawKind.MISSING_BATCH: QT_TRANSLATE_NOOP(
        "checking",
        "{side} has no reference of batch “{detail}”, which another side shows. Add one.",
    ),
    FlawKind.NO_PROVENANCE: QT_TRANSLATE_NOOP(
        "checking", "{side}: nobody vouches for {count} references. Say who does, or remove them."
    ),
    FlawKind.EXPIRED: QT_TRANSLATE_NOOP(
        "checking", "{side}: {count} references were valid until {date}. Renew or remove them."
    ),
    FlawKind.UNREADABLE_DATE: QT_TRANSLATE_NOOP(
        "checking", "{side}: “{date}” is no date. Write it as year-month-day."
    ),
}


def flaw_sentence(flaw: Flaw, references: Mapping[str, Reference]) -> str:
    """What is wrong and what mends it; `references` has those of the flaw by their id."""
    concerned = [references[each] for each in flaw.references]
    sides = dict.fromkeys(words.side_name(each.product, each.side) for each in concerned)
    elsewhere = words.side_name(*flaw.elsewhere) if flaw.elsewhere else ""
    return QCoreApplication.translate("checking", str(_SENTENCES[flaw.kind])).format(
        side=words.side_name(flaw.product, flaw.side),
        sides=words.in_a_row(list(sides)),
        elsewhere=elsewhere,
        count=len(flaw.references),
        enough=round(flaw.limit),
        share=round(100 * flaw.measured),
        faults=words.in_a_row([words.fault_name(fault) for fault in flaw.faults]),
        date=flaw.detail,
        detail=flaw.detail,
    )
