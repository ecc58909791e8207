"""Find the fonts that artwork is set in; none is shipped: they must be on the machine."""

from __future__ import annotations

import os
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_SC = 2  # index of the Simplified Chinese face inside Noto's collections


class Face(StrEnum):
    """The typefaces that artwork may use."""

    SANS = "sans"
    SANS_BOLD = "sans_bold"
    SERIF = "serif"
    SERIF_BOLD = "serif_bold"
    CONDENSED = "condensed"
    CONDENSED_BOLD = "condensed_bold"
    LIGHT = "light"
    ITALIC = "italic"
    MONO = "mono"


_FILES: dict[Face, tuple[str, int]] = {
    Face.SANS: ("NotoSansCJK-Regular.ttc", _SC),
    Face.SANS_BOLD: ("NotoSansCJK-Bold.ttc", _SC),
    Face.SERIF: ("NotoSerifCJK-Regular.ttc", _SC),
    Face.SERIF_BOLD: ("NotoSerifCJK-Bold.ttc", _SC),
    Face.CONDENSED: ("DejaVuSansCondensed.ttf", 0),
    Face.CONDENSED_BOLD: ("DejaVuSansCondensed-Bold.ttf", 0),
    Face.LIGHT: ("DejaVuSans-ExtraLight.ttf", 0),
    Face.ITALIC: ("DejaVuSerif-Italic.ttf", 0),
    Face.MONO: ("DejaVuSansMono.ttf", 0),
}

CHINESE_FACES = (Face.SANS, Face.SANS_BOLD, Face.SERIF, Face.SERIF_BOLD)

# What a careless printer would take instead: near, but seen by who looks.
NEAR_FACE: dict[Face, Face] = {
    Face.SANS: Face.SERIF,
    Face.SANS_BOLD: Face.SERIF_BOLD,
    Face.SERIF: Face.SANS,
    Face.SERIF_BOLD: Face.SANS_BOLD,
    Face.CONDENSED: Face.SANS,
    Face.CONDENSED_BOLD: Face.SANS_BOLD,
    Face.LIGHT: Face.SANS,
    Face.ITALIC: Face.SERIF,
    Face.MONO: Face.CONDENSED,
}


def missing_fonts() -> tuple[str, ...]:
    """Name the font files that are not on this machine; empty where artwork can be drawn."""
    found = _found()
    return tuple(sorted({file for file, _ in _FILES.values() if file not in found}))


@lru_cache(maxsize=512)
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """Return `face` at `size` pixels.

    Raises:
        FileNotFoundError: the font is not installed; the message names the packages that bring
            it.
    """
    file, index = _FILES[face]
    path = _found().get(file)
    if path is None:
        raise FileNotFoundError(
            f"The font {file} is not on this machine. Drawing artwork needs the packages "
            "fonts-noto-cjk, fonts-dejavu-core and fonts-dejavu-extra."
        )
    return ImageFont.truetype(
        str(path), max(1, size), index=index, layout_engine=ImageFont.Layout.BASIC
    )


def has_chinese(text: str) -> bool:
    """Tell whether `text` holds characters that only the Chinese faces can set."""
    return any("\u2e80" <= letter <= "\uffee" for letter in text)


@lru_cache(maxsize=1)
def _found() -> dict[str, Path]:
    wanted = {file for file, _ in _FILES.values()}
    found: dict[str, Path] = {}
    for folder in _folders():
        if folder.is_dir():
            for path in folder.rglob("*.tt[cf]"):
                if path.name in wanted:
                    found.setdefault(path.name, path)
    return found


def _folders() -> tuple[Path, ...]:
    home = Path.home()
    named = os.environ.get("TOUCHSTONE_FONTS", "")
    own = (Path(named),) if named else ()
    return (
        *own,
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/Library/Fonts"),
    )
