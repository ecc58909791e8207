"""What `touchstone gallery check` answers: the flaws of a gallery, in words and as JSON."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app import words
from app.check_words import flaw_sentence
from app.gap_words import gap_sentence
from app.reports.housekeeping import (
    DRAW_FEATURES,
    DRAW_ZONES,
    SAY_IT,
    FindingKind,
    FindingPart,
    SidePart,
)
from app.store import gaps
from vision import CheckStage, Mend, check_gallery

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from rich.console import Console

    from app.store import KeptTrait, Workspace
    from vision import Flaw, Gallery, Reference, Zone

_OF_FILES = frozenset(
    {
        FindingKind.UNREADABLE,
        FindingKind.ORIGINAL_CHANGED,
        FindingKind.UNFIT,
        FindingKind.WRONG_PRODUCT,
        FindingKind.WRONG_SIDE,
        FindingKind.OUTLIER,
        FindingKind.DUPLICATE,
        FindingKind.NEAR_DUPLICATE,
    }
)  # findings about single pictures, of which the text names the files
_STAGES = {
    CheckStage.READING: QT_TRANSLATE_NOOP("checking", "Reading references"),
    CheckStage.COMPARING: QT_TRANSLATE_NOOP("checking", "Comparing references"),
}
_ZONE_LOST = QT_TRANSLATE_NOOP(
    "checking",
    "{side}: {count} zones are drawn on references that are gone. Draw them again, or add "
    "those pictures again.",
)
_FEATURE_LOST = QT_TRANSLATE_NOOP(
    "checking",
    "{side}: {count} distinguishing features are drawn on references that are gone. Draw them "
    "again, or add those pictures again.",
)


def check_pictures(
    gallery: Gallery,
    references: Sequence[Reference],
    cache: Path,
    told: Callable[[str, int, int], None],
) -> tuple[FindingPart, ...]:
    """All that pictures and records show, kind by kind; `told` hears stage, done and total."""
    flaws: tuple[Flaw, ...] = ()
    for step in check_gallery(gallery, references=references, cache=cache):
        flaws = step.flaws
        if step.stage in _STAGES and step.done:
            stage = QCoreApplication.translate("checking", str(_STAGES[step.stage]))
            told(stage, step.done, step.total)
    by_id = {each.id: each for each in references}
    return tuple(finding_part(flaw, by_id) for flaw in flaws)


def tell_findings(
    findings: Sequence[FindingPart], references: Sequence[Reference], console: Console
) -> None:
    """Say what was found; of findings about single pictures, also which files they are."""
    path_of = {each.id: each.path for each in references}
    for finding in findings:
        console.print(f"• {finding.sentence}", soft_wrap=True)
        shown = finding.references if finding.kind in _OF_FILES else ()
        for path in dict.fromkeys(path_of[each] for each in shown):
            console.print(f"    {path}", soft_wrap=True)
    said = QCoreApplication.translate(
        "commands", "References checked: {references}. To put right: {findings}."
    )
    console.print(said.format(references=len(references), findings=len(findings)))


def finding_part(flaw: Flaw, references: Mapping[str, Reference]) -> FindingPart:
    """A flaw as the document tells it."""
    return FindingPart(
        kind=FindingKind(flaw.kind.value),
        product=flaw.product,
        side=flaw.side,
        references=flaw.references,
        sentence=flaw_sentence(flaw, references),
        mend=flaw.mend,
        measured=flaw.measured,
        limit=flaw.limit,
        beside=flaw.beside,
        elsewhere=_side_part(flaw.elsewhere),
        faults=tuple(fault.kind for fault in flaw.faults),
        detail=flaw.detail,
    )


def check_zones(
    zones: Mapping[tuple[str, str], Sequence[Zone]], references: Sequence[Reference]
) -> tuple[FindingPart, ...]:
    """Sides with zones that lie on none of their references any more.

    A side that has no references left is passed over: nothing is compared with it.
    """
    drawn = {side: [each.reference for each in own] for side, own in zones.items()}
    return _lost(drawn, references, FindingKind.ZONE_LOST, _ZONE_LOST, DRAW_ZONES)


def check_traits(
    traits: Mapping[tuple[str, str], Sequence[KeptTrait]], references: Sequence[Reference]
) -> tuple[FindingPart, ...]:
    """The same of distinguishing features."""
    drawn = {side: [each.reference for each in own] for side, own in traits.items()}
    return _lost(drawn, references, FindingKind.FEATURE_LOST, _FEATURE_LOST, DRAW_FEATURES)


def _lost(
    drawn: Mapping[tuple[str, str], Sequence[str]],
    references: Sequence[Reference],
    kind: FindingKind,
    said: object,
    mend: Literal["draw_zones", "draw_features"],
) -> tuple[FindingPart, ...]:
    """Sides with something drawn on pictures, by their hashes, that are theirs no more."""
    known: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in references:
        known[each.product, each.side].add(each.sha256)
    findings = []
    for (product, side), pictures in sorted(drawn.items()):
        there = known[product, side]
        lost = sum(sha256 not in there for sha256 in pictures)
        if lost and there:
            sentence = QCoreApplication.translate("checking", str(said))
            findings.append(
                FindingPart(
                    kind=kind,
                    product=product,
                    side=side,
                    references=(),
                    sentence=sentence.format(side=words.side_name(product, side), count=lost),
                    mend=mend,
                    measured=float(lost),
                    limit=0.0,
                )
            )
    return tuple(findings)


def check_rules(workspace: Workspace, references: Sequence[Reference]) -> tuple[FindingPart, ...]:
    """What the rules of the gallery ask for and is not there."""
    acts = workspace.acts
    return tuple(
        FindingPart(
            kind=FindingKind.MISSING_FACT if gap.field else FindingKind.MISSING_SHOT,
            product=gap.product,
            side=gap.side,
            references=gap.references,
            sentence=gap_sentence(gap),
            mend=SAY_IT if gap.field else Mend.ADD_REFERENCES,
            measured=float(len(gap.references)),
            limit=0.0,
            detail=gap.field,
        )
        for gap in gaps(acts.policy(), acts.products(), references)
    )


def _side_part(side: tuple[str, str] | None) -> SidePart | None:
    return None if side is None else SidePart(product=side[0], side=side[1])
