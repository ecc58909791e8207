"""Run the learned difference head: aligned pictures of one frame -> maps of its three answers."""

from __future__ import annotations

import importlib.metadata
import threading
import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vision import head, networks, weights
from vision.converting import import_openvino

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from vision.terms import Map, Mask, Pixels
    from vision.weights import Model

_RECIPE = 4  # raise it when the graphs below change
_UNIT = 32  # pictures are continued to multiples of this
_LOWEST = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """What the head keeps of one picture: `parts` at each stride, `seen` (1, 1, h, w), `size`.

    The parts have 16 bits, half the memory; log-odds change by less than 0.001.
    """

    parts: tuple[NDArray[np.float16], ...]
    seen: NDArray[np.float32]
    size: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Several pictures of one frame in the role of references, side by side.

    `parts` (n, C, h, w) at each stride, those that are compared first and then those that the head
    has made of them; `seen` (1, n, h, w).
    """

    parts: tuple[NDArray[np.float16], ...]
    seen: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the head says of each place (h, w).

    `odds`: logarithm of the odds that the place differs; `hidden` in [0, 1]: how surely nothing
    can be judged there.
    """

    odds: Map
    hidden: Map


class Differ:
    """The head and its backbone, loaded at first use.

    Args:
        backbone: entry of the manifest that the head was trained on.
        file: the head's tensors (safetensors).
        sha256: of that file.
        backend: "openvino" or "torch".
        cache: folder for converted networks, or None.
        threads: at most so many; None: as many as the backend likes.
    """

    def __init__(
        self,
        backbone: Model,
        file: Path,
        sha256: str,
        *,
        backend: str,
        cache: Path | None,
        threads: int | None,
    ) -> None:
        self.sha256 = sha256
        self._backbone = backbone
        self._file = file
        self._backend = backend
        self._cache = cache
        self._threads = threads
        self._lock = threading.Lock()
        self._graphs: dict[str, Any] = {}

    @property
    def version(self) -> str:
        """Names all that an encoding depends on, besides the picture."""
        runs = self._backend
        if runs == "openvino":
            runs += importlib.metadata.version("openvino")
        return "-".join((self._backbone.sha256, self.sha256, str(_RECIPE), runs))

    def encode(self, pixels: Pixels, seen: Mask) -> Encoded:
        """Prepare one picture (h, w, 3) uint8 with the mask (h, w) of what it shows.

        Raises:
            WeightsError: a file is missing or is not the one of the manifest.
        """
        height, width = seen.shape
        below, beside = -height % _UNIT, -width % _UNIT
        shown = cv2.copyMakeBorder(pixels, 0, below, 0, beside, cv2.BORDER_REFLECT_101)
        mask = np.pad(seen.astype(np.float32), ((0, below), (0, beside)))[None, None]
        parts = self._run("encode", (np.asarray(shown[None], np.uint8), mask))
        return Encoded(tuple(parts), mask, (height, width))

    def compare(self, photo: Encoded, references: Sequence[Encoded]) -> Answer:
        """Compare a photo with genuine references of the same frame, at least one.

        Raises:
            WeightsError: a file is missing or is not the one of the manifest.
        """
        return self.compare_with(photo, gathered(references))

    def compare_with(self, photo: Encoded, references: Gathered) -> Answer:
        """Compare a photo with references that were gathered before; the same as `compare`."""
        inputs: list[NDArray[Any]] = [
            photo.parts[3 * place + part] for part in (0, 1) for place in range(len(head.STRIDES))
        ]
        asked = (*inputs, *references.parts, references.seen)
        logits = self._run("compare", asked)[0][0]
        logits = logits - logits.max(axis=0)
        share = np.exp(logits)
        share /= share.sum(axis=0)
        different = np.clip(share[1], _LOWEST, 1 - _LOWEST)
        odds = np.log(different / (1 - different))
        return Answer(_grown(odds, photo), _grown(share[2], photo))

    def warm(self) -> None:
        """Load both graphs now."""
        blank = self.encode(np.zeros((64, 64, 3), np.uint8), np.ones((64, 64), bool))
        self.compare(blank, [blank])

    def _run(self, graph: str, inputs: tuple[NDArray[Any], ...]) -> list[NDArray[Any]]:
        with self._lock:
            if graph not in self._graphs:
                self._graphs[graph] = self._made(graph)
            found: list[NDArray[Any]] = self._graphs[graph](inputs)
            return found

    def _made(self, graph: str) -> Any:
        if self._backend == "torch":
            module = _module(self._file, self._backbone, graph)
            return _torch_runner(module, self._threads)
        release = importlib.metadata.version("openvino")
        keys = (self._backbone.sha256[:12], self.sha256[:12], graph, str(_RECIPE), release)
        compiled = networks.compiled(
            partial(_convert, self._file, self._backbone, graph),
            name="-".join(("difference", *keys)),
            threads=self._threads,
            precision="f32",
            cache=self._cache,
        )
        request = compiled.create_infer_request()

        def run(inputs: tuple[NDArray[Any], ...]) -> list[NDArray[Any]]:
            whole = [np.ascontiguousarray(each) for each in inputs]
            answer = request.infer(whole, share_inputs=True)
            return [np.array(answer[port]) for port in compiled.outputs]

        return run


