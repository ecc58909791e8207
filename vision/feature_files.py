"""The features of references, computed, and in files: a cache; a damaged file counts as absent."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from vision.agreement import small_grey
from vision.crops import middle_crops
from vision.features import LocalFeatures, ReferenceFeatures, local_features

if TYPE_CHECKING:
    from vision.embedding import Embedder
    from vision.terms import Photo


def computed(photo: Photo, embedder: Embedder | None) -> ReferenceFeatures:
    """Return the features of a reference's picture; without a network no embeddings."""
    local = local_features(photo.pixels, full_width=photo.width)
    vectors = np.zeros((0, 0), np.float32)
    if embedder is not None:
        vectors = embedder.embed(middle_crops(photo.pixels))
    return ReferenceFeatures(local, (photo.width, photo.height), vectors, small_grey(photo.pixels))


def keep(path: Path, found: ReferenceFeatures) -> None:
    """Write a cache file whole or not at all; a cache that cannot be written is no harm."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                points=found.local.points.astype(np.float32),
                descriptors=found.local.descriptors,
                scale=np.float64(found.local.scale),
                size=np.array(found.size),
                vectors=found.vectors,
                small=found.small,
            )
        Path(name).replace(path)
    except OSError:
        return


def restore(path: Path) -> ReferenceFeatures | None:
    """Read a cache file; None when it is damaged, so that it is made anew."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            local = LocalFeatures(
                stored["points"].astype(np.float64),
                stored["descriptors"],
                float(stored["scale"]),
            )
            size = (int(stored["size"][0]), int(stored["size"][1]))
            return ReferenceFeatures(local, size, stored["vectors"], stored["small"])
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile):
        return None
