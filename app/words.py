"""The sentences that staff read: outcomes, reasons, faults, notes, channels and errors.

Sources are English; `install_language` lays the Chinese over them. Tables keep one text for each
member of an enum, so a missing sentence is a failing test instead of a surprise in a window.
"""

from __future__ import annotations

import logging
from typing import Final, Literal, Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale, QTranslator

from app.error_words import error_sentence as error_sentence
from app.places import assets_dir
from app.side_words import side_word
from app.threshold_words import threshold_sentence
from vision import (
    Channel,
    Comparison,
    Fault,
    FaultKind,
    Inspection,
    Note,
    NoteCode,
    Outcome,
    Reason,
    ReasonCode,
    ZoneKind,
)

Language = Literal["en", "zh_CN"]

_log = logging.getLogger(__name__)

_OUTCOMES: Final[dict[Outcome, object]] = {
    Outcome.AGREES: QT_TRANSLATE_NOOP("words", "Agrees"),
    Outcome.DIFFERS: QT_TRANSLATE_NOOP("words", "Differs"),
    Outcome.PHOTO_UNFIT: QT_TRANSLATE_NOOP("words", "Photo unfit"),
    Outcome.NOT_IN_GALLERY: QT_TRANSLATE_NOOP("words", "Not in the gallery"),
    Outcome.GALLERY_TOO_THIN: QT_TRANSLATE_NOOP("words", "Too few references"),
    Outcome.CANNOT_ALIGN: QT_TRANSLATE_NOOP("words", "Cannot align"),
    Outcome.MIXED: QT_TRANSLATE_NOOP("words", "Mixed results"),
}

_REASONS: Final[dict[ReasonCode, object]] = {
    ReasonCode.WITHIN_SPREAD: QT_TRANSLATE_NOOP(
        "words",
        "Every place that could be compared with {side} lies within "
        "what genuine items show among themselves.",
    ),
    ReasonCode.OUTSIDE_SPREAD: QT_TRANSLATE_NOOP(
        "words",
        "Places that differ from {side} by more than genuine items "
        "differ among themselves: {count}.",
    ),
    ReasonCode.FAULT: QT_TRANSLATE_NOOP("words", "The photo cannot be judged: {faults}."),
    ReasonCode.NOTHING_VERIFIED: QT_TRANSLATE_NOOP(
        "words", "No reference in the gallery shows the same print as this photo."
    ),
    ReasonCode.EMPTY_GALLERY: QT_TRANSLATE_NOOP("words", "The gallery has no references yet."),
    ReasonCode.FEW_REFERENCES: QT_TRANSLATE_NOOP(
        "words",
        "The gallery has {found} references of {side}; {needed} are needed "
        "to know how far genuine items differ.",
    ),
    ReasonCode.FEW_MATCHES: QT_TRANSLATE_NOOP(
        "words",
        "Laid on {side}, only {found} matching points agree; {needed} are needed.",
    ),
    ReasonCode.LOW_OVERLAP: QT_TRANSLATE_NOOP(
        "words", "Only {found} % of {side} is in the photo; {needed} % is needed."
    ),
    ReasonCode.LARGE_ERROR: QT_TRANSLATE_NOOP(
        "words",
        "Laid on {side}, matching points miss each other by {found} pixels; "
        "at most {needed} is allowed.",
    ),
    ReasonCode.MOSTLY_HIDDEN: QT_TRANSLATE_NOOP(
        "words",
        "Only {found} % of {side} can be seen clearly; {needed} % is needed. "
        "The rest is glare, blur or covered.",
    ),
    ReasonCode.REFERENCES_DISAGREE: QT_TRANSLATE_NOOP(
        "words", "Some references of {side} agree with the photo, others differ from it."
    ),
    ReasonCode.TWO_PRODUCTS: QT_TRANSLATE_NOOP(
        "words", "More than one product of the gallery stands in the photo, {side} among them."
    ),
    ReasonCode.ZONE_HIDDEN: QT_TRANSLATE_NOOP(
        "words", "Only {found} % of {zone} of {side} can be seen clearly; {needed} % is needed."
    ),
    ReasonCode.ZONE_LOST: QT_TRANSLATE_NOOP(
        "words",
        "Nothing can be said of {zone} of {side}: the reference it was drawn on is gone, or it "
        "lies at the very edge.",
    ),
}

