"""JSON documents about the gallery, the demo and the installation."""

from enum import StrEnum
from typing import Final, Literal

from pydantic import Field, FiniteFloat

from app.reports.contract import CandidatePart, Document, VersionsPart
from app.store import KeptTrait
from vision import FaultKind, Mend, Outcome, Reference, Zone, ZoneKind

DRAW_ZONES: Final = "draw_zones"  # mends a lost zone
DRAW_FEATURES: Final = "draw_features"  # mends a lost distinguishing feature
SAY_IT: Final = "say_it"  # mends a missing fact


class ProvenancePart(Document):
    """Where a reference comes from; empty where nobody said. `proof` is the name it is kept by."""

    vouched_by: str
    obtained: str
    batch: str
    valid_from: str
    valid_to: str
    obtained_on: str = ""
    camera: str = ""
    proof: str = ""
    proof_name: str = ""


class ReferencePart(Document):
    """One genuine picture of the gallery; `first` stands for its side by a trainer's choice."""

    id: str
    product: str
    side: str
    sha256: str
    path: str
    outlined: bool
    first: bool = False
    straightened: bool = False
    provenance: ProvenancePart


class AddState(StrEnum):
    """What became of a file that was to be added."""

    ADDED = "added"
    PRESENT = "present"
    REFUSED = "refused"


class AddPart(Document):
    """One file that was to be added; `reference` is null and `error` says why where it was not."""

    file: str
    state: AddState
    reference: ReferencePart | None
    error: str


class AddDocument(Document):
    """What `gallery add` and `gallery import` print."""

    schema_: Literal["touchstone.gallery-add/1"] = Field(
        default="touchstone.gallery-add/1", alias="schema"
    )
    rows: tuple[AddPart, ...]


class ListDocument(Document):
    """What `gallery list` prints."""

    schema_: Literal["touchstone.gallery-list/1"] = Field(
        default="touchstone.gallery-list/1", alias="schema"
    )
    references: tuple[ReferencePart, ...]


class ZonePart(Document):
    """One zone of a side; `number` is null while it is only proposed.

    `polygon` in pixels of the reference whose hash is `reference`.
    """

    number: int | None
    kind: ZoneKind
    label: str
    reference: str
    polygon: tuple[tuple[float, float], ...]
    proposed: bool


class ZonesDocument(Document):
    """What `gallery zones`, `gallery zone add` and `gallery zone drop` print."""

    schema_: Literal["touchstone.gallery-zones/1"] = Field(
        default="touchstone.gallery-zones/1", alias="schema"
    )
    product: str
    side: str
    zones: tuple[ZonePart, ...]


class FeaturePart(Document):
    """A place by which genuine items are told from others, and the sentence that says how.

    `polygon` in pixels of the reference whose hash is `reference`; `genuine` and `known_false` are
    the hashes of kept pictures of such items, or empty.
    """

    number: int
    sentence: str
    reference: str
    polygon: tuple[tuple[float, float], ...]
    genuine: str
    known_false: str


class FeaturesDocument(Document):
    """What `gallery features` and `gallery feature add`, `change` and `drop` print."""

    schema_: Literal["touchstone.gallery-features/1"] = Field(
        default="touchstone.gallery-features/1", alias="schema"
    )
    product: str
    side: str
    features: tuple[FeaturePart, ...]


class FindingKind(StrEnum):
    """What can be wrong in a gallery; all but the last four are those of `vision.FlawKind`.

    After each: what `measured` counts, and `limit` with it.
    """

    UNREADABLE = "unreadable"  # stored files that are no whole picture any more
    ORIGINAL_CHANGED = "original_changed"  # readable, but not the bytes that were added; files
    ORIGINAL_MISSING = "original_missing"  # stored files that are gone
    UNFIT = "unfit"  # blurred and the like; in the unit of the first of `faults`
    WRONG_PRODUCT = "wrong_product"  # share of the references `elsewhere` that match
    WRONG_SIDE = "wrong_side"  # the same, of another side of the product
    OUTLIER = "outlier"  # like nothing of its side; point pairs that agree with the nearest sibling
    DUPLICATE = "duplicate"  # one picture under several products or sides; how often
    NEAR_DUPLICATE = "near_duplicate"  # one photo saved differently; least correlation
    CONFLICT = "conflict"  # two products can be taken for each other; share of pairs that match
    THIN_SIDE = "thin_side"  # too few references to know how far genuine items differ
    MISSING_SIDE = "missing_side"  # share of the products that have this side
    MISSING_BATCH = "missing_batch"  # `detail` is a batch that another side shows; references of it
    NO_PROVENANCE = "no_provenance"  # nobody vouches; references
    EXPIRED = "expired"  # valid_to has passed; days since
    UNREADABLE_DATE = "unreadable_date"  # valid_to is no date; it stands in `detail`
    ZONE_LOST = "zone_lost"  # drawn on a reference that is gone; zones
    FEATURE_LOST = "feature_lost"  # the same of distinguishing features
    MISSING_FACT = "missing_fact"  # `detail` is asked for by the rules; references without it
    MISSING_SHOT = "missing_shot"  # a side that the rules ask for; none of it


