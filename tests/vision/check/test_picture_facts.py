"""What a stored file is worth, and that it is looked at once only."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from tests.vision.samples import artwork, reference_of, saved
from vision import pictures
from vision.check.picture_facts import FileState, PictureFacts
from vision.terms import FaultKind

if TYPE_CHECKING:
    from pathlib import Path

    from vision.terms import Reference

_PRINT = artwork(3, 320, 240)


@pytest.fixture
def good(tmp_path: Path) -> Reference:
    return reference_of(saved(_PRINT, tmp_path / "good.jpg"))


def _state(reference: Reference) -> FileState:
    return PictureFacts(None).of(reference).state


def test_a_good_file_is_fine(good: Reference) -> None:
    fact = PictureFacts(None).of(good)
    assert (fact.state, fact.faults) == (FileState.FINE, ())


def test_a_file_that_is_gone(good: Reference, tmp_path: Path) -> None:
    (tmp_path / "good.jpg").unlink()
    assert _state(good) is FileState.GONE


@pytest.mark.parametrize("keep", [0.0, 0.4])
def test_a_file_that_was_cut_short_is_unreadable(
    good: Reference, tmp_path: Path, keep: float
) -> None:
    file = tmp_path / "good.jpg"
    whole = file.read_bytes()
    file.write_bytes(whole[: int(keep * len(whole))])
    assert _state(good) is FileState.UNREADABLE


def test_another_picture_in_its_place_is_told(good: Reference, tmp_path: Path) -> None:
    saved(artwork(4, 320, 240), tmp_path / "good.jpg")
    assert _state(good) is FileState.CHANGED


def test_a_blurred_photo_is_unfit(tmp_path: Path) -> None:
    soft = cv2.GaussianBlur(artwork(3), (0, 0), 6.0)
    fact = PictureFacts(None).of(reference_of(saved(soft, tmp_path / "soft.png")))
    assert fact.state is FileState.FINE
    assert [fault.kind for fault in fact.faults] == [FaultKind.BLUR]
    assert fact.faults[0].measured > fact.faults[0].limit


def test_a_file_is_opened_once_until_it_changes(
    good: Reference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    read = pictures.read
    monkeypatch.setattr(pictures, "read", lambda *a, **k: opened.append(a) or read(*a, **k))
    cache = tmp_path / "cache" / "pictures.json"
    facts = PictureFacts(cache)
    first = facts.of(good)
    facts.keep()
    assert PictureFacts(cache).of(good) == first
    assert len(opened) == 1
    os.utime(good.path, ns=(1, 1))
    PictureFacts(cache).of(good)
    assert len(opened) == 2


def test_faults_are_remembered_as_they_were(tmp_path: Path) -> None:
    soft = reference_of(saved(cv2.GaussianBlur(artwork(3), (0, 0), 6.0), tmp_path / "soft.png"))
    facts = PictureFacts(tmp_path / "facts.json")
    first = facts.of(soft)
    facts.keep()
    assert PictureFacts(tmp_path / "facts.json").of(soft) == first


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"version": 2, "facts": {"x": {}}}'])
def test_a_damaged_cache_counts_as_absent(good: Reference, tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "facts.json"
    cache.write_bytes(content)
    assert PictureFacts(cache).of(good).state is FileState.FINE


def test_a_cache_that_cannot_be_written_is_no_harm(good: Reference, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    facts = PictureFacts(tmp_path / "file" / "facts.json")
    facts.of(good)
    facts.keep()
    assert (tmp_path / "file").read_bytes() == b"x"


def _beside(left: np.ndarray, right: np.ndarray, file: Path) -> Reference:
    return reference_of(saved(np.hstack([left, right]), file))


def _cropped(reference: Reference, x0: float, y0: float, x1: float, y1: float) -> Reference:
    return replace(reference, corners=((x0, y0), (x1, y0), (x1, y1), (x0, y1)))


def test_a_sharp_print_cropped_out_beside_a_blurred_one_is_fit_and_the_other_is_not(
    tmp_path: Path,
) -> None:
    soft = np.asarray(cv2.GaussianBlur(artwork(3), (0, 0), 6.0), np.uint8)
    reference = _beside(artwork(4), soft, tmp_path / "both.png")
    facts = PictureFacts(tmp_path / "facts.json")
    assert facts.of(reference).faults == ()
    blurred = _cropped(reference, 640, 0, 1279, 479)
    assert [fault.kind for fault in facts.of(blurred).faults] == [FaultKind.BLUR]
    assert facts.of(_cropped(reference, 0, 0, 639, 479)).faults == ()
    facts.keep()
    again = PictureFacts(tmp_path / "facts.json")
    assert again.of(blurred) == facts.of(blurred)
    assert again.of(reference).faults == ()


def test_a_crop_of_too_few_pixels_is_unfit(tmp_path: Path) -> None:
    reference = reference_of(saved(artwork(3), tmp_path / "print.png"))
    fact = PictureFacts(None).of(_cropped(reference, 100, 100, 500, 139))
    assert [fault.kind for fault in fact.faults] == [FaultKind.TOO_SMALL]
    assert fact.faults[0].measured == 39


def test_a_cropped_file_that_was_cut_short_exchanged_or_is_gone_is_told(tmp_path: Path) -> None:
    file = saved(_PRINT, tmp_path / "good.jpg")
    cropped = _cropped(reference_of(file), 20, 20, 300, 220)
    assert _state(cropped) is FileState.FINE
    whole = file.read_bytes()
    file.write_bytes(whole[: int(0.4 * len(whole))])
    assert _state(cropped) is FileState.UNREADABLE
    saved(artwork(4, 320, 240), file)
    assert _state(cropped) is FileState.CHANGED
    file.unlink()
    assert _state(cropped) is FileState.GONE


def test_a_photo_with_a_video_behind_it_is_fine(good: Reference, tmp_path: Path) -> None:
    with (tmp_path / "good.jpg").open("ab") as file:
        file.write(b"a video \xff\xd9 with codes of chance \xff\xda in it")
    moving = reference_of(tmp_path / "good.jpg")
    assert _state(moving) is FileState.FINE


def test_facts_of_a_time_that_took_such_photos_for_damaged_do_not_count(
    good: Reference, tmp_path: Path
) -> None:
    cache = tmp_path / "facts.json"
    facts = PictureFacts(cache)
    facts.of(good)
    facts.keep()
    now = cache.read_text()
    cache.write_text(now.replace('"version": 2', '"version": 1').replace("fine", "unreadable"))
    assert PictureFacts(cache).of(good).state is FileState.FINE
    cache.write_text(now.replace("fine", "unreadable"))
    assert PictureFacts(cache).of(good).state is FileState.UNREADABLE