_NEXT_STEPS: Final[dict[ReasonCode, object]] = {
    ReasonCode.WITHIN_SPREAD: QT_TRANSLATE_NOOP(
        "words", "Look at the weakest places, then decide."
    ),
    ReasonCode.OUTSIDE_SPREAD: QT_TRANSLATE_NOOP(
        "words", "Go through the numbered regions one by one, then decide."
    ),
    ReasonCode.FAULT: QT_TRANSLATE_NOOP("words", "Take the photo again."),
    ReasonCode.NOTHING_VERIFIED: QT_TRANSLATE_NOOP(
        "words",
        "Say yourself which product and side it is, or send the photo to whoever keeps the "
        "gallery.",
    ),
    ReasonCode.EMPTY_GALLERY: QT_TRANSLATE_NOOP(
        "words", "Add photos of genuine items to the gallery first."
    ),
    ReasonCode.FEW_REFERENCES: QT_TRANSLATE_NOOP(
        "words", "Add references of this side; until then, compare the two pictures by eye."
    ),
    ReasonCode.FEW_MATCHES: QT_TRANSLATE_NOOP(
        "words",
        "Take the photo again straight on, with the whole side sharp and in the picture; or align "
        "it by hand in the window.",
    ),
    ReasonCode.LOW_OVERLAP: QT_TRANSLATE_NOOP(
        "words", "Take the photo again with the whole side in the picture."
    ),
    ReasonCode.LARGE_ERROR: QT_TRANSLATE_NOOP(
        "words", "Lay the item flat and take the photo again straight on."
    ),
    ReasonCode.MOSTLY_HIDDEN: QT_TRANSLATE_NOOP(
        "words", "Turn the item away from the lamp, uncover it, and take the photo again."
    ),
    ReasonCode.REFERENCES_DISAGREE: QT_TRANSLATE_NOOP(
        "words", "Ask a second examiner, and check the references of this side."
    ),
    ReasonCode.TWO_PRODUCTS: QT_TRANSLATE_NOOP(
        "words", "Photograph one item alone, or cut the photo to it and add that."
    ),
    ReasonCode.ZONE_HIDDEN: QT_TRANSLATE_NOOP(
        "words",
        "Uncover that part of the item, keep the lamp's shine off it, and take the photo again.",
    ),
    ReasonCode.ZONE_LOST: QT_TRANSLATE_NOOP(
        "words", "Draw the zone again on a reference of this side, in the gallery."
    ),
}

_FAULTS: Final[dict[FaultKind, object]] = {
    FaultKind.BLUR: QT_TRANSLATE_NOOP("words", "blurred"),
    FaultKind.GLARE: QT_TRANSLATE_NOOP("words", "glare"),
    FaultKind.TOO_DARK: QT_TRANSLATE_NOOP("words", "too dark"),
    FaultKind.TOO_BRIGHT: QT_TRANSLATE_NOOP("words", "too bright"),
    FaultKind.TOO_SMALL: QT_TRANSLATE_NOOP("words", "too few pixels on the item"),
}

_FIXES: Final[dict[FaultKind, object]] = {
    FaultKind.BLUR: QT_TRANSLATE_NOOP(
        "words", "Rest the camera on something, tap the item to focus, and take the photo again."
    ),
    FaultKind.GLARE: QT_TRANSLATE_NOOP(
        "words", "Turn the item or the lamp until the shine is gone; switch the flash off."
    ),
    FaultKind.TOO_DARK: QT_TRANSLATE_NOOP(
        "words", "Put more light on the item, from two sides if possible."
    ),
    FaultKind.TOO_BRIGHT: QT_TRANSLATE_NOOP(
        "words", "Lower the exposure, or move the item out of direct light."
    ),
    FaultKind.TOO_SMALL: QT_TRANSLATE_NOOP(
        "words", "Go closer until the item fills the picture, at the camera's full resolution."
    ),
}

_NOTES: Final[dict[NoteCode, object]] = {
    NoteCode.TURNED: QT_TRANSLATE_NOOP("words", "Turned upright as the file says."),
    NoteCode.PROFILE: QT_TRANSLATE_NOOP("words", "Colour profile applied."),
    NoteCode.PROFILE_BROKEN: QT_TRANSLATE_NOOP(
        "words", "The colour profile cannot be used; colours may be off."
    ),
    NoteCode.CMYK: QT_TRANSLATE_NOOP("words", "Ink colours (CMYK) converted; colours may be off."),
    NoteCode.TRANSPARENT: QT_TRANSLATE_NOOP("words", "Transparent parts are shown on white."),
    NoteCode.EMPTY: QT_TRANSLATE_NOOP("words", "The whole picture is transparent."),
    NoteCode.DEEP: QT_TRANSLATE_NOOP("words", "More than 8 bits a colour, scaled to 8."),
    NoteCode.NARROW_RANGE: QT_TRANSLATE_NOOP(
        "words", "The values use a small part of their range; the picture may look flat."
    ),
    NoteCode.FIRST_FRAME: QT_TRANSLATE_NOOP("words", "Only the first of several pages is used."),
    NoteCode.NAME_DISAGREES: QT_TRANSLATE_NOOP(
        "words", "The ending of the file name does not fit what the file holds."
    ),
    NoteCode.DAMAGED: QT_TRANSLATE_NOOP("words", "The file is damaged; part of it is missing."),
    NoteCode.REDUCED: QT_TRANSLATE_NOOP("words", "Read at a reduced size."),
}

