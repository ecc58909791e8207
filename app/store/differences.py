"""What differs between two galleries: references, zones, lengths and the like, one change each.

change      one thing that is there, gone or otherwise in the second gallery. Not: edit, delta.
"""

from enum import StrEnum

from pydantic import model_validator

from app.store.contents import (
    Contents,
    Kept,
    KeptLength,
    KeptProduct,
    KeptReference,
    KeptThreshold,
    KeptTraits,
    KeptZones,
    Policy,
)

# Of no consequence for what a reference says: the row it stands in, and the name its file had.
_ASIDE = frozenset({"id", "added_at", "file_name", "suffix"})

Thing = KeptReference | KeptZones | KeptLength | KeptProduct | KeptTraits | KeptThreshold | Policy


class ChangeKind(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Change(Kept):
    """One thing before and after; None where it is not there."""

    before: Thing | None
    after: Thing | None

    @model_validator(mode="after")
    def _one_thing(self) -> "Change":
        keys = {key(each) for each in (self.before, self.after) if each is not None}
        if len(keys) != 1:
            raise ValueError("expected one thing before and after a change")
        return self

    @property
    def kind(self) -> ChangeKind:
        """Added, removed or changed."""
        if self.before is None:
            return ChangeKind.ADDED
        return ChangeKind.REMOVED if self.after is None else ChangeKind.CHANGED

    @property
    def thing(self) -> Thing:
        """What it is about: as it is after, else as it was."""
        found = self.before if self.after is None else self.after
        if found is None:
            raise ValueError("expected a thing before or after a change")
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of what differs, where both are there."""
        if self.before is None or self.after is None:
            return ()
        return tuple(
            name
            for name in type(self.after).model_fields
            if name not in _ASIDE and getattr(self.before, name) != getattr(self.after, name)
        )


def key(thing: Thing) -> tuple[str, ...]:
    """By what a thing is the same in two galleries."""
    match thing:
        case KeptReference():
            return ("reference", thing.product, thing.side, thing.sha256)
        case KeptZones():
            return ("zones", thing.product, thing.side)
        case KeptLength():
            return ("length", thing.reference)
        case KeptProduct():
            return ("product", thing.product)
        case KeptTraits():
            return ("traits", thing.product, thing.side)
        case KeptThreshold():
            return ("threshold", thing.product, thing.side)
        case Policy():
            return ("policy",)


def things(contents: Contents) -> dict[tuple[str, ...], Thing]:
    """Everything in it, by its key."""
    return {key(thing): thing for thing in every_thing(contents)}


def every_thing(contents: Contents) -> tuple[Thing, ...]:
    """All that it holds, also what stands there twice."""
    return (
        *contents.references,
        *contents.zones,
        *contents.lengths,
        *contents.products,
        *contents.traits,
        *(contents.thresholds or ()),
        *((contents.policy,) if contents.policy and contents.policy.says_something else ()),
    )


def is_same(one: Thing | None, other: Thing | None) -> bool:
    """Whether both say the same."""
    if one is None or other is None:
        return one is other
    return key(one) == key(other) and not Change(before=one, after=other).fields


def differences(before: Contents, after: Contents) -> tuple[Change, ...]:
    """What turns one gallery into the other, by kind of thing, product and side.

    What one of them was not asked about stays out of it (see Contents).
    """
    if before.thresholds is None or after.thresholds is None:
        before, after = _without(before, "thresholds"), _without(after, "thresholds")
    if before.policy is None or after.policy is None:
        before, after = _without(before, "policy"), _without(after, "policy")
    old, new = things(before), things(after)
    return tuple(
        Change(before=old.get(each), after=new.get(each))
        for each in sorted(old.keys() | new.keys())
        if not is_same(old.get(each), new.get(each))
    )


def _without(contents: Contents, name: str) -> Contents:
    return contents.model_copy(update={name: None})
