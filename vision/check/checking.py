"""The front door of a check: a gallery in, its flaws out, a step at a time."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from vision.check.flaws import CheckStage, CheckStep, Flaw, FlawKind, Mend
from vision.check.known_pairs import KnownPairs
from vision.check.last_check import keep_check
from vision.check.links import Links
from vision.check.misplaced import Placing
from vision.check.neighbours import neighbours_of
from vision.check.picture_facts import FileState, PictureFact, PictureFacts
from vision.check.records import check_records
from vision.check.same_photo import near_duplicates
from vision.check.second_look import second_look
from vision.errors import PictureError
from vision.threads import one_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vision.gallery import Gallery
    from vision.terms import Fault, Reference

_BROKEN = {
    FileState.GONE: FlawKind.ORIGINAL_MISSING,
    FileState.UNREADABLE: FlawKind.UNREADABLE,
    FileState.CHANGED: FlawKind.ORIGINAL_CHANGED,
}


def check_gallery(
    gallery: Gallery,
    *,
    references: Sequence[Reference] | None = None,
    today: date | None = None,
    cache: Path | None = None,
) -> Iterator[CheckStep]:
    """Look for all that should be put right in a gallery; it may be stopped after every step.

    Files are opened once, pairs compared once: what is found is kept by hash, so that the next
    check looks only at what is new.

    Args:
        gallery: its references are checked, with the features that it has or computes.
        references: all that should be in it, also those it was not given as their files are gone.
            Default: those it has.
        today: the day by which dates are judged. Default: today.
        cache: folder for what was found, which may be deleted at any time; None keeps nothing.

    Yields:
        Steps; the last one, of the stage `JUDGING`, has all flaws, in the order of `FlawKind`.
    """
    day = today or datetime.now(UTC).date()
    references = gallery.references if references is None else references
    flaws = list(check_records(references, today=day))
    usable: list[Reference] = []
    yield from _looked_at(references, gallery, cache, flaws, usable)
    yield from _compared(usable, gallery, cache, flaws)
    order = list(FlawKind)
    flaws.sort(key=lambda flaw: order.index(flaw.kind))
    if cache is not None:
        keep_check(cache, references, flaws)
    yield CheckStep(CheckStage.JUDGING, len(references), len(references), tuple(flaws))


def _looked_at(
    references: Sequence[Reference],
    gallery: Gallery,
    cache: Path | None,
    flaws: list[Flaw],
    usable: list[Reference],
) -> Iterator[CheckStep]:
    """Add to `flaws` what single files show, and to `usable` the references without any."""
    broken: defaultdict[tuple[FileState, str, str], list[str]] = defaultdict(list)
    facts = PictureFacts(None if cache is None else cache / "pictures.json")
    try:
        for number, (reference, fact) in enumerate(_read(references, facts, gallery), start=1):
            if fact.state is not FileState.FINE:
                broken[fact.state, reference.product, reference.side].append(reference.id)
            elif fact.faults:
                flaws.append(_unfit(reference, fact.faults))
            else:
                usable.append(reference)
            yield CheckStep(CheckStage.READING, number, len(references))
    finally:  # also when whoever asked has lost interest
        facts.keep()
    for (state, product, side), ids in broken.items():
        count = float(len(ids))
        flaws.append(
            Flaw(_BROKEN[state], product, side, tuple(ids), Mend.ADD_AGAIN, measured=count)
        )


def _read(
    references: Sequence[Reference], facts: PictureFacts, gallery: Gallery
) -> Iterator[tuple[Reference, PictureFact]]:
    """Look at every file, two at a time, and have the features of good ones in the cache."""

    def look(reference: Reference) -> PictureFact:
        fact = facts.of(reference)
        if fact.state is FileState.FINE and not fact.faults:
            try:
                gallery.have_features(reference)
            except PictureError:  # it went away meanwhile
                return PictureFact(FileState.GONE)
        return fact

    with one_each(), ThreadPoolExecutor(2, thread_name_prefix="check") as pool:
        waiting = [pool.submit(look, reference) for reference in references]
        try:
            for reference, each in zip(references, waiting, strict=True):
                yield reference, each.result()
        finally:
            for each in waiting:
                each.cancel()


def _unfit(reference: Reference, faults: tuple[Fault, ...]) -> Flaw:
    return Flaw(
        FlawKind.UNFIT,
        reference.product,
        reference.side,
        (reference.id,),
        Mend.REMOVE,
        measured=faults[0].measured,
        limit=faults[0].limit,
        faults=faults,
    )


def _compared(
    usable: Sequence[Reference], gallery: Gallery, cache: Path | None, flaws: list[Flaw]
) -> Iterator[CheckStep]:
    """Add to `flaws` what comparing the usable references with each other shows."""
    total = 2 * len(usable)
    neighbours = None
    file = None if cache is None else cache / "neighbours.npz"
    for found in neighbours_of(usable, gallery.read_features, file):
        neighbours = found
        yield CheckStep(CheckStage.COMPARING, 0, total)
    if neighbours is None:
        return
    links = Links(usable, neighbours)
    pairs = KnownPairs(None if cache is None else cache / "pairs.npz")
    try:
        for number, _ in enumerate(links.compare(gallery.read_features, pairs), start=1):
            yield CheckStep(CheckStage.COMPARING, number, total)
        for _ in second_look(links, gallery.read_features, pairs):
            yield CheckStep(CheckStage.COMPARING, total, total)
    finally:
        pairs.keep()
    placing = Placing(links)
    placing.settle()
    flaws += placing.flaws()
    flaws += near_duplicates(links)
