"""The parts that artwork is made of: what each is, and how it is painted on a layer of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from vision.simulate.codes import ean13_modules, qr_modules
from vision.simulate.fonts import Face
from vision.simulate.marks import Colour, mark_picture, rosette_picture
from vision.simulate.scenes import scene_picture
from vision.simulate.typeset import Setting, set_text

UnitBox = tuple[float, float, float, float]
_FINER = 3
_BLOCK = 12  # pixels a module before it is reduced, so that no module comes out wider than the next


@dataclass(frozen=True, slots=True)
class Text:
    """Words; `size` and `leading` in sheet units, `tracking` in parts of the size."""

    words: str
    face: Face
    size: float
    colour: Colour
    align: str = "left"
    tracking: float = 0.0
    leading: float = 1.4
    upright_column: bool = False


@dataclass(frozen=True, slots=True)
class Logo:
    """An invented mark (see marks.MARK_KINDS)."""

    kind: str
    seed: int
    main: Colour
    second: Colour
    letter: str = "T"


@dataclass(frozen=True, slots=True)
class Code:
    """An EAN-13 (thirteen digits) or a QR code (anything else)."""

    content: str
    dark: Colour = (20, 20, 22)


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled "box", "ellipse", "arch", "wave" or "slant"; `radius` and `line` in sheet units."""

    fill: Colour | None
    fill_below: Colour | None = None
    shape: str = "box"
    radius: float = 0.0
    line: float = 0.0
    line_colour: Colour = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Pattern:
    """An ornament: "rosette", "meander", "dots", "stripes" or "scales"; `pitch` in sheet units."""

    kind: str
    colour: Colour
    pitch: float = 24.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """A photo-like picture (see scenes.SCENE_KINDS)."""

    kind: str
    seed: int
    colours: tuple[Colour, Colour, Colour]
    shape: str = "box"