_CHANNELS: Final[dict[Channel, object]] = {
    Channel.STRUCTURE: QT_TRANSLATE_NOOP("words", "Structure"),
    Channel.FEATURES: QT_TRANSLATE_NOOP("words", "Fine features"),
    Channel.COLOUR: QT_TRANSLATE_NOOP("words", "Colour"),
    Channel.GEOMETRY: QT_TRANSLATE_NOOP("words", "Place and shape"),
    Channel.LEARNED: QT_TRANSLATE_NOOP("words", "Learned comparison"),
    Channel.TEXT: QT_TRANSLATE_NOOP("words", "Text"),
    Channel.CODES: QT_TRANSLATE_NOOP("words", "Codes"),
}

_ZONE_KINDS: Final[dict[ZoneKind, object]] = {
    ZoneKind.MUST_MATCH: QT_TRANSLATE_NOOP("words", "must match"),
    ZoneKind.VARIABLE: QT_TRANSLATE_NOOP("words", "variable"),
}
_ZONES: Final[dict[ZoneKind, object]] = {
    ZoneKind.MUST_MATCH: QT_TRANSLATE_NOOP("words", "the must-match zone “{label}”"),
    ZoneKind.VARIABLE: QT_TRANSLATE_NOOP("words", "the variable zone “{label}”"),
}
_NAMELESS_ZONES: Final[dict[ZoneKind, object]] = {
    ZoneKind.MUST_MATCH: QT_TRANSLATE_NOOP("words", "a must-match zone"),
    ZoneKind.VARIABLE: QT_TRANSLATE_NOOP("words", "a variable zone"),
}

_TRANSLATOR: Final = "touchstone words"
_COLOUR_JUDGED: Final = 0.95  # share of the places from which on nothing is said

# Reasons whose figures are shares in [0, 1] and are told in per cent.
_SHARES: Final = {ReasonCode.LOW_OVERLAP, ReasonCode.MOSTLY_HIDDEN, ReasonCode.ZONE_HIDDEN}


def outcome_title(outcome: Outcome) -> str:
    """Two or three words, as on a badge."""
    return _say(_OUTCOMES[outcome])


def reason_sentence(of: Inspection | Reason) -> str:
    """Why the outcome is what it is, in one sentence."""
    reason = of.reason if isinstance(of, Inspection) else of
    count = int(reason.found)
    if isinstance(of, Inspection) and of.comparison is not None:
        count = len(of.comparison.differing)
    said = _say(_REASONS[reason.code]).format(
        side=side_name(reason.product, reason.side),
        count=count,
        faults=in_a_row([_say(_FAULTS[kind]) for kind in reason.faults]),
        found=_figure(reason.found, share=reason.code in _SHARES),
        needed=_figure(reason.needed, share=reason.code in _SHARES),
        zone=zone_name(ZoneKind.MUST_MATCH, reason.zone),
    )
    if isinstance(of, Inspection) and of.outcome in (Outcome.AGREES, Outcome.DIFFERS):
        said = f"{said} {threshold_sentence(of.comparison)}".rstrip()
    return said


def next_step(of: Inspection | Reason) -> str:
    """What the person should do now, in one sentence (for an unfit photo, one for each fault)."""
    reason = of.reason if isinstance(of, Inspection) else of
    fixes = [_say(_FIXES[kind]) for kind in dict.fromkeys(reason.faults)]
    if reason.code is ReasonCode.FAULT and fixes:
        return " ".join(fixes)
    return _say(_NEXT_STEPS[reason.code])


def unreadable_step() -> str:
    """What to do about a file that cannot become a photo."""
    return QCoreApplication.translate("words", "Choose another file, or take the photo again.")


def side_name(product: str, side: str) -> str:
    """A product and its side in running text."""
    if product and side:
        return QCoreApplication.translate("words", "“{product}”, side “{side}”").format(
            product=product, side=side_word(side)
        )
    if product:
        return QCoreApplication.translate("words", "“{product}”").format(product=product)
    return QCoreApplication.translate("words", "the reference")


