"""What the list knows of one photo, and how far a photo can have come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from vision import Fault, Outcome


class State(Enum):
    """How far a photo has come."""

    WAITING = "waiting"
    READING = "reading"
    COMPARING = "comparing"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    MISSING = "missing"


OPEN: Final = (State.WAITING, State.READING, State.COMPARING)


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo of the filmstrip; `key` stays the same while everything else changes.

    `regions` counts the numbered regions of a compared photo, `examined` those of them that an
    examiner has marked; `error` tells why one was not read. `faults` are known before anything is
    compared; `product` and `side` are those that it was compared with, "" before. `item` is the
    same for photos that show one item, "" for a photo of its own.
    """

    key: int
    name: str
    path: str = ""
    state: State = State.WAITING
    outcome: Outcome | None = None
    regions: int = 0
    examined: int = 0
    thumbnail: QImage | None = None
    error: Exception | None = None
    faults: tuple[Fault, ...] = ()
    product: str = ""
    side: str = ""
    sha256: str = ""
    item: str = ""
