"""Fonts for pictures that people read: one with Chinese where the computer has it."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

# Where systems without fontconfig keep a font with simplified Chinese: file, face in it, bold face.
_KNOWN: Final = (
    ("C:/Windows/Fonts/msyh.ttc", 0, "C:/Windows/Fonts/msyhbd.ttc", 0),
    ("C:/Windows/Fonts/simhei.ttf", 0, "C:/Windows/Fonts/simhei.ttf", 0),
    ("/System/Library/Fonts/PingFang.ttc", 2, "/System/Library/Fonts/PingFang.ttc", 8),
    (
        "/System/Library/Fonts/STHeiti Light.ttc",
        1,
        "/System/Library/Fonts/STHeiti Medium.ttc",
        1,
    ),
    (
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        2,
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
        2,
    ),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0, "", 0),
)
_FC_SECONDS = 5
_LATIN: Final = "Noto Sans,Liberation Sans,DejaVu Sans,sans-serif"
_NARROW: Final = str.maketrans("“”‘’", "\"\"''")
# A Chinese sign with the punctuation that must not begin a line, a word with its blanks, blanks.
_PIECE: Final = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f][，。；：、）》”！？]*"
    r"|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]+\s*|\s+"
)


@lru_cache(maxsize=32)
def font(size: int, *, bold: bool = False) -> Font:
    """One font for all text: with Chinese if there is one, else Latin, at last Pillow's own."""
    found = chinese_font(bold=bold) or chinese_font() or _matched(_LATIN, bold=bold)
    if found is not None:
        with suppress(OSError):
            return ImageFont.truetype(
                str(found[0]), size, index=found[1], layout_engine=ImageFont.Layout.BASIC
            )
    return ImageFont.load_default(size)


@lru_cache(maxsize=2)
def chinese_font(*, bold: bool = False) -> tuple[Path, int] | None:
    """File and face of a font with simplified Chinese, None where there is none."""
    matched = _matched(":lang=zh-cn", bold=bold, language="zh-cn")
    if matched is not None:
        return matched
    for regular, face, heavy, heavy_face in _KNOWN:
        file = Path(heavy if bold else regular)
        if file.is_file():
            return file, heavy_face if bold else face
    return None


def wrapped(text: str, face: Font, width: float) -> list[str]:
    """Break `text` into lines of at most `width` pixels, between words or Chinese signs."""
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(" ".join(text.split())):
        if line and face.getlength((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
        while face.getlength(line.rstrip()) > width and len(line) > 1:
            cut = _longest(line, face, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() else lines


def shortened(text: str, face: Font, width: float) -> str:
    """`text`, with its middle left out where it is wider than `width` pixels."""
    if face.getlength(text) <= width:
        return text
    keep = _longest(text, face, width - face.getlength("…"))
    head = keep // 2
    return f"{text[:head]}…{text[len(text) - (keep - head) :]}" if keep > 1 else "…"


def printable(text: str, *, chinese: bool) -> str:
    """Bytes of a file name that are no text become question marks.

    Chinese fonts draw curved quotes as wide as a sign; outside Chinese they become straight.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if chinese else text.translate(_NARROW)


def _longest(text: str, face: Font, width: float) -> int:
    """How many characters fit, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if face.getlength(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _matched(pattern: str, *, bold: bool, language: str = "") -> tuple[Path, int] | None:
    """What fontconfig offers; it always offers something, so the language is checked."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    try:
        answer = subprocess.run(
            [program, "-f", "%{file}\n%{index}\n%{lang}", pattern + (":bold" if bold else "")],
            capture_output=True,
            text=True,
            timeout=_FC_SECONDS,
            check=True,
        ).stdout.split("\n")
        file, index, languages = Path(answer[0]), int(answer[1]) & 0xFFFF, answer[2].split("|")
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        return None
    if not file.is_file() or (language and language not in languages):
        return None
    return file, index
