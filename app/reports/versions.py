"""JSON documents about versions of the gallery and about galleries that travel."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from app.change_words import change_sentence, conflict_sentence
from app.reports.contract import Document
from app.store import (
    AuditEntry,
    Change,
    ChangeKind,
    Conflict,
    ConflictKind,
    KeptLength,
    KeptProduct,
    KeptReference,
    KeptThreshold,
    KeptTraits,
    KeptZones,
    Policy,
    Snapshot,
    Thing,
    Travelled,
)


class SnapshotPart(Document):
    """One snapshot; `gallery` is the version that records of this gallery carry."""

    name: str
    note: str
    gallery: str
    references: int
    author: str
    at: datetime


class SnapshotsDocument(Document):
    """What `gallery snapshot` and `gallery snapshots` print."""

    schema_: Literal["touchstone.gallery-snapshots/1"] = Field(
        default="touchstone.gallery-snapshots/1", alias="schema"
    )
    gallery: str
    snapshots: tuple[SnapshotPart, ...]


class ThingPart(Document):
    """What a change or a conflict is about; "" and null where it has none of this."""

    thing: Literal["reference", "zones", "length", "product", "traits", "threshold", "policy"]
    product: str
    side: str
    sha256: str


class ChangePart(Document):
    """One thing that differs; `fields` are the names of what has changed in it."""

    about: ThingPart
    kind: ChangeKind
    fields: tuple[str, ...]
    sentence: str


class DifferenceDocument(Document):
    """What `gallery diff` and `gallery restore` print: from the older to the newer gallery."""

    schema_: Literal["touchstone.gallery-difference/1"] = Field(
        default="touchstone.gallery-difference/1", alias="schema"
    )
    before: str
    after: str
    changes: tuple[ChangePart, ...]


class ConflictPart(Document):
    """What two galleries do not agree on."""

    kind: ConflictKind
    mine: tuple[ThingPart, ...]
    theirs: tuple[ThingPart, ...]
    fields: tuple[str, ...]
    sentence: str


class TravelDocument(Document):
    """What `gallery export` and `gallery load` print.

    `gallery` is the version of the gallery in the file; `done` is false where nothing was loaded
    because of conflicts or because it was only asked for.
    """

    schema_: Literal["touchstone.gallery-travel/1"] = Field(
        default="touchstone.gallery-travel/1", alias="schema"
    )
    path: str
    seal: str
    gallery: str
    references: int
    added: int
    changed: int
    done: bool
    conflicts: tuple[ConflictPart, ...]


class ShareDocument(Document):
    """What `gallery share` prints; `database` is "" where the workspace keeps the gallery itself.

    While the server is not `reachable`, a copy is read and nothing can be changed.
    """

    schema_: Literal["touchstone.gallery-share/1"] = Field(
        default="touchstone.gallery-share/1", alias="schema"
    )
    database: str
    originals: str
    reachable: bool
    references: int


class AuditPart(Document):
    """One change; `detail` is the JSON text that was kept, its form depends on `act`."""

    number: int
    act: str
    subject: str
    author: str
    at: datetime
    detail: str


class AuditDocument(Document):
    """What `gallery history` prints, the newest first."""

    schema_: Literal["touchstone.gallery-history/1"] = Field(
        default="touchstone.gallery-history/1", alias="schema"
    )
    entries: tuple[AuditPart, ...]


class DoneDocument(Document):
    """What `gallery move`, `first`, `straighten`, `say` and `product` print: what they changed."""

    schema_: Literal["touchstone.gallery-done/1"] = Field(
        default="touchstone.gallery-done/1", alias="schema"
    )
    changes: tuple[ChangePart, ...]


class ProposedDocument(Document):
    """What commands print whose changes wait for a second person: as which proposal."""

    schema_: Literal["touchstone.gallery-proposed/1"] = Field(
        default="touchstone.gallery-proposed/1", alias="schema"
    )
    proposal: int
    changes: tuple[ChangePart, ...]


class ProductDocument(Document):
    """What `gallery product` prints where nothing is to be changed; "" is not known."""

    schema_: Literal["touchstone.gallery-product/1"] = Field(
        default="touchstone.gallery-product/1", alias="schema"
    )
    product: str
    brand: str
    gtin: str
    packaging: str
    market: str
    category: str
    valid_from: str
    valid_to: str


class ShotsPart(Document):
    """The sides to photograph of a category; of "" those of all others."""

    category: str
    required: tuple[str, ...]
    optional: tuple[str, ...]


class RulesDocument(Document):
    """What `gallery rules` prints: names of facts, and of sides as they are stored."""

    schema_: Literal["touchstone.gallery-rules/1"] = Field(
        default="touchstone.gallery-rules/1", alias="schema"
    )
    of_product: tuple[str, ...]
    of_reference: tuple[str, ...]
    shots: tuple[ShotsPart, ...]


def snapshot_part(snapshot: Snapshot) -> SnapshotPart:
    """A snapshot as the documents tell it."""
    return SnapshotPart(
        name=snapshot.name,
        note=snapshot.note,
        gallery=snapshot.gallery_version,
        references=snapshot.size,
        author=snapshot.author,
        at=snapshot.at,
    )


def thing_part(thing: Thing) -> ThingPart:
    """What a change or a conflict is about."""
    match thing:
        case KeptReference(product=product, side=side, sha256=sha256):
            return ThingPart(thing="reference", product=product, side=side, sha256=sha256)
        case KeptZones(product=product, side=side):
            return ThingPart(thing="zones", product=product, side=side, sha256="")
        case KeptLength(reference=sha256):
            return ThingPart(thing="length", product="", side="", sha256=sha256)
        case KeptProduct(product=product):
            return ThingPart(thing="product", product=product, side="", sha256="")
        case KeptTraits(product=product, side=side):
            return ThingPart(thing="traits", product=product, side=side, sha256="")
        case KeptThreshold(product=product, side=side):
            return ThingPart(thing="threshold", product=product, side=side, sha256="")
        case Policy():
            return ThingPart(thing="policy", product="", side="", sha256="")


def change_part(change: Change) -> ChangePart:
    """A change as the documents tell it."""
    return ChangePart(
        about=thing_part(change.thing),
        kind=change.kind,
        fields=change.fields,
        sentence=change_sentence(change),
    )


def conflict_part(conflict: Conflict) -> ConflictPart:
    """A conflict as the documents tell it."""
    return ConflictPart(
        kind=conflict.kind,
        mine=tuple(thing_part(each) for each in conflict.mine),
        theirs=tuple(thing_part(each) for each in conflict.theirs),
        fields=conflict.fields,
        sentence=conflict_sentence(conflict),
    )


def travel_document(travelled: Travelled, *, done: bool = True) -> TravelDocument:
    """What became of a file."""
    return TravelDocument(
        path=travelled.path,
        seal=travelled.seal,
        gallery=travelled.gallery_version,
        references=travelled.references,
        added=travelled.added,
        changed=len(travelled.changes) - travelled.added,
        done=done,
        conflicts=tuple(conflict_part(each) for each in travelled.conflicts),
    )


def audit_part(entry: AuditEntry) -> AuditPart:
    """An entry of the audit as the documents tell it."""
    return AuditPart(
        number=entry.id,
        act=entry.act,
        subject=entry.subject,
        author=entry.author,
        at=entry.at,
        detail=entry.detail,
    )
