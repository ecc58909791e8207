"""The errors that the vision layer raises, all of one tree.

    TouchstoneError
    ├── PictureError            one file cannot become a Photo
    │   ├── NotAPicture         the bytes are no picture of a supported format
    │   ├── DamagedPicture      a picture, but cut short or corrupt
    │   ├── PictureTooLarge     more pixels or bytes than the stated limit
    │   └── FileUnreachable     missing, a folder, no permission, disk or network away
    ├── NotAlignable            two pictures show no common plane that could be trusted
    ├── PinsUnusable            pins set by hand do not tell how a photo lies
    ├── WeightsError            a model file cannot be used
    │   ├── WeightsMissing      it is not there
    │   └── WeightsCorrupt      its hash or its tensors are not those of the manifest
    ├── TruthUnreadable         the table of photos whose truth is known cannot be used
    ├── FolderUnreachable       a folder to scan is not there, or its disk or network is away
    ├── ScanHalted              a scan in which nothing works any more, for one cause
    └── UnknownSide             the gallery has no such product and side

Every leaf carries its facts as fields; `str(error)` is one plain English sentence that names
file, cause and next step. Wrong arguments raise ValueError instead.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class TouchstoneError(Exception):
    """Something in the world, not in the program, stood in the way."""

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with sentence and facts, whatever the constructor asks for."""
        return _restored, (type(self), self.args), self.__dict__


def _restored(kind: type[TouchstoneError], said: tuple[object, ...]) -> TouchstoneError:
    error = kind.__new__(kind)
    error.args = said
    return error


class PictureError(TouchstoneError):
    """One file cannot become a Photo."""

    def __init__(self, path: Path | str, cause: str, next_step: str) -> None:
        super().__init__(f"{path}: {cause}. {next_step}")
        self.path = str(path)
        self.cause = cause
        self.next_step = next_step


class NotAPicture(PictureError):
    """The bytes are no picture of a supported format; `found` names what they look like."""

    def __init__(self, path: Path | str, cause: str, next_step: str, *, found: str = "") -> None:
        super().__init__(path, cause, next_step)
        self.found = found


class DamagedPicture(PictureError):
    """A picture of a supported format whose data is cut short or corrupt."""


class PictureTooLarge(PictureError):
    """More than a stated limit; `found` and `limit` are in the unit that the sentence names."""

    def __init__(
        self, path: Path | str, cause: str, next_step: str, *, found: float, limit: float
    ) -> None:
        super().__init__(path, cause, next_step)
        self.found = found
        self.limit = limit


class FileUnreachable(PictureError):
    """Missing, a folder, not permitted, or on a disk that is away."""


class NotAlignable(TouchstoneError):
    """Two pictures show no common plane that could be trusted."""

    def __init__(self, *, inliers: int, needed: int) -> None:
        super().__init__(
            f"Only {inliers} matching points agree, {needed} are needed. Take the photo "
            "again, straight on."
        )
        self.inliers = inliers
        self.needed = needed


class PinTrouble(StrEnum):
    """Why pins do not tell how the photo lies."""

    TOO_FEW = "too_few"
    TOO_CLOSE = "too_close"
    IN_LINE = "in_line"
    FOLDED = "folded"  # mirrored, or seen from behind: two pins are swapped
    REFERENCE_GONE = "reference_gone"  # they lie on a picture that the side has no more


class PinsUnusable(TouchstoneError):
    """Pins set by hand do not tell how a photo lies; `trouble` says why."""

    def __init__(self, trouble: PinTrouble) -> None:
        super().__init__(
            f"The pins do not tell how the photo lies ({trouble.value.replace('_', ' ')}). Set two "
            "or more on places far apart that both pictures show."
        )
        self.trouble = trouble


class WeightsError(TouchstoneError):
    """A model file cannot be used."""

    def __init__(self, name: str, path: Path | str, cause: str, next_step: str) -> None:
        super().__init__(f"Model {name} ({path}): {cause}. {next_step}")
        self.name = name
        self.path = str(path)


class WeightsMissing(WeightsError):
    """The model file is not where the manifest says."""


class WeightsCorrupt(WeightsError):
    """The model file is there, but its hash or its tensors are not those of the manifest."""


class UnknownSide(TouchstoneError):
    """The gallery has no references of this product and side."""

    def __init__(self, product: str, side: str | None) -> None:
        where = f"product “{product}”" + (f", side “{side}”" if side else "")
        super().__init__(
            f"The gallery has no {where}. Check the spelling with “touchstone gallery list”."
        )
        self.product = product
        self.side = side


class FolderUnreachable(TouchstoneError):
    """A folder to scan is missing, may not be listed, or is on a disk that is away."""

    def __init__(self, path: Path | str, cause: str) -> None:
        super().__init__(
            f"The folder {path} is not reachable: {cause}. Nothing in it was judged. Check the "
            "disk or network connection, then scan again."
        )
        self.path = str(path)
        self.cause = cause


class ScanHalted(TouchstoneError):
    """Photo after photo failed for one cause that is none of the photos' making: `error`."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"The scan was halted, because nothing works any more: "
            f"{str(error) or type(error).__name__} What was judged before is kept. Mend the cause, "
            "then resume the scan."
        )
        self.error = error


class TruthUnreadable(TouchstoneError):
    """The table of photos whose truth is known cannot be used; a bad line alone is no such case."""

    def __init__(self, path: Path | str, cause: str, next_step: str) -> None:
        super().__init__(f"{path}: {cause}. {next_step}")
        self.path = str(path)
        self.cause = cause
        self.next_step = next_step
