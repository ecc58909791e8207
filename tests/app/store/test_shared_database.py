"""A gallery on a PostgreSQL server: shared by several, and only read while the server is away."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from app.store import (
    EntryRefused,
    SharedGalleryAway,
    StoreError,
    Workspace,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceUnwritable,
)
from app.store.database import Database
from app.store.postgres import with_driver
from app.store.shared_places import FILE_NAME, SharedPlace, read_place, write_place
from app.store.tables import ProductRow, Table
from tests.app.store.gallery_samples import fill, picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.app.store.postgres_server import PostgresServer


@pytest.fixture
def place(postgres: PostgresServer, tmp_path: Path) -> SharedPlace:
    originals = tmp_path / "team" / "originals"
    originals.mkdir(parents=True)
    return SharedPlace(postgres.new_database(), originals)


@pytest.fixture
def stopped(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """For tests that stop the server: it answers again for the next one."""
    yield postgres
    if not (postgres.folder / "data" / "postmaster.pid").exists():
        postgres.start()


def _member(folder: Path, place: SharedPlace) -> Workspace:
    """The workspace of one person of the team."""
    write_place(folder, place)
    opened = Workspace(folder, author=folder.name)
    opened._database._retry_s = opened._database._retry_at = 0.0  # type: ignore[union-attr]
    return opened


def test_the_migrations_make_the_tables_of_the_code(place: SharedPlace, tmp_path: Path) -> None:
    Database(tmp_path, url=place.url).close()
    engine = create_engine(with_driver(make_url(place.url)))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_a_team_sees_one_gallery(place: SharedPlace, tmp_path: Path) -> None:
    with _member(tmp_path / "Ann", place) as ann, _member(tmp_path / "Ben", place) as ben:
        fill(ann, tmp_path / "pictures")
        assert ben.references() == ann.references()
        assert ben.all_zones() == ann.all_zones()
        assert ben.gallery(None).version == ann.gallery(None).version
        assert ben.lost_originals(thorough=True) == ()
        ben.remove_reference(ben.references()[0].id)
        assert len(ann.references()) == 4
        assert {each.author for each in ann.audit()} == {"Ann", "Ben"}
        assert not (tmp_path / "Ann" / "touchstone.db").exists()


def test_a_shared_gallery_has_the_version_of_the_same_gallery_in_a_file(
    place: SharedPlace, tmp_path: Path
) -> None:
    file = tmp_path / "all.touchstone"
    with Workspace(tmp_path / "own") as own, _member(tmp_path / "Ann", place) as ann:
        fill(own, tmp_path / "pictures")
        own.travel.export(file)
        ann.travel.load(file)
        assert ann.gallery(None).version == own.gallery(None).version
        names = [(each.product, each.side, each.id) for each in own.references()]
        assert [(each.product, each.side, each.id) for each in ann.references()] == names


def test_two_who_add_at_once_make_one_product(place: SharedPlace, tmp_path: Path) -> None:
    files = [picture(tmp_path / f"{seed}.png", seed) for seed in range(16)]
    failed: list[Exception] = []

    def add(member: Workspace, own: list[Path]) -> None:
        try:
            for file in own:
                member.add_reference(file, product="Tea", side="front")
        except (StoreError, SQLAlchemyError) as error:
            failed.append(error)

    with _member(tmp_path / "Ann", place) as ann, _member(tmp_path / "Ben", place) as ben:
        halves = ((ann, files[:10]), (ben, files[6:]))
        threads = [threading.Thread(target=add, args=half) for half in halves]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert len(ann.references()) == len(files)
        assert len([each for each in ann.audit(99) if each.act == "add"]) == len(files)


def test_a_server_in_use_is_named_after_the_wait(place: SharedPlace, tmp_path: Path) -> None:
    first = Database(tmp_path, url=place.url)
    second = Database(tmp_path, url=place.url, busy_s=0.05)
    with first.writing() as session:
        session.add(ProductRow(name="A"))
        with pytest.raises(WorkspaceBusy, match="try again"), second.writing() as other:
            other.add(ProductRow(name="B"))
        with second.reading() as other:
            assert other.query(ProductRow).count() == 0
    first.close()
    second.close()


def test_the_database_of_another_program_is_left_alone(place: SharedPlace, tmp_path: Path) -> None:
    engine = create_engine(with_driver(make_url(place.url)))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
    engine.dispose()
    with pytest.raises(WorkspaceDamaged, match="another program"):
        _member(tmp_path / "Ann", place)


def test_a_server_that_lets_nobody_write_is_named(place: SharedPlace, tmp_path: Path) -> None:
    opened = Database(tmp_path, url=place.url)
    opened.close()
    engine = create_engine(with_driver(make_url(place.url)))
    with engine.begin() as connection:
        name = connection.engine.url.database
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    engine.dispose()
    opened = Database(tmp_path, url=place.url)
    with pytest.raises(WorkspaceUnwritable, match="read-only"), opened.writing() as session:
        session.add(ProductRow(name="A"))
    opened.close()


def test_while_the_server_is_away_the_gallery_is_read_and_not_changed(
    place: SharedPlace, tmp_path: Path, stopped: PostgresServer
) -> None:
    with _member(tmp_path / "Ann", place) as ann:
        fill(ann, tmp_path / "pictures")
        references, zones = ann.references(), ann.all_zones()
        gallery = ann.gallery(None)
        length = ann.known_length(gallery.references[0].sha256)
        ann.thresholds.set(0.3)
        assert not ann.is_away
        stopped.stop()

        assert ann.references() == references  # noticed in the midst of work
        assert ann.is_away
        with pytest.raises(SharedGalleryAway, match="not changed"):
            ann.remove_reference(references[0].id)
        with pytest.raises(SharedGalleryAway):
            ann.add_reference(picture(tmp_path / "n.png", 77), product="A", side="b")
        with pytest.raises(SharedGalleryAway):
            ann.snapshots.take("one")
    with _member(tmp_path / "Ann", place) as ann:  # and from the start
        assert ann.is_away
        assert ann.references() == references
        assert ann.all_zones() == zones
        assert ann.known_length(gallery.references[0].sha256) == length
        assert ann.gallery(None).version == gallery.version
        assert ann.gallery(None).thresholds.margin == 0.3

        stopped.start()
        ann.remove_reference(references[0].id)
        assert len(ann.references()) == 4
        assert not ann.is_away


def test_what_was_inspected_meanwhile_is_handed_in_once(
    place: SharedPlace, tmp_path: Path, stopped: PostgresServer
) -> None:
    with _member(tmp_path / "Ann", place) as ann:
        fill(ann, tmp_path / "pictures")
        version = ann.gallery(None).version
        ann.record('{"n": 0}', photo_sha256="0", outcome="agrees", gallery_version=version)
        stopped.stop()
        for number in ("1", "2"):
            ann.record("{}", photo_sha256=number, outcome="differs", gallery_version=version)
        assert [each.photo_sha256 for each in ann.recorded()] == ["2", "1"]
    stopped.start()
    for _ in range(2):
        with _member(tmp_path / "Ann", place) as ann:
            assert [each.photo_sha256 for each in ann.recorded()] == ["2", "1", "0"]
    with _member(tmp_path / "Ben", place) as ben:
        assert [each.outcome for each in ben.recorded()] == ["differs", "differs", "agrees"]


def test_a_copy_follows_what_others_change(
    place: SharedPlace, tmp_path: Path, stopped: PostgresServer
) -> None:
    with _member(tmp_path / "Ann", place) as ann:
        fill(ann, tmp_path / "pictures")
        with _member(tmp_path / "Ben", place) as ben:
            ann.remove_reference(ann.references()[0].id)
            wanted = ben.gallery(None).version
            stopped.stop()
            assert ben.gallery(None).version == wanted
            assert len(ben.references()) == 4


def test_a_server_that_was_never_seen_is_named_without_its_password(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    url = f"postgresql://ann:secret@/none?host={postgres.folder}"
    with pytest.raises(SharedGalleryAway, match="cannot be reached") as caught:
        _member(tmp_path / "Ann", SharedPlace(url, tmp_path))
    assert "secret" not in str(caught.value)
    assert "does not exist" in str(caught.value)
    nobody = SharedPlace("postgresql://ann@127.0.0.1:1/none", tmp_path)
    with pytest.raises(SharedGalleryAway, match="refused"):
        _member(tmp_path / "Ben", nobody)


def test_a_shared_folder_that_is_away_is_not_made_anew(place: SharedPlace, tmp_path: Path) -> None:
    away = SharedPlace(place.url, tmp_path / "not mounted" / "originals")
    with _member(tmp_path / "Ann", away) as ann, pytest.raises(WorkspaceUnwritable):
        ann.add_reference(picture(tmp_path / "n.png", 7), product="A", side="b")
    assert not away.originals.parent.exists()


def test_where_it_is_shared_is_remembered_for_its_owner_only(tmp_path: Path) -> None:
    place = SharedPlace('postgresql://a:"b@c/d', tmp_path / "目录")
    write_place(tmp_path, place)
    assert read_place(tmp_path) == place
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0
    write_place(tmp_path, None)
    assert read_place(tmp_path) is None


@pytest.mark.parametrize("said", ["no toml", "database = 3", b"\xff"])
def test_a_file_that_says_something_else_is_named(tmp_path: Path, said: str | bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(said if isinstance(said, bytes) else said.encode())
    with pytest.raises(WorkspaceDamaged, match=FILE_NAME):
        Workspace(tmp_path)


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EntryRefused, match="postgresql://"):
        Workspace(tmp_path, url="my server")
