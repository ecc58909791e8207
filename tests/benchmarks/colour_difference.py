"""Measures how well the colour channel tells shifted hues from light, on simulated photographs.

Invented products are photographed as references, as genuine items and with the hue of one part
turned by 25 to 70 degrees, each by another photographer in other light; nothing opaque lies on
the print unless `--covered` is given, and every photo is laid on the frame by its true geometry,
so that nothing but colour is measured. `--keep FILE` stores the laid photos, so that two versions
of the channel can be measured on the same ones.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vision import simulate
from vision.evidence import colour
from vision.evidence.layer import Layer, layer_of
from vision.evidence.visibility import JUDGED, visibility
from vision.frames import frame_for, lay
from vision.simulate import Kind
from vision.spread import LIMITS, border_of
from vision.terms import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vision.simulate import Artwork
    from vision.terms import Map, Mask

_ARTWORK_SIDE, _PHOTO = 900, (800, 600)
_REFERENCES, _QUERIES = 4, 3
_TAIL = 0.005
_FIRST_SEED = 5000  # of products that nothing else here uses


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """One photo on the frame; `planted` (h, w) True where its print was altered."""

    product: int
    role: str  # reference, genuine, altered
    pixels: np.ndarray
    seen: Mask
    planted: Mask


def main() -> None:
    """Photograph, compare and print the figures."""
    options = _options()
    photos = list(_kept(options)) if options.keep else list(_photograph(options))
    results = [_judged(photos, product) for product in range(options.products)]
    _report([one for each in results for one in each])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=20)
    parser.add_argument("--hardness", type=float, default=1.0, help="0 careful to 2 careless")
    parser.add_argument("--covered", action="store_true", help="with fingers, cables and lamps")
    parser.add_argument("--keep", type=Path, help="store the laid photos here, or take them")
    return parser.parse_args()


def _kept(options: argparse.Namespace) -> Iterator[_Laid]:
    if not options.keep.exists():
        photos = list(_photograph(options))
        np.savez_compressed(
            options.keep,
            **{
                f"{i}_{p.product}_{p.role}_{name}": getattr(p, name)
                for i, p in enumerate(photos)
                for name in ("pixels", "seen", "planted")
            },
        )
    with np.load(options.keep) as stored:
        heads = list(dict.fromkeys(key.rsplit("_", 1)[0] for key in stored))
        for head in heads:
            _, product, role = head.split("_")
            yield _Laid(
                int(product),
                role,
                *(stored[f"{head}_{name}"] for name in ("pixels", "seen", "planted")),
            )


def _photograph(options: argparse.Namespace) -> Iterator[_Laid]:
    for product in range(options.products):
        artwork = simulate.draw(_FIRST_SEED + product, _ARTWORK_SIDE)
        rng = np.random.default_rng([_FIRST_SEED, product])
        for _ in range(_REFERENCES):
            yield _taken(product, "reference", artwork, None, rng, options, 0.4)
        for _ in range(_QUERIES):
            yield _taken(product, "genuine", artwork, None, rng, options)
            altered = simulate.alter(artwork, Kind.HUE, rng)
            yield _taken(product, "altered", altered.artwork, altered.mask, rng, options)
        sys.stderr.write(f"{product + 1} of {options.products} products photographed\n")


def _taken(
    product: int,
    role: str,
    artwork: Artwork,
    mask: Mask | None,
    rng: np.random.Generator,
    options: argparse.Namespace,
    hardness: float | None = None,
) -> _Laid:
    height, width = artwork.pixels.shape[:2]
    size = _PHOTO if width >= height else _PHOTO[::-1]
    hardness = options.hardness if hardness is None else hardness
    camera = simulate.sample_camera(rng, width=size[0], height=size[1], hardness=hardness)
    if not options.covered:
        clear = replace(camera.optics, sleeve=0.0, hard_glare=0, fingers=0, cables=0)
        camera = replace(camera, optics=clear)
    shot = simulate.photograph(artwork.pixels, camera, rng)
    corners = ((0.0, 0.0), (width - 1.0, 0.0), (width - 1.0, height - 1.0), (0.0, height - 1.0))
    frame = frame_for(corners, (width, height))
    laid = lay(shot.pixels, 1.0, np.linalg.inv(shot.matrix), frame)
    nowhere = np.zeros((height, width), bool)
    planted = lay(
        np.repeat(
            ((nowhere if mask is None else mask) * 255).astype(np.uint8)[..., None], 3, axis=2
        ),
        1.0,
        np.eye(3),
        frame,
    )
    return _Laid(product, role, laid.pixels, laid.seen, planted.pixels[..., 0] > 127)


def _judged(photos: Sequence[_Laid], product: int) -> list[tuple[str, float, bool]]:
    """Return (role, score, whether the peak lies where the print was altered) of each query."""
    own = [photo for photo in photos if photo.product == product]
    layers = {id(photo): layer_of(photo.pixels, photo.seen, None) for photo in own}
    references = [layers[id(photo)] for photo in own if photo.role == "reference"]
    inside = np.zeros(references[0].seen.shape, bool)
    inside[3:-3, 3:-3] = True
    spread = _spread(references)
    found = []
    for photo in own:
        if photo.role == "reference":
            continue
        layer = layers[id(photo)]
        seen = visibility(layer, references, inside, border=border_of(inside)) > JUDGED
        over = np.where(seen, _least(layer, references) / _allowed(spread, len(references)), 0.0)
        peak = np.unravel_index(over.argmax(), over.shape)
        tail = np.sort(over[seen])[-max(1, round(_TAIL * int(seen.sum()))) :]
        found.append((photo.role, float(tail.mean()), bool(photo.planted[peak])))
    return found


def _least(layer: Layer, references: Sequence[Layer]) -> Map:
    maps = [colour.difference(layer, reference) for reference in references]
    return np.asarray(np.where((least := np.minimum.reduce(maps)) < 49, least, 0.0), np.float32)


def _spread(references: Sequence[Layer]) -> Map:
    return np.maximum.reduce(
        [_least(one, [two for two in references if two is not one]) for one in references]
    )


def _allowed(spread: Map, count: int) -> Map:
    limit = LIMITS[Channel.COLOUR]
    drawn = (spread * count + 2.0 * limit.usual) / (count + 2.0)
    return np.maximum(limit.least, limit.factor * drawn)


def _report(results: Sequence[tuple[str, float, bool]]) -> None:
    genuine = np.array([score for role, score, _ in results if role == "genuine"])
    altered = np.array([score for role, score, _ in results if role == "altered"])
    hits = np.array([hit for role, _, hit in results if role == "altered"])
    wins = (altered[:, None] > genuine).mean() + 0.5 * (altered[:, None] == genuine).mean()
    strict = np.quantile(genuine, 0.95)
    sys.stdout.write(
        f"{len(altered)} photos with a turned hue, {len(genuine)} genuine: AUROC {wins:.3f}, "
        f"found at 5 % false alarms {(altered > strict).mean():.0%}, peak in the right place "
        f"{hits.mean():.0%}; score of genuine photos: median {np.median(genuine):.2f}, "
        f"95 % {strict:.2f}\n"
    )


if __name__ == "__main__":
    main()
