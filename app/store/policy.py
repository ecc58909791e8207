"""What a gallery asks of its references: facts that must be said, and shots of each category.

shot        a side that has to be photographed, or may be. Not: side, which has references already.
gap         something that is asked for and not there. Not: flaw, which pictures show.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store.contents import POLICY, KeptProduct, Policy, read_policy
from app.store.tables import AuditRow, RuleRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from vision import Reference


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


def write_policy(session: Session, policy: Policy) -> Policy:
    """Ask for something else; what was asked for before is returned, to undo it."""
    before = read_policy(session)
    if before != policy:
        told = policy.model_dump(mode="json")
        session.merge(RuleRow(name=POLICY, value=told))
        detail = {"before": before.model_dump(mode="json"), "after": told}
        session.add(AuditRow(act="policy", subject=POLICY, detail=detail))
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
