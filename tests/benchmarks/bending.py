"""Measures what laying bent and folded sheets flat is worth: alignment and separability.

Simulated products, three references each. The same photos are judged twice: laid by a homography
with a cubic bow fitted to its pairs ("off"), and as the product does it ("on").
"""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np

from vision import Embedder, sides, simulate
from vision.agreement import small_grey
from vision.align import Fit, fit_plane, transform
from vision.bend import Bent, lay_bent
from vision.evidence.visibility import visibility
from vision.features import LocalFeatures, ReferenceFeatures, local_features
from vision.frames import Frame, fit_bow, lay
from vision.score import limit_of, score
from vision.spread import border_of, compare_layers, judge, least_of
from vision.terms import Photo, Reference

if TYPE_CHECKING:
    from pathlib import Path

    from vision.terms import Map, Mask, Pixels, Points

SURFACES = ("flat", "bent", "folded")
KINDS = (
    simulate.Kind.MOVED,
    simulate.Kind.STRETCHED,
    simulate.Kind.LETTER,
    simulate.Kind.MISSING,
)
_REFERENCES, _GENUINE = 3, 2
_FIRST_SEED = 7_000_000
_SIZE = (800, 600)
_ARTWORK_SIDE = 800
_GEOMETRY_LAYERS = 2
_Laying = Callable[[Photo, Fit, Frame, "Pixels", "Mask"], Bent]


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One simulated photo: what it shows, as it was shot, and its features."""

    kind: str
    shot: simulate.Shot
    local: LocalFeatures

    @property
    def photo(self) -> Photo:
        """The photo, named by its kind."""
        height, width = self.shot.pixels.shape[:2]
        return Photo(self.kind, self.shot.pixels, "", width, height)


@dataclass(frozen=True, slots=True)
class Row:
    """What one photo gave: misalignment in frame pixels, suspicion, whether it passes the limit."""

    product: int
    surface: str
    kind: str
    laying: str
    missed: tuple[float, ...]
    suspicion: float
    alarmed: bool
    seconds: float


def main() -> None:
    """Judge all photos of all products both ways and print one table."""
    options = _options()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    rows: list[Row] = []
    seeds = [_FIRST_SEED + number for number in range(options.products)]
    with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool:
        for number, found in enumerate(pool.map(_product, seeds), 1):
            rows.extend(found)
            sys.stderr.write(f"\r{number} of {len(seeds)} products")
            if options.keep:
                with open(options.keep, "wb") as file:  # noqa: PTH123 - a plain path from the user
                    pickle.dump(rows, file)
    sys.stderr.write("\n")
    _report(rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=24)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", help="pickle of all rows, written after each product")
    return parser.parse_args()


def _camera(surface: str, rng: np.random.Generator) -> simulate.Camera:
    """A camera of ordinary care; a bent sheet sags by 3 to 8 % of its width."""
    width, height = _SIZE
    camera = simulate.sample_camera(rng, width=width, height=height, hardness=0.6)
    sag = float(rng.uniform(0.03, 0.08)) * (1 if rng.random() < 0.5 else -1)
    folds = float(rng.uniform(0.0008, 0.0025))
    if surface == "flat":
        return replace(camera, bend=0.0)
    return replace(
        camera,
        depth=0.0,
        bend=sag if surface == "bent" else 0.0,
        crumple=folds if surface == "folded" else 0.0,
    )


def _photos(seed: int, surface: str, artwork: simulate.Artwork) -> list[Taken]:
    wanted = [("reference", artwork)] * _REFERENCES + [("genuine", artwork)] * _GENUINE
    for number, kind in enumerate(KINDS):
        try:
            altered = simulate.alter(artwork, kind, np.random.default_rng(seed + number))
        except ValueError:  # nothing on this sheet can be altered so
            continue
        wanted.append((kind.value, altered.artwork))
    found = []
    for number, (kind, shown) in enumerate(wanted):
        rng = np.random.default_rng([seed, SURFACES.index(surface), number])
        shot = simulate.photograph(shown.pixels, _camera(surface, rng), rng)
        found.append(Taken(kind, shot, local_features(shot.pixels)))
    return found


def _product(seed: int) -> list[Row]:
    embedder = Embedder(threads=1)
    artwork = simulate.draw(seed, _ARTWORK_SIDE)
    rows = []
    for surface in SURFACES:
        taken = _photos(seed, surface, artwork)
        references = [each for each in taken if each.kind == "reference"]
        suspects = [each for each in taken if each.kind != "reference"]
        for name, laying in (("off", _plainly), ("on", _bent)):
            model = _model(references, embedder, laying)
            own = references[int(model.canonical.id)]
            for each in suspects:
                row = _judged(each, own, model, embedder, laying, artwork.pixels.shape[:2])
                if row is not None:
                    rows.append(replace(row, product=seed, surface=surface, laying=name))
    return rows


def _bent(photo: Photo, fit: Fit, frame: Frame, reference: Pixels, inside: Mask) -> Bent:
    return lay_bent(photo.pixels, photo.scale, fit, frame, reference, inside)


def _plainly(photo: Photo, fit: Fit, frame: Frame, _reference: Pixels, _inside: Mask) -> Bent:
    bow = fit_bow(fit, frame)
    return Bent(lay(photo.pixels, photo.scale, fit.matrix, frame, bow=bow), fit, bow)


def _model(references: list[Taken], embedder: Embedder, laying: _Laying) -> sides.SideModel:
    photos = {str(number): each.photo for number, each in enumerate(references)}
    known = [Reference(name, "product", "front", name, name, None) for name in photos]
    no_vectors = np.zeros((0, 0), np.float32)

    def features_of(reference: Reference) -> ReferenceFeatures:
        each = references[int(reference.id)]
        pixels = each.shot.pixels
        size = (pixels.shape[1], pixels.shape[0])
        return ReferenceFeatures(each.local, size, no_vectors, small_grey(pixels))

    def read(path: Path | str, **_: object) -> Photo:
        return photos[str(path)]

    def laid(
        pixels: Pixels, scale: float, fit: Fit, frame: Frame, reference: Pixels, inside: Mask
    ) -> Bent:
        height, width = pixels.shape[:2]
        photo = Photo("", pixels, "", round(width * scale), round(height * scale))
        return laying(photo, fit, frame, reference, inside)

    with (
        mock.patch.object(sides.pictures, "read", read),
        mock.patch.object(sides, "lay_bent", laid),
    ):
        return sides.build_side(known, features_of, embedder, score=score)


def _judged(
    taken: Taken,
    own: Taken,
    model: sides.SideModel,
    embedder: Embedder,
    laying: _Laying,
    extent: tuple[int, int],
) -> Row | None:
    """Lay and judge one photo; None where it cannot be aligned, either way alike."""
    try:
        fit = fit_plane(taken.local, own.local, min_inliers=6)
    except sides.NotAlignable:
        return None
    begin = time.process_time()
    laid = laying(taken.photo, fit, model.frame, model.placed[0].layer.pixels, model.inside).laid
    seconds = time.process_time() - begin
    layer = sides.make_layer(laid, embedder)
    layers = [each.layer for each in model.placed]
    seen = visibility(layer, layers, model.inside, border=border_of(model.inside))
    maps = [
        compare_layers(layer, each, with_geometry=number < _GEOMETRY_LAYERS)
        for number, each in enumerate(layers)
    ]
    evidence = judge(least_of(maps), seen, model.spread, model.count)
    suspicion, _ = score(evidence)
    missed = _missed(laid.places, model.frame, model.inside, own.shot, taken.shot, extent)
    alarmed = bool((evidence.total > limit_of(model.genuine)).sum() >= 40)
    return Row(0, "", taken.kind, "", tuple(missed.tolist()), suspicion, alarmed, seconds)


def _missed(
    places: Map,
    frame: Frame,
    inside: Mask,
    own: simulate.Shot,
    taken: simulate.Shot,
    extent: tuple[int, int],
) -> Points:
    """How far from the truth a grid of places of the artwork is laid, in frame pixels."""
    height, width = extent
    across, down = np.linspace(0.03, 0.97, 24) * width, np.linspace(0.03, 0.97, 18) * height
    sheet = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    framed = transform(frame.matrix, own.to_photo(sheet))
    true = taken.to_photo(sheet)
    at = np.rint(framed).astype(int)
    kept = ((at >= 1) & (at < (frame.width - 1, frame.height - 1))).all(axis=1)
    kept[kept] = inside[at[kept, 1], at[kept, 0]]
    framed, true, at = framed[kept], true[kept], at[kept]
    shown = places[at[:, 1], at[:, 0]].astype(np.float64)
    right = places[at[:, 1], at[:, 0] + 1] - shown
    below = places[at[:, 1] + 1, at[:, 0]] - shown
    slope = np.stack([right, below], axis=2)
    shown = shown + np.einsum("nij,nj->ni", slope, framed - at)
    size = np.sqrt(np.maximum(np.abs(np.linalg.det(slope)), 1e-9))
    return np.asarray(np.linalg.norm(shown - true, axis=1) / size, np.float64)


def _auroc(genuine: list[float], altered: list[float]) -> float:
    """Probability that an altered photo is more suspicious than a genuine one."""
    if not genuine or not altered:
        return float("nan")
    apart = np.subtract.outer(np.array(altered), np.array(genuine))
    return float((apart > 0).mean() + 0.5 * (apart == 0).mean())


def _report(rows: list[Row]) -> None:
    kinds = [kind.value for kind in KINDS]
    names = "".join(f" {kind:>9}" for kind in kinds)
    head = f"{'surface':8} {'laying':6} {'median':>6} {'p95':>6} {'AUROC':>6}{names}"
    sys.stdout.write(f"{head} {'at 5 %':>7} {'genuine alarmed':>16} {'ms':>5}\n")
    for surface in SURFACES:
        for laying in ("off", "on"):
            some = [row for row in rows if (row.surface, row.laying) == (surface, laying)]
            genuine = [row for row in some if row.kind == "genuine"]
            calm = [row.suspicion for row in genuine]
            by_kind = {k: [r.suspicion for r in some if r.kind == k] for k in kinds}
            every = [value for values in by_kind.values() for value in values]
            missed = np.concatenate([row.missed for row in some])
            found = float(np.mean(np.array(every) > np.quantile(calm, 0.95)))
            sys.stdout.write(
                f"{surface:8} {laying:6} {np.median(missed):6.2f} {np.quantile(missed, 0.95):6.2f}"
                f" {_auroc(calm, every):6.3f}"
                + "".join(f" {_auroc(calm, by_kind[kind]):9.3f}" for kind in kinds)
                + f" {found:7.2f} {np.mean([row.alarmed for row in genuine]):16.2f}"
                f" {1000 * np.median([row.seconds for row in some]):5.0f}\n"
            )


if __name__ == "__main__":
    main()
