"""The vocabulary of a check: what can be wrong in a gallery, and which act mends it.

flaw        one thing to put right in a gallery. Not: finding (an examiner's), fault (a photo's).
siblings    the other references of the same side.
link        two references that show the same print, as geometry tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vision.terms import Fault


class FlawKind(StrEnum):
    """What can be wrong; `measured` and `limit` of a flaw are in the unit given here."""

    UNREADABLE = "unreadable"  # stored files that are no whole picture any more; references
    ORIGINAL_CHANGED = "original_changed"  # readable, but not the bytes that were added; references
    ORIGINAL_MISSING = "original_missing"  # stored files that are gone; references
    UNFIT = "unfit"  # blurred and the like; unit of the first fault (vision.quality)
    WRONG_PRODUCT = "wrong_product"  # looks like another product; share of its references matched
    WRONG_SIDE = "wrong_side"  # looks like another side of the product; the same
    OUTLIER = "outlier"  # like nothing of its side; point pairs that agree with the nearest
    DUPLICATE = "duplicate"  # one picture under several products or sides; times it stands there
    NEAR_DUPLICATE = "near_duplicate"  # one photo twice, saved differently; correlation
    CONFLICT = "conflict"  # two products that verify each other; share of pairs that do
    THIN_SIDE = "thin_side"  # too few to know how far genuine items differ; references
    MISSING_SIDE = "missing_side"  # most products have this side; share of products that do
    MISSING_BATCH = "missing_batch"  # a batch is shown on another side only; references of it here
    NO_PROVENANCE = "no_provenance"  # nobody vouches; references concerned
    EXPIRED = "expired"  # valid_to has passed; days since
    UNREADABLE_DATE = "unreadable_date"  # valid_to is no date


class Mend(StrEnum):
    """The act that puts a flaw right."""

    ADD_AGAIN = "add_again"
    REMOVE = "remove"
    MOVE = "move"  # to `elsewhere`
    LOOK = "look"  # beside its siblings, then remove or move
    KEEP_ONE = "keep_one"
    TELL_APART = "tell_apart"  # join the two, or draw zones where they differ
    ADD_REFERENCES = "add_references"
    SAY_WHO = "say_who"
    RENEW = "renew"
    WRITE_DATE = "write_date"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing to put right.

    `references` are the ids concerned, `beside` those of the pictures to see them beside.
    `measured` decided against `limit`, in the unit of the kind. `elsewhere` is a product and side:
    where a reference belongs, or the other party of a conflict. `detail` is a batch or a date,
    `faults` say why a photo is unfit, the first of them gives `measured`.
    """

    kind: FlawKind
    product: str
    side: str
    references: tuple[str, ...]
    mend: Mend
    measured: float = 0.0
    limit: float = 0.0
    beside: tuple[str, ...] = ()
    elsewhere: tuple[str, str] | None = None
    detail: str = ""
    faults: tuple[Fault, ...] = ()


class CheckStage(StrEnum):
    """What a check is busy with."""

    READING = "reading"  # pictures: can they be read, are they fit
    COMPARING = "comparing"  # pairs of references
    JUDGING = "judging"  # done


@dataclass(frozen=True, slots=True)
class CheckStep:
    """How far a check has come; `flaws` are empty until the last step, which has all of them."""

    stage: CheckStage
    done: int
    total: int
    flaws: tuple[Flaw, ...] = ()