class SidePart(Document):
    """One side of a product."""

    product: str
    side: str


class FindingPart(Document):
    """One thing to put right, the references it is about, and the act that mends it.

    `beside` are references to look at for comparison; `elsewhere` is where a reference belongs, or
    the other party of a conflict.
    """

    kind: FindingKind
    product: str
    side: str
    references: tuple[str, ...]
    sentence: str
    mend: Mend | Literal["draw_zones", "draw_features", "say_it"]
    measured: FiniteFloat
    limit: FiniteFloat
    beside: tuple[str, ...] = ()
    elsewhere: SidePart | None = None
    faults: tuple[FaultKind, ...] = ()
    detail: str = ""


class CheckDocument(Document):
    """What `gallery check` prints."""

    schema_: Literal["touchstone.gallery-check/1"] = Field(
        default="touchstone.gallery-check/1", alias="schema"
    )
    references: int
    findings: tuple[FindingPart, ...]


class SearchDocument(Document):
    """What `gallery search` prints; the best candidate first."""

    schema_: Literal["touchstone.gallery-search/1"] = Field(
        default="touchstone.gallery-search/1", alias="schema"
    )
    path: str
    sha256: str
    candidates: tuple[CandidatePart, ...]


class DemoPart(Document):
    """One demo suspect."""

    file: str
    outcome: Outcome
    expected: Outcome
    right: bool
    picture: str


class DemoDocument(Document):
    """What `demo --headless` prints."""

    schema_: Literal["touchstone.demo/1"] = Field(default="touchstone.demo/1", alias="schema")
    versions: VersionsPart
    right: int
    suspects: tuple[DemoPart, ...]


class State(StrEnum):
    """How one part of the installation is."""

    OK = "ok"
    WARNING = "warning"  # works, but less well
    MISSING = "missing"  # something needed is not there


class CheckPart(Document):
    """One part of the installation: what was found and, where it is not well, how to mend it.

    `name` stays the same in all languages, `title` is for people.
    """

    name: str
    title: str
    state: State
    found: str
    mend: str


class DoctorDocument(Document):
    """What `doctor` prints."""

    schema_: Literal["touchstone.doctor/1"] = Field(default="touchstone.doctor/1", alias="schema")
    touchstone: str
    checks: tuple[CheckPart, ...]


def zone_part(number: int, zone: Zone) -> ZonePart:
    """A zone as the documents tell it."""
    return ZonePart(
        number=None if zone.proposed else number,
        kind=zone.kind,
        label=zone.label,
        reference=f"sha256:{zone.reference}",
        polygon=zone.polygon,
        proposed=zone.proposed,
    )


def feature_part(number: int, trait: KeptTrait) -> FeaturePart:
    """A distinguishing feature as the documents tell it."""
    genuine, known_false = (
        f"sha256:{stored[:64]}" if stored else "" for stored in (trait.genuine, trait.known_false)
    )
    return FeaturePart(
        number=number,
        sentence=trait.sentence,
        reference=f"sha256:{trait.reference}",
        polygon=trait.polygon,
        genuine=genuine,
        known_false=known_false,
    )


def reference_part(reference: Reference) -> ReferencePart:
    """A reference as the documents tell it."""
    provenance = reference.provenance
    return ReferencePart(
        id=reference.id,
        product=reference.product,
        side=reference.side,
        sha256=reference.sha256,
        path=reference.path,
        outlined=reference.outline is not None,
        first=reference.is_canonical,
        straightened=reference.corners is not None,
        provenance=ProvenancePart(
            vouched_by=provenance.vouched_by,
            obtained=provenance.obtained,
            batch=provenance.batch,
            valid_from=provenance.valid_from,
            valid_to=provenance.valid_to,
            obtained_on=provenance.obtained_on,
            camera=provenance.camera,
            proof=provenance.proof,
            proof_name=provenance.proof_name,
        ),
    )
