"""What the panes of a trainer ask of the work behind them, and how it is done on a workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import vision
from app.panes.ghost_view import Ghost
from app.panes.shown_traits import ShownTrait
from app.panes.trait_places import carried_traits, traits_moved_off
from app.side_words import named_side, product_and_side
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
from app.views.pixels import thumbnail_from_pixels
from app.views.scene import picture_from_photo
from vision import TouchstoneError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from PySide6.QtGui import QImage

    from app.panes.intake import Source
    from app.store import ImportRow, KeptProduct, KeptTrait, PreviewRow, Workspace
    from app.views.pixels import Picture
    from vision import Comparison, Gallery, Photo, Reference, Vertices, Zone

Act = Callable[[TrainerActs], Changes]
_LOOKED_AT_SIDE = 2400
_SMALL_SIDE = 640
_CROP_SIDE = 160


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


@dataclass(frozen=True, slots=True, eq=False)
class TraitSheet:
    """The reference of a side (SHA-256, hex), and the distinguishing features of that side.

    Features that were drawn on another reference are carried to this one where that is possible.
    """

    picture: Picture
    reference: str
    traits: tuple[KeptTrait, ...]


class TrainerBench(Protocol):
    """Generators are for the lane that their line names."""

    def change(self, act: Act) -> Generator[None, None, Changes]:
        """MODEL: do one act, and judge by what the gallery holds after; what was changed."""

    def facts(self) -> Generator[None, None, Facts]:
        """FILES: what is known of products."""

    def set_policy(
        self, policy: Policy, expected: Policy | None = None
    ) -> Generator[None, None, Policy]:
        """FILES: ask for something else, instead of what is expected; what was asked for."""

    def raw_sheet(self, reference: Reference) -> Generator[None, None, RawSheet]:
        """FILES: the original of a reference, and where its corners may lie."""

    def keep_file(self, file: Path) -> Generator[None, None, str]:
        """FILES: copy a proof into the workspace; its stored name."""

    def keep_picture(self, file: Path) -> Generator[None, None, str]:
        """FILES: the same with what must be a picture that can be read."""

    def trait_sheet(self, product: str, side: str) -> Generator[None, None, TraitSheet]:
        """MODEL: the reference of a side, and by what genuine items are told from others."""

    def small_picture(self, source: Source) -> Generator[None, None, QImage]:
        """FILES: a picture that may become a reference, small."""

    def ghost(self, product: str, side: str) -> Generator[None, None, Ghost | None]:
        """MODEL: how a side is taken, as a reference of it or of its like tells; None if none."""

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
        changes += tuple(self._drawn_moved(changes))
        self._renew()
        return changes

    def facts(self) -> Generator[None, None, Facts]:
        """FILES: what is known of products."""
        yield
        acts = self._workspace().acts
        return Facts(acts.products(), acts.policy())

    def set_policy(
        self, policy: Policy, expected: Policy | None = None
    ) -> Generator[None, None, Policy]:
        """FILES: ask for something else, instead of what is expected; what was asked for."""
        yield
        with changed(self._workspace()) as target:
            return target.acts.set_policy(policy, expected=expected)

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
        """FILES: copy a proof into the workspace; its stored name."""
        yield
        return self._workspace().acts.keep_file(file)

    def keep_picture(self, file: Path) -> Generator[None, None, str]:
        """FILES: the same with what must be a picture that can be read."""
        yield
        return self._workspace().acts.keep_picture(file)

    def trait_sheet(self, product: str, side: str) -> Generator[None, None, TraitSheet]:
        """MODEL: the reference of a side, and by what genuine items are told from others."""
        yield
        model = self._gallery().side_model(product, side)
        photo = vision.read_reference(model.canonical, max_side=_LOOKED_AT_SIDE)
        traits = carried_traits(self._workspace().acts.traits(product, side), model)
        return TraitSheet(picture_from_photo(photo), model.canonical.sha256, traits)

    def small_picture(self, source: Source) -> Generator[None, None, QImage]:
        """FILES: a picture that may become a reference, small."""
        yield
        if source.path is not None:
            photo = vision.read(source.path, max_side=_SMALL_SIDE)
        else:
            photo = vision.read_bytes(source.content(), source.name, max_side=_SMALL_SIDE)
        return thumbnail_from_pixels(photo.pixels, _SMALL_SIDE)

    def ghost(self, product: str, side: str) -> Generator[None, None, Ghost | None]:
        """MODEL: how a side is taken, as a reference of it or of its like tells; None if none."""
        yield
        known = self._workspace().references()
        products = self._workspace().acts.products()
        own = products.get(product)
        category = own.category.casefold() if own is not None else ""
        like = [product] if any((r.product, r.side) == (product, side) for r in known) else []
        if category:
            like += [
                each.product
                for each in known
                if each.side == side and products[each.product].category.casefold() == category
            ]
        if not like:
            return None
        gallery = self._gallery()
        model = gallery.side_model(like[0], side)
        width, height = gallery.features_of(model.canonical).size
        outline = tuple(((x + 0.5) / width, (y + 0.5) / height) for x, y in model.frame.outline)
        return Ghost(outline, width / height)

    def seen_traits(self, comparison: Comparison) -> tuple[ShownTrait, ...]:
        """What to look at in a comparison, with pictures; none that cannot be laid there."""
        reference = comparison.reference
        acts = self._workspace().acts
        traits = acts.traits(comparison.product, comparison.side)
        if any(each.reference != reference.sha256 for each in traits):
            model = self._gallery().side_model(comparison.product, comparison.side)
            traits = carried_traits(traits, model)
        here = [each for each in traits if each.reference == reference.sha256]
        if not here:
            return ()
        photo = vision.read_reference(reference, max_side=_LOOKED_AT_SIDE)
        return tuple(
            ShownTrait(
                each.sentence,
                each.polygon,
                _small(acts.file(each.genuine)) if each.genuine else _around(photo, each.polygon),
                _small(acts.file(each.known_false)) if each.known_false else None,
            )
            for each in here
        )

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
            yield from gallery.import_manifest(table, side_of=named_side)
            changes = differences(before, gallery.snapshots.now())
        self._renew()
        return changes

    def remove(self, reference_id: str) -> Changes:
        """Take a reference out; what is drawn on it moves to another of its side before."""
        workspace, gallery = self._workspace(), self._gallery()
        going = next((one for one in gallery.references if one.id == reference_id), None)
        if workspace.approvals.is_needed:
            note = "" if going is None else product_and_side(going.product, going.side)
            with changed(workspace, note=note) as draft:
                draft.remove_reference(reference_id)
            return ()
        if going is None:
            return workspace.remove_reference(reference_id)
        side = going.product, going.side
        before = gallery.zones(*side)
        changes = self._move_traits_off(*side, going.sha256)
        gallery.drop(reference_id)
        moved = gallery.zones(*side)
        if moved != before:  # those that were drawn on it
            drawn = workspace.set_zones(*side, moved)
            changes += (Change(before=_kept(*side, drawn), after=_kept(*side, moved)),)
        return changes + workspace.remove_reference(reference_id)

    def _move_traits_off(self, product: str, side: str, going: str) -> Changes:
        """Let features drawn on a reference (SHA-256, hex) that goes lie on another of its side."""
        acts = self._workspace().acts
        drawn = acts.traits(product, side)
        if all(each.reference != going for each in drawn):
            return ()
        try:
            model = self._gallery().side_model(product, side)
        except TouchstoneError:  # there is none to move to, or none that can be read
            return ()
        return acts.set_traits(product, side, traits_moved_off(drawn, going, model))

    def _drawn_moved(self, changes: Changes) -> Generator[Change, None, None]:
        """What is drawn on a reference that left its side moves to another of that side."""
        workspace = self._workspace()
        for change in changes:
            gone = change.before
            if not isinstance(gone, KeptReference) or change.after is not None:
                continue
            side = gone.product, gone.side
            drawn, traits = workspace.zones(*side), workspace.acts.traits(*side)
            pictures = {each.reference for each in drawn} | {each.reference for each in traits}
            is_drawn_on = gone.sha256 in pictures
            if not is_drawn_on or not workspace.references(product=side[0], side=side[1]):
                continue
            yield from self._move_traits_off(*side, gone.sha256)
            gallery = self._gallery()
            gallery.drop(gone.id)
            moved = gallery.zones(*side)
            if moved != drawn:
                workspace.set_zones(*side, moved)
                yield Change(before=_kept(*side, drawn), after=_kept(*side, moved))

    def _renew(self) -> None:
        """Let the open gallery hold what the workspace holds now."""
        gallery = self._opened()
        if gallery is None:
            return
        wanted = {each.id: each for each in self._workspace().references()}
        known = {each.id: each for each in gallery.references}
        gallery.thresholds = self._workspace().thresholds.all()
        zones = self._workspace().all_zones()
        for reference_id in known.keys() - wanted.keys():
            gallery.drop(reference_id)
        for reference_id, reference in wanted.items():
            if known.get(reference_id) != reference and Path(reference.path).is_file():
                gallery.add(reference)
        for side in {*zones, *((each.product, each.side) for each in known.values())}:
            if gallery.zones(*side) != zones.get(side, ()):
                gallery.set_zones(*side, zones.get(side, ()))


def _small(file: Path) -> QImage | None:
    try:
        photo = vision.read(file, max_side=_CROP_SIDE)
    except (TouchstoneError, MemoryError):
        return None
    return thumbnail_from_pixels(photo.pixels, _CROP_SIDE)


def _around(photo: Photo, polygon: Vertices) -> QImage:
    """The place on the reference itself, with a little around it."""
    xs, ys = ([value / photo.scale for value in axis] for axis in zip(*polygon, strict=True))
    margin = max(12.0, 0.2 * max(max(xs) - min(xs), max(ys) - min(ys)))
    height, width = photo.pixels.shape[:2]
    left, right = max(0, int(min(xs) - margin)), min(width, int(max(xs) + margin) + 1)
    top, bottom = max(0, int(min(ys) - margin)), min(height, int(max(ys) + margin) + 1)
    return thumbnail_from_pixels(photo.pixels[top:bottom, left:right], _CROP_SIDE)


def _kept(product: str, side: str, zones: tuple[Zone, ...]) -> KeptZones:
    kept = (
        KeptZone(kind=zone.kind, label=zone.label, reference=zone.reference, polygon=zone.polygon)
        for zone in zones
    )
    return KeptZones(product=product, side=side, zones=tuple(kept))
