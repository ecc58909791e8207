"""Importing is cheap, quiet and direct: what each layer may load, and which names it offers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import vision

_ROOT = Path(__file__).resolve().parents[1]

# A name that is missing here breaks somebody's code; a new one is a promise. Change both knowingly.
_PUBLIC_NAMES = frozenset(
    (
        "FEWEST_PINS",
        "RECORDED",
        "Alignment",
        "Aside",
        "AsideKind",
        "Box",
        "Candidate",
        "Channel",
        "ChannelExcess",
        "CheckStage",
        "CheckStep",
        "CodeAgreement",
        "CodeReading",
        "CodeResult",
        "Comparison",
        "Contents",
        "DamagedPicture",
        "Embedder",
        "Failed",
        "Fault",
        "FaultKind",
        "FileUnreachable",
        "Flaw",
        "FlawKind",
        "FolderUnreachable",
        "Gallery",
        "Grade",
        "Inspection",
        "Judge",
        "Judged",
        "Lack",
        "LaidReference",
        "LastCheck",
        "ListedFile",
        "Map",
        "Mask",
        "Matrix",
        "Measure",
        "Mend",
        "NotAPicture",
        "NotAlignable",
        "Note",
        "NoteCode",
        "Outcome",
        "Photo",
        "PictureError",
        "PictureTooLarge",
        "Pin",
        "PinFit",
        "PinTrouble",
        "PinView",
        "Pinned",
        "PinsUnusable",
        "Pixels",
        "Points",
        "Provenance",
        "Reading",
        "Reason",
        "ReasonCode",
        "Reference",
        "Region",
        "Remembered",
        "Repeated",
        "SamePhotos",
        "ScanControl",
        "ScanHalted",
        "ScanMemory",
        "Seconds",
        "threshold_evidence",
        "threshold_effect",
        "Thresholds",
        "ThresholdEvidence",
        "ThresholdEffect",
        "LimitBasis",
        "KnownFalse",
        "CountedShare",
        "SharpReference",
        "Shot",
        "SideFigures",
        "SideHealth",
        "SideModel",
        "TouchstoneError",
        "TrainingPlan",
        "TrainingProgress",
        "UnknownSide",
        "Vertices",
        "WeightsCorrupt",
        "WeightsError",
        "WeightsMissing",
        "Wording",
        "Zone",
        "ZoneKind",
        "as_taken",
        "carried_points",
        "carried_polygon",
        "check_folder",
        "check_folders",
        "check_gallery",
        "ciede2000",
        "colour_gap",
        "evaluate",
        "export_head",
        "faults",
        "files_below",
        "fit_pins",
        "in_photo",
        "inspect",
        "is_bent",
        "judge_file",
        "judging_version",
        "lab_from_pixels",
        "laid_references",
        "last_check",
        "lost_zones",
        "polygon_moved_off",
        "prepared_photo",
        "prepared_size",
        "propose_corners",
        "propose_zones",
        "read",
        "read_bytes",
        "read_reference",
        "read_shots",
        "read_spreads",
        "scan",
        "search",
        "search_steps",
        "seems_picture",
        "shared_reader",
        "sharp_reference",
        "side_healths",
        "thresholds_version",
        "train",
        "without_pictures",
    )
)

# OpenCV's own loader adds to LD_LIBRARY_PATH; that is its doing, not ours.
_PROBE = """
import json, logging, os, signal, sys, threading

def state():
    return [
        {{name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}},
        os.getcwd(), list(sys.path), threading.active_count(),
        len(logging.getLogger().handlers), str(signal.getsignal(signal.SIGINT)),
        str(sys.excepthook),
    ]

before = state()
import {module}
print(json.dumps([sorted(name.partition(".")[0] for name in sys.modules), before == state()]))
"""


def _import_alone(module: str) -> tuple[set[str], bool]:
    """Import in a fresh process: top-level modules loaded, and whether the rest is as before."""
    answer = subprocess.run(
        [sys.executable, "-c", _PROBE.format(module=module)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    loaded, unchanged = json.loads(answer.stdout.splitlines()[-1])
    return set(loaded), unchanged


_HEAVY = {"torch", "torchvision", "timm", "openvino", "onnxruntime", "rapidocr"}
_QT = {"PySide6", "shiboken6"}
_DATABASE = {"sqlalchemy", "alembic", "pydantic", "typer"}


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("vision", _HEAVY | _QT | _DATABASE),
        ("app.store", _HEAVY | _QT),
        ("app.places", _HEAVY | _QT | {"numpy", "cv2"}),
        ("app.cli", _HEAVY),
        ("app.window", _HEAVY),
    ],
)
def test_importing_loads_nothing_that_it_must_not(module: str, forbidden: set[str]) -> None:
    loaded, unchanged = _import_alone(module)
    assert not loaded & forbidden
    assert unchanged, f"importing {module} changed the process"


def test_the_probe_sees_what_is_loaded() -> None:
    loaded, _ = _import_alone("PySide6.QtCore, json")
    assert "PySide6" in loaded


def test_public_names_of_vision_are_unchanged() -> None:
    assert set(vision.__all__) == _PUBLIC_NAMES
    assert len(vision.__all__) == len(_PUBLIC_NAMES), "a name is listed twice"


def test_every_public_name_of_vision_is_there_and_explained() -> None:
    silent = [
        name
        for name in vision.__all__
        if callable(getattr(vision, name)) and not (getattr(vision, name).__doc__ or "").strip()
    ]
    assert not silent
