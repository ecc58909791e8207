"""Two small plots as SVG text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH: Final = 640
_LABEL: Final = 220
_LINE: Final = 24
_HEIGHT: Final = 180
_BLUE: Final = "#2F6FB7"


def bars(rows: Sequence[tuple[str, int, str]]) -> str:
    """Lying bars: label, count, colour; the counts stand beside them. "" without rows."""
    rows = [row for row in rows if row[1]]
    if not rows:
        return ""
    most = max(count for _, count, _ in rows)
    room = _WIDTH - _LABEL - 70
    parts = []
    for number, (label, count, colour) in enumerate(rows):
        y = number * _LINE
        wide = max(2, round(room * count / most))
        short = label if len(label) <= 32 else label[:31] + "…"
        parts.append(
            f'<text x="{_LABEL - 8}" y="{y + 16}" text-anchor="end">{escape(short)}</text>'
            f'<rect x="{_LABEL}" y="{y + 4}" width="{wide}" height="{_LINE - 8}" fill="{colour}"/>'
            f'<text x="{_LABEL + wide + 6}" y="{y + 16}">{count}</text>'
        )
    return _svg(len(rows) * _LINE, "".join(parts))


def histogram(counts: Mapping[int, int], bins: int, step: float) -> str:
    """Standing bars of `bins` steps from 0 on; the last holds all above. "" without counts."""
    if not counts:
        return ""
    most = max(counts.values())
    wide = _WIDTH / bins
    parts = []
    for place in range(bins):
        count = counts.get(place, 0)
        high = round((_HEIGHT - 40) * count / most)
        x = place * wide
        if count:
            parts.append(
                f'<rect x="{x + 1:.1f}" y="{_HEIGHT - 20 - high}" width="{wide - 2:.1f}" '
                f'height="{max(1, high)}" fill="{_BLUE}"/>'
                f'<text x="{x + wide / 2:.1f}" y="{_HEIGHT - 24 - high}" '
                f'text-anchor="middle">{count}</text>'
            )
        if place % 5 == 0 or place == bins - 1:
            more = "≥ " if place == bins - 1 else ""
            parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 4}">{more}{place * step:.1f}</text>')
    return _svg(_HEIGHT, "".join(parts))


def _svg(height: int, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}">{inside}</svg>'
    )
