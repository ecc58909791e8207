"""`touchstone doctor`: does this installation have all it needs, and how is it mended?"""

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import typer
from PySide6.QtCore import QCoreApplication
from rich.text import Text

from app.commands.options import (
    JsonOption,
    LanguageOption,
    WorkspaceOption,
    language_code,
    workspace_folder,
)
from app.commands.output import FAILED, Output, answering
from app.commands.tiny_pictures import COLOUR, TINY_PICTURES
from app.places import assets_dir, home_expanded
from app.reports.contract import touchstone_version
from app.reports.fonts import chinese_font
from app.reports.housekeeping import CheckPart, DoctorDocument, State
from vision import PictureError, read_bytes

_PROBE_S = 180.0  # the first conversion of a model on a slow machine
_SIGNS = {State.OK: "✓", State.WARNING: "!", State.MISSING: "✗"}
_MIB = 1 << 20
_LITTLE_MIB, _TOO_LITTLE_MIB = 2048, 200
_NEAR = 12  # of 255: what a lossy format may change in a plain colour

_WINDOW = """
from PySide6.QtWidgets import QApplication
print(QApplication(["doctor"]).platformName())
"""
_TEXT = """
import sys
from vision import TouchstoneError, shared_reader
try:
    print(shared_reader().version)
except TouchstoneError as error:
    sys.exit(str(error))
except (ImportError, ValueError) as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""
_MODEL = """
import sys
from vision import Embedder, TouchstoneError
try:
    embedder = Embedder({backend!r})
    embedder.warm()
except TouchstoneError as error:
    sys.exit(str(error))
except (ImportError, ValueError) as error:
    sys.exit(f"{{type(error).__name__}}: {{error}}")
