"""Small pictures whose truth is known, and the objects that the tests of vision make of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from vision import pictures
from vision.agreement import small_grey
from vision.evidence.layer import layer_of, prepare
from vision.features import ReferenceFeatures, local_features
from vision.frames import Frame, Laid
from vision.spread import ChannelMaps
from vision.terms import Photo, Reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vision.evidence.layer import Layer
    from vision.terms import Box, Map, Mask, Matrix, Pixels, Points, Vertices


def artwork(seed: int, width: int = 640, height: int = 480) -> Pixels:
    """Print that no other seed has: strokes and discs, (height, width, 3)."""
    rng = np.random.default_rng(seed)
    image = np.full((height, width, 3), rng.integers(170, 230, 3), np.uint8)
    for _ in range(110 * width * height // (640 * 480)):
        start, end = (tuple(int(v) for v in rng.integers(0, (width, height))) for _ in range(2))
        end = tuple(
            (np.array(start) + (np.array(end) - start) * 200 // max(width, height)).tolist()
        )
        ink = tuple(int(v) for v in rng.integers(10, 200, 3))
        cv2.line(image, start, end, ink, int(rng.integers(1, 6)), cv2.LINE_AA)
        cv2.circle(image, end, int(rng.integers(3, 14)), ink, -1, cv2.LINE_AA)
    return image


def texture(seed: int, width: int, height: int, *, grain: float = 3.0) -> Pixels:
    """Soft grey blobs about twice `grain` pixels wide that fill the picture, (height, width, 3)."""
    noise = np.random.default_rng(seed).normal(0, 1, (height, width)).astype(np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), grain)
    grey = np.clip(128 + 45 * soft / soft.std(), 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def plain(grey: int | tuple[int, int, int], width: int = 160, height: int = 120) -> Pixels:
    """One colour, (height, width, 3)."""
    return np.full((height, width, 3), grey, np.uint8)


def tilted(width: int, height: int, seed: int, most: float = 14.0) -> Matrix:
    """A perspective that moves each corner by at most `most` pixels in x and in y."""
    corners = corners_of(width, height).astype(np.float32)
    moved = corners + np.random.default_rng(seed).uniform(-most, most, (4, 2)).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, moved), np.float64)


def seen_through(
    pixels: Pixels, matrix: Matrix, size: tuple[int, int] | None = None, *, noise: float = 0.0
) -> Pixels:
    """Photograph `pixels` by the homography `matrix` (print to photo), on a plain table."""
    size = size or (pixels.shape[1], pixels.shape[0])
    photo = cv2.warpPerspective(pixels, matrix, size, borderValue=(96, 96, 96))
    if noise:
        wobble = np.random.default_rng(3).normal(0, noise, photo.shape)
        photo = np.clip(photo + wobble, 0, 255).astype(np.uint8)
    return np.asarray(photo, np.uint8)


def corners_of(width: int, height: int) -> Points:
    """The outer corners of a picture, (4, 2)."""
    return np.array(
        [(-0.5, -0.5), (width - 0.5, -0.5), (width - 0.5, height - 0.5), (-0.5, height - 0.5)]
    )


def shift(across: float, down: float) -> Matrix:
    return np.array([[1.0, 0.0, across], [0.0, 1.0, down], [0.0, 0.0, 1.0]])


def scene(*parts: tuple[Pixels, Box], size: tuple[int, int] = (800, 600), seed: int = 50) -> Pixels:
    """Prints that lie in boxes, also across the edge, on a mottled table of (width, height)."""
    width, height = size
    picture = (texture(seed, width, height) * 0.5 + 70).astype(np.uint8)
    for printed_on, (x0, y0, x1, y1) in parts:
        sized = cv2.resize(printed_on, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA)
        left, top, right, bottom = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
        picture[top:bottom, left:right] = sized[top - y0 : bottom - y0, left - x0 : right - x0]
    wobble = np.random.default_rng(seed).normal(0, 2, picture.shape)
    return np.clip(picture + wobble, 0, 255).astype(np.uint8)


def photo_of(pixels: Pixels, *, full_width: int | None = None) -> Photo:
    """A photo; `full_width` where it stands for one decoded at a reduced scale."""
    height, width = pixels.shape[:2]
    factor = (full_width or width) / width
    sha256 = hashlib.sha256(pixels.tobytes()).hexdigest()
    return Photo("photo.png", pixels, sha256, round(width * factor), round(height * factor))


def saved(pixels: Pixels, path: Path) -> Path:
    """Write a picture in the format of its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    done, data = cv2.imencode(path.suffix, cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    assert done
    path.write_bytes(data.tobytes())
    return path


def saved_turned(pixels: Pixels, path: Path, orientation: int) -> Path:
    """Write a JPEG whose stored pixels are turned and whose tag turns them back."""
    back = {
        1: lambda p: p,
        2: np.fliplr,
        3: lambda p: np.rot90(p, 2),
        4: np.flipud,
        5: lambda p: np.rot90(np.fliplr(p), 1),
        6: lambda p: np.rot90(p, 1),
        7: lambda p: np.rot90(np.fliplr(p), 3),
        8: lambda p: np.rot90(p, 3),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(np.ascontiguousarray(back(pixels)))
    image.save(path, "JPEG", quality=95, exif=exif)
    return path


def reference_of(
    path: Path, product: str = "tea", side: str = "front", *, outline: Vertices | None = None
) -> Reference:
    """A reference to a file, called by its name; one that is gone has no hash."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    return Reference(f"{product}/{side}/{path.name}", product, side, sha256, str(path), outline)


def saved_side(
    folder: Path, pictures: Sequence[Pixels], product: str = "tea", side: str = "front"
) -> list[Reference]:
    """Write pictures and make references of them."""
    return [
        reference_of(saved(each, folder / f"{product}-{side}-{number}.png"), product, side)
        for number, each in enumerate(pictures)
    ]


def features_of(reference: Reference) -> ReferenceFeatures:
    """What a gallery without a network knows of a reference."""
    photo = pictures.read(reference.path)
    local = local_features(photo.pixels)
    none = np.zeros((0, 0), np.float32)
    return ReferenceFeatures(local, (photo.width, photo.height), none, small_grey(photo.pixels))


def box_of(polygon: Vertices | Points) -> tuple[float, float, float, float]:
    """The bounds of a polygon: smallest x and y, largest x and y."""
    points = np.array(polygon, np.float64)
    return (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())


def centre_of(polygon: Vertices | Points) -> tuple[float, float]:
    """The middle of the bounds of a polygon."""
    x0, y0, x1, y1 = box_of(polygon)
    return (x0 + x1) / 2, (y0 + y1) / 2


def holds(box: Box | Sequence[float], x: float, y: float) -> bool:
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])


def mask_of(box: Box, shape: tuple[int, int]) -> Mask:
    """True within a box, (h, w)."""
    mask = np.zeros(shape, bool)
    mask[box[1] : box[3], box[0] : box[2]] = True
    return mask


def layer(pixels: Pixels, *, seen: Mask | None = None, fine: Map | None = None) -> Layer:
    """A layer of a frame as large as the picture; all of it is seen unless told otherwise."""
    return layer_of(pixels, np.ones(pixels.shape[:2], bool) if seen is None else seen, fine)


class CellNetwork:
    """Stands in for the network: grey values of cells of four by four, and mean colours.

    Quick, the same on every computer, and easy to foresee: prints differ in it where they differ.
    """

    version = "sha256:cells"
    differ = None

    def __init__(self) -> None:
        self.asked = 0

    def fine(self, pixels: Pixels) -> Map:
        self.asked += 1
        height, width = (length // 4 for length in pixels.shape[:2])
        grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)[: 4 * height, : 4 * width]
        cells = grey.astype(np.float32).reshape(height, 4, width, 4)
        return np.ascontiguousarray(cells.transpose(1, 3, 0, 2).reshape(16, height, width))

    def embed(self, crops: Sequence[Pixels]) -> Map:
        self.asked += len(crops)
        means = np.array([crop.reshape(-1, 3).mean(axis=0) - 128 for crop in crops], np.float32)
        return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-6)


def printed(pixels: Pixels, *, seen: Mask | None = None) -> Layer:
    """A layer with the fine features of CellNetwork."""
    everything = np.ones(pixels.shape[:2], bool)
    nowhere = np.zeros((*pixels.shape[:2], 2), np.float32)
    laid = Laid(pixels, everything if seen is None else seen, nowhere)
    return prepare(laid, CellNetwork().fine(pixels))


def frame_of(width: int, height: int, *, scale: float = 1.0) -> Frame:
    """A frame over the whole of a reference, `scale` reference pixels to one of the frame."""
    half = 0.5 / scale - 0.5
    matrix = np.array([[1 / scale, 0.0, half], [0.0, 1 / scale, half], [0.0, 0.0, 1.0]])
    outline = tuple((float(x), float(y)) for x, y in corners_of(width, height) * scale)
    return Frame(matrix, width, height, outline)


def channel_maps(
    shape: tuple[int, int],
    *,
    structure: float = 0.0,
    features: float = 0.0,
    colour: float = 0.0,
    geometry: float = 0.0,
) -> ChannelMaps:
    """Maps of one value a channel."""
    values = (structure, features, colour, geometry)
    return ChannelMaps(*(np.full(shape, value, np.float32) for value in values))
