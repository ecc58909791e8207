"""Invented words, the fonts to set them in, and the small changes a careless copy makes to them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageFont

if TYPE_CHECKING:
    import numpy as np

_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts"))
_CHINESE_FONTS = ("cjk", "wqy", "uming", "ukai", "droidsansfallback")
_WORDS = (
    "original", "genuine", "extra", "pure", "quality", "since", "natural", "organic", "classic",
    "edition", "limited", "fresh", "daily", "care", "cream", "tablets", "capsules", "vitamin",
    "coffee", "roast", "blend", "tea", "green", "lemon", "honey", "milk", "whole", "grain",
    "premium", "reserve", "net", "weight", "ingredients", "contains", "store", "cool", "dry",
    "place", "best", "before", "batch", "made", "with", "from", "the", "of", "and", "for",
    "volume", "director", "music", "starring", "collection", "special", "feature", "disc", "run",
    "night", "world", "river", "stone", "silver", "golden", "power", "motion", "vision", "super",
    "ultra", "max", "pro", "home", "shop",
)  # fmt: skip
_CHINESE = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本"
    "净含保质期配料贮存条件阴凉干燥处生产日期许可证编号执行标准茶叶红绿乌龙咖啡牛奶蜂蜜柠檬纯正天然精选"
)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def invented_words(rng: np.random.Generator, *, chinese: bool) -> str:
    """Return a few words, Latin or Chinese, perhaps with a number."""
    if chinese:
        count = int(rng.integers(2, 11))
        words = "".join(_CHINESE[int(rng.integers(len(_CHINESE)))] for _ in range(count))
    else:
        count = int(rng.integers(1, 5))
        words = " ".join(_WORDS[int(rng.integers(len(_WORDS)))] for _ in range(count))
        turn = rng.random()
        words = words.upper() if turn < 0.4 else words.title() if turn < 0.7 else words
    if rng.random() < 0.3:
        words += f" {int(rng.integers(1, 10 ** int(rng.integers(1, 8))))}"
    return words


@lru_cache(maxsize=2)
def font_files(chinese: bool) -> tuple[Path, ...]:
    """List the font files of this machine that have Latin, or Chinese, letters."""
    found = []
    for folder in _FONT_FOLDERS:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.suffix.lower() not in (".ttf", ".ttc", ".otf"):
                continue
            named_so = any(part in file.name.lower() for part in _CHINESE_FONTS)
            if named_so == chinese and _has_letters(file, chinese):
                found.append(file)
    if not found:
        raise FileNotFoundError(
            "expected fonts on this machine, found none; install fonts-noto-cjk"
        )
    return tuple(found)


def _has_letters(file: Path, chinese: bool) -> bool:
    try:
        type_ = ImageFont.truetype(str(file), 20)
        one, two = ("茶", "保") if chinese else ("A", "g")
        shapes = [type_.getmask(letter) for letter in (one, two)]
        return shapes[0].getbbox() is not None and bytes(shapes[0]) != bytes(shapes[1])
    except (OSError, ValueError):
        return False


def reworded(words: str, rng: np.random.Generator) -> str:
    """Return the words with other digits, as a serial number varies from piece to piece."""
    return "".join(str(int(rng.integers(10))) if letter.isdigit() else letter for letter in words)


def one_letter(words: str, rng: np.random.Generator) -> str:
    """Return the words with one letter exchanged for another of its kind."""
    places = [i for i, letter in enumerate(words) if letter.isalnum()]
    if not places:
        return words
    at = places[int(rng.integers(len(places)))]
    old = words[at]
    pool = _CHINESE if is_chinese(old) else _LETTERS
    if old.isdigit():
        pool = "0123456789"
    elif old.isupper():
        pool = _LETTERS[:26]
    elif not is_chinese(old):
        pool = _LETTERS[26:52]
    new = pool[int(rng.integers(len(pool)))]
    return words[:at] + new + words[at + 1 :]


def is_chinese(words: str) -> bool:
    """Tell whether there is a Chinese character among the words."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)
