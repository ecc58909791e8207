"""Setting pins: the photo, the reference, and at once how the one lies on the other by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from app.panes.keyed_editor import KeyedEditor
from app.panes.pin_draft import Draft, On
from app.panes.tool_row import ToolRow
from app.pin_words import fit_sentence, trouble_sentence
from app.views.onion_skin import OnionSkinView
from app.views.pair_view import CAPTION_HEIGHT
from app.views.pin_canvas import PinCanvas
from app.views.pixels import laid_on
from app.views.viewing import Pair
from app.views.viewport import Viewport
from vision import PinFit, Pinned

if TYPE_CHECKING:
    from app.panes.workbench import PinGround
    from app.views.pixels import Picture
    from vision import Matrix, PinTrouble

_ICONS: Final = {
    "back": "previous",
    "use": "accept",
    "remove": "remove",
    "undo": "undo",
    "forget": "automatic",
    "fit": "fit",
}
_KEYS: Final = {
    Qt.Key.Key_Escape: "back",
    Qt.Key.Key_Return: "use",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Backspace: "remove",
    Qt.Key.Key_F: "fit",
}
_UNTOLD: Final = {
    Qt.Key.Key_Enter: "use",
    Qt.Key.Key_Insert: "new",
    Qt.Key.Key_N: "new",
    **{getattr(Qt.Key, f"Key_{digit}"): str(digit) for digit in range(1, 10)},
}
_PAST: Final = 200  # steps that can be undone


class PinEditor(KeyedEditor):
    """`used` tells pins (see `Pinned`) by which the photo is to be laid, `closed` asks to go back.

    `forgotten` asks to lay the photo automatically again.
    """

    used = Signal(object)
    forgotten = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({**_KEYS, **_UNTOLD}, parent)
        self._ground: PinGround | None = None
        self._photo: Picture | None = None
        self._name = ""
        self._draft, self._chosen = Draft(), -1
        self._past: list[Draft] = []
        self._before_drag: Draft | None = None
        self._known: Matrix | None = None
        self._has_pins = False
        self.canvases = {
            On.PHOTO: PinCanvas(Viewport(self)),
            On.REFERENCE: PinCanvas(Viewport(self)),
        }
        self.preview = OnionSkinView(self.canvases[On.REFERENCE].viewport)
        self.tools = ToolRow(_ICONS, gap_after=("use", "undo"), by_tab=True)
        self.buttons = self.tools.buttons
        self._captions = {on: QLabel() for on in On}
        self._title, self._hint, self._together = QLabel(), QLabel(), QLabel()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._refresh()

    def _lay_out(self) -> None:
        self._title.setObjectName("title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setObjectName("note")
        self._hint.setWordWrap(True)
        head = QWidget()
        above = QVBoxLayout(head)
        above.setContentsMargins(16, 12, 12, 8)
        above.setSpacing(8)
        above.addWidget(self._title)
        above.addWidget(self.tools)
        above.addWidget(self._hint)
        pictures = QSplitter(Qt.Orientation.Horizontal)
        pictures.setHandleWidth(1)
        pictures.setChildrenCollapsible(False)
        for on, canvas in self.canvases.items():
            pictures.addWidget(_under_caption(self._captions[on], canvas))
        self.preview.caption.hide()  # too long for a third of the window
        self.preview.controls.insertWidget(0, self._together)
        self.preview.controls.insertStretch(1, 1)
        pictures.addWidget(self.preview)
        pictures.setSizes([1000, 1000, 1000])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(pictures, 1)
        self.setFocusProxy(self.canvases[On.PHOTO])

    def _connect(self) -> None:
        acts = {
            "back": self._on_back,
            "use": self.use,
            "remove": self.remove,
            "undo": self.undo,
            "forget": self._on_forget,
            "fit": self.fit,
        }
        self.tools.connect_to(acts)
        self.canvases[On.PHOTO].place_clicked.connect(self._on_photo_clicked)
        self.canvases[On.REFERENCE].place_clicked.connect(self._on_reference_clicked)
        self.canvases[On.PHOTO].pin_moved.connect(self._on_photo_moved)
        self.canvases[On.REFERENCE].pin_moved.connect(self._on_reference_moved)
        for canvas in self.canvases.values():
            canvas.pin_chosen.connect(self.choose)
            canvas.pin_let_go.connect(self._on_let_go)
        self.preview.canvas.fit_wished.connect(self.fit)

    @property
    def draft(self) -> Draft:
        """The pins as they stand."""
        return self._draft

    @property
    def hint(self) -> str:
        """What is said of them."""
        return self._hint.text()

    def open(
        self, photo: Picture, ground: PinGround, name: str, draft: Draft, known: Matrix | None
    ) -> None:
        """Set pins on a photo and a reference.

        Args:
            photo: as it was taken.
            ground: the reference.
            name: of product and side.
            draft: the pins to begin with.
            known: photo to reference, where the program has laid it; other places are guessed by it
                until the pins themselves tell them.
        """
        self._photo, self._ground, self._name, self._known = photo, ground, name, known
        self._draft, self._chosen, self._past = draft, -1, []
        self._has_pins = bool(draft.pins)
        self.canvases[On.PHOTO].show_picture(photo)
        self.canvases[On.REFERENCE].show_picture(ground.picture)
        self._retranslate()
        self._refresh()
        self.fit()
        QTimer.singleShot(0, self, self.fit)
        self.canvases[On.PHOTO].setFocus()

    def leave(self) -> Draft:
        """Let the pictures go; the pins as they stand."""
        self._photo = self._ground = None
        for canvas in self.canvases.values():
            canvas.show_picture(None)
        self.preview.show_pair(None)
        return self._draft

    def set_place(self, on: On, point: QPointF) -> None:
        """Set a pin in one of the pictures, or its place there if one waits for it."""
        if self._ground is None:
            return
        found = self._draft.fit()
        known = found.matrix if isinstance(found, PinFit) else self._known
        draft, number = self._draft.with_place(on, self._within(on, point), known)
        self._change(draft, number)
        waits = draft.waits_for
        self.canvases[waits or on].setFocus()

    def choose(self, number: int) -> None:
        """Bring one pin out."""
        self._chosen = number if 0 <= number < len(self._draft.spots) else -1
        self._refresh()

    def remove(self) -> None:
        """Take away the chosen pin, or the last one where none is chosen; it can be undone."""
        number = self._chosen if self._chosen >= 0 else len(self._draft.spots) - 1
        if number >= 0:
            self._change(self._draft.without(number), -1)

    def undo(self) -> None:
        """Go back to the pins before the last change."""
        if self._past:
            self._draft, self._chosen = self._past.pop(), -1
            self._refresh()

    def use(self) -> None:
        """Lay the photo by these pins."""
        if self._ground is not None and isinstance(self._draft.fit(), PinFit):
            self.used.emit(Pinned(self._draft.pins, self._ground.reference))

    def fit(self) -> None:
        """Show both pictures whole."""
        for canvas in self.canvases.values():
            canvas.fit()

    def _on_back(self) -> None:
        self.closed.emit()

    def _on_forget(self) -> None:
        self.forgotten.emit()

    def _on_photo_clicked(self, point: QPointF) -> None:
        self.set_place(On.PHOTO, point)

    def _on_reference_clicked(self, point: QPointF) -> None:
        self.set_place(On.REFERENCE, point)

    def _on_photo_moved(self, number: int, point: QPointF) -> None:
        self._move(On.PHOTO, number, point)

    def _on_reference_moved(self, number: int, point: QPointF) -> None:
        self._move(On.REFERENCE, number, point)

    def _move(self, on: On, number: int, point: QPointF) -> None:
        """A whole drag is one step to be undone."""
        if self._before_drag is None:
            self._before_drag = self._draft
        spot = self._draft.spots[number].moved(on, self._within(on, point))
        self._draft, self._chosen = self._draft.with_spot(number, spot), number
        self._refresh()

    def _on_let_go(self) -> None:
        before, self._before_drag = self._before_drag, None
        if before is not None and before != self._draft:
            self._past = [*self._past[-_PAST:], before]
            self._refresh()

    def _change(self, draft: Draft, chosen: int) -> None:
        self._past = [*self._past[-_PAST:], self._draft]
        self._draft, self._chosen = draft, chosen
        self._refresh()

    def _within(self, on: On, point: QPointF) -> tuple[float, float]:
        """A place in the picture: what lies beside it is moved to its edge."""
        if self._photo is None or self._ground is None:
            return point.x(), point.y()
        area = (self._photo if on is On.PHOTO else self._ground.picture).area
        x = min(max(point.x(), area.left()), area.right())
        y = min(max(point.y(), area.top()), area.bottom())
        return round(x, 2), round(y, 2)

    def _refresh(self) -> None:
        found = self._draft.fit()
        fit = found if isinstance(found, PinFit) else None
        labels = self._labels(fit)
        for on, canvas in self.canvases.items():
            places = tuple(spot.on(on) for spot in self._draft.spots)
            points = tuple(None if place is None else QPointF(*place) for place in places)
            canvas.set_pins(points, labels, self._chosen)
        self._preview(fit)
        self._hint.setText(self._hint_words(found))
        can = {
            "back": True,
            "use": fit is not None and self._ground is not None,
            "remove": bool(self._draft.spots),
            "undo": bool(self._past),
            "forget": self._has_pins,
            "fit": self._ground is not None,
        }
        for name, button in self.buttons.items():
            button.setEnabled(can[name])

    def _preview(self, fit: PinFit | None) -> None:
        if self._photo is None or self._ground is None:
            return
        matrix = fit.matrix if fit is not None else None
        reference = self._ground.picture
        laid = None if matrix is None else laid_on(self._photo, _upright(matrix), reference.area)
        self.preview.show_pair(Pair(laid, reference))

    def _labels(self, fit: PinFit | None) -> tuple[str, ...]:
        """The number of each pin, and by how much it is off where that can be told."""
        labels = [str(number) for number in range(1, len(self._draft.spots) + 1)]
        if fit is not None and fit.error_px is not None:
            for number, miss in enumerate(fit.misses):
                labels[number] += f" · {float(miss):.1f} px"
        return tuple(labels)

    def _hint_words(self, found: PinFit | PinTrouble) -> str:
        if self._ground is None:
            return self.tr("Opening the reference…")
        waits = self._draft.waits_for
        if waits is On.REFERENCE:
            return self.tr("Now click the same place on the reference.")
        if waits is On.PHOTO:
            return self.tr("Now click the same place on the photo.")
        if not self._draft.spots:
            return self.tr(
                "Click a place that both pictures show, such as the corner of a letter: first in "
                "one of them, then in the other. Drag a pin to move it; arrows move the chosen one."
            )
        return fit_sentence(found) if isinstance(found, PinFit) else trouble_sentence(found)

    def _retranslate(self) -> None:
        words = {
            "back": self.tr("Back"),
            "use": self.tr("Use these pins"),
            "remove": self.tr("Remove a pin"),
            "undo": self.tr("Undo"),
            "forget": self.tr("Align automatically"),
            "fit": self.tr("Fit"),
        }
        self.tools.reword(words, self.sequences())
        self._title.setText(self.tr("Align by hand with {side}").format(side=self._name))
        self._together.setText(self.tr("Together"))
        self._captions[On.PHOTO].setText(self.tr("Photo"))
        self._captions[On.REFERENCE].setText(self.tr("Reference"))
        self.canvases[On.PHOTO].setAccessibleName(self.tr("Photo with pins"))
        self.canvases[On.REFERENCE].setAccessibleName(self.tr("Reference with pins"))

    def keys(self) -> tuple[tuple[str, str], ...]:
        """What the keys of the editor do, each with its name."""
        shown = QKeySequence.SequenceFormat.NativeText
        named = [(self.buttons[name].text(), QKeySequence(key)) for key, name in _KEYS.items()]
        return (
            *((text, key.toString(shown)) for text, key in named),
            (self.tr("Set a pin in the middle"), "N"),
            (self.tr("Choose a pin"), "1–9"),
            (self.tr("Move the chosen pin"), self.tr("Arrows")),
        )

    @override
    def keeps(self, event: QKeyEvent) -> bool:
        return super().keeps(event) or _is_letter(event)

    @override
    def obey(self, wish: str) -> None:
        if wish == "new":
            on = On.REFERENCE if self.canvases[On.REFERENCE].hasFocus() else On.PHOTO
            self.set_place(on, self.canvases[on].viewport.centre)
        elif wish.isdigit():
            self.choose(int(wish) - 1)
        else:
            self.buttons[wish].click()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._refresh()
        super().changeEvent(event)


def _is_letter(event: QKeyEvent) -> bool:
    """Letters alone act on the views behind, which are not seen now."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return plain and event.text().isalpha()


def _upright(matrix: Matrix) -> Matrix:
    """The same homography with a positive depth, as painting expects it."""
    return np.asarray(matrix / matrix[2, 2], np.float64)


def _under_caption(caption: QLabel, canvas: PinCanvas) -> QWidget:
    bar = QWidget()
    bar.setObjectName("caption")
    bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    bar.setFixedHeight(CAPTION_HEIGHT)
    row = QHBoxLayout(bar)
    row.setContentsMargins(10, 0, 10, 0)
    row.addWidget(caption, 1)
    whole = QWidget()
    stack = QVBoxLayout(whole)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(0)
    stack.addWidget(bar)
    stack.addWidget(canvas, 1)
    return whole
