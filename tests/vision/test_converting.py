"""Converted networks: made in a process of their own, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from vision.converting import import_openvino, read_converted

if TYPE_CHECKING:
    from pathlib import Path

_EMBED = """
import sys
from pathlib import Path
import numpy as np
from vision import Embedder
embedder = Embedder("openvino", cache=Path(sys.argv[1]), threads=1)
embedder.embed([np.zeros((20, 20, 3), np.uint8)])
print("torch" in sys.modules)
"""


def _doubled(times: int) -> Any:
    """An OpenVINO model that multiplies; another process can make it, too."""
    import_openvino()
    from openvino import Model, opset13

    values = opset13.parameter([2], np.float32)
    return Model([opset13.multiply(values, np.float32(times))], [values])


def _answer(model: Any) -> list[float]:
    compiled = import_openvino().Core().compile_model(model, "CPU")
    return [float(value) for value in compiled([np.array([1, 2], np.float32)])[0]]


def test_a_new_installation_converts_without_keeping_torch_in_memory(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _EMBED, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"
    assert list(tmp_path.glob("*.xml"))


def test_what_another_process_cannot_make_is_made_here(tmp_path: Path) -> None:
    made: list[int] = []

    def here() -> Any:  # no other process can import it
        made.append(1)
        return _doubled(3)

    core = import_openvino().Core()
    path = tmp_path / "model.xml"
    assert _answer(read_converted(core, here, path)) == [3, 6]
    assert _answer(read_converted(core, here, path)) == [3, 6]
    assert made == [1]  # the second time it was there


@pytest.mark.parametrize("ending", [".bin", ".xml", ".json"])
def test_a_file_that_is_not_whole_is_made_anew(tmp_path: Path, ending: str) -> None:
    core = import_openvino().Core()
    path = tmp_path / "model.xml"
    read_converted(core, partial(_doubled, 2), path)
    path.with_suffix(ending).write_bytes(b"")
    assert _answer(read_converted(core, partial(_doubled, 5), path)) == [5, 10]
