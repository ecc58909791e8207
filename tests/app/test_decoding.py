from __future__ import annotations

import hashlib
import signal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.commands import decoding
from app.commands.decoding import patches, read_many, read_part, sha256_of
from app.reports.contract import ReadPart
from tests.app.decoders import misbehaving
from vision import DamagedPicture


def test_each_file_has_its_row_in_order_whatever_the_decoder_does() -> None:
    names = ["a", "crash 1", "b", "hang", "c", "crash 2", "crash 3", "d", "raise", "e"]
    rows = list(read_many(names, decode=misbehaving, limit_s=3.0))
    assert [row.path for row in rows] == names
    assert [row.path for row in rows if row.ok] == ["a", "b", "c", "d", "e"]
    told = {row.path: row.error or "" for row in rows}
    assert "broke down" in told["crash 1"]
    assert "3 seconds" in told["hang"]
    assert "a mistake of ours" in told["raise"]


def test_what_is_wrong_with_a_file_is_worded_where_it_was_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Exception] = []

    def sentence(error: Exception) -> str:
        asked.append(error)
        return f"坏了 {error}"

    monkeypatch.setattr(decoding, "error_sentence", sentence)
    cut, large = read_many(["none", "large"], decode=misbehaving)
    assert cut.error == "坏了 none: it is cut short. Copy it again."
    (error,) = asked
    assert isinstance(error, DamagedPicture)
    assert error.path == "none"
    assert large.error == "large: there is not enough memory."


def test_one_process_decodes_many_files() -> None:
    rows = list(read_many([f"{n}" for n in range(20)], decode=misbehaving))
    assert len({row.width for row in rows}) <= 4


def test_an_asker_who_goes_away_leaves_no_process_behind() -> None:
    rows = read_many(["a", "hang", "hang"], decode=misbehaving, limit_s=60.0)
    first = next(rows)
    assert first.width is not None
    rows.close()
    assert not Path(f"/proc/{first.width}").exists()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signal masks here")
def test_decoding_processes_do_not_hear_ctrl_c() -> None:
    [row] = read_many(["mask"], decode=misbehaving)
    assert row.ok


def test_no_files_no_rows() -> None:
    assert list(read_many([])) == []


def test_a_picture_is_read_with_size_hash_and_patches(tmp_path: Path) -> None:
    pixels = np.zeros((100, 200, 3), np.uint8)
    pixels[:50, :100] = (10, 20, 30)
    pixels[:50, 100:] = (200, 0, 0)
    pixels[50:, :100] = (0, 200, 0)
    pixels[50:, 100:] = (0, 0, 200)
    file = tmp_path / "quarters.png"
    Image.fromarray(pixels).save(file)
    row = read_part(str(file))
    assert row.ok
    assert (row.width, row.height, row.format, row.frames) == (200, 100, "PNG", 1)
    assert row.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert row.patches is not None
    assert row.patches.tl == (10, 20, 30)
    assert row.patches.tr == (200, 0, 0)
    assert row.patches.bl == (0, 200, 0)
    assert row.patches.br == (0, 0, 200)
    assert row.patches.c == (52.5, 55, 57.5)


def test_patches_of_the_smallest_picture() -> None:
    one = patches(np.full((1, 1, 3), 7, np.uint8))
    assert one.tl == one.c == (7, 7, 7)


@pytest.mark.parametrize("name", ["missing.jpg", "", "a\0b"])
def test_what_cannot_be_read_is_a_row(tmp_path: Path, name: str) -> None:
    row = read_part(str(tmp_path / name))
    assert not row.ok
    assert row.error
    assert row == ReadPart(path=str(tmp_path / name), ok=False, error=row.error)


def test_hash_of_what_may_be_anything(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"abc")
    assert sha256_of(str(file)) == hashlib.sha256(b"abc").hexdigest()
    assert sha256_of(str(file), most_bytes=2) == ""
    assert sha256_of(str(tmp_path)) == ""
    assert sha256_of("a\0b") == ""
