"""All that a gallery holds, as one frozen value: it is kept as a snapshot, compared, and sent away.

contents    references, zones, known lengths, facts of products, traits, thresholds and policy of a
            whole gallery at one moment. Not: gallery.
trait       a place on a side by which genuine items are told from others, with a sentence. Not:
            feature, which the program computes.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationError,
    model_validator,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

import vision
from app.store.rules import THRESHOLD, read_rules
from app.store.tables import (
    NAME_LENGTH,
    ProductRow,
    ReferenceRow,
    RuleRow,
    ScaleRow,
    SideRow,
    TraitRow,
    ZoneRow,
)
from vision import Provenance, Reference, Zone, ZoneKind

Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Corner = tuple[FiniteFloat, FiniteFloat]
Corners = Annotated[tuple[Corner, ...], Field(min_length=3)]


def _a_quadrangle(corners: tuple[Corner, ...]) -> tuple[Corner, ...]:
    vision.prepared_size(corners)
    return corners


FourCorners = Annotated[tuple[Corner, ...], AfterValidator(_a_quadrangle)]
StoredName = Annotated[str, Field(pattern=r"^([0-9a-f]{64}(\.[a-z0-9]{1,8})?)?$")]
Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


class Kept(BaseModel):
    """One thing that a gallery holds; what is not named here is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class KeptReference(Kept):
    """A reference, named by the side it stands under and the bytes of its original."""

    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    product: Name
    side: Name
    sha256: Sha256
    suffix: str = Field(default="", pattern=r"^(\.[a-z0-9]{1,8})?$")
    file_name: str = ""
    width: int = Field(ge=1)
    height: int = Field(ge=1)
    vouched_by: str = ""
    obtained: str = ""
    batch: str = ""
    valid_from: str = ""
    valid_to: str = ""
    obtained_on: str = ""
    camera: str = ""
    proof: StoredName = ""
    proof_name: str = ""
    is_canonical: bool = False
    corners: FourCorners | None = None
    outline: Corners | None = None
    added_at: Moment


class KeptZone(Kept):
    """A zone, with its corners in full-size pixels of the reference with this hash."""

    kind: ZoneKind
    label: str = Field(default="", max_length=NAME_LENGTH)
    reference: Sha256
    polygon: Corners


class KeptZones(Kept):
    """The zones of one side, in their order."""

    product: Name
    side: Name
    zones: tuple[KeptZone, ...]


class KeptProduct(Kept):
    """What is known of a product besides its name; only where somebody said something."""

    product: Name
    brand: str = ""
    gtin: str = Field(default="", pattern=r"^([0-9]{8}|[0-9]{12,14})?$")
    packaging: str = ""
    market: str = ""
    category: str = ""
    valid_from: str = ""
    valid_to: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything is known but the name."""
        return any(self.model_dump(exclude={"product"}).values())


class KeptTrait(Kept):
    """A distinguishing feature: a place on the reference with this hash, and what to see there.

    `polygon` is one point or an area, in full-size pixels of the prepared reference; `genuine` and
    `known_false` name stored pictures of a genuine and of a false item, or are empty.
    """

    sentence: str = Field(min_length=1)
    reference: Sha256
    polygon: Annotated[tuple[Corner, ...], Field(min_length=1)]
    genuine: StoredName = ""
    known_false: StoredName = ""

    @property
    def pictures(self) -> tuple[str, ...]:
        """The names of its stored pictures."""
        return tuple(filter(None, (self.genuine, self.known_false)))


class KeptTraits(Kept):
    """The distinguishing features of one side, in their order."""

    product: Name
    side: Name
    traits: tuple[KeptTrait, ...]


class KeptLength(Kept):
    """A line on a reference whose length is known."""

    reference: Sha256
    start: Corner
    end: Corner
    length_mm: Annotated[FiniteFloat, Field(gt=0)]


class KeptThreshold(Kept):
    """By what a side, or without names the whole gallery, is judged (see ThresholdBook)."""

    product: str = Field(default="", max_length=NAME_LENGTH)
    side: str = Field(default="", max_length=NAME_LENGTH)
    value: FiniteFloat

    @model_validator(mode="after")
    def _of_one_side(self) -> "KeptThreshold":
        if bool(self.product) != bool(self.side) or (self.product and self.value <= 0):
            raise ValueError("expected a value above 0 of one side, or one of the whole gallery")
        return self


OF_REFERENCE: Final = tuple(
    field.name for field in fields(Provenance) if field.name != "proof_name"
)
OF_PRODUCT: Final = tuple(name for name in KeptProduct.model_fields if name != "product")
POLICY: Final = "policy"  # name of the rule


class Shots(Kept):
    """The sides to photograph of a category; of "" those of every product without own ones."""

    category: str = ""
    required: tuple[Name, ...] = ()
    optional: tuple[Name, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether any side is named."""
        return bool(self.required or self.optional)


