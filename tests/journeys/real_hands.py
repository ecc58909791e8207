"""Mouse and keyboard of an X server, moved by its test extension as if by hand."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QPoint

LEFT, WHEEL_UP, WHEEL_DOWN = 1, 4, 5
_NAMED = {
    " ": "space",
    "/": "slash",
    ".": "period",
    "-": "minus",
    "_": "underscore",
    ",": "comma",
    "+": "plus",
}
_SHIFT, _CONTROL = "Shift_L", "Control_L"


class RealHands:
    """Sends events to the X server, which hands them to whatever window is there.

    Raises:
        OSError: there is no such library, or no X server to reach.
    """

    def __init__(self) -> None:
        self._x, self._test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self._x.XKeysymToKeycode.restype = ctypes.c_ubyte
        self._x.XStringToKeysym.restype = ctypes.c_ulong
        self._x.XkbKeycodeToKeysym.argtypes = [ctypes.c_void_p, ctypes.c_ubyte, *[ctypes.c_int] * 2]
        self._x.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        for name in ("XFlush", "XCloseDisplay"):
            getattr(self._x, name).argtypes = [ctypes.c_void_p]
        self._test.XTestFakeMotionEvent.argtypes = [
            ctypes.c_void_p,
            *[ctypes.c_int] * 3,
            ctypes.c_ulong,
        ]
        for name in ("XTestFakeButtonEvent", "XTestFakeKeyEvent"):
            call = getattr(self._test, name)
            call.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise OSError("no X server can be reached at DISPLAY")

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    def move(self, to: QPoint) -> None:
        """Put the pointer on a place of the screen."""
        self._test.XTestFakeMotionEvent(self._display, -1, to.x(), to.y(), 0)
        self._x.XFlush(self._display)

    def click(self, at: QPoint, button: int = LEFT) -> None:
        self.move(at)
        self._button(button, pressed=True)
        self._button(button, pressed=False)

    def drag(self, start: QPoint, end: QPoint, steps: int = 8) -> None:
        self.move(start)
        self._button(LEFT, pressed=True)
        for step in range(1, steps + 1):
            self.move(start + (end - start) * step / steps)
        self._button(LEFT, pressed=False)

    def press(self, name: str, *held: str) -> None:
        """Press a key by its X name, as "n" or "Return", while others are held."""
        code, needs_shift = self._code(name)
        with self._held(*held, *((_SHIFT,) if needs_shift else ())):
            self._key(code, pressed=True)
            self._key(code, pressed=False)

    def press_control(self, name: str) -> None:
        self.press(name, _CONTROL)

    def type(self, text: str) -> None:
        for letter in text:
            self.press(_NAMED.get(letter, letter))

    @contextmanager
    def _held(self, *names: str) -> Iterator[None]:
        codes = [self._code(name)[0] for name in names]
        for code in codes:
            self._key(code, pressed=True)
        yield
        for code in reversed(codes):
            self._key(code, pressed=False)

    def _code(self, name: str) -> tuple[int, bool]:
        sign = self._x.XStringToKeysym(name.encode())
        code = self._x.XKeysymToKeycode(self._display, sign)
        if not code:
            raise ValueError(f"the keyboard has no key for {name!r}")
        return code, self._x.XkbKeycodeToKeysym(self._display, code, 0, 0) != sign

    def _key(self, code: int, *, pressed: bool) -> None:
        self._test.XTestFakeKeyEvent(self._display, code, int(pressed), 0)
        self._x.XFlush(self._display)

    def _button(self, button: int, *, pressed: bool) -> None:
        self._test.XTestFakeButtonEvent(self._display, button, int(pressed), 0)
        self._x.XFlush(self._display)
