"""Running a network over pixels, by OpenVINO (fast) or by torch (the reference).

Both take uint8 RGB (N, H, W, 3); mean and std are part of the graph, so that both see the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from vision.weights import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import torch
    from numpy.typing import NDArray

    from vision.weights import Model

Graph = Literal["descriptor", "pyramid", "fine"]
Precision = Literal["f32", "bf16"]

# Raise it whenever the graphs below change: files converted by an older recipe are then made anew.
_RECIPE = 1
_FINE_STRIDE = 4
_GEM_POWER = 3.0
_TELEMETRY = "openvino_telemetry"


def fine_block(model: Model) -> int:
    """Place, among the blocks of `model`, of the one whose map is finest at stride 4 or more."""
    wanted = [p for p, stride in enumerate(model.strides) if stride >= _FINE_STRIDE]
    return min(wanted, key=lambda p: model.strides[p], default=0)


class Runner(Protocol):
    """A network ready to run."""

    def __call__(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], ...]:
        """Outputs for pixels (N, H, W, 3)."""


def torch_module(model: Model, graph: Graph) -> torch.nn.Module:
    """The part of the network that gives descriptors (N, D), or maps (N, C, h, w) of its blocks.

    "pyramid" gives the maps of all blocks of the manifest, "fine" that of `fine_block` alone.

    Raises:
        WeightsError: the file is missing or not the one of the manifest.
    """
    import torch

    network: Any = load(model)
    power = _GEM_POWER

    class Seen(torch.nn.Module):
        mean: torch.Tensor
        std: torch.Tensor

        def __init__(self) -> None:
            super().__init__()
            self.network = network
            self.register_buffer("mean", torch.tensor(model.mean).view(1, 3, 1, 1) * 255)
            self.register_buffer("std", torch.tensor(model.std).view(1, 3, 1, 1) * 255)

        def forward(self, pixels: torch.Tensor) -> Any:
            shown = (pixels.permute(0, 3, 1, 2).float() - self.mean) / self.std
            return self.describe(shown) if graph == "descriptor" else self.maps(shown)

        def describe(self, shown: torch.Tensor) -> torch.Tensor:
            seen = self.network.forward_features(shown)
            if model.any_size:
                # Generalised mean, between average and maximum: Radenovic et al., TPAMI 2018.
                seen = seen.clamp(min=1e-6).pow(power).mean((2, 3)).pow(1 / power)
            else:
                seen = self.network.forward_head(seen, pre_logits=True)
            return torch.nn.functional.normalize(seen)

        def maps(self, shown: torch.Tensor) -> tuple[torch.Tensor, ...]:
            blocks = list(model.blocks)
            if graph == "fine":
                blocks = [blocks[fine_block(model)]]
            return tuple(
                self.network.forward_intermediates(
                    shown,
                    indices=blocks,
                    stop_early=True,
                    intermediates_only=True,
                    output_fmt="NCHW",
                )
            )

    return Seen().eval()


class TorchRunner:
    """The reference: torch on the CPU, in float32."""

    def __init__(self, model: Model, graph: Graph, *, threads: int | None) -> None:
        self._module = torch_module(model, graph)
        self._threads = threads

    def __call__(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], ...]:
        """Outputs for pixels (N, H, W, 3)."""
        import torch

        with torch.inference_mode(), torch_threads(self._threads):
            outputs = self._module(torch.from_numpy(np.array(pixels)))
        if isinstance(outputs, torch.Tensor):
            outputs = (outputs,)
        return tuple(output.numpy() for output in outputs)


class OpenVinoRunner:
    """The fast path: the torch network converted once, then run by OpenVINO alone.

    Args:
        model: what to run; its weights must be there only when nothing is kept in `cache`.
        graph: which of its two graphs.
        threads: at most so many; None: as many as OpenVINO likes.
        precision: "bf16" is about twice as fast where the processor has it, and wrong by 1 to 5 %.
        cache: folder for the converted network; with it there, torch is not even imported.
    """

    def __init__(
        self,
        model: Model,
        graph: Graph,
        *,
        threads: int | None,
        precision: Precision,
        cache: Path | None,
    ) -> None:
        release = importlib.metadata.version("openvino")
        name = f"{model.name}-{model.sha256[:16]}-{graph}-{_RECIPE}-{release}"
        self._compiled = compiled(
            lambda: _convert(model, graph),
            name=name,
            threads=threads,
            precision=precision,
            cache=cache,
        )
        self._request = self._compiled.create_infer_request()

    def __call__(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], ...]:
        """Outputs for pixels (N, H, W, 3)."""
        answer = self._request.infer([np.ascontiguousarray(pixels)])
        return tuple(np.array(answer[port], np.float32) for port in self._compiled.outputs)


def import_openvino() -> Any:
    """OpenVINO without its usage statistics, which it would send to its maker on import.

    Raises:
        ImportError: it is not installed, or not for this system.
    """
    hidden = "openvino" not in sys.modules and _TELEMETRY not in sys.modules
    if hidden:
        # OpenVINO takes its own silent stand-in where this package cannot be imported.
        sys.modules[_TELEMETRY] = None  # type: ignore[assignment]
    try:
        import openvino
    finally:
        if hidden:
            sys.modules.pop(_TELEMETRY, None)
    return openvino


def compiled(
    convert: Callable[[], Any],
    *,
    name: str,
    threads: int | None,
    precision: Precision,
    cache: Path | None,
) -> Any:
    """Compile a converted network for this processor; take it out of the cache where it is whole.

    Args:
        convert: makes the OpenVINO model.
        name: of its file in the cache; everything that it depends on must be in it.
        threads: at most so many; None: as many as OpenVINO likes.
        precision: see OpenVinoRunner.
        cache: folder, or None.
    """
    core = import_openvino().Core()
    options: dict[str, Any] = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": precision,
    }
    if threads is not None:
        options["INFERENCE_NUM_THREADS"] = threads
    return core.compile_model(_converted(core, convert, name, cache), "CPU", options)


def _converted(core: Any, convert: Callable[[], Any], name: str, cache: Path | None) -> Any:
    """The converted network: out of the cache where it is there and whole."""
    if cache is None:
        return convert()
    path = cache / f"{name}.xml"
    if _is_whole(path):
        return core.read_model(path)
    converted = convert()
    with contextlib.suppress(OSError, RuntimeError):  # a full or read-only disk costs time only
        _keep(converted, path)
    return converted


def _convert(model: Model, graph: Graph) -> Any:
    openvino = import_openvino()
    import torch

    module = torch_module(model, graph)
    side = model.input_size
    free = graph != "descriptor"
    shape = [1, -1, -1, 3] if free else [-1, side, side, 3]
    # Not square, and two of a kind: nothing of the example may be mistaken for a fixed size.
    example = torch.zeros((1, 128, 192, 3) if free else (2, side, side, 3), dtype=torch.uint8)
    with warnings.catch_warnings(), torch.inference_mode():
        # torch calls its tracer old; OpenVINO still builds upon it.
        warnings.simplefilter("ignore")
        return openvino.convert_model(
            module, example_input=example, input=[openvino.PartialShape(shape)]
        )


def _keep(converted: Any, path: Path) -> None:
    """Write both files under other names, then the names, then the seal that makes them count."""
    openvino = import_openvino()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".converting-") as folder:
        fresh = Path(folder) / path.name
        openvino.save_model(converted, fresh, compress_to_fp16=False)
        seal = fresh.with_suffix(".json")
        seal.write_text(json.dumps(_hashes(fresh)), encoding="utf-8")
        path.with_suffix(".json").unlink(missing_ok=True)
        for suffix in (".bin", ".xml", ".json"):
            fresh.with_suffix(suffix).replace(path.with_suffix(suffix))


def _is_whole(path: Path) -> bool:
    try:
        return bool(
            json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) == _hashes(path)
        )
    except (OSError, ValueError):
        return False


def _hashes(path: Path) -> list[str]:
    return [
        hashlib.sha256(path.with_suffix(end).read_bytes()).hexdigest() for end in (".xml", ".bin")
    ]


@contextlib.contextmanager
def torch_threads(threads: int | None) -> Iterator[None]:
    """Bound the threads for one call; torch knows one number for the whole process."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(threads or before)
    try:
        yield
    finally:
        torch.set_num_threads(before)
