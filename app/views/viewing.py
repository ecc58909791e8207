"""The ways of looking at a pair of pictures, and the channels in which both can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from app.views.pixels import Picture
    from app.views.scene import Mark
    from vision import Channel, Comparison


class ViewKind(StrEnum):
    """How suspect and reference are laid out."""

    SIDE_BY_SIDE = "side_by_side"
    SWIPE = "swipe"
    BLINK = "blink"
    ONION_SKIN = "onion_skin"
    DIFFERENCE = "difference"
    HEAT_MAP = "heat_map"
    CONTACT_SHEET = "contact_sheet"


class PictureChannel(StrEnum):
    """What of the pictures is seen, as document examiners look at them."""

    COLOUR = "colour"
    RED = "red"
    GREEN = "green"
    BLUE = "blue"
    HUE = "hue"
    SATURATION = "saturation"
    LOCAL_CONTRAST = "local_contrast"
    EDGES = "edges"


_CHANNEL_NAMES: Final[dict[PictureChannel, object]] = {
    PictureChannel.COLOUR: QT_TRANSLATE_NOOP("viewing", "Colour"),
    PictureChannel.RED: QT_TRANSLATE_NOOP("viewing", "Red"),
    PictureChannel.GREEN: QT_TRANSLATE_NOOP("viewing", "Green"),
    PictureChannel.BLUE: QT_TRANSLATE_NOOP("viewing", "Blue"),
    PictureChannel.HUE: QT_TRANSLATE_NOOP("viewing", "Hue"),
    PictureChannel.SATURATION: QT_TRANSLATE_NOOP("viewing", "Saturation"),
    PictureChannel.LOCAL_CONTRAST: QT_TRANSLATE_NOOP("viewing", "Local contrast"),
    PictureChannel.EDGES: QT_TRANSLATE_NOOP("viewing", "Edges"),
}
_VIEW_NAMES: Final[dict[ViewKind, object]] = {
    ViewKind.SIDE_BY_SIDE: QT_TRANSLATE_NOOP("viewing", "Side by side"),
    ViewKind.SWIPE: QT_TRANSLATE_NOOP("viewing", "Swipe"),
    ViewKind.BLINK: QT_TRANSLATE_NOOP("viewing", "Blink"),
    ViewKind.ONION_SKIN: QT_TRANSLATE_NOOP("viewing", "Onion skin"),
    ViewKind.DIFFERENCE: QT_TRANSLATE_NOOP("viewing", "Difference"),
    ViewKind.HEAT_MAP: QT_TRANSLATE_NOOP("viewing", "Heat map"),
    ViewKind.CONTACT_SHEET: QT_TRANSLATE_NOOP("viewing", "Contact sheet"),
}


def channel_name(channel: PictureChannel) -> str:
    """A channel in the language of now."""
    return QCoreApplication.translate("viewing", str(_CHANNEL_NAMES[channel]))


def view_name(kind: ViewKind) -> str:
    """A view in the language of now."""
    return QCoreApplication.translate("viewing", str(_VIEW_NAMES[kind]))


@dataclass(frozen=True, slots=True)
class Viewing:
    """The setting in which something was seen, for the record.

    `amount` is the value of the view's own dial in its unit (see `Dial`), None where it has none;
    `evidence` the channel of the heat map, None where it shows all of them together; `reference`
    the SHA-256 (hex) of the reference that is seen, where it is another than was compared with.
    """

    kind: ViewKind
    channel: PictureChannel
    amount: float | None = None
    evidence: Channel | None = None
    reference: str = ""

    def as_record(self) -> dict[str, str | float]:
        """The same as it is kept with a finding; what does not apply is left out."""
        record: dict[str, str | float] = {"view": self.kind.value, "channel": self.channel.value}
        if self.amount is not None:
            record["amount"] = self.amount
        if self.evidence is not None:
            record["evidence"] = self.evidence.value
        if self.reference:
            record["reference"] = self.reference
        return record


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Suspect and reference as a view shows them, both counted in reference pixels.

    Either is None where there is none, or none that could be laid on the other. `hatch` lies where
    nothing could be judged; `focus` is the part that is seen whole; `comparison` what was measured.
    `which` tells which of the references is seen, empty for the one that was compared with.
    """

    suspect: Picture | None
    reference: Picture | None
    suspect_marks: tuple[Mark, ...] = ()
    reference_marks: tuple[Mark, ...] = ()
    hatch: Picture | None = None
    focus: QRectF | None = None
    comparison: Comparison | None = None
    which: str = ""
