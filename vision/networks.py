"""Running a network over pixels, by OpenVINO (fast) or by torch (the reference).

Both take uint8 RGB (N, H, W, 3); mean and std are part of the graph, so that both see the same.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from vision.converting import import_openvino, read_converted
from vision.weights import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import torch
    from numpy.typing import NDArray

    from vision.weights import Model

Graph = Literal["descriptor", "pyramid", "fine"]
Precision = Literal["f32", "bf16"]

# Raise it whenever the graphs below change: files converted by an older recipe are then made anew.
_RECIPE = 1
_FINE_STRIDE = 4
_GEM_POWER = 3.0


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
            partial(_convert, model, graph),
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
        threads: at most so many; None: as many as OpenVINO likes, for the soonest answer; 1: for
            the most answers a processor.
        precision: see OpenVinoRunner.
        cache: folder, or None.
    """
    core = import_openvino().Core()
    options: dict[str, Any] = {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": precision,
    }
    if threads == 1:  # others work beside: nothing is gained by making haste with one answer
        options |= {"PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": 1}
    if threads is not None:
        options["INFERENCE_NUM_THREADS"] = threads
    path = None if cache is None else cache / f"{name}.xml"
    return core.compile_model(read_converted(core, convert, path), "CPU", options)


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
