"""What people use today to compare a photo with genuine ones, on pictures that lie aligned.

Each method gets the same pixels: a photo and its references on one frame, where what lies outside
the product or the photo is the first reference's own, so that nobody alarms there. Of several
references the least different counts, place by place or as a whole, as it does in Touchstone.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import warnings
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image
from skimage.metrics import structural_similarity

from vision import weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vision import Map, Mask, Pixels
    from vision.compare import LaidPair

SMOOTH = 3.0  # frame pixels, as Touchstone smooths its own evidence
TAIL = 0.005  # share of places whose mean is the score of a photo, as in Touchstone
APART = 24  # frame pixels between two peaks

_SSIM: Any = structural_similarity  # it has no types


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """Larger `score` means more different; `map` (h, w) says where, None if the method cannot."""

    score: float
    map: Map | None


class Method(ABC):
    """Learns the references of one side, then judges photos of it; `needs` are its packages."""

    name: str
    needs: tuple[str, ...] = ()

    @classmethod
    def is_installed(cls) -> bool:
        """Tell whether its packages are there."""
        return all(importlib.util.find_spec(package) is not None for package in cls.needs)

    @abstractmethod
    def learn(self, references: Sequence[Pixels]) -> None:
        """Take the references of a side, (h, w, 3) each."""

    @abstractmethod
    def judge(self, photo: Pixels, inside: Mask) -> Said:
        """Judge a photo (h, w, 3) of it, where `inside` (h, w) is the product's own area."""


class _PlaceByPlace(Method):
    """Differences to each reference, of which the least counts at each place."""

    def learn(self, references: Sequence[Pixels]) -> None:
        """Keep them."""
        self._references = references

    def judge(self, photo: Pixels, inside: Mask) -> Said:
        """Smooth the least difference; score its strongest half percent."""
        least = np.minimum.reduce([self.difference(photo, each) for each in self._references])
        smooth = cv2.GaussianBlur(least.astype(np.float32), (0, 0), SMOOTH)
        return Said(strongest(smooth, inside), np.asarray(smooth, np.float32))

    @abstractmethod
    def difference(self, photo: Pixels, reference: Pixels) -> Map:
        """Return (h, w), larger where they differ more."""


class StructuralSimilarity(_PlaceByPlace):
    """1 - SSIM of the grey pictures, with the window of the paper.

    Source: Wang, Bovik, Sheikh and Simoncelli, Image quality assessment, TIP 2004.
    """

    name = "SSIM (scikit-image)"
    needs = ("skimage",)

    def difference(self, photo: Pixels, reference: Pixels) -> Map:
        """Return 1 - SSIM at each place."""
        one, two = (cv2.cvtColor(each, cv2.COLOR_RGB2GRAY) for each in (photo, reference))
        _, likeness = _SSIM(
            one,
            two,
            data_range=255,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
            full=True,
        )
        return np.asarray(1.0 - likeness, np.float32)


class PixelDifference(_PlaceByPlace):
    """The absolute difference of the pixels, averaged over red, green and blue."""

    name = "pixel difference"

    def difference(self, photo: Pixels, reference: Pixels) -> Map:
        """Return the difference in grey levels."""
        return np.asarray(cv2.absdiff(photo, reference).mean(axis=2), np.float32)


class PerceptualHash(Method):
    """The number of bits by which the perceptual hash of the whole crop differs; it says no where.

    The package leaves the hash as it is used most: 64 bits.
    """

    name = "perceptual hash (imagehash)"
    needs = ("imagehash",)

    def learn(self, references: Sequence[Pixels]) -> None:
        """Hash them."""
        self._known = [self._hash(each) for each in references]

    def judge(self, photo: Pixels, inside: Mask) -> Said:
        """Count bits to the nearest reference."""
        own = self._hash(photo)
        return Said(float(min(own - each for each in self._known)), None)

    @staticmethod
    def _hash(pixels: Pixels) -> Any:
        return importlib.import_module("imagehash").phash(Image.fromarray(pixels))


