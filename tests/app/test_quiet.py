from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands.quiet import quiet_libraries

_ROOT = Path(__file__).resolve().parents[2]
_NOISY = """
import os, sys, warnings
from app.commands.quiet import quiet_libraries
with quiet_libraries():
    os.write(2, b"library noise\\n")
    warnings.warn("python noise")
    print("progress", file=sys.stderr)
os.write(2, b"after\\n")
print("and more", file=sys.stderr)
"""


def test_only_libraries_are_silent_and_only_meanwhile() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _NOISY], cwd=_ROOT, capture_output=True, timeout=60, check=True
    )
    assert done.stderr.decode().splitlines() == ["progress", "after", "and more"]


@pytest.mark.skipif(os.name == "nt", reason="descriptors are others there")
def test_an_error_goes_through() -> None:
    before = sys.stderr
    with pytest.raises(KeyError), quiet_libraries():
        raise KeyError
    assert sys.stderr is before
