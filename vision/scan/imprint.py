"""A photo -> its imprint: a small grey picture of it, kept to know the photo again.

The photo that was saved again, reduced or cut at the rim has nearly the same imprint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vision.agreement import small_grey
from vision.features import ReferenceFeatures, local_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vision.terms import Pixels

_SIDE = 256  # pixels of its longer side
_QUALITY = 85  # of its JPEG: some ten kilobytes, and no trace of it in the figures
_COARSE = 32  # pixels to which it is reduced for its signature
_WAVES = 8  # lowest frequencies each way that make the signature
_LIMIT = 400  # features
_NO_VECTORS = np.zeros((0, 0), np.float32)


def imprint_of(pixels: Pixels) -> bytes:
    """Make the imprint of a picture (h, w, 3) uint8 RGB: a grey JPEG of at most 256 pixels."""
    done, data = cv2.imencode(
        ".jpg", small_grey(pixels, _SIDE), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
    )
    return data.tobytes() if done else b""


def grey_of(imprint: bytes) -> NDArray[np.uint8]:
    """The picture (h, w) uint8 that an imprint holds; (0, 0) where it holds none."""
    if not imprint:
        return np.zeros((0, 0), np.uint8)
    found = cv2.imdecode(np.frombuffer(imprint, np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.zeros((0, 0), np.uint8) if found is None else np.asarray(found, np.uint8)


def signatures(grey: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Four numbers (4,), of the picture (h, w) and its quarter turns; near copies share most bits.

    Source: Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions, 2010.
    """
    size = (_COARSE, _COARSE)
    coarse = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.array([_signature(np.rot90(coarse, turn)) for turn in range(4)], np.uint64)


def features_of(grey: NDArray[np.uint8]) -> ReferenceFeatures:
    """What two imprints (h, w) are compared by, as references of a gallery are."""
    pixels = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)
    size = (grey.shape[1], grey.shape[0])
    return ReferenceFeatures(local_features(pixels, limit=_LIMIT), size, _NO_VECTORS, grey)


def _signature(coarse: NDArray[np.float32]) -> int:
    waves = cv2.dct(np.ascontiguousarray(coarse))[:_WAVES, :_WAVES].ravel()
    bits = waves > np.median(waves[1:])
    bits[0] = False  # how bright it is tells nothing
    return int.from_bytes(np.packbits(bits).tobytes(), "big")
