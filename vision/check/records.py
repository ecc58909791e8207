"""What is wrong with the records of a gallery; no picture is opened for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from vision.check.flaws import Flaw, FlawKind, Mend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vision.terms import Reference

ENOUGH: Final = 3  # references of a side, from which genuine variation can be told
USUAL: Final = 0.5  # share of the products that have a side, above which it is missed elsewhere
_FEWEST_PRODUCTS = 4  # in a gallery of fewer, no side is usual

Side = tuple[str, str]


def check_records(references: Sequence[Reference], *, today: date) -> tuple[Flaw, ...]:
    """Name what duplicates, thin sides, coverage, provenance and dates leave to put right."""
    sides: defaultdict[Side, list[Reference]] = defaultdict(list)
    for each in references:
        sides[each.product, each.side].append(each)
    found = list(_duplicates(references))
    for side in sides.values():
        found += _of_side(side, today)
    found += _missing_sides(list(sides))
    found += _missing_batches(sides)
    return tuple(found)


def _duplicates(references: Sequence[Reference]) -> Iterator[Flaw]:
    by_hash: defaultdict[str, list[Reference]] = defaultdict(list)
    for each in references:
        by_hash[each.sha256].append(each)
    for same in by_hash.values():
        if len(same) > 1:
            yield _flaw(FlawKind.DUPLICATE, same, Mend.KEEP_ONE, measured=len(same), limit=1)


def _of_side(side: list[Reference], today: date) -> Iterator[Flaw]:
    count = len(side)
    if count < ENOUGH:
        yield _flaw(
            FlawKind.THIN_SIDE, side, Mend.ADD_REFERENCES, measured=float(count), limit=ENOUGH
        )
    silent = [each for each in side if not each.provenance.vouched_by.strip()]
    if silent:
        yield _flaw(FlawKind.NO_PROVENANCE, silent, Mend.SAY_WHO, measured=float(len(silent)))
    by_date: defaultdict[str, list[Reference]] = defaultdict(list)
    for each in side:
        if each.provenance.valid_to.strip():
            by_date[each.provenance.valid_to.strip()].append(each)
    for text, same in by_date.items():
        yield from _dated(text, same, today)


def _dated(text: str, same: list[Reference], today: date) -> Iterator[Flaw]:
    try:
        days = (today - date.fromisoformat(text[:10])).days
    except ValueError:
        yield _flaw(FlawKind.UNREADABLE_DATE, same, Mend.WRITE_DATE, detail=text)
        return
    if days > 0:
        yield _flaw(FlawKind.EXPIRED, same, Mend.RENEW, measured=float(days), detail=text)


def _missing_sides(sides: Sequence[Side]) -> Iterator[Flaw]:
    """Name the products that lack a side which more than half of all products have."""
    products = {product for product, _ in sides}
    if len(products) < _FEWEST_PRODUCTS:
        return
    for name, count in sorted(Counter(side for _, side in sides).items()):
        share = count / len(products)
        if share <= USUAL or count == len(products):
            continue
        for product in sorted(products - {p for p, side in sides if side == name}):
            yield Flaw(
                FlawKind.MISSING_SIDE,
                product,
                name,
                (),
                Mend.ADD_REFERENCES,
                measured=share,
                limit=USUAL,
            )


def _missing_batches(sides: dict[Side, list[Reference]]) -> Iterator[Flaw]:
    """Name the batches that one side of a product shows and another, of known batches, does not."""
    known: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    for (product, side), references in sides.items():
        batches = {each.provenance.batch.strip() for each in references} - {""}
        if batches:
            known[product][side] = batches
    for product, by_side in known.items():
        every = set().union(*by_side.values())
        for side, batches in by_side.items():
            for batch in sorted(every - batches):
                beside = tuple(
                    each.id
                    for other in by_side
                    for each in sides[product, other]
                    if each.provenance.batch.strip() == batch
                )
                yield Flaw(
                    FlawKind.MISSING_BATCH,
                    product,
                    side,
                    (),
                    Mend.ADD_REFERENCES,
                    limit=1.0,
                    beside=beside,
                    detail=batch,
                )


def _flaw(
    kind: FlawKind,
    about: Sequence[Reference],
    mend: Mend,
    *,
    measured: float = 0.0,
    limit: float = 0.0,
    detail: str = "",
) -> Flaw:
    first = about[0]
    ids = tuple(each.id for each in about)
    return Flaw(
        kind, first.product, first.side, ids, mend, measured=measured, limit=limit, detail=detail
    )
