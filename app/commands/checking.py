"""What is wrong in a gallery: duplicates, thin sides, missing or expired provenance, lost files."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app import words
from app.reports.housekeeping import FindingKind, FindingPart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vision import Reference, Zone

ENOUGH: Final = 3  # references of a side, from which genuine variation can be told

_SENTENCES: Final[dict[FindingKind, object]] = {
    FindingKind.DUPLICATE: QT_TRANSLATE_NOOP(
        "checking", "One picture stands under several sides: {sides}. Keep it under the right one."
    ),
    FindingKind.THIN_SIDE: QT_TRANSLATE_NOOP(
        "checking", "{side} has {count} references, {enough} are needed. Add more."
    ),
    FindingKind.NO_PROVENANCE: QT_TRANSLATE_NOOP(
        "checking", "{side}: nobody vouches for {count} references. Say who does, or remove them."
    ),
    FindingKind.EXPIRED: QT_TRANSLATE_NOOP(
        "checking", "{side}: {count} references were valid until {date}. Renew or remove them."
    ),
    FindingKind.UNREADABLE_DATE: QT_TRANSLATE_NOOP(
        "checking", "{side}: “{date}” is no date. Write it as year-month-day."
    ),
    FindingKind.ORIGINAL_MISSING: QT_TRANSLATE_NOOP(
        "checking", "{side}: the files of {count} references are gone. Add the pictures again."
    ),
    FindingKind.ZONE_LOST: QT_TRANSLATE_NOOP(
        "checking",
        "{side}: {count} zones are drawn on references that are gone. Draw them again, or add "
        "those pictures again.",
    ),
}


def check_references(
    references: Sequence[Reference], *, today: date | None = None
) -> tuple[FindingPart, ...]:
    """All that should be put right, kind by kind."""
    day = today or datetime.now(UTC).date()
    by_side: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for each in references:
        by_side[each.product, each.side].append(each)
    findings = list(_duplicates(references))
    for side in by_side.values():
        findings += _of_side(side, day)
    order = list(FindingKind)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.kind)))


def check_zones(
    zones: Mapping[tuple[str, str], Sequence[Zone]], references: Sequence[Reference]
) -> tuple[FindingPart, ...]:
    """Sides with zones that lie on none of their references any more.

    A side that has no references left is passed over: nothing is compared with it.
    """
    known: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in references:
        known[each.product, each.side].add(each.sha256)
    findings = []
    for (product, side), drawn in sorted(zones.items()):
        there = known[product, side]
        lost = sum(zone.reference not in there for zone in drawn)
        if lost and there:
            sentence = QCoreApplication.translate(
                "checking", str(_SENTENCES[FindingKind.ZONE_LOST])
            ).format(side=words.side_name(product, side), count=lost)
            findings.append(
                FindingPart(
                    kind=FindingKind.ZONE_LOST,
                    product=product,
                    side=side,
                    references=(),
                    sentence=sentence,
                )
            )
    return tuple(findings)


def _duplicates(references: Sequence[Reference]) -> Iterator[FindingPart]:
    by_hash: defaultdict[str, list[Reference]] = defaultdict(list)
    for each in references:
        by_hash[each.sha256].append(each)
    for same in by_hash.values():
        if len(same) > 1:
            sides = ", ".join(words.side_name(each.product, each.side) for each in same)
            yield _finding(FindingKind.DUPLICATE, same, sides=sides)


def _of_side(side: list[Reference], day: date) -> Iterator[FindingPart]:
    if len(side) < ENOUGH:
        yield _finding(FindingKind.THIN_SIDE, side)
    silent = [each for each in side if not each.provenance.vouched_by.strip()]
    if silent:
        yield _finding(FindingKind.NO_PROVENANCE, silent)
    yield from _dates(side, day)
    lost = [each for each in side if not Path(each.path).is_file()]
    if lost:
        yield _finding(FindingKind.ORIGINAL_MISSING, lost)


def _dates(side: list[Reference], day: date) -> Iterator[FindingPart]:
    by_date: defaultdict[str, list[Reference]] = defaultdict(list)
    for each in side:
        if each.provenance.valid_to.strip():
            by_date[each.provenance.valid_to.strip()].append(each)
    for text, same in by_date.items():
        try:
            if date.fromisoformat(text[:10]) < day:
                yield _finding(FindingKind.EXPIRED, same, date=text)
        except ValueError:
            yield _finding(FindingKind.UNREADABLE_DATE, same, date=text)


def _finding(kind: FindingKind, about: list[Reference], **fields: str) -> FindingPart:
    first = about[0]
    sentence = QCoreApplication.translate("checking", str(_SENTENCES[kind]))
    return FindingPart(
        kind=kind,
        product=first.product,
        side=first.side,
        references=tuple(each.id for each in about),
        sentence=sentence.format(
            side=words.side_name(first.product, first.side),
            count=len(about),
            enough=ENOUGH,
            **fields,
        ),
    )
