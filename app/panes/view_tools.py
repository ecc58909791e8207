"""The tool bars over the pictures: which view, which channel, and what to do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.views.viewing import PictureChannel, ViewKind, channel_name, view_name

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.panes.actions import ActionBook
    from app.panes.comparing_desk import ComparingDesk

_KEYS: Final = {
    ViewKind.SIDE_BY_SIDE: "S",
    ViewKind.SWIPE: "W",
    ViewKind.BLINK: "B",
    ViewKind.ONION_SKIN: "V",
    ViewKind.DIFFERENCE: "D",
    ViewKind.HEAT_MAP: "I",
    ViewKind.CONTACT_SHEET: "G",
}
_VIEWS: Final = tuple(f"view_{kind}" for kind in ViewKind)
_CHANNELS: Final = tuple(f"channel_{channel}" for channel in PictureChannel)
_NAMED: Final = ("as_taken", "unjudged", "outlines", "add_region")
_LOWER: Final = (
    ("previous_region", "next_region"),
    ("as_taken", "unjudged", "outlines"),
    ("add_region",),
    ("zoom_out", "zoom_in", "fit", "real_pixels"),
)
VIEW_MENU: Final = (
    " ".join(f"i:{name}" for name in _VIEWS)
    + " | i:less i:more i:turn_swipe i:channels i:loupe i:lock_point i:measuring"
    + " | i:as_taken i:unjudged i:outlines | i:zoom_in i:zoom_out i:fit i:real_pixels"
)


class ViewTools(QWidget):
    """Two bars of buttons, their actions in the book of the pane.

    Args:
        book: already holds the actions of regions, overlays and zoom.
        desk: shows what is chosen here.
    """

    def __init__(
        self, book: ActionBook, desk: ComparingDesk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book, self._desk = book, desk
        self.channel_box = QComboBox()
        self._make_actions()
        self._lay_out()
        self.channel_box.activated.connect(self._on_channel_activated)
        desk.viewing_changed.connect(self.refresh)
        desk.pointing.locked_changed.connect(self._on_locked_changed)
        self._retranslate()
        self.refresh()

    def _make_actions(self) -> None:
        add = self._book.add
        self._view_group, self._channel_group = QActionGroup(self), QActionGroup(self)
        for kind, name in zip(ViewKind, _VIEWS, strict=True):
            action = add(name, self._on_view, icon_name=name.replace("_", "-"), keys=(_KEYS[kind],))
            self._choosable(action, self._view_group, kind)
        for number, (channel, name) in enumerate(zip(PictureChannel, _CHANNELS, strict=True), 1):
            action = add(name, self._on_channel, icon_name="channel", keys=(f"Alt+{number}",))
            self._choosable(action, self._channel_group, channel)
        add("next_channel", self._on_next_channel, icon_name="channel", keys=("C",))
        add("previous_channel", self._on_previous_channel, icon_name="channel", keys=("Shift+C",))
        self._book.add_menu(
            "channels", (*_CHANNELS, "next_channel", "previous_channel"), icon_name="channel"
        )
        add("less", self._on_less, icon_name="less", keys=("[", ","))
        add("more", self._on_more, icon_name="more", keys=("]", "."))
        add("turn_swipe", self._on_turned, icon_name="turn-swipe", keys=("X",), checked=False)
        add("loupe", self._on_loupe, icon_name="loupe", keys=("M",), checked=False)
        add("lock_point", self._on_lock, icon_name="lock-point", keys=("L",)).setCheckable(True)

    def _choosable(self, action: QAction, group: QActionGroup, what: object) -> None:
        action.setCheckable(True)
        action.setData(what)
        group.addAction(action)

    def _lay_out(self) -> None:
        upper = self._bar((_VIEWS,))
        upper.addWidget(self.channel_box)
        upper.addSpacing(10)
        for name in ("loupe", "lock_point", "rulers", "measure", "search_region"):
            upper.addWidget(self._book.button(name))
        upper.addStretch(1)
        lower = self._bar(_LOWER)
        lower.addStretch(1)
        self._desk.swipe.controls.insertWidget(0, self._book.button("turn_swipe"))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        for row in (upper, lower):
            bar = QFrame()
            bar.setObjectName("toolbar")
            bar.setLayout(row)
            stack.addWidget(bar)

    def _bar(self, groups: tuple[tuple[str, ...], ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(2)
        for group in groups:
            for name in group:
                button = self._book.button(name)
                if name in _NAMED:
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
                row.addWidget(button)
            row.addSpacing(10)
        return row

    def refresh(self) -> None:
        """Show what is in use, and offer what can be done now."""
        desk, book = self._desk, self._book
        is_pair, kind, channel = desk.is_pair, desk.kind, desk.channel
        is_measured = kind in (ViewKind.DIFFERENCE, ViewKind.HEAT_MAP)
        for each, name in zip(ViewKind, _VIEWS, strict=True):
            book[name].setChecked(each is kind)
            book[name].setEnabled(is_pair or (desk.has_scene and each is ViewKind.SIDE_BY_SIDE))
        for one, name in zip(PictureChannel, _CHANNELS, strict=True):
            book[name].setChecked(one is channel)
            book[name].setEnabled(desk.has_scene and not is_measured)
        for name in ("next_channel", "previous_channel"):
            book[name].setEnabled(desk.has_scene and not is_measured)
        self.channel_box.setEnabled(desk.has_scene and not is_measured)
        self.channel_box.setCurrentIndex(list(PictureChannel).index(channel))
        for name in ("less", "more"):
            book[name].setEnabled(desk.has_dial)
        book["turn_swipe"].setEnabled(kind is ViewKind.SWIPE)
        book["as_taken"].setEnabled(is_pair and kind is ViewKind.SIDE_BY_SIDE)
        book["unjudged"].setEnabled(is_pair and not is_measured)
        for name in ("loupe", "lock_point"):
            book[name].setEnabled(is_pair)
        for name in ("zoom_in", "zoom_out", "fit", "real_pixels", "outlines"):
            book[name].setEnabled(desk.has_scene)

    def _on_view(self) -> None:
        chosen = self._view_group.checkedAction()
        if chosen is not None:
            self._desk.choose(ViewKind(chosen.data()))

    def _on_channel(self) -> None:
        chosen = self._channel_group.checkedAction()
        if chosen is not None:
            self._desk.choose_channel(PictureChannel(chosen.data()))

    def _on_channel_activated(self, place: int) -> None:
        self._desk.choose_channel(list(PictureChannel)[place])

    def _on_next_channel(self) -> None:
        self._step_channel(1)

    def _on_previous_channel(self) -> None:
        self._step_channel(-1)

    def _step_channel(self, by: int) -> None:
        channels = list(PictureChannel)
        place = (channels.index(self._desk.channel) + by) % len(channels)
        self._desk.choose_channel(channels[place])

    def _on_less(self) -> None:
        self._desk.turn_dial(-1)

    def _on_more(self) -> None:
        self._desk.turn_dial(1)

    def _on_turned(self, wanted: bool) -> None:
        self._desk.swipe.set_upright(not wanted)

    def _on_loupe(self, wanted: bool) -> None:
        self._desk.pointing.set_loupe_wanted(wanted)

    def _on_lock(self) -> None:
        self._desk.pointing.toggle_lock()

    def _on_locked_changed(self, is_locked: bool) -> None:
        self._book["lock_point"].setChecked(is_locked)

    def _retranslate(self) -> None:
        texts = {name: view_name(kind) for kind, name in zip(ViewKind, _VIEWS, strict=True)}
        for channel, name in zip(PictureChannel, _CHANNELS, strict=True):
            texts[name] = channel_name(channel)
        texts |= {
            "channels": self.tr("Channel"),
            "next_channel": self.tr("Next channel"),
            "previous_channel": self.tr("Previous channel"),
            "less": self.tr("Adjust the view: less"),
            "more": self.tr("Adjust the view: more"),
            "turn_swipe": self.tr("Swipe from top to bottom"),
            "loupe": self.tr("Loupe at the cursor"),
            "lock_point": self.tr("Lock the point that is read out"),
        }
        self._book.reword(texts)
        place = self.channel_box.currentIndex()
        self.channel_box.clear()
        self.channel_box.addItems([channel_name(channel) for channel in PictureChannel])
        self.channel_box.setCurrentIndex(max(place, 0))
        self.channel_box.setAccessibleName(self.tr("Channel of both pictures"))
        self.channel_box.setToolTip(self.tr("Channel of both pictures (C, Shift+C)"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
