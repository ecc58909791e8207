"""What went wrong for users of other programs, as public threads tell, does not go wrong here."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QImage

from app.messages import Messages
from app.models.photos import State
from app.settings import Settings, window_state
from app.store import Opinion
from app.views.viewing import ViewKind
from app.window import Window
from tests.journeys.fake_bench import FakeBench, drawn
from tests.journeys.test_hostile import card_words
from tests.journeys.test_inspecting import press, states
from tests.journeys.test_regions import draw, key, settled
from tests.vision.samples import saved_turned
from vision import Outcome

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
KINDS = [ViewKind.SIDE_BY_SIDE, ViewKind.SWIPE, ViewKind.BLINK, ViewKind.DIFFERENCE]


def names(window: Window) -> list[str]:
    return [row.name for row in window.inspect.queue.model.rows]


def spot(window: Window) -> tuple[float, float, float]:
    viewport = window.inspect.view.frame_viewport
    return viewport.centre.x(), viewport.centre.y(), viewport.scale


def picture_data() -> QMimeData:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    mime = QMimeData()
    mime.setImageData(image)
    return mime


def is_whole(window: Window) -> bool:
    """Whether the whole of the compared part is seen, in the middle."""
    viewport, canvas = window.inspect.view.frame_viewport, window.inspect.view.reference
    area = canvas._focus or canvas._picture.area
    is_centred = viewport.centre == area.center()
    return is_centred and viewport.scale == pytest.approx(canvas.fitting_scale())


# files


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_stands_upright_everywhere(
    qtbot: QtBot, window: Window, drop: Callable[..., None], tmp_path: Path, orientation: int
) -> None:
    """oferkv/phototonic#170: the small picture obeyed the tag, and the large one did not."""
    pixels = np.full((120, 160, 3), 200, np.uint8)
    pixels[:60, :80] = (200, 20, 20)  # red at the upper left
    drop(saved_turned(pixels, tmp_path / "differs-4.jpg", orientation))
    qtbot.waitUntil(lambda: settled(window, 1))
    pane = window.inspect
    (row,) = pane.queue.model.rows
    found = pane.queue.found(row.key)
    shown = [row.thumbnail, found.scene.photo.levels[0], found.scene.aligned.levels[0]]
    for image in shown:
        width, height = image.width(), image.height()
        assert width > height
        assert image.pixelColor(width // 4, height // 4).green() < 90
        assert image.pixelColor(3 * width // 4, 3 * height // 4).green() > 150
    key(qtbot, window, Qt.Key.Key_F)
    draw(qtbot, window, (20, 20), (50, 45))
    added = pane.regions.rows[-1]
    assert added.suspect.pixelColor(added.suspect.rect().center()).green() < 90
    assert [
        pytest.approx(corner, abs=1) for corner in ((20, 20), (50, 20), (50, 45), (20, 45))
    ] == (list(added.finding.polygon))


def test_no_photo_of_a_folder_is_passed_over_for_its_name(
    qtbot: QtBot, window: Window, drop: Callable[..., None], tmp_path: Path
) -> None:
    """elementary/photos#580, MrGee53/HeicToJpg#1, darktable#11974: endings and their case."""
    folder = tmp_path / "phone"
    folder.mkdir()
    image = Image.fromarray(drawn(3))
    pillow_heif.from_pillow(image).save(folder / "one.heic")
    for name in ("two.HEIC", "three.Heic", "really heic.jpg"):
        shutil.copy(folder / "one.heic", folder / name)
    for name in ("four.jfif", "five.JPEG", "six.JPG", "noext", "really jpeg.HEIC", "text.txt"):
        image.save(folder / name, "JPEG")
    image.save(folder / "shop.jpg", "WEBP")
    files = sorted(file.name for file in folder.iterdir())
    drop(folder)
    qtbot.waitUntil(lambda: settled(window, len(files)))
    assert sorted(names(window)) == files
    assert states(window) == [State.DONE] * len(files)
    lying = {"really heic.jpg", "really jpeg.HEIC", "text.txt", "shop.jpg"}
    for row in window.inspect.queue.model.rows:
        window.inspect.filmstrip.choose(row.key)
        said = "The ending of the file name does not fit" in card_words(window)
        assert said is (row.name in lying), row.name


def test_a_photo_of_48_megapixels_is_shown_and_one_of_5_gib_names_the_limit(
    qtbot: QtBot, window: Window, drop: Callable[..., None], tmp_path: Path
) -> None:
    """kanryu/quickviewer#188, sylikc/jpegview#141: large pictures gave an empty pane."""
    large, sparse = tmp_path / "not_in_gallery.jpg", tmp_path / "sparse.jpg"
    Image.effect_noise((400, 300), 60).convert("RGB").resize((8000, 6000)).save(large, quality=70)
    with sparse.open("wb") as file:
        file.truncate(5 << 30)
    drop(sparse, large)
    qtbot.waitUntil(lambda: settled(window, 2), timeout=60_000)
    assert states(window) == [State.FAILED, State.DONE]
    assert "the limit is" in window.inspect.notice.lines
    assert "5,120 MiB" in window.inspect.notice.lines
    press(window, "PgDown")
    qtbot.waitUntil(lambda: window.inspect.view.suspect.picture_width == 8000, timeout=60_000)


@pytest.mark.parametrize(
    ("alpha", "said"),
    [(128, "Transparent parts are shown on white"), (0, "The whole picture is transparent")],
)
def test_transparency_is_explained(
    qtbot: QtBot, window: Window, drop: Callable[..., None], tmp_path: Path, alpha: int, said: str
) -> None:
    """nicolashahn/diffimg#3: a difference in transparency alone was called identical."""
    pixels = np.dstack([drawn(3), np.full((120, 160), 255, np.uint8)])
    pixels[:, :, 3] = alpha
    Image.fromarray(pixels).save(tmp_path / "agrees.png")
    drop(tmp_path / "agrees.png")
    qtbot.waitUntil(lambda: settled(window, 1))
    assert said in card_words(window)


def test_a_photo_that_cannot_be_aligned_has_no_score_and_is_offered_pins(
    qtbot: QtBot, window: Window, drop: Callable[..., None], tmp_path: Path
) -> None:
    """senguptaumd/Background-Matting#33: a featureless picture ended in a crash."""
    Image.new("RGB", (160, 120), "white").save(tmp_path / "cannot_align.png")
    drop(tmp_path / "cannot_align.png")
    qtbot.waitUntil(lambda: settled(window, 1))
    assert "Agreement" not in card_words(window)
    assert "matching points" in card_words(window)
    assert window.inspect.actions_book["pins"].isEnabled()


ODD = (
    "假货对比_正品.png",
    "📷 photo ✅.png",
    " leading and trailing .png",
    "-rf.png",
    "a%20b%2Fc.png",
    "photo#1?size=large&x=1.png",
    "{0}{name}%s%d.png",
    "new\nline.png",
    "tab\there.png",
    "gpj.exe\u202egpj.png",
    "cafe\u0301.png",
    "caf\u00e9.png",
    'o\'brien "quoted" $(touch x) `id`.png',
    "n" * 240 + ".png",
    os.fsdecode(b"bad_utf8_\xff\xfe.png"),
)


def test_names_of_any_kind_are_inspected_taken_off_and_there_again(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    tmp_path: Path,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    for number, name in enumerate(ODD):
        Image.fromarray(drawn(number)).save(folder / name)
    window.start()
    drop(folder)
    qtbot.waitUntil(lambda: settled(window, len(ODD)))
    assert set(names(window)) == set(ODD)
    assert states(window) == [State.DONE] * len(ODD)
    for _ in ODD:
        press(window, "Del")
        assert "was taken off the list" in window.bar.text
        press(window, "Ctrl+Z")
        press(window, "PgDown")
    assert set(names(window)) == set(ODD)
    listed = names(window)
    window.close()
    again, _ = opened_again()
    qtbot.waitUntil(lambda: names(again) == listed)
    qtbot.waitUntil(lambda: settled(again, len(ODD)))
    assert states(again) == [State.DONE] * len(ODD)


# lists


def test_a_click_on_a_small_picture_opens_that_picture(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    tmp_path: Path,
    gate: threading.Event,
) -> None:
    """Ruben2776/PicView#382: after sorting, a click opened another picture."""
    folder = tmp_path / "numbered"
    folder.mkdir()
    for number in range(1, 31):
        image = Image.new("RGB", (160, 120), (8 * number, 0, 255 - 8 * number))
        image.save(folder / f"img{number}.png")
    gate.clear()
    drop(folder)
    strip = window.inspect.filmstrip
    qtbot.waitUntil(lambda: len(names(window)) == 30)
    assert names(window) == [f"img{number}.png" for number in range(1, 31)], "1, 2, 10"
    gate.set()  # results come in while it is clicked
    for number in (1, 10, 2, 30, 17, 3, 29, 11, 20, 5):
        index = window.inspect.queue.model.index(number - 1)
        strip.view.scrollTo(index)
        where = strip.view.visualRect(index)
        qtbot.mouseClick(strip.view.viewport(), LEFT, pos=where.center())
        row = window.inspect.queue.row(strip.current_key)
        assert row.name == f"img{number}.png"
        qtbot.waitUntil(lambda key=row.key: window.inspect.queue.row(key).state is State.DONE)
        colour = window.inspect.view.suspect._picture.levels[0].pixelColor(80, 60)
        small = window.inspect.queue.row(row.key).thumbnail
        assert abs(colour.red() - 8 * number) <= 3
        assert abs(small.pixelColor(small.rect().center()).red() - 8 * number) <= 3


def test_files_and_folders_are_left_as_they_were(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    tmp_path: Path,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    """d2phap/ImageGlass#219: turning a picture rewrote the original. Nothing is written here."""
    folder = tmp_path / "originals"
    folder.mkdir()
    saved_turned(drawn(3), folder / "differs-3.jpg", 6)
    Image.fromarray(drawn(5)).save(folder / "agrees.png")
    bad = folder / "bad.jpg"
    bad.write_bytes(b"\xff\xd8\xff")
    folder.chmod(0o555)

    def state() -> dict[str, tuple[str, int]]:
        return {
            file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
            for file in sorted(folder.iterdir())
        }

    before = state()
    window.start()
    drop(folder)
    qtbot.waitUntil(lambda: settled(window, 3))
    window.inspect.filmstrip.choose(
        next(row.key for row in window.inspect.queue.model.rows if row.name == "differs-3.jpg")
    )
    key(qtbot, window, Qt.Key.Key_T)
    key(qtbot, window, Qt.Key.Key_N)
    key(qtbot, window, Qt.Key.Key_1)
    draw(qtbot, window)
    press(window, "Del")
    press(window, "Ctrl+Z")
    press(window, "R")
    qtbot.waitUntil(lambda: settled(window, 3))
    window.close()
    again, _ = opened_again()
    qtbot.waitUntil(lambda: again.inspect.queue.model.rowCount() == 3 and settled(again, 3))
    folder.chmod(0o755)
    assert state() == before


def test_work_and_photos_moved_together_are_there_again(
    qtbot: QtBot, window: Window, bench: FakeBench, tmp_path: Path
) -> None:
    """qupath/qupath#543: a project moved with its pictures found none of them."""
    pictures = bench.folder / "taken"
    pictures.mkdir(parents=True, exist_ok=True)
    for name in ("differs-2.png", "agrees.png"):
        Image.fromarray(drawn(len(name))).save(pictures / name)
    window.start()
    window.inspect.add_paths((pictures / "differs-2.png", pictures / "agrees.png"))
    qtbot.waitUntil(lambda: settled(window, 2))
    window.inspect.take(picture_data())
    qtbot.waitUntil(lambda: settled(window, 3))
    key(qtbot, window, Qt.Key.Key_PageUp)
    key(qtbot, window, Qt.Key.Key_PageUp)
    key(qtbot, window, Qt.Key.Key_N)
    key(qtbot, window, Qt.Key.Key_1)
    kept = bench.folder / "photos.json"
    qtbot.waitUntil(lambda: "pasted" in kept.read_text(encoding="utf-8"))
    window.close()
    bench.close()
    moved = tmp_path / "other drive" / "work"
    moved.parent.mkdir()
    bench.folder.rename(moved)
    shutil.copy(moved / "taken" / "agrees.png", moved / "taken" / "differs-1.png")
    fresh = FakeBench(moved)
    again = Window(fresh, Settings(tmp_path / "s.ini"), Messages(), window_state(tmp_path / "w"))
    qtbot.addWidget(again)
    again.show()
    again.start()
    qtbot.waitUntil(lambda: len(names(again)) == 3)
    qtbot.waitUntil(lambda: all(row.thumbnail for row in again.inspect.queue.model.rows))
    qtbot.waitUntil(lambda: settled(again, 3))
    assert states(again) == [State.DONE] * 3
    assert again.inspect.queue.model.rows[0].outcome is Outcome.DIFFERS
    assert [name for name, _ in fresh.asked] == ["differs-2.png"], "only what is looked at"
    qtbot.waitUntil(lambda: len(again.inspect.regions.rows) == 2)
    assert again.inspect.regions.rows[0].opinion is Opinion.REAL_DIFFERENCE
    again.close()
    fresh.close()


def test_another_picture_in_the_moved_place_is_not_taken_for_the_same(
    qtbot: QtBot, window: Window, bench: FakeBench, tmp_path: Path
) -> None:
    pictures = bench.folder / "taken"
    pictures.mkdir(parents=True, exist_ok=True)
    Image.fromarray(drawn(3)).save(pictures / "agrees.png")
    window.start()
    window.inspect.add_paths((pictures / "agrees.png",))
    qtbot.waitUntil(lambda: settled(window, 1))
    window.close()
    moved = tmp_path / "elsewhere"
    bench.folder.rename(moved)
    Image.fromarray(drawn(4)).save(moved / "taken" / "agrees.png")
    fresh = FakeBench(moved)
    again = Window(fresh, Settings(tmp_path / "s.ini"), Messages(), window_state(tmp_path / "w"))
    qtbot.addWidget(again)
    again.start()
    qtbot.waitUntil(lambda: states(again) == [State.MISSING])


def test_a_folder_that_is_away_for_a_while_costs_nothing(
    qtbot: QtBot,
    window: Window,
    tmp_path: Path,
    opened_again: Callable[[], tuple[Window, FakeBench]],
) -> None:
    """immich-app/immich#17290: the disk was away for a moment, and hours of work were done anew."""
    folder = tmp_path / "camera"
    folder.mkdir()
    for name in ("differs-2.png", "agrees.png"):
        Image.fromarray(drawn(len(name))).save(folder / name)
    window.start()
    window.inspect.add_paths((folder,))
    qtbot.waitUntil(lambda: settled(window, 2))
    window.close()
    folder.rename(tmp_path / "away")
    again, _ = opened_again()
    qtbot.waitUntil(lambda: states(again) == [State.MISSING] * 2 and settled(again, 2))
    again.close()
    (tmp_path / "away").rename(folder)
    back, fresh = opened_again()
    qtbot.waitUntil(lambda: states(back) == [State.DONE] * 2 and settled(back, 2))
    assert len(fresh.asked) == 1, "the one that is looked at"


# looking


@pytest.mark.parametrize("kind", KINDS)
def test_the_spot_stays_while_photos_of_one_side_are_stepped_through(
    qtbot: QtBot,
    window: Window,
    drop: Callable[..., None],
    photo: Callable[[str], Path],
    kind: ViewKind,
) -> None:
    """jurplel/qView#70, geeqie#1588: zoom and centre were lost, or crept, from one to the next."""
    drop(*(photo(f"agrees{number}.png") for number in range(10)))
    qtbot.waitUntil(lambda: settled(window, 10))
    window.inspect.view.choose(kind)
    window.inspect.view.frame_viewport.show(QPointF(71.25, 40.5), 4.0)
    before = spot(window)
    for keys in ["PgDown"] * 9 + ["PgUp"] * 9:
        press(window, keys)
        qtbot.wait(1)
        assert spot(window) == before
    press(window, "F")
    whole = spot(window)
    assert whole != before
    press(window, "PgDown")
    qtbot.wait(1)
    assert spot(window) == whole, "what was fitted stays fitted"
    if kind is ViewKind.SIDE_BY_SIDE:
        key(qtbot, window, Qt.Key.Key_Plus)
        qtbot.mouseDClick(window.inspect.view.reference, LEFT)
        assert window.inspect.view.is_fitted


def test_the_spot_is_kept_across_another_product_and_a_bad_file(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    first, bad, other, last = (photo(f"agrees{number}.png") for number in range(4))
    bad.write_text("no picture")
    drop(first, bad, other, last)
    qtbot.waitUntil(lambda: settled(window, 4))
    rows = window.inspect.queue.model.rows
    window.inspect.filmstrip.choose(rows[2].key)
    window.inspect.search.choose("Northwind Audio", "front")
    qtbot.waitUntil(lambda: settled(window, 4))
    window.inspect.filmstrip.choose(rows[0].key)
    window.inspect.view.frame_viewport.show(QPointF(30, 40), 6.0)
    press(window, "PgDown")
    press(window, "PgDown")
    qtbot.waitUntil(lambda: is_whole(window))  # as this is of another product
    press(window, "PgDown")
    assert spot(window) == (30, 40, 6.0)


def test_a_region_that_was_gone_to_by_key_is_no_spot_to_keep(
    qtbot: QtBot, window: Window, drop: Callable[..., None], photo: Callable[[str], Path]
) -> None:
    drop(photo("differs-3.png"), photo("differs-2.png"))
    qtbot.waitUntil(lambda: settled(window, 2) and is_whole(window))
    press(window, "N")
    assert not is_whole(window)
    press(window, "PgDown")
    qtbot.waitUntil(lambda: is_whole(window))
    press(window, "N")
    press(window, "+")
    moved = spot(window)
    press(window, "PgUp")
    assert spot(window) == moved, "zoomed by hand"
