"""What C libraries say of damaged pictures is kept off the screen; the answers say it better.

libtiff alone writes hundreds of lines about one bad file, through a progress bar.
"""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Python goes on writing to the real stderr, libraries below it write to nowhere."""
    python_stderr = sys.stderr
    try:
        python_stderr.flush()
        descriptor = python_stderr.fileno()
    except (AttributeError, OSError, ValueError):  # an object in memory: nothing below it
        yield
        return
    with (
        warnings.catch_warnings(),
        open(  # noqa: PTH123 - a descriptor, not a path
            os.dup(descriptor), "w", encoding="utf-8", errors="backslashreplace", buffering=1
        ) as real,
        open(os.devnull, "w", encoding="utf-8") as nowhere,  # noqa: PTH123 - no file either
    ):
        warnings.simplefilter("ignore")
        os.dup2(nowhere.fileno(), descriptor)
        sys.stderr = real
        try:
            yield
        finally:
            sys.stderr = python_stderr
            real.flush()
            os.dup2(real.fileno(), descriptor)
