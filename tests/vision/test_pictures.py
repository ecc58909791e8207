from __future__ import annotations

import hashlib
import io
import os
import struct
import threading
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from vision.errors import DamagedPicture, FileUnreachable, NotAPicture, PictureTooLarge
from vision.pictures import MAX_BYTES, read, read_bytes, seems_picture
from vision.terms import Note, NoteCode

RED, GREEN, BLUE, YELLOW = (220, 40, 40), (40, 180, 60), (40, 80, 210), (240, 210, 40)


def card(width=64, height=40):
    """A card whose four quarters have four colours."""
    pixels = np.empty((height, width, 3), np.uint8)
    y, x = height // 2, width // 2
    pixels[:y, :x], pixels[:y, x:], pixels[y:, :x], pixels[y:, x:] = RED, GREEN, BLUE, YELLOW
    return Image.fromarray(pixels)


def encoded(image, kind="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def corners(photo):
    pixels = photo.pixels.astype(int)
    return [pixels[2, 2], pixels[2, -3], pixels[-3, 2], pixels[-3, -3]]


def is_card(photo, tolerance=4):
    wanted = np.array([RED, GREEN, BLUE, YELLOW])
    return bool(np.abs(np.array(corners(photo)) - wanted).max() <= tolerance)


def codes(photo):
    return [note.code for note in photo.notes]


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_file_is_read_with_its_size_hash_and_format(tmp_path):
    file = tmp_path / "card.png"
    file.write_bytes(encoded(card()))
    photo = read(file)
    assert (photo.width, photo.height, photo.format, photo.frames) == (64, 40, "PNG", 1)
    assert photo.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert photo.path == str(file)
    assert photo.notes == ()
    assert np.array_equal(photo.pixels, np.asarray(card()))
    assert not photo.pixels.flags.writeable


@pytest.mark.parametrize(
    ("kind", "suffix", "options"),
    [
        ("JPEG", "jpg", {"quality": 95, "subsampling": 0}),
        ("PNG", "png", {}),
        ("WEBP", "webp", {"lossless": True}),
        ("GIF", "gif", {}),
        ("BMP", "bmp", {}),
        ("TIFF", "tif", {}),
        ("AVIF", "avif", {"quality": 95, "subsampling": "4:4:4"}),
        ("PPM", "ppm", {}),
        ("JPEG2000", "jp2", {}),
        ("QOI", "qoi", {}),
        ("TGA", "tga", {}),
    ],
)
def test_each_format_is_read(kind, suffix, options):
    photo = read_bytes(encoded(card(), kind, **options), f"card.{suffix}")
    assert photo.format == kind
    assert photo.notes == ()
    assert is_card(photo, 10)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright_once(kind, orientation):
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = card() if orientation == 1 else card().transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if kind == "WEBP" else {}
    photo = read_bytes(encoded(stored, kind, exif=exif, **options), "card")
    assert (photo.width, photo.height) == (64, 40)
    assert is_card(photo, 12)
    assert codes(photo) == ([] if orientation == 1 else [NoteCode.TURNED])


def test_an_illegal_orientation_counts_as_upright():
    exif = Image.Exif()
    exif[0x0112] = 99
    photo = read_bytes(encoded(card(), exif=exif), "card.png")
    assert is_card(photo)
    assert photo.notes == ()


def test_the_colour_profile_is_applied():
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    assert linear  # a profile of another colour space does not fit an RGB picture
    photo = read_bytes(encoded(card(), icc_profile=linear.tobytes()), "card.png")
    assert codes(photo) == [NoteCode.PROFILE_BROKEN]
    fitting = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = read_bytes(encoded(card(), icc_profile=fitting), "card.png")
    assert codes(photo) == [NoteCode.PROFILE]
    assert is_card(photo)


def test_an_unusable_profile_is_told_and_left_out():
    photo = read_bytes(encoded(card(), icc_profile=b"no profile"), "card.png")
    assert codes(photo) == [NoteCode.PROFILE_BROKEN]
    assert is_card(photo)


def test_inks_are_converted():
    photo = read_bytes(encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "TIFF"), "ink.tif")
    assert codes(photo) == [NoteCode.CMYK]
    red, green, blue = photo.pixels[4, 4]
    assert red > 200
    assert max(green, blue) < 60


