"""What every test gets: no screen, folders of its own, and shared test material if present."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.store.postgres_server import PostgresServer
from tests.patient_bot import PatientBot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

_ROOT = Path(__file__).resolve().parents[1]
_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_home = pytest.StashKey[tempfile.TemporaryDirectory]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--headed", action="store_true", help="show the windows that tests open")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--headed"):
        if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
            del os.environ["QT_QPA_PLATFORM"]
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    home = tempfile.TemporaryDirectory(prefix="touchstone-tests-", ignore_cleanup_errors=True)
    config.stash[_home] = home
    for variable in _FOLDERS:
        os.environ[variable] = str(Path(home.name) / variable.lower())


def pytest_unconfigure(config: pytest.Config) -> None:
    if _home in config.stash:
        config.stash[_home].cleanup()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the workspace or settings of this computer's user, or of another test."""
    monkeypatch.setenv("TOUCHSTONE_WORKSPACE", str(tmp_path / "default-workspace"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """As pytest-qt's, but with patience for a busy machine."""
    return PatientBot(request)


@pytest.fixture
def workspace_folder(tmp_path: Path) -> Path:
    """A folder for a fresh workspace; not created yet."""
    return tmp_path / "workspace"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Test material that is not part of the project; tests that need it are skipped without it."""
    folder = Path(os.environ.get("TOUCHSTONE_SHARED") or _ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no test material at {folder}; TOUCHSTONE_SHARED can name another place")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running server; tests that need one are skipped where there is none."""
    server = PostgresServer()
    try:
        if server.why_not is not None:
            pytest.skip(server.why_not)
        yield server
    finally:
        server.close()
