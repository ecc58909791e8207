"""What the references of a side show against each other, without the pictures behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SideFigures:
    """The figures of one side; the three tuples go together.

    `references` are ids; `genuine` their (suspicion, similarity) and `peaks` their strongest
    evidence, each judged by the others. `limit` is the evidence from which on a place of a photo
    differs, 0 where nobody has asked yet.
    """

    product: str
    side: str
    references: tuple[str, ...]
    genuine: tuple[tuple[float, float], ...]
    peaks: tuple[float, ...]
    limit: float = 0.0

    @property
    def count(self) -> int:
        """How many references stand behind it."""
        return len(self.references)
