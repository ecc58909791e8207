"""Channels of known colours, the same for finely and coarsely photographed pictures."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from app import tasks
from app.views.channel_cache import ChannelCache
from app.views.channels import LONGEST_SIDE, picture_in_channel
from app.views.pixels import Picture, laid_on, picture_from_pixels
from app.views.viewing import PictureChannel
from tests.app.views.pair_samples import filled


def values(picture: Picture) -> np.ndarray:
    return np.asarray(picture.buffers[0], np.int64)


@pytest.mark.parametrize(
    ("channel", "value"),
    [
        (PictureChannel.RED, 200),
        (PictureChannel.GREEN, 100),
        (PictureChannel.BLUE, 50),
        (PictureChannel.SATURATION, 191),  # 255 * (200 - 50) / 200
    ],
)
def test_plain_channels(channel: PictureChannel, value: int) -> None:
    made = picture_in_channel(picture_from_pixels(filled((200, 100, 50))), channel)
    assert np.abs(values(made) - value).max() <= 1
    red, green, blue, _ = made.levels[0].pixelColor(5, 5).getRgb()
    assert red == green == blue == values(made)[5, 5]


def test_colour_is_the_picture_itself() -> None:
    picture = picture_from_pixels(filled((200, 100, 50)))
    assert picture_in_channel(picture, PictureChannel.COLOUR) is picture


def test_hue_tells_hues_and_leaves_greys_grey() -> None:
    pixels = filled((120, 120, 120))
    pixels[:, :30] = (200, 20, 20)
    pixels[:, 30:60] = (90, 9, 9)
    pixels[:, 60:80] = (20, 20, 200)
    shown = picture_in_channel(picture_from_pixels(pixels), PictureChannel.HUE).levels[0]
    red, dark_red, blue, grey = (shown.pixelColor(x, 10).getRgb()[:3] for x in (10, 40, 70, 90))
    assert red == dark_red
    assert red[0] > 200 > 20 > red[2]
    assert blue[2] > 200 > 20 > blue[0]
    assert len(set(grey)) == 1


def test_edges_lie_where_lightness_changes() -> None:
    pixels = filled((220, 220, 220), 200, 400)
    pixels[:, 200:] = (40, 40, 40)
    made = values(picture_in_channel(picture_from_pixels(pixels), PictureChannel.EDGES))
    assert made[100, 199:201].max() < 60
    assert made[100, 40] == made[100, 360] == 255


def test_local_contrast_brings_out_what_is_faint() -> None:
    """A mark of 6 grey levels is as plain on dark paper as on bright paper."""
    pixels = filled((210, 210, 210), 200, 400)
    pixels[:, 200:] = (50, 50, 50)
    for x in (100, 300):
        pixels[98:102, x - 2 : x + 2] += np.uint8(12)
    made = values(picture_in_channel(picture_from_pixels(pixels), PictureChannel.LOCAL_CONTRAST))
    assert abs(made[40, 100] - 128) <= 2
    assert made[100, 100] > 160
    assert abs(made[100, 100] - made[100, 300]) < 12


@pytest.mark.parametrize("channel", [PictureChannel.LOCAL_CONTRAST, PictureChannel.EDGES])
def test_both_pictures_are_treated_alike_however_finely_they_are_photographed(
    channel: PictureChannel,
) -> None:
    random = np.random.default_rng(4)
    coarse = cv2.GaussianBlur(random.integers(0, 255, (300, 400, 3)).astype(np.uint8), (0, 0), 3)
    coarse = cv2.normalize(coarse, None, 0, 255, cv2.NORM_MINMAX)
    fine = cv2.resize(coarse, (1200, 900), interpolation=cv2.INTER_CUBIC)
    reference = picture_from_pixels(coarse)
    photo = laid_on(picture_from_pixels(fine), np.diag([1 / 3, 1 / 3, 1.0]), reference.area)
    one, other = (values(picture_in_channel(each, channel)) for each in (reference, photo))
    back = cv2.resize(other.astype(np.uint8), (400, 300), interpolation=cv2.INTER_AREA)
    inner = np.s_[20:-20, 20:-20]
    spread = one[inner].std()
    assert spread > 5
    assert np.corrcoef(one[inner].ravel(), back[inner].ravel())[0, 1] > 0.95
    assert abs(one[inner].mean() - back[inner].mean()) < 0.3 * spread


def test_a_channel_lies_where_its_picture_lies() -> None:
    picture = picture_from_pixels(filled((9, 9, 9), 60, 80), scale=3.0, origin=(12.0, 7.0))
    laid = laid_on(picture, np.diag([2.0, 2.0, 1.0]), picture.area)
    for each in (picture, laid):
        made = picture_in_channel(each, PictureChannel.RED)
        assert made.area == each.area
        assert made.placing(made.levels[0]) == each.placing(each.levels[0])


def test_a_very_large_picture_is_shown_at_a_reduced_size() -> None:
    picture = picture_from_pixels(filled((9, 9, 9), 900, 2 * LONGEST_SIDE))
    made = picture_in_channel(picture, PictureChannel.GREEN)
    assert max(made.buffers[0].shape) <= LONGEST_SIDE
    assert made.area == picture.area


@pytest.mark.usefixtures("nothing_left_over")
def test_the_cache_makes_each_once_and_follows_another_laying(qtbot) -> None:
    cache = ChannelCache()
    picture = picture_from_pixels(filled((200, 100, 50)))
    assert cache.have(picture, PictureChannel.COLOUR) is picture
    assert cache.have(picture, PictureChannel.RED) is None
    with qtbot.waitSignal(cache.arrived):
        cache.want((picture, None), PictureChannel.RED)
    made = cache.have(picture, PictureChannel.RED)
    assert made is not None
    assert made is cache.have(picture, PictureChannel.RED)
    laid = laid_on(picture, np.diag([2.0, 2.0, 1.0]), picture.area)
    again = cache.have(laid, PictureChannel.RED)
    assert again is not None
    assert again.laid is laid.laid
    assert again.levels is made.levels
    cache.clear()
    assert cache.have(picture, PictureChannel.RED) is None
    assert tasks.stop(20)
