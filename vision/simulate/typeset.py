"""Set words into a box: line breaks for Latin and Chinese, letter spacing, upright columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from vision.simulate.fonts import Face, font, has_chinese

if TYPE_CHECKING:
    from vision.simulate.marks import Colour

_SMALLEST = 4  # pixels; below this, letters are mush
_CHINESE_TWIN = {
    Face.CONDENSED: Face.SANS, Face.CONDENSED_BOLD: Face.SANS_BOLD, Face.LIGHT: Face.SANS,
    Face.ITALIC: Face.SERIF, Face.MONO: Face.SANS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """How words are set; `size` in pixels, `tracking` in parts of it, `leading` in lines."""

    face: Face
    size: float
    colour: Colour
    align: str
    tracking: float
    leading: float
    upright_column: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """How words are set into a box: the face, `size` in pixels and the lines."""

    face: Face
    size: float
    lines: tuple[str, ...]


def fit_text(words: str, width: int, height: int, setting: Setting) -> Fitted:
    """Break `words` for a box of `width` by `height` pixels, smaller where they would not fit."""
    face = setting.face
    if has_chinese(words):
        face = _CHINESE_TWIN.get(face, face)
    size = setting.size
    while True:
        type_ = font(face, round(size))
        lines = _lines(words, type_, width, setting, size)
        fits = _tall(len(lines), size, setting) <= height * 1.02 and all(
            _wide(line, type_, setting.tracking * size) <= width for line in lines
        )
        if fits or size <= _SMALLEST:
            return Fitted(face, size, tuple(lines))
        size *= 0.95


def set_text(words: str, width: int, height: int, setting: Setting) -> Image.Image:
    """Set `words` into `width` by `height` pixels, smaller where they would not fit; RGBA."""
    fitted = fit_text(words, width, height, setting)
    size, lines, type_ = fitted.size, fitted.lines, font(fitted.face, round(fitted.size))
    picture = Image.new("RGBA", (width, height), (*setting.colour, 0))
    stencil = Image.new("L", (width, height))
    draw = ImageDraw.Draw(stencil)
    first = (height - _tall(len(lines), size, setting)) / 2 if len(lines) == 1 else 0.0
    step = size * setting.leading
    for row, line in enumerate(lines):
        spaced = setting.tracking * size
        x = _left(line, type_, spaced, width, "centre" if setting.upright_column else setting.align)
        _write(draw, (x, first + row * step + size * 0.88), line, type_, spaced)
    picture.putalpha(stencil)
    return picture


def _tall(lines: int, size: float, setting: Setting) -> float:
    return (lines - 1) * size * setting.leading + size * 1.16


def _wide(line: str, type_: ImageFont.FreeTypeFont, spaced: float) -> float:
    return float(type_.getlength(line)) + spaced * max(0, len(line) - 1)


def _left(line: str, type_: ImageFont.FreeTypeFont, spaced: float, width: int, align: str) -> float:
    room = width - _wide(line, type_, spaced)
    return {"left": 0.0, "centre": room / 2, "right": room}[align]


def _write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    line: str,
    type_: ImageFont.FreeTypeFont,
    spaced: float,
) -> None:
    if not spaced:
        draw.text(at, line, fill=255, font=type_, anchor="ls")
        return
    x, y = at
    for letter in line:
        draw.text((x, y), letter, fill=255, font=type_, anchor="ls")
        x += float(type_.getlength(letter)) + spaced


def _lines(
    words: str, type_: ImageFont.FreeTypeFont, width: int, setting: Setting, size: float
) -> list[str]:
    if setting.upright_column:
        return list(words)
    lines: list[str] = []
    for paragraph in words.split("\n"):
        lines.extend(_broken(paragraph, type_, width, setting.tracking * size))
    return lines


def _broken(paragraph: str, type_: ImageFont.FreeTypeFont, width: int, spaced: float) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(paragraph):
        if line and _wide((line + piece).rstrip(), type_, spaced) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    lines.append(line.rstrip())
    return lines


def _pieces(paragraph: str) -> list[str]:
    """Cut where a line may break: after blanks, between Chinese characters, not before a stop."""
    pieces, piece = [], ""
    for letter in paragraph:
        chinese = has_chinese(letter)
        if piece and chinese and letter not in "，。、；：）”！":
            pieces.append(piece)
            piece = ""
        piece += letter
        if letter == " ":
            pieces.append(piece)
            piece = ""
    if piece:
        pieces.append(piece)
    return pieces
