"""Pages to train on: parts of drawn artwork, of photos, and collages of marks and words on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from vision.simulate.alter import Kind, alter
from vision.simulate.edits import Edit, edit
from vision.simulate.invent import draw
from vision.simulate.scenes import cloud
from vision.simulate.wording import (
    font_files,
    invented_words,
    is_chinese,
    one_letter,
    reworded,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from vision.simulate.artwork import Artwork
    from vision.terms import Box, Pixels

_REUSED = 5  # pages cut from one drawn sheet before another is drawn
_SHEETS = 1_000_000  # seeds of sheets to train on lie below this; larger ones are for measuring


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One thing on a page: an RGBA picture at (x, y); `words` and `style` where it is a text."""

    picture: NDArray[Any]
    x: int
    y: int
    words: str = ""
    style: tuple[str, int, tuple[int, int, int], int] | None = None
    varies: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A ground (h, w, 3) uint8 and what lies on it; `altered` is the ground of its altered twin."""

    ground: Pixels
    items: tuple[Item, ...] = ()
    twin: Pixels | None = None
    twin_kind: str = ""

    def composed(
        self, items: Sequence[Item] | None = None, *, ground: Pixels | None = None
    ) -> Pixels:
        """Return the page with its items, or with others, painted on the ground."""
        pixels = (self.ground if ground is None else ground).copy()
        for item in self.items if items is None else items:
            _laid(pixels, item)
        return pixels

    def varied(self, rng: np.random.Generator) -> tuple[Item, ...]:
        """Return the items with other digits where they vary from piece to piece."""
        return tuple(_with_words(i, reworded(i.words, rng)) if i.varies else i for i in self.items)


class PageMaker:
    """Makes pages from a seed, of drawn sheets, photos and marks.

    Args:
        photos: pictures (h, w, 3) uint8 that may be trained on.
        marks: files of marks with transparency.
        size: side of a page in pixels.
    """

    def __init__(self, photos: Sequence[Pixels], marks: Sequence[Path], *, size: int) -> None:
        self._photos = list(photos)
        self._marks = list(marks)
        self._size = size
        self._sheet: Artwork | None = None
        self._left = 0

    def page(self, rng: np.random.Generator, *, within: Box) -> Page:
        """Make one page; an altered twin, if it has one, differs inside `within`."""
        chance = rng.random()
        if chance < 0.3 or not self._photos:
            return self._of_sheet(rng, within)
        if chance < 0.42:
            return Page(self.photo(rng))
        return self._collage(rng)

    def photo(self, rng: np.random.Generator) -> Pixels:
        """Cut a part of a photo, turned, mirrored and toned at will."""
        if not self._photos:
            return self._plain(rng)
        photo = self._photos[int(rng.integers(len(self._photos)))]
        h, w = photo.shape[:2]
        side = int(min(h, w) * np.exp(rng.uniform(np.log(0.45), 0)))
        x, y = int(rng.integers(0, w - side + 1)), int(rng.integers(0, h - side + 1))
        part = np.rot90(photo[y : y + side, x : x + side], int(rng.integers(4)))
        part = part[:, ::-1] if rng.random() < 0.5 else part
        if rng.random() < 0.3:
            part = part[..., rng.permutation(3)]
        way = cv2.INTER_AREA if side > self._size else cv2.INTER_CUBIC
        resized = cv2.resize(np.ascontiguousarray(part), (self._size,) * 2, interpolation=way)
        return np.asarray(resized, np.uint8)

    def _of_sheet(self, rng: np.random.Generator, within: Box) -> Page:
        if self._sheet is None or self._left == 0:
            self._sheet = draw(int(rng.integers(_SHEETS)), int(rng.integers(480, 900)))
            self._left = _REUSED
        self._left -= 1
        sheet = self._sheet
        if rng.random() < 0.6:
            kinds = (Kind.LETTER, Kind.LETTER, Kind.FONT, Kind.BOLDER, Kind.THINNER, Kind.HUE,
                     Kind.MOVED, Kind.STRETCHED, Kind.LOGO, Kind.MISSING)  # fmt: skip
            kind = kinds[int(rng.integers(len(kinds)))]
            try:
                altered = alter(sheet, kind, rng, strength=float(rng.uniform(0.4, 1.1)))
            except ValueError:
                return Page(self._cut(sheet.pixels, rng, None))
            x0, y0, x1, y1 = altered.box
            at = (
                round((x0 + x1) / 2 - rng.uniform(within[0], within[2])),
                round((y0 + y1) / 2 - rng.uniform(within[1], within[3])),
            )
            ground = self._cut(sheet.pixels, rng, at)
            return Page(ground, (), self._cut(altered.artwork.pixels, rng, at), str(kind))
        return Page(self._cut(sheet.pixels, rng, None))

    def _cut(self, pixels: Pixels, rng: np.random.Generator, at: tuple[int, int] | None) -> Pixels:
        h, w = pixels.shape[:2]
        size = self._size
        if at is None:
            at = (
                int(rng.integers(min(0, w - size), max(0, w - size) + 1)),
                int(rng.integers(min(0, h - size), max(0, h - size) + 1)),
            )
        x, y = at
        left, top = max(0, -x), max(0, -y)
        right, bottom = max(0, x + size - w), max(0, y + size - h)
        padded = cv2.copyMakeBorder(pixels, top, bottom, left, right, cv2.BORDER_REFLECT_101)
        return np.ascontiguousarray(padded[y + top :, x + left :][:size, :size])

    def _plain(self, rng: np.random.Generator) -> Pixels:
        size = self._size
        one, two = rng.integers(0, 256, 3), rng.integers(0, 256, 3)
        if rng.random() < 0.5:
            two = np.clip(one + rng.integers(-40, 41, 3), 0, 255)
        if rng.random() < 0.35:
            one = two = np.array([255, 255, 255]) - rng.integers(0, 25, 3)
        ramp = np.linspace(0, 1, size, dtype=np.float32)
        field = np.add.outer(ramp * rng.uniform(-1, 1), ramp * rng.uniform(-1, 1))
        if rng.random() < 0.3:
            field = cloud(size, size, rng, first=int(rng.integers(2, 9)))
        field = (field - field.min()) / max(1e-6, float(np.ptp(field)))
        pixels = one + (two - one) * field[..., None]
        return np.asarray(np.clip(pixels, 0, 255), np.uint8)

    def _collage(self, rng: np.random.Generator) -> Page:
        ground = self.photo(rng) if rng.random() < 0.6 else self._plain(rng)
        if rng.random() < 0.3:
            ground = np.asarray(
                np.clip(ground * rng.uniform(0.3, 0.8) + rng.uniform(0, 60), 0, 255), np.uint8
            )
        for _ in range(int(rng.integers(0, 3))):
            _panel(ground, rng)
        items = []
        for _ in range(int(rng.integers(1, 6)) if self._marks else 0):
            items.append(self.mark(rng))
        for _ in range(int(rng.integers(2, 12))):
            items.append(self._words(rng, ground))
        return Page(ground, tuple(items))

    def mark(self, rng: np.random.Generator) -> Item:
        """Place one of the marks."""
        file = self._marks[int(rng.integers(len(self._marks)))]
        picture = _opened(str(file))
        long = float(np.exp(rng.uniform(np.log(24), np.log(170))))
        factor = long / max(picture.shape[:2])
        size = (max(6, round(picture.shape[1] * factor)), max(6, round(picture.shape[0] * factor)))
        shown = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
        if rng.random() < 0.3:
            shown = shown.copy()
            shown[..., :3] = shown[..., rng.permutation(3)]
        return Item(shown, *self._at(rng, shown))

    def _words(self, rng: np.random.Generator, ground: Pixels) -> Item:
        chinese = rng.random() < 0.35
        words = invented_words(rng, chinese=chinese)
        size = round(float(np.exp(rng.uniform(np.log(9), np.log(46)))))
        fonts = font_files(chinese)
        style = (
            str(fonts[int(rng.integers(len(fonts)))]),
            size,
            _ink(rng, ground),
            int(rng.integers(0, 3)) if rng.random() < 0.2 else 0,
        )
        varies = rng.random() < 0.12 and any(letter.isdigit() for letter in words)
        blank = Item(np.zeros((1, 1, 4), np.uint8), 0, 0, words, style, varies)
        item = _with_words(blank, words)
        x, y = self._at(rng, item.picture)
        return replace(item, x=x, y=y)

    def _at(self, rng: np.random.Generator, picture: NDArray[Any]) -> tuple[int, int]:
        h, w = picture.shape[:2]
        return (
            int(rng.integers(-w // 3, max(-w // 3 + 1, self._size - w * 2 // 3))),
            int(rng.integers(-h // 3, max(-h // 3 + 1, self._size - h * 2 // 3))),
        )


def altered_page(
    page: Page, maker: PageMaker, rng: np.random.Generator, *, within: Box
) -> Edit | None:
    """Alter a page at one place inside `within`, by its items where it has some."""
    if page.twin is not None:
        whole = page.composed()
        return _compared(whole, page.composed(ground=page.twin), page.twin_kind)
    if page.items and rng.random() < 0.6:
        found = _altered_item(page, maker, rng, within)
        if found is not None:
            return found
    return edit(page.composed(), rng, within=within, other=maker.photo(rng))


def _altered_item(
    page: Page, maker: PageMaker, rng: np.random.Generator, within: Box
) -> Edit | None:
    fitting = [
        i for i, item in enumerate(page.items) if _is_inside(item, within) and not item.varies
    ]
    for _ in range(4 if fitting else 0):
        index = fitting[int(rng.integers(len(fitting)))]
        item = page.items[index]
        changed, kind = _changed_item(item, maker, rng)
        new = (
            page.items[:index]
            + ((changed,) if changed is not None else ())
            + page.items[index + 1 :]
        )
        edited = _compared(page.composed(), page.composed(new), kind)
        if edited is not None:
            return edited
    return None


def _changed_item(
    item: Item, maker: PageMaker, rng: np.random.Generator
) -> tuple[Item | None, str]:
    if item.style is not None and rng.random() < 0.55:
        if rng.random() < 0.7:
            return _with_words(item, one_letter(item.words, rng)), "letter"
        fonts = font_files(is_chinese(item.words))
        style = (str(fonts[int(rng.integers(len(fonts)))]), *item.style[1:])
        return _with_words(replace(item, style=style), item.words), "font"
    h, w = item.picture.shape[:2]
    match int(rng.integers(6)):
        case 0:
            angle, far = rng.uniform(0, 2 * np.pi), rng.uniform(2.5, 13)
            moved = replace(
                item, x=item.x + round(far * np.cos(angle)), y=item.y + round(far * np.sin(angle))
            )
            return moved, "moved"
        case 1:
            more = float(1 + rng.uniform(0.05, 0.2) * (1 if rng.random() < 0.6 else -0.8))
            ways = ((more, 1.0), (1.0, more), (more, more))
            across, down = ways[int(rng.integers(3))]
            size = (max(4, round(w * across)), max(4, round(h * down)))
            picture = np.asarray(
                cv2.resize(item.picture, size, interpolation=cv2.INTER_CUBIC), np.uint8
            )
            shift = ((w - size[0]) // 2, (h - size[1]) // 2)
            return replace(
                item, picture=picture, x=item.x + shift[0], y=item.y + shift[1]
            ), "stretched"
        case 2:
            hsv = cv2.cvtColor(np.ascontiguousarray(item.picture[..., :3]), cv2.COLOR_RGB2HSV)
            turn = int(rng.uniform(7, 40)) * (1 if rng.random() < 0.5 else -1)
            hsv[..., 0] = (hsv[..., 0].astype(np.int32) + turn) % 180
            picture = item.picture.copy()
            picture[..., :3] = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
            return replace(item, picture=picture), "hue"
        case 3 | 4:
            return _weighted_item(item, rng), "weight"
        case _:
            return (
                (None, "missing")
                if rng.random() < 0.5
                else (_exchanged(item, maker, rng), "exchanged")
            )


def _weighted_item(item: Item, rng: np.random.Generator) -> Item:
    reach = 4
    alpha = cv2.copyMakeBorder(item.picture[..., 3], *(reach,) * 4, cv2.BORDER_CONSTANT, value=0)
    colour = cv2.copyMakeBorder(
        np.ascontiguousarray(item.picture[..., :3]), *(reach,) * 4, cv2.BORDER_REPLICATE
    )
    if item.style is not None:
        colour[:] = item.style[2]
    amount = rng.uniform(0.5, 1.6)
    fine = cv2.resize(alpha, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    size = max(2, round(2 * amount)) + 1
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    fine = cv2.dilate(fine, element) if rng.random() < 0.6 else cv2.erode(fine, element)
    alpha = cv2.resize(fine, alpha.shape[::-1], interpolation=cv2.INTER_AREA)
    picture = np.dstack([colour, alpha])
    return replace(item, picture=picture, x=item.x - reach, y=item.y - reach)


def _exchanged(item: Item, maker: PageMaker, rng: np.random.Generator) -> Item:
    if item.style is not None:
        return _with_words(item, invented_words(rng, chinese=is_chinese(item.words)))
    other = maker.mark(rng)
    h, w = item.picture.shape[:2]
    return replace(item, picture=np.asarray(cv2.resize(other.picture, (w, h)), np.uint8))


def _compared(genuine: Pixels, altered: Pixels, kind: str) -> Edit | None:
    apart = cv2.absdiff(genuine, altered).max(axis=2) > 10
    if int(apart.sum()) < 24:
        return None
    mask = cv2.dilate(apart.astype(np.uint8), np.ones((5, 5), np.uint8))
    return Edit(altered, mask.astype(np.float32), kind)


@lru_cache(maxsize=4096)
def _opened(file: str) -> NDArray[Any]:
    with Image.open(file) as picture:
        return np.asarray(picture.convert("RGBA")).copy()


@lru_cache(maxsize=1024)
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size)


def _with_words(item: Item, words: str) -> Item:
    """Set a text item anew."""
    if item.style is None:
        return item
    file, size, colour, outline = item.style
    type_ = _font(file, size)
    x0, y0, x1, y1 = type_.getbbox(words, stroke_width=outline)
    wide, high = max(2, int(x1 - x0) + 2), max(2, int(y1 - y0) + 2)
    picture = Image.new("RGBA", (min(wide, 900), high), (*colour, 0))
    stencil = Image.new("L", picture.size)
    ImageDraw.Draw(stencil).text(
        (1 - x0, 1 - y0), words, fill=255, font=type_, stroke_width=outline
    )
    picture.putalpha(stencil)
    return replace(item, picture=np.asarray(picture).copy(), words=words)


def _is_inside(item: Item, within: Box) -> bool:
    h, w = item.picture.shape[:2]
    x, y = item.x + w / 2, item.y + h / 2
    return bool(within[0] <= x <= within[2] and within[1] <= y <= within[3])


def _ink(rng: np.random.Generator, ground: Pixels) -> tuple[int, int, int]:
    light = float(ground.mean())
    chance = rng.random()
    if chance < 0.4:
        value = int(rng.integers(0, 50)) if light > 120 else int(rng.integers(205, 256))
        return value, value, value
    red, green, blue = (int(v) for v in rng.integers(0, 256, 3))
    return red, green, blue


def _panel(ground: Pixels, rng: np.random.Generator) -> None:
    h, w = ground.shape[:2]
    x, y = rng.uniform(0, w), rng.uniform(0, h)
    wide, high = rng.uniform(0.1, 0.5, 2) * (w, h)
    colour = [int(v) for v in rng.integers(0, 256, 3)]
    start, end = (round(x - wide), round(y - high)), (round(x + wide), round(y + high))
    if rng.random() < 0.3:
        cv2.rectangle(ground, start, end, colour, int(rng.integers(1, 6)), cv2.LINE_AA)
    else:
        cv2.rectangle(ground, start, end, colour, -1)


def _laid(pixels: Pixels, item: Item) -> None:
    h, w = item.picture.shape[:2]
    x0, y0 = max(0, item.x), max(0, item.y)
    x1, y1 = min(pixels.shape[1], item.x + w), min(pixels.shape[0], item.y + h)
    if x1 <= x0 or y1 <= y0:
        return
    part = item.picture[y0 - item.y : y1 - item.y, x0 - item.x : x1 - item.x]
    alpha = part[..., 3:].astype(np.float32) / 255
    under = pixels[y0:y1, x0:x1]
    pixels[y0:y1, x0:x1] = np.rint(under * (1 - alpha) + part[..., :3] * alpha).astype(np.uint8)
