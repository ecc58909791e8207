"""What a trainer changes in the gallery, told as changes that can be taken back one by one."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from app.store import entries, originals
from app.store.contents import (
    KeptLength,
    KeptProduct,
    KeptReference,
    KeptTraits,
    KeptZones,
    Policy,
    product_of,
    read_contents,
    read_length,
    read_policy,
    read_traits,
    reference_of_row,
    zones_of_rows,
)
from app.store.differences import Change
from app.store.errors import ChangedMeanwhile
from app.store.moving import going_along
from app.store.policy import write_policy
from app.store.refusals import EntryRefused, NoSuchProduct, Refusal
from app.store.replacing import make_changes
from app.store.rows import reference_row
from app.store.tables import ProductRow, ReferenceRow, SideRow, ZoneRow
from app.store.undoing import undoing
from vision import FileUnreachable, Provenance, UnknownSide, carried_points, prepared_size, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.orm import Session

    from app.store.contents import KeptTrait
    from app.store.database import Database
    from app.store.shared_database import SharedDatabase
    from vision import Vertices

Changes = tuple[Change, ...]
_LARGEST_FILE: Final = 256 << 20  # bytes of a proof
_TRIED_SIDE: Final = 64  # pixels, to know that a picture can be read


class TrainerActs:
    """Each act is one transaction and returns what it changed; `take_back` undoes that.

    Args:
        database: keeps the gallery.
        changing: opens a session that may change it.
        folder: where originals lie, and files that prove something.
    """

    def __init__(
        self,
        database: Database | SharedDatabase,
        changing: Callable[[], AbstractContextManager[Session]],
        folder: Path,
    ) -> None:
        self._reading = database.reading
        self._changing = changing
        self._folder = folder

    def make(self, changes: Iterable[Change]) -> Changes:
        """Make changes that were told by another act.

        Raises:
            EntryRefused: a name, a date or a length in them cannot be kept.
            StoreError: the workspace cannot be written.
        """
        made = tuple(changes)
        with self._changing() as session:
            return made + make_changes(session, made)

    def take_back(self, changes: Iterable[Change]) -> Changes:
        """Undo changes, the last first; what was said besides since then stays.

        Raises:
            ChangedMeanwhile: just what they changed has been changed since.
        """
        with self._changing() as session:
            back = undoing(changes, read_contents(session))
            return back + make_changes(session, back)

    def move(self, reference_ids: Iterable[str], product: str, side: str) -> Changes:
        """Let references stand under another side, made where it is new.

        A picture that stands there already is only taken away here. What belongs to a side or a
        product that has no references after goes along (see `going_along`); of other sides it
        stays.

        Raises:
            NoSuchReference: nothing has one of the ids.
            EntryRefused: a name cannot be kept.
        """
        product, side = entries.name(product, "product"), entries.name(side, "side")
        with self._changing() as session:
            there = {row.sha256 for row in _rows_of(session, product, side)}
            changes: list[Change] = []
            moved: list[KeptReference] = []
            for reference_id in dict.fromkeys(reference_ids):
                before = reference_of_row(reference_row(session, reference_id))
                if (before.product, before.side) == (product, side):
                    continue
                moved.append(before)
                changes.append(Change(before=before, after=None))
                if before.sha256 not in there:
                    there.add(before.sha256)
                    update = {"product": product, "side": side, "is_canonical": False}
                    after = before.model_copy(update=update)
                    changes.append(Change(before=None, after=after))
            changes += going_along(session, moved, (product, side))
            return (*changes, *make_changes(session, changes))

    def set_canonical(self, reference_id: str, *, wanted: bool = True) -> Changes:
        """Let a reference be the one of its side that the others are laid on, or leave it open.

        Raises:
            NoSuchReference: nothing has this id.
        """
        with self._changing() as session:
            chosen = reference_row(session, reference_id)
            siblings = session.scalars(
                select(ReferenceRow).where(ReferenceRow.side_id == chosen.side_id)
            )
            changes = [
                _changed(row, is_canonical=wanted and row.id == chosen.id) for row in siblings
            ]
            return _made(session, changes)

    def prepare(
        self, reference_id: str, corners: Vertices | None, *, size: tuple[int, int]
    ) -> Changes:
        """Use a reference straightened by four corners, or as it is; the original stays.

        What is drawn on it (outline, zones, traits, a known length) is carried over.

        Args:
            reference_id: the reference.
            corners: see `vision.Reference`; None for the picture as it is.
            size: width and height of the original.

        Raises:
            NoSuchReference: nothing has this id.
            EntryRefused: the corners make no quadrilateral in the picture.
        """
        width, height = size if corners is None else _prepared_size(corners, size)
        with self._changing() as session:
            row = reference_row(session, reference_id)
            before = reference_of_row(row)
            if before.corners == corners:
                return ()
            update: dict[str, object] = {"corners": corners, "width": width, "height": height}
            if before.outline is not None:
                update["outline"] = carried_points(before.outline, before.corners, corners)
            after = before.model_copy(update=update)
            changes = [Change(before=before, after=after), *_carried(session, before, after)]
            make_changes(session, changes)
            return tuple(changes)

    def say(self, reference_ids: Iterable[str], facts: Mapping[str, str]) -> Changes:
        """Say where references come from: fields of Provenance that are named in `facts`.

        Raises:
            NoSuchReference: nothing has one of the ids.
            EntryRefused: a date is none, or a text is too long.
        """
        with self._changing() as session:
            changes = []
            for reference_id in dict.fromkeys(reference_ids):
                row = reference_row(session, reference_id)
                said = {f.name: getattr(row, f.name) for f in fields(Provenance)} | dict(facts)
                kept = entries.provenance(Provenance(**said))
                changes.append(_changed(row, **{name: getattr(kept, name) for name in facts}))
            return _made(session, changes)

    def product(self, name: str) -> KeptProduct:
        """What is known of a product; of an unknown one, nothing."""
        with self._reading() as session:
            row = _product_row(session, name)
            return KeptProduct(product=name) if row is None else product_of(row)

    def products(self) -> dict[str, KeptProduct]:
        """What is known of every product, by its name."""
        with self._reading() as session:
            return {row.name: product_of(row) for row in session.scalars(select(ProductRow))}

    def set_product(self, name: str, facts: Mapping[str, str]) -> Changes:
        """Say something of a product: fields of KeptProduct that are named in `facts`.

        Raises:
            EntryRefused: a GTIN or a date is none, or a text is too long.
            NoSuchProduct: nothing has this name.
        """
        said = entries.product_facts(facts)
        with self._changing() as session:
            row = _product_row(session, name)
            if row is None:
                raise NoSuchProduct(name)
            before = product_of(row)
            after = before.model_copy(update=said)
            entries.check_order(after.valid_from, after.valid_to)
            return _made(session, [Change(before=before, after=after)])

    def traits(self, product: str, side: str) -> tuple[KeptTrait, ...]:
        """The distinguishing features of a side."""
        with self._reading() as session:
            return read_traits(session).get((product, side), ())

    def all_traits(self) -> dict[tuple[str, str], tuple[KeptTrait, ...]]:
        """The distinguishing features of every side that has some, by product and side."""
        with self._reading() as session:
            return read_traits(session)

    def set_traits(
        self,
        product: str,
        side: str,
        traits: Iterable[KeptTrait],
        *,
        expected: Iterable[KeptTrait] | None = None,
    ) -> Changes:
        """Give a side these distinguishing features instead of those before.

        Args:
            product: with `side`, whose they are.
            side: see `product`.
            traits: the features.
            expected: those before as they were last seen; None where that does not matter.

        Raises:
            UnknownSide: there is none of this name.
            ChangedMeanwhile: those before are not the expected ones.
            EntryRefused: a sentence cannot be kept.
        """
        given = tuple(
            each.model_copy(update={"sentence": entries.remark(each.sentence)}) for each in traits
        )
        with self._changing() as session:
            if not _rows_of(session, product, side):
                raise UnknownSide(product, side)
            old = read_traits(session).get((product, side), ())
            if expected is not None and old != tuple(expected):
                raise ChangedMeanwhile(product, side)
            if old == given:
                return ()
            before = KeptTraits(product=product, side=side, traits=old) if old else None
            after = KeptTraits(product=product, side=side, traits=given) if given else None
            change = Change(before=before, after=after)
            return (change, *make_changes(session, [change]))

    def policy(self) -> Policy:
        """What the gallery asks of references and products."""
        with self._reading() as session:
            return read_policy(session)

    def set_policy(self, policy: Policy, *, expected: Policy | None = None) -> Policy:
        """Ask for something else; what was asked for before is returned, to undo it.

        Args:
            policy: what to ask for.
            expected: what was asked for when last seen; None where that does not matter.

        Raises:
            EntryRefused: it asks for a fact that there is none of.
            ChangedMeanwhile: something else is asked for than expected.
        """
        if policy.unknown:
            raise EntryRefused("policy", ", ".join(policy.unknown), Refusal.NO_FACT)
        with self._changing() as session:
            if expected is not None and read_policy(session) != expected:
                raise ChangedMeanwhile
            return write_policy(session, policy)

    def keep_picture(self, file: Path) -> str:
        """Copy a picture that shows something into the workspace; its stored name.

        Raises:
            PictureError: it is none that can be read.
            EntryRefused, WorkspaceUnwritable: as `keep_file` does.
        """
        read(file, max_side=_TRIED_SIDE)
        return self.keep_file(file)

    def keep_file(self, file: Path) -> str:
        """Copy a file that proves or shows something into the workspace; its stored name.

        Raises:
            FileUnreachable: it cannot be read, or changed while it was.
            EntryRefused: it is empty, or too large for a proof.
            WorkspaceUnwritable: it cannot be written.
        """
        try:
            size = file.stat().st_size
            if not 0 < size <= _LARGEST_FILE:
                limit = _LARGEST_FILE >> 20
                raise EntryRefused("proof", file.name, Refusal.BYTES, size=size, limit=limit)
            with file.open("rb") as source:
                sha256 = hashlib.file_digest(source, "sha256").hexdigest()
                source.seek(0)
                suffix = originals.suffix_here(file, self._folder, sha256)
                originals.store_own(
                    source,
                    self._folder,
                    sha256=sha256,
                    suffix=suffix,
                    file=file,
                    owner=self._folder,
                )
        except OSError as error:
            raise FileUnreachable(
                file,
                f"it cannot be read ({error.strerror or error})",
                "Check whether it was moved, renamed or deleted, then choose it again.",
            ) from error
        return sha256 + suffix

    def file(self, stored_name: str) -> Path:
        """Where a file lies that `keep_file` has stored."""
        return originals.lying(self._folder, stored_name[:64], stored_name[64:])


def _made(session: Session, changes: Iterable[Change]) -> Changes:
    """Make the changes that change something."""
    made = tuple(change for change in changes if change.fields)
    return made + make_changes(session, made)


def _changed(row: ReferenceRow, **update: object) -> Change:
    before = reference_of_row(row)
    return Change(before=before, after=before.model_copy(update=update))


def _rows_of(session: Session, product: str, side: str) -> list[ReferenceRow]:
    query = (
        select(ReferenceRow)
        .join(SideRow, SideRow.id == ReferenceRow.side_id)
        .join(ProductRow, ProductRow.id == SideRow.product_id)
        .where(ProductRow.name == product, SideRow.name == side)
    )
    return list(session.scalars(query))


def _product_row(session: Session, name: str) -> ProductRow | None:
    return session.scalars(select(ProductRow).where(ProductRow.name == name)).one_or_none()


def _prepared_size(corners: Vertices, size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    inside = all(-1 <= x <= width and -1 <= y <= height for x, y in corners)
    try:
        if inside:
            return prepared_size(corners)
    except ValueError:
        pass
    shown = " ".join(f"{x:.0f},{y:.0f}" for x, y in corners)
    raise EntryRefused("corners", shown, Refusal.FOUR_CORNERS)


def _carried(session: Session, before: KeptReference, after: KeptReference) -> list[Change]:
    """What is drawn on a reference, carried over to another preparation of it."""

    def moved(points: Vertices) -> Vertices:
        return carried_points(points, before.corners, after.corners)

    changes: list[Change] = []
    place = {"product": before.product, "side": before.side}
    rows = session.scalars(
        select(ZoneRow)
        .join(SideRow, SideRow.id == ZoneRow.side_id)
        .join(ReferenceRow, ReferenceRow.side_id == SideRow.id)
        .where(ReferenceRow.id == before.id)
        .order_by(ZoneRow.number)
    )
    zones = zones_of_rows(rows)
    if any(zone.reference == before.sha256 for zone in zones):
        laid = tuple(
            zone.model_copy(update={"polygon": moved(zone.polygon)})
            if zone.reference == before.sha256
            else zone
            for zone in zones
        )
        old, new = KeptZones(**place, zones=zones), KeptZones(**place, zones=laid)
        changes.append(Change(before=old, after=new))
    traits = read_traits(session).get((before.product, before.side), ())
    if any(trait.reference == before.sha256 for trait in traits):
        seen = tuple(
            trait.model_copy(update={"polygon": moved(trait.polygon)})
            if trait.reference == before.sha256
            else trait
            for trait in traits
        )
        was, now = KeptTraits(**place, traits=traits), KeptTraits(**place, traits=seen)
        changes.append(Change(before=was, after=now))
    length = read_length(session, before.sha256)
    if length is not None:
        start, end = moved((length.start, length.end))
        carried: KeptLength = length.model_copy(update={"start": start, "end": end})
        changes.append(Change(before=length, after=carried))
    return changes
