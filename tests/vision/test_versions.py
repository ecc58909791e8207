"""Whatever decides changes the version that verdicts are kept with; nothing else does."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from vision import judging_version, spread, thresholds_version
from vision.terms import Channel
from vision.versions import DECIDING


def _fresh() -> str:
    thresholds_version.cache_clear()
    return thresholds_version()


@pytest.fixture(autouse=True)
def _afterwards():
    yield
    thresholds_version.cache_clear()


@pytest.mark.parametrize(
    "constant",
    [
        "spread.BORDER", "outcomes._LEAST_JUDGED", "outcomes._FEWEST_INLIERS",
        "code_records._SHARED_BY_RETAIL", "text_regions._OUTSIDE", "regions._SMALLEST",
        "sides.MOST_CONTRADICTED", "learned._SHARE", "calibration.PROMISED",
        "evidence.visibility._CLIPPED", "evidence.colour._FAINT", "evidence.text.LEAST_MARGIN",
    ],
)  # fmt: skip
def test_every_number_that_decides_counts(constant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _fresh()
    module, name = constant.rsplit(".", 1)
    owner = importlib.import_module(f"vision.{module}")
    value = getattr(owner, name)
    monkeypatch.setattr(owner, name, frozenset() if isinstance(value, frozenset) else value / 2)
    assert _fresh() != before
    monkeypatch.undo()
    assert _fresh() == before


def test_limits_of_channels_count(monkeypatch: pytest.MonkeyPatch) -> None:
    before = _fresh()
    limits = spread.LIMITS[Channel.COLOUR]
    changed = replace(limits, factor=limits.factor + 0.1)
    monkeypatch.setitem(spread.LIMITS, Channel.COLOUR, changed)
    assert _fresh() != before


def test_another_process_finds_the_same_versions() -> None:
    code = "import vision; print(vision.thresholds_version(), vision.judging_version())"
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert answer.stdout.split() == [_fresh(), judging_version()]
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", judging_version())


def test_the_head_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = judging_version()
    monkeypatch.setenv("TOUCHSTONE_HEAD", "")
    assert judging_version() != before


def test_only_modules_that_are_there_are_named() -> None:
    assert len(set(DECIDING)) == len(DECIDING)
    for name in DECIDING:
        importlib.import_module(f"vision.{name}")
