"""A picture tells what took it, as far as its metadata can be trusted to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from vision import read

if TYPE_CHECKING:
    from pathlib import Path

MAKE, MODEL = 0x010F, 0x0110


def taken_with(path: Path, **tags: object) -> Path:
    told = Image.Exif()
    for name, value in tags.items():
        told[{"make": MAKE, "model": MODEL}[name]] = value
    Image.new("RGB", (40, 30), "grey").save(path, exif=told)
    return path


@pytest.mark.parametrize(
    ("tags", "camera"),
    [
        ({"make": "Canon", "model": "Canon EOS R5"}, "Canon EOS R5"),
        ({"make": "NIKON CORPORATION", "model": "Z 6"}, "NIKON CORPORATION Z 6"),
        ({"make": "Apple"}, "Apple"),
        ({"model": " Pixel\t8\x00 "}, "Pixel 8"),
        ({}, ""),
    ],
)
def test_maker_and_model_are_told_once(
    tmp_path: Path, tags: dict[str, object], camera: str
) -> None:
    assert read(taken_with(tmp_path / "a.jpg", **tags)).camera == camera


def test_a_name_without_end_is_cut(tmp_path: Path) -> None:
    assert len(read(taken_with(tmp_path / "a.jpg", model="x" * 5000)).camera) == 100


def test_a_picture_without_metadata_tells_nothing(tmp_path: Path) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / "a.png")
    assert read(tmp_path / "a.png").camera == ""
