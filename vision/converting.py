"""Networks converted for OpenVINO: once, in a process of their own, and kept as files.

What converts needs torch, which takes most of a gigabyte for as long as the process lives.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_PROGRAM = "from vision.converting import convert_apart; convert_apart()"
_PATIENCE_S = 600.0  # many times what it takes on a busy machine
_TELEMETRY = "openvino_telemetry"
_HIDDEN: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)


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


def read_converted(core: Any, convert: Callable[[], Any], path: Path | None) -> Any:
    """Read a converted network out of its file; make the file where it is not there and whole.

    Args:
        core: OpenVINO's.
        convert: makes the OpenVINO model; best a `functools.partial` of a function that another
            process can import.
        path: of the .xml file, or None to keep nothing.
    """
    if path is None:
        return convert()
    if not _is_whole(path):
        if "torch" not in sys.modules:  # else there is nothing to be spared
            _ask_another(convert, path)
        if not _is_whole(path):
            converted = convert()
            with contextlib.suppress(OSError, RuntimeError):  # a full or read-only disk: time only
                _keep(converted, path)
            return converted
    return core.read_model(path)


def convert_apart() -> None:
    """Do what `_ask_another` asks of this process, by its standard input."""
    convert, path = pickle.load(sys.stdin.buffer)
    _keep(convert(), path)


def _ask_another(convert: Callable[[], Any], path: Path) -> None:
    """Convert in a process of its own; whether that worked, the file tells."""
    paths = os.pathsep.join(each for each in sys.path if each)
    with contextlib.suppress(
        OSError, subprocess.SubprocessError, pickle.PicklingError, AttributeError, TypeError
    ):
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            input=pickle.dumps((convert, path)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=False,
            env={**os.environ, "PYTHONPATH": paths},
            creationflags=_HIDDEN,
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
