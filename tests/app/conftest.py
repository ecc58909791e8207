"""One application object for all tests of the people's side, in whatever order they run."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent


@pytest.fixture(scope="session", autouse=True)
def _application_with_widgets(qapp: object) -> None:
    """Made first: once a command has made a plain one, no window could be opened any more."""


@pytest.fixture
def nothing_left_over(qapp: object) -> None:
    """For tests with workers: they collect garbage too, and must find no Qt object of old tests.

    One that has no parent and hangs in a circle would be destroyed on the worker's thread.
    """
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
