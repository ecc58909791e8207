from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from app import settings
from app.settings import TABLE, Kind, Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.key)
def test_every_setting_has_label_note_and_a_lawful_default(row: settings.Setting) -> None:
    assert str(row.label).strip()
    assert str(row.note).strip()
    assert row.accepts(row.default)


def test_keys_are_unique() -> None:
    assert len({row.key for row in TABLE}) == len(TABLE)


def test_defaults_without_a_file(qapp: object, file: Path) -> None:
    fresh = Settings(file)
    assert (fresh.text("language"), fresh.text("theme"), fresh.count("threads")) == (
        "system",
        "system",
        0,
    )


def test_a_value_survives_and_is_told_once(qapp: object, file: Path) -> None:
    first, told = Settings(file), []
    first.changed.connect(told.append)
    first.set("language", "zh_CN")
    first.set("language", "zh_CN")
    first.set("threads", 1)
    assert told == ["language", "threads"]
    first._store.sync()
    assert Settings(file).text("language") == "zh_CN"
    assert Settings(file).count("threads") == 1


@pytest.mark.parametrize(
    ("key", "value"), [("language", "fr"), ("threads", -1), ("threads", 10_000), ("nothing", "x")]
)
def test_unlawful_values_are_refused(qapp: object, file: Path, key: str, value: object) -> None:
    with pytest.raises(ValueError, match=key):
        Settings(file).set(key, value)


def test_asking_with_the_wrong_kind_is_refused(qapp: object, file: Path) -> None:
    with pytest.raises(ValueError, match="threads"):
        Settings(file).text("threads")


def test_nonsense_in_the_file_becomes_the_default(qapp: object, file: Path) -> None:
    file.write_text("[General]\nschema=1\nlanguage=klingon\nthreads=many\n", encoding="utf-8")
    read = Settings(file)
    assert read.text("language") == "system"
    assert read.count("threads") == 0


def test_a_newer_file_is_read_but_never_written(qapp: object, file: Path) -> None:
    before = f"[General]\nschema={settings.SCHEMA + 1}\nlanguage=en\n"
    file.write_text(before, encoding="utf-8")
    newer = Settings(file)
    assert newer.text("language") == "en"
    newer.set("language", "zh_CN")
    newer._store.sync()
    assert newer.text("language") == "zh_CN"
    assert file.read_text(encoding="utf-8") == before


def test_the_window_is_kept_in_a_file_of_its_own(qapp: object, tmp_path: Path) -> None:
    state = settings.window_state(tmp_path / "window.ini")
    state.setValue("geometry", b"1")
    state.sync()
    assert QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat).value("geometry")
    assert not (tmp_path / "settings.ini").exists()


def test_only_choices_have_choices() -> None:
    for row in TABLE:
        assert bool(row.choices) == (row.kind is Kind.CHOICE)


def test_a_value_for_this_run_only_is_spoken_and_not_stored(qapp: object, file: Path) -> None:
    one = Settings(file)
    one.use("language", "zh_CN")
    assert one.text("language") == "zh_CN"
    assert Settings(file).text("language") == "system"
    one.set("language", "zh_CN")
    assert Settings(file).text("language") == "zh_CN", "now it was chosen"
    one.use("language", "en")
    one.set("language", "zh_CN")
    assert one.text("language") == "zh_CN", "what is chosen later counts"
    with pytest.raises(ValueError, match="cannot be"):
        one.use("language", "fr")
