"""What size a picture may have, and what is no matter of its size: a moment without memory."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from vision import DamagedPicture, PictureTooLarge, decoding, pictures, read_bytes

_SHORT = """
import resource, sys
from pathlib import Path
from vision import read_bytes
data = sys.stdin.buffer.read()
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + (int(sys.argv[1]) << 20),) * 2)
try:
    read_bytes(data, "photo")
except BaseException as error:
    print(type(error).__name__)
"""


def _drawn(width: int = 64, height: int = 48) -> Image.Image:
    pixels = np.random.default_rng(3).integers(0, 255, (height, width, 3), np.uint8)
    return Image.fromarray(pixels)


def _encoded(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    stream = io.BytesIO()
    drawn = image or _drawn()
    if kind == "HEIF":
        pillow_heif.from_pillow(drawn).save(stream)
    else:
        drawn.save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    "kind",
    ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF", "ICO", "PPM", "JPEG2000", "TGA"],
)
@pytest.mark.parametrize("pillow_takes", [1000, 2000])
def test_pillows_own_limit_decides_nothing(
    kind: str, pillow_takes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _encoded(kind)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", pillow_takes)  # an error, or a warning
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        photo = read_bytes(data, "photo.tga")
    assert photo.pixels.shape == ((36, 48, 3) if kind == "ICO" else (48, 64, 3))


@pytest.mark.parametrize("size", [(15_000, 13_000), (11_000, 10_000)])
def test_a_large_scan_in_tiff_is_read_like_any_other(size: tuple[int, int]) -> None:
    scan = _encoded("TIFF", Image.new("1", size, 1), compression="group4")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        photo = read_bytes(scan, "scan.tif", max_side=500)
    assert (photo.width, photo.height) == size
    assert (photo.pixels == 255).all()


def test_threads_that_read_at_once_do_not_lower_the_limit_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    scans = [_encoded("TIFF"), _encoded("WEBP"), _encoded("GIF")] * 8
    sizes = []

    def read(data: bytes) -> None:
        for _ in range(10):
            sizes.append(read_bytes(data, "scan").pixels.shape)

    threads = [threading.Thread(target=read, args=(data,)) for data in scans]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sizes == [(48, 64, 3)] * 240


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "GIF", "WEBP", "ICO"])
def test_a_picture_above_the_limit_is_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _encoded(kind, _drawn(200, 200))
    monkeypatch.setattr(decoding, "MAX_PIXELS", 10_000)
    monkeypatch.setattr(pictures, "MAX_PIXELS", 10_000)
    monkeypatch.setattr(decoding, "decode", None)
    with pytest.raises(PictureTooLarge) as caught:
        read_bytes(data, "photo")
    assert caught.value.limit == 10_000


def test_the_picture_in_an_icon_is_read_with_its_own_size_and_transparency() -> None:
    drawn = _drawn(48, 48).convert("RGBA")
    drawn.putalpha(Image.linear_gradient("L").resize((48, 48)).point(lambda one: 255 * (one > 99)))
    for form in ("png", "bmp"):
        photo = read_bytes(_encoded("ICO", drawn, sizes=[(48, 48)], bitmap_format=form), "a.ico")
        assert photo.pixels.shape == (48, 48, 3)
        assert (photo.pixels[0] == 255).all()
        assert (photo.pixels[-1] == np.asarray(drawn.convert("RGB"))[-1]).all()


def _without_memory(*_: object, **__: object) -> None:
    raise MemoryError


@pytest.mark.parametrize("step", ["open_header", "decode", "count_frames"])
def test_a_moment_without_memory_is_no_fault_of_the_file(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, step, _without_memory)
    with pytest.raises(MemoryError):
        read_bytes(_encoded("PNG"), "photo.png")
    monkeypatch.undo()
    assert read_bytes(_encoded("PNG"), "photo.png").notes == ()


def test_a_colour_profile_is_not_called_broken_for_want_of_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    monkeypatch.setattr(ImageCms, "profileToProfile", _without_memory)
    with pytest.raises(MemoryError):
        read_bytes(_encoded("PNG", icc_profile=profile), "photo.png")


def test_the_sentence_names_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "decode", _without_memory)
    with pytest.raises(MemoryError, match=r"not enough memory to read photo\.png\. Close other"):
        read_bytes(_encoded("PNG"), "photo.png")


def test_a_damaged_picture_stays_damaged() -> None:
    data = _encoded("PNG")
    with pytest.raises(DamagedPicture):
        read_bytes(data[: len(data) // 2], "photo.png")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits memory as Linux does")
@pytest.mark.parametrize("megabytes", [40, 70])
@pytest.mark.parametrize(("kind", "options"), [("JPEG", {"progressive": True}), ("JPEG2000", {})])
def test_decoders_that_speak_of_broken_data_without_memory_are_not_believed(
    kind: str, options: dict[str, object], megabytes: int
) -> None:
    pixels = np.add.outer(np.arange(3000), np.arange(4000)).astype(np.uint8)
    data = _encoded(kind, Image.fromarray(pixels).convert("RGB"), **options)
    told = subprocess.run(
        [sys.executable, "-c", _SHORT, str(megabytes)],
        input=data,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert told.stdout.decode().strip() == "MemoryError"
