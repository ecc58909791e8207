"""How the gallery stands, as a whole and product by product; everything opens its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.health_words import reading_words
from app.panes.concerned_pictures import ConcernedPictures
from app.panes.health_plots import HealthPlots
from app.panes.health_tiles import TILES, HealthTiles
from app.panes.health_work import Health
from app.panes.heat_panel import HeatPanel
from app.side_words import product_and_side
from app.tasks import Lane, Ticket, run
from app.views.icons import icon
from vision import SideFigures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.messages import Messages
    from app.models.health_table import HealthCell
    from app.panes.workbench import Workbench
    from vision import CheckStep, SideHealth

_ICONS: Final = {"whole": "previous", "check": "looked-at", "stop": "stop"}


class HealthPage(QWidget):
    """`side_wished` asks for the references of a product and side."""

    side_wished = Signal(str, str)

    def __init__(self, bench: Workbench, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._messages = bench, messages
        self._working: Ticket | None = None
        self._spreading: Ticket | None = None
        self._health = Health()
        self._sides: dict[tuple[str, str], SideHealth] = {}
        self._product: str | None = None
        self._progress: tuple[int, int] | None = None
        self._asked: list[tuple[str, str]] = []
        self.tiles, self.heat, self.plots = HealthTiles(), HeatPanel(), HealthPlots()
        self.pictures = ConcernedPictures(bench, messages)
        self.scope = QComboBox()
        self.buttons = {name: QToolButton() for name in _ICONS}
        self._title, self._note, self._bar = QLabel(), QLabel(), QProgressBar()
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self._title.setObjectName("title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setObjectName("note")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self.scope.setEditable(True)
        self.scope.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.scope.setMinimumWidth(280)
        completer = QCompleter(self.scope.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.scope.setCompleter(completer)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.buttons["whole"])
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        head.addWidget(self._bar)
        head.addWidget(self.buttons["stop"])
        head.addWidget(self.buttons["check"])
        head.addWidget(self.scope)
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.buttons["whole"].setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setHandleWidth(1)
        middle.setChildrenCollapsible(False)
        for place, (panel, least) in enumerate(((self.heat, 420), (self.plots, 400))):
            panel.setMinimumWidth(least)
            middle.addWidget(panel)
            middle.setStretchFactor(place, 3 - place)
        middle.setSizes([740, 500])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 10, 16, 6)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self.tiles)
        whole.addWidget(middle, 1)
        whole.addWidget(self.pictures)

    def _connect(self) -> None:
        acts = {"whole": self._on_whole, "check": self.check, "stop": self.stop}
        for name, act in acts.items():
            self.buttons[name].clicked.connect(act)
        self.scope.activated.connect(self._on_scope)
        self.tiles.pressed.connect(self._on_tile)
        self.heat.chosen.connect(self._on_cell)
        self.heat.opened.connect(self._on_cell_opened)
        self.heat.row_wished.connect(self._on_row)
        self.plots.wished.connect(self._on_plot)
        self.plots.ring_pressed.connect(self.pictures.choose)
        self.plots.measure_wished.connect(self.measure_spread)
        self.pictures.moved.connect(self.plots.choose)
        self.pictures.side_wished.connect(self.side_wished)

    @property
    def note(self) -> str:
        """When the gallery was checked, or what is under way."""
        return self._note.text()

    @property
    def product(self) -> str | None:
        """The product that is shown, None for the whole gallery."""
        return self._product

    def open(self) -> None:
        """Read anew how the gallery stands."""
        self.stop()
        self._working = run(
            self._bench.health.read(),
            lane=Lane.FILES,
            owner=self,
            on_step=self._on_read,
            on_done=self._on_health,
            on_failed=self._on_failed,
        )
        self._refresh()

    def check(self) -> None:
        """Check the gallery, then read anew how it stands."""
        self.stop()
        self._working = run(
            self._bench.check_gallery(),
            lane=Lane.MODEL,
            owner=self,
            on_step=self._on_checked,
            on_done=self._on_check_done,
            on_failed=self._on_failed,
        )
        self._refresh()

    def stop(self) -> None:
        """Stop what is under way; what was computed is kept for the next time."""
        for ticket in (self._working, self._spreading):
            if ticket is not None:
                ticket.cancel()
        self._working = self._spreading = self._progress = None
        self._refresh()

    def show_product(self, product: str | None) -> None:
        """Show one product, or the whole gallery."""
        known = {side.product for side in self._sides.values()}
        self._product = product if product in known else None
        self._refill()
        self.tiles.release()
        self.pictures.show_pictures("", ())

    def measure_spread(self) -> None:
        """Compare the references of the sides that are shown, where that has not been done."""
        self._spread([side for side in self._shown() if side.figures is None], measure=True)

    def _spread(self, sides: Iterable[SideHealth], *, measure: bool) -> None:
        if self._spreading is not None:
            self._spreading.cancel()
        self._asked = [(side.product, side.side) for side in sides if side.references]
        self._progress = (0, len(self._asked)) if measure else None
        self._spreading = run(
            self._bench.health.spreads(tuple(self._asked), measure=measure),
            lane=Lane.MODEL,
            owner=self,
            on_step=self._on_spread,
            on_done=self._on_spread_done,
            on_failed=self._on_failed,
        )
        self._refresh()

    def _shown(self) -> list[SideHealth]:
        return [side for side in self._sides.values() if self._product in (None, side.product)]

    def _on_read(self, step: Health | tuple[int, int]) -> None:
        if not isinstance(step, Health):
            self._progress = step
        elif not self._sides:  # later, what was read before is better than what is known at once
            self._take(step)
        self._refresh()

    def _on_health(self, health: Health) -> None:
        self._working = self._progress = None
        self._take(health)
        self._spread(self._sides.values(), measure=False)

    def _take(self, health: Health) -> None:
        self._health = health
        before = self._sides
        self._sides = {(side.product, side.side): side for side in health.sides}
        for key, side in self._sides.items():
            known = before.get(key)
            if known is not None and known.figures and known.references == side.references:
                self._sides[key] = side.with_figures(known.figures)
        self._offer_products()
        self.show_product(self._product)

    def _on_checked(self, step: CheckStep) -> None:
        self._progress = step.done, step.total
        self._refresh()

    def _on_check_done(self, _result: None) -> None:
        self.open()

    def _on_spread(self, figures: SideFigures | None) -> None:
        if isinstance(figures, SideFigures):
            key = figures.product, figures.side
            self._sides[key] = self._sides[key].with_figures(figures)
        if self._progress is not None:
            self._progress = self._progress[0] + 1, self._progress[1]
            self.plots.show_spreads(self._shown())
            self._refresh()

    def _on_spread_done(self, _result: None) -> None:
        self._spreading = self._progress = None
        self._refill()

    def _on_failed(self, error: Exception) -> None:
        self._working = self._spreading = self._progress = None
        self._messages.fail(error)
        self._refresh()

    def _refill(self) -> None:
        shown = self._shown()
        self.tiles.show_sides(shown)
        self.heat.show_sides(shown, self._product)
        self.plots.show_sides(shown)
        self._refresh()

    def _show(self, title: str, ids: Iterable[str], side: tuple[str, str] | None = None) -> None:
        by_id = {each.id: each for each in self._health.references}
        shown = [by_id[each] for each in ids if each in by_id]
        self.pictures.show_pictures(title, shown, side=side)

    def _on_tile(self, name: str) -> None:
        self.heat.show_measure(TILES[name])
        self._show(self.tiles.title(name), self.tiles.sums[name].references)

    def _on_cell(self, cell: HealthCell) -> None:
        self.tiles.release()
        reading = cell.side.read(cell.measure)
        names = cell.side.product, cell.side.side
        ids = reading.references or cell.side.ids
        self._show(reading_words(cell.side, cell.measure), ids, names)

    def _on_cell_opened(self, cell: HealthCell) -> None:
        self.side_wished.emit(cell.side.product, cell.side.side)

    def _on_row(self, name: str) -> None:
        if self._product is None:
            self.show_product(name)
        else:
            side = self._sides[self._product, name]
            self._show(product_and_side(side.product, side.side), side.ids, (self._product, name))

    def _on_plot(self, title: str, ids: tuple[str, ...]) -> None:
        self.tiles.release()
        self._show(title, ids)

    def _on_whole(self) -> None:
        self.show_product(None)

    def _on_scope(self, place: int) -> None:
        self.show_product(self.scope.itemData(place) or None)

    def _offer_products(self) -> None:
        self.scope.clear()
        self.scope.addItem(self.tr("Whole gallery"), "")
        for product in dict.fromkeys(side.product for side in self._sides.values()):
            self.scope.addItem(product, product)

    def _refresh(self) -> None:
        is_busy = self._working is not None or self._progress is not None
        self._bar.setVisible(is_busy)
        done, total = self._progress or (0, 0)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._title.setText(self._product or self.tr("Health of the gallery"))
        self._note.setText(self._note_words(is_busy=is_busy))
        self.buttons["stop"].setVisible(is_busy)
        self.buttons["whole"].setVisible(self._product is not None)
        self.buttons["check"].setEnabled(not is_busy and bool(self._sides))
        self.scope.setCurrentIndex(max(0, self.scope.findData(self._product or "")))
        if (edit := self.scope.lineEdit()) is not None:
            edit.home(False)  # a long name is read from its beginning
        unknown = [side for side in self._shown() if side.figures is None and side.references]
        notes = {"spread": self._spread_words(len(unknown))}
        if self._health.checked_at is None:
            notes["flaws"] = self.tr("Not checked yet: only what records tell is known.")
        self.plots.set_notes(notes, can_measure=bool(unknown) and not is_busy)

    def _spread_words(self, unknown: int) -> str:
        said = self.tr("A ring for each reference against its siblings; the stroke is the limit.")
        if unknown:
            said += " " + self.tr("Sides not measured yet: {count}.").format(count=unknown)
        return said

    def _note_words(self, *, is_busy: bool) -> str:
        health = self._health
        if is_busy:
            done, total = self._progress or (0, 0)
            said = self.tr("Working: {done} of {total}") if total else self.tr("Opening…")
            return said.format(done=done, total=total)
        if not self._sides:
            return self.tr("The gallery is empty.")
        if health.checked_at is None:
            return self.tr("Not checked yet.")
        at = f"{health.checked_at.astimezone():%Y-%m-%d %H:%M}"
        said = self.tr("Last check: {at}.").format(at=at)
        if not health.is_fresh:
            said += " " + self.tr("The gallery has changed since.")
        return said

    def _retranslate(self) -> None:
        words = {
            "whole": self.tr("Whole gallery"),
            "check": self.tr("Check now"),
            "stop": self.tr("Stop"),
        }
        for name, button in self.buttons.items():
            button.setText(words[name])
            button.setToolTip(words[name])
            button.setIcon(icon(_ICONS[name]))
        self.scope.setAccessibleName(self.tr("Product"))
        if self.scope.count():
            self.scope.setItemText(0, self.tr("Whole gallery"))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
        super().changeEvent(event)
