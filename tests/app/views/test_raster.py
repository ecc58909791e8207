"""What is painted of a picture: exact pixels at 1:1, squares above, no patterns below."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from app.views import raster
from app.views.channels import picture_in_channel
from app.views.pixels import Picture, hatched, laid_on, picture_from_pixels
from app.views.raster import RasterShelf, snapped
from app.views.viewing import PictureChannel

GROUND = QColor(128, 128, 128)
SIZE = QSize(120, 90)


def noise(height: int = 200, width: int = 300) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 255, (height, width, 3)).astype(np.uint8)


def checker(side: int = 640) -> np.ndarray:
    """Every pixel the opposite of its neighbours: the finest pattern that there is."""
    odd = np.indices((side, side)).sum(axis=0) % 2
    return np.repeat((255 * odd).astype(np.uint8)[..., None], 3, axis=2)


def view(scale: float, x: float, y: float, ratio: float = 1.0) -> QTransform:
    """The picture point (x, y) in the upper left corner."""
    moved = QTransform.fromScale(scale, scale)
    return snapped(QTransform.fromTranslate(-x, -y) * moved, ratio)


def painted(
    shelf: RasterShelf, picture: Picture, to_screen: QTransform, size: QSize = SIZE, **how: object
) -> np.ndarray:
    ratio = float(how.pop("ratio", 1.0))
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(255, 0, 255))
    painter = QPainter(image)
    how.setdefault("ground", GROUND)
    shelf.paint(painter, picture, to_screen, size, ratio, **how)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return rows[..., 2::-1].copy()


@pytest.mark.parametrize("at", [(40.0, 30.0), (40.3, 30.9), (-10.25, -20.5)])
def test_at_1_to_1_every_pixel_is_its_own(at: tuple[float, float]) -> None:
    pixels = noise()
    shown = painted(RasterShelf(), picture_from_pixels(pixels), view(1.0, *at))
    x, y = (math.ceil(edge) for edge in at)
    if x < 0:
        assert (shown[: -y - 1, :] == 128).all()
        assert (shown[-y:, -x:] == pixels[: 90 + y, : 120 + x]).all()
    else:
        assert (shown == pixels[y : y + 90, x : x + 120]).all()


def test_at_1_to_1_on_a_fine_screen_too() -> None:
    pixels = noise()
    shown = painted(
        RasterShelf(), picture_from_pixels(pixels), view(0.5, 20.2, 10.7, 2.0), ratio=2.0
    )
    assert (shown == pixels[11:191, 21:261]).all()


def test_above_1_to_1_pixels_are_squares() -> None:
    pixels = noise()
    shown = painted(RasterShelf(), picture_from_pixels(pixels), view(3.0, 40, 30))
    across = np.array_equal(shown[:, :-1], shown[:, 1:])
    assert not across
    colours = {tuple(colour) for colour in shown.reshape(-1, 3)}
    assert colours <= {tuple(colour) for colour in pixels.reshape(-1, 3)}, "nothing is mixed"
    runs = np.diff(np.flatnonzero((shown[40, 1:] != shown[40, :-1]).any(axis=1)))
    assert set(runs) <= {3, 6}


def test_a_laid_picture_shows_squares_too() -> None:
    pixels = noise()
    tilted = np.array([[1.0, 0.1, 0], [-0.1, 1.0, 0], [0, 0, 1]])
    laid = laid_on(picture_from_pixels(pixels), tilted, QRectF(0, 0, 300, 200))
    shown = painted(RasterShelf(), laid, view(4.0, 60, 60))
    colours = {tuple(colour) for colour in shown.reshape(-1, 3)}
    assert colours <= {tuple(colour) for colour in pixels.reshape(-1, 3)}


@pytest.mark.parametrize("scale", [0.05, 0.12, 0.27, 0.45, 0.501, 0.52, 0.6, 0.74])
@pytest.mark.parametrize("tilt", [0.0, 0.02])
def test_below_1_to_1_a_fine_checker_is_an_even_grey(scale: float, tilt: float) -> None:
    matrix = np.array([[1.0, tilt, 0], [-tilt, 1.0, 0], [0, 0, 1]])
    picture = picture_from_pixels(checker())
    if tilt:
        picture = laid_on(picture, matrix, picture.area)
    shown = painted(RasterShelf(), picture, view(scale, 60 if scale > 0.4 else 20, 60))
    inner = shown[..., 0].astype(float)
    reach = min(int(scale * 480), 80)
    inner = inner[:reach, :reach][: reach // 4 * 4, : reach // 4 * 4]
    means = inner.reshape(inner.shape[0] // 4, 4, inner.shape[1] // 4, 4).mean(axis=(1, 3))
    assert np.abs(means - 127.5).max() < 24, "no light or dark bands"
    exact = 127.5 * abs(np.sinc(0.5 / scale))  # what an average over the pixel's own area leaves
    assert inner.std() < max(14.0, 1.7 * exact)


def test_one_level_alone_would_show_bands() -> None:
    """The measure above can fail: it does without the coarser level."""
    picture = picture_from_pixels(checker())
    single = Picture(picture.levels[:1], 1.0, 640, 640, buffers=picture.buffers[:1])
    shown = painted(RasterShelf(), single, view(0.51, 60, 60))[:80, :80, 0].astype(float)
    means = shown.reshape(20, 4, 20, 4).mean(axis=(1, 3))
    assert np.abs(means - 127.5).max() > 40


@pytest.mark.parametrize("laid", [False, True])
@pytest.mark.parametrize("steps", [[(7, 5)], [(-3, 0), (0, 40)], [(200, 0)], [(-9, -80), (3, 3)]])
def test_panned_is_the_same_as_painted_afresh(laid: bool, steps: list[tuple[int, int]]) -> None:
    picture = picture_from_pixels(noise())
    if laid:
        tilted = np.array([[0.9, 0.1, 5], [-0.1, 1.1, 3], [0.0005, 0, 1]])
        picture = laid_on(picture, tilted, QRectF(-0.5, -0.5, 260, 180))
    shelf, x, y = RasterShelf(), 60.0, 40.0
    painted(shelf, picture, view(0.8, x, y))
    for dx, dy in steps:
        x, y = x + dx / 0.8, y + dy / 0.8
        moved = painted(shelf, picture, view(0.8, x, y))
        fresh = painted(RasterShelf(), picture, view(0.8, x, y))
        away = np.abs(moved.astype(int) - fresh)
        assert away.max() <= 3, "strips begin at other places: the last bit may differ"


def test_panning_fills_only_what_comes_into_view(monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[int] = []
    fill = raster.fill_part

    def counted(pixels: np.ndarray, rect: QRect, *args: object, **how: object) -> bool:
        filled.append(rect.width() * rect.height())
        return fill(pixels, rect, *args, **how)

    monkeypatch.setattr(raster, "fill_part", counted)
    shelf, picture = RasterShelf(), picture_from_pixels(noise())
    painted(shelf, picture, view(1.0, 40, 30))
    painted(shelf, picture, view(1.0, 40, 30))
    painted(shelf, picture, view(1.0, 43, 30))
    assert filled == [120 * 90, 3 * 90]


def test_only_the_needed_part_is_filled_and_more_when_it_grows() -> None:
    picture, shelf = picture_from_pixels(noise()), RasterShelf()
    whole = painted(RasterShelf(), picture, view(1.0, 40, 30))
    left = painted(shelf, picture, view(1.0, 40, 30), part=QRect(0, 0, 50, 90))
    assert (left[:, :50] == whole[:, :50]).all()
    more = painted(shelf, picture, view(1.0, 40, 30), part=QRect(0, 0, 80, 90))
    assert (more[:, :80] == whole[:, :80]).all()


def test_without_ground_what_is_below_stays() -> None:
    pixels = noise(20, 20)
    shown = painted(RasterShelf(), picture_from_pixels(pixels), view(1.0, -10, -10), ground=None)
    assert tuple(shown[5, 5]) == (255, 0, 255)
    assert (shown[10:30, 10:30] == pixels).all()


def test_beyond_the_horizon_of_a_tilted_picture_nothing_is_seen() -> None:
    picture = picture_from_pixels(np.full((200, 300, 3), 250, np.uint8))
    tilted = np.array([[1.0, 0, 0], [0, 1.0, 0], [-0.005, 0, 1]])  # x of 200 lies at the horizon
    shown = painted(
        RasterShelf(), laid_on(picture, tilted, QRectF(-400, -400, 900, 900)), view(0.1, -300, -300)
    )
    assert (shown[:, :20] == 128).all(), "it would come in from behind"
    assert (shown[32, 36:45] > 240).all()


def test_hatch_and_channels_are_painted_like_pictures() -> None:
    mask = np.zeros((200, 300), bool)
    mask[:, :60] = True
    hatch = Picture((hatched(mask),), 1.0, 300, 200)
    shown = painted(RasterShelf(), hatch, view(1.0, 0, 0), ground=None)
    assert (shown[:, 70:] == (255, 0, 255)).all()
    assert (shown[:, :50] != (255, 0, 255)).any(axis=2).all()
    pixels = noise()
    red = picture_in_channel(picture_from_pixels(pixels), PictureChannel.RED)
    shown = painted(RasterShelf(), red, view(1.0, 0, 0))
    assert (shown == pixels[:90, :120, :1]).all()


def test_rough_zooming_is_made_good_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "_SLOW_S", 0.0)
    monkeypatch.setattr(raster, "_MANY", 100)
    picture, shelf = picture_from_pixels(noise(400, 600)), RasterShelf()
    painted(shelf, picture, view(0.9, 40, 30))
    assert not shelf.is_rough, "what is shown first is fine"
    rough = painted(shelf, picture, view(0.7, 40, 30))
    assert shelf.is_rough
    panned = painted(shelf, picture, view(0.7, 50, 30))
    assert panned.shape == rough.shape
    shelf.refine()
    fine = painted(shelf, picture, view(0.7, 50, 30))
    assert not shelf.is_rough
    assert (fine == painted(RasterShelf(), picture, view(0.7, 50, 30))).all()
    assert (fine != panned).any()
