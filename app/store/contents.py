"""All that a gallery holds, as one frozen value: it is kept as a snapshot, compared, and sent away.

contents    references, zones and known lengths of a whole gallery at one moment. Not: gallery.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, FiniteFloat
from sqlalchemy import select
from sqlalchemy.orm import Session

import vision
from app.store.tables import NAME_LENGTH, ProductRow, ReferenceRow, ScaleRow, SideRow, ZoneRow
from vision import Reference, Zone, ZoneKind

Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Corner = tuple[FiniteFloat, FiniteFloat]
Corners = Annotated[tuple[Corner, ...], Field(min_length=3)]
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


class KeptLength(Kept):
    """A line on a reference whose length is known."""

    reference: Sha256
    start: Corner
    end: Corner
    length_mm: Annotated[FiniteFloat, Field(gt=0)]


class Contents(Kept):
    """The whole gallery, each part in a fixed order: equal galleries have equal texts."""

    references: tuple[KeptReference, ...] = ()
    zones: tuple[KeptZones, ...] = ()
    lengths: tuple[KeptLength, ...] = ()

    def text(self) -> bytes:
        """The JSON that stands for it, always the same."""
        document = self.model_dump(mode="json")
        return json.dumps(
            document, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()

    def version(self) -> str:
        """The version that `vision.Gallery` gives to this gallery."""
        gallery = vision.Gallery(
            Reference(each.id, each.product, each.side, each.sha256, "", each.outline)
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
    return Contents.model_construct(
        references=tuple(
            sorted(references, key=lambda r: (r.product, r.side, r.added_at, r.sha256))
        ),
        zones=tuple(
            KeptZones(product=product, side=side, zones=tuple(found))
            for (product, side), found in sorted(zones.items())
        ),
        lengths=tuple(sorted(lengths, key=lambda each: each.reference)),
    )


def _reference(facts: dict[str, Any]) -> KeptReference:
    """Not checked again: it was before it was kept, and there may be tens of thousands."""
    kept = {name: facts[name] for name in KeptReference.model_fields}
    if kept["outline"]:
        kept["outline"] = tuple((float(x), float(y)) for x, y in kept["outline"])
    return KeptReference.model_construct(**kept)


def _zone(row: ZoneRow) -> KeptZone:
    return KeptZone(
        kind=ZoneKind(row.kind),
        label=row.label,
        reference=row.reference_sha256,
        polygon=tuple((x, y) for x, y in row.polygon),
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
