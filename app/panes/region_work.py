"""Regions as work: stepping, marking, noting, adding and removing, on the photo that is shown."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject
from PySide6.QtGui import QAction, QActionGroup

from app.finding_words import opinion_name
from app.panes.finding_book import ADD, MARK, NOTE, REMOVE, FindingBook, author
from app.panes.region_sheet import RegionSheet, looked_at
from app.reports.examined import common_share, examined, subject_of
from app.store import Finding, Opinion
from app.views.region_marks import Drawn, both_places, opinion_icon

if TYPE_CHECKING:
    from app.messages import Messages
    from app.models.findings import RegionRow
    from app.panes.actions import ActionBook
    from app.panes.comparing_desk import ComparingDesk
    from app.panes.filmstrip import Filmstrip
    from app.panes.findings_panel import FindingsPanel
    from app.panes.photo_queue import PhotoQueue
    from app.panes.workbench import Inspected
    from app.store import Subject
    from vision import Region, Vertices

_MARKS = {f"mark_{opinion.value}": opinion for opinion in Opinion}
REGION_MENU = (
    "i:next_region i:previous_region | "
    + " ".join(f"i:{name}" for name in _MARKS)
    + " i:edit_note | i:add_region i:remove_region"
)
_PENCIL_HINT: Final = QT_TRANSLATE_NOOP(
    "messages",
    "On either picture: drag a rectangle, or click corner after corner and "
    "double-click the last one. Esc puts the pencil down.",
)


class RegionWork(QObject):
    """Holds which region is looked at, and turns what a person does there into findings."""

    def __init__(
        self,
        book: FindingBook,
        actions: ActionBook,
        queue: PhotoQueue,
        messages: Messages,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.book, self._messages = book, messages
        self._actions, self._queue = actions, queue
        self._key = 0
        self._found: Inspected | None = None
        self._subject: Subject | None = None
        self._rows: tuple[RegionRow, ...] = ()
        self._keys: dict[Subject, int] = {}
        self._sheet: RegionSheet | None = None
        self._current = 0
        self._series = 1
        self._wanted: Finding | None = None
        self._make_actions()
        queue.settled.connect(self._on_settled)
        book.changed.connect(self._on_changed)
        book.gone_back.connect(self._on_gone_back)

    def _make_actions(self) -> None:
        add = self._actions.add
        add("next_region", self.next_region, icon_name="next", keys=("N",))
        add("previous_region", self.previous_region, icon_name="previous", keys=("Shift+N",))
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for place, (name, opinion) in enumerate(_MARKS.items(), 1):
            icon_name = opinion_icon(opinion)
            action = add(name, self._on_nothing, icon_name=icon_name, keys=(str(place),))
            action.setCheckable(True)
            group.addAction(action)
        group.triggered.connect(self._on_mark)
        add("edit_note", self.edit_note, icon_name="note", keys=("E",))
        add("add_region", self._on_pencil, icon_name="draw-region", keys=("A",), checked=False)
        add("remove_region", self.remove_region, icon_name="remove", keys=("Backspace",))

    def attach(self, view: ComparingDesk, panel: FindingsPanel, filmstrip: Filmstrip) -> None:
        """Work on these widgets from now on."""
        self._view, self._panel, self._filmstrip = view, panel, filmstrip
        view.region_chosen.connect(self.show_region)
        view.region_drawn.connect(self._on_drawn)
        view.drawing_ended.connect(self._on_drawing_ended)
        panel.region_chosen.connect(self.show_region)
        panel.region_card.noted.connect(self.note)
        panel.region_card.left.connect(view.focus_picture)

    @property
    def rows(self) -> tuple[RegionRow, ...]:
        """The regions of the photo that is shown, as they are listed."""
        return self._rows

    @property
    def current(self) -> int:
        """The number of the region that is looked at, 0 for none."""
        return self._current

    def take(self, key: int, found: Inspected | None) -> None:
        """Work on another photo, which the view shows already."""
        self._panel.region_card.tell_note()  # of the photo before
        self._actions["add_region"].setChecked(False)
        self._key, self._found, self._current = key, found, 0
        self._subject, self._rows = None, ()
        self._sheet = RegionSheet(found) if found is not None else None
        self._panel.show_region(0)
        if found is not None:
            self._subject = self._learn(key, found)
        self._rebuild()
        self._show_wanted()

    def _learn(self, key: int, found: Inspected) -> Subject:
        subject = subject_of(found.inspection)
        self.book.take(subject, found.findings)
        self._keys[subject] = key
        return subject

    def _on_settled(self, key: int) -> None:
        """Count what was said before of a photo that has just been inspected."""
        found = self._queue.found(key)
        if found is not None:
            subject = self._learn(key, found)
            said = examined(found.scene.regions, self.book.of(subject))
            self._queue.set_examined(key, said.looked_at())

    def _rebuild(self) -> None:
        """Bring list, card and pictures up to what is said now."""
        found, subject, sheet = self._found, self._subject, self._sheet
        if found is None or subject is None or sheet is None:
            self._panel.show_rows(())
            self.refresh_actions()
            return
        self._rows = sheet.rows(self.book.of(subject))
        if self._current not in self.numbers():
            self._current = 0
            self._view.show_region(0)
        self._panel.show_rows(self._rows, self._current)
        self._view.take_marks(sheet.scene(self._rows))
        self._queue.set_examined(self._key, looked_at(self._rows))
        self.refresh_actions()

    def show_region(self, number: int) -> None:
        """Bring one region out, everywhere; 0 for none."""
        self._panel.region_card.tell_note()
        self._current, self._series = number, self._series + 1
        self._panel.show_region(number)
        self._view.show_region(number)
        self.refresh_actions()

    def next_region(self) -> None:
        """Go to the next region, from the last to the first."""
        self._step(1)

    def previous_region(self) -> None:
        """Go to the region before, from the first to the last."""
        self._step(-1)

    def _step(self, by: int) -> None:
        numbers = self.numbers()
        if not numbers:
            return
        if self._current in numbers:
            place = (numbers.index(self._current) + by) % len(numbers)
        else:
            place = 0 if by > 0 else len(numbers) - 1
        self.show_region(numbers[place])

    def numbers(self) -> list[int]:
        """What can be gone through: the places that agree least, then the regions as listed."""
        weakest = self._found.scene.weakest if self._found is not None else 0
        return [*range(1, weakest + 1), *(row.number for row in self._rows)]

    def _row(self) -> RegionRow | None:
        return next((row for row in self._rows if row.number == self._current), None)

    def mark(self, opinion: Opinion) -> None:
        """Say what the region is taken for; the same once more takes it back."""
        row = self._row()
        if row is not None:
            said = None if row.opinion is opinion else opinion
            self._say(row, MARK, opinion=said)

    def note(self, text: str) -> None:
        """Note something on the region."""
        row = self._row()
        if row is not None:
            self._say(row, NOTE, series=self._series, note=text)

    def _say(self, row: RegionRow, act: object, *, series: int = 0, **said: object) -> None:
        before = row.finding
        base = before or (self._new(row.region) if row.region is not None else None)
        if base is None or all(getattr(base, name) == value for name, value in said.items()):
            return
        viewing = self._view.viewing.as_record()
        after = replace(base, author=author(), at=_now(), viewing=viewing, **said)  # type: ignore[arg-type]  # opinion or note, by their names
        self.book.change(before, None if after.is_blank else after, act, series=series)

    def _new(self, region: Region) -> Finding:
        return self._finding(
            region.polygon, region.reference_polygon, region.reference, region.channel.value
        )

    def _finding(
        self, polygon: Vertices, reference_polygon: Vertices, reference: str, channel: str
    ) -> Finding:
        if self._subject is None or self._found is None:
            raise RuntimeError("a finding needs a photo that is shown")
        now = _now()
        return Finding(
            id=uuid.uuid4().hex,
            subject=self._subject,
            polygon=polygon,
            reference_polygon=reference_polygon,
            reference_sha256=reference,
            author=author(),
            added_at=now,
            at=now,
            channel=channel,
            by_hand=not channel,
            versions=dict(self._found.versions),
            viewing=self._view.viewing.as_record(),
        )

    def _on_drawn(self, drawn: Drawn) -> None:
        if self._actions["add_region"].isChecked():  # else the pencil serves something else
            self.add_region(drawn)

    def add_region(self, drawn: Drawn) -> None:
        """Add what a person drew; the pencil is put down."""
        self._actions["add_region"].setChecked(False)
        if self._found is None:
            return
        comparison = self._found.inspection.comparison
        is_laid = self._found.scene.aligned is not None
        places = both_places(drawn, comparison, is_laid=is_laid)
        reference = comparison.reference.sha256 if comparison is not None else ""
        made = self._finding(*places, reference, "")
        self.book.change(None, made, ADD)
        self._show_finding(made)

    def remove_region(self) -> None:
        """Take away a region that was not measured; it can be undone."""
        row = self._row()
        if row is not None and row.region is None:
            self.book.change(row.finding, None, REMOVE)

    def edit_note(self) -> None:
        """Put the cursor into the note of the region; without one, into that of the first."""
        if self._row() is None:
            self.next_region()
        if self._row() is not None:
            self._panel.region_card.note.setFocus()

    def _on_nothing(self) -> None:
        """The group of marks tells which one it was."""

    def _on_mark(self, action: QAction) -> None:
        self.mark(_MARKS[action.objectName()])
        self.refresh_actions()

    def _on_pencil(self, wanted: bool) -> None:
        self._view.set_drawing(wanted)
        if wanted:
            self._messages.hint(_PENCIL_HINT)
        else:
            self._messages.end_hint(_PENCIL_HINT)

    def _on_drawing_ended(self) -> None:
        self._actions["add_region"].setChecked(False)

    def _on_changed(self, subject: Subject, _finding: str) -> None:
        if subject == self._subject:
            self._rebuild()
            return
        key = self._keys.get(subject, 0)
        self._on_settled(key)

    def _on_gone_back(self, finding: Finding) -> None:
        """Show where something was undone or done again, in whatever photo that is."""
        self._wanted = finding
        if finding.subject == self._subject:
            self._show_wanted()
            return
        key = self._keys.get(finding.subject, 0)
        if self._queue.row(key) is None:
            self._wanted = None
        else:
            self._filmstrip.choose(key)

    def _show_wanted(self) -> None:
        if self._wanted is not None and self._wanted.subject == self._subject:
            wanted, self._wanted = self._wanted, None
            self._show_finding(wanted)

    def _show_finding(self, finding: Finding) -> None:
        for row in self._rows:
            if row.finding is not None and row.finding.id == finding.id:
                self.show_region(row.number)
                return
        shares = [
            (common_share(row.region.polygon, finding.polygon), row.number)
            for row in self._rows
            if row.region is not None and not finding.by_hand
        ]
        share, number = max(shares, default=(0.0, 0))
        self.show_region(number if share > 0 else 0)

    def refresh_actions(self) -> None:
        """Let only that be done which can be done, and show the mark of the region."""
        row = self._row()
        has_many = bool(self.numbers())
        for name in ("next_region", "previous_region"):
            self._actions[name].setEnabled(has_many)
        for name, opinion in _MARKS.items():
            self._actions[name].setEnabled(row is not None)
            self._actions[name].setChecked(row is not None and row.opinion is opinion)
        self._actions["edit_note"].setEnabled(bool(self._rows))
        self._actions["add_region"].setEnabled(self._found is not None)
        self._actions["remove_region"].setEnabled(row is not None and row.region is None)

    def words(self) -> dict[str, str]:
        """The words of the actions in the language of now."""
        return {
            "next_region": self.tr("Next region"),
            "previous_region": self.tr("Previous region"),
            **{name: opinion_name(opinion) for name, opinion in _MARKS.items()},
            "edit_note": self.tr("Note on the region"),
            "add_region": self.tr("Add a region by hand"),
            "remove_region": self.tr("Remove the added region"),
        }

    def short_words(self) -> dict[str, str]:
        """What stands on the buttons: the marks with their keys."""
        marks = {
            name: f"{place}  {opinion_name(opinion)}"
            for place, (name, opinion) in enumerate(_MARKS.items(), 1)
        }
        return {**marks, "add_region": self.tr("Add region")}

    def finish(self) -> None:
        """Keep what is being typed, before the program ends."""
        self._panel.region_card.tell_note()
        self.book.finish()


def _now() -> datetime:
    return datetime.now(UTC)
