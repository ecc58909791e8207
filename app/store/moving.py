"""What goes along when references move: all that belongs to a side or product left without any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.store.contents import read_contents
from app.store.differences import Change, things
from app.store.tables import ProductRow, ReferenceRow, SideRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from app.store.contents import KeptReference
    from app.store.differences import Thing

Side = tuple[str, str]
_OF_SIDE = ("zones", "traits", "threshold")


def going_along(session: Session, moved: Sequence[KeptReference], to: Side) -> tuple[Change, ...]:
    """What follows references, which stand where they were still, to product and side `to`.

    Zones, features and the threshold of a side follow where the whole side moves to one without
    references, as when its name is corrected. Facts of a product follow with its last reference.
    Neither is written over what is said there already.
    """
    left = _left(session, moved)
    sides = {(each.product, each.side) for each in moved}
    products = {each.product for each in moved} - {product for product, _ in left} - {to[0]}
    is_renamed = len(sides) == 1 and not sides & left and to not in left
    if not products and not is_renamed:
        return ()
    here = things(read_contents(session))
    along = list(_of_products(here, products, to[0]))
    if is_renamed:
        along += (each for side in sides for each in _of_side(here, side, to))
    return tuple(along)


def _left(session: Session, moved: Sequence[KeptReference]) -> set[Side]:
    """Product and side of all references but those that move."""
    going = {each.id for each in moved}
    query = (
        select(ProductRow.name, SideRow.name, ReferenceRow.id)
        .join(SideRow, SideRow.product_id == ProductRow.id)
        .join(ReferenceRow, ReferenceRow.side_id == SideRow.id)
    )
    return {(product, side) for product, side, own in session.execute(query) if own not in going}


def _of_products(
    here: Mapping[tuple[str, ...], Thing], emptied: set[str], to: str
) -> Iterator[Change]:
    """Facts of products without references now; where they say different things, none follow."""
    known = [each for name in emptied if (each := here.get(("product", name))) is not None]
    follow = {each.model_copy(update={"product": to}) for each in known}
    if len(follow) != 1 or ("product", to) in here:
        return
    for each in known:
        yield Change(before=each, after=None)
    yield Change(before=None, after=follow.pop())


def _of_side(here: Mapping[tuple[str, ...], Thing], old: Side, to: Side) -> Iterator[Change]:
    for kind in _OF_SIDE:
        thing = here.get((kind, *old))
        if thing is None or (kind, *to) in here:
            continue
        yield Change(before=thing, after=None)
        yield Change(before=None, after=thing.model_copy(update={"product": to[0], "side": to[1]}))