def test_transparency_lies_over_white():
    clear = card().convert("RGBA")
    clear.putalpha(
        Image.fromarray(
            np.repeat([[0], [255]], 20, axis=0).astype(np.uint8) @ np.ones((1, 64), np.uint8)
        )
    )
    photo = read_bytes(encoded(clear), "card.png")
    assert codes(photo) == [NoteCode.TRANSPARENT]
    assert (photo.pixels[:20] == 255).all()
    assert np.array_equal(photo.pixels[20:], np.asarray(card())[20:])


def test_half_transparency_is_mixed_with_white():
    grey = Image.new("RGBA", (4, 4), (100, 0, 200, 128))
    mixed = read_bytes(encoded(grey), "grey.png").pixels[0, 0].astype(int)
    assert np.abs(mixed - [177, 127, 227]).max() <= 1


def test_a_fully_transparent_picture_is_called_empty():
    photo = read_bytes(encoded(Image.new("RGBA", (4, 4), (9, 9, 9, 0))), "empty.png")
    assert codes(photo) == [NoteCode.EMPTY]
    assert (photo.pixels == 255).all()


def test_sixteen_bits_are_scaled_by_their_range_and_not_stretched():
    values = np.array([[0, 257 * 50, 257 * 200, 65535]], np.uint16)
    photo = read_bytes(encoded(Image.fromarray(values)), "deep.png")
    assert codes(photo) == [NoteCode.DEEP]
    assert photo.pixels[0, :, 0].tolist() == [0, 50, 200, 255]


def test_a_narrow_deep_picture_says_how_narrow():
    values = np.full((4, 4), 655, np.uint16)
    photo = read_bytes(encoded(Image.fromarray(values)), "deep.png")
    assert Note(NoteCode.NARROW_RANGE, "1.0%") in photo.notes
    assert photo.pixels.max() == 3


def test_floats_of_zero_to_one_are_linear_light():
    values = np.array([[0.0, 0.21586, 1.0, np.nan]], np.float32)
    photo = read_bytes(encoded(Image.fromarray(values), "TIFF"), "float.tif")
    assert photo.pixels[0, :, 1].tolist() == [0, 128, 255, 0]  # 0.216 is mid grey, IEC 61966-2-1


def test_the_first_of_several_frames_is_shown_and_counted():
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, GREEN, BLUE)]
    data = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    photo = read_bytes(data, "pages.tif")
    assert photo.frames == 3
    assert photo.notes == (Note(NoteCode.FIRST_FRAME, "3"),)
    assert tuple(photo.pixels[0, 0]) == RED


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("card.png", ()),
        ("card.PNG", ()),
        ("card", ()),
        (".card", ()),
        ("card.jpg", (Note(NoteCode.NAME_DISAGREES, "PNG"),)),
        ("card.txt", (Note(NoteCode.NAME_DISAGREES, "PNG"),)),
    ],
)
def test_a_name_that_disagrees_with_the_content_is_told(name, notes):
    assert read_bytes(encoded(card()), name).notes == notes


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7 ...", "a.png", "PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a.jpg", "EPS"),
        (b"<?xml version='1.0'?><svg xmlns='x'/>", "a.png", "SVG"),
        (b"<!DOCTYPE html><html>", "a.jpg", "web page"),
        (b"8BPS\0\1", "a.psd", "PSD"),
        (b"PK\3\4....", "a.jpg", "ZIP"),
        (b"\x1f\x8b\x08", "a.jpg", "gzip"),
        (b"MZ\x90\0", "a.jpg", "program"),
        (b'{"error": 404}', "a.png", "text"),
        (b"\0" * 5000, "a.jpg", "zeros"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "a.heic", "video"),
        (b"\0\5\x16\7\0\2\0\0", "._a.jpg", "side file"),
        (b"\0\0\0\1Bud1", ".DS_Store", "macOS"),
        (b"\xd0\xcf\x11\xe0", "Thumbs.db", "Windows"),
        (bytes(range(200, 256)) * 40, "a.jpg", "no picture format"),
    ],
)
def test_what_is_no_picture_is_called_by_its_name(data, name, words):
    with pytest.raises(NotAPicture, match=words) as caught:
        read_bytes(data, name)
    assert str(caught.value).startswith(f"{name}: ")
    assert caught.value.next_step.endswith(".")