print(embedder.version)
"""


def doctor(
    context: typer.Context,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
    language: LanguageOption = None,
) -> None:
    """Check what the program needs; say what is missing and how to mend it."""
    folder = workspace_folder(context, workspace)
    with answering(language_code(context, language)) as output:
        parts: list[CheckPart] = []
        for part in _checks(folder):
            parts.append(part)
            if not as_json:
                _tell(part, output)
        if as_json:
            output.document(
                DoctorDocument(
                    touchstone=touchstone_version(),
                    checks=tuple(parts),
                )
            )
        if any(part.state is State.MISSING for part in parts):
            raise typer.Exit(FAILED)


def _checks(folder: Path) -> Iterator[CheckPart]:
    yield _model()
    yield _fast_model()
    yield _text()
    yield _window()
    for name, text in TINY_PICTURES.items():
        yield _decoder(name, base64.b64decode(text))
    yield _workspace(folder)
    yield _free_space(folder)
    yield _chinese()


def _tell(part: CheckPart, output: Output) -> None:
    output.console.print(Text(f"{_SIGNS[part.state]} {part.title}: {part.found}"), soft_wrap=True)
    if part.mend:
        output.console.print(Text(f"  {part.mend}"), soft_wrap=True)


def _model() -> CheckPart:
    title = QCoreApplication.translate("doctor", "Model")
    well, said = _probe(_MODEL.format(backend="torch"))
    if well:
        return CheckPart(name="model", title=title, state=State.OK, found=said, mend="")
    mend = QCoreApplication.translate(
        "doctor", "Install the program again: pip install --force-reinstall touchstone"
    )
    return CheckPart(name="model", title=title, state=State.MISSING, found=said, mend=mend)


def _fast_model() -> CheckPart:
    well, said = _probe(_MODEL.format(backend="openvino"))
    if well:
        return CheckPart(name="openvino", title="OpenVINO", state=State.OK, found=said, mend="")
    mend = QCoreApplication.translate(
        "doctor",
        "Photos take several times as long without it. Install it: pip install openvino",
    )
    return CheckPart(name="openvino", title="OpenVINO", state=State.WARNING, found=said, mend=mend)


def _text() -> CheckPart:
    title = QCoreApplication.translate("doctor", "Text")
    well, said = _probe(_TEXT)
    if well:
        return CheckPart(name="text", title=title, state=State.OK, found=said, mend="")
    mend = QCoreApplication.translate(
        "doctor",
        "What is printed is not read without it. Install it: pip install rapidocr onnxruntime",
    )
    return CheckPart(name="text", title=title, state=State.WARNING, found=said, mend=mend)


def _window() -> CheckPart:
    """Qt is started in a process of its own: without its system libraries it ends the process."""
    title = QCoreApplication.translate("doctor", "Window")
    well, said = _probe(_WINDOW)
    if well:
        return CheckPart(name="window", title=title, state=State.OK, found=said, mend="")
    screenless = not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and screenless:
        offscreen, _ = _probe(_WINDOW, QT_QPA_PLATFORM="offscreen")
        if offscreen:
            found = QCoreApplication.translate("doctor", "no screen; commands work, windows do not")
            return CheckPart(name="window", title=title, state=State.WARNING, found=found, mend="")
    mend = QCoreApplication.translate(
        "doctor",
        "Install Qt's system libraries. On Debian and Ubuntu: sudo apt-get install libegl1 libgl1 "
        "libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 "
        "libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 "
        "libxcb-xkb1",
    )
    return CheckPart(name="window", title=title, state=State.MISSING, found=said, mend=mend)


def _decoder(name: str, data: bytes) -> CheckPart:
    try:
        middle = read_bytes(data, name).pixels[8, 8]
        well = bool(np.abs(middle.astype(int) - COLOUR).max() <= _NEAR)
        found = "" if well else f"rgb {middle.tolist()} ≠ {list(COLOUR)}"
    except PictureError as error:
        well, found = False, error.cause
    label = QCoreApplication.translate("doctor", "{format} pictures").format(format=name)
    if well:
        found = QCoreApplication.translate("doctor", "can be read")
        return CheckPart(name=name.lower(), title=label, state=State.OK, found=found, mend="")
    package = "pillow-heif" if name == "HEIF" else "pillow"
    mend = QCoreApplication.translate(
        "doctor", "Such files are refused. Install again: pip install --force-reinstall {package}"
    ).format(package=package)
    return CheckPart(name=name.lower(), title=label, state=State.WARNING, found=found, mend=mend)


def _workspace(folder: Path) -> CheckPart:
    title = QCoreApplication.translate("doctor", "Workspace")
    place = _existing(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            return CheckPart(
                name="workspace", title=title, state=State.OK, found=str(folder), mend=""
            )
    except OSError as error:
        mend = QCoreApplication.translate(
            "doctor", "Choose another folder with --workspace, or make this one writable."
        )
        found = f"{place}: {error.strerror or error}"
        return CheckPart(name="workspace", title=title, state=State.MISSING, found=found, mend=mend)


def _free_space(folder: Path) -> CheckPart:
    title = QCoreApplication.translate("doctor", "Free space")
    place = _existing(folder)
    try:
        free = shutil.disk_usage(place).free // _MIB
    except OSError as error:
        found = f"{place}: {error.strerror or error}"
        mend = QCoreApplication.translate(
            "doctor", "Choose another folder with --workspace, or make this one writable."
        )
        return CheckPart(
            name="free_space", title=title, state=State.MISSING, found=found, mend=mend
        )
    if free >= _LITTLE_MIB:
        return CheckPart(
            name="free_space", title=title, state=State.OK, found=f"{free:,} MiB", mend=""
        )
    mend = QCoreApplication.translate(
        "doctor", "Delete what is not needed, or choose a folder on another disk with --workspace."
    )
    state = State.WARNING if free >= _TOO_LITTLE_MIB else State.MISSING
    return CheckPart(name="free_space", title=title, state=state, found=f"{free:,} MiB", mend=mend)


def _chinese() -> CheckPart:
    title = QCoreApplication.translate("doctor", "Chinese")
    font = chinese_font()
    words = assets_dir() / "translations" / "touchstone_zh_CN.qm"
    if font is None:
        found = QCoreApplication.translate("doctor", "no font with Chinese signs")
        mend = QCoreApplication.translate(
            "doctor", "On Debian and Ubuntu: sudo apt-get install fonts-noto-cjk"
        )
        return CheckPart(name="chinese", title=title, state=State.WARNING, found=found, mend=mend)
    if not words.is_file():
        mend = QCoreApplication.translate("doctor", "Install the program again.")
        found = QCoreApplication.translate("doctor", "the translation is missing")
        return CheckPart(name="chinese", title=title, state=State.WARNING, found=found, mend=mend)
    return CheckPart(name="chinese", title=title, state=State.OK, found=font[0].name, mend="")


def _existing(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that is there; itself, where none is."""
    expanded = home_expanded(folder)
    if str(expanded).startswith("~"):  # the home of nobody
        return expanded
    absolute = expanded.absolute()
    above = (each for each in (absolute, *absolute.parents) if each.is_dir())
    return next(above, absolute)


def _probe(program: str, **environment: str) -> tuple[bool, str]:
    """Run a few lines in a process of their own: whether they ended well, and their last word."""
    try:
        answer = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PROBE_S,
            check=False,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                **environment,
            },
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, str(error)
    lines = (answer.stdout if answer.returncode == 0 else answer.stderr).strip().splitlines()
    said = lines[-1].strip() if lines else f"exit status {answer.returncode}"
    return answer.returncode == 0, said
