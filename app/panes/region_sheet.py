"""The regions of one inspected photo with what is said of them: rows to list, marks to paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.models.findings import RegionRow, in_order
from app.reports.examined import Examined, examined
from app.views.pixels import crop_round
from app.views.region_marks import AddedRegion, crops_of, examined_scene, reference_place
from app.views.scene import CROP_SIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from app.panes.workbench import Inspected
    from app.store import Finding
    from app.views.scene import Scene
    from vision import Vertices

_Cut = tuple["QImage | None", "QImage | None"]


class RegionSheet:
    """Lays findings on the regions of one inspection; crops of added regions are cut once."""

    def __init__(self, found: Inspected) -> None:
        self._found = found
        self._crops: dict[tuple[str, Vertices], _Cut] = {}

    def rows(self, findings: Sequence[Finding]) -> tuple[RegionRow, ...]:
        """The measured regions, farthest outside first; then those that were not measured."""
        said = examined(self._found.scene.regions, findings)
        return (*self._measured(said), *self._added(said))

    def scene(self, rows: Sequence[RegionRow]) -> Scene:
        """What there is to paint, with the opinions and the added regions of these rows."""
        opinions = {row.number: row.opinion for row in rows if row.region and row.opinion}
        added = [
            AddedRegion(
                row.number,
                row.label,
                row.finding.polygon,
                self._on_reference(row.finding),
                row.opinion,
            )
            for row in rows
            if row.region is None and row.finding is not None
        ]
        comparison = self._found.inspection.comparison
        return examined_scene(self._found.scene, comparison, opinions, added)

    def _measured(self, said: Examined) -> list[RegionRow]:
        scene = self._found.scene
        crops = {
            region.number: crop for region, crop in zip(scene.regions, scene.crops, strict=True)
        }
        return [
            RegionRow(
                region,
                crops[region.number].suspect,
                crops[region.number].reference,
                said.by_number.get(region.number),
            )
            for region in in_order(scene.regions)
        ]

    def _added(self, said: Examined) -> list[RegionRow]:
        return [
            RegionRow(None, *self._cut(finding), finding, place)
            for place, finding in enumerate((*said.added, *said.left), 1)
        ]

    def _cut(self, finding: Finding) -> _Cut:
        key = finding.id, finding.polygon
        if key not in self._crops:
            self._crops[key] = self._cut_anew(finding)
        return self._crops[key]

    def _cut_anew(self, finding: Finding) -> _Cut:
        comparison, scene = self._found.inspection.comparison, self._found.scene
        place = self._on_reference(finding)
        cut = None
        if comparison is not None and scene.aligned is not None:
            cut = crops_of(comparison, place)
        if cut is not None:
            return cut.suspect, cut.reference
        suspect = crop_round(scene.photo, finding.polygon, CROP_SIDE) if finding.polygon else None
        reference = None
        if scene.reference is not None and place:
            reference = crop_round(scene.reference, place, CROP_SIDE)
        return suspect, reference

    def _on_reference(self, finding: Finding) -> Vertices:
        """Where a finding lies on the reference of now, which may be another than it was."""
        comparison = self._found.inspection.comparison
        if comparison is None or comparison.reference.sha256 == finding.reference_sha256:
            return finding.reference_polygon
        return reference_place(comparison, finding.polygon)


def looked_at(rows: Sequence[RegionRow]) -> int:
    """How many measured regions have an opinion."""
    return sum(row.region is not None and row.opinion is not None for row in rows)