def test_a_raw_file_is_not_shown_by_its_small_preview():
    with pytest.raises(NotAPicture, match="camera raw"):
        read_bytes(encoded(card(), "TIFF"), "photo.NEF")


def test_a_claimed_size_over_the_limit_is_refused_by_the_header():
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b""))
    with pytest.raises(PictureTooLarge, match=r"10,000 megapixels.*250 megapixels") as caught:
        read_bytes(data, "bomb.png")
    assert (caught.value.found, caught.value.limit) == (1e10, 250e6)


def test_a_large_file_is_refused_unread(tmp_path):
    file = tmp_path / "sparse.jpg"
    with file.open("wb") as stream:
        stream.write(encoded(card(), "JPEG"))
        stream.truncate(MAX_BYTES + (1 << 20))
    with pytest.raises(PictureTooLarge, match=r"1,025 MiB, the limit is 1,024 MiB"):
        read(file)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_file_cut_in_half_is_an_error(kind):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8))
    data = encoded(noise, kind)
    with pytest.raises(DamagedPicture):
        read_bytes(data[: len(data) // 2], "cut")


def test_a_wrong_checksum_is_marked_as_damage():
    data = bytearray(encoded(card()))
    at = data.index(b"IDAT")
    size = struct.unpack(">I", data[at - 4 : at])[0]
    data[at + 4 + size] ^= 1
    assert NoteCode.DAMAGED in codes(read_bytes(bytes(data), "card.png"))


def test_an_empty_file_says_so(tmp_path):
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(DamagedPicture, match="empty"):
        read(tmp_path / "empty.jpg")


def test_what_is_no_ordinary_file_is_unreachable(tmp_path):
    with pytest.raises(FileUnreachable, match="no such file"):
        read(tmp_path / "gone.jpg")
    with pytest.raises(FileUnreachable, match="folder"):
        read(tmp_path)
    with pytest.raises(FileUnreachable):
        read(tmp_path / "null\0name.jpg")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.timeout(10)
def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(FileUnreachable, match="pipe"):
        read(tmp_path / "pipe.jpg")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission_says_so(tmp_path):
    file = tmp_path / "closed.png"
    file.write_bytes(encoded(card()))
    file.chmod(0)
    with pytest.raises(FileUnreachable, match="may not read"):
        read(file)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png")])
@pytest.mark.parametrize("turned", [False, True])
def test_a_reduced_picture_keeps_its_full_size(kind, name, turned):
    exif = Image.Exif()
    exif[0x0112] = 6 if turned else 1
    data = encoded(card(1200, 800), kind, exif=exif)
    photo = read_bytes(data, name, max_side=300)
    full = (800, 1200) if turned else (1200, 800)
    assert (photo.width, photo.height) == full
    assert photo.pixels.shape == (full[1] // 4, full[0] // 4, 3)
    assert photo.scale == 4
    assert Note(NoteCode.REDUCED, "4") in photo.notes


def test_a_reduced_picture_is_never_smaller_than_asked():
    for side in (90, 100, 101, 399, 400, 1000):
        for kind in ("JPEG", "PNG"):
            photo = read_bytes(encoded(card(400, 250), kind), "a", max_side=side)
            assert max(photo.pixels.shape) >= min(side, 400)


def test_a_senseless_side_is_a_wrong_argument():
    with pytest.raises(ValueError, match="max_side"):
        read_bytes(encoded(card()), "card.png", max_side=0)


def test_threads_read_side_by_side():
    data = [encoded(card(64 + i, 40), "JPEG") for i in range(8)]
    found = {}

    def work(i):
        found[i] = read_bytes(data[i], f"{i}.jpg").width

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {i: 64 + i for i in range(8)}


@pytest.mark.parametrize(
    ("name", "content", "is_one"),
    [
        ("photo", b"\xff\xd8\xff\xe0 the rest may be missing", True),
        ("notes.jpg", b"only its name says that it is one", False),
        ("drawing.png", b"%PDF-1.7", False),
        ("empty.png", b"", False),
    ],
)
def test_pictures_are_known_by_their_first_bytes(
    tmp_path, name: str, content: bytes, is_one: bool
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert seems_picture(file) is is_one


def test_what_is_no_plain_file_holds_no_picture(tmp_path) -> None:
    assert not seems_picture(tmp_path)
    assert not seems_picture(tmp_path / "gone.jpg")
