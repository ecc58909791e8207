"""Odd and broken files come in among good ones: each is told of, and the work goes on."""

from __future__ import annotations

import csv
import os
import re
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.messages import is_worlds_fault
from app.models.photos import State
from app.words import error_sentence
from tests.journeys.fake_bench import drawn
from tests.journeys.test_inspecting import press, states
from tests.journeys.test_regions import key
from tests.journeys.test_window import choose
from vision import NoteCode, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.window import Window

_CODE = re.compile(r"Traceback|Error\b|Exception|\bNone\b|errno|0x[0-9a-f]+|[{}]|<class|site-pack")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def is_settled(window: Window, count: int) -> Callable[[], bool]:
    def now() -> bool:
        queue = window.inspect.queue
        return queue.counts() == (count, count) and not queue.is_busy

    return now


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def huge_png() -> bytes:
    """A small file whose header claims 100 000 x 100 000 pixels."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


@pytest.fixture
def broken(photo: Callable[[str], Path]) -> dict[Path, str]:
    """Files that cannot become photos, with a word that their English sentence must hold."""
    good = photo("good.png")
    png, folder = good.read_bytes(), good.parent
    jpeg = folder / "good.jpg"
    Image.fromarray(drawn(4)).save(jpeg)
    content = {
        "empty.jpg": (b"", "empty"),
        "cut.jpg": (jpeg.read_bytes()[:300], "cut short"),
        "cut.png": (png[:40], "PNG"),
        "letter.jpg": (b"Dear Sir,\nplease find enclosed no picture.\n", "text"),
        "shop page.jpg": (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
        "zeros.png": (b"\0" * 4096, "zeros"),
        "invoice.png": (b"%PDF-1.7\n1 0 obj\n", "PDF"),
        "huge.png": (huge_png(), "pixels"),
        "<b>bold & <i>.png": (b"no", "text"),
        "很长的名字" * 10 + ".heic": (b"ftypheic", "text"),
    }
    made = {}
    for name, (data, word) in content.items():
        (folder / name).write_bytes(data)
        made[folder / name] = word
    os.mkfifo(folder / "pipe.jpg")
    (folder / "zero.jpg").symlink_to("/dev/zero")
    (folder / "circle.jpg").symlink_to(folder / "circle.jpg")
    places = {
        "pipe.jpg": "pipe",
        "zero.jpg": "device",
        "circle.jpg": "circle",
        "gone.jpg": "no such",
    }
    return made | {folder / name: word for name, word in places.items()}


def mixed(good: list[Path], bad: list[Path]) -> list[Path]:
    """Bad files with good ones in front, between and behind."""
    step = max(1, len(bad) // (len(good) - 1))
    made = list(bad)
    for place, file in reversed(list(enumerate(good))):
        made.insert(min(place * step, len(made)), file)
    return made


def say(window: Window, name: str) -> str:
    """What the window says of a file, once it is chosen in the list."""
    pane = window.inspect
    row = next(row for row in pane.queue.model.rows if row.name == name)
    pane.filmstrip.choose(row.key)
    assert pane.notice.isVisible(), name
    assert pane.notice.heading == name
    assert not pane.findings.isVisible()
    return pane.notice.lines


def is_clear(sentence: str, name: str) -> bool:
    """Names the file, and ends as a sentence does, without the words of a programmer."""
    body = sentence.replace(name, "")
    return name in sentence and sentence[-1] in ".。" and not _CODE.search(body)


def test_each_bad_file_gets_its_sentence_and_the_good_ones_are_inspected(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    broken: dict[Path, str],
) -> None:
    good = [photo("differs-3.png"), photo("agrees.png"), photo("mixed-1.png"), photo("agrees2.png")]
    dropped = mixed(good, list(broken))
    drop(*dropped)
    qtbot.waitUntil(is_settled(window, len(dropped)))
    rows = window.inspect.queue.model.rows
    assert [row.name for row in rows] == [file.name for file in dropped]
    assert [row.state is State.DONE for row in rows] == [file in good for file in dropped]
    assert not window.bar.text, "a bad file is a row, not a message"
    for file, word in broken.items():
        sentence = say(window, file.name)
        assert is_clear(sentence, file.name), sentence
        assert word in sentence, sentence
        assert len(sentence.split(". ")) > 1, f"no next step: {sentence}"
    choose(window, "language", "zh_CN")
    for file in broken:
        sentence = say(window, file.name)
        assert is_clear(sentence, file.name), sentence
        assert _CHINESE.search(sentence.replace(file.name, "")), sentence
    choose(window, "language", "en")
    window.inspect.filmstrip.choose(rows[0].key)
    key(qtbot, window, Qt.Key.Key_N)
    key(qtbot, window, Qt.Key.Key_1)
    assert window.inspect.queue.row(rows[0].key).examined == 1


def test_a_file_that_was_mended_is_inspected_again(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    file = photo("differs-2.png")
    whole = file.read_bytes()
    file.write_bytes(whole[:50])
    drop(file)
    qtbot.waitUntil(is_settled(window, 1))
    assert states(window) == [State.FAILED]
    file.write_bytes(whole)
    press(window, "R")
    qtbot.waitUntil(lambda: states(window) == [State.DONE])
    assert window.inspect.findings.card.title == "Differs"


def test_a_name_that_looks_like_a_page_is_shown_letter_by_letter(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    good = photo("agrees.png")
    bad = good.with_name("<img src=x> <b>bold.png")
    bad.write_text("no")
    drop(bad)
    qtbot.waitUntil(is_settled(window, 1))
    (row,) = window.inspect.queue.model.rows
    assert row.name in say(window, row.name)
    shown = [one for one in window.inspect.notice.findChildren(QLabel) if row.name in one.text()]
    assert len(shown) == 2
    assert {one.textFormat() for one in shown} == {Qt.TextFormat.PlainText}
    index = window.inspect.queue.model.index(0)
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold.png" in tip


def test_bad_references_are_told_and_the_good_ones_added(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    broken: dict[Path, str],
) -> None:
    window.go_to("gallery")
    good = [photo("a.png"), photo("bb.png"), photo("ccc.png")]
    drop(*mixed(good, list(broken)))
    form = window.gallery.form
    qtbot.waitUntil(lambda: len(form.sources) == len(good) + len(broken))
    form.set_names("Qingshan Tea", "front")
    form.add_button.click()
    qtbot.waitUntil(lambda: window.gallery.references.rowCount() == len(good))
    told = set()
    for _ in range(len(broken) + 1):
        told |= {file.name for file in broken if file.name in window.bar.text}
        window.bar._on_close()
    assert told == {file.name for file in broken}
    assert not window.bar.text


def is_damaged(window: Window, key: int) -> bool:
    found = window.inspect.queue.found(key)
    notes = found.inspection.photo.notes if found is not None else ()
    return NoteCode.DAMAGED in {note.code for note in notes}


def card_words(window: Window) -> str:
    labels = window.inspect.findings.card.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def collection(shared: Path, *expected: str) -> dict[str, Path]:
    folder = shared / "hostile"
    if not (folder / "manifest.csv").is_file():
        pytest.skip(f"no collection of odd files at {folder}")
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["expect"] in expected]
    files = {row["file"]: folder / "files" / row["file"] for row in rows}
    return {name: file for name, file in files.items() if file.is_file()}


@pytest.mark.timeout(280)
def test_a_collection_of_broken_files_among_good_ones(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    shared: Path,
) -> None:
    bad = collection(shared, "error", "either")
    good = [photo(f"differs-{count}.png") for count in (1, 2, 3, 4)]
    drop(*mixed(good, list(bad.values())))
    qtbot.waitUntil(is_settled(window, len(good) + len(bad)), timeout=240_000)
    must_fail = {file.name for file in collection(shared, "error").values()}
    for row in window.inspect.queue.model.rows:
        if row.name in {file.name for file in good}:
            assert (row.state, row.outcome) == (State.DONE, Outcome.DIFFERS)
            continue
        assert row.state in (State.DONE, State.FAILED), row.name
        assert row.state is State.FAILED or row.name not in must_fail, row.name
        if row.error is not None:
            assert is_worlds_fault(row.error), f"{row.name}: {row.error!r}"
            assert is_clear(say(window, row.name), row.name), say(window, row.name)
    assert not window.bar.text
    damaged = [row for row in window.inspect.queue.model.rows if is_damaged(window, row.key)]
    assert damaged
    for row in damaged:
        window.inspect.filmstrip.choose(row.key)
        assert "The file is damaged" in card_words(window), row.name
    choose(window, "language", "zh_CN")
    for row in window.inspect.queue.model.rows:
        if row.error is not None:
            assert _CHINESE.search(error_sentence(row.error)), row.name


@pytest.mark.timeout(280)
@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO")
def test_odd_files_that_are_whole_are_all_read(
    qtbot: QtBot, window: Window, drop: Callable[..., None], shared: Path
) -> None:
    odd = collection(shared, "ok")
    drop(*odd.values())
    qtbot.waitUntil(is_settled(window, len(odd)), timeout=260_000)
    failed = [row.name for row in window.inspect.queue.model.rows if row.state is not State.DONE]
    assert failed == []
    assert not window.bar.text
