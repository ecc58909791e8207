"""Bar codes and QR codes as matrices of modules, so that artwork carries codes that can be read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from vision.terms import Mask

_LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011",
         "0110001", "0101111", "0111011", "0110111", "0001011")  # fmt: skip
_PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG",
           "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")  # fmt: skip
_QUIET_EAN = 9
_QUIET_QR = 3


def ean13_digits(first_twelve: str) -> str:
    """Append the check digit to twelve digits.

    Source: GS1 General Specifications, section 7.9.
    """
    if len(first_twelve) != 12 or not first_twelve.isdigit():
        raise ValueError(f"expected 12 digits, found {first_twelve!r}")
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(first_twelve))
    return first_twelve + str(-total % 10)


def ean13_modules(digits: str) -> Mask:
    """Return the bars of an EAN-13 as (1, 113), True = dark, quiet zones included.

    Source: GS1 General Specifications, section 5.2.
    """
    if len(digits) != 13 or ean13_digits(digits[:12]) != digits:
        raise ValueError(f"expected 13 digits with a right check digit, found {digits!r}")
    left = "".join(
        _left(int(d), p) for d, p in zip(digits[1:7], _PARITY[int(digits[0])], strict=True)
    )
    right = "".join(_flipped(_LEFT[int(d)]) for d in digits[7:])
    quiet = "0" * _QUIET_EAN
    bars = quiet + "101" + left + "01010" + right + "101" + quiet
    return np.array([[bar == "1" for bar in bars]])


@lru_cache(maxsize=64)
def qr_modules(text: str) -> Mask:
    """Return the modules of a QR code of `text` as (n, n), True = dark, quiet zone included."""
    drawn = np.asarray(cv2.QRCodeEncoder.create().encode(text)) < 128
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    core = drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    modules: Mask = np.pad(core, _QUIET_QR)
    modules.flags.writeable = False
    return modules


def _left(digit: int, parity: str) -> str:
    bars = _LEFT[digit]
    return bars if parity == "L" else _flipped(bars)[::-1]


def _flipped(bars: str) -> str:
    return bars.translate(str.maketrans("01", "10"))
