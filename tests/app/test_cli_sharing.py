"""`touchstone gallery share`: several workspaces, one gallery on a server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.places import default_workspace
from app.reports.housekeeping import ListDocument
from app.reports.versions import ShareDocument
from tests.app.store.gallery_samples import picture
from tests.app.test_cli_zones import Runner

if TYPE_CHECKING:
    from tests.app.store.postgres_server import PostgresServer


@pytest.fixture
def originals(tmp_path: Path) -> Path:
    folder = tmp_path / "team"
    folder.mkdir()
    return folder


def _share(run: Runner, *arguments: str) -> ShareDocument:
    status, out, err = run("gallery", "share", *arguments, "--json")
    assert status == 0, err
    return ShareDocument.model_validate(json.loads(out))


def _count(run: Runner) -> int:
    _, out, _ = run("gallery", "list", "--json")
    return len(ListDocument.model_validate(json.loads(out)).references)


@pytest.mark.parametrize(
    "url",
    [
        "https://server/db",
        "mysql://u@h/db",
        "postgres://u@h/db",
        "sqlite+aiosqlite:///db",
        "server/db",
    ],
)
def test_an_address_of_something_else_is_one_sentence(
    url: str, originals: Path, tmp_path: Path
) -> None:
    run = Runner(tmp_path / "Ann")
    status, _, err = run("gallery", "share", url, "--originals", str(originals))
    assert status == 1
    assert "must be written as postgresql://user@server/database" in err
    assert "mistake" not in err
    assert _share(run).database == ""


def test_a_home_that_nobody_has_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, err = Runner(Path("~nosuchuser/ws"))("gallery", "list")
    assert status == 1
    assert "no such home folder" in err
    url = "postgresql://u@h/db"
    status, _, err = Runner(tmp_path / "w")("gallery", "share", url, "--originals", "~nosuchuser/o")
    assert status == 1
    assert "~nosuchuser" in err
    monkeypatch.setenv("TOUCHSTONE_WORKSPACE", "~nosuchuser/ws")
    assert default_workspace() == Path("~nosuchuser/ws")
    assert not (tmp_path / "~nosuchuser").exists()


def test_two_workspaces_share_a_gallery_until_one_stops(
    postgres: PostgresServer,
    originals: Path,
    tmp_path: Path,
) -> None:
    url = postgres.new_database()
    ann, ben = Runner(tmp_path / "Ann"), Runner(tmp_path / "Ben")
    assert _share(ann).database == ""
    own = str(picture(tmp_path / "own.png", 1))
    ann("gallery", "add", own, "--product", "Own", "--side", "front")
    for each in (ann, ben):
        told = _share(each, url, "--originals", str(originals))
        assert (told.reachable, told.references, told.originals) == (True, 0, str(originals))
    file = str(picture(tmp_path / "tea.png", 2))
    ann("gallery", "add", file, "--product", "Tea", "--side", "front")
    assert _count(ben) == 1
    _, said, _ = ben("gallery", "share")
    assert "shared at postgresql://touchstone@" in said

    postgres.stop()
    try:
        assert not _share(ben).reachable
        assert _count(ben) == 1
        status, _, err = ben("gallery", "add", own, "--product", "Tea", "--side", "back")
        assert status == 1
        assert "cannot be reached" in err
        _, said, _ = ben("gallery", "share")
        assert "read from a copy" in said
    finally:
        postgres.start()
    assert _share(ann, "--stop").references == 1
    _, out, _ = ann("gallery", "list")
    assert "Own" in out


def test_a_server_that_does_not_answer_changes_nothing(originals: Path, tmp_path: Path) -> None:
    run = Runner(tmp_path / "Ann")
    url = "postgresql://ann:secret@127.0.0.1:1/gallery"
    status, out, err = run("gallery", "share", url, "--originals", str(originals))
    assert (status, out) == (1, "")
    assert "cannot be reached" in err
    assert "secret" not in err
    assert _share(run).database == ""


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("postgresql://a@b/c",), 2, "--originals"),
        (("postgresql://a@b/c", "--originals", "/no/folder/here"), 1, "is not there"),
        (("my server", "--originals", "."), 1, "postgresql://user@server"),
    ],
)
def test_what_is_missing_is_said(
    tmp_path: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    found, _, err = Runner(tmp_path / "Ann")("gallery", "share", *arguments)
    assert found == status
    assert said in err
