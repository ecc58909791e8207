"""Sentences about what differs between two galleries, and where they contradict each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app import words
from app.field_words import field_name, policy_value
from app.side_words import product_and_side
from app.store import (
    ChangeKind,
    ConflictKind,
    KeptLength,
    KeptProduct,
    KeptReference,
    KeptThreshold,
    KeptTraits,
    KeptZones,
    Policy,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store import Change, Conflict, Thing

_SHOWN_HASH: Final = 8

_REFERENCE: Final[dict[ChangeKind, object]] = {
    ChangeKind.ADDED: QT_TRANSLATE_NOOP("changes", "{side}: the reference {picture} is new."),
    ChangeKind.REMOVED: QT_TRANSLATE_NOOP("changes", "{side}: the reference {picture} is gone."),
    ChangeKind.CHANGED: QT_TRANSLATE_NOOP(
        "changes", "{side}: the reference {picture} has changed in: {fields}."
    ),
}
_ZONES: Final[dict[ChangeKind, object]] = {
    ChangeKind.ADDED: QT_TRANSLATE_NOOP("changes", "{side}: zones are new ({count})."),
    ChangeKind.REMOVED: QT_TRANSLATE_NOOP("changes", "{side}: its zones are gone ({count})."),
    ChangeKind.CHANGED: QT_TRANSLATE_NOOP("changes", "{side}: its zones have changed."),
}
_LENGTH: Final[dict[ChangeKind, object]] = {
    ChangeKind.ADDED: QT_TRANSLATE_NOOP("changes", "The known length on {picture} is new."),
    ChangeKind.REMOVED: QT_TRANSLATE_NOOP("changes", "The known length on {picture} is gone."),
    ChangeKind.CHANGED: QT_TRANSLATE_NOOP("changes", "The known length on {picture} has changed."),
}
_PRODUCT: Final[dict[ChangeKind, object]] = {
    ChangeKind.ADDED: QT_TRANSLATE_NOOP("changes", "{side}: facts of the product are new."),
    ChangeKind.REMOVED: QT_TRANSLATE_NOOP("changes", "{side}: the facts of the product are gone."),
    ChangeKind.CHANGED: QT_TRANSLATE_NOOP(
        "changes", "{side}: the product has changed in: {fields}."
    ),
}
_TRAITS: Final[dict[ChangeKind, object]] = {
    ChangeKind.ADDED: QT_TRANSLATE_NOOP(
        "changes", "{side}: distinguishing features are new ({count})."
    ),
    ChangeKind.REMOVED: QT_TRANSLATE_NOOP(
        "changes", "{side}: its distinguishing features are gone ({count})."
    ),
    ChangeKind.CHANGED: QT_TRANSLATE_NOOP(
        "changes", "{side}: its distinguishing features have changed."
    ),
}
_THRESHOLD: Final[dict[ChangeKind, object]] = {
    ChangeKind.ADDED: QT_TRANSLATE_NOOP("changes", "{side}: a threshold was set, {value}."),
    ChangeKind.REMOVED: QT_TRANSLATE_NOOP(
        "changes", "{side}: the threshold {value} was taken back."
    ),
    ChangeKind.CHANGED: QT_TRANSLATE_NOOP(
        "changes", "{side}: the threshold is {value}, before it was {before}."
    ),
}
_POLICY: Final = QT_TRANSLATE_NOOP("changes", "What the gallery asks for has changed: {turns}.")
_SHORT: Final[dict[ChangeKind, object]] = {
    ChangeKind.ADDED: QT_TRANSLATE_NOOP("changes", "New: {what}"),
    ChangeKind.REMOVED: QT_TRANSLATE_NOOP("changes", "Gone: {what}"),
    ChangeKind.CHANGED: QT_TRANSLATE_NOOP("changes", "Changed: {what}"),
}
_COUNTS: Final[dict[ChangeKind, object]] = {
    ChangeKind.ADDED: QT_TRANSLATE_NOOP("changes", "new: {count}"),
    ChangeKind.REMOVED: QT_TRANSLATE_NOOP("changes", "gone: {count}"),
    ChangeKind.CHANGED: QT_TRANSLATE_NOOP("changes", "changed: {count}"),
}
_CONFLICTS: Final[dict[ConflictKind, object]] = {
    ConflictKind.FACTS: QT_TRANSLATE_NOOP(
        "changes", "{side}, reference {picture}: {field} is “{mine}” here and “{theirs}” there."
    ),
    ConflictKind.PLACE: QT_TRANSLATE_NOOP(
        "changes", "The picture {picture} stands under {mine} here and under {theirs} there."
    ),
    ConflictKind.ZONES: QT_TRANSLATE_NOOP(
        "changes", "{side}: the zones are not the same here and there."
    ),
    ConflictKind.PRODUCT: QT_TRANSLATE_NOOP(
        "changes", "{side}: {field} is “{mine}” here and “{theirs}” there."
    ),
    ConflictKind.TRAITS: QT_TRANSLATE_NOOP(
        "changes", "{side}: the distinguishing features are not the same here and there."
    ),
    ConflictKind.THRESHOLD: QT_TRANSLATE_NOOP(
        "changes", "{side}: the threshold is {mine} here and {theirs} there."
    ),
    ConflictKind.POLICY: QT_TRANSLATE_NOOP(
        "changes", "What the gallery asks for is not the same here and there: {fields}."
    ),
    ConflictKind.LENGTH: QT_TRANSLATE_NOOP(
        "changes", "The known length on {picture} is {mine} mm here and {theirs} mm there."
    ),
}


def change_sentence(change: Change) -> str:
    """What differs in one thing."""
    thing = change.thing
    match thing:
        case KeptReference():
            said = _said(_REFERENCE[change.kind])
        case KeptZones():
            said = _said(_ZONES[change.kind])
        case KeptProduct():
            said = _said(_PRODUCT[change.kind])
        case KeptTraits():
            said = _said(_TRAITS[change.kind])
        case KeptThreshold():
            said = _said(_THRESHOLD[change.kind])
        case Policy():
            said = _said(_POLICY)
        case _:
            said = _said(_LENGTH[change.kind])
    count = 1
    if isinstance(thing, KeptZones | KeptTraits):
        count = len(thing.zones if isinstance(thing, KeptZones) else thing.traits)
    return said.format(
        side=_side(thing),
        picture=_picture(thing),
        fields=_names(change.fields),
        count=count,
        value=_value(thing),
        before=_value(change.before),
        turns=_policy_turns(change),
    )


def change_title(change: Change) -> str:
    """Product and side that a change is about; "" for a known length, which lies on a picture."""
    return _plain_side(change.thing)


def change_detail(change: Change) -> str:
    """What became of the thing, in a few words: values before and after where it has changed."""
    thing, before = change.thing, change.before
    match thing:
        case KeptReference():
            what = _picture(thing)
            if before is not None and change.fields:
                what = "; ".join(_turn(field, before, thing) for field in change.fields)
        case KeptZones():
            said = QCoreApplication.translate("changes", "zones ({count})")
            what = said.format(count=len(thing.zones))
        case KeptTraits():
            said = QCoreApplication.translate("changes", "distinguishing features ({count})")
            what = said.format(count=len(thing.traits))
        case KeptProduct():
            what = "; ".join(_turn(field, before or thing, thing) for field in change.fields)
            what = what or QCoreApplication.translate("changes", "facts of the product")
        case KeptThreshold():
            what = QCoreApplication.translate("changes", "threshold {value}")
            if before is not None and change.fields:
                what = QCoreApplication.translate("changes", "threshold {before} → {value}")
            what = what.format(value=_value(thing), before=_value(before))
        case Policy():
            said = QCoreApplication.translate("changes", "what the gallery asks for: {turns}")
            what = said.format(turns=_policy_turns(change))
        case _:
            said = QCoreApplication.translate("changes", "known length, {length} mm")
            what = said.format(length=_length(thing))
    return _said(_SHORT[change.kind]).format(what=what)


def count_words(changes: Sequence[Change]) -> str:
    """How many things are new, gone and changed; "" for no change."""
    counts = Counter(change.kind for change in changes)
    said = (_said(_COUNTS[kind]).format(count=counts[kind]) for kind in ChangeKind if counts[kind])
    return " · ".join(said)


def conflict_sentence(conflict: Conflict) -> str:
    """What is said here and what there; one sentence, also where several fields differ."""
    mine, theirs = conflict.mine[0], conflict.theirs[0]
    said = _said(_CONFLICTS[conflict.kind])
    facts = {"side": _side(mine), "picture": _picture(mine)}
    match conflict.kind:
        case ConflictKind.PLACE:
            here, there = _sides(conflict.mine), _sides(conflict.theirs)
            return said.format(**facts, mine=here, theirs=there)
        case ConflictKind.FACTS | ConflictKind.PRODUCT:
            each = (
                said.format(
                    **facts,
                    field=field_name(field),
                    mine=_shown(getattr(mine, field)),
                    theirs=_shown(getattr(theirs, field)),
                )
                for field in conflict.fields
            )
            return " ".join(each)
        case ConflictKind.LENGTH:
            lengths = {"mine": _length(mine), "theirs": _length(theirs)}
            return said.format(**facts, **lengths)
        case ConflictKind.THRESHOLD:
            return said.format(**facts, mine=_value(mine), theirs=_value(theirs))
        case ConflictKind.POLICY:
            return said.format(fields="; ".join(conflict_lines(conflict)))
        case ConflictKind.ZONES | ConflictKind.TRAITS:
            return said.format(**facts)


def conflict_title(conflict: Conflict) -> str:
    """Product and side, and the picture, as far as they are the same here and there."""
    mine = conflict.mine[0]
    side = "" if conflict.kind is ConflictKind.PLACE else _plain_side(mine)
    return " · ".join(each for each in (side, _picture(mine)) if each)


def conflict_lines(conflict: Conflict) -> tuple[str, ...]:
    """What is said here and what there, a line for each field."""
    mine, theirs = conflict.mine[0], conflict.theirs[0]
    said = QCoreApplication.translate("changes", "{field}: here “{mine}”, in the file “{theirs}”")
    match conflict.kind:
        case ConflictKind.FACTS | ConflictKind.PRODUCT | ConflictKind.POLICY:
            return tuple(
                said.format(
                    field=field_name(field),
                    mine=_field_value(mine, field),
                    theirs=_field_value(theirs, field),
                )
                for field in conflict.fields
            )
        case ConflictKind.PLACE:
            field = QCoreApplication.translate("changes", "product and side")
            here, there = (
                ", ".join(_plain_side(each) for each in things)
                for things in (conflict.mine, conflict.theirs)
            )
            return (said.format(field=field, mine=here, theirs=there),)
    return (conflict_sentence(conflict),)


def _said(source: object) -> str:
    return QCoreApplication.translate("changes", str(source))


def _turn(field: str, before: Thing, after: Thing) -> str:
    """A field with its value before and after; an outline is only named."""
    name = field_name(field)
    old, new = getattr(before, field), getattr(after, field)
    if isinstance(old, tuple) or isinstance(new, tuple):
        return name
    said = QCoreApplication.translate("changes", "{field} “{old}” → “{new}”")
    return said.format(field=name, old=_shown(old), new=_shown(new))


def _policy_turns(change: Change) -> str:
    """What is asked for before and after, field by field; "" of another thing."""
    if not isinstance(change.thing, Policy):
        return ""
    before, after = change.before or Policy(), change.after or Policy()
    said = QCoreApplication.translate("changes", "{field} “{old}” → “{new}”")
    return "; ".join(
        said.format(
            field=field_name(field), old=_field_value(before, field), new=_field_value(after, field)
        )
        for field in Policy.model_fields
        if getattr(before, field) != getattr(after, field)
    )


def _field_value(thing: Thing, field: str) -> str:
    if isinstance(thing, Policy):
        return policy_value(thing, field)
    return _shown(getattr(thing, field))


def _names(fields: tuple[str, ...]) -> str:
    return ", ".join(field_name(field) for field in fields)


def _side(thing: Thing) -> str:
    if isinstance(thing, KeptProduct):
        return f"“{thing.product}”"
    if isinstance(thing, KeptLength | Policy):
        return ""
    if isinstance(thing, KeptThreshold) and not thing.product:
        return QCoreApplication.translate("changes", "The whole gallery")
    return words.side_name(thing.product, thing.side)


def _plain_side(thing: Thing) -> str:
    if isinstance(thing, KeptProduct):
        return thing.product
    if isinstance(thing, KeptLength):
        return ""
    if isinstance(thing, Policy) or (isinstance(thing, KeptThreshold) and not thing.product):
        return QCoreApplication.translate("changes", "The whole gallery")
    return product_and_side(thing.product, thing.side)


def _sides(things: tuple[Thing, ...]) -> str:
    return ", ".join(_side(thing) for thing in things)


def _picture(thing: Thing) -> str:
    """The file's name where it is known, and enough of the hash to tell it from others."""
    if isinstance(thing, KeptReference):
        return f"{thing.file_name} [{thing.sha256[:_SHOWN_HASH]}]"
    return f"[{thing.reference[:_SHOWN_HASH]}]" if isinstance(thing, KeptLength) else ""


def _value(thing: Thing | None) -> str:
    return f"{getattr(thing, 'value', 0.0):g}"


def _length(thing: Thing) -> str:
    return f"{getattr(thing, 'length_mm', 0.0):g}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):  # corners of an outline
        return ", ".join(f"{x:.0f} {y:.0f}" for x, y in value)
    return str(value)
