"""What the panes of a trainer ask of the work behind them, and how it is done on a workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import vision
from app.store import (
    Change,
    Changes,
    KeptReference,
    KeptZone,
    KeptZones,
    Policy,
    TrainerActs,
    changed,
    differences,
)
from app.views.scene import picture_from_photo

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from app.store import ImportRow, KeptProduct, PreviewRow, Workspace
    from app.views.pixels import Picture
    from vision import Gallery, Photo, Reference, Vertices, Zone

Act = Callable[[TrainerActs], Changes]
_LOOKED_AT_SIDE = 2400
_SMALL_SIDE = 640


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the products of the gallery, by name, and what is asked for."""

    products: Mapping[str, KeptProduct] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True, slots=True, eq=False)
class RawSheet:
    """An original as it was taken; `size` is its width and height, `proposed` corners or None.

    `small` is the same with few pixels, for what must be quick.
    """

    picture: Picture
    small: Photo
    size: tuple[int, int]
    proposed: Vertices | None


class TrainerBench(Protocol):
    """Generators are for the lane that their line names."""

    def change(self, act: Act) -> Generator[None, None, Changes]:
        """MODEL: do one act, and judge by what the gallery holds after; what was changed."""

    def facts(self) -> Generator[None, None, Facts]:
        """FILES: what is known of products."""

    def set_policy(self, policy: Policy) -> Generator[None, None, Policy]:
        """FILES: ask for something else; what was asked for before."""

    def raw_sheet(self, reference: Reference) -> Generator[None, None, RawSheet]:
        """FILES: the original of a reference, and where its corners may lie."""

    def keep_file(self, file: Path) -> Generator[None, None, str]:
        """FILES: copy a proof or a picture into the workspace; its stored name."""

    def preview_table(self, table: Path) -> Generator[None, None, tuple[PreviewRow, ...]]:
        """FILES: what the lines of a CSV list name, and what is wrong with them."""

    def import_table(self, table: Path) -> Generator[ImportRow, None, Changes]:
        """MODEL: add what a CSV list names, line by line; what was changed."""


class TrainerWork:
    """The TrainerBench of a workspace.

    Args:
        workspace: gives it, opened.
        gallery: gives the gallery, opened.
        opened: the gallery if it is open already, else None.
    """

    def __init__(
        self,
        workspace: Callable[[], Workspace],
        gallery: Callable[[], Gallery],
        opened: Callable[[], Gallery | None],
    ) -> None:
        self._workspace, self._gallery, self._opened = workspace, gallery, opened

    def change(self, act: Act) -> Generator[None, None, Changes]:
        """MODEL: do one act, and judge by what the gallery holds after; what was changed."""
        yield
        workspace = self._workspace()
        if workspace.approvals.is_needed:
            with changed(workspace) as draft:
                act(draft.acts)
            return ()
        changes = act(workspace.acts)
        changes += tuple(self._zones_moved(changes))
        self._renew()
        return changes

    def facts(self) -> Generator[None, None, Facts]:
        """FILES: what is known of products."""
        yield
        acts = self._workspace().acts
        return Facts(acts.products(), acts.policy())

    def set_policy(self, policy: Policy) -> Generator[None, None, Policy]:
        """FILES: ask for something else; what was asked for before."""
        yield
        return self._workspace().acts.set_policy(policy)

    def raw_sheet(self, reference: Reference) -> Generator[None, None, RawSheet]:
        """FILES: the original of a reference, and where its corners may lie."""
        yield
        photo = vision.read(reference.path, max_side=_LOOKED_AT_SIDE)
        outline = reference.outline
        if outline is not None:
            outline = vision.carried_points(outline, reference.corners, None)
        proposed = vision.propose_corners(photo, outline)
        small = vision.read(reference.path, max_side=_SMALL_SIDE)
        size = photo.width, photo.height
        return RawSheet(picture_from_photo(photo), small, size, proposed)

    def keep_file(self, file: Path) -> Generator[None, None, str]:
        """FILES: copy a proof or a picture into the workspace; its stored name."""
        yield
        return self._workspace().acts.keep_file(file)

    def preview_table(self, table: Path) -> Generator[None, None, tuple[PreviewRow, ...]]:
        """FILES: what the lines of a CSV list name, and what is wrong with them."""
        found = []
        for row in self._workspace().preview_manifest(table):
            found.append(row)
            yield
        return tuple(found)

    def import_table(self, table: Path) -> Generator[ImportRow, None, Changes]:
        """MODEL: add what a CSV list names, line by line; what was changed."""
        workspace = self._workspace()
        with changed(workspace, note=table.name) as gallery:
            before = gallery.snapshots.now()
            yield from gallery.import_manifest(table)
            changes = differences(before, gallery.snapshots.now())
        self._renew()
        return changes

    def _zones_moved(self, changes: Changes) -> Generator[Change, None, None]:
        """Zones drawn on a reference that left its side move to another of that side."""
        for change in changes:
            gone = change.before
            if not isinstance(gone, KeptReference) or change.after is not None:
                continue
            side = gone.product, gone.side
            drawn = self._workspace().zones(*side)
            if all(zone.reference != gone.sha256 for zone in drawn):
                continue
            gallery = self._gallery()
            gallery.drop(gone.id)
            moved = gallery.zones(*side)
            if moved != drawn and self._workspace().references(product=side[0], side=side[1]):
                self._workspace().set_zones(*side, moved)
                yield Change(before=_kept(*side, drawn), after=_kept(*side, moved))

    def _renew(self) -> None:
        """Let the open gallery hold what the workspace holds now."""
        gallery = self._opened()
        if gallery is None:
            return
        wanted = {each.id: each for each in self._workspace().references()}
        known = {each.id: each for each in gallery.references}
        zones = self._workspace().all_zones()
        for reference_id in known.keys() - wanted.keys():
            gallery.drop(reference_id)
        for reference_id, reference in wanted.items():
            if known.get(reference_id) != reference and Path(reference.path).is_file():
                gallery.add(reference)
        for side in {*zones, *((each.product, each.side) for each in known.values())}:
            if gallery.zones(*side) != zones.get(side, ()):
                gallery.set_zones(*side, zones.get(side, ()))


def _kept(product: str, side: str, zones: tuple[Zone, ...]) -> KeptZones:
    kept = (
        KeptZone(kind=zone.kind, label=zone.label, reference=zone.reference, polygon=zone.polygon)
        for zone in zones
    )
    return KeptZones(product=product, side=side, zones=tuple(kept))
