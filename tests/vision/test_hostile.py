"""The reader against a collection of odd and broken files that lies beside the repository."""

from __future__ import annotations

import csv
import multiprocessing
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vision.errors import PictureError
from vision.pictures import read
from vision.terms import NoteCode

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared"
HOSTILE = Path(os.environ.get("TOUCHSTONE_SHARED", _BESIDE)) / "hostile"
SECONDS_A_FILE = 20
WORKERS = 2

pytestmark = pytest.mark.skipif(
    not (HOSTILE / "manifest.csv").is_file(), reason=f"no collection of odd files at {HOSTILE}"
)


def _corners(pixels):
    height, width = pixels.shape[:2]
    y, x = max(1, height // 20), max(1, width // 20)
    middle = (
        slice(max(0, height // 2 - y), height // 2 + y),
        slice(max(0, width // 2 - x), width // 2 + x),
    )
    places = {
        "tl": pixels[:y, :x],
        "tr": pixels[:y, -x:],
        "bl": pixels[-y:, :x],
        "br": pixels[-y:, -x:],
        "c": pixels[middle],
    }
    return {name: place.reshape(-1, 3).mean(axis=0) for name, place in places.items()}


def _thumbnail(pixels):
    return np.asarray(Image.fromarray(pixels).resize((16, 16), Image.Resampling.BOX), float)


def _complaint(photo, row):
    """Return what is wrong with a photo of an `ok` row, or the empty string."""
    if row["width"] and (photo.width, photo.height) != (int(row["width"]), int(row["height"])):
        return f"size {photo.width} x {photo.height}"
    facts = dict(part.split("=", 1) for part in row["check"].split("; ") if "=" in part)
    found = _corners(photo.pixels)
    for place in found.keys() & facts.keys():
        wanted = [float(value) for value in facts[place].split(",")]
        if np.abs(found[place] - wanted).max() > float(facts.get("tol", 8)):
            return f"{place} is {found[place].round()}, not {wanted}"
    if "frames" in facts and photo.frames != int(facts["frames"]):
        return f"{photo.frames} frames"
    if "like" in facts:
        partner, limit = facts["like"].split("<")
        other = read(HOSTILE / "files" / partner).pixels
        if np.abs(_thumbnail(photo.pixels) - _thumbnail(other)).mean() > float(limit):
            return f"unlike {partner}"
    return ""


def verdict(row):
    """Read one file, in a worker process, and say what is wrong with the answer."""
    path = HOSTILE / "files" / row["file"]
    try:
        photo = read(path)
    except PictureError as error:
        if str(path) not in str(error) or not error.next_step.endswith("."):
            return f"a poor sentence: {error}"
        return f"refused: {error}" if row["expect"] == "ok" else ""
    except Exception as error:  # noqa: BLE001 - a worker must report whatever else escapes the reader
        return f"escaped: {error!r}"
    if row["expect"] == "error":
        return "accepted"
    return _complaint(photo, row) if row["expect"] == "ok" else ""


def _rows():
    with (HOSTILE / "manifest.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_file_is_answered_rightly_and_in_time():
    rows = _rows()
    wrong = []
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        answers = [(row, pool.apply_async(verdict, (row,))) for row in rows]
        for row, answer in answers:
            try:
                found = answer.get(timeout=SECONDS_A_FILE)
            except multiprocessing.TimeoutError:
                pytest.fail(f"{row['file']}: no answer in {SECONDS_A_FILE} s (crash or hang)")
            if found:
                wrong.append(f"{row['file']}: {found}")
        pool.close()
        pool.join()
    assert not wrong, "\n".join(wrong)


def test_a_script_behind_a_picture_name_is_not_run():
    marker = Path("/tmp/hostile_pwn")
    assert not marker.exists()
    with pytest.raises(PictureError, match="EPS or PostScript"):
        read(HOSTILE / "files" / "bad" / "mk_eps.jpg")
    assert not marker.exists()


@pytest.mark.parametrize("name", ["irpng_xcsn0g01.png", "pheif_truncated.heic"])
def test_damage_that_still_decodes_is_marked(name):
    photo = read(HOSTILE / "files" / "bad" / name)
    assert NoteCode.DAMAGED in {note.code for note in photo.notes}
