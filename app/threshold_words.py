"""What is said of a threshold that a trainer has set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from vision import LimitBasis

if TYPE_CHECKING:
    from vision import Comparison, CountedShare

_SET: Final[dict[LimitBasis, object]] = {
    LimitBasis.SIDE: QT_TRANSLATE_NOOP(
        "thresholds",
        "Judged by a threshold of {limit} that a trainer set for this side; the strongest evidence "
        "was {peak}.",
    ),
    LimitBasis.GALLERY: QT_TRANSLATE_NOOP(
        "thresholds",
        "Judged by a threshold of {limit}, after a margin that a trainer set for the whole "
        "gallery; the strongest evidence was {peak}.",
    ),
}
_BASES: Final[dict[LimitBasis, object]] = {
    LimitBasis.PROMISE: QT_TRANSLATE_NOOP("thresholds", "promised rate"),
    LimitBasis.GALLERY: QT_TRANSLATE_NOOP("thresholds", "set for the whole gallery"),
    LimitBasis.SIDE: QT_TRANSLATE_NOOP("thresholds", "set for this side"),
}


def threshold_sentence(comparison: Comparison | None) -> str:
    """By which threshold a photo was judged; "" where nobody set one."""
    if comparison is None or comparison.limit_basis not in _SET:
        return ""
    said = QCoreApplication.translate("thresholds", str(_SET[comparison.limit_basis]))
    return said.format(limit=value_words(comparison.limit), peak=value_words(comparison.peak))


def basis_words(basis: LimitBasis) -> str:
    """Whom a limit comes from."""
    return QCoreApplication.translate("thresholds", str(_BASES[basis]))


def value_words(value: float) -> str:
    """A threshold or a raw value, as precise as it can be set."""
    return f"{value:.4f}"


def share_words(share: CountedShare) -> str:
    """A count with its interval; that nothing is known where there is nothing to count."""
    if not share.total:
        return QCoreApplication.translate("thresholds", "none known")
    said = QCoreApplication.translate("thresholds", "{count} of {total} (95 %: {low} to {high} %)")
    low, high = f"{100 * share.low:.1f}", f"{100 * share.high:.1f}"
    return said.format(count=share.count, total=share.total, low=low, high=high)


def few_words(total: int) -> str:
    """The warning that numbers are too few."""
    said = QCoreApplication.translate(
        "thresholds",
        "Few numbers: {total} comparisons. With fewer than 36, even no false alarm at all cannot "
        "show that at most 10 % of genuine photos are alarmed.",
    )
    return said.format(total=total)
