from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QCoreApplication


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None needs no counting any more")
def test_calls_into_qt_give_away_no_reference_of_none(qapp: object) -> None:
    """A release of the binding did; the program died of it after a minute of looking around."""
    calls = 500
    before = sys.getrefcount(None)
    for _ in range(calls):
        QCoreApplication.processEvents()
    assert before - sys.getrefcount(None) < calls / 2
