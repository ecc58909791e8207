"""By which limits a gallery judges: those that come with the program, or those it has earned."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from vision import calibration
from vision.errors import PictureError
from vision.limits import Limits, limits_of
from vision.versions import thresholds_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from vision.calibration import Calibration
    from vision.limits import Compared
    from vision.sides import SideModel


class GalleryLimits:
    """The calibration of a gallery with a learned head.

    Args:
        folder: where calibrations are kept, or None.
        state: names all that a calibration depends on, as the gallery is now.
    """

    def __init__(self, folder: Path | None, state: Callable[[], str]) -> None:
        self._folder = folder
        self._state = state
        self._own: tuple[str, Calibration] | None = None  # and the state that it is of
        self._given: tuple[str, Calibration] | None = None
        self._used: Calibration | None = None
        self._is_kept = True

    def forget(self) -> None:
        """The gallery has changed; a calibration of its own holds again once it is as it was."""
        self._used = None

    def of(self, model: Compared) -> Limits:
        """Return the limits of one side."""
        return limits_of(model, self.used)

    @property
    def used(self) -> Calibration:
        """What the gallery goes by."""
        if self._used is None and self._given is not None and self._given[0] == self._state():
            self._used = self._given[1]
        if self._used is None:
            own = self._earned()
            if own is None and self._folder is not None:
                own = calibration.read(self._file(self._folder))
            self._used = calibration.for_gallery(own, calibration.shipped())
        return self._used

    @property
    def version(self) -> str:
        """“sha256:” and a hash of all that decides: constants, and what calibration found."""
        facts = f"{thresholds_version()} {self.used}"
        return "sha256:" + hashlib.sha256(facts.encode()).hexdigest()

    @property
    def is_earned(self) -> bool:
        """Whether the gallery's own references had a say."""
        if self._earned() is not None:
            return True
        return self._folder is not None and self._file(self._folder).exists()

    def earn(
        self,
        sides: Sequence[tuple[str, str]],
        model_of: Callable[[str, str], SideModel],
        told: Callable[[int, int], None] | None,
    ) -> Calibration | None:
        """Compare the references of sides, and go by what they show; see `Gallery.calibrate`."""
        peaks = []
        for number, names in enumerate(sides, start=1):
            with contextlib.suppress(PictureError):
                model = model_of(*names)
                if not model.is_split:  # two printings would pass for what genuine items show
                    peaks.append(model.peaks)
            if told is not None:
                told(number, len(sides))
        found = calibration.calibrate(peaks)
        self._own = None if found is None else (self._state(), found)
        self._used = None
        if found is not None and self._folder is not None:
            self._is_kept = calibration.keep(self._file(self._folder), found)
        return found

    @property
    def is_kept(self) -> bool:
        """Whether what was earned last could be written."""
        return self._is_kept

    def go_by(self, found: Calibration) -> None:
        """Go by what another gallery goes by, as long as this one is as it is now."""
        self._given = (self._state(), found)
        self._used = None

    def _earned(self) -> Calibration | None:
        """Return what was earned since the program started, by the gallery as it is now."""
        if self._own is None or self._own[0] != self._state():
            return None
        return self._own[1]

    def _file(self, folder: Path) -> Path:
        return folder / f"{hashlib.sha256(self._state().encode()).hexdigest()[:24]}.json"
