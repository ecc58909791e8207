"""What examiners say of one inspection, as lines to be read and places to be marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.finding_words import opinion_name
from app.reports.examined import examined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.store import Finding
    from vision import Region, Vertices


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One finding: `label` is the region's number, or “+1” where none was measured.

    The polygons are those of a region that a person added, in full-size pixels; else empty.
    """

    label: str
    text: str
    polygon: Vertices = ()
    reference_polygon: Vertices = ()


def said_lines(regions: Sequence[Region], findings: Sequence[Finding]) -> tuple[SaidLine, ...]:
    """The findings in the order of their regions; then those of no measured region."""
    sorted_out = examined(regions, findings)
    numbered = sorted(sorted_out.by_number.items())
    lines = [SaidLine(str(number), _sentence(finding)) for number, finding in numbered]
    for place, finding in enumerate((*sorted_out.added, *sorted_out.left), 1):
        own = (finding.polygon, finding.reference_polygon) if finding.by_hand else ((), ())
        lines.append(SaidLine(f"+{place}", _sentence(finding), *own))
    return tuple(lines)


def _sentence(finding: Finding) -> str:
    parts = []
    if finding.by_hand:
        parts.append(QCoreApplication.translate("annotate", "added by hand"))
    if finding.opinion is not None:
        parts.append(opinion_name(finding.opinion))
    if finding.note:
        parts.append(finding.note)
    by = f"{finding.author}, {finding.at:%Y-%m-%d %H:%M} UTC" if finding.author else ""
    text = " · ".join(parts)
    return f"{text} ({by})" if by else text
