"""What to look at in a comparison, as it is shown beside the photo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from vision import Vertices


@dataclass(frozen=True, slots=True, eq=False)
class ShownTrait:
    """What to look at: a place in reference pixels, a sentence, and small pictures or None."""

    sentence: str
    polygon: Vertices
    genuine: QImage | None = None
    known_false: QImage | None = None
