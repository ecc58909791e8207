"""Joining photos into items and taking them apart, as acts that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer
from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from app.panes.photo_intake import new_item
from app.tasks import Lane, run

if TYPE_CHECKING:
    from collections.abc import Generator

    from PySide6.QtGui import QUndoStack

    from app.messages import Messages
    from app.panes.actions import ActionBook
    from app.panes.filmstrip import Filmstrip
    from app.panes.photo_queue import PhotoQueue
    from app.panes.workbench import Workbench

_JOIN = QT_TRANSLATE_NOOP("acts", "photos joined into one item")
_PART = QT_TRANSLATE_NOOP("acts", "photos taken out of an item")
_PAUSE_MS: Final = 400
ITEM_MENU: Final = "i:join_item i:take_out i:split_item"

Arrangement = tuple[tuple[int, str], ...]


class ItemWork(QObject):
    """Works on the photos that are chosen in the filmstrip, and keeps the items in the workspace.

    The list of photos holds the grouping too, so that it also comes back for photos that have not
    been read yet.
    """

    def __init__(
        self,
        bench: Workbench,
        queue: PhotoQueue,
        actions: ActionBook,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._queue, self._actions, self._messages = bench, queue, actions, messages
        self._kept: dict[str, tuple[str, ...]] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        add = actions.add
        add("join_item", self.join, icon_name="item", keys=("J",))
        add("take_out", self.take_out, icon_name="remove", keys=("Ctrl+J",))
        add("split_item", self.split, icon_name="split-item", keys=("Shift+J",))
        model = queue.model
        for signal in (
            model.dataChanged,
            model.rowsInserted,
            model.rowsRemoved,
            model.layoutChanged,
        ):
            signal.connect(self._on_changed)

    def attach(self, filmstrip: Filmstrip, stack: QUndoStack) -> None:
        """Work on this filmstrip from now on."""
        self._filmstrip, self._stack = filmstrip, stack
        filmstrip.selection_changed.connect(self.refresh_actions)

    def join(self) -> None:
        """Make one item of the chosen photos, and of the items that they belong to."""
        keys = self._with_items(set(self._filmstrip.chosen_keys))
        if len(keys) < 2:
            self._messages.say(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "Choose the photos of one item first: click them with Ctrl or Shift held down.",
                )
            )
            return
        rows = self._queue.model.rows
        item = next((row.item for row in rows if row.key in keys and row.item), "") or new_item()
        place = next(place for place, row in enumerate(rows) if row.key in keys)
        joined = tuple((row.key, item) for row in rows if row.key in keys)
        others = tuple((row.key, row.item) for row in rows if row.key not in keys)
        self._do((*others[:place], *joined, *others[place:]), _JOIN)

    def take_out(self) -> None:
        """Let the chosen photos be single ones again, behind the item that they were in."""
        self._part(set(self._filmstrip.chosen_keys))

    def split(self) -> None:
        """Let all photos of the chosen items be single ones again."""
        self._part(self._with_items(set(self._filmstrip.chosen_keys)))

    def _part(self, keys: set[int]) -> None:
        rows = self._queue.model.rows
        wanted: list[tuple[int, str]] = []
        leaving: list[tuple[int, str]] = []
        item = ""
        for row in rows:
            if row.item != item:
                wanted += leaving
                leaving, item = [], row.item
            if row.key in keys:
                leaving.append((row.key, ""))
            else:
                wanted.append((row.key, row.item))
        self._do((*wanted, *leaving), _PART)

    def _with_items(self, keys: set[int]) -> set[int]:
        rows = self._queue.model.rows
        items = {row.item for row in rows if row.key in keys and row.item}
        return keys | {row.key for row in rows if row.item in items}

    def _do(self, wanted: Arrangement, act: object) -> None:
        before = tuple((row.key, row.item) for row in self._queue.model.rows)
        if wanted != before:
            self._stack.push(_Rearranging(self._queue, before, wanted, str(act)))
            self.refresh_actions()

    def refresh_actions(self) -> None:
        """Let only that be done which can be done."""
        rows = {row.key: row for row in self._queue.model.rows}
        chosen = [rows[key] for key in self._filmstrip.chosen_keys if key in rows]
        has_item = any(self._queue.model.item(row.item) is not None for row in chosen)
        self._actions["join_item"].setEnabled(len(rows) > 1)
        for name in ("take_out", "split_item"):
            self._actions[name].setEnabled(has_item)

    def words(self) -> dict[str, str]:
        """The words of the actions in the language of now."""
        return {
            "join_item": self.tr("Join into one item"),
            "take_out": self.tr("Take out of the item"),
            "split_item": self.tr("Split the item"),
        }

    def keep(self) -> None:
        """Keep the items whose photos have all been read.

        A photo that was taken off the list stays in its item; one that was taken out does not.
        """
        self._pause.stop()
        listed = {row.sha256 for row in self._queue.model.rows}
        wanted: dict[str, tuple[str, ...]] = {}
        half_read: set[str] = set()
        for row in self._queue.model.rows:
            if row.item and not row.sha256:
                half_read.add(row.item)
            elif row.item:
                wanted[row.item] = (*wanted.get(row.item, ()), row.sha256)
        for item in {*wanted, *self._kept} - half_read:
            kept, now = self._kept.get(item, ()), wanted.get(item, ())
            if any(one not in listed for one in kept):
                stay = tuple(one for one in kept if one in now or one not in listed)
                now = (*stay, *(one for one in now if one not in stay))
            photos = now if len(now) > 1 else ()
            if photos != self._kept.get(item, ()):
                self._kept[item] = photos
                run(
                    _keeping(self._bench, item, photos),
                    lane=Lane.FILES,
                    owner=self,
                    on_failed=self._messages.fail,
                )

    def _on_changed(self) -> None:
        self._pause.start()


class _Rearranging(QUndoCommand):
    """Rows in another order and in other items."""

    def __init__(
        self, queue: PhotoQueue, before: Arrangement, after: Arrangement, act: str
    ) -> None:
        super().__init__(act)  # said in the language of the moment
        self._queue, self._before, self._after = queue, before, after

    @override
    def redo(self) -> None:
        self._queue.model.arrange(self._after)

    @override
    def undo(self) -> None:
        self._queue.model.arrange(self._before)


def _keeping(bench: Workbench, item: str, photos: tuple[str, ...]) -> Generator[None, None, None]:
    """FILES: keep the photos of an item."""
    yield
    bench.keep_item(item, photos)
