"""Camera and day come from the header, the light from the pixels; each file is opened once."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from vision.check import shots
from vision.check.shots import Shot, read_shots, shot_of
from vision.errors import FileUnreachable
from vision.terms import Reference

if TYPE_CHECKING:
    from pathlib import Path


def _filed(file: Path, number: int = 0) -> Reference:
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    return Reference(str(number), "tea", "front", sha256, str(file))


def _photo(file: Path, grey: int = 128, **header: str) -> Path:
    exif = Image.Exif()
    exif[0x010F] = header.get("maker", "")
    exif[0x0110] = header.get("model", "")
    if "changed" in header:
        exif[0x0132] = header["changed"]
    if "taken" in header:
        exif.get_ifd(0x8769)[0x9003] = header["taken"]
    Image.fromarray(np.full((90, 120, 3), grey, np.uint8)).save(file, exif=exif, quality=95)
    return file


@pytest.mark.parametrize(
    ("header", "camera", "day"),
    [
        (
            {"maker": "Canon", "model": "Canon EOS R5", "taken": "2026:03:09 10:11:12"},
            "Canon EOS R5",
            "2026-03-09",
        ),
        ({"maker": "HUAWEI", "model": "P60"}, "HUAWEI P60", ""),
        ({"taken": "2026:03:09 10:11:12", "changed": "2026:05:01 00:00:00"}, "", "2026-03-09"),
        ({"changed": "2026:05:01 00:00:00"}, "", "2026-05-01"),
        ({"taken": "0000:00:00 00:00:00"}, "", ""),
        ({"model": "bad\x01 name "}, "bad name", ""),
        ({}, "", ""),
    ],
)
def test_the_header_tells_camera_and_day(
    tmp_path: Path, header: dict[str, str], camera: str, day: str
) -> None:
    found = shot_of(_filed(_photo(tmp_path / "one.jpg", **header)))
    assert (found.camera, found.day) == (camera, day)


def test_the_light_is_the_mean_colour(tmp_path: Path) -> None:
    white, grey = (
        shot_of(_filed(_photo(tmp_path / f"{grey}.jpg", grey))).light for grey in (255, 119)
    )
    assert white == pytest.approx((100.0, 0.0, 0.0), abs=0.2)
    assert grey == pytest.approx((50.0, 0.0, 0.0), abs=0.6)


def test_a_file_that_is_gone_is_an_error_here_and_an_empty_shot_in_a_row(tmp_path: Path) -> None:
    there, gone = (
        _filed(_photo(tmp_path / "a.jpg", model="P60"), 1),
        Reference("2", "tea", "front", "0" * 64, str(tmp_path / "gone.jpg")),
    )
    with pytest.raises(FileUnreachable):
        shot_of(gone)
    assert [(id_, shot.camera) for id_, shot in read_shots([gone, there])] == [
        ("2", ""),
        ("1", "P60"),
    ]


def test_a_file_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = _filed(_photo(tmp_path / "a.jpg", model="P60", taken="2026:03:09 10:11:12"))
    [(_, first)] = read_shots([reference], tmp_path / "cache")
    opened: list[Reference] = []
    monkeypatch.setattr(shots, "shot_of", opened.append)
    assert dict(read_shots([reference], tmp_path / "cache")) == {"0": first}
    assert opened == []


@pytest.mark.parametrize("kept", ["", "[]", '{"version": 0}', '{"version": 1, "shots": {"a": {}}}'])
def test_a_damaged_cache_counts_as_absent(tmp_path: Path, kept: str) -> None:
    (tmp_path / "shots.json").write_text(kept)
    [(_, found)] = read_shots([_filed(_photo(tmp_path / "a.jpg", model="P60"))], tmp_path)
    assert found.camera == "P60"
    assert len(json.loads((tmp_path / "shots.json").read_text())["shots"]) == 1


def test_what_was_read_before_somebody_stops_is_kept(tmp_path: Path) -> None:
    references = [_filed(_photo(tmp_path / f"{n}.jpg", 20 * n), n) for n in range(1, 9)]
    steps = read_shots(references, tmp_path)
    assert next(steps)[1] != Shot()
    steps.close()
    assert len(json.loads((tmp_path / "shots.json").read_text())["shots"]) >= 1
