"""Pause, stop, and how far a scan is; calls may come from any thread."""

from __future__ import annotations

import threading


class ScanControl:
    """The handle of one scan, for whoever shows it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = False
        self._stopped = False
        self._over = False
        self._listed = 0
        self._all_listed = False

    def pause(self) -> None:
        """Begin no further photo; those in work are finished and told."""
        self._set(paused=True)

    def go_on(self) -> None:
        """End a pause."""
        self._set(paused=False)

    def stop(self) -> None:
        """End the scan now: what is ready is told, what is in work dropped. It never goes on."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def finish(self) -> None:
        """The scan is over, one way or another: nothing of it goes on."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    @property
    def is_paused(self) -> bool:
        """Whether it waits."""
        return self._paused

    @property
    def is_stopped(self) -> bool:
        """Whether somebody has stopped it."""
        return self._stopped

    @property
    def listed(self) -> int:
        """How many things were found below the folders so far; each gets an answer."""
        return self._listed

    @property
    def is_listed(self) -> bool:
        """Whether `listed` is all that there is."""
        return self._all_listed

    def count_listed(self, *, is_all: bool = False) -> None:
        """One more was found, or nothing more will be."""
        with self._changed:
            self._listed += 0 if is_all else 1
            self._all_listed = is_all

    def may_go_on(self) -> bool:
        """Wait while paused; False once the scan is stopped or over."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._over or not self._paused)
            return not (self._stopped or self._over)

    def _set(self, *, paused: bool) -> None:
        with self._changed:
            self._paused = paused
            self._changed.notify_all()
