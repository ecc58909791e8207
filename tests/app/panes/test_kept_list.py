from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app.models.photos import State
from app.panes import kept_list
from app.panes.intake import Source
from app.panes.kept_list import KeptList, KeptPhoto, ListFile, NewerList
from vision import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


def end_of(steps: Generator) -> object:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def a_list(*paths: str) -> KeptList:
    photos = tuple(
        KeptPhoto(
            path=path,
            name=f"照片 {number}",
            state=State.DONE,
            outcome=Outcome.DIFFERS,
            regions=number,
            product="Tea",
            side="front",
        )
        for number, path in enumerate(paths)
    )
    return kept_list.made_list(photos, 1)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "not there yet"
    wanted = a_list("/a/1.jpg", "/b/茶.jpg")
    kept_list.write_list(folder, wanted)
    assert end_of(kept_list.read_list(folder)) == wanted
    assert kept_list.is_of_now(wanted)
    assert [file.name for file in folder.iterdir()] == ["photos.json"]


def test_without_a_file_the_list_is_empty(tmp_path: Path) -> None:
    found = end_of(kept_list.read_list(tmp_path / "nowhere"))
    assert isinstance(found, KeptList)
    assert found.photos == ()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"photos": [{"path": 3}]}', '{"photos": 7}'])
def test_a_broken_list_is_set_aside(tmp_path: Path, text: str) -> None:
    (tmp_path / "photos.json").write_text(text)
    found = end_of(kept_list.read_list(tmp_path))
    assert isinstance(found, KeptList)
    assert found.photos == ()
    assert (tmp_path / "photos.broken.json").read_text() == text


def test_a_list_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "photos.json"
    file.write_text('{"schema_version": 99, "photos": []}')
    with pytest.raises(NewerList):
        end_of(kept_list.read_list(tmp_path))
    assert "99" in file.read_text()


def test_a_write_that_fails_leaves_the_old_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_list.write_list(tmp_path, a_list("/a.jpg"))
    before = (tmp_path / "photos.json").read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_list.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept_list.write_list(tmp_path, a_list("/a.jpg", "/b.jpg"))
    assert [file.name for file in tmp_path.iterdir()] == ["photos.json"]
    assert (tmp_path / "photos.json").read_bytes() == before


def test_pasted_pictures_get_a_file_and_lose_it_when_nobody_needs_it(tmp_path: Path) -> None:
    kept = [
        end_of(kept_list.keeping_pasted(tmp_path, Source("p", data=data)))
        for data in (b"one", b"two", b"one")
    ]
    assert kept[0] == kept[2]
    kept_list.write_list(tmp_path, a_list(str(kept[1])))
    end_of(kept_list.read_list(tmp_path))
    assert [file.read_bytes() for file in (tmp_path / "pasted").iterdir()] == [b"two"]


def test_glances_tell_missing_files_and_pictures(tmp_path: Path) -> None:
    good, letter = tmp_path / "good.png", tmp_path / "letter.jpg"
    Image.fromarray(np.zeros((40, 60, 3), np.uint8)).save(good)
    letter.write_text("Dear Sir")
    paths = (str(good), str(letter), str(tmp_path / "gone.png"))
    found = list(kept_list.glances(paths))
    assert [(one.image is not None, one.is_missing) for one in found] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_an_older_state_never_takes_the_place_of_a_newer_one(tmp_path: Path) -> None:
    file = ListFile(tmp_path)
    slow = file.writing(a_list("/older.jpg"))
    next(slow)
    newer = a_list("/older.jpg", "/newer.jpg")
    file.write(newer)
    end_of(slow)
    assert end_of(kept_list.read_list(tmp_path)) == newer


def test_writers_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    file = ListFile(tmp_path)
    jobs = [file.writing(a_list(f"/{number}.jpg")) for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(end_of, jobs))
    found = end_of(kept_list.read_list(tmp_path))
    assert isinstance(found, KeptList)
    assert [photo.path for photo in found.photos] == ["/39.jpg"]
