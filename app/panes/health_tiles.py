"""The figures at the head of the health page; each opens the pictures that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget
from typing_extensions import override

from app.models.health_rows import shares
from app.views.tile import Tile
from vision import Lack, Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QAbstractButton

    from vision import SideHealth

TILES: Final = {
    "references": Measure.REFERENCES,
    "thin": Measure.REFERENCES,
    "flaws": Measure.FLAWS,
    "unfit": Measure.UNFIT,
    "expired": Measure.EXPIRED,
    "beyond": Measure.SPREAD,
}


@dataclass(frozen=True, slots=True)
class Sum:
    """What a tile counts, None where nothing is known, and the pictures concerned by id."""

    count: int | None
    references: tuple[str, ...]


def sums_of(sides: Sequence[SideHealth]) -> dict[str, Sum]:
    """What the tiles say of these sides."""
    every = tuple(each for side in sides for each in side.ids)
    thin = [side for side in sides if side.read(Measure.REFERENCES).lack is not Lack.NOTHING]
    flaws = tuple(dict.fromkeys(flaw for side in sides for flaw in side.flaws))
    flawed = (each for flaw in flaws for each in flaw.references or flaw.beside)
    unfit = tuple(each for side in sides for each in side.read(Measure.UNFIT).references)
    expired = tuple(each for side in sides for each in side.read(Measure.EXPIRED).references)
    measured = [side.figures for side in sides if side.figures is not None]
    beyond = tuple(
        each
        for figures in measured
        for each, share in zip(figures.references, shares(figures), strict=True)
        if share > 1.0
    )
    was_checked = any(side.was_checked for side in sides)
    return {
        "references": Sum(len(every), every),
        "thin": Sum(len(thin), tuple(each for side in thin for each in side.ids)),
        "flaws": Sum(len(flaws), tuple(dict.fromkeys(flawed))),
        "unfit": Sum(len(unfit) if was_checked else None, unfit),
        "expired": Sum(len(expired), expired),
        "beyond": Sum(len(beyond) if measured else None, beyond),
    }


class HealthTiles(QWidget):
    """`pressed` tells the name of a tile."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = {name: Tile() for name in TILES}
        self.sums: dict[str, Sum] = {}
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for name, tile in self.tiles.items():
            tile.setObjectName(name)
            self._group.addButton(tile)
            line.addWidget(tile)
        self._group.buttonClicked.connect(self._on_pressed)
        self.show_sides(())

    def show_sides(self, sides: Sequence[SideHealth]) -> None:
        """Sum up these sides."""
        self.sums = sums_of(sides)
        self._retranslate()

    def release(self) -> None:
        """None of the tiles is what is shown below."""
        self._group.setExclusive(False)
        for tile in self.tiles.values():
            tile.setChecked(False)
        self._group.setExclusive(True)

    def title(self, name: str) -> str:
        """What a tile counts."""
        return self.tiles[name].text()

    def _on_pressed(self, tile: QAbstractButton) -> None:
        self.pressed.emit(tile.objectName())

    def _retranslate(self) -> None:
        names = {
            "references": self.tr("References"),
            "thin": self.tr("Thin or missing sides"),
            "flaws": self.tr("To put right"),
            "unfit": self.tr("Unfit photos"),
            "expired": self.tr("Expired"),
            "beyond": self.tr("Beyond the limit"),
        }
        tips = {
            "references": self.tr("All references."),
            "thin": self.tr("Sides with fewer than three references, and sides that are missed."),
            "flaws": self.tr("What the last check found, and what records tell."),
            "unfit": self.tr("References that cannot be judged by; only a check tells."),
            "expired": self.tr("References whose last valid day has passed."),
            "beyond": self.tr(
                "References that would be said to differ from their own siblings; as far as the "
                "spread has been measured."
            ),
        }
        for name, tile in self.tiles.items():
            count = self.sums[name].count
            is_good = None if name == "references" or count is None else count == 0
            tile.tell(names[name], "–" if count is None else str(count), is_good=is_good)
            tile.setToolTip(tips[name])

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
