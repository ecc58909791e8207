"""Whether a picture has its end, whatever is appended to it."""

from __future__ import annotations

import io
import time

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from vision import DamagedPicture, NoteCode, read_bytes
from vision.formats import is_incomplete

_SIZE = (48, 64)
_BASELINE: dict[str, object] = {}
_PROGRESSIVE, _RESTARTS = {"progressive": True}, {"restart_marker_blocks": 3}
_CODES_OF_CHANCE = b"\xff\xd9\0\0\0\x18ftypmp42 \xff\xd9 video \xff\xda video"
_NOISE = np.random.default_rng(5)


def _drawn() -> Image.Image:
    return Image.fromarray(_NOISE.integers(0, 255, (*_SIZE, 3), np.uint8))


def _jpeg(**options: object) -> bytes:
    stream = io.BytesIO()
    _drawn().save(stream, "JPEG", quality=90, **options)
    return stream.getvalue()


def _heif() -> bytes:
    stream = io.BytesIO()
    pillow_heif.from_pillow(_drawn()).save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("options", [_BASELINE, _PROGRESSIVE, _RESTARTS])
@pytest.mark.parametrize("appended", ["video", "picture", "cut picture", "noise"])
def test_what_is_appended_to_a_sound_photo_is_no_damage(
    options: dict[str, object], appended: str
) -> None:
    photo, other = _jpeg(**options), _jpeg(**options)
    after = {
        "video": _CODES_OF_CHANCE,
        "picture": other,
        "cut picture": other[: len(other) // 2],
        "noise": _NOISE.bytes(1 << 20) + b"\xff\xda",
    }[appended]
    assert read_bytes(photo + after, "phone.jpg").notes == ()


@pytest.mark.parametrize("options", [_BASELINE, _PROGRESSIVE, _RESTARTS])
def test_a_photo_without_its_end_is_damaged_whatever_follows(options: dict[str, object]) -> None:
    whole = _jpeg(**options)
    assert not is_incomplete(whole, "JPEG")
    begun = whole.rindex(b"\xff\xda") + 20
    for kept in range(begun, len(whole) - 1, 41):
        assert is_incomplete(whole[:kept], "JPEG")
        assert is_incomplete(whole[:kept] + whole, "JPEG"), "the end is that of another picture"
    with pytest.raises(DamagedPicture):
        read_bytes(whole[: len(whole) // 2], "cut.jpg")


def test_a_photo_whose_copy_ends_in_zeros_is_marked_as_damaged() -> None:
    whole = _jpeg()
    half_copied = read_bytes(whole[: len(whole) // 2] + bytes(len(whole)), "copy.jpg")
    assert [note.code for note in half_copied.notes] == [NoteCode.DAMAGED]


def test_the_end_of_a_preview_in_the_header_is_not_that_of_the_photo() -> None:
    preview = b"Exif\0\0" + _jpeg()
    whole = _jpeg(exif=preview)
    assert not is_incomplete(whole, "JPEG")
    assert is_incomplete(whole[: whole.rindex(b"\xff\xda") + 30], "JPEG")


def test_a_photo_may_fill_up_before_a_marker() -> None:
    whole = _jpeg()
    assert not is_incomplete(whole[:-2] + b"\xff\xff\xff\xd9" + _CODES_OF_CHANCE, "JPEG")


@pytest.mark.parametrize("body", [b"\xff" * (16 << 20), b"\xff\0" * (8 << 20), bytes(16 << 20)])
def test_large_files_are_looked_through_at_once(body: bytes) -> None:
    begun = time.perf_counter()
    assert is_incomplete(b"\xff\xd8\xff\xda\0\2" + body, "JPEG")
    assert not is_incomplete(b"\xff\xd8\xff\xda\0\2" + body + b"\xff\xd9" + body, "JPEG")
    assert time.perf_counter() - begun < 5


def test_what_is_appended_to_a_heif_picture_is_no_damage_and_a_cut_is() -> None:
    whole = _heif()
    for after in (b"", _CODES_OF_CHANCE, b"\0\0\0\5junk", b"\0\x10\0\0mpvd a video cut off"):
        assert read_bytes(whole + after, "phone.heic").notes == ()
    assert is_incomplete(whole[:-30], "HEIF")
    assert is_incomplete(whole[:60], "HEIF")