def gathered(references: Sequence[Encoded]) -> Gathered:
    """Lay references of one frame side by side, at least one."""
    parts = tuple(
        np.concatenate([each.parts[3 * place + part] for each in references])
        for part in (0, 2)
        for place in range(len(head.STRIDES))
    )
    return Gathered(parts, np.concatenate([each.seen for each in references], axis=1))


def _grown(values: NDArray[Any], photo: Encoded) -> Map:
    rows, columns = photo.seen.shape[2:]
    height, width = photo.size
    whole = cv2.resize(
        np.ascontiguousarray(values, np.float32), (columns, rows), interpolation=cv2.INTER_LINEAR
    )
    return np.asarray(whole[:height, :width], np.float32)


def _loaded(file: Path, backbone: Model) -> tuple[Any, Any]:
    import safetensors.torch
    import torch

    network = networks.torch_module(backbone, "pyramid")
    with torch.no_grad():
        maps = network(torch.zeros(1, 64, 64, 3, dtype=torch.uint8))
    module = head.build(tuple(int(found.shape[1]) for found in maps))
    module.load_state_dict(safetensors.torch.load_file(file))
    return module.eval(), network


def _module(file: Path, backbone: Model, graph: str) -> Any:
    module, network = _loaded(file, backbone)
    return _encoder(module, network) if graph == "encode" else _comparer(module)


def _encoder(module: Any, backbone: Any) -> Any:
    import torch

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.head, self.backbone = module, backbone

        def forward(self, pixels: torch.Tensor, seen: torch.Tensor) -> tuple[torch.Tensor, ...]:
            shown = pixels.permute(0, 3, 1, 2).float()
            encoded = self.head.encode(shown, seen, self.backbone(pixels))
            return tuple(part.half() for scale in encoded for part in scale)

    return Encoder().eval()


def _comparer(module: Any) -> Any:
    import torch

    count = len(head.STRIDES)

    class Comparer(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.head = module

        def forward(self, *parts: torch.Tensor) -> torch.Tensor:
            wide = [part.float() for part in parts]  # here, which is quicker than before
            frozen, own, theirs, role = (wide[i * count : (i + 1) * count] for i in range(4))
            photo = tuple((frozen[i], own[i], own[i]) for i in range(count))
            others = tuple((theirs[i], role[i], role[i]) for i in range(count))
            answer: torch.Tensor = self.head.compare(photo, others, wide[-1])
            return answer

    return Comparer().eval()


def _torch_runner(module: Any, threads: int | None) -> Any:
    import torch

    def run(inputs: tuple[NDArray[Any], ...]) -> list[NDArray[Any]]:
        with torch.inference_mode(), networks.torch_threads(threads):
            found = module(*(torch.from_numpy(np.array(each)) for each in inputs))
        parts = found if isinstance(found, tuple) else (found,)
        return [part.numpy() for part in parts]

    return run


def _convert(file: Path, backbone: Model, graph: str) -> Any:
    openvino = import_openvino()
    import torch

    module = _module(file, backbone, graph)
    pixels, seen = torch.zeros((1, 96, 128, 3), dtype=torch.uint8), torch.ones((1, 1, 96, 128))
    shapes: list[list[int]] = [[1, -1, -1, 3], [1, 1, -1, -1]]
    example: tuple[torch.Tensor, ...] = (pixels, seen)
    with warnings.catch_warnings(), torch.inference_mode():
        # torch calls its tracer old; OpenVINO still builds upon it.
        warnings.simplefilter("ignore")
        if graph == "compare":
            example, shapes = _compare_example(module)
        return openvino.convert_model(
            module,
            example_input=example,
            input=[openvino.PartialShape(shape) for shape in shapes],
        )


def _compare_example(module: Any) -> tuple[tuple[Any, ...], list[list[int]]]:
    """Return inputs of two references for tracing, and the shapes that all inputs may have."""
    import torch

    example, shapes = [], []
    for references, role in ((1, 0), (1, 1), (2, 0), (2, 1)):
        for place, stride in enumerate(head.STRIDES):
            scale = module.head.scales[place]
            count = scale.own.out_channels if role else head.kept_channels(module.head, place)
            shape = (references, count, 96 // stride, 128 // stride)
            example.append(torch.rand(shape).half())
            shapes.append([1 if references == 1 else -1, count, -1, -1])
    example.append(torch.ones((1, 2, 96, 128)))
    shapes.append([1, -1, -1, -1])
    return tuple(example), shapes


def find(
    backbone: Model, *, backend: str, cache: Path | None, threads: int | None
) -> Differ | None:
    """Return the head that comes with the program, None where it has none for this backbone.

    Raises:
        WeightsError: it is listed, but its file is missing or another.
    """
    entry = weights.difference_head()
    if entry is None or entry.backbone != backbone.name:
        return None
    return Differ(
        backbone, entry.verified(), entry.sha256, backend=backend, cache=cache, threads=threads
    )