def zone_name(kind: ZoneKind, label: str) -> str:
    """A zone in running text."""
    if label:
        return _say(_ZONES[kind]).format(label=label)
    return _say(_NAMELESS_ZONES[kind])


def zone_kind(kind: ZoneKind) -> str:
    """What a zone asks for, in two or three words."""
    return _say(_ZONE_KINDS[kind])


def fault_name(fault: Fault) -> str:
    """What is wrong with the photo, in a word or two."""
    return fault_title(fault.kind)


def fault_title(kind: FaultKind) -> str:
    """The same, of a kind."""
    return _say(_FAULTS[kind])


def fault_fix(fault: Fault) -> str:
    """How to take the photo so that this fault is gone."""
    return _say(_FIXES[fault.kind])


def note_sentence(note: Note) -> str:
    """What the reader did to the file; the note's own value follows where it has one."""
    sentence = _say(_NOTES[note.code])
    return f"{sentence} ({note.value})" if note.value else sentence


def channel_name(channel: Channel) -> str:
    """The name of a kind of evidence."""
    return _say(_CHANNELS[channel])


def colour_sentence(comparison: Comparison) -> str:
    """At how many places the light was too poor to judge colour; empty where it hardly matters."""
    if comparison.colour_judged >= _COLOUR_JUDGED:
        return ""
    return QCoreApplication.translate(
        "words",
        "Colour cannot be judged at {share} % of the places: the light there is too weak, "
        "too strongly tinted or too noisy, or washes the print out.",
    ).format(share=_figure(1.0 - comparison.colour_judged, share=True))


class WithParts(Protocol):
    """What says how many parts were compared in their own place."""

    @property
    def apart(self) -> int:
        """How many."""


def apart_sentence(comparison: WithParts) -> str:
    """That parts were compared in their own place; empty where none were."""
    if not comparison.apart:
        return ""
    return QCoreApplication.translate(
        "words",
        "A part lies elsewhere than on the reference, as it does among genuine items; it was "
        "compared in its own place.",
    )


def by_hand_sentence(comparison: Comparison) -> str:
    """That a person laid the photo, by how many pins and how exactly; empty where nobody did."""
    alignment = comparison.alignment
    if not alignment.pins:
        return ""
    said = QCoreApplication.translate("words", "Aligned by hand with {count} pins.")
    if alignment.inliers > alignment.pins:
        said = QCoreApplication.translate(
            "words",
            "Aligned by hand with {count} pins, made exact by {matches} matching points. Error: "
            "{error} px.",
        )
    elif alignment.error_px > 0:
        said = QCoreApplication.translate(
            "words", "Aligned by hand with {count} pins. Error: {error} px."
        )
    return said.format(
        count=alignment.pins, matches=alignment.inliers, error=f"{alignment.error_px:.1f}"
    )


def apart_picture_sentence(comparison: WithParts) -> str:
    """What the photo laid on the reference looks like for that; empty where it does not."""
    if not comparison.apart:
        return ""
    return QCoreApplication.translate(
        "words",
        "The photo laid on the reference shows it where the reference has it: seams around it come "
        "from that, and where it really lies is hatched. “As taken” shows the photo itself.",
    )


def install_language(code: Language | None) -> Language:
    """Lay the translation of `code` over the program's words, in place of the one before.

    None takes the language of the computer. The caller has made the QCoreApplication; without one,
    or without the translation file, the words stay English.

    Returns:
        The language that is now spoken.
    """
    wanted = code or system_language()
    application = QCoreApplication.instance()
    if application is None:
        return "en"
    for old in application.findChildren(QTranslator, _TRANSLATOR):
        application.removeTranslator(old)
        old.setParent(None)
    if wanted == "en":
        return "en"
    translator = QTranslator(application)
    translator.setObjectName(_TRANSLATOR)
    file = assets_dir() / "translations" / f"touchstone_{wanted}.qm"
    if not translator.load(str(file)):
        _log.warning("no translation at %s; the words stay English", file)
        translator.setParent(None)
        return "en"
    application.installTranslator(translator)
    return wanted


def system_language() -> Language:
    """The language of the computer, as far as the program speaks it."""
    languages = QLocale.system().uiLanguages()
    return "zh_CN" if languages and languages[0].lower().startswith("zh") else "en"


def _say(source: object) -> str:
    return QCoreApplication.translate("words", str(source))


def in_a_row(words: list[str]) -> str:
    """Several words or names in running text."""
    return QCoreApplication.translate("words", ", ", "between the words of a list").join(words)


def _figure(value: float, *, share: bool) -> str:
    return f"{value * 100:.0f}" if share else f"{value:.3g}"
