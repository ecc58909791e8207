"""Distinguishing features of one side: an area on its reference, a sentence, and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.panes.keyed_editor import KeyedEditor
from app.panes.tool_row import ToolRow
from app.side_words import product_and_side
from app.store import KeptTrait
from app.tasks import Lane, Ticket, run
from app.views.viewport import Viewport
from app.views.zone_canvas import ZoneCanvas
from vision import Zone, ZoneKind

if TYPE_CHECKING:
    from app.messages import Messages
    from app.panes.gallery_changes import GalleryChanges
    from app.panes.trainer_bench import TrainerBench, TraitSheet
    from vision import Vertices

_ICONS: Final = {
    "back": "previous",
    "draw": "draw-region",
    "genuine": "photo-add",
    "false": "photo-add",
    "remove": "remove",
}
_KEYS: Final = {
    Qt.Key.Key_D: "draw",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Backspace: "remove",
    Qt.Key.Key_Escape: "back",
}


class TraitEditor(KeyedEditor):
    """`closed` asks to go back to the references."""

    closed = Signal()

    undoes = False  # what is kept is taken back by the window's own undo

    def __init__(
        self,
        bench: TrainerBench,
        changes: GalleryChanges,
        messages: Messages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_KEYS, parent)
        self._bench, self._changes, self._messages = bench, changes, messages
        self._side: tuple[str, str] | None = None
        self._sheet: TraitSheet | None = None
        self._chosen = -1
        self._area: Vertices | None = None  # drawn, and still without a sentence
        self._reading: Ticket | None = None
        self.canvas = ZoneCanvas(Viewport(self))
        self.tools = ToolRow(_ICONS, gap_after=("back",), by_tab=True)
        self.buttons = self.tools.buttons
        self.sentence = QLineEdit()
        self._title, self._hint = QLabel(), QLabel()
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self._title.setObjectName("title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setObjectName("note")
        self._hint.setWordWrap(True)
        self.buttons["draw"].setCheckable(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self.tools)
        whole.addWidget(self._hint)
        whole.addWidget(self.canvas, 1)
        whole.addWidget(self.sentence)

    def _connect(self) -> None:
        acts = {
            "back": self._on_back,
            "draw": self._on_draw,
            "genuine": self._on_genuine,
            "false": self._on_false,
            "remove": self.remove,
        }
        self.tools.connect_to(acts)
        self.canvas.drawn.connect(self._on_drawn)
        self.canvas.given_up.connect(self._on_given_up)
        self.canvas.zone_chosen.connect(self.choose)
        self.canvas.fit_wished.connect(self.canvas.fit)
        self.sentence.returnPressed.connect(self.keep)

    @property
    def traits(self) -> tuple[KeptTrait, ...]:
        """Those of the side that lie on the picture that is shown."""
        sheet = self._sheet
        if sheet is None:
            return ()
        return tuple(each for each in sheet.traits if each.reference == sheet.reference)

    def open(self, product: str, side: str) -> None:
        """Show what is known of a side."""
        self.leave()
        if self._side != (product, side):
            self.canvas.setFocus()
        self._side = product, side
        self._reading = run(
            self._bench.trait_sheet(product, side),
            lane=Lane.MODEL,
            owner=self,
            on_done=self._on_sheet,
            on_failed=self._messages.fail,
        )
        self._retranslate()

    def reload(self) -> None:
        """Read the side anew, as something was kept or taken back."""
        if self._side is not None and self.isVisible():
            self.open(*self._side)

    def leave(self) -> None:
        """Stop what is still being read."""
        if self._reading is not None:
            self._reading.cancel()
        self._sheet, self._chosen, self._area = None, -1, None
        self.canvas.show_picture(None)
        self._refresh()

    def _on_sheet(self, sheet: TraitSheet) -> None:
        self._sheet = sheet
        self.canvas.show_picture(sheet.picture)
        QTimer.singleShot(0, self, self.canvas.fit)
        self._refresh()

    def choose(self, place: int) -> None:
        """Bring one out, to change its sentence or pictures."""
        self._chosen, self._area = place if place < len(self.traits) else -1, None
        chosen = self._current
        self.sentence.setText(chosen.sentence if chosen is not None else "")
        self._refresh()

    @property
    def _current(self) -> KeptTrait | None:
        return self.traits[self._chosen] if 0 <= self._chosen < len(self.traits) else None

    def keep(self) -> None:
        """Keep the sentence, with the area that was drawn or for the chosen one."""
        said, sheet = self.sentence.text().strip(), self._sheet
        if not said or sheet is None:
            return
        if self._area is not None:
            made = KeptTrait(sentence=said, reference=sheet.reference, polygon=self._area)
            self._store((*sheet.traits, made))
        elif self._current is not None:
            self._replace(self._current, self._current.model_copy(update={"sentence": said}))

    def remove(self) -> None:
        """Take the chosen one away; it can be undone."""
        gone = self._current
        if gone is not None and self._sheet is not None:
            self._store(tuple(each for each in self._sheet.traits if each is not gone))

    def set_picture(self, field: str, file: Path) -> None:
        """Keep a picture of a genuine (`genuine`) or of a false item (`known_false`)."""
        chosen = self._current
        if chosen is None:
            return

        def on_kept(stored: str) -> None:
            self._replace(chosen, chosen.model_copy(update={field: stored}))

        run(
            self._bench.keep_picture(file),
            lane=Lane.FILES,
            owner=self,
            on_done=on_kept,
            on_failed=self._messages.fail,
        )

    def _replace(self, before: KeptTrait, after: KeptTrait) -> None:
        if self._sheet is not None:
            every = self._sheet.traits
            self._store(tuple(after if each == before else each for each in every))

    def _store(self, traits: tuple[KeptTrait, ...]) -> None:
        if self._side is not None:
            self._changes.set_traits(*self._side, traits)

    def _on_drawn(self, polygon: Vertices) -> None:
        self._area, self._chosen = polygon, -1
        self.canvas.set_tool(None)
        self.sentence.clear()
        self.sentence.setFocus()
        self._refresh()

    def _on_draw(self) -> None:
        self.canvas.set_tool(ZoneKind.MUST_MATCH if self.buttons["draw"].isChecked() else None)

    def _on_given_up(self) -> None:
        self.canvas.set_tool(None)
        self._refresh()

    def _on_genuine(self) -> None:
        self._ask_picture("genuine", self.tr("Choose a picture of a genuine item"))

    def _on_false(self) -> None:
        self._ask_picture("known_false", self.tr("Choose a picture of a false item"))

    def _ask_picture(self, field: str, title: str) -> None:
        name, _ = QFileDialog.getOpenFileName(self, title)
        if name:
            self.set_picture(field, Path(name))

    @override
    def obey(self, wish: str) -> None:
        if wish == "back" and (self.canvas.is_armed or self._area is not None):
            self._area = None  # first give up what is being drawn
            self._on_given_up()
        else:
            self.buttons[wish].click()

    def _on_back(self) -> None:
        self.leave()
        self.closed.emit()

    def _refresh(self) -> None:
        shown = [
            Zone(ZoneKind.MUST_MATCH, _as_area(each.polygon), each.reference, each.sentence)
            for each in self.traits
        ]
        if self._area is not None and self._sheet is not None:
            shown.append(Zone(ZoneKind.MUST_MATCH, self._area, self._sheet.reference))
        current = len(shown) - 1 if self._area is not None else self._chosen
        captions = tuple(zone.label for zone in shown)
        self.canvas.set_zones(tuple(shown), current, captions=captions)
        has_chosen = self._current is not None
        self.buttons["draw"].setEnabled(self._sheet is not None)
        self.buttons["draw"].setChecked(self.canvas.is_armed)
        for name in ("genuine", "false", "remove"):
            self.buttons[name].setEnabled(has_chosen)
        self.sentence.setEnabled(has_chosen or self._area is not None)
        self._hint.setText(self._hint_words())

    def _hint_words(self) -> str:
        if self._area is not None:
            return self.tr("Write what genuine items show there, then press Enter.")
        if self._current is not None:
            return self.tr("Change the sentence and press Enter, or add pictures.")
        return self.tr(
            "Draw an area by which genuine items are told from others. Whoever inspects this side "
            "sees the sentence and the pictures beside the photo."
        )

    def _retranslate(self) -> None:
        words = {
            "back": self.tr("References"),
            "draw": self.tr("Draw an area"),
            "genuine": self.tr("Genuine picture…"),
            "false": self.tr("Known false picture…"),
            "remove": self.tr("Remove"),
        }
        self.tools.reword(words, self.sequences())
        self.sentence.setPlaceholderText(self.tr("What to see there, such as: the R closes here"))
        self.sentence.setAccessibleName(self.tr("What to see there"))
        self.canvas.setAccessibleName(self.tr("Reference with distinguishing features"))
        if self._side is not None:
            title = self.tr("What to look at: {side}")
            self._title.setText(title.format(side=product_and_side(*self._side)))
        self._refresh()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _as_area(polygon: Vertices) -> Vertices:
    """A single point or a line as a small square, so that it can be seen and clicked."""
    if len(polygon) >= 3:
        return polygon
    x, y = polygon[0]
    return ((x - 8, y - 8), (x + 8, y - 8), (x + 8, y + 8), (x - 8, y + 8))
