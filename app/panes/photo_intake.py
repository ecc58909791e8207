"""The one way by which photos come in: dropped, pasted, chosen, or from a watched folder."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.panes.folder_editor import choose_watched_title
from app.panes.intake import SUFFIXES, Found, Offer, Source, counted, found_in, offer_from_mime
from app.tasks import Lane, run

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from app.messages import Messages
    from app.panes.folder_watch import FolderWatch

_NAMED: Final = 3  # of what was left out


class PhotoIntake(QObject):
    """`found` tells sources, the item they are sides of ("" for none), and whether they wait.

    Those wait that were asked for before a stop and found after it. Folders are looked
    through in the background; what cannot be used is told, never passed over.
    """

    found = Signal(object, str, bool)

    def __init__(self, watch: FolderWatch, messages: Messages, parent: QWidget) -> None:
        super().__init__(parent)
        self._pane, self._watch, self._messages = parent, watch, messages
        self._pasted = self._stops = 0
        self.last_folder = ""  # in which photos were chosen

    def take(self, mime: QMimeData, *, as_one: bool = False) -> None:
        """Take what was dropped or pasted, as single photos or as the sides of one item."""
        template = QCoreApplication.translate("InspectPane", "Pasted picture {number}")
        name = template.format(number=self._pasted + 1)
        self.take_offer(offer_from_mime(mime, name), as_one=as_one)

    def take_offer(self, offer: Offer, *, as_one: bool = False) -> None:
        """Take files, folders and picture data; say what to do with anything else."""
        if offer.sources:
            self._pasted += len(offer.sources)
            self.found.emit(offer.sources, new_item() if as_one else "", False)
        if offer.paths:
            self.add_paths(offer.paths, as_one=as_one)
        if offer.web_address:
            self._messages.warn(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "This is only the address of a picture. Save the picture first (right-click it "
                    "in the browser), then drop the file here.",
                )
            )
        elif offer.is_empty:
            self._messages.warn(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "There is no picture in what was dropped or pasted. Drop picture files or "
                    "folders, or copy a picture and paste it.",
                )
            )

    def hold(self) -> None:
        """Stop was pressed: what is still found in folders asked for before is to wait."""
        self._stops += 1

    @property
    def stops(self) -> int:
        """How often stop was pressed."""
        return self._stops

    def add_paths(self, paths: tuple[Path, ...], *, as_one: bool = False) -> None:
        """Add files and the pictures in folders."""
        run(
            found_in(paths),
            lane=Lane.FILES,
            owner=self,
            on_step=_Into(self, new_item() if as_one else ""),
            on_done=self._on_looked_through,
            on_failed=self._messages.fail,
        )

    def choose_photos(self) -> None:
        """Let a person choose files."""
        endings = " ".join(f"*{ending}" for ending in sorted(SUFFIXES))
        pictures = QCoreApplication.translate("InspectPane", "Pictures")
        everything = QCoreApplication.translate("InspectPane", "All files")
        title = QCoreApplication.translate("InspectPane", "Choose photos")
        kinds = f"{pictures} ({endings});;{everything} (*)"
        names, _ = QFileDialog.getOpenFileNames(self._pane, title, self.last_folder, kinds)
        if names:
            self.last_folder = str(Path(names[0]).parent)
            self.add_paths(tuple(Path(name) for name in sorted(names, key=counted)))

    def choose_folder(self) -> None:
        """Let a person choose a folder."""
        title = QCoreApplication.translate("InspectPane", "Choose a folder of photos")
        name = QFileDialog.getExistingDirectory(self._pane, title, self.last_folder)
        if name:
            self.last_folder = str(Path(name).parent)
            self.add_paths((Path(name),))

    def choose_watched(self) -> None:
        """Let a person choose the folder that is watched."""
        title = choose_watched_title()
        before = str(self._watch.folder or "")
        name = QFileDialog.getExistingDirectory(self._pane, title, before)
        if name:
            self._watch.name(Path(name))

    def stop_watching(self) -> None:
        """Watch no folder any more; what was taken stays."""
        self._watch.name(None)

    def paste(self) -> None:
        """Take what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def _on_looked_through(self, found: Found) -> None:
        if found.count == 0:
            self._messages.warn(
                QT_TRANSLATE_NOOP("messages", "No pictures were found in that folder.")
            )
        elif found.left_out:
            names = ", ".join(found.left_out[:_NAMED])
            self._messages.say(
                QT_TRANSLATE_NOOP(
                    "messages",
                    "Photos added: {count}. Left out, in no format that can be read: {names}",
                ),
                count=str(found.count),
                names=names + (", …" if len(found.left_out) > _NAMED else ""),
            )


class _Into:
    """Hands on what was found, for one item."""

    def __init__(self, intake: PhotoIntake, item: str) -> None:
        self._intake, self._item, self._stops = intake, item, intake.stops

    def __call__(self, sources: tuple[Source, ...]) -> None:
        self._intake.found.emit(sources, self._item, self._intake.stops > self._stops)


def new_item() -> str:
    """The id of an item that is yet to be filled."""
    return uuid.uuid4().hex
