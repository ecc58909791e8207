"""What a gallery asks of its references: facts that must be said, and shots of each category.

shot        a side that has to be photographed, or may be. Not: side, which has references already.
gap         something that is asked for and not there. Not: flaw, which pictures show.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from pydantic import Field, ValidationError

from app.store.contents import Kept, KeptProduct, Name
from app.store.tables import AuditRow, RuleRow
from vision import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from vision import Reference

OF_REFERENCE: Final = tuple(
    field.name for field in fields(Provenance) if field.name != "proof_name"
)
OF_PRODUCT: Final = tuple(name for name in KeptProduct.model_fields if name != "product")
_RULE: Final = "policy"


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

    def shots_of(self, category: str) -> Shots:
        """The shots of a category, else those of all, else none."""
        by_name = {each.category.casefold(): each for each in self.shots}
        return by_name.get(category.strip().casefold()) or by_name.get("") or Shots()

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of facts that there are none of."""
        wrong = [name for name in self.of_reference if name not in OF_REFERENCE]
        return (*wrong, *(name for name in self.of_product if name not in OF_PRODUCT))


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is asked for and not there.

    `field` names a fact that nobody said of `references`, or of the product where there are none;
    "" where the whole `side` has not been photographed.
    """

    product: str
    side: str
    field: str = ""
    references: tuple[str, ...] = ()


def read_policy(session: Session) -> Policy:
    """What is asked for; nothing where nobody asked, or where a later version asks for more."""
    row = session.get(RuleRow, _RULE)
    try:
        return Policy() if row is None else Policy.model_validate(row.value)
    except ValidationError:
        return Policy()


def write_policy(session: Session, policy: Policy) -> Policy:
    """Ask for something else; what was asked for before is returned, to undo it."""
    before = read_policy(session)
    if before != policy:
        told = policy.model_dump(mode="json")
        session.merge(RuleRow(name=_RULE, value=told))
        detail = {"before": before.model_dump(mode="json"), "after": told}
        session.add(AuditRow(act="policy", subject=_RULE, detail=detail))
    return before


def gaps(
    policy: Policy, products: Mapping[str, KeptProduct], references: Iterable[Reference]
) -> tuple[Gap, ...]:
    """What is asked for and not there, by product and side."""
    sides: defaultdict[str, defaultdict[str, list[Reference]]]
    sides = defaultdict(lambda: defaultdict(list))
    for each in references:
        sides[each.product][each.side].append(each)
    found: list[Gap] = []
    for product in sorted(sides):
        known = products.get(product) or KeptProduct(product=product)
        found += (Gap(product, "", name) for name in policy.of_product if not getattr(known, name))
        there = {side.casefold() for side in sides[product]}
        wanted = policy.shots_of(known.category).required
        found += (Gap(product, side) for side in wanted if side.casefold() not in there)
        for side, own in sorted(sides[product].items()):
            for name in policy.of_reference:
                silent = tuple(r.id for r in own if not getattr(r.provenance, name).strip())
                if silent:
                    found.append(Gap(product, side, name, silent))
    return tuple(found)