Paint = Text | Logo | Code | Panel | Pattern | Scene


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a sheet, in sheet units, with the twist that an altered copy gives it.

    `widen` and `heighten` stretch about the centre, `hue_deg` turns the colours, `weight` in
    sheet units makes strokes bolder (above 0) or thinner (below 0).
    """

    name: str
    box: UnitBox
    paint: Paint
    widen: float = 1.0
    heighten: float = 1.0
    hue_deg: float = 0.0
    weight: float = 0.0

    def moved(self, dx: float, dy: float) -> Element:
        """Return the element shifted by sheet units."""
        x0, y0, x1, y1 = self.box
        return replace(self, box=(x0 + dx, y0 + dy, x1 + dx, y1 + dy))


def layer(element: Element, scale: float) -> tuple[Image.Image, int, int]:
    """Paint an element alone.

    Args:
        element: what to paint.
        scale: pixels for one sheet unit.

    Returns:
        an RGBA picture, and the x and y of its top-left pixel on the sheet.
    """
    x0, y0, x1, y1 = (value * scale for value in element.box)
    width, height = max(1, round(x1 - x0)), max(1, round(y1 - y0))
    picture = _painted(element.paint, width, height, scale)
    left, top = round(x0), round(y0)
    if element.weight:
        picture, margin = _weighted(picture, element.weight * scale)
        left, top = left - margin, top - margin
    if element.hue_deg:
        picture = _hue_turned(picture, element.hue_deg)
    if element.widen != 1.0 or element.heighten != 1.0:
        size = (
            max(1, round(picture.width * element.widen)),
            max(1, round(picture.height * element.heighten)),
        )
        left -= (size[0] - picture.width) // 2
        top -= (size[1] - picture.height) // 2
        picture = picture.resize(size, Image.Resampling.BICUBIC)
    return picture, left, top


def setting_of(text: Text, scale: float) -> Setting:
    """Return how words are set at `scale` pixels for one sheet unit."""
    return Setting(
        text.face,
        text.size * scale,
        text.colour,
        text.align,
        text.tracking,
        text.leading,
        text.upright_column,
    )


def _painted(paint: Paint, width: int, height: int, scale: float) -> Image.Image:
    match paint:
        case Text():
            return set_text(paint.words, width, height, setting_of(paint, scale))
        case Logo():
            return mark_picture(
                paint.kind,
                width,
                height,
                seed=paint.seed,
                main=paint.main,
                second=paint.second,
                letter=paint.letter,
            )
        case Code():
            return _code(paint, width, height)
        case Panel():
            return _panel(paint, width, height, scale)
        case Pattern():
            return _pattern(paint, width, height, scale)
        case Scene():
            pixels = scene_picture(
                paint.kind, width, height, seed=paint.seed, colours=paint.colours
            )
            picture = Image.fromarray(pixels).convert("RGBA")
            picture.putalpha(_stencil(paint.shape, width, height, 0))
            return picture


def _code(paint: Code, width: int, height: int) -> Image.Image:
    digits = len(paint.content) == 13 and paint.content.isdigit()
    picture = Image.new("RGBA", (width, height), (255, 255, 255, 255))
    modules = ean13_modules(paint.content) if digits else qr_modules(paint.content)
    share = 0.74 if digits else 1.0
    side = (width, max(1, round(height * share)))
    grey = np.where(modules, 0, 255).astype(np.uint8)
    finer = np.repeat(np.repeat(grey, _BLOCK, axis=0), _BLOCK, axis=1)
    bars = np.asarray(cv2.resize(finer, side, interpolation=cv2.INTER_AREA), np.uint8)
    dark = Image.new("RGBA", side, (*paint.dark, 255))
    picture.paste(dark, (0, round(height * 0.04) if digits else 0), Image.fromarray(255 - bars))
    if digits:
        words = f"{paint.content[0]} {paint.content[1:7]} {paint.content[7:]}"
        size = height * 0.17
        setting = Setting(Face.MONO, size, paint.dark, "centre", 0.0, 1.0, False)
        line = set_text(words, width, round(size * 1.3), setting)
        picture.alpha_composite(line, (0, max(0, height - line.height)))
    return picture


def _panel(paint: Panel, width: int, height: int, scale: float) -> Image.Image:
    picture = Image.new("RGBA", (width, height))
    stencil = _stencil(paint.shape, width, height, paint.radius * scale)
    if paint.fill is not None:
        below = paint.fill_below or paint.fill
        ramp = np.linspace(np.array(paint.fill), np.array(below), height).round().astype(np.uint8)
        body = Image.fromarray(
            np.ascontiguousarray(np.broadcast_to(ramp[:, None], (height, width, 3)))
        )
        picture.paste(body, (0, 0), stencil)
    edge = round(paint.line * scale) if paint.line else 0
    if edge or paint.line:
        edge = max(1, edge)
        inner = Image.new("L", (width, height))
        if width > 2 * edge and height > 2 * edge:
            radius = max(0.0, paint.radius * scale - edge)
            hole = _stencil(paint.shape, width - 2 * edge, height - 2 * edge, radius)
            inner.paste(hole, (edge, edge))
        rim = ImageChops.subtract(stencil, inner)
        picture.paste(Image.new("RGBA", (width, height), (*paint.line_colour, 255)), (0, 0), rim)
    return picture


def _stencil(shape: str, width: int, height: int, radius: float) -> Image.Image:
    if shape == "box" and radius < 0.5:
        return Image.new("L", (width, height), 255)
    big = (width * _FINER, height * _FINER)
    picture = Image.new("L", big)
    draw = ImageDraw.Draw(picture)
    right, bottom = big[0] - 1, big[1] - 1
    if shape == "box":
        draw.rounded_rectangle((0, 0, right, bottom), radius * _FINER, fill=255)
    elif shape == "ellipse":
        draw.ellipse((0, 0, right, bottom), fill=255)
    elif shape == "arch":
        draw.ellipse((0, 0, right, big[0]), fill=255)
        draw.rectangle((0, big[0] // 2, right, bottom), fill=255)
    elif shape == "wave":
        x = np.linspace(0, right, 120)
        y = bottom * (0.16 + 0.14 * np.sin(x / max(right, 1) * 7.5))
        draw.polygon([*map(tuple, np.stack([x, y], 1)), (right, bottom), (0, bottom)], fill=255)
    elif shape == "slant":
        draw.polygon([(0, bottom * 0.3), (right, 0), (right, bottom), (0, bottom)], fill=255)
    else:
        raise ValueError(f"expected box, ellipse, arch, wave or slant, found {shape!r}")
    return picture.reduce(_FINER)


def _pattern(paint: Pattern, width: int, height: int, scale: float) -> Image.Image:
    if paint.kind == "rosette":
        return rosette_picture(width, height, seed=paint.seed, colour=paint.colour)
    tile = _tile(paint, max(4, round(paint.pitch * scale)))
    across, down = -(-width // tile.width), -(-height // tile.height)
    stencil = Image.new("L", (width, height))
    for row in range(down):
        for column in range(across):
            stencil.paste(tile, (column * tile.width, row * tile.height))
    picture = Image.new("RGBA", (width, height), (*paint.colour, 0))
    picture.putalpha(stencil)
    return picture


def _tile(paint: Pattern, side: int) -> Image.Image:
    big = side * _FINER
    tile = Image.new("L", (big, big))
    draw = ImageDraw.Draw(tile)
    thick = max(1, big // 9)
    if paint.kind == "dots":
        draw.ellipse((big * 0.3, big * 0.3, big * 0.7, big * 0.7), fill=255)
    elif paint.kind == "stripes":
        draw.rectangle((0, 0, big, big * 0.4), fill=255)
    elif paint.kind == "meander":
        turns = [(0, 0.95), (0, 0.08), (0.86, 0.08), (0.86, 0.72), (0.3, 0.72), (0.3, 0.4),
                 (0.58, 0.4)]  # fmt: skip
        draw.line([(x * big, y * big) for x, y in turns], fill=255, width=thick, joint="curve")
        draw.line([(0, 0.95 * big), (big, 0.95 * big)], fill=255, width=thick)
    elif paint.kind == "scales":
        for radius in (0.98, 0.66, 0.34):
            r = radius * big / 2
            for x in (0, big / 2, big):
                y = big if x != big / 2 else big / 2
                draw.ellipse((x - r, y - r, x + r, y + r), outline=255, width=max(1, thick // 2))
    else:
        raise ValueError(
            f"expected rosette, dots, stripes, meander or scales, found {paint.kind!r}"
        )
    return tile.reduce(_FINER)


def _weighted(picture: Image.Image, pixels: float) -> tuple[Image.Image, int]:
    """Grow (or, below 0, shrink) what is opaque by a number of pixels; fractions are blended."""
    margin = int(np.ceil(abs(pixels))) + 1 if pixels > 0 else 0
    size = (picture.width + 2 * margin, picture.height + 2 * margin)
    roomy = Image.new("RGBA", size)
    roomy.paste(picture, (margin, margin))
    whole, part = divmod(abs(pixels), 1.0)
    alpha = roomy.getchannel("A")
    step = ImageFilter.MaxFilter if pixels > 0 else ImageFilter.MinFilter
    changed = alpha.filter(step(2 * int(whole) + 1)) if whole else alpha
    changed = Image.blend(changed, changed.filter(step(3)), part)
    body = Image.new("RGBA", size, (*_main_colour(picture), 255))
    body.paste(roomy, (0, 0), alpha)
    body.putalpha(changed)
    return body, margin


def _main_colour(picture: Image.Image) -> Colour:
    pixels = np.asarray(picture)
    opaque = pixels[pixels[..., 3] > 128]
    if not len(opaque):
        return (0, 0, 0)
    red, green, blue = np.median(opaque[:, :3], axis=0)
    return int(red), int(green), int(blue)


def _hue_turned(picture: Image.Image, degrees: float) -> Image.Image:
    pixels = np.asarray(picture).copy()
    hsv = cv2.cvtColor(np.ascontiguousarray(pixels[..., :3]), cv2.COLOR_RGB2HSV)
    hsv[..., 0] = ((hsv[..., 0].astype(np.int16) + round(degrees / 2)) % 180).astype(np.uint8)
    pixels[..., :3] = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    return Image.fromarray(pixels)
