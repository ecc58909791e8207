"""Manifest with ground truth -> figures: over all, by set, by product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vision.embedding import Embedder
from vision.figures import Figures, figures_by, figures_of
from vision.judging import judge

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures of a manifest; `versions` holds the hashes of model, gallery and thresholds."""

    overall: Figures
    sets: dict[str, Figures]
    products: dict[str, Figures]
    versions: dict[str, str]


def evaluate(
    manifest: Path,
    *,
    cache: Path,
    progress: Callable[[str, int, int], None],
    workers: int = 1,
    propose_zones: bool = False,
) -> Evaluation:
    """Judge the queries of a manifest by its references, each set in a gallery of its own.

    Args:
        manifest: CSV with the columns `file`, `role`, `product_id`, `label` and perhaps `set`,
            `region`, `notes`; files are relative to it.
        cache: folder for what is computed of the references; it may be deleted at any time.
        progress: called after each photo with (stage, done, all of this stage).
        workers: how many photos are judged at once, each in a process of its own; the figures are
            the same for any number, except the seconds, which then are those of a busy machine.
        propose_zones: give each side the variable zones that its references propose; without it no
            side has zones.

    Returns:
        The figures. A photo that fails is counted among the outcomes and does not stop the rest.

    Raises:
        TruthUnreadable: the manifest cannot be used at all.
        WeightsError: the network cannot be used.
        ValueError: `workers` is less than 1.
    """
    judged = judge(
        manifest,
        cache=cache,
        progress=progress,
        embedder=Embedder(cache=cache),
        workers=workers,
        propose_zones=propose_zones,
    )
    return Evaluation(
        overall=figures_of(judged.records),
        sets=figures_by(judged.records, lambda record: record.set),
        products=figures_by(judged.records, lambda record: record.product),
        versions=judged.versions,
    )
