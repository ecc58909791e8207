"""Whatever decides changes the version that verdicts are kept with; nothing else does."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vision import judging_version, spread, thresholds_version
from vision.terms import Channel
from vision.versions import DECIDING

if TYPE_CHECKING:
    from collections.abc import Iterator

VISION = Path(__file__).parents[2] / "vision"

# Numbers at the top of modules that decide nothing, and why; a whole module ends in “.*”.
DECIDES_NOTHING = {
    "cameras.*": "what took a picture is told, not judged",
    "check.*": "what is said of a gallery to its trainer; no photo is judged by it",
    "converting.*": "how a network is written down; which one it is, decides `networks`",
    "decoding.MAX_PIXELS": "a larger picture is refused in a sentence, and never judged",
    "decoding._BAND_PIXELS": "how much is converted at once, to bound memory; the pixels are equal",
    "decoding._NARROW": "a note to the reader; the pixels are equal",
    "decoding._ORIENTATION": "the number that EXIF gives the tag",
    "decoding._ROWS": "how much is converted at once, to bound memory; the pixels are equal",
    "decoding._TURNS": "the turns as EXIF numbers them",
    "dots.*": "which way whole numbers are multiplied; the products are equal",
    "encoded_files.*": "how references are kept on disk; what is read is what was written",
    "formats.*": "what a file is and whether it is whole, which is told, not judged",
    "genuine.*": "values that people see beside a region, which is judged by `spread`",
    "laid_references.SHARP_SIDE": "how sharp a reference is that people look at",
    "learned_sides._REMEMBERED": "how much is kept in memory",
    "memory.*": "how memory is given back",
    "photo_sets.*": "how evaluation gathers its photos",
    "pictures._HEAD": "bytes by which a file is recognised",
    "pictures._LARGE": "when pictures wait for one another, to bound memory",
    "pictures._ROOM": "how much memory is free; the pixels are equal",
    "pictures._ROOM_A_PIXEL": "how much memory is free; the pixels are equal",
    "pictures.MAX_BYTES": "a larger file is refused in a sentence, and never judged",
    "pictures.MAX_PIXELS_SLOW": "a larger picture is refused in a sentence, and never judged",
    "prepared.LEAST_CORNER_SIDE": "which corners a person may set; they are part of the gallery",
    "scan.*": "which files are looked at, and how many at once; each is judged as `inspect` does",
    "shown_colours.*": "colours that people read off; the colour channel has its own",
    "side_cache.*": "how much is kept in memory, and made at once",
    "simulate.*": "photos to teach and to measure with; no photo is judged by it",
    "text_files._REMEMBERED": "how much is kept in memory",
    "threshold_counts.*": "what is said of a threshold to its trainer; the threshold counts itself",
    "training.*": "how a head is taught; what comes of it is hashed as the head's own file",
    "truth.*": "how evaluation reads true boxes and masks",
    "weights._CHUNK": "bytes hashed at once",
    "zone_proposals.*": "what a person may accept; an accepted zone is part of the gallery",
}


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
        "spread.BORDER", "spread.DEEP", "outcomes._LEAST_JUDGED", "outcomes._FEWEST_INLIERS",
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


def _numbers() -> Iterator[tuple[str, str]]:
    """Module and name of every upper-case number, or table of numbers, at the top of a module."""
    for file in sorted(VISION.rglob("*.py")):
        module = ".".join(file.relative_to(VISION).with_suffix("").parts)
        for statement in ast.parse(file.read_text(encoding="utf-8")).body:
            yield from ((module, name) for name in _numbers_of(statement))


def _numbers_of(statement: ast.stmt) -> Iterator[str]:
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
        return
    values = (each.value for each in ast.walk(statement.value) if isinstance(each, ast.Constant))
    if not any(type(value) in (int, float) for value in values):
        return
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    for each in (name for target in targets for name in ast.walk(target)):
        if isinstance(each, ast.Name) and each.id.strip("_").isupper():
            yield each.id


def _excepted_by(module: str, name: str) -> str | None:
    whole = f"{module.split('.')[0]}.*"
    return next((key for key in (f"{module}.{name}", whole) if key in DECIDES_NOTHING), None)


def test_every_number_of_vision_counts_or_is_said_to_decide_nothing() -> None:
    found = list(_numbers())
    assert ("searched_part", "_MARGIN") in found
    left_out = {
        f"{module}.{name}"
        for module, name in found
        if module not in DECIDING and _excepted_by(module, name) is None
    }
    assert left_out == set()


def test_only_numbers_that_are_there_and_do_not_count_are_excepted() -> None:
    used = {_excepted_by(*number) for number in _numbers() if number[0] not in DECIDING}
    assert used - {None} == set(DECIDES_NOTHING)
