"""What stands in the plots beside the table of health: bars that count, and spreads of sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from typing_extensions import override

from app.health_words import LACKS, kind_name, lack_name, measure_name
from app.models.references import ReferenceListModel
from app.models.row_list import RowListModel
from app.side_words import product_and_side, side_word
from vision import FlawKind, Grade, Measure, SideHealth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vision import Flaw, Lack, Reference, SideFigures

BAR_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
SPREAD_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2


@dataclass(frozen=True, slots=True)
class Bar:
    """`count` of `total`, told by `kind`, or by a measure with what is lacking or its value.

    `references` are the ids of the pictures concerned; `is_bad` says that none would be best.
    """

    count: int
    total: int
    references: tuple[str, ...]
    kind: FlawKind | None = None
    measure: Measure | None = None
    lack: Lack | None = None
    value: str = ""
    is_bad: bool = True


def flaw_bars(sides: Sequence[SideHealth]) -> tuple[Bar, ...]:
    """What is to be put right, a bar for each kind that occurs, in the order of `FlawKind`."""
    flaws = tuple(dict.fromkeys(flaw for side in sides for flaw in side.flaws))
    counts = Counter(flaw.kind for flaw in flaws)
    most = max(counts.values(), default=0)
    return tuple(
        Bar(counts[kind], most, _concerned(flaws, kind), kind=kind)
        for kind in FlawKind
        if counts[kind]
    )


def lack_bars(sides: Sequence[SideHealth]) -> tuple[Bar, ...]:
    """What sides lack, a bar for each lack, of all sides."""
    found: defaultdict[tuple[Measure, Lack], list[tuple[str, ...]]] = defaultdict(list)
    for side in sides:
        for measure in dict.fromkeys(measure for measure, _ in LACKS):
            reading = side.read(measure)
            if side.references or measure is Measure.REFERENCES:
                found[measure, reading.lack].append(reading.references)
    return tuple(
        Bar(len(found[each]), len(sides), _joined(found[each]), measure=each[0], lack=each[1])
        for each in LACKS
    )


def value_bars(sides: Sequence[SideHealth]) -> tuple[Bar, ...]:
    """How many references there are of each camera, month and batch; the most frequent first."""
    bars: list[Bar] = []
    total = sum(len(side.references) for side in sides)
    for measure in (Measure.CAMERAS, Measure.DAYS, Measure.BATCHES):
        found: defaultdict[str, list[str]] = defaultdict(list)
        for side in sides:
            for each in side.references:
                value = side.value(measure, each)
                found[value[:7] if measure is Measure.DAYS else value].append(each.id)
        made = [
            Bar(len(ids), total, tuple(ids), measure=measure, value=value, is_bad=not value)
            for value, ids in found.items()
        ]
        bars += sorted(made, key=lambda bar: (-bar.count, bar.value))
    return tuple(bars)


class BarListModel(RowListModel[Bar]):
    """Bars, each with its name and count."""

    ROLE = BAR_ROLE
    ROLE_NAME = b"bar"

    def set_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show other bars."""
        self._list(bars)

    def name(self, bar: Bar) -> str:
        """What a bar counts."""
        if bar.kind is not None:
            return kind_name(bar.kind)
        if bar.measure is None:
            return bar.value
        if bar.lack is not None:
            return lack_name(bar.measure, bar.lack)
        value = bar.value or QCoreApplication.translate("health", "not told")
        said = QCoreApplication.translate("health", "{measure}: {value}")
        return said.format(measure=measure_name(bar.measure), value=value)

    @override
    def told(self, place: int, role: int) -> object:
        bar = self._rows[place]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.name(bar)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.name(bar)}: {bar.count}"
        return None


class SpreadListModel(RowListModel[SideHealth]):
    """The spread within sides, the widest first; sides without one are left out."""

    ROLE = SPREAD_ROLE
    ROLE_NAME = b"spread"
    largest: float = 1.0
    """The largest peak over its limit, at least the limit itself."""

    def set_sides(self, sides: Sequence[SideHealth]) -> None:
        """Show the spread of other sides."""
        known = [side for side in sides if side.read(Measure.SPREAD).grade is not Grade.UNKNOWN]
        known.sort(key=lambda side: -(side.read(Measure.SPREAD).value or 0.0))
        self.largest = max([1.0, *(side.read(Measure.SPREAD).value or 0.0 for side in known)])
        self._list(tuple(known))

    @override
    def told(self, place: int, role: int) -> object:
        side = self._rows[place]
        name = product_and_side(side.product, side.side)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                each = ", ".join(f"{share:.2f}" for share in sorted(shares(side.figures)))
                said = QCoreApplication.translate(
                    "health", "{side}: each reference against the others, 1 is the limit: {values}"
                )
                return said.format(side=name, values=each)
        return None


class ConcernedModel(ReferenceListModel):
    """References of several sides, each told by what tells it from the others."""

    def _name(self, reference: Reference) -> str:
        of_all = [row.reference for row in self._rows]
        if any(each.product != reference.product for each in of_all):
            return product_and_side(reference.product, reference.side)
        if any(each.side != reference.side for each in of_all):
            return side_word(reference.side)
        provenance = reference.provenance
        return provenance.batch or provenance.vouched_by or reference.sha256[:8]

    @override
    def told(self, place: int, role: int) -> object:
        reference = self._rows[place].reference
        name = product_and_side(reference.product, reference.side)
        said = super().told(place, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._name(reference)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{name}\n{said}"
        return said


def shares(figures: SideFigures | None) -> tuple[float, ...]:
    """The peaks of a side's references over its limit, in the order of the references."""
    if figures is None or figures.limit <= 0:
        return ()
    return tuple(peak / figures.limit for peak in figures.peaks)


def _concerned(flaws: Sequence[Flaw], kind: FlawKind) -> tuple[str, ...]:
    return _joined([flaw.references or flaw.beside for flaw in flaws if flaw.kind is kind])


def _joined(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))
