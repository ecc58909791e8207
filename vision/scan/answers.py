"""What a scan says of each file: one of five kinds of answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vision.scan.files import Aside

if TYPE_CHECKING:
    from vision.inspection import Inspection
    from vision.scan.files import ListedFile


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A photo, inspected as `vision.inspect` does; by its `imprint` it is known again."""

    file: ListedFile
    inspection: Inspection
    imprint: bytes = b""


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be judged; `sha256` (hex) is "" where its bytes could not be had."""

    file: ListedFile
    error: Exception
    sha256: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same bytes as a file that came earlier, whose path is `first`: judged once, there."""

    file: ListedFile
    sha256: str
    first: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """A file whose answer is kept from before, and still holds."""

    file: ListedFile
    sha256: str


Answer = Judged | Failed | Repeated | Remembered | Aside