class PatchCore(Method):
    """PatchCore as anomalib has it, over our backbone and its weights; nothing is downloaded.

    Its settings are anomalib's own: the maps of strides 8 and 16, a core set of a tenth of the
    patches, 9 neighbours. Only the size differs: the frame as it is, not 256 x 256.

    Source: Roth et al., Towards total recall in industrial anomaly detection, CVPR 2022.
    """

    name = "PatchCore (anomalib)"
    needs = ("anomalib",)
    _layers = ("blocks.2", "blocks.4")
    _neighbours, _core_share = 9, 0.1

    def __init__(self) -> None:
        self._entry = weights.find(None)
        self._state: dict[str, Any] | None = None

    def learn(self, references: Sequence[Pixels]) -> None:
        """Fill a memory of patches from the references."""
        torch = importlib.import_module("torch")
        torch.manual_seed(0)  # the core set begins anywhere
        self._model = self._fresh()
        self._model.train()
        for each in references:
            self._model(self._tensor(each))
        with _quiet():
            self._model.subsample_embedding(self._core_share)
        self._model.eval()

    def judge(self, photo: Pixels, inside: Mask) -> Said:
        """Ask for the score of the photo and its map."""
        torch = importlib.import_module("torch")
        with torch.inference_mode():
            answer = self._model(self._tensor(photo))
        places = answer.anomaly_map[0, 0].numpy()
        return Said(float(answer.pred_score.item()), np.asarray(places, np.float32))

    def _fresh(self) -> Any:
        with _quiet():
            module = importlib.import_module("anomalib.models.image.patchcore.torch_model")
        model = module.PatchcoreModel(
            layers=self._layers,
            backbone=self._entry.architecture,
            pre_trained=False,
            num_neighbors=self._neighbours,
        )
        network = model.feature_extractor.feature_extractor
        if self._state is None:
            self._state = weights.load(self._entry).state_dict()
        network.load_state_dict({name: self._state[name] for name in network.state_dict()})
        return model

    def _tensor(self, pixels: Pixels) -> Any:
        torch = importlib.import_module("torch")
        mean, std = (np.array(each, np.float32) for each in (self._entry.mean, self._entry.std))
        scaled = (pixels.astype(np.float32) / 255.0 - mean) / std
        return torch.from_numpy(np.ascontiguousarray(scaled.transpose(2, 0, 1))[None])


METHODS: tuple[type[Method], ...] = (
    StructuralSimilarity,
    PixelDifference,
    PerceptualHash,
    PatchCore,
)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Leave out what anomalib says of old names (its own, timm's) and its bar of 1,500 steps."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield


def strongest(values: Map, inside: Mask) -> float:
    """Return the mean of the strongest half percent of the places inside."""
    ordered = np.sort(values[inside])
    if not len(ordered):
        return 0.0
    return float(ordered[-max(1, round(TAIL * len(ordered))) :].mean())


def peaks(values: Map, inside: Mask, *, count: int = 3) -> list[tuple[int, int]]:
    """Return the (x, y) of the highest places inside, none within APART pixels of a higher one."""
    left = np.where(inside, values, -np.inf).astype(np.float64)
    found: list[tuple[int, int]] = []
    while len(found) < count:
        y, x = (int(v) for v in np.unravel_index(int(left.argmax()), left.shape))
        if not np.isfinite(left[y, x]):
            break
        found.append((x, y))
        rows, columns = np.ogrid[: left.shape[0], : left.shape[1]]
        left[(rows - y) ** 2 + (columns - x) ** 2 <= APART**2] = -np.inf
    return found


def covered(pair: LaidPair) -> tuple[Pixels, list[Pixels], Mask]:
    """Return the photo, its references and where they are compared.

    What lies elsewhere shows the first reference in all of them.
    """
    first = pair.references[0].pixels
    compared = np.asarray(pair.inside & pair.photo.seen, bool)
    photo = _over(first, pair.photo.pixels, compared)
    known = [_over(first, each.pixels, pair.inside & each.seen) for each in pair.references]
    return photo, known, compared


def _over(ground: Pixels, pixels: Pixels, where: Mask) -> Pixels:
    return np.asarray(np.where(where[..., None], pixels, ground), np.uint8)
