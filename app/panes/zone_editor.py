"""Zones of one side, drawn on its reference: what must match, and what varies from item to item."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.panes.keyed_editor import KeyedEditor
from app.panes.tool_row import ToolRow
from app.side_words import side_word
from app.tasks import Lane, Ticket, run
from app.views.viewport import Viewport
from app.views.zone_canvas import ZoneCanvas
from vision import Zone, ZoneKind

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.workbench import Workbench, ZoneSheet
    from vision import Vertices

_ICONS: Final = {
    "back": "previous",
    "must_match": "must-match",
    "variable": "variable",
    "remove": "remove",
    "undo": "undo",
    "accept": "accept",
}
_KEYS: Final = {
    Qt.Key.Key_M: "must_match",
    Qt.Key.Key_V: "variable",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Backspace: "remove",
    Qt.Key.Key_A: "accept",
    Qt.Key.Key_Escape: "back",
}
_TOOLS: Final = {"must_match": ZoneKind.MUST_MATCH, "variable": ZoneKind.VARIABLE}


class ZoneEditor(KeyedEditor):
    """`closed` asks to go back to the references; `changed` tells that zones were kept."""

    closed = Signal()
    changed = Signal()

    def __init__(self, bench: Workbench, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(_KEYS, parent)
        self._bench, self._messages = bench, messages
        self._side: tuple[str, str] | None = None
        self._sheet: ZoneSheet | None = None
        self._zones: tuple[Zone, ...] = ()
        self._proposed: tuple[Zone, ...] = ()
        self._past: list[tuple[tuple[Zone, ...], tuple[Zone, ...]]] = []
        self._chosen = -1
        self._tool = ""
        self._reading: Ticket | None = None
        self._is_reading = False
        self._saving = 0
        self.canvas = ZoneCanvas(Viewport(self))
        self.tools = ToolRow(_ICONS, gap_after=("back", "variable"), by_tab=True)
        self.buttons = self.tools.buttons
        self.label = QLineEdit()
        self._title, self._hint, self._count = QLabel(), QLabel(), QLabel()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._refresh()

    def _lay_out(self) -> None:
        self._title.setObjectName("title")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        for note in (self._hint, self._count):
            note.setObjectName("note")
        self._hint.setWordWrap(True)
        for name in _TOOLS:
            self.buttons[name].setCheckable(True)
        below = QHBoxLayout()
        below.addWidget(self.label)
        below.addWidget(self._count, 1)
        self.label.setFixedWidth(260)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self.tools)
        whole.addWidget(self._hint)
        whole.addWidget(self.canvas, 1)
        whole.addLayout(below)

    def _connect(self) -> None:
        acts = {
            "back": self._on_back,
            "must_match": self._on_tool_clicked,
            "variable": self._on_tool_clicked,
            "remove": self.remove,
            "undo": self.undo,
            "accept": self.accept,
        }
        self.tools.connect_to(acts)
        self.canvas.drawn.connect(self._on_drawn)
        self.canvas.given_up.connect(self._on_given_up)
        self.canvas.zone_chosen.connect(self.choose)
        self.canvas.fit_wished.connect(self.canvas.fit)
        self.label.editingFinished.connect(self._on_named)

    @property
    def zones(self) -> tuple[Zone, ...]:
        """The zones that are kept and shown."""
        return self._zones

    @property
    def proposed(self) -> tuple[Zone, ...]:
        """Zones that the references propose, and that nobody has accepted."""
        return self._proposed

    def open(self, product: str, side: str) -> None:
        """Show the zones of a side; its picture and proposals come from the background."""
        self.leave()
        self._side = product, side
        self._zones, self._proposed, self._past = (), (), []
        self._is_reading = True
        self._retranslate()
        self._refresh()
        self._reading = run(
            self._bench.zone_sheet(product, side),
            lane=Lane.MODEL,
            owner=self,
            on_step=self._on_sheet,
            on_done=self._on_proposed,
            on_failed=self._on_failed,
            urgent=not self._saving,  # what is being kept is read after that
        )
        self.canvas.setFocus()

    def leave(self) -> None:
        """Stop what is still being read for the side of now."""
        if self._reading is not None:
            self._reading.cancel()
        self._is_reading = False
        self._sheet, self._chosen = None, -1
        self.canvas.show_picture(None)
        self.pick_up("")

    def _on_sheet(self, sheet: ZoneSheet) -> None:
        self._sheet, self._zones = sheet, sheet.zones
        self.canvas.show_picture(sheet.picture)
        self.canvas.fit()
        QTimer.singleShot(0, self, self.canvas.fit)
        self._refresh()

    def _on_proposed(self, proposed: tuple[Zone, ...]) -> None:
        self._proposed, self._is_reading = proposed, False
        self._refresh()

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self._messages.fail(error)
        self._refresh()

    def pick_up(self, tool: str) -> None:
        """Take the tool of this name; "" puts it down."""
        self._tool = tool if self._sheet is not None else ""
        self.canvas.set_tool(_TOOLS.get(self._tool))
        self._refresh()

    def _on_given_up(self) -> None:
        self.pick_up("")

    def _on_tool_clicked(self) -> None:
        name = self.sender().objectName()
        self.pick_up("" if name == self._tool else name)
        self.canvas.setFocus()

    def _on_drawn(self, polygon: Vertices) -> None:
        if self._sheet is None:
            return
        made = Zone(_TOOLS[self._tool], polygon, self._sheet.reference)
        self._keep((*self._zones, made), self._proposed)
        self.choose(len(self._zones) - 1)

    def choose(self, place: int) -> None:
        """Bring one zone out; those that are proposed come after those that are kept."""
        self._chosen = place if place < len(self._zones) + len(self._proposed) else -1
        self._refresh()

    def _on_back(self) -> None:
        self.closed.emit()

    def remove(self) -> None:
        """Take the chosen zone away; it can be undone."""
        place = self._chosen
        if place < 0:
            return
        kept = len(self._zones)
        zones = tuple(z for n, z in enumerate(self._zones) if n != place)
        proposed = tuple(z for n, z in enumerate(self._proposed, kept) if n != place)
        self._chosen = -1
        self._keep(zones, proposed)

    def accept(self) -> None:
        """Keep the chosen proposal, or all of them where none is chosen."""
        kept = len(self._zones)
        taken = [
            zone
            for place, zone in enumerate(self._proposed, kept)
            if self._chosen < kept or place == self._chosen
        ]
        if not taken:
            return
        accepted = tuple(replace(zone, proposed=False) for zone in taken)
        rest = tuple(zone for zone in self._proposed if zone not in taken)
        self._chosen = -1
        self._keep((*self._zones, *accepted), rest)

    def undo(self) -> None:
        """Go back to the zones before the last change."""
        if self.canvas.is_drawing:
            self.canvas.give_up()
        elif self._past:
            zones, proposed = self._past.pop()
            self._chosen = -1
            self._store(zones, proposed)

    def _on_named(self) -> None:
        place, text = self._chosen, self.label.text().strip()
        if not 0 <= place < len(self._zones) or text == self._zones[place].label:
            return
        named = replace(self._zones[place], label=text)
        self._keep((*self._zones[:place], named, *self._zones[place + 1 :]), self._proposed)

    def _keep(self, zones: tuple[Zone, ...], proposed: tuple[Zone, ...]) -> None:
        self._past.append((self._zones, self._proposed))
        self._store(zones, proposed)

    def _store(self, zones: tuple[Zone, ...], proposed: tuple[Zone, ...]) -> None:
        is_changed = zones != self._zones
        self._zones, self._proposed = zones, proposed
        self._refresh()
        if self._side is None or self._sheet is None or not is_changed:
            return
        self._saving += 1
        run(
            self._bench.set_zones(*self._side, (*zones, *self._sheet.unseen)),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_kept,
            on_failed=self._on_not_kept,
        )

    def _on_kept(self, lost: tuple[Zone, ...]) -> None:
        self._saving -= 1
        self.changed.emit()
        if any(zone in self._zones for zone in lost):
            self._messages.warn(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "A must-match zone lies at the very edge of the product, where no photo can be "
                    "compared. Draw it further inside, or no photo of this side will ever agree.",
                )
            )

    def _on_not_kept(self, error: Exception) -> None:
        self._saving -= 1
        self._messages.fail(error)

    def _refresh(self) -> None:
        has_sheet = self._sheet is not None
        everything = (*self._zones, *self._proposed)
        self.canvas.set_zones(everything, self._chosen)
        chosen = everything[self._chosen] if 0 <= self._chosen < len(everything) else None
        can = {
            "back": True,
            "must_match": has_sheet,
            "variable": has_sheet,
            "remove": chosen is not None,
            "undo": bool(self._past),
            "accept": bool(self._proposed),
        }
        for name, button in self.buttons.items():
            button.setEnabled(can[name])
            button.setChecked(name == self._tool)
        self.label.setEnabled(chosen is not None and not chosen.proposed)
        if not self.label.hasFocus() or chosen is None:
            self.label.setText(chosen.label if chosen is not None else "")
        self._hint.setText(self._hint_words())
        counts = self.tr("Zones: {count}, proposed: {proposed}")
        self._count.setText(
            counts.format(count=len(self._zones), proposed=len(self._proposed)) if has_sheet else ""
        )

    def _hint_words(self) -> str:
        if self._sheet is None:
            return self.tr("Laying the references on each other…") if self._is_reading else ""
        if self._tool:
            return self.tr(
                "Drag a rectangle, or click corner after corner and double-click the last one."
            )
        if self._is_reading:
            return self.tr("Looking for places that differ from item to item…")
        if self._proposed:
            return self.tr(
                "The references differ from item to item in the dotted zones. Accept them, or "
                "choose one and remove it."
            )
        return self.tr(
            "Nothing is claimed in a variable zone; a must-match zone is judged more strictly, "
            "and a photo that does not show it never agrees."
        )

    def _retranslate(self) -> None:
        words = {
            "back": self.tr("References"),
            "must_match": self.tr("Must match"),
            "variable": self.tr("Variable"),
            "remove": self.tr("Remove"),
            "undo": self.tr("Undo"),
            "accept": self.tr("Accept proposals"),
        }
        self.tools.reword(words, self.sequences())
        self.label.setPlaceholderText(self.tr("Name of the chosen zone"))
        self.label.setAccessibleName(self.tr("Name of the chosen zone"))
        self.canvas.setAccessibleName(self.tr("Reference with zones"))
        if self._side is not None:
            title = self.tr("Zones of {product} · {side}")
            self._title.setText(title.format(product=self._side[0], side=side_word(self._side[1])))

    def keys(self) -> tuple[tuple[str, str], ...]:
        """What the keys of the editor do, each with its name."""
        shown = QKeySequence.SequenceFormat.NativeText
        return tuple(
            (self.buttons[name].text(), QKeySequence(key).toString(shown))
            for key, name in _KEYS.items()
        )

    @override
    def obey(self, wish: str) -> None:
        if wish == "back" and self._tool:
            self.pick_up("")
        elif wish in _TOOLS:
            self.pick_up("" if wish == self._tool else wish)
        else:
            self.buttons[wish].click()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._refresh()
        super().changeEvent(event)
