"""Which finding speaks of which region: told by place, since numbers change with the gallery."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageDraw

from app.store import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from app.store import Finding
    from vision import Inspection, Region, Vertices

_SAME_PLACE: Final = 0.3  # of what two polygons cover together, from which they are one place
_SAME_CHANNEL: Final = 0.1  # the say of an equal channel where two regions share a place
_GRID: Final = 192


@dataclass(frozen=True, slots=True)
class Examined:
    """Findings sorted out.

    `by_number` has those of measured regions; `added` are regions of the examiner's own; `left`
    speak of regions that are no longer found, as after new references.
    """

    by_number: Mapping[int, Finding] = field(default_factory=dict)
    added: tuple[Finding, ...] = ()
    left: tuple[Finding, ...] = ()

    def looked_at(self) -> int:
        """How many measured regions have an opinion."""
        return sum(finding.opinion is not None for finding in self.by_number.values())


def subject_of(inspection: Inspection) -> Subject:
    """What findings about an inspection are tied to."""
    comparison = inspection.comparison
    if comparison is None:
        return Subject(inspection.photo.sha256)
    return Subject(inspection.photo.sha256, comparison.product, comparison.side)


def examined(regions: Sequence[Region], findings: Sequence[Finding]) -> Examined:
    """Sort findings out, by where their regions lie in the photo; the best fit comes first."""
    measured = [finding for finding in findings if not finding.by_hand]
    fits = []
    for place, finding in enumerate(measured):
        for region in regions:
            shared = common_share(finding.polygon, region.polygon)
            if shared >= _SAME_PLACE:
                bonus = _SAME_CHANNEL * (finding.channel == region.channel)
                fits.append((-shared - bonus, place, region.number))
    by_number: dict[int, Finding] = {}
    taken: set[int] = set()
    for _, place, number in sorted(fits):
        if number not in by_number and place not in taken:
            by_number[number] = measured[place]
            taken.add(place)
    return Examined(
        by_number,
        tuple(finding for finding in findings if finding.by_hand),
        tuple(finding for place, finding in enumerate(measured) if place not in taken),
    )


def common_share(one: Vertices, other: Vertices) -> float:
    """The share, in [0, 1], of what two polygons cover together that both of them cover."""
    if len(one) < 3 or len(other) < 3:
        return 0.0
    if one == other:
        return 1.0
    points = np.array([*one, *other], np.float64)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = _GRID / max(float((high - low).max()), 1e-9)
    first, second = (_filled(polygon, low, scale) for polygon in (one, other))
    both = int((first & second).sum())
    return both / max(1, int((first | second).sum()))


def _filled(polygon: Vertices, low: NDArray[np.float64], scale: float) -> NDArray[np.bool_]:
    image = Image.new("1", (_GRID + 1, _GRID + 1))
    corners = [(float(x), float(y)) for x, y in (np.array(polygon) - low) * scale]
    ImageDraw.Draw(image).polygon(corners, fill=1)
    return np.array(image, bool)