class Policy(Kept):
    """What must be said of a reference (`of_reference`) and of a product, and the shots."""

    of_reference: tuple[str, ...] = Field(default=())
    of_product: tuple[str, ...] = Field(default=())
    shots: tuple[Shots, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.of_reference or self.of_product or self.shots)

    def shots_of(self, category: str) -> Shots:
        """The shots of a category, else those of all, else none."""
        by_name = {each.category.casefold(): each for each in self.shots}
        return by_name.get(category.strip().casefold()) or by_name.get("") or Shots()

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of facts that there are none of."""
        wrong = [name for name in self.of_reference if name not in OF_REFERENCE]
        return (*wrong, *(name for name in self.of_product if name not in OF_PRODUCT))


class Contents(Kept):
    """The whole gallery, each part in a fixed order: equal galleries have equal texts.

    `thresholds` and `policy` are None where it was kept by a version that did not keep them.
    """

    references: tuple[KeptReference, ...] = ()
    zones: tuple[KeptZones, ...] = ()
    lengths: tuple[KeptLength, ...] = ()
    products: tuple[KeptProduct, ...] = ()
    traits: tuple[KeptTraits, ...] = ()
    thresholds: tuple[KeptThreshold, ...] | None = None
    policy: Policy | None = None

    def files(self) -> tuple[tuple[str, str], ...]:
        """Stored files that it needs: hashes, each with the ending of its name.

        They are pictures of references first, then proofs and pictures of traits. One hash may be
        needed under several endings.
        """
        found = [(each.sha256, each.suffix) for each in self.references]
        others = [each.proof for each in self.references]
        others += [name for side in self.traits for each in side.traits for name in each.pictures]
        found += [(name[:64], name[64:]) for name in others if name]
        return tuple(dict.fromkeys(found))

    def text(self) -> bytes:
        """The JSON that stands for it, always the same."""
        document = self.model_dump(mode="json")
        return json.dumps(
            document, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()

    def version(self) -> str:
        """The version that `vision.Gallery` gives to this gallery."""
        gallery = vision.Gallery(
            Reference(
                each.id,
                each.product,
                each.side,
                each.sha256,
                "",
                each.outline,
                corners=each.corners,
                is_canonical=each.is_canonical,
            )
            for each in self.references
        )
        for side in self.zones:
            zones = (Zone(z.kind, z.polygon, z.reference, z.label) for z in side.zones)
            gallery.set_zones(side.product, side.side, zones)
        return gallery.version


def digest(text: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(text).hexdigest()


def read_contents(session: Session) -> Contents:
    """What the gallery holds now."""
    names = (ProductRow.name.label("product"), SideRow.name.label("side"))
    query = (
        select(*ReferenceRow.__table__.columns, *names)
        .join(SideRow, SideRow.id == ReferenceRow.side_id)
        .join(ProductRow, ProductRow.id == SideRow.product_id)
    )
    references = [_reference(row._asdict()) for row in session.execute(query)]
    zones: dict[tuple[str, str], list[KeptZone]] = {}
    for row in session.scalars(select(ZoneRow).order_by(ZoneRow.side_id, ZoneRow.number)):
        zones.setdefault((row.side.product.name, row.side.name), []).append(_zone(row))
    lengths = [_length(row) for row in session.scalars(select(ScaleRow))]
    products = [product_of(row) for row in session.scalars(select(ProductRow))]
    return Contents.model_construct(
        references=tuple(
            sorted(references, key=lambda r: (r.product, r.side, r.added_at, r.sha256))
        ),
        zones=tuple(
            KeptZones(product=product, side=side, zones=tuple(found))
            for (product, side), found in sorted(zones.items())
        ),
        lengths=tuple(sorted(lengths, key=lambda each: each.reference)),
        products=tuple(
            sorted((p for p in products if p.says_something), key=lambda each: each.product)
        ),
        traits=tuple(
            KeptTraits(product=product, side=side, traits=found)
            for (product, side), found in sorted(read_traits(session).items())
        ),
        thresholds=read_thresholds(session),
        policy=read_policy(session),
    )


def _reference(facts: dict[str, Any]) -> KeptReference:
    """Not checked again: it was before it was kept, and there may be tens of thousands."""
    kept = {name: facts[name] for name in KeptReference.model_fields}
    for name in ("outline", "corners"):
        if kept[name]:
            kept[name] = tuple((float(x), float(y)) for x, y in kept[name])
    return KeptReference.model_construct(**kept)


def _zone(row: ZoneRow) -> KeptZone:
    return KeptZone(
        kind=ZoneKind(row.kind),
        label=row.label,
        reference=row.reference_sha256,
        polygon=tuple((x, y) for x, y in row.polygon),
    )


def reference_of_row(row: ReferenceRow) -> KeptReference:
    """The reference that a row tells of."""
    names = {"product": row.side.product.name, "side": row.side.name}
    own = {each for each in KeptReference.model_fields if each not in names}
    return _reference({**{name: getattr(row, name) for name in own}, **names})


def zones_of_rows(rows: Iterable[ZoneRow]) -> tuple[KeptZone, ...]:
    """The zones that rows tell of, in their order."""
    return tuple(_zone(row) for row in rows)


def read_traits(session: Session) -> dict[tuple[str, str], tuple[KeptTrait, ...]]:
    """The distinguishing features of every side that has some, by product and side."""
    found: dict[tuple[str, str], list[KeptTrait]] = {}
    for row in session.scalars(select(TraitRow).order_by(TraitRow.side_id, TraitRow.number)):
        found.setdefault((row.side.product.name, row.side.name), []).append(trait_of(row))
    return {side: tuple(traits) for side, traits in found.items()}


def read_policy(session: Session) -> Policy:
    """What is asked for; nothing where nobody asked, or where a later version asks for more."""
    row = session.get(RuleRow, POLICY)
    try:
        return Policy() if row is None else Policy.model_validate(row.value)
    except ValidationError:
        return Policy()


def read_thresholds(session: Session) -> tuple[KeptThreshold, ...]:
    """The thresholds that were set: that of the gallery first, then by product and side."""
    kept = (KeptThreshold.model_validate(each) for each in read_rules(session, THRESHOLD).values())
    return tuple(sorted(kept, key=lambda each: (each.product, each.side)))


def read_length(session: Session, reference_sha256: str) -> KeptLength | None:
    """The known length on a reference, None where there is none."""
    query = select(ScaleRow).where(ScaleRow.reference_sha256 == reference_sha256)
    row = session.scalars(query).one_or_none()
    return None if row is None else _length(row)


def product_of(row: ProductRow) -> KeptProduct:
    """What a row tells of a product."""
    facts = {name: getattr(row, name) for name in KeptProduct.model_fields if name != "product"}
    return KeptProduct.model_construct(product=row.name, **facts)


def trait_of(row: TraitRow) -> KeptTrait:
    """The distinguishing feature that a row tells of."""
    return KeptTrait(
        sentence=row.sentence,
        reference=row.reference_sha256,
        polygon=tuple((x, y) for x, y in row.polygon),
        genuine=row.genuine,
        known_false=row.known_false,
    )


def _length(row: ScaleRow) -> KeptLength:
    return KeptLength(
        reference=row.reference_sha256,
        start=(row.x0, row.y0),
        end=(row.x1, row.y1),
        length_mm=row.length_mm,
    )


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
