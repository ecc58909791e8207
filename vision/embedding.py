"""What a network sees: one vector for a crop, and fine feature maps for a whole picture."""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from vision import difference, networks, weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from vision.terms import Pixels

Backend = Literal["auto", "openvino", "torch"]

_PADDED_TO = 32
_BATCH = 16


class Embedder:
    """One network, loaded at first use; calls from several threads wait for one another.

    Args:
        backend: "auto" takes OpenVINO where it can be imported, and torch elsewhere. The two agree
            within 0.0001 of a map's largest value, and within 0.00001 in each number of a vector.
        name: entry of the manifest; None: its default.
        cache: folder where the converted network is kept; a later start is then quick and needs
            no torch. Everything in it may be deleted at any time.
        threads: at most so many; None: as many as the backend likes.
        precision: "bf16" is faster where the processor has it, but wrong by 1 to 5 % of a value,
            so that measures would depend on the computer; for OpenVINO only.
        folder: where `weights.register` wrote the entries of staff's own files.

    Raises:
        ValueError: the backend is not known, or OpenVINO was asked for and is not installed.
        WeightsMissing: no entry has this name, or the learned head is listed but not there. A
            missing network shows at first use.
    """

    def __init__(
        self,
        backend: Backend = "auto",
        name: str | None = None,
        *,
        cache: Path | None = None,
        threads: int | None = None,
        precision: networks.Precision = "f32",
        folder: Path | None = None,
    ) -> None:
        self.model = weights.find(name, folder=folder)
        self._asked = backend
        self.backend = _chosen(backend)
        self._cache = cache
        self._threads = threads
        self._precision = precision
        self._runners: dict[networks.Graph, networks.Runner] = {}
        self._lock = threading.Lock()
        self.differ = difference.find(
            self.model, backend=self.backend, cache=cache, threads=threads
        )

    @property
    def version(self) -> str:
        """“sha256:” and a hash of the weights, of both networks where there is a learned head."""
        if self.differ is None:
            return f"sha256:{self.model.sha256}"
        both = f"{self.model.sha256} {self.differ.sha256}"
        return "sha256:" + hashlib.sha256(both.encode()).hexdigest()

    @property
    def strides(self) -> tuple[int, ...]:
        """Pixels between two cells of each map of `pyramid`: (2, 4, 8, 16) for the default."""
        return self.model.strides

    def warm(self) -> None:
        """Load the graphs of search and comparison now, so that the first photo need not wait.

        Raises:
            WeightsError: the file is missing or is not the one of the manifest.
        """
        with self._lock:
            self._runner("descriptor")
            self._runner("fine")
        if self.differ is not None:
            self.differ.warm()

    def embed(self, crops: Sequence[Pixels]) -> NDArray[np.float32]:
        """One vector for each crop; the dot product of two is their similarity, 1 for equal crops.

        Args:
            crops: pictures or parts of them, (H, W, 3) uint8, of any size and shape: each is
                resized to the network's square, as its sides are not kept in proportion.

        Returns:
            (N, D) float32, each row of length 1; (0, 0) without crops.

        Raises:
            ValueError: a crop is not uint8 (H, W, 3), or is empty.
            WeightsError: the file is missing or is not the one of the manifest.

        Source: pooling by generalised mean, Radenovic, Tolias and Chum, Fine-tuning CNN Image
        Retrieval with No Human Annotation, TPAMI 2018.
        """
        if not len(crops):
            return np.zeros((0, 0), np.float32)
        squares = np.stack([_square(crop, self.model.input_size) for crop in crops])
        with self._lock:
            runner = self._runner("descriptor")
            parts = [runner(squares[i : i + _BATCH])[0] for i in range(0, len(squares), _BATCH)]
        return np.concatenate(parts)

    def pyramid(self, pixels: Pixels) -> tuple[NDArray[np.float32], ...]:
        """Feature maps of one picture at its own size, the finest first.

        A cell (row i, column j) of a map of stride s stands for the pixels from (s·i, s·j) on. The
        picture is continued by reflection to multiples of 32 (or of the stride); cells that lie
        wholly outside are cut off. Memory grows with the size: about 0.5 GB for 1280 x 960.

        Args:
            pixels: (H, W, 3) uint8.

        Returns:
            One (C, ceil(H / s), ceil(W / s)) float32 for each s of `strides`.

        Raises:
            ValueError: not uint8 (H, W, 3), or empty.
            WeightsError: the file is missing or is not the one of the manifest.
        """
        maps = self._maps("pyramid", pixels)
        return tuple(
            _cut(found, stride, pixels) for found, stride in zip(maps, self.strides, strict=True)
        )

    def fine(self, pixels: Pixels) -> NDArray[np.float32]:
        """The one map of `pyramid` at stride 4 (or the nearest coarser), at a fifth of its cost.

        Args:
            pixels: (H, W, 3) uint8.

        Returns:
            (C, ceil(H / s), ceil(W / s)) float32.

        Raises:
            ValueError: not uint8 (H, W, 3), or empty.
            WeightsError: the file is missing or is not the one of the manifest.
        """
        stride = self.strides[networks.fine_block(self.model)]
        return _cut(self._maps("fine", pixels)[0], stride, pixels)

    def _maps(self, graph: networks.Graph, pixels: Pixels) -> tuple[NDArray[np.float32], ...]:
        _check(pixels)
        height, width = pixels.shape[:2]
        unit = _PADDED_TO if self.model.any_size else max(self.model.strides)
        below, beside = -height % unit, -width % unit
        padded = cv2.copyMakeBorder(pixels, 0, below, 0, beside, cv2.BORDER_REFLECT_101)
        with self._lock:
            return self._runner(graph)(np.asarray(padded[None], np.uint8))

    def _runner(self, graph: networks.Graph) -> networks.Runner:
        if graph not in self._runners:
            self._runners[graph] = self._made(graph)
        return self._runners[graph]

    def _made(self, graph: networks.Graph) -> networks.Runner:
        # A transformer converted for OpenVINO knows one size only, and pictures have many.
        is_fixed = graph != "descriptor" and not self.model.any_size
        if self.backend == "torch" or is_fixed:
            return networks.TorchRunner(self.model, graph, threads=self._threads)
        try:
            return networks.OpenVinoRunner(
                self.model,
                graph,
                threads=self._threads,
                precision=self._precision,
                cache=self._cache,
            )
        except ImportError:  # installed, but not for this system
            if self._asked != "auto":
                raise
            self.backend = "torch"
            return self._made(graph)


def _chosen(backend: Backend) -> Literal["openvino", "torch"]:
    if backend not in ("auto", "openvino", "torch"):
        raise ValueError(f"expected auto, openvino or torch, found {backend!r}")
    if backend == "torch":
        return "torch"
    if importlib.util.find_spec("openvino") is not None:
        return "openvino"
    if backend == "openvino":
        raise ValueError("expected OpenVINO to be installed, found none: pip install openvino")
    return "torch"


def _cut(found: NDArray[np.float32], stride: int, pixels: Pixels) -> NDArray[np.float32]:
    height, width = pixels.shape[:2]
    return np.ascontiguousarray(found[0, :, : -(-height // stride), : -(-width // stride)])


def _check(pixels: Pixels) -> None:
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
        raise ValueError(f"expected uint8 (H, W, 3), found {pixels.dtype} {pixels.shape}")


def _square(crop: Pixels, side: int) -> Pixels:
    _check(crop)
    is_smaller = min(crop.shape[:2]) < side
    how = cv2.INTER_LINEAR if is_smaller else cv2.INTER_AREA
    return np.asarray(cv2.resize(crop, (side, side), interpolation=how), np.uint8)
