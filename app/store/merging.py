"""Two galleries become one: what is new comes in, a person settles what contradicts.

conflict    a thing of which both galleries say something, and not the same. Not: difference; where
            one of them says nothing, the other one is believed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.store.contents import (
    KeptLength,
    KeptProduct,
    KeptReference,
    KeptThreshold,
    KeptTraits,
    KeptZones,
    Policy,
)
from app.store.differences import Change, is_same, key, things

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.store.contents import Contents
    from app.store.differences import Thing

# Of the file, not of what people say.
_OF_THE_FILE = frozenset({"id", "product", "side", "sha256", "suffix", "file_name", "added_at"})
_SILENT: tuple[object, ...] = ("", None, False, ())  # says nothing


class ConflictKind(StrEnum):
    """What two galleries do not agree on."""

    FACTS = "facts"  # who vouches, batch, dates, outline of one reference
    PLACE = "place"  # under which product and side a picture stands
    ZONES = "zones"  # the zones of a side
    LENGTH = "length"  # a known length
    PRODUCT = "product"  # brand, GTIN, market and the like of one product
    TRAITS = "traits"  # the distinguishing features of a side
    THRESHOLD = "threshold"  # by what a side, or the gallery, is judged
    POLICY = "policy"  # what is asked of references and products


class Keep(StrEnum):
    """Whose word counts."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is said here, and what there; `fields` names what differs in facts."""

    kind: ConflictKind
    mine: tuple[Thing, ...]
    theirs: tuple[Thing, ...]
    fields: tuple[str, ...] = ()

    @property
    def theirs_instead(self) -> Iterator[Change]:
        """What to change here where the others are believed."""
        if self.kind is ConflictKind.PLACE:
            yield from (Change(before=each, after=None) for each in self.mine)
            yield from (Change(before=None, after=each) for each in self.theirs)
        else:
            yield Change(before=self.mine[0], after=self.theirs[0])


@dataclass(frozen=True, slots=True)
class Merge:
    """What loading would do: `changes` that nobody contradicts, and what a person has to settle.

    `same` counts references that are here already and say the same.
    """

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    same: int

    def settled(self, settle: Callable[[Conflict], Keep]) -> tuple[Change, ...]:
        """All changes, once somebody has said whose word counts in each conflict."""
        believed = [each for each in self.conflicts if settle(each) is Keep.THEIRS]
        return (*self.changes, *(change for each in believed for change in each.theirs_instead))


def merge(mine: Contents, theirs: Contents) -> Merge:
    """Lay another gallery beside this one."""
    conflicts, contested = _places(mine, theirs)
    here = things(mine)
    changes: list[Change] = []
    same = 0
    for thing in things(theirs).values():
        own = here.get(key(thing))
        if key(thing) in contested:
            continue
        if own is None:
            changes.append(Change(before=None, after=thing))
        elif is_same(own, thing):
            same += isinstance(thing, KeptReference)
        else:
            both, fields = _both(own, thing)
            if fields:
                conflicts.append(Conflict(_kind(thing), (own,), (both,), fields))
            elif is_same(own, both):  # ours says more than theirs
                same += isinstance(thing, KeptReference)
            else:
                changes.append(Change(before=own, after=both))
    return Merge(tuple(changes), tuple(conflicts), same)


def _places(mine: Contents, theirs: Contents) -> tuple[list[Conflict], set[tuple[str, ...]]]:
    """Pictures that stand under other sides here and there, and the keys that are in question."""
    here, there = _by_picture(mine), _by_picture(theirs)
    conflicts: list[Conflict] = []
    contested: set[tuple[str, ...]] = set()
    for sha256 in sorted(here.keys() & there.keys()):
        own = {key(each): each for each in here[sha256]}
        other = {key(each): each for each in there[sha256]}
        only_mine = tuple(each for at, each in own.items() if at not in other)
        only_theirs = tuple(each for at, each in other.items() if at not in own)
        if only_mine and only_theirs:
            conflicts.append(Conflict(ConflictKind.PLACE, only_mine, only_theirs))
            contested |= {key(each) for each in only_theirs}
    return conflicts, contested


def _by_picture(contents: Contents) -> dict[str, list[KeptReference]]:
    found: defaultdict[str, list[KeptReference]] = defaultdict(list)
    for each in contents.references:
        found[each.sha256].append(each)
    return found


def _both(mine: Thing, theirs: Thing) -> tuple[Thing, tuple[str, ...]]:
    """Theirs with what only ours says, and the names of what both say differently."""
    if not isinstance(theirs, KeptReference | KeptProduct | Policy):
        return theirs, Change(before=mine, after=theirs).fields
    filled = {}
    fields = []
    for name in type(theirs).model_fields.keys() - _OF_THE_FILE:
        own, other = getattr(mine, name), getattr(theirs, name)
        if own in _SILENT or own == other:
            continue
        if other in _SILENT:
            filled[name] = own
        else:
            fields.append(name)
    return theirs.model_copy(update=filled), tuple(sorted(fields))


def _kind(thing: Thing) -> ConflictKind:
    match thing:
        case KeptReference():
            return ConflictKind.FACTS
        case KeptZones():
            return ConflictKind.ZONES
        case KeptLength():
            return ConflictKind.LENGTH
        case KeptProduct():
            return ConflictKind.PRODUCT
        case KeptTraits():
            return ConflictKind.TRAITS
        case KeptThreshold():
            return ConflictKind.THRESHOLD
        case Policy():
            return ConflictKind.POLICY
