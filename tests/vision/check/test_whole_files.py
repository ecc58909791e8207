"""Files of a cache are whole or as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vision.check.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_it_makes_the_folder_and_replaces_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file"
    write_whole(file, b"one")
    write_whole(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(file.parent.iterdir()) == [file]


def test_what_was_there_stays_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    write_whole(file, b"one")

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("vision.check.whole_files.os.fdopen", full)
    write_whole(file, b"two")
    assert file.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [file]
