"""The photos that are being inspected, one after another, and what was found in each."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal

from app.messages import Messages, is_worlds_fault
from app.models.photos import OPEN, PhotoListModel, PhotoRow, State
from app.panes.first_sights import FirstSights
from app.panes.intake import Source
from app.panes.kept_list import KeptPhoto, kept_choice
from app.panes.workbench import Choice, Inspected, Thumbnail
from app.tasks import Lane, Ticket, run
from vision import FileUnreachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.panes.kept_list import Glance
    from app.panes.workbench import Workbench
    from app.views.picture_memory import Part, PictureMemory
    from vision import Inspection

_UNDER_WAY: Final = (State.READING, State.COMPARING)


class PhotoQueue(QObject):
    """Inspects what is added as soon as it is there; one photo at a time.

    `settled` tells the key of a photo that is done, failed or stopped; `progressed` that the counts
    have changed; `pasted` that a picture without a file of its own was added.
    """

    settled = Signal(int)
    progressed = Signal()
    pasted = Signal(int)

    def __init__(
        self,
        bench: Workbench,
        messages: Messages,
        memory: PictureMemory,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = PhotoListModel(self)
        self._bench, self._messages = bench, messages
        self._keys = count(1)
        self._sources: dict[int, Source] = {}
        self._choices: dict[int, Choice] = {}
        self._kept_files: dict[int, Path] = {}
        self._memory = memory  # what was let go is made again when it is asked for
        self._running: tuple[int, Ticket] | None = None
        self._next: int | None = None
        self.sights = FirstSights(bench, self.model, self._sources, self)
        self.sights.sighted.connect(self._on_sighted)

    def add(
        self, sources: tuple[Source, ...], *, item: str = "", is_held: bool = False
    ) -> tuple[int, ...]:
        """Put photos at the end and begin; the keys, also of those that are here already.

        `item` is what they show the sides of, "" where each is a photo of its own; those that are
        held wait until they are asked for.
        """
        state = State.STOPPED if is_held else State.WAITING
        here = {self._sources[row.key].path: row.key for row in self.model.rows}
        keys: list[int] = []
        rows: list[PhotoRow] = []
        for source in sources:
            known = here.get(source.path) if source.path is not None else None
            if known is not None:
                keys.append(known)
                continue
            key = next(self._keys)
            self._sources[key] = source
            here[source.path] = key
            rows.append(PhotoRow(key, source.name, str(source.path or ""), state, item=item))
            keys.append(key)
        self.model.insert(self._end_of(item), tuple(rows))
        if len(sources) == 1 and not rows:
            self._messages.say(
                QT_TRANSLATE_NOOP("messages", "“{name}” is in the list already."),
                name=sources[0].name,
            )
        for key in keys:
            if self._sources[key].path is None:
                self.pasted.emit(key)
        self._go_on()
        return tuple(keys)

    def _end_of(self, item: str) -> int:
        """The place behind the last photo of an item; behind all where it has none."""
        rows = self.model.rows
        places = [place for place, row in enumerate(rows, 1) if item and row.item == item]
        return places[-1] if places else len(rows)

    def restore(self, photos: tuple[KeptPhoto, ...], *, are_of_now: bool) -> tuple[int, ...]:
        """Put the photos of an earlier run in front of those that are here; their keys, in order.

        What was recorded stands, where `are_of_now` says that it was judged as it would be now. A
        photo that was under way when the program ended is not begun by itself: it may have been
        what ended it.
        """
        here = {str(source.path): key for key, source in self._sources.items() if source.path}
        keys: list[int] = []
        rows: list[PhotoRow] = []
        for photo in photos:
            known = here.get(photo.path)
            if known is not None:
                keys.append(known)
                continue
            key = next(self._keys)
            here[photo.path] = key
            self._sources[key] = Source(photo.name, path=Path(photo.path))
            if photo.product is not None:
                self._choices[key] = photo.choice
            rows.append(_restored_row(key, photo, is_of_now=are_of_now))
            keys.append(key)
        self.model.insert(0, tuple(rows))
        self._go_on()
        self.progressed.emit()
        return tuple(keys)

    def kept(self, chosen: int, *, ending: bool = False) -> tuple[tuple[KeptPhoto, ...], int]:
        """The list to be kept, and the place of the chosen photo in it or -1.

        `ending` says that the program ends as it should, so what is under way did no harm.
        """
        photos: list[KeptPhoto] = []
        place = -1
        for row in self.model.rows:
            path = self._sources[row.key].path or self._kept_files.get(row.key)
            if path is None:
                continue
            if row.key == chosen:
                place = len(photos)
            is_waiting = ending and row.state in _UNDER_WAY
            photos.append(
                KeptPhoto(
                    path=str(path),
                    name=row.name,
                    state=State.WAITING if is_waiting else row.state,
                    outcome=row.outcome,
                    regions=row.regions,
                    examined=row.examined,
                    **kept_choice(self.choice(row.key)),
                    seen_product=row.product,
                    seen_side=row.side,
                    sha256=row.sha256,
                    item=row.item,
                )
            )
        return tuple(photos), place

    def take_glance(self, glance: Glance) -> None:
        """A photo of an earlier run was looked at again: its small picture, or that it is gone."""
        for row in self.model.rows:
            if row.path != glance.path:
                continue
            if glance.is_missing and row.state not in _UNDER_WAY:
                self.model.replace(replace(row, state=State.MISSING))
            elif row.thumbnail is None and glance.image is not None:
                self.model.replace(replace(row, thumbnail=glance.image))

    def key_of(self, path: Path | None) -> int:
        """The key of the photo in a file, 0 where it is not in the list."""
        rows = self.model.rows if path is not None else ()
        return next((row.key for row in rows if self._sources[row.key].path == path), 0)

    def source(self, key: int) -> Source | None:
        """Where a photo comes from."""
        return self._sources.get(key)

    def set_kept_file(self, key: int, file: Path) -> None:
        """A pasted picture lies in the workspace now."""
        self._kept_files[key] = file
        self.progressed.emit()
        row = self.row(key)
        if row is not None:
            self.model.replace(row)

    def set_examined(self, key: int, count: int) -> None:
        """So many regions of a photo have been marked."""
        row = self.row(key)
        if row is not None and row.examined != count:
            self.model.replace(replace(row, examined=count))

    def row(self, key: int) -> PhotoRow | None:
        """The row of a photo, None once it is removed."""
        place = self.model.place_of(key)
        return self.model.rows[place] if place >= 0 else None

    def found(self, key: int) -> Inspected | None:
        """What was found in a photo; None before, and when its pictures were let go again."""
        found = self._memory.get(key)
        return found if isinstance(found, Inspected) else None

    def choice(self, key: int) -> Choice:
        """What a person chose to compare a photo with."""
        return self._choices.get(key, Choice())

    def counts(self) -> tuple[int, int]:
        """How many photos are settled, and how many there are."""
        settled = sum(row.state not in OPEN for row in self.model.rows)
        return settled, len(self.model.rows)

    def count_inspected(self) -> int:
        """How many photos are settled and were not stopped."""
        return sum(row.state not in (*OPEN, State.STOPPED) for row in self.model.rows)

    @property
    def is_busy(self) -> bool:
        """Whether a photo is being inspected."""
        return self._running is not None

    def again(self, key: int, choice: Choice | None = None) -> None:
        """Inspect a photo once more, before all that wait; `choice` says with what to compare.

        One that is under way is begun anew where the choice is another.
        """
        row = self.row(key)
        if row is None:
            return
        if row.state in _UNDER_WAY:
            if choice is None or choice == self.choice(key):
                return
            self._stop_running()
        if choice is not None:
            self._choices[key] = choice
        self.model.replace(replace(row, state=State.WAITING, error=None))
        self._memory.drop(key)
        self._next = key
        self._go_on()
        self.progressed.emit()

    def stop(self) -> None:
        """Stop the photo under way and those that wait; they stay in the list."""
        self._stop_running()
        halted = tuple(
            replace(row, state=State.DONE if row.outcome is not None else State.STOPPED)
            for row in self.model.rows
            if row.state in OPEN
        )
        self.model.replace_all(halted)
        for row in halted:
            self.settled.emit(row.key)
        count = sum(row.state is State.STOPPED for row in halted)
        if count:
            self._messages.say(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "Stopped. Photos not inspected: {count}. They stay in the list; “Go on with "
                    "the rest” takes them up again.",
                ),
                count=str(count),
            )
        self.progressed.emit()

    def go_on_with_stopped(self) -> None:
        """Inspect what was stopped, in the order of the list."""
        self.model.replace_all(tuple(replace(row, state=State.WAITING) for row in self._stopped()))
        self._go_on()
        self.progressed.emit()

    @property
    def has_stopped(self) -> bool:
        """Whether there are photos that were stopped before they were inspected."""
        return any(self._stopped())

    def _stopped(self) -> Iterator[PhotoRow]:
        return (row for row in self.model.rows if row.state is State.STOPPED)

    def take_off(self, key: int) -> tuple[int, PhotoRow] | None:
        """Take a photo out of the list; its place and row, to be put back."""
        place = self.model.place_of(key)
        if place < 0:
            return None
        if self._running is not None and self._running[0] == key:
            self._stop_running()
        row = self.model.take(place)
        self._go_on()
        self.progressed.emit()
        return place, row

    def put_back(self, place: int, row: PhotoRow) -> None:
        """Undo a removal."""
        if self.model.place_of(row.key) >= 0:
            return
        state = State.WAITING if row.state in OPEN else row.state
        self.model.insert(min(place, len(self.model.rows)), (replace(row, state=state),))
        self._go_on()
        self.progressed.emit()

    def _stop_running(self) -> None:
        if self._running is not None:
            self._running[1].cancel()
            self._running = None

    def _go_on(self) -> None:
        if self._running is not None:
            return
        waiting = [row for row in self.model.rows if row.state is State.WAITING]
        if not waiting:
            return
        row = next((row for row in waiting if row.key == self._next), waiting[0])
        self._next = None
        self.model.replace(replace(row, state=State.READING))
        ticket = run(
            self._bench.inspect(self._sources[row.key], self.choice(row.key)),
            lane=Lane.MODEL,
            owner=self,
            on_step=self._on_step,
            on_done=self._on_done,
            on_failed=self._on_failed,
        )
        self._running = row.key, ticket
        self.sights.go_on()
        self.progressed.emit()

    def _on_sighted(self, key: int, sight: Thumbnail) -> None:
        row = self.row(key)
        if row is not None and row.state in OPEN:
            self.model.replace(
                replace(row, thumbnail=sight.image, faults=sight.faults, sha256=sight.sha256)
            )

    def _running_row(self) -> PhotoRow | None:
        return self.row(self._running[0]) if self._running is not None else None

    def _on_step(self, step: Thumbnail | Inspected) -> None:
        row = self._running_row()
        if row is None:
            return
        if isinstance(step, Thumbnail):
            self.sights.keep(row.key, step)
            self.model.replace(replace(row, state=State.COMPARING))
            self._on_sighted(row.key, step)
            return
        self.sights.forget(row.key)
        self._memory.put(row.key, step, _parts(step))
        comparison = step.inspection.comparison
        regions = len(comparison.differing) if comparison is not None else 0
        product, side = recognised(step.inspection)
        self.model.replace(
            replace(
                row,
                state=State.DONE,
                outcome=step.inspection.outcome,
                regions=regions,
                faults=step.inspection.faults,
                product=product,
                side=side,
                sha256=step.inspection.photo.sha256,
            )
        )

    def _on_done(self, _result: None) -> None:
        self._settle()

    def _on_failed(self, error: Exception) -> None:
        row = self._running_row()
        if row is not None:
            is_gone = isinstance(error, FileUnreachable) and row.outcome is not None
            state = State.MISSING if is_gone else State.FAILED
            outcome = row.outcome if is_gone else None
            self.model.replace(replace(row, state=state, outcome=outcome, error=error))
        if not is_worlds_fault(error):
            self._messages.fail(error)
        self._settle()

    def _settle(self) -> None:
        if self._running is None:
            return
        key = self._running[0]
        self._running = None
        self.settled.emit(key)
        self._go_on()
        self.progressed.emit()


def recognised(inspection: Inspection) -> tuple[str, str]:
    """The product and side that a photo shows: compared with, or verified at least; else ""."""
    if inspection.comparison is not None:
        return inspection.comparison.product, inspection.comparison.side
    verified = (one for one in inspection.candidates if one.verified)
    first = next(verified, None)
    return (first.product, first.side) if first is not None else ("", "")


def _parts(found: Inspected) -> tuple[Part, ...]:
    """The memory that an inspection holds; thumbnails are kept with the list."""
    scene, comparison = found.scene, found.inspection.comparison
    parts: list[Part] = [found.inspection.photo.pixels]
    parts += [scene.photo, scene.aligned, scene.reference, scene.hatch, scene.photo_hatch]
    parts += [image for crops in scene.crops for image in (crops.suspect, crops.reference)]
    if comparison is not None:
        parts += [comparison.aligned, comparison.reference_pixels, comparison.judged]
        parts += [comparison.excess, *(each.excess for each in comparison.by_channel)]
    return tuple(parts)


def _restored_row(key: int, photo: KeptPhoto, *, is_of_now: bool) -> PhotoRow:
    if photo.state is State.STOPPED or photo.state in _UNDER_WAY:
        return PhotoRow(key, photo.name, photo.path, State.STOPPED, item=photo.item)
    if photo.outcome is None or not is_of_now:
        return PhotoRow(key, photo.name, photo.path, item=photo.item)
    return PhotoRow(
        key,
        photo.name,
        photo.path,
        State.DONE,
        outcome=photo.outcome,
        regions=photo.regions,
        examined=photo.examined,
        product=photo.seen_product,
        side=photo.seen_side,
        sha256=photo.sha256,
        item=photo.item,
    )
