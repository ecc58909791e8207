"""Small pictures for the rows that are in view: read off the GUI thread, the latest few kept."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from app.panes.kept_list import Glance, glances
from app.tasks import Lane, Ticket, run

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from app.models.triage_rows import TriageRow

_KEPT: Final = 600
_SIDE: Final = 128  # pixels of the longer side; enough for a fine screen
_NOTHING: Final = QImage()  # for what cannot be read

_Key = tuple[str, str]  # path and SHA-256


class RowPictures(QObject):
    """`read` tells the path of a picture that has become known.

    A picture is that of a path and the content that the scan met there: other bytes under the same
    name are another picture.
    """

    read = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: OrderedDict[_Key, QImage] = OrderedDict()
        self._reading: Ticket | None = None
        self._wanted: dict[str, _Key] = {}  # by path

    def of(self, row: TriageRow) -> QImage | None:
        """The picture of a row, where it is known."""
        image = self._images.get(_key(row))
        return None if image is None or image.isNull() else image

    def want(self, rows: Iterable[TriageRow]) -> None:
        """These rows are in view; what was wanted before and is not in view any more is dropped."""
        missing: dict[str, _Key] = {}
        for row in rows:
            if _key(row) in self._images:
                self._images.move_to_end(_key(row))
            else:
                missing[row.path] = _key(row)
        if missing == self._wanted:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._wanted = missing
        self._reading = None
        if missing:
            self._reading = run(
                _small(tuple(missing)),
                lane=Lane.FILES,
                owner=self,
                on_step=self._on_read,
                on_done=self._on_done,
            )

    def _on_read(self, glance: Glance) -> None:
        if glance.is_missing:  # perhaps only for now: the disk or the network is away
            return
        image = glance.image if glance.image is not None else _NOTHING
        self._images[self._wanted[glance.path]] = image
        while len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self.read.emit(glance.path)

    def _on_done(self, _result: None) -> None:
        self._reading, self._wanted = None, {}


def _small(paths: tuple[str, ...]) -> Generator[Glance, None, None]:
    """FILES: the pictures, made as small as they are painted."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    for glance in glances(paths):
        image = glance.image
        small = image.scaled(_SIDE, _SIDE, keep, smooth) if image is not None else None
        yield Glance(glance.path, small, glance.is_missing)


def _key(row: TriageRow) -> _Key:
    return row.path, row.sha256
